// Figures that were typed and not sent yet, so that a page that is loaded anew has them still. Figures alone; knows no storage.
import { triageCodes } from '../../shared/er.ts';
import type { Counted } from './count-queue.ts';

export const FIGURE_MAX = 999;
const KEPT_MS = 43_200_000;

export type Draft = {
	readonly counted: Counted;
	/** Rows that were changed by hand; the others are as they were at `from`. */
	readonly touched: readonly string[];
	/** When it was last changed, by the phone's clock. */
	readonly at: number;
	/** What the untouched rows are of, in server time; null where they began from nothing. */
	readonly from: number | null;
};

/** Kept over the page; a browser may refuse, and then a draft lives as long as its page. */
export type Drafts = { recall(): Draft | null; keep(draft: Draft | null): void };

export const isFigure = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= FIGURE_MAX;

/** Null where it is no draft, half a day old, or of a time to come: what is not understood is not shown as a count. */
export function readDraft(text: string | null, phone: number): Draft | null {
	try {
		const { counted, touched, at, from } = JSON.parse(text ?? 'null') as Draft;
		const { byCode, boarding, forms } = counted;
		const figures = [...triageCodes.map((code) => byCode[code]), boarding, ...(forms === undefined ? [] : [forms])];
		const isSound = figures.every(isFigure) && Array.isArray(touched) && (from === null || typeof from === 'number');
		return isSound && at <= phone && at > phone - KEPT_MS ? { counted, touched, at, from } : null;
	} catch {
		return null;
	}
}
