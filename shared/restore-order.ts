// The clinical restore order: what was given back while something more urgent was still out, and still is (product.md, 10). Pure.
import type { ServiceNow } from './judge-service.ts';

type Marked = Pick<ServiceNow, 'priority' | 'stoppedAt' | 'restoredAt'>;
export type BrokenOrder = { readonly early: string; readonly waiting: string };

/** Given back in this night, at the instant that it says; null where it was not. */
const givenBack = ({ stoppedAt, restoredAt }: Marked, from: number | null): number | null =>
	stoppedAt !== null && restoredAt !== null && restoredAt >= stoppedAt && (from === null || restoredAt >= from) ? restoredAt : null;

/** By people's marks, every pair: the most urgent that waits first. `from`: when the night began (ms UTC); null where that is not known. */
export function brokenOrder(services: Readonly<Record<string, Marked>>, from: number | null = null): BrokenOrder[] {
	const all = Object.entries(services).sort(([a, one], [b, other]) => one.priority - other.priority || (a < b ? -1 : 1));
	return all.flatMap(([waiting, { priority, stoppedAt, restoredAt }]) => {
		if (stoppedAt === null || restoredAt !== null) return [];
		return all.flatMap(([early, other]) => {
			const at = other.priority > priority ? givenBack(other, from) : null;
			return at !== null && at >= stoppedAt ? [{ early, waiting }] : [];
		});
	});
}
