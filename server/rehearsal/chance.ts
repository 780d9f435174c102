// Chance that can be told again: a number for (seed, stream, tick), without a state to keep. No Math.random.

/** mulberry32 (public domain): one step of a 32-bit generator. → 0 ≤ x < 1 */
function mulberry32(state: number): number {
	let a = (state + 0x6d2b79f5) | 0;
	a = Math.imul(a ^ (a >>> 15), a | 1);
	a ^= a + Math.imul(a ^ (a >>> 7), a | 61);
	return ((a ^ (a >>> 14)) >>> 0) / 4_294_967_296;
}

/** FNV-1a, so that streams of different names go different ways. */
function hash(text: string): number {
	let value = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
	return value >>> 0;
}

export const chance = (seed: number, stream: string, tick: number): number => mulberry32(hash(`${seed}/${stream}/${tick}`));
