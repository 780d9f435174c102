// A rehearsal's clock: virtual time that moves only when told, and the speed that it may at most have. Knows no timer and no scenario.

export const SLOWEST = 1;
/** Three days in some seconds: no machine keeps to it, for each moment waits until what it brought is in the record. */
export const FASTEST = 36_000;

export type RehearsalClock = {
	/** Virtual time, ms UTC. */
	now(): number;
	/** Virtual seconds a real second: a ceiling, from SLOWEST to FASTEST; 0 once the rehearsal is over. */
	speed(): number;
	/** False, and nothing changes, where it is no such speed or the rehearsal is over. */
	setSpeed(speed: number): boolean;
	/** Never backwards: an earlier instant leaves the clock where it is. */
	advanceTo(instant: number): void;
	/** The night is over: the clock stands, its speed is 0. */
	end(): void;
	/** Told after every change of speed; returns how to be told no more. */
	onSpeed(listener: () => void): () => void;
};

export function createRehearsalClock({ start, speed }: { readonly start: number; readonly speed: number }): RehearsalClock {
	let now = start;
	let ceiling = Math.min(FASTEST, Math.max(SLOWEST, speed));
	const listeners = new Set<() => void>();
	const change = (value: number): void => {
		ceiling = value;
		for (const listener of [...listeners]) listener();
	};
	return {
		now: () => now,
		speed: () => ceiling,
		setSpeed(value) {
			if (!(value >= SLOWEST && value <= FASTEST) || ceiling === 0) return false;
			change(value);
			return true;
		},
		advanceTo(instant) {
			if (instant > now && ceiling > 0) now = instant;
		},
		end: () => change(0),
		onSpeed(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}
