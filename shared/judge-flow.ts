// What a flow's facts amount to at a moment: how old its oldest unsent record is against the deadline, and whether it can still be met.
import type { FlowFacts, FlowFigure } from './board-breakdown.ts';
import type { FlowNow, FlowState } from './breakdown-now.ts';
import { type FigureNow, figureNow } from './figure-now.ts';
import { type Judged, neededNow } from './judge-impact.ts';
import { measureOf } from './measures.ts';
import type { Standing } from './standing.ts';

/** With less than this share of the deadline left it is near. */
const NEAR_SHARE = 0.25;
/** A flow that is in step has a backlog too: how slowly it shrinks says something only once its oldest record has waited this share of the deadline. */
const HANGS_SHARE = 0.25;
const MINUTE_MS = 60_000;

const standingOf: Readonly<Record<FlowState, Standing>> = { met: 'good', near: 'watch', 'cannot-be-met': 'bad', overdue: 'bad', unknown: 'blind' };

/** `judged`: the services and networks that it may need, at the same moment. */
export function judgeFlow(facts: FlowFacts, judged: Judged, now: number): FlowNow {
	const { label, deadlineMs } = facts;
	const look = (name: FlowFigure): FigureNow | null =>
		figureNow(facts.figures[name], facts.staleAfterMs ?? measureOf(`flow.${name}`).staleAfterMs, now);
	const waiting = look('backlog');
	const { said, heldSince } = lastWord(look('oldestAge'), waiting);
	const isKnown = said !== null && said.unknown === null;
	const backlog = waiting?.value ?? null;
	const drainPerMinute = drainOf(facts, backlog);
	const drainMs = drainTime(backlog, drainPerMinute);
	const dueAt = heldSince === null ? null : heldSince + deadlineMs;
	const state = isKnown ? stateAt(now, dueAt, { deadlineMs, drainMs, isHeldUp: isHeldUp(facts.needs, judged) }) : 'unknown';
	return {
		label,
		state,
		standing: standingOf[state],
		deadlineMs,
		oldestAgeMs: !isKnown ? null : heldSince === null ? 0 : Math.max(0, now - heldSince),
		dueAt,
		overdueMs: state === 'overdue' && dueAt !== null ? now - dueAt : 0,
		backlog,
		drainPerMinute,
		drainMs,
		ageMs: said?.ageMs ?? null,
	};
}

/** `said`: the figure by which it is known what waits; `heldSince`: of the oldest record that waits, null where none does or nobody ever said. */
type Word = { readonly said: FigureNow | null; readonly heldSince: number | null };

/** The newer word counts: nothing waits any more, or something came since nothing did, and is then no older than that. */
function lastWord(oldest: FigureNow | null, waiting: FigureNow | null): Word {
	const told = oldest !== null && oldest.last !== null ? oldest.at : null;
	if (waiting?.last === 0 && (told === null || waiting.at >= told)) return { said: waiting, heldSince: null };
	if (oldest === null || oldest.last === null) return { said: oldest, heldSince: null };
	const cameSince = waiting !== null && waiting.last !== null && waiting.last > 0 && waiting.at >= oldest.at;
	return { said: oldest, heldSince: oldest.last === 0 && !cameSince ? null : oldest.at - oldest.last * 1000 };
}

type Course = { readonly deadlineMs: number; readonly drainMs: number | null; readonly isHeldUp: boolean };

function stateAt(now: number, dueAt: number | null, { deadlineMs, drainMs, isHeldUp }: Course): FlowState {
	if (dueAt === null) return 'met';
	const remainingMs = dueAt - now;
	if (remainingMs < 0) return 'overdue';
	const hangs = deadlineMs - remainingMs >= HANGS_SHARE * deadlineMs;
	if (isHeldUp || (hangs && drainMs !== null && drainMs > remainingMs)) return 'cannot-be-met';
	return remainingMs < NEAR_SHARE * deadlineMs ? 'near' : 'met';
}

/** What it needs is down, and not as planned: planned downtime ends, and what waits is near soon enough to be seen. */
const isHeldUp = (needs: readonly string[], judged: Judged): boolean =>
	needs.some((need) => {
		const one = neededNow(need, judged);
		return one?.up === false && !one.isPlanned;
	});

/** A drain holds for the report that it ends with, and for no later one. */
const drainOf = ({ drain, figures }: FlowFacts, backlog: number | null): number | null =>
	backlog !== null && drain !== null && drain[1] >= (figures.backlog?.[1] ?? 0) ? drain[0] : null;

function drainTime(backlog: number | null, perMinute: number | null): number | null {
	if (backlog === 0) return 0;
	return backlog === null || perMinute === null || perMinute <= 0 ? null : (backlog / perMinute) * MINUTE_MS;
}
