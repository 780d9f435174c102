// A sheet frozen: its figures as the board had them at one place of the record, in one canonical form whose digest is printed on it.
// The same place gives the same bytes at any later time. Hashes nothing itself: the edge hands a hash in.
import type { Position } from '../../shared/entry.ts';
import { type FrozenSheet, type PressCourse, type PressFigure, type ProgrammeFact, SHEET_FORM, type SheetContent } from '../../shared/press.ts';
import { ok, type Result, refuse } from '../../shared/result.ts';
import { familyOf } from './press-catalogue.ts';
import { type PressView, pressFigures } from './press-figures.ts';
import { policyOf, sayOfSheet } from './press-in-force.ts';

/** The keys of the figures that a sheet shows, each once, as they come. */
export const figureKeysOf = ({ heroes, lists }: SheetContent): readonly string[] => [
	...new Set([...heroes.map(({ key }) => key), ...lists.flatMap(({ keys }) => keys)]),
];

export type Freezing = {
	readonly id: string;
	readonly content: SheetContent;
	/** The board at `position`, and the moment that it is judged at. */
	readonly view: PressView;
	readonly position: Pick<Position, 'seq' | 'hash'>;
	/** In place of the board's own courses: longer ones, read from the record. */
	readonly courses?: readonly PressCourse[];
};

/** Refused where it names a figure or a course that may not be told or is not there, and where the record has no plan yet. */
export function freezeSheet({ id, content, view, position, courses }: Freezing): Result<FrozenSheet> {
	const { board, press, at } = view;
	const { plan } = board;
	const cutover = board.follows === null ? undefined : board.cutovers[board.follows];
	if (plan === null || cutover === undefined) return refuse('no-plan', 'The record has no plan at that moment: choose a later one.');
	const made = pressFigures(view);
	const figures: PressFigure[] = [];
	for (const key of figureKeysOf(content)) {
		const one = made.figures.find((figure) => figure.key === key);
		if (one === undefined) return refuse('unknown-figure', `"${key}" is no figure that may be told at that moment: choose it from the list.`);
		figures.push(one);
	}
	const course = content.chart === null ? null : ([...(courses ?? []), ...made.courses].find(({ key }) => key === content.chart) ?? undefined);
	if (course === undefined) return refuse('unknown-course', `"${content.chart}" has no course at that moment: choose another chart, or none.`);
	return ok({
		id,
		content,
		at,
		seq: position.seq,
		hash: position.hash,
		policy: policyOf([...figureKeysOf(content), ...(content.chart === null ? [] : [content.chart])], press),
		zone: cutover.zone,
		rehearsal: board.rehearsal,
		plan: { id: plan.id, name: plan.name, digest: plan.digest },
		figures,
		course,
		facts: content.facts ? factsOf(press) : [],
		form: SHEET_FORM,
	});
}

/** The programme's facts as a plan has them; what has no English is in Italian. */
export const factsOf = (press: PressView['press']): readonly ProgrammeFact[] =>
	(press?.facts ?? []).map(({ label, value, source }) => ({
		label: { it: label.it, en: label.en ?? label.it },
		value: { it: value.it, en: value.en ?? value.it },
		...(typeof source === 'string' ? { source } : { source: source.it, ...(source.en === undefined ? {} : { sourceEn: source.en }) }),
	}));

/** JSON with its keys in order and nothing left open: equal values give equal text. Throws on what JSON cannot say. */
export function canonicalJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map((one) => canonicalJson(one === undefined ? null : one)).join(',')}]`;
	if (typeof value === 'object' && value !== null) {
		const known = Object.entries(value).filter(([, one]) => one !== undefined);
		const sorted = known.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
		return `{${sorted.map(([key, one]) => `${JSON.stringify(key)}:${canonicalJson(one)}`).join(',')}}`;
	}
	if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`a frozen sheet cannot hold ${value}`);
	const text = JSON.stringify(value);
	if (text === undefined) throw new Error(`a frozen sheet cannot hold a ${typeof value}`);
	return text;
}

/** `sha256Hex`: of a text in UTF-8. */
export const digestOfFrozen = (frozen: FrozenSheet, sha256Hex: (text: string) => string): string => sha256Hex(canonicalJson(frozen));

/** What the record says otherwise than the sheet: keys of figures, `course/<key>`, `facts`, `plan`; empty where it bears the sheet out. */
export function verifyFrozen(frozen: FrozenSheet, view: PressView, courses?: readonly PressCourse[]): readonly string[] {
	const { id, content, seq, hash } = frozen;
	const then: PressView = { ...view, press: sayOfSheet(frozen, view.press), at: frozen.at };
	const made = pressFigures(then);
	const isWorded = frozen.form === SHEET_FORM;
	const found = new Map(made.figures.map((one) => [one.key, one]));
	const differs = frozen.figures.filter((one) => !isBorneOut(one, found.get(one.key), isWorded)).map(({ key }) => key);
	const again = freezeSheet({ id, content, view: then, position: { seq, hash }, ...(courses ? { courses } : {}) });
	if (!again.ok) return differs.length > 0 ? differs : [again.code];
	if (!isSame(courseAs(isWorded, frozen.course), courseAs(isWorded, again.value.course))) differs.push(`course/${content.chart}`);
	if (!isSame(frozen.facts, again.value.facts)) differs.push('facts');
	if (!isSame(frozen.plan, again.value.plan)) differs.push('plan');
	return differs;
}

/**
 * Of people more may be hidden than the record of then asks for: also for what was told of other moments, and on live pages. `isWorded`: in
 * the words of now; those of an earlier form are its own, and its digest holds them.
 */
function isBorneOut(one: PressFigure, again: PressFigure | undefined, isWorded: boolean): boolean {
	if (again === undefined) return false;
	const ofPeople = one.isSuppressed && familyOf(one.key)?.family.measure === 'site.present';
	const compared = ({ text, value, share, note, isSuppressed, method, ...rest }: PressFigure): object => ({
		...rest,
		...(ofPeople ? {} : { text, value, share, isSuppressed }),
		...(isWorded ? { method, ...(ofPeople ? {} : { note }) } : {}),
	});
	return isSame(compared(one), compared(again));
}

const courseAs = (isWorded: boolean, course: PressCourse | null): unknown =>
	course === null || isWorded ? course : { key: course.key, label: course.label, points: course.points };

const isSame = (a: unknown, b: unknown): boolean => b !== undefined && canonicalJson(a) === canonicalJson(b);
