// Public sentences at a moment: whether the data bear out what they said, contradict it, or cannot tell. Pure; knows no words.
import type { Board } from './board.ts';
import type { StatementFacts } from './board-incident.ts';
import type { StatementReason } from './breakdown.ts';
import type { BreakdownNow, StatementNow, Verdict } from './breakdown-now.ts';
import { freshValue } from './figure-of.ts';
import type { ServiceNow } from './judge-service.ts';
import type { Claim } from './mark-breakdown.ts';
import type { Standing } from './standing.ts';

/** What statements are checked against. */
export type Said = { readonly services: Readonly<Record<string, ServiceNow>>; readonly dependants: BreakdownNow['dependants'] };
export type ClaimNow = { readonly verdict: Exclude<Verdict, 'unlinked'>; readonly why: StatementReason };

const HOUR_MS = 3_600_000;
/** A figure said yesterday is yesterday's: so long it is held against the data. */
export const FIGURE_SAID_FOR_MS = 24 * HOUR_MS;
/** That something works is said of as long as its incident is open, and of a day after; of so long where it is about none. */
export const WORKING_AFTER_CLOSING_MS = 24 * HOUR_MS;
export const WORKING_SAID_FOR_MS = 72 * HOUR_MS;

/** `up` is null while Regia cannot tell; `since`: since when it is as it is, null where that is not known. */
type Seen = { readonly up: boolean | null; readonly since: number | null };
const unseen: Seen = { up: null, since: null };

function seenOf(subject: string, { services, dependants }: Said): Seen {
	const slash = subject.indexOf('/');
	const kind = subject.slice(0, slash);
	const id = subject.slice(slash + 1);
	if (kind === 'service' && Object.hasOwn(services, id)) {
		const { up = null, since = null } = services[id] ?? {};
		return { up, since };
	}
	if (kind !== 'dependant' || !Object.hasOwn(dependants, id)) return unseen;
	const { state, since } = dependants[id] ?? { state: 'unknown' as const, since: null };
	return { up: state === 'unknown' ? null : state === 'working', since };
}

const told = (verdict: ClaimNow['verdict'], why: StatementReason): ClaimNow => ({ verdict, why });

/**
 * A promise is kept the moment that it is seen up at or before its hour, broken once the hour has passed and it is known to be down.
 * Came it back after the hour, unseen until then, nobody can say whether it was in time.
 */
function judgeRestored(claim: Extract<Claim, { kind: 'restored' }>, seen: Seen, now: number): ClaimNow {
	const isInTime = now <= claim.by || (seen.since !== null && seen.since <= claim.by);
	if (seen.up === true && isInTime) return told('kept', 'restored');
	if (now <= claim.by) return told('unknown', 'not-yet');
	return seen.up === false ? told('contradicted', 'not-restored') : told('unknown', 'not-seen');
}

function judgeWorking({ up }: Seen): ClaimNow {
	if (up === null) return told('unknown', 'not-seen');
	return up ? told('holds', 'works') : told('contradicted', 'down');
}

function judgeFigure({ subject, measure, atLeast, atMost }: Extract<Claim, { kind: 'figure' }>, board: Board, now: number): ClaimNow {
	const value = freshValue(board, subject, measure, now);
	if (value === null) return told('unknown', 'not-seen');
	const isWithin = (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost);
	return isWithin ? told('holds', 'within') : told('contradicted', 'outside');
}

function judgeNature({ incident, is, isNot }: Extract<Claim, { kind: 'nature' }>, { incidents }: Board): ClaimNow {
	const nature = Object.hasOwn(incidents.rows, incident) ? (incidents.rows[incident]?.nature ?? 'unknown') : 'unknown';
	if (nature === 'unknown') return told('unknown', 'nature-unknown');
	const isBorneOut = (is === undefined || nature === is) && nature !== isNot;
	return isBorneOut ? told('holds', 'as-recorded') : told('contradicted', 'other-nature');
}

/** Until when a sentence speaks of what is; null: for as long as its incident is open. */
function speaksUntil({ at, incident }: StatementFacts, kind: 'working' | 'figure', { incidents }: Board): number | null {
	if (kind === 'figure') return at + FIGURE_SAID_FOR_MS;
	const about = incident !== null && Object.hasOwn(incidents.rows, incident) ? incidents.rows[incident] : undefined;
	if (!about) return at + WORKING_SAID_FOR_MS;
	return about.closedAt === null ? null : Math.max(at, about.closedAt) + WORKING_AFTER_CLOSING_MS;
}

/** One claim of a sentence, by its place. */
export function judgeClaim(facts: StatementFacts, place: number, board: Board, said: Said, now: number): ClaimNow {
	const claim = facts.claims[place];
	if (!claim) throw new Error(`a sentence of ${facts.claims.length} claims has none at ${place}`);
	if (facts.kept[place] !== undefined) return told('kept', 'restored');
	switch (claim.kind) {
		case 'restored':
			return judgeRestored(claim, seenOf(claim.subject, said), now);
		case 'nature':
			return judgeNature(claim, board);
		default: {
			const until = speaksUntil(facts, claim.kind, board);
			if (until !== null && now > until) return told('unknown', 'over');
			return claim.kind === 'figure' ? judgeFigure(claim, board, now) : judgeWorking(seenOf(claim.subject, said));
		}
	}
}

const weight: Readonly<Record<Verdict, number>> = { contradicted: 4, unknown: 3, holds: 2, kept: 1, unlinked: 0 };
/** What Regia cannot check is never green (rule 1). */
const standings: Readonly<Record<Verdict, Standing>> = { contradicted: 'bad', unknown: 'blind', holds: 'good', kept: 'good', unlinked: 'blind' };

type Judged = { readonly verdict: Verdict; readonly why: StatementReason | null };

function worstOf(facts: StatementFacts, board: Board, said: Said, now: number): Judged {
	if (facts.contradicted) return { verdict: 'contradicted', why: facts.contradicted.why };
	let worst: Judged = { verdict: 'unlinked', why: null };
	for (const place of facts.claims.keys()) {
		const one = judgeClaim(facts, place, board, said, now);
		if (weight[one.verdict] > weight[worst.verdict]) worst = one;
	}
	return worst;
}

/** The newest first. Once contradicted, always so: a later turn of the data does not unsay it. */
export function judgeStatements(board: Board, said: Said, now: number): StatementNow[] {
	const judged = Object.entries(board.statements.rows).map(([id, facts]): StatementNow => {
		const { at, by, text, audience, incident, linked } = facts;
		const { verdict, why } = worstOf(facts, board, said, now);
		const contradictedAt = facts.contradicted?.at ?? null;
		return { id, at, by, text, audience, incident, verdict, contradictedAt, why, linked, standing: standings[verdict] };
	});
	return judged.sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));
}
