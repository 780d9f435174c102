// What the ward's form starts from, and what it asks again about. Pure; knows no page.
import type { TriageCode } from '../../shared/er.ts';
import type { FieldSite } from '../../shared/field.ts';
import { type ClockHere, type Counted, type CountRecord, presentOf, timeOf } from '../store/count-queue.ts';

export const FIGURE_MAX = 999;
/** From the last count: more than half of it, and five people at least, for in a small room at night two are half. */
const JUMP_SHARE = 0.5;
const JUMP_LEAST = 5;

const none: Readonly<Record<TriageCode, number>> = { '1': 0, '2': 0, '3': 0, '4': 0, '5': 0, none: 0 };
export type Start = { readonly at: number | null; readonly counted: Counted };

/** The last count of this site that is known here: this phone's own, or another's that the server told. */
export function startOf(known: FieldSite | null, records: readonly CountRecord[], clock: ClockHere | null): Start {
	const mine = records.filter(({ state }) => state !== 'refused').map((record) => ({ at: timeOf(record, clock), counted: record as Counted }));
	const told = known?.last ? [{ at: Date.parse(known.last.at), counted: fromTold(known.last) }] : [];
	// On a tie this phone's own: it may have been corrected since.
	const newest = [...told, ...mine].reduce<Start | null>((best, one) => (best === null || one.at >= (best.at ?? 0) ? one : best), null);
	if (newest === null) return { at: null, counted: { byCode: none, boarding: 0 } };
	const { byCode, boarding, forms } = newest.counted;
	return {
		at: newest.at,
		counted: { byCode: { ...none, ...byCode }, boarding, ...(forms === undefined || known?.mode === 'feed' ? {} : { forms }) },
	};
}

const fromTold = ({ byCode, boarding, forms }: NonNullable<FieldSite['last']>): Counted => ({
	byCode,
	boarding,
	...(forms === null ? {} : { forms }),
});

/** The last moment that the server has a count of. */
export function lastSentAt(known: FieldSite | null, records: readonly CountRecord[]): number | null {
	const all = [known?.last ? Date.parse(known.last.at) : null, ...records.map(({ state, at }) => (state === 'received' ? at : null))];
	return all.reduce<number | null>((best, one) => (one !== null && (best === null || one > best) ? one : best), null);
}

/** Whether to ask once more before sending. */
export function isJump(start: Start, counted: Counted): boolean {
	if (start.at === null) return false;
	const [before, after] = [presentOf(start.counted), presentOf(counted)];
	const change = Math.abs(after - before);
	return change >= JUMP_LEAST && change > before * JUMP_SHARE;
}

/** Digits as typed; null where they are no figure. */
export function figureOf(text: string): number | null {
	const digits = text.replace(/\D/g, '');
	return digits === '' ? null : Math.min(FIGURE_MAX, Number(digits));
}

export const clampFigure = (value: number): number => Math.max(0, Math.min(FIGURE_MAX, value));
