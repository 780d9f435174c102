// Joins what arrives with the store: applies frames, judges once a tick and once a release, asks again where a frame does not follow on.
// Knows the wire and the clock only as ports; main.tsx hands them in.
import type { Position } from '../../shared/entry.ts';
import { applyFrame, type Followed, type Frame } from '../../shared/frame.ts';
import { hasBreakdown } from '../../shared/has-breakdown.ts';
import { type BoardNow, judgeBoard } from '../../shared/judge-board.ts';
import type { BreakdownJudge } from '../../shared/judge-breakdown.ts';
import type { judgeEr } from '../../shared/judge-er.ts';
import { judgeObserver } from '../../shared/judge-observer.ts';
import { type AlarmsJudge, hasAlarms } from '../../shared/plain-alarms.ts';
import type { BoardStore, LinkState, Pace } from './board-store.ts';
import { laterPart } from './later-part.ts';

/** A frame and when it reached this screen, by both of the screen's clocks: its release may come much later on a hidden page. */
export type Arrival = { readonly frame: Frame; readonly at: { readonly steady: number; readonly wall: number } };

export type WirePorts = {
	/** Told of every frame that was applied; `pace` then answers by it. */
	readonly hear: (arrival: Arrival) => void;
	readonly pace: () => Pace | null;
	readonly askAgain: () => void;
	/** How emergency rooms are judged: asked for once a board has some. */
	readonly loadJudgeEr?: () => Promise<typeof judgeEr>;
	/** How failures are judged: likewise. */
	readonly loadJudgeBreakdown?: () => Promise<BreakdownJudge>;
	/** How alarms are put in order and explained: likewise. */
	readonly loadJudgeAlarms?: () => Promise<AlarmsJudge>;
};

export type Wire = {
	receive(arrivals: readonly Arrival[]): void;
	overflow(dropped: number): void;
	tick(): void;
	linkIs(state: LinkState): void;
	position(): Position | null;
};

/** How many ticks a merge stays news. */
const MERGED_SHOWN_TICKS = 30;
const PARTS_WAITED_TICKS = 3;

const importJudgeEr = async () => (await import('../../shared/judge-er.ts')).judgeEr;
const importJudgeAlarms = async () => (await import('../../shared/judge-alarms.ts')).judgeAlarms;
const importJudgeBreakdown = async () => (await import('../../shared/judge-breakdown.ts')).judgeBreakdown;

export function wireUp(
	store: BoardStore,
	{ hear, pace, askAgain, loadJudgeEr = importJudgeEr, loadJudgeBreakdown = importJudgeBreakdown, loadJudgeAlarms = importJudgeAlarms }: WirePorts,
): Wire {
	let mergedTicks = 0;
	let ticksWithout = 0;
	/** The board's time of the last frame: what it says of Regia's own sight is of then, and silence on this screen's link says nothing more of it. */
	let heardAt = 0;
	const again = (): void => show(store.getState().followed);
	const rooms = laterPart(loadJudgeEr, again);
	const breakdown = laterPart(loadJudgeBreakdown, again);
	const alarms = laterPart(loadJudgeAlarms, again);

	/** A first board waits a moment for the parts that it needs; where they cannot be had, the rest is shown. */
	const judgeNow = ({ board }: Followed, now: number): BoardNow | null => {
		const hasSites = Object.keys(board.sites).length > 0;
		const hasFailures = hasBreakdown(board);
		const er = hasSites ? rooms.ask() : null;
		const failures = hasFailures ? breakdown.ask() : null;
		const ordered = hasAlarms(board) ? alarms.ask() : null;
		const isWhole = (er !== null || !hasSites) && (failures !== null || !hasFailures) && (ordered !== null || !hasAlarms(board));
		if (isWhole) ticksWithout = 0;
		const isWaited = ticksWithout > PARTS_WAITED_TICKS || store.getState().judged !== null;
		if (!isWhole && !isWaited) return null;
		return { ...judgeBoard(board, now, er?.(board, now) ?? null, failures, ordered), observer: judgeObserver(board, heardAt) };
	};

	const show = (followed: Followed | null, rest: object = {}): void => {
		const at = pace();
		store.setState({ ...rest, followed, pace: at, judged: followed && at ? judgeNow(followed, at.now) : null });
	};

	const noteMerged = (count: number): void => {
		if (count === 0) return;
		mergedTicks = MERGED_SHOWN_TICKS;
		store.setState({ merged: count });
	};

	return {
		receive(arrivals) {
			let { followed, journal, rhythmMs, providerDown } = store.getState();
			let merged = 0;
			let lost = false;
			for (const arrival of arrivals) {
				const { frame } = arrival;
				const next = applyFrame(followed, frame);
				// A frame that does not follow on must not make the board look heard of.
				lost = next === null;
				if (next === null) continue;
				hear(arrival);
				followed = next;
				heardAt = frame.now;
				({ journal, rhythmMs, providerDown = false } = frame);
				if (frame.kind === 'delta') merged += frame.merged ?? 0;
			}
			noteMerged(merged);
			show(followed, { journal, rhythmMs, providerDown });
			if (lost) askAgain();
		},
		overflow(dropped) {
			noteMerged(dropped);
			askAgain();
		},
		tick() {
			ticksWithout += 1;
			if (mergedTicks > 0) {
				mergedTicks -= 1;
				if (mergedTicks === 0) store.setState({ merged: 0 });
			}
			show(store.getState().followed);
		},
		linkIs: (link) => store.setState({ link }),
		position: () => store.getState().followed?.position ?? null,
	};
}
