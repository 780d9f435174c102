// Chance for the forecast: a generator of its own with a seed, and the normal law both ways. Knows no night.

export type Chance = {
	/** 0 < x < 1 */
	uniform(): number;
	/** Mean 0, deviation 1. */
	normal(): number;
};

/** sfc32 (public domain), warmed up. */
export function chanceOf(seed: number): Chance {
	let a = seed | 0;
	let b = 0x9e3779b9 | 0;
	let c = 0x243f6a88 | 0;
	let d = 1;
	function uniform(): number {
		const t = (((a + b) | 0) + d) | 0;
		d = (d + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = (c << 21) | (c >>> 11);
		c = (c + t) | 0;
		return ((t >>> 0) + 0.5) / 4_294_967_296;
	}
	for (let i = 0; i < 16; i += 1) uniform();
	return { uniform, normal: () => normalQuantile(uniform()) };
}

/** Inverse of the normal distribution, P. J. Acklam's rational approximation (relative error below 1.2e-9). */
export function normalQuantile(p: number): number {
	if (p < 0.02425) return tail(Math.sqrt(-2 * Math.log(p)));
	if (p > 0.97575) return -tail(Math.sqrt(-2 * Math.log(1 - p)));
	const q = p - 0.5;
	const r = q * q;
	return (
		((((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r - 30.66479806614716) * r +
			2.506628277459239) *
			q) /
		(((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r - 13.28068155288572) * r + 1)
	);
}

const tail = (q: number): number =>
	(((((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) * q + 4.374664141464968) * q +
		2.938163982698783) /
	((((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1);

/** Share of the normal law above z; Numerical Recipes' erfc, relative error below 1.2e-7, far out as well. */
export function shareAbove(z: number): number {
	const x = Math.abs(z) / Math.SQRT2;
	const t = 1 / (1 + x / 2);
	const polynomial =
		1.00002368 +
		t *
			(0.37409196 +
				t * (0.09678418 + t * (-0.18628806 + t * (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277)))))));
	const one = (t * Math.exp(-x * x - 1.26551223 + t * polynomial)) / 2;
	return z >= 0 ? one : 1 - one;
}

/** A normal deviate that is known to lie above z. */
export function normalAbove(z: number, chance: Chance): number {
	return -normalQuantile(Math.max(1e-300, chance.uniform() * shareAbove(z)));
}

/** The value below which that share of the draws lies; `sorted` rises. */
export const quantileOf = (sorted: Float64Array, share: number): number =>
	sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;

/** The middle of draws in any order, found without sorting them all (Hoare); changes their order. */
export function medianOf(values: Float64Array): number {
	const k = Math.max(0, Math.ceil(values.length / 2) - 1);
	let left = 0;
	let right = values.length - 1;
	while (left < right) {
		const pivot = values[(left + right) >> 1] as number;
		let i = left;
		let j = right;
		while (i <= j) {
			while ((values[i] as number) < pivot) i += 1;
			while ((values[j] as number) > pivot) j -= 1;
			if (i > j) break;
			const held = values[i] as number;
			values[i] = values[j] as number;
			values[j] = held;
			i += 1;
			j -= 1;
		}
		if (k <= j) right = j;
		else if (k >= i) left = i;
		else break;
	}
	return values[k] ?? Number.NaN;
}
