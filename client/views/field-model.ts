// What the ward's form starts from, and what it asks again about. Pure; knows no page.
import type { TriageCode } from '../../shared/er.ts';
import type { FieldSite } from '../../shared/field.ts';
import { type Draft, FIGURE_MAX, isFigure } from '../store/count-draft.ts';
import { type ClockHere, type Counted, type CountRecord, inServerTime, presentOf, timeOf } from '../store/count-queue.ts';

/** Where this phone never heard of its plan: what a plan has that says nothing of it. */
const STALE_AFTER_MS = 1_200_000;
/** From the last count: more than half of it, and five people at least, for in a small room at night two are half. */
const JUMP_SHARE = 0.5;
const JUMP_LEAST = 5;

const none: Readonly<Record<TriageCode, number>> = { '1': 0, '2': 0, '3': 0, '4': 0, '5': 0, none: 0 };
export type Start = {
	readonly at: number | null;
	/** Without forms: a figure that nobody told again is not sent again. */
	readonly counted: Counted;
	/** What was told of the forms last; the server keeps it until it is told anew. */
	readonly formsTold: number | null;
};

type Counting = { readonly at: number; readonly counted: Counted };

/** The last count of this site that is known here: this phone's own, or another's that the server told. */
export function startOf(known: FieldSite | null, records: readonly CountRecord[], clock: ClockHere | null): Start {
	const mine = records.filter(({ state }) => state !== 'refused').map((record) => ({ at: timeOf(record, clock), counted: record as Counted }));
	const told = known?.last ? [{ at: Date.parse(known.last.at), counted: fromTold(known.last) }] : [];
	// On a tie this phone's own: it may have been corrected since.
	const newest = [...told, ...mine].reduce<Counting | null>((best, one) => (best === null || one.at >= best.at ? one : best), null);
	if (newest === null) return { at: null, counted: { byCode: none, boarding: 0 }, formsTold: null };
	const { byCode, boarding, forms } = newest.counted;
	const formsTold = known?.mode === 'feed' ? null : (forms ?? known?.last?.forms ?? null);
	return { at: newest.at, counted: { byCode: { ...none, ...byCode }, boarding }, formsTold };
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

/** Whether so great a change is asked about before it is sent. */
export function isJump(start: Pick<Start, 'at' | 'counted'>, counted: Counted): boolean {
	if (start.at === null) return false;
	const [before, after] = [presentOf(start.counted), presentOf(counted)];
	const change = Math.abs(after - before);
	return change >= JUMP_LEAST && change > before * JUMP_SHARE;
}

export type Here = { readonly phone: number; readonly clock: ClockHere | null; readonly known: FieldSite | null };

/** Figures that are not of now. `asks`: sending them as of now is asked about first. */
export type Old = { readonly at: number; readonly of: 'count' | 'draft' | 'others'; readonly asks: boolean };

/** On paper nothing else tells that figures are hours old: sent untouched they would pass for fresh. */
export function oldOf({ at: startAt }: Pick<Start, 'at'>, draft: Draft | null, { phone, clock, known }: Here): Old | null {
	const limit = known?.paper.staleAfterMs ?? STALE_AFTER_MS;
	const isPast = (at: number | null): at is number => at !== null && inServerTime(clock, phone) - at > limit;
	if (draft === null) return isPast(startAt) ? { at: startAt, of: 'count', asks: true } : null;
	const at = inServerTime(clock, draft.at);
	// Of a draft the phone's own time counts: a rehearsal's hours pass while one thumb moves.
	if (phone - draft.at > limit || (startAt ?? 0) > at) return { at, of: 'draft', asks: true };
	return isPast(draft.from) ? { at: draft.from, of: 'others', asks: false } : null;
}

export const isOldRow = (old: Old | null, draft: Draft | null, row: string): boolean =>
	old !== null && !(old.of === 'others' && draft?.touched.includes(row) === true);

/** What was changed by hand now. A draft that had grown old itself is what its other rows are of. */
export function changed(before: Draft | null, row: string, counted: Counted, start: Start, here: Here): Draft {
	const old = oldOf(start, before, here);
	const fresh = before !== null && old?.of !== 'draft' ? before : null;
	const from = fresh !== null ? fresh.from : (old?.at ?? start.at);
	return { counted, touched: [...new Set([...(fresh?.touched ?? []), row])], at: here.phone, from };
}

/** As typed: a whole number that fits; null where nothing stands; `wrong` where it is no such number, which is never made into another. */
export function figureOf(text: string): number | null | 'wrong' {
	const digits = text.trim();
	if (digits === '') return null;
	return /^[0-9]+$/.test(digits) && isFigure(Number(digits)) ? Number(digits) : 'wrong';
}

export const clampFigure = (value: number): number => Math.max(0, Math.min(FIGURE_MAX, value));

/** Null: nothing told, which only forms know apart from none. */
export const withRow = (counted: Counted, row: string, value: number | null): Counted => {
	if (row === 'boarding') return { ...counted, boarding: value ?? 0 };
	if (row !== 'forms') return { ...counted, byCode: { ...counted.byCode, [row]: value ?? 0 } };
	const { forms: _before, ...rest } = counted;
	return value === null ? rest : { ...rest, forms: value };
};
