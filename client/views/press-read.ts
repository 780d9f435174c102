// What the server answers about sheets and their figures → the shapes that the pages use. An instant may be written out or a number. Pure.
import type { FrozenSheet, InBoth, PressCourse, PressFacts, PressFigure, SheetState } from '../../shared/press.ts';
import { sheetStates } from '../../shared/press.ts';

export type SheetBrief = {
	readonly id: string;
	readonly state: SheetState;
	readonly title: InBoth;
	readonly author: string;
	readonly draftedAt: number;
	readonly number: number | null;
	readonly year: number | null;
	readonly releasedBy: string | null;
	readonly releasedAt: number | null;
	readonly embargoUntil: number | null;
	readonly supersededBy: string | null;
	readonly withdrawn: PressFacts['withdrawn'];
	readonly digest: string;
	/** The moment that its figures are of, and the figures; none where the list did not bring them. */
	readonly at: number;
	readonly figures: readonly PressFigure[];
};

/** `courses`: perhaps without their points. */
export type PressBoard = {
	readonly at: number;
	readonly seq: number;
	readonly figures: readonly PressFigure[];
	readonly courses: readonly PressCourse[];
	readonly facts: FrozenSheet['facts'];
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] => (Array.isArray(value) ? value.filter(isObject) : []);

export function instantOf(value: unknown): number | null {
	if (typeof value === 'number' && Number.isFinite(value)) return value;
	const read = typeof value === 'string' ? Date.parse(value) : Number.NaN;
	return Number.isNaN(read) ? null : read;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const numberOrNull = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);
const bothOf = (value: unknown): InBoth =>
	typeof value === 'string' ? { it: value, en: value } : isObject(value) ? { it: textOf(value.it), en: textOf(value.en) } : { it: '', en: '' };

function withdrawnOf(value: unknown): PressFacts['withdrawn'] {
	const at = isObject(value) ? instantOf(value.at) : null;
	return isObject(value) && at !== null ? { at, by: textOf(value.by), reason: textOf(value.reason) } : null;
}

const figuresOf = (value: unknown): readonly PressFigure[] =>
	listOf(value).map((one) => ({ ...(one as unknown as PressFigure), at: instantOf(one.at) }));

/** Null where the answer is no list of sheets. */
export function readSheets(json: unknown): readonly SheetBrief[] | null {
	if (!isObject(json) || !Array.isArray(json.sheets)) return null;
	return listOf(json.sheets).flatMap((one) => {
		const state = sheetStates.find((known) => known === one.state);
		const frozen = isObject(one.frozen) ? one.frozen : {};
		const content = isObject(frozen.content) ? frozen.content : {};
		const at = instantOf(one.at ?? frozen.at);
		if (typeof one.id !== 'string' || state === undefined || at === null) return [];
		return [
			{
				id: one.id,
				state,
				title: bothOf(one.title ?? content.title),
				author: textOf(one.author),
				draftedAt: instantOf(one.draftedAt) ?? at,
				number: numberOrNull(one.number),
				year: numberOrNull(one.year),
				releasedBy: textOrNull(one.releasedBy),
				releasedAt: instantOf(one.releasedAt),
				embargoUntil: instantOf(one.embargoUntil),
				supersededBy: textOrNull(one.supersededBy),
				withdrawn: withdrawnOf(one.withdrawn),
				digest: textOf(one.digest),
				at,
				figures: figuresOf(frozen.figures),
			},
		];
	});
}

/** The same of a sheet as the board has it. */
export const briefOf = (id: string, facts: PressFacts): SheetBrief => ({
	id,
	state: facts.state,
	title: facts.frozen.content.title,
	author: facts.author,
	draftedAt: facts.draftedAt,
	number: facts.number,
	year: facts.year,
	releasedBy: facts.releasedBy,
	releasedAt: facts.releasedAt,
	embargoUntil: facts.embargoUntil,
	supersededBy: facts.supersededBy,
	withdrawn: facts.withdrawn,
	digest: facts.digest,
	at: facts.frozen.at,
	figures: facts.frozen.figures,
});

/** Null where the answer holds no figures. */
export function readFigures(json: unknown): PressBoard | null {
	if (!isObject(json) || !Array.isArray(json.figures)) return null;
	const at = instantOf(json.at);
	const seq = numberOrNull(json.seq);
	if (at === null || seq === null) return null;
	return {
		at,
		seq,
		figures: figuresOf(json.figures),
		courses: listOf(json.courses).map((one) => ({
			key: textOf(one.key),
			label: bothOf(one.label),
			points: (Array.isArray(one.points) ? one.points : []).flatMap((point): PressCourse['points'][number][] => {
				const instant = Array.isArray(point) ? instantOf(point[0]) : null;
				return instant === null ? [] : [[instant, numberOrNull(point[1])]];
			}),
			...(isObject(one.method) ? { method: bothOf(one.method) } : {}),
			note: isObject(one.note) ? bothOf(one.note) : null,
		})),
		facts: listOf(json.facts).map((one) => ({ label: bothOf(one.label), value: bothOf(one.value), source: textOf(one.source) })),
	};
}

export const detailOf = (json: unknown): string => (isObject(json) ? textOf(json.detail) || textOf(json.title) : '');

/** Whether the record still bears a sheet out; `differs`: keys of what it now says otherwise. */
export type PressVerdict = { readonly same: boolean; readonly differs: readonly string[] };

export function readVerdict(json: unknown): PressVerdict | null {
	if (!isObject(json) || typeof json.same !== 'boolean') return null;
	return { same: json.same, differs: Array.isArray(json.differs) ? json.differs.filter((one) => typeof one === 'string') : [] };
}

/** The id of the sheet that was drafted; null where the answer names none. */
export function sheetOfAnswer(json: unknown): string | null {
	if (!isObject(json)) return null;
	const { sheet, id } = json;
	return textOrNull(id) ?? textOrNull(sheet) ?? (isObject(sheet) ? textOrNull(sheet.id) : null);
}
