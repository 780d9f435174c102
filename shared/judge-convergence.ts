// Whether a replication catches up: changes coming in against changes applied, and how long a freeze it would need now. Pure.
import type { ArchiveFacts } from './board.ts';
import { ageOf } from './freshness.ts';
import type { ConvergenceNow } from './judge-night.ts';
import { measureOf } from './measures.ts';

/** What is applied within this is the way of a replication that keeps up, not a backlog. */
export const CAUGHT_UP_MS = 5000;
/** Where only the backlog is reported: less than this is a server's own small talk. */
export const CAUGHT_UP_BYTES = 1_000_000;
/** Longer than any window: not an answer to wait for. */
const NEVER_MS = 7 * 86_400_000;

const nothing = { verdict: 'unknown', changeRate: null, applyRate: null, pending: null, inMs: null, freezeMs: null } as const;

/** Changes to move where they are reported; else the replication's backlog. */
function pendingOf({ figures, staleAfterMs }: ArchiveFacts, now: number): { readonly value: number | null; readonly ageMs: number | null } {
	const name = figures.deltaPending ? 'deltaPending' : 'lagBytes';
	const figure = figures[name];
	if (!figure || figure[0] === null) return { value: null, ageMs: null };
	const ageMs = ageOf({ at: figure[1], seen: figure[2] }, now);
	const isKnown = figure[3] === undefined && ageMs <= (staleAfterMs ?? measureOf(`archive.${name}`).staleAfterMs);
	return { value: isKnown ? figure[0] : null, ageMs };
}

export function judgeConvergence(facts: ArchiveFacts, now: number): ConvergenceNow {
	const { value: pending, ageMs } = pendingOf(facts, now);
	if (pending === null) return { ...nothing, ageMs };
	const limitMs = facts.staleAfterMs ?? measureOf('archive.deltaMoved').staleAfterMs;
	const isFresh = (at: number): boolean => now - at <= limitMs;
	const rates = facts.replication !== null && isFresh(facts.replication[2]) ? facts.replication : null;
	const [changeRate, applyRate] = rates ?? [null, null];
	const growth = facts.pendingRate !== null && isFresh(facts.pendingRate[1]) ? facts.pendingRate[0] : null;
	// A second of backlog less for each of these bytes a second.
	const shrinking = changeRate !== null && applyRate !== null ? applyRate - changeRate : growth === null ? null : -growth;
	const freezeMs = pending === 0 ? 0 : applyRate !== null && applyRate > 0 ? Math.ceil((pending * 1000) / applyRate) : null;
	const known = { changeRate, applyRate, pending, freezeMs, ageMs };
	const isCaughtUp = applyRate === null ? pending <= CAUGHT_UP_BYTES : freezeMs !== null && freezeMs <= CAUGHT_UP_MS;
	if (isCaughtUp) return { ...known, verdict: 'caught-up', inMs: 0 };
	if (shrinking === null) return { ...known, verdict: 'unknown', inMs: null };
	const inMs = shrinking > 0 ? Math.ceil((pending * 1000) / shrinking) : Number.POSITIVE_INFINITY;
	return inMs <= NEVER_MS ? { ...known, verdict: 'converges', inMs } : { ...known, verdict: 'will-not-converge', inMs: null };
}

/** The archive whose backlog would hold the freeze longest: the one that gates the cutover. Null: none is known to need a freeze. */
export function gatingOf(all: Readonly<Record<string, ConvergenceNow>>): string | null {
	let longest: string | null = null;
	for (const [id, { freezeMs }] of Object.entries(all)) {
		if (freezeMs !== null && freezeMs > (longest === null ? 0 : (all[longest]?.freezeMs ?? 0))) longest = id;
	}
	return longest;
}
