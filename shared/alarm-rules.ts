// The built-in alarms, a row each: how urgent, how long a condition must last before it counts, and must be gone before it ends.
// What each is called and what to do stands in the words; a plan may change a row or switch it off.
import type { AlarmPriority } from './board-breakdown.ts';

/** `priority: 'service'`: by the service's own place in the restore order (1 → P1, 2 and 3 → P2, the rest P3). */
export type AlarmRule = {
	readonly priority: AlarmPriority | 'service';
	readonly onDelayMs: number;
	readonly offDelayMs: number;
	readonly latches: boolean;
};

const MINUTE_MS = 60_000;
const at = (priority: AlarmRule['priority'], onDelayMs = 0, offDelayMs = 2 * MINUTE_MS, latches = false): AlarmRule => ({
	priority,
	onDelayMs,
	offDelayMs,
	latches,
});

export const alarmRules = {
	'observer-blind': at(1, 0, 0),
	'service-down': at('service', 30_000),
	/** Both sides answer, or both accept writes: what is written may be lost. */
	'service-both-answer': at(1),
	'service-both-write': at(1, 0, MINUTE_MS, true),
	/** Neither side answers, where both are looked at. */
	'service-none': at(1, 30_000),
	/** One side answers and accepts no writes, where writes are tried. */
	'service-no-writes': at(2, 30_000),
	'service-overrun': at(1),
	'service-beyond-tolerable': at('service'),
	'service-certificate': at(3),
	'service-alerts': at(3, MINUTE_MS),
	'restore-order': at(1),
	'facility-too-hot': at(1),
	'facility-hot': at(2, MINUTE_MS, 5 * MINUTE_MS),
	/** At this rate the limit is less than half an hour away. */
	'facility-rising': at(1, MINUTE_MS, 5 * MINUTE_MS),
	'facility-cooling-lost': at(1),
	'facility-cooling-short': at(2, MINUTE_MS),
	'facility-on-battery': at(2),
	'facility-battery-low': at(1),
	'facility-alerts': at(3, MINUTE_MS),
	'network-down': at(1, 30_000),
	'network-alerts': at(3, MINUTE_MS),
	'dependant-blocked': at(2, MINUTE_MS),
	'flow-near': at(3),
	'flow-cannot-be-met': at(2, 5 * MINUTE_MS, 5 * MINUTE_MS),
	'flow-overdue': at(1),
	'clock-near': at(2, 0, 0),
	'clock-overdue': at(1, 0, 0),
	'update-overdue': at(2, 0, 0),
	'statement-contradicted': at(2, 0, 0),
	'archive-bad': at(2, MINUTE_MS),
	'gate-reopened': at(2, 0, 0),
	'site-blind': at(3, MINUTE_MS),
	'source-blind': at(3, MINUTE_MS),
	'channel-failing': at(2, 0, 0),
} as const satisfies Record<string, AlarmRule>;
export type BuiltInAlarm = keyof typeof alarmRules;
