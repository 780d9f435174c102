// Whether so many are more than chance brings, where so many are expected. Pure.

const LEAST_CHANCE = 0.001;

/** P(X ≥ count) under a Poisson law of this mean. */
export function chanceOfAtLeast(count: number, mean: number): number {
	if (count <= 0) return 1;
	if (mean <= 0) return 0;
	let term = Math.exp(-mean);
	let below = term;
	for (let k = 1; k < count; k += 1) {
		term *= mean / k;
		below += term;
	}
	return Math.max(0, 1 - below);
}

export const isBeyondChance = (count: number, mean: number): boolean => chanceOfAtLeast(count, mean) < LEAST_CHANCE;
