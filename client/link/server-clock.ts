// Reads the server's time from its frames: the board's time now, the age of the stream, how far this screen's clock is off.
// Pure: told both clocks of the screen, asks neither. Knows no socket.
import type { FrameClock } from '../../shared/frame.ts';

/** The screen's two clocks at one moment: `steady` never jumps but may sleep with the machine, `wall` is the time of day. */
export type Instant = { readonly steady: number; readonly wall: number };

type Heard = FrameClock & { readonly rhythmMs: number };

export type ServerClock = {
	readonly heard: Heard;
	readonly heardAt: Instant;
	/** The board's time never runs backwards for a jitter: it waits here. */
	readonly floor: number;
	/** Wall minus server at receipt, newest last: skew plus travel, so the smallest is the nearest to the truth. */
	readonly offsets: readonly number[];
};

export type Pace = { readonly now: number; readonly streamAgeMs: number; readonly skewMs: number; readonly speed: number };

const OFFSETS_KEPT = 30;
/** A step back larger than this (real ms) is a new clock, not a jitter: a restart, a replay. */
const JITTER_MS = 3000;
/** When the time of day ran this much further than the steady clock, the machine slept. */
const SLEPT_MS = 5000;

export const SKEW_SHOWN_MS = 5000;

export function hear(clock: ServerClock | null, heard: Heard, at: Instant): ServerClock {
	const offsets = [...(clock?.offsets ?? []), at.wall - heard.real].slice(-OFFSETS_KEPT);
	const shown = clock === null ? heard.now : readClock(clock, at).now;
	const isJitter = clock?.heard.speed === heard.speed && shown - heard.now <= JITTER_MS * Math.max(1, heard.speed);
	return { heard, heardAt: at, floor: isJitter ? Math.max(shown, heard.now) : heard.now, offsets };
}

export function readClock(clock: ServerClock, at: Instant): Pace {
	const streamAgeMs = elapsedMs(clock.heardAt, at);
	return {
		now: Math.max(clock.floor, clock.heard.now + ranMs(clock.heard, streamAgeMs)),
		streamAgeMs,
		skewMs: Math.min(...clock.offsets),
		speed: clock.heard.speed,
	};
}

/** Frames that a rehearsal's screen waits for before its time runs on without them. */
const FRAMES_AWAITED = 2;

/**
 * A rehearsal's speed is a ceiling: its time may have gone less far, and a screen that ran ahead would call fresh figures old.
 * So it moves as told, and runs on by itself only once frames stay out.
 */
function ranMs({ speed, rhythmMs }: Heard, streamAgeMs: number): number {
	return speed === 1 ? streamAgeMs : Math.max(0, streamAgeMs - FRAMES_AWAITED * rhythmMs) * speed;
}

/** After a sleep the time of day is believed: better too old for a second than fresh without reason. */
function elapsedMs(from: Instant, to: Instant): number {
	const steady = to.steady - from.steady;
	const wall = to.wall - from.wall;
	return Math.max(0, wall - steady > SLEPT_MS ? wall : steady);
}
