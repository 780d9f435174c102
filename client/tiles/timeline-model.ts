// The window as a line: how far along it is, where phases, gates and hours stand, when it may end, and the last moment to go back.
// Pure; knows no pixels, only shares of the line.
import { formatClock, formatDay, formatMoment } from '../../shared/format.ts';
import type { BoardNow, CutoverNow } from '../../shared/judge.ts';
import type { RollbackNow } from '../../shared/judge-night.ts';
import { gateTime } from './gates-model.ts';

/** `phase`: a tick, where gates are the diamonds; a plan without gates has its phases as diamonds. */
export type LineMark = {
	readonly id: string;
	readonly kind: 'gate' | 'phase';
	readonly label: string;
	readonly at: number;
	readonly state: 'coming' | 'reached' | 'expired';
	readonly time: string;
};

export type TimelineModel = {
	/** Share of the line; null before the window. */
	readonly now: number | null;
	readonly nowText: string;
	/** Where the window ends: 1, or less once it is overrun, or may be. */
	readonly end: number;
	readonly hasGates: boolean;
	readonly marks: readonly LineMark[];
	readonly hours: readonly { readonly at: number; readonly text: string; readonly edge: 'start' | 'end' | null }[];
	/** From p50 to p90; `to` past the line stands at its end. Null where it cannot be told. */
	readonly finish: { readonly from: number; readonly to: number; readonly fromTime: string; readonly toTime: string } | null;
	readonly back: { readonly at: number; readonly time: string; readonly isPassed: boolean } | null;
};

const HOUR_MS = 3_600_000;
const steps = [0.25, 0.5, 1, 2, 3, 4, 6, 12, 24, 48, 96].map((hours) => hours * HOUR_MS);
const HOURS_AT_MOST = 6;
/** Room kept after the present while the window is overrun. */
const OVERRUN_ROOM = 0.04;
/** A finish past the window lengthens the line by this share of it at most: the rest of the night must stay readable. */
const FINISH_ROOM = 0.25;
/** The line moves by steps of this share, finer than an eye can tell: a tile must not wake for less. */
const STEP = 1 / 2000;

const rounded = (share: number): number => Math.round(Math.min(1, Math.max(0, share)) / STEP) * STEP;

export function timelineModel(judged: BoardNow): TimelineModel | null {
	const { cutover, now, forecast, rollback } = judged;
	if (cutover === null || cutover.windowEnd <= cutover.windowStart) return null;
	const { windowStart, windowEnd, zone } = cutover;
	const farthest = windowEnd + (windowEnd - windowStart) * FINISH_ROOM;
	const last = Math.max(windowEnd, ...Object.values(cutover.reached), now > windowEnd ? now : 0, Math.min(forecast.finish?.p90 ?? 0, farthest));
	const to = last > windowEnd ? last + (last - windowStart) * OVERRUN_ROOM : windowEnd;
	const share = (instant: number): number => rounded((instant - windowStart) / (to - windowStart));
	const clock = sayTimeIn(windowStart, windowEnd, zone);
	const gates = gateMarks(judged);
	return {
		now: now < windowStart ? null : share(now),
		nowText: clock(now),
		end: share(windowEnd),
		hasGates: Object.keys(judged.gates).length > 0,
		marks: [...gates, ...phaseMarks(cutover, gates)].map((one) => ({ ...one, at: share(one.instant), time: clock(one.instant) })).map(withoutInstant),
		hours: hoursOf(windowStart, windowEnd, zone).map((one) => ({ ...one, at: share(one.instant) })),
		finish: forecast.finish && {
			from: share(forecast.finish.p50),
			to: share(forecast.finish.p90),
			fromTime: clock(forecast.finish.p50),
			toTime: clock(forecast.finish.p90),
		},
		back: backOf(rollback, windowStart, share, (instant) => formatMoment(instant, zone)),
	};
}

type Placed = Omit<LineMark, 'at' | 'time'> & { readonly instant: number };
const withoutInstant = ({ instant: _instant, ...mark }: Placed & LineMark): LineMark => mark;

/** Once the night is turned back, the gates ahead lie on no way any more. */
function gateMarks(judged: BoardNow): Placed[] {
	const isTurned = typeof judged.cutover?.turnedBackAt === 'number';
	return Object.entries(judged.gates).flatMap(([id, gate]) => {
		const instant = gateTime(id, gate, judged);
		const state = gate.closed === null ? 'coming' : gate.closed.how === 'passed' ? 'reached' : 'expired';
		return instant === null || (isTurned && state !== 'reached')
			? []
			: [{ id: `gate/${id}`, kind: 'gate' as const, label: gate.label, state, instant } as const];
	});
}

/** A phase that a gate of the same name opens is told by that gate. */
const phaseMarks = ({ phases, reached }: CutoverNow, gates: readonly Placed[]): Placed[] =>
	phases
		.filter(({ label }) => gates.every((gate) => gate.label !== label))
		.map(({ id, label, at }) => ({
			id: `phase/${id}`,
			kind: 'phase',
			label,
			state: reached[id] === undefined ? 'coming' : 'reached',
			instant: reached[id] ?? at,
		}));

/** Shown for as long as there is something to go back from. */
function backOf(rollback: RollbackNow | null, windowStart: number, share: (instant: number) => number, clock: (instant: number) => string) {
	if (rollback === null || rollback.lastMoment === null || rollback.possible === null || rollback.lastMoment < windowStart) return null;
	return { at: share(rollback.lastMoment), time: clock(rollback.lastMoment), isPassed: !rollback.possible };
}

/** A window of several days tells the day with the hour. */
const LONG_MS = 36 * 3_600_000;
const sayTimeIn =
	(from: number, to: number, zone: string) =>
	(instant: number): string =>
		to - from > LONG_MS ? `${formatDay(instant, zone).slice(0, 5)} ${formatClock(instant, zone)}` : formatClock(instant, zone);

function hoursOf(from: number, to: number, zone: string): { instant: number; text: string; edge: 'start' | 'end' | null }[] {
	const step = steps.find((one) => (to - from) / one <= HOURS_AT_MOST) ?? to - from;
	const say = sayTimeIn(from, to, zone);
	const all: { instant: number; text: string; edge: 'start' | 'end' | null }[] = [{ instant: from, text: say(from), edge: 'start' }];
	for (let instant = from + step; instant < to - step * 0.6; instant += step) all.push({ instant, text: say(instant), edge: null });
	all.push({ instant: to, text: say(to), edge: 'end' });
	return all;
}
