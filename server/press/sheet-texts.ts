// Every text of a sheet with its place, and the form in which it is drawn. Knows no typeface and no layout.
import type { Sheet } from '../../shared/sheet.ts';
import type { SheetPlace } from './sheet-fault.ts';

/** `mayBeEmpty`: a place that says nothing is left out, not drawn blank. */
export type SheetText = { readonly place: SheetPlace; readonly text: unknown; readonly mayBeEmpty: boolean };

const one = (place: SheetPlace, text: unknown, mayBeEmpty = false): SheetText => ({ place, text, mayBeEmpty });

export function textsOf(sheet: Sheet): readonly SheetText[] {
	const { heroes, chart, lists, sentences, notes, footer, look, watermark } = sheet;
	return [
		one({ path: 'id', name: 'id' }, sheet.id),
		one({ path: 'title', name: 'title' }, sheet.title),
		one({ path: 'subtitle', name: 'subtitle' }, sheet.subtitle, true),
		...heroes.flatMap(({ value, caption, note }, i) => [
			one({ path: `heroes.${i}.value`, name: 'hero', n: i + 1 }, value),
			one({ path: `heroes.${i}.caption`, name: 'heroCaption', n: i + 1 }, caption),
			...(note === null ? [] : [one({ path: `heroes.${i}.note`, name: 'heroNote', n: i + 1 }, note)]),
		]),
		...(chart === null
			? []
			: [
					one({ path: 'chart.title', name: 'chartTitle' }, chart.title),
					...chart.levels.map(({ label }, i) => one({ path: `chart.levels.${i}.label`, name: 'level', n: i + 1 }, label)),
					...chart.ticks.map(({ label }, i) => one({ path: `chart.ticks.${i}.label`, name: 'tick', n: i + 1 }, label)),
				]),
		...lists.flatMap(({ title, rows }, i) => [
			one({ path: `lists.${i}.title`, name: 'listTitle', list: i + 1 }, title),
			...rows.flatMap(({ label, value }, j) => [
				one({ path: `lists.${i}.rows.${j}.label`, name: 'rowLabel', n: j + 1, list: i + 1 }, label),
				one({ path: `lists.${i}.rows.${j}.value`, name: 'rowValue', n: j + 1, list: i + 1 }, value, true),
			]),
		]),
		...sentences.map((text, i) => one({ path: `sentences.${i}`, name: 'sentence', n: i + 1 }, text)),
		...notes.map((text, i) => one({ path: `notes.${i}`, name: 'note', n: i + 1 }, text)),
		one({ path: 'footer.issuer', name: 'issuer' }, footer.issuer),
		one({ path: 'footer.approved', name: 'approved' }, footer.approved),
		one({ path: 'footer.verify', name: 'verify' }, footer.verify),
		one({ path: 'footer.digest', name: 'digest' }, footer.digest),
		...(look.logo === null ? [] : [one({ path: 'look.logo.alt', name: 'logoAlt' }, look.logo.alt)]),
		...(watermark === null ? [] : [one({ path: 'watermark', name: 'watermark' }, watermark)]),
	];
}

/** As it is drawn: letters composed, runs of blanks as one, every other blank as one of the two that the typeface has. */
export const drawn = (text: string): string =>
	text
		.normalize('NFC')
		.replace(/[\u00a0\u2007\u202f\u2009]/g, '\u00a0')
		.replace(/(?!\u00a0)\p{Zs}/gu, ' ')
		.replace(/ {2,}/g, ' ')
		.trim();

/** The same sheet with every text as it is drawn. */
export function drawnSheet(sheet: Sheet): Sheet {
	const { chart, footer, look } = sheet;
	const label = <T extends { readonly label: string }>(row: T): T => ({ ...row, label: drawn(row.label) });
	return {
		...sheet,
		title: drawn(sheet.title),
		subtitle: drawn(sheet.subtitle),
		heroes: sheet.heroes.map(({ value, caption, note }) => ({
			value: drawn(value),
			caption: drawn(caption),
			note: note === null ? null : drawn(note),
		})),
		chart: chart === null ? null : { ...chart, title: drawn(chart.title), levels: chart.levels.map(label), ticks: chart.ticks.map(label) },
		lists: sheet.lists.map(({ title, rows }) => ({ title: drawn(title), rows: rows.map((row) => ({ ...label(row), value: drawn(row.value) })) })),
		sentences: sheet.sentences.map(drawn),
		notes: sheet.notes.map(drawn),
		footer: { ...footer, issuer: drawn(footer.issuer), approved: drawn(footer.approved), verify: drawn(footer.verify), digest: drawn(footer.digest) },
		look: look.logo === null ? look : { ...look, logo: { ...look.logo, alt: drawn(look.logo.alt) } },
		watermark: sheet.watermark === null ? null : drawn(sheet.watermark),
	};
}
