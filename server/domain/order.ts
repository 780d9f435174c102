// Order: tells news from history and repeats, a series at a time. Pure: told what is known, remembers only what is on its way.
import type { Refusal, Sample } from '../../shared/sample.ts';
import type { Admitted } from './admit.ts';
import { hasInstant, type Series, type SeriesCell, seriesAt } from './series.ts';

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

/** A series on its way: by its cell, or by name while the record does not know it. */
type Place = SeriesCell | string;

/** `known` is the folded record; batches between admission and commit are remembered here, so that a failed one can be sent again. */
export function createOrder(known: () => Series): (admitted: readonly Admitted[]) => Ordered {
	/** One instant a series as a rule; a list where several are on their way. */
	const onTheWay = new Map<Place, number | number[]>();
	let unknownOnTheWay = 0;

	const take = (place: Place, at: number): void => {
		if (typeof place === 'string') unknownOnTheWay += 1;
		const coming = onTheWay.get(place);
		if (coming === undefined) onTheWay.set(place, at);
		else if (typeof coming === 'number') onTheWay.set(place, [coming, at]);
		else coming.push(at);
	};
	const giveBack = (place: Place, at: number): void => {
		if (typeof place === 'string') unknownOnTheWay -= 1;
		const coming = onTheWay.get(place);
		if (typeof coming !== 'object' || coming.length <= 1) onTheWay.delete(place);
		else coming.splice(coming.indexOf(at), 1);
	};
	const has = (place: Place, at: number): boolean => {
		const coming = onTheWay.get(place);
		return typeof coming === 'object' ? coming.includes(at) : coming === at;
	};

	return (admitted) => {
		const series = known();
		const samples: Sample[] = [];
		const refused: Refusal[] = [];
		/** Of each of `samples`. */
		const places: Place[] = [];
		let late = 0;
		let contested = false;
		for (const { sample, index } of admitted) {
			const { at, subject, measure } = sample;
			const cell = seriesAt(series, subject, measure);
			const isKnown = cell !== undefined && hasInstant(cell, at);
			// A series may have become known since a batch of it set out under its name.
			const name = cell === undefined || unknownOnTheWay > 0 ? `${subject}|${measure}` : null;
			const isOnTheWay = (cell !== undefined && has(cell, at)) || (name !== null && has(name, at));
			if (isKnown || isOnTheWay) {
				if (!isKnown && !samples.some((one, i) => one.at === at && (places[i] === cell || places[i] === name))) contested = true;
				refused.push({ index, code: 'duplicate', message: 'this series already has a value for this instant' });
				continue;
			}
			if (cell !== undefined && at < cell.newest) late += 1;
			const place = cell ?? name ?? '';
			take(place, at);
			places.push(place);
			samples.push(sample);
		}
		const release = (): void => {
			samples.forEach(({ at }, i) => {
				giveBack(places[i] ?? '', at);
			});
		};
		return { samples, refused, late, contested, release };
	};
}
