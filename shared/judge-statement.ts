// Public sentences at a moment: whether the data bear out what they said, contradict it, or cannot tell. Pure; knows no words.
import { alarmRules } from './alarm-rules.ts';
import type { Board } from './board.ts';
import type { StatementFacts } from './board-incident.ts';
import type { IncidentNature, StatementReason } from './breakdown.ts';
import type { BreakdownNow, StatementNow, Verdict } from './breakdown-now.ts';
import { freshValue } from './figure-of.ts';
import { type Judged, neededNow } from './judge-impact.ts';
import type { Claim } from './mark-breakdown.ts';
import type { Standing } from './standing.ts';

/** What statements are checked against. */
export type Said = Judged & { readonly dependants: BreakdownNow['dependants'] };
export type ClaimNow = { readonly verdict: Exclude<Verdict, 'unlinked'>; readonly why: StatementReason };

const HOUR_MS = 3_600_000;
/** A figure said yesterday is yesterday's: so long it is held against the data. */
export const FIGURE_SAID_FOR_MS = 24 * HOUR_MS;
/** That something works is said of as long as its incident is open, and of a day after; of so long where it is about none. */
export const WORKING_AFTER_CLOSING_MS = 24 * HOUR_MS;
export const WORKING_SAID_FOR_MS = 72 * HOUR_MS;
/** A contradiction is for ever: what is down counts against a sentence once it is known to be so for as long as its alarm waits. */
export const DOWN_COUNTS_AFTER_MS = alarmRules['service-down'].onDelayMs;
/** What was restored answers so long without a break: a blink keeps no promise. */
export const RESTORED_AFTER_MS = 600_000;

/**
 * `up` is null while Regia cannot tell; `since`: since when it answers on end, or when the outage began that lasts, gaps in it left out;
 * null where that is not known. `downMs`: how long it is known to be down.
 */
type Seen = { readonly up: boolean | null; readonly since: number | null; readonly downMs: number };
const unseen: Seen = { up: null, since: null, downMs: 0 };
const own = <T>(map: Readonly<Record<string, T>>, id: string): T | undefined => (Object.hasOwn(map, id) ? map[id] : undefined);

function seenOf(subject: string, said: Said, { dependants }: Pick<Board, 'dependants'>, now: number): Seen {
	const slash = subject.indexOf('/');
	const kind = subject.slice(0, slash);
	const id = subject.slice(slash + 1);
	const service = kind === 'service' ? own(said.services, id) : undefined;
	if (service) {
		const { up = null, since = null } = neededNow(subject, said) ?? {};
		return up === false ? { up, since: service.outage?.since ?? since, downMs: service.outage?.withoutMs ?? 0 } : { up, since, downMs: 0 };
	}
	const dependant = kind === 'dependant' ? own(said.dependants, id) : undefined;
	if (!dependant || dependant.state === 'unknown') return unseen;
	if (dependant.state === 'working') {
		return { up: true, since: dependant.since ?? latestOf(own(dependants, id)?.needs ?? [], said), downMs: 0 };
	}
	const services = dependant.by.filter((one) => one.startsWith('service/')).map((one) => one.slice('service/'.length));
	const falls = [dependant.since, ...services.map((one) => own(said.services, one)?.outage?.since ?? null)];
	const since = falls.reduce((first, one) => (one !== null && (first === null || one < first) ? one : first), null);
	return { up: false, since, downMs: dependant.since === null ? 0 : now - dependant.since };
}

/** Since when all of these answer; null where that is not known of one. */
function latestOf(needs: readonly string[], said: Said): number | null {
	const sinces = needs.map((need) => neededNow(need, said)?.since ?? null);
	return sinces.length === 0 || sinces.includes(null) ? null : Math.max(...sinces.map((one) => one ?? 0));
}

const told = (verdict: ClaimNow['verdict'], why: StatementReason): ClaimNow => ({ verdict, why });

/**
 * A promise is kept by what answers since its hour or before, once it has done so for RESTORED_AFTER_MS; it is broken by an outage that began
 * at its hour or before and lasts after it. Of a later outage, or where it came back after the hour, unseen until then, nobody can say.
 */
function judgeRestored(claim: Extract<Claim, { kind: 'restored' }>, { up, since, downMs }: Seen, now: number): ClaimNow {
	const isInTime = since !== null && since <= claim.by;
	if (up === true && isInTime && now - since >= RESTORED_AFTER_MS) return told('kept', 'restored');
	if (now <= claim.by) return told('unknown', 'not-yet');
	const isBroken = up === false && isInTime && downMs >= DOWN_COUNTS_AFTER_MS;
	return isBroken ? told('contradicted', 'not-restored') : told('unknown', 'not-seen');
}

function judgeWorking({ up, downMs }: Seen): ClaimNow {
	if (up === null || (!up && downMs < DOWN_COUNTS_AFTER_MS)) return told('unknown', 'not-seen');
	return up ? told('holds', 'works') : told('contradicted', 'down');
}

function judgeFigure({ subject, measure, atLeast, atMost }: Extract<Claim, { kind: 'figure' }>, board: Board, now: number): ClaimNow {
	const value = freshValue(board, subject, measure, now);
	if (value === null) return told('unknown', 'not-seen');
	const isWithin = (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost);
	return isWithin ? told('holds', 'within') : told('contradicted', 'outside');
}

/** Of all of them, or nobody can say: a mean of fewer is another. */
function judgeMean({ subjects, measure, atLeast }: Extract<Claim, { kind: 'mean' }>, board: Board, now: number): ClaimNow {
	let sum = 0;
	for (const subject of subjects) {
		const value = freshValue(board, subject, measure, now);
		if (value === null) return told('unknown', 'not-seen');
		sum += value;
	}
	return sum / subjects.length >= atLeast ? told('holds', 'within') : told('contradicted', 'outside');
}

/** Whether a cause that is recorded so is none that a sentence spoke of. */
export const isOtherNature = ({ is, isNot }: Extract<Claim, { kind: 'nature' }>, nature: IncidentNature): boolean =>
	nature !== 'unknown' && ((is !== undefined && nature !== is) || nature === isNot);

/** A recorded cause, too, counts against a sentence once it has stood as long as what is down has to. */
function judgeNature(claim: Extract<Claim, { kind: 'nature' }>, { incidents }: Board, now: number): ClaimNow {
	const { nature = 'unknown', causeAt = null } = own(incidents.rows, claim.incident) ?? {};
	if (nature === 'unknown') return told('unknown', 'nature-unknown');
	if (!isOtherNature(claim, nature)) return told('holds', 'as-recorded');
	return now - (causeAt ?? now) < DOWN_COUNTS_AFTER_MS ? told('unknown', 'nature-unknown') : told('contradicted', 'other-nature');
}

/** Until when a sentence speaks of what is; null: for as long as its incident is open. */
function speaksUntil(
	{ at, incident }: StatementFacts,
	claim: Extract<Claim, { kind: 'working' | 'figure' | 'mean' }>,
	{ incidents }: Board,
): number | null {
	if (claim.kind !== 'working')
		return Math.min(at + FIGURE_SAID_FOR_MS, (claim.kind === 'figure' ? claim.until : undefined) ?? Number.POSITIVE_INFINITY);
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
			return judgeRestored(claim, seenOf(claim.subject, said, board, now), now);
		case 'nature':
			return judgeNature(claim, board, now);
		default: {
			const until = speaksUntil(facts, claim, board);
			if (until !== null && now > until) return told('unknown', 'over');
			if (claim.kind === 'mean') return judgeMean(claim, board, now);
			return claim.kind === 'figure' ? judgeFigure(claim, board, now) : judgeWorking(seenOf(claim.subject, said, board, now));
		}
	}
}

const weight: Readonly<Record<Verdict, number>> = { contradicted: 4, unknown: 3, holds: 2, kept: 1, unlinked: 0 };
/** What Regia cannot check is never green (rule 1). */
const standings: Readonly<Record<Verdict, Standing>> = { contradicted: 'bad', unknown: 'blind', holds: 'good', kept: 'good', unlinked: 'blind' };

type Weighed = { readonly verdict: Verdict; readonly why: StatementReason | null };

function worstOf(facts: StatementFacts, board: Board, said: Said, now: number): Weighed {
	if (facts.contradicted) return { verdict: 'contradicted', why: facts.contradicted.why };
	let worst: Weighed = { verdict: 'unlinked', why: null };
	for (const place of facts.claims.keys()) {
		const one = judgeClaim(facts, place, board, said, now);
		if (weight[one.verdict] > weight[worst.verdict]) worst = one;
	}
	return worst;
}

/** The newest first. Once contradicted, always so: a later turn of the data does not unsay it; that a cause was recorded wrongly does. */
export function judgeStatements(board: Board, said: Said, now: number): StatementNow[] {
	const judged = Object.entries(board.statements.rows).map(([id, facts]): StatementNow => {
		const { at, by, text, audience, incident, linked, corrected } = facts;
		const { verdict, why } = worstOf(facts, board, said, now);
		const contradictedAt = facts.contradicted?.at ?? null;
		const standing = standings[verdict];
		return { id, at, by, text, audience, incident, verdict, contradictedAt, ...(corrected && { corrected }), why, linked, standing };
	});
	return judged.sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));
}
