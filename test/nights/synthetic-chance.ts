// Chance for invented nights: of its own, so that the forecast and its judge share nothing. Knows no server.

export type Dice = {
	uniform(low?: number, high?: number): number;
	normal(): number;
	chance(share: number): boolean;
	whole(low: number, high: number): number;
	/** A factor: e to the power of a normal deviate with this middle and spread. */
	factor(middle: number, spread: number): number;
};

/** splitmix32 (public domain) and Box–Muller. */
export function diceOf(seed: number): Dice {
	let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
	function next(): number {
		state = (state + 0x9e3779b9) | 0;
		let t = state ^ (state >>> 16);
		t = Math.imul(t, 0x21f0aaad);
		t ^= t >>> 15;
		t = Math.imul(t, 0x735a2d97);
		return (((t ^ (t >>> 15)) >>> 0) + 0.5) / 4_294_967_296;
	}
	const normal = (): number => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
	return {
		uniform: (low = 0, high = 1) => low + (high - low) * next(),
		normal,
		chance: (share) => next() < share,
		whole: (low, high) => Math.floor(low + (high - low + 1) * next()),
		factor: (middle, spread) => Math.exp(middle + spread * normal()),
	};
}
