// What a service's facts amount to at a moment: who answers, who accepts writes, since when, its ledger, and how fast it is.
import { bookTo, type Ledger, stateAt } from './availability.ts';
import type { AvailabilityMs, CutoverFacts, DowntimeMs, Figure, ServiceFacts, ServiceFigure } from './board.ts';
import { plannedWithin } from './downtime.ts';
import { ageOf } from './freshness.ts';
import { type LatencyNow, percentiles } from './latency.ts';
import { measureOf } from './measures.ts';
import type { Standing } from './standing.ts';
import { monthAt } from './zone-month.ts';

export type Side = 'old' | 'new' | 'both' | 'none' | 'unknown';
export type ServiceReason =
	| 'never-reported'
	| 'cannot-look'
	| 'silent'
	| 'down'
	| 'none-answers'
	| 'down-planned'
	| 'overrun'
	| 'beyond-tolerable'
	| 'both-sides'
	| 'both-write'
	| 'no-writes'
	| 'certificate';

/** An outage that lasts: when the service went down, and how long it is known to have been, gaps left out. */
export type OutageNow = { readonly since: number; readonly withoutMs: number };

export type ServiceNow = {
	readonly label: string;
	readonly priority: number;
	readonly standing: Standing;
	readonly reason: ServiceReason | null;
	/** Which side answers, and which accepts writes; each unknown where nobody looks, or what was seen is stale. */
	readonly side: Side;
	readonly writes: Side;
	/** Whether it answers; null while unknown. */
	readonly up: boolean | null;
	readonly since: number | null;
	readonly downMs: DowntimeMs;
	/** The present outage, also while nobody can see whether it lasts; null where it was last seen to answer, or never seen to be down. */
	readonly outage: OutageNow | null;
	/** How long it can be without; null where the plan does not say. */
	readonly tolerableMs: number | null;
	/** Month of the plan's zone (`2021-08`) → its ledger up to now. */
	readonly months: Readonly<Record<string, AvailabilityMs>>;
	/** The ledger within the cutover's window. */
	readonly night: AvailabilityMs;
	/** Planned downtime that is still ahead, in this month and in this night. */
	readonly plannedLeftMs: { readonly month: number; readonly night: number };
	readonly latencyMs: number | null;
	/** Of the answers of the running hour and the one before, null while none is fresh; and of those of the last 24 hours. */
	readonly latency: { readonly hour: LatencyNow | null; readonly day: LatencyNow | null };
	readonly certDays: number | null;
	readonly ageMs: number | null;
	readonly stoppedAt: number | null;
	readonly restoredAt: number | null;
};

const CERTIFICATE_WATCH_DAYS = 14;

/** What a figure still says: `value` null once it is stale, or could not be looked at; `ageMs` of the last good one. */
export type Look = { readonly value: number | null; readonly ageMs: number | null; readonly blind: boolean };

/** Null where nobody ever told of it. */
export function look(facts: Pick<ServiceFacts, 'figures' | 'staleAfterMs'>, name: ServiceFigure, now: number): Look | null {
	const figure: Figure | undefined = facts.figures[name];
	if (!figure) return null;
	const ageMs = figure[0] === null ? null : ageOf({ at: figure[1], seen: figure[2] }, now);
	const limit = name === 'certDays' ? measureOf('service.certDays').staleAfterMs : facts.staleAfterMs;
	const blind = figure[3] !== undefined;
	return { value: blind || ageMs === null || ageMs > limit ? null : figure[0], ageMs, blind };
}

/** `both` answering and `none` answering are as much an answer as one of them; `unknown` is none. */
export function sideOf(old: Look | null, fresh: Look | null): Side {
	if (!old && !fresh) return 'unknown';
	if ((old && old.value === null) || (fresh && fresh.value === null)) return 'unknown';
	if (old?.value === 1 && fresh?.value === 1) return 'both';
	if (old?.value === 1) return 'old';
	return fresh?.value === 1 ? 'new' : 'none';
}

/** Whether somebody tells of both sides: only then neither answers where none does. */
export const looksAtBoth = ({ figures }: Pick<ServiceFacts, 'figures'>): boolean => figures.upOld !== undefined && figures.upNew !== undefined;

const NO_ZONE = 'UTC';
type Night = Pick<CutoverFacts, 'zone' | 'windowStart' | 'windowEnd'> & Partial<Pick<CutoverFacts, 'frozenAt' | 'firstGoodAt'>>;

/** The ledger up to now, and for the state of this very moment since when it is so. */
function ledgerTo(facts: ServiceFacts, now: number, night: Night | undefined): Ledger {
	const window = night ? ([night.windowStart, night.windowEnd] as const) : null;
	const { planned, staleAfterMs } = facts;
	const ledger = bookTo(facts, facts.figures, { planned, staleAfterMs, zone: night?.zone ?? NO_ZONE, window }, now);
	const state = stateAt(facts.figures, staleAfterMs, now);
	return state === ledger.state ? ledger : { ...ledger, state, since: ledger.bookedTo };
}

/** `night`: the cutover's; a service that nobody has looked at yet is unobserved since it began. */
export function judgeService(facts: ServiceFacts, now: number, night?: Night): ServiceNow {
	const sides = [look(facts, 'upOld', now), look(facts, 'upNew', now)] as const;
	const plain = look(facts, 'up', now);
	const side = sideOf(...sides);
	const writing = { old: look(facts, 'writeOld', now), new: look(facts, 'writeNew', now) };
	const writes = sideOf(writing.old, writing.new);
	/** Of the side that answers, where it is known which. */
	const noWrites = side === 'old' || side === 'new' ? writing[side]?.value === 0 : writes === 'none';
	const isFrozen = typeof night?.frozenAt === 'number' && night.firstGoodAt === null;
	const heard = [plain, ...sides].filter((one) => one !== null);
	const up = isUp(heard);
	const ageMs = heard.length === 0 || heard.some((one) => one.ageMs === null) ? null : Math.max(...heard.map((one) => one.ageMs ?? 0));
	const { since, booked, outage, months, night: tonight } = ledgerTo(facts, now, night);
	const certDays = look(facts, 'certDays', now)?.value ?? null;
	const latencyMs = look(facts, 'latency', now)?.value ?? look(facts, 'latencyNew', now)?.value ?? look(facts, 'latencyOld', now)?.value ?? null;
	const { standing, reason } = stand(facts, {
		heard,
		up,
		side,
		writes,
		noWrites,
		isFrozen,
		certDays,
		now,
		since: outage?.since ?? since ?? now,
		withoutMs: outage?.withoutMs ?? 0,
	});
	return {
		label: facts.label,
		priority: facts.priority,
		standing,
		reason,
		side,
		writes,
		up,
		since: standing === 'blind' ? null : since,
		downMs: booked,
		outage: up === true ? null : outage,
		tolerableMs: facts.tolerableMs,
		months,
		night: tonight,
		plannedLeftMs: plannedLeft(facts, now, night),
		latencyMs,
		latency: { hour: latencyMs === null ? null : percentiles(facts.latencies, now, 2), day: percentiles(facts.latencies, now, 24) },
		certDays,
		ageMs,
		stoppedAt: facts.stoppedAt,
		restoredAt: facts.restoredAt,
	};
}

const plannedLeft = ({ planned }: ServiceFacts, now: number, night: Night | undefined): ServiceNow['plannedLeftMs'] => ({
	month: plannedWithin(planned, now, monthAt(now, night?.zone ?? NO_ZONE).to),
	night: night ? plannedWithin(planned, Math.max(now, night.windowStart), night.windowEnd) : 0,
});

/** Up when anything that we look at answers; down only when all that we look at is known not to. */
function isUp(heard: readonly Look[]): boolean | null {
	if (heard.some((one) => one.value === 1)) return true;
	return heard.length > 0 && heard.every((one) => one.value === 0) ? false : null;
}

type Situation = {
	heard: readonly Look[];
	up: boolean | null;
	side: Side;
	writes: Side;
	noWrites: boolean;
	/** Nothing is to be written in the cutover's minutes. */
	isFrozen: boolean;
	certDays: number | null;
	now: number;
	since: number;
	withoutMs: number;
};
type Verdict = { standing: Standing; reason: ServiceReason | null };

function stand(facts: ServiceFacts, situation: Situation): Verdict {
	const { heard, up, side, writes, noWrites, isFrozen, certDays, now, since, withoutMs } = situation;
	if (heard.length === 0) return { standing: 'blind', reason: 'never-reported' };
	if (heard.some((one) => one.value === null)) return { standing: 'blind', reason: heard.some((one) => one.blind) ? 'cannot-look' : 'silent' };
	// What is written on two sides at once may be lost: worse than anything that merely answers.
	if (writes === 'both') return { standing: 'bad', reason: 'both-write' };
	if (side === 'both') return { standing: 'bad', reason: 'both-sides' };
	const isPlanned = facts.planned.some(([from, to]) => now >= from && now <= to);
	if (up === false) {
		if (isPlanned && facts.tolerableMs !== null && withoutMs > facts.tolerableMs) return { standing: 'watch', reason: 'beyond-tolerable' };
		// As planned is as it should be: said in words and counted, not coloured.
		if (isPlanned) return { standing: 'good', reason: 'down-planned' };
		const overrun = facts.planned.some(([from, to]) => since >= from && since <= to);
		return { standing: 'bad', reason: overrun ? 'overrun' : looksAtBoth(facts) ? 'none-answers' : 'down' };
	}
	if (noWrites) return { standing: isPlanned || isFrozen ? 'good' : 'bad', reason: 'no-writes' };
	if (certDays !== null && certDays < CERTIFICATE_WATCH_DAYS) return { standing: 'watch', reason: 'certificate' };
	return { standing: 'good', reason: null };
}
