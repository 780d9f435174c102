// What becomes of press sheets, mark by mark: drafted, released with the next number of its year, superseded, withdrawn. Of their figures
// it knows only the zone that the year is counted in, so that the board and the index of all sheets are folded alike. Pure.
import type { Entry, MarkDraft } from '../../shared/entry.ts';
import type { PressFacts } from '../../shared/press.ts';
import { yearOf } from './press-time.ts';

export type SheetLife = Omit<PressFacts, 'frozen'>;
/** By year, the last number given in it. */
export type SheetNumbers = Record<string, number>;
type Rows<T> = Readonly<Record<string, T>>;
/** The rows that a mark changed; what it did not touch stays as it is. */
export type SheetChanges<T> = readonly (readonly [id: string, sheet: T])[];

const own = <T>(rows: Rows<T>, id: string): T | undefined => (Object.hasOwn(rows, id) ? rows[id] : undefined);

/** Of a draft's entry; null for every other, and for one without what was frozen. */
export function draftedIn({ mark, frozen, by, at }: Entry & MarkDraft): SheetLife | null {
	if (mark.kind !== 'press' || mark.act !== 'draft' || frozen === undefined) return null;
	return {
		digest: frozen.digest,
		state: 'draft',
		author: by,
		draftedAt: at,
		number: null,
		year: null,
		releasedBy: null,
		releasedAt: null,
		embargoUntil: null,
		supersededBy: null,
		withdrawn: null,
		statement: null,
	};
}

/** The sentence in the ledger that a released sheet is. */
export const statementOf = (sheet: string): string => `sheet-${sheet}`;

/** `numbers` is counted on in place. `zoneOf`: the zone of the plan that the sheet was frozen under. */
export function changeSheets<T extends SheetLife>(
	rows: Rows<T>,
	numbers: SheetNumbers,
	{ mark, by, at }: Entry & MarkDraft,
	zoneOf: (sheet: T) => string,
): SheetChanges<T> {
	if (mark.kind !== 'press' || mark.act === 'draft') return [];
	const sheet = own(rows, mark.sheet);
	if (sheet === undefined) return [];
	if (mark.act === 'withdraw') {
		if (sheet.state === 'withdrawn') return [];
		const withdrawn: T = { ...sheet, state: 'withdrawn', withdrawn: { at, by, reason: mark.reason } };
		return [[mark.sheet, withdrawn], ...(wasPublic(withdrawn, at) ? [] : standInFor(rows, mark.sheet, sheet.supersededBy))];
	}
	if (sheet.state !== 'draft') return [];
	const year = yearOf(at, zoneOf(sheet));
	const number = (numbers[year] ?? 0) + 1;
	numbers[year] = number;
	const released: T = {
		...sheet,
		state: 'released',
		number,
		year,
		releasedBy: by,
		releasedAt: at,
		embargoUntil: mark.embargoUntil ?? null,
		statement: statementOf(mark.sheet),
	};
	const older = mark.supersedes === undefined ? undefined : own(rows, mark.supersedes);
	if (mark.supersedes === undefined || older?.state !== 'released') return [[mark.sheet, released]];
	return [
		[mark.sheet, released],
		[mark.supersedes, { ...older, state: 'superseded', supersededBy: mark.sheet }],
	];
}

/** Whose successor never was out hold again, or are superseded by the one that took its place in turn. */
const standInFor = <T extends SheetLife>(rows: Rows<T>, never: string, next: string | null): SheetChanges<T> =>
	Object.entries(rows)
		.filter(([, { state, supersededBy }]) => state === 'superseded' && supersededBy === never)
		.map(([id, older]) => [id, { ...older, state: next === null ? 'released' : 'superseded', supersededBy: next }]);

/** Whether the public ever got to read it: one that was withdrawn under its embargo was never out. */
export function wasPublic({ releasedAt, embargoUntil, withdrawn }: SheetLife, now: number): boolean {
	if (releasedAt === null) return false;
	return embargoUntil === null || (withdrawn?.at ?? now) >= embargoUntil;
}
