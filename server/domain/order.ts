// Order: tells news from history and repeats, a series at a time. Pure: told what is known, remembers only what is on its way.
import type { Refusal, Sample } from '../../shared/sample.ts';
import type { Admitted } from './admit.ts';

export const seriesKey = (sample: { readonly subject: string; readonly measure: string }): string => `${sample.subject}|${sample.measure}`;

/** The instants of a series that are already in the record: the newest, and the last few for recognising repeats. */
export type SeriesTimes = { readonly newest: number; readonly recent: readonly number[] };
export const RECENT_INSTANTS = 64;

export type Ordered = {
	readonly samples: readonly Sample[];
	readonly refused: readonly Refusal[];
	/** How many of `samples` are older than the newest of their series: journalled, in the trends, never the current value. */
	readonly late: number;
	/** Some rows were refused for a batch that is still on its way and may yet fail: release, wait for it, and ask again. */
	readonly contested: boolean;
	/** Call when the batch is in the record, or could not be kept. */
	release(): void;
};

/** `known` reads the folded record; batches between admission and commit are remembered here, so that a failed one can be sent again. */
export function createOrder(known: (key: string) => SeriesTimes | undefined): (admitted: readonly Admitted[]) => Ordered {
	const onTheWay = new Map<string, number[]>();
	return (admitted) => {
		const samples: Sample[] = [];
		const refused: Refusal[] = [];
		const mine: [key: string, at: number][] = [];
		let late = 0;
		let contested = false;
		for (const { sample, index } of admitted) {
			const key = seriesKey(sample);
			const times = known(key);
			const coming = onTheWay.get(key);
			const isKnown = times?.recent.includes(sample.at) ?? false;
			const isOnTheWay = coming?.includes(sample.at) ?? false;
			if (isKnown || isOnTheWay) {
				if (!isKnown && !mine.some(([one, at]) => one === key && at === sample.at)) contested = true;
				refused.push({ index, code: 'duplicate', message: 'this series already has a value for this instant' });
				continue;
			}
			if (sample.at < (times?.newest ?? Number.NEGATIVE_INFINITY)) late += 1;
			if (coming) coming.push(sample.at);
			else onTheWay.set(key, [sample.at]);
			mine.push([key, sample.at]);
			samples.push(sample);
		}
		const release = (): void => {
			for (const [key, at] of mine) {
				const coming = onTheWay.get(key);
				if (!coming) continue;
				coming.splice(coming.indexOf(at), 1);
				if (coming.length === 0) onTheWay.delete(key);
			}
		};
		return { samples, refused, late, contested, release };
	};
}
