// Token buckets: so much at once, then so much a second. Told the time (any steady clock, ms); keeps no more keys than it is allowed to.
import type { Rate } from './limits.ts';

export type Bucket = {
	/** Takes one; false where none is left. */
	take(now: number): boolean;
	left(now: number): number;
};

export function createBucket({ perSecond, burst }: Rate): Bucket {
	let level = burst;
	let at: number | null = null;
	const left = (now: number): number => {
		// A clock that goes back fills nothing.
		if (at !== null && now > at) level = Math.min(burst, level + ((now - at) * perSecond) / 1000);
		if (at === null || now > at) at = now;
		return level;
	};
	return {
		left,
		take(now) {
			if (left(now) < 1) return false;
			level -= 1;
			return true;
		},
	};
}

export type Rates = {
	take(key: string, now: number): boolean;
	left(key: string, now: number): number;
	readonly size: () => number;
};

const MOST_KEYS = 10_000;

/** A bucket a key. Past `most` keys the full ones are forgotten, then the one that was made first. */
export function createRates(rate: Rate, most: number = MOST_KEYS): Rates {
	const buckets = new Map<string, Bucket>();

	function makeRoom(now: number): void {
		for (const [key, bucket] of buckets) if (bucket.left(now) >= rate.burst) buckets.delete(key);
		for (const key of buckets.keys()) {
			if (buckets.size < most) return;
			buckets.delete(key);
		}
	}

	return {
		take(key, now) {
			let bucket = buckets.get(key);
			if (!bucket) {
				if (buckets.size >= most) makeRoom(now);
				bucket = createBucket(rate);
				buckets.set(key, bucket);
			}
			return bucket.take(now);
		},
		left: (key, now) => buckets.get(key)?.left(now) ?? rate.burst,
		size: () => buckets.size,
	};
}
