// When a wall sounds its tone: for a new P1 that nobody has acknowledged, never for what stood when the wall came up, seldom. Pure; told the time.

/** Never more than one tone in this time, however many come. */
export const TONE_EVERY_MS = 10_000;

export type Ringing = {
	/** Alarms that were heard of: each rings once for each time that it comes on. */
	readonly known: readonly string[];
	/** One came while the last tone was too near: it rings as soon as it may, if it still asks for somebody. */
	readonly owed: readonly string[];
	readonly rungAt: number | null;
};

/** `stood`: the alarms at the wall's first board. */
export const quietBefore = (stood: readonly string[]): Ringing => ({ known: stood, owed: [], rungAt: null });

/** `canRing`: not muted, and the browser lets it. What came meanwhile is not rung afterwards. `at`: the screen's own clock (ms). */
export function ringFor(last: Ringing, urgent: readonly string[], canRing: boolean, at: number): { readonly next: Ringing; readonly rings: boolean } {
	const fresh = urgent.filter((one) => !last.known.includes(one));
	// What left the list, as one that was shelved, asks anew when it comes back.
	const known = urgent;
	const owed = canRing ? [...last.owed.filter((one) => urgent.includes(one)), ...fresh] : [];
	const isTime = last.rungAt === null || at - last.rungAt >= TONE_EVERY_MS;
	if (owed.length === 0 || !isTime) return { next: { known, owed, rungAt: last.rungAt }, rings: false };
	return { next: { known, owed: [], rungAt: at }, rings: true };
}
