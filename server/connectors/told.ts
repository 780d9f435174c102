// What a source has told already: the same sample again is no news. Remembers, of each series, the instant of its newest; of what is journalled.
import type { Reading } from '../../shared/sample.ts';
import { treeOf, valueIn } from './json-tree.ts';

type Told = Readonly<Record<string, number>>;

const recalled = (memory: unknown): Told => {
	const entries = Object.entries(treeOf(valueIn(memory, 'at')) ?? {});
	return Object.fromEntries(entries.filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
};

/** `memory` is what the look hands on with its news; undefined where nothing of it changes. Blind readings are always news. */
export function newsIn(readings: readonly Reading[], memory: unknown): { readonly news: readonly Reading[]; readonly memory: unknown } {
	const before = recalled(memory);
	const seriesOf = (one: Reading): string => `${one.subject} ${one.measure}`;
	const news = readings.filter((one) => one.value === null || before[seriesOf(one)] !== one.at);
	const at = Object.fromEntries(news.filter((one) => one.value !== null).map((one) => [seriesOf(one), one.at]));
	return { news, memory: Object.keys(at).length === 0 ? undefined : { at: { ...before, ...at } } };
}
