// The sheets by state, the newest first, in words: from the server's list and the board, whichever knows the latest of each. Pure.
import type { Board } from '../../shared/board.ts';
import { formatDay, formatMoment, type Language } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import { type InBoth, type SheetState, sheetStates } from '../../shared/press.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import type { PressWords } from '../store/press-words.ts';
import { zoneOf } from '../store/selectors.ts';
import { sayBy } from '../tiles/say-by.ts';
import { briefOf, type SheetBrief } from './press-read.ts';

export const nameOfSheet = (id: string): string => id.toUpperCase();
export const saidIn = (words: InBoth, language: Language): string => (words[language].trim() === '' ? words.it : words[language]);
export const numberOf = ({ number, year }: Pick<SheetBrief, 'number' | 'year'>, words: PressWords): string | null =>
	number === null || year === null ? null : fill(words.number, { number, year });
export const momentSaid = (at: number, zone: string): string => `${formatDay(at, zone)} ${formatMoment(at, zone)}`;

/** The press's own board names nobody: who did what is in the server's answer. */
const withNames = (one: SheetBrief, told: SheetBrief | undefined): SheetBrief =>
	told === undefined
		? one
		: {
				...one,
				author: one.author || told.author,
				releasedBy: one.releasedBy ?? told.releasedBy,
				withdrawn: one.withdrawn && { ...one.withdrawn, by: one.withdrawn.by || (told.withdrawn?.by ?? '') },
			};

/** What the board says of a sheet goes before an answer that may be older. */
export function sheetsHere(told: readonly SheetBrief[] | null, board: Pick<Board, 'press'> | null): readonly SheetBrief[] {
	const toldOf = new Map((told ?? []).map((one) => [one.id, one]));
	const rows = Object.entries(board?.press.rows ?? {}).map(([id, facts]) => withNames(briefOf(id, facts), toldOf.get(id)));
	const known = new Set(rows.map(({ id }) => id));
	return [...rows, ...(told ?? []).filter(({ id }) => !known.has(id))].toSorted(
		(a, b) => (b.releasedAt ?? b.draftedAt) - (a.releasedAt ?? a.draftedAt) || a.id.localeCompare(b.id),
	);
}

export type SheetRow = {
	readonly id: string;
	readonly name: string;
	readonly title: string;
	readonly of: string;
	readonly number: string | null;
	/** Who did what and when, in the order in which it was done. */
	readonly steps: readonly string[];
	readonly isPublic: boolean;
	readonly contradicted: string | null;
};
export type SheetGroup = { readonly state: SheetState; readonly title: string; readonly rows: readonly SheetRow[] };

type ListRoom = {
	readonly sheets: readonly SheetBrief[];
	readonly contradicted: ReadonlyMap<string, number>;
	readonly judged: BoardNow;
	readonly words: Words;
	readonly own: PressWords;
	readonly language: Language;
};

export function sheetGroups({ sheets, contradicted, judged, words, own, language }: ListRoom): readonly SheetGroup[] {
	const zone = zoneOf(judged);
	const time = (at: number): string => momentSaid(at, zone);
	const by = (name: string): string => sayBy(name, judged, words);
	const { list: w } = own;
	const rowOf = (one: SheetBrief): SheetRow => {
		const since = contradicted.get(one.id);
		return {
			id: one.id,
			name: nameOfSheet(one.id),
			title: saidIn(one.title, language),
			of: fill(w.of, { moment: time(one.at) }),
			number: numberOf(one, own),
			steps: [
				fill(w.drafted, { by: by(one.author), at: time(one.draftedAt) }),
				...(one.releasedBy === null || one.releasedAt === null ? [] : [fill(w.released, { by: by(one.releasedBy), at: time(one.releasedAt) })]),
				...(one.embargoUntil === null || one.embargoUntil <= judged.now ? [] : [fill(w.embargo, { at: time(one.embargoUntil) })]),
				...(one.supersededBy === null ? [] : [fill(w.supersededBy, { sheet: nameIn(one.supersededBy, sheets, own) })]),
				...(one.withdrawn === null
					? []
					: [fill(w.withdrawn, { by: by(one.withdrawn.by), at: time(one.withdrawn.at), reason: one.withdrawn.reason })]),
			],
			isPublic: one.state !== 'draft' && one.releasedAt !== null,
			contradicted: since === undefined ? null : fill(own.contradicted, { at: time(since) }),
		};
	};
	return sheetStates
		.map((state) => ({ state, title: w.states[state], rows: sheets.filter((one) => one.state === state).map(rowOf) }))
		.filter(({ rows }) => rows.length > 0);
}

/** By its number where it has one: that is how people call it. */
export function nameIn(id: string, sheets: readonly SheetBrief[], own: PressWords): string {
	const one = sheets.find((sheet) => sheet.id === id);
	return (one && numberOf(one, own)) ?? nameOfSheet(id);
}
