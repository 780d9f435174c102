// The window as a line: how far along it is, where phases and hours stand. Pure; knows no pixels, only shares of the line.
import { formatClock } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';

export type TimelineModel = {
	/** Share of the line; null before the window. */
	readonly now: number | null;
	readonly nowText: string;
	/** Where the window ends: 1, or less once it is overrun. */
	readonly end: number;
	readonly phases: readonly { readonly id: string; readonly label: string; readonly at: number; readonly reached: boolean; readonly time: string }[];
	readonly hours: readonly { readonly at: number; readonly text: string; readonly edge: 'start' | 'end' | null }[];
};

const HOUR_MS = 3_600_000;
const steps = [0.25, 0.5, 1, 2, 3, 4, 6, 12, 24, 48, 96].map((hours) => hours * HOUR_MS);
const HOURS_AT_MOST = 6;
/** Room kept after the present while the window is overrun. */
const OVERRUN_ROOM = 0.04;
/** The line moves by steps of this share, finer than an eye can tell: a tile must not wake for less. */
const STEP = 1 / 2000;

const rounded = (share: number): number => Math.round(Math.min(1, Math.max(0, share)) / STEP) * STEP;

export function timelineModel({ cutover, now }: BoardNow): TimelineModel | null {
	if (cutover === null || cutover.windowEnd <= cutover.windowStart) return null;
	const { windowStart, windowEnd, zone } = cutover;
	const last = Math.max(windowEnd, ...Object.values(cutover.reached), now > windowEnd ? now : 0);
	const to = last > windowEnd ? last + (last - windowStart) * OVERRUN_ROOM : windowEnd;
	const share = (instant: number): number => rounded((instant - windowStart) / (to - windowStart));
	return {
		now: now < windowStart ? null : share(now),
		nowText: formatClock(now, zone),
		end: share(windowEnd),
		phases: cutover.phases.map((phase) => {
			const reachedAt = cutover.reached[phase.id];
			return {
				id: phase.id,
				label: phase.label,
				at: share(reachedAt ?? phase.at),
				reached: reachedAt !== undefined,
				time: formatClock(reachedAt ?? phase.at, zone),
			};
		}),
		hours: hoursOf(windowStart, windowEnd, zone).map((one) => ({ ...one, at: share(one.instant) })),
	};
}

function hoursOf(from: number, to: number, zone: string): { instant: number; text: string; edge: 'start' | 'end' | null }[] {
	const step = steps.find((one) => (to - from) / one <= HOURS_AT_MOST) ?? to - from;
	const all: { instant: number; text: string; edge: 'start' | 'end' | null }[] = [{ instant: from, text: formatClock(from, zone), edge: 'start' }];
	for (let instant = from + step; instant < to - step * 0.6; instant += step) all.push({ instant, text: formatClock(instant, zone), edge: null });
	all.push({ instant: to, text: formatClock(to, zone), edge: 'end' });
	return all;
}
