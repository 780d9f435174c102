// What a service's facts amount to at a moment: who answers, since when, and the minutes without it.
import type { DowntimeMs, Figure, ServiceFacts, ServiceFigure } from './board.ts';
import { book } from './downtime.ts';
import { ageOf } from './freshness.ts';
import { measureOf } from './measures.ts';
import type { Standing } from './standing.ts';

export type Side = 'old' | 'new' | 'both' | 'none' | 'unknown';
export type ServiceReason =
	| 'never-reported'
	| 'cannot-look'
	| 'silent'
	| 'down'
	| 'down-planned'
	| 'overrun'
	| 'beyond-tolerable'
	| 'both-sides'
	| 'certificate';

export type ServiceNow = {
	readonly label: string;
	readonly priority: number;
	readonly standing: Standing;
	readonly reason: ServiceReason | null;
	readonly side: Side;
	/** Whether it answers; null while unknown. */
	readonly up: boolean | null;
	readonly since: number | null;
	readonly downMs: DowntimeMs;
	readonly latencyMs: number | null;
	readonly certDays: number | null;
	readonly ageMs: number | null;
	readonly stoppedAt: number | null;
	readonly restoredAt: number | null;
};

const CERTIFICATE_WATCH_DAYS = 14;

type Look = { readonly value: number | null; readonly ageMs: number | null; readonly blind: boolean };

function look(facts: ServiceFacts, name: ServiceFigure, now: number): Look | null {
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

/** `from`: when the window began; a service that nobody has looked at yet is unobserved since then. */
export function judgeService(facts: ServiceFacts, now: number, from: number = now): ServiceNow {
	const sides = [look(facts, 'upOld', now), look(facts, 'upNew', now)] as const;
	const plain = look(facts, 'up', now);
	const side = sideOf(...sides);
	const heard = [plain, ...sides].filter((one) => one !== null);
	const up = isUp(heard);
	const ageMs = heard.length === 0 || heard.some((one) => one.ageMs === null) ? null : Math.max(...heard.map((one) => one.ageMs ?? 0));
	const downMs = book(facts.booked, facts, facts.state, facts.bookedTo ?? from, now);
	const certDays = look(facts, 'certDays', now)?.value ?? null;
	const latencyMs = look(facts, 'latency', now)?.value ?? look(facts, 'latencyNew', now)?.value ?? look(facts, 'latencyOld', now)?.value ?? null;
	const { standing, reason } = stand(facts, { heard, up, side, certDays, now });
	return {
		label: facts.label,
		priority: facts.priority,
		standing,
		reason,
		side,
		up,
		since: standing === 'blind' ? null : facts.since,
		downMs,
		latencyMs,
		certDays,
		ageMs,
		stoppedAt: facts.stoppedAt,
		restoredAt: facts.restoredAt,
	};
}

/** Up when anything that we look at answers; down only when all that we look at is known not to. */
function isUp(heard: readonly Look[]): boolean | null {
	if (heard.some((one) => one.value === 1)) return true;
	return heard.length > 0 && heard.every((one) => one.value === 0) ? false : null;
}

type Situation = { heard: readonly Look[]; up: boolean | null; side: Side; certDays: number | null; now: number };

function stand(facts: ServiceFacts, { heard, up, side, certDays, now }: Situation): { standing: Standing; reason: ServiceReason | null } {
	if (heard.length === 0) return { standing: 'blind', reason: 'never-reported' };
	if (heard.some((one) => one.value === null)) return { standing: 'blind', reason: heard.some((one) => one.blind) ? 'cannot-look' : 'silent' };
	if (side === 'both') return { standing: 'bad', reason: 'both-sides' };
	if (up === false) {
		const since = facts.since ?? now;
		const isPlanned = facts.planned.some(([from, to]) => now >= from && now <= to);
		if (isPlanned && facts.tolerableMs !== null && now - since > facts.tolerableMs) return { standing: 'watch', reason: 'beyond-tolerable' };
		// As planned is as it should be: said in words and counted, not coloured.
		if (isPlanned) return { standing: 'good', reason: 'down-planned' };
		const overrun = facts.planned.some(([from, to]) => since >= from && since <= to);
		return { standing: 'bad', reason: overrun ? 'overrun' : 'down' };
	}
	if (certDays !== null && certDays < CERTIFICATE_WATCH_DAYS) return { standing: 'watch', reason: 'certificate' };
	return { standing: 'good', reason: null };
}
