// Legal clocks at a moment: what is owed to an authority, by when. Pure; knows no words.
// D.Lgs 138/2024 art. 25 (NIS2), L. 90/2024 art. 1, GDPR art. 33: hours are absolute time, a month is one of the Italian calendar.
import type { Board } from './board.ts';
import type { ClockFacts } from './board-incident.ts';
import type { ClockLaw, ClockStep } from './breakdown.ts';
import type { ClockNow, StepNow, StepState } from './breakdown-now.ts';
import type { Standing } from './standing.ts';
import { clockAt, instantsOf } from './zoned-clock.ts';

const HOUR_MS = 3_600_000;
export const EARLY_MS = 24 * HOUR_MS;
export const NOTIFICATION_MS = 72 * HOUR_MS;
/** Near: less than a quarter of its time is left, or less than this, whichever begins sooner. */
export const NEAR_MS = 4 * HOUR_MS;
/** The laws are Italian, wherever the plan's own clocks stand. */
const ZONE = 'Europe/Rome';

/** What each law asks for, in order. */
export const clockStepsOf: Readonly<Record<ClockLaw, readonly ClockStep[]>> = {
	nis2: ['early', 'notification', 'final'],
	l90: ['early', 'notification'],
	gdpr: ['notification'],
};

/**
 * The same day and time of the next month on Rome's clocks; its last day where it has no such day (31 January → 28 or 29 February).
 * Of a time that those clocks show twice the first, of one that they skip the hour before: a term never ends late by our doing.
 */
export function monthAfter(instant: number): number {
	const shown = new Date(clockAt(instant, ZONE));
	const lastDay = new Date(Date.UTC(shown.getUTCFullYear(), shown.getUTCMonth() + 2, 0)).getUTCDate();
	const next = new Date(shown);
	next.setUTCMonth(shown.getUTCMonth() + 1, Math.min(shown.getUTCDate(), lastDay));
	const [first] = instantsOf(next.getTime(), ZONE);
	return first ?? instantsOf(next.getTime() - HOUR_MS, ZONE)[0] ?? next.getTime() - 2 * HOUR_MS;
}

/** From when a step's time runs, and until when. The final report is owed a month after the notification was sent, or is due. */
export function termOf({ awareAt, sent }: Pick<ClockFacts, 'awareAt' | 'sent'>, step: ClockStep): { readonly from: number; readonly due: number } {
	if (step === 'early') return { from: awareAt, due: awareAt + EARLY_MS };
	const notification = awareAt + NOTIFICATION_MS;
	if (step === 'notification') return { from: awareAt, due: notification };
	const from = sent.notification?.at ?? notification;
	return { from, due: monthAfter(from) };
}

function stateOf(facts: ClockFacts, step: ClockStep, { from, due }: { from: number; due: number }, now: number): StepState {
	const sent = facts.sent[step];
	if (sent) return sent.at > due ? 'sent-late' : 'sent';
	if (facts.waived) return 'waived';
	if (now > due) return 'overdue';
	return due - now < Math.max((due - from) / 4, NEAR_MS) ? 'near' : 'running';
}

const isOwed = ({ state }: StepNow): boolean => state === 'running' || state === 'near' || state === 'overdue';

function standingOf(owed: readonly StepNow[]): Standing {
	if (owed.some(({ state }) => state === 'overdue')) return 'bad';
	return owed.some(({ state }) => state === 'near') ? 'watch' : 'good';
}

export function judgeClock(facts: ClockFacts, now: number): ClockNow {
	const { incident, law, awareAt, by } = facts;
	const steps = clockStepsOf[law].map((step): StepNow => {
		const term = termOf(facts, step);
		const sent = facts.sent[step];
		const remainingMs = term.due - (sent?.at ?? now);
		return { step, due: term.due, state: stateOf(facts, step, term, now), remainingMs, sentAt: sent?.at ?? null, protocol: sent?.protocol ?? null };
	});
	const owed = steps.filter(isOwed);
	return { incident, law, awareAt, by, steps, next: owed[0] ?? null, standing: standingOf(owed) };
}

/** Keyed as on the board: `<incident>-<law>`. */
export const judgeClocks = ({ clocks }: Pick<Board, 'clocks'>, now: number): Record<string, ClockNow> =>
	Object.fromEntries(Object.entries(clocks).map(([key, facts]) => [key, judgeClock(facts, now)]));
