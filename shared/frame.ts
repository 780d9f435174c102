// Frames: what travels. Each carries where it stands in the record and the server's time (rules 2 and 5).
import type { Board } from './board.ts';
import { applyDelta, type Delta } from './delta.ts';
import type { Position } from './entry.ts';

/**
 * The server's clocks. `now` is the board's time, ms UTC; in a rehearsal it is the scenario's and runs `speed` times as fast
 * (0 when the rehearsal is over). `real` is the server's own clock, against which a screen checks its own.
 */
export type FrameClock = { readonly now: number; readonly real: number; readonly speed: number };

/** Whether the record can be written; `since` in board time. */
export type JournalHealth = { readonly writes: boolean; readonly since: number };

type FrameHead = FrameClock & {
	readonly to: number;
	readonly epoch: string;
	readonly hash: string;
	readonly rhythmMs: number;
	readonly journal: JournalHealth;
	/** Nobody new comes in by the identity provider; those inside stay. */
	readonly providerDown?: true;
};

export type SnapshotFrame = FrameHead & { readonly kind: 'snapshot'; readonly board: Board };
/** `merged`: how many of the audience's frames this one stands for, when this screen was too slow or away. */
export type DeltaFrame = FrameHead & { readonly kind: 'delta'; readonly from: number; readonly ops: Delta; readonly merged?: number };
export type Frame = SnapshotFrame | DeltaFrame;

export type Followed = { readonly position: Position; readonly board: Board };

/** The next state of a screen, or null where the frame does not follow on: then the screen asks again from its position. */
export function applyFrame(state: Followed | null, frame: Frame): Followed | null {
	const position = { epoch: frame.epoch, seq: frame.to, hash: frame.hash };
	if (frame.kind === 'snapshot') return { position, board: frame.board };
	if (state === null || state.position.epoch !== frame.epoch || state.position.seq !== frame.from) return null;
	return { position, board: applyDelta(state.board, frame.ops) };
}
