// What a sheet must be before it is laid out: visible characters that the typeface has, colours that can be read, numbers that are numbers.
import type { Sheet } from '../../shared/sheet.ts';
import { fill } from '../../shared/words/words.ts';
import { contrast } from './contrast.ts';
import type { LogoRefusal } from './logo.ts';
import { issueOf, type SheetFault, type SheetIssue, type SheetPlace, sheetWords } from './sheet-fault.ts';
import { drawn, type SheetText, textsOf } from './sheet-texts.ts';
import { hasGlyph } from './typeface.ts';

/** Longest text that is looked at; what fits its space is far shorter. */
const LONGEST = 2000;
const ADDRESS_AT_MOST = 200;
const CONTRAST_AT_LEAST = 4.5;
const most = { heroes: 4, lists: 4, rows: 30, sentences: 12, notes: 12, points: 2000, levels: 8, ticks: 13 } as const;

const codeOf = (character: string): string => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
// A combining mark that did not compose is drawn beside its letter, or on the wrong one.
const cannotStand = /[\p{C}\p{Zl}\p{Zp}]|\p{M}/u;

function checkText(sheet: Sheet, { place, text, mayBeEmpty }: SheetText): readonly SheetIssue[] {
	const { language } = sheet;
	const words = sheetWords(language);
	if (typeof text !== 'string') return [issueOf(language, 'form', place, { what: words.form.text })];
	if (text.length > LONGEST) return [issueOf(language, 'too-long', place, { length: text.length })];
	const seen = text.normalize('NFC');
	let at = 0;
	for (const character of seen) {
		at += 1;
		if (cannotStand.test(character)) return [issueOf(language, 'unseen', place, { code: codeOf(character), at })];
		if (hasGlyph((drawn(character) || ' ').codePointAt(0) ?? 0)) continue;
		const mend = (words.mend as Readonly<Record<string, string>>)[character] ?? words.mend.other;
		return [issueOf(language, 'glyph', place, { character, code: codeOf(character), at, mend })];
	}
	return drawn(text) === '' && !mayBeEmpty ? [issueOf(language, 'empty', place)] : [];
}

function checkCounts(sheet: Sheet): readonly SheetIssue[] {
	const counted: readonly [SheetPlace, number, number][] = [
		[{ path: 'heroes', name: 'heroes' }, sheet.heroes.length, most.heroes],
		[{ path: 'lists', name: 'lists' }, sheet.lists.length, most.lists],
		[{ path: 'sentences', name: 'sentences' }, sheet.sentences.length, most.sentences],
		[{ path: 'notes', name: 'notes' }, sheet.notes.length, most.notes],
		[{ path: 'chart.points', name: 'chart' }, sheet.chart?.points.length ?? 0, most.points],
		[{ path: 'chart.levels', name: 'chart' }, sheet.chart?.levels.length ?? 0, most.levels],
		[{ path: 'chart.ticks', name: 'chart' }, sheet.chart?.ticks.length ?? 0, most.ticks],
		...sheet.lists.map(({ rows }, i): [SheetPlace, number, number] => [
			{ path: `lists.${i}.rows`, name: 'rows', list: i + 1 },
			rows.length,
			most.rows,
		]),
	];
	return counted.flatMap(([place, count, limit]) => (count > limit ? [issueOf(sheet.language, 'too-many', place, { count, most: limit })] : []));
}

function checkNumbers({ chart, lists, language }: Sheet): readonly SheetIssue[] {
	const { number } = sheetWords(language);
	const shares = lists.flatMap(({ rows }, i) =>
		rows.flatMap(({ share }, j) =>
			share === null || (share >= 0 && share <= 1)
				? []
				: [issueOf(language, 'number', { path: `lists.${i}.rows.${j}.share`, name: 'rowShare', n: j + 1, list: i + 1 }, { what: number.share })],
		),
	);
	if (chart === null) return shares;
	const refuse = (what: string): readonly SheetIssue[] => [...shares, issueOf(language, 'number', { path: 'chart.points', name: 'chart' }, { what })];
	const { points, levels, ticks } = chart;
	const ordered = points.every(([at], i) => Number.isFinite(at) && at > (points[i - 1]?.[0] ?? Number.NEGATIVE_INFINITY));
	const finite = [...points.map(([, value]) => value ?? 0), ...levels.map(({ value }) => value), ...ticks.map(({ at }) => at)].every(Number.isFinite);
	if (!ordered || !finite) return refuse(number.point);
	return points.some(([, value]) => value !== null) ? shares : refuse(number.chart);
}

function isAddress(address: unknown): boolean {
	// The printable ASCII of an address as it is sent: nothing that a reader or a code could take for something else.
	if (typeof address !== 'string' || address.length > ADDRESS_AT_MOST || !/^https?:\/\/[!-~]+$/.test(address) || /["'<>\\^`{|}]/.test(address))
		return false;
	const read = URL.parse(address);
	return read !== null && read.username === '' && read.password === '';
}

function checkLook({ look, footer, id, language }: Sheet): readonly SheetIssue[] {
	const words = sheetWords(language);
	const colours: readonly [SheetPlace, string][] = [
		[{ path: 'look.ink', name: 'ink' }, look.ink],
		[{ path: 'look.accent', name: 'accent' }, look.accent],
	];
	const colourIssues = colours.flatMap(([place, colour]) => {
		if (!/^#[0-9a-f]{6}$/i.test(colour)) return [issueOf(language, 'colour', place, { colour: String(colour).slice(0, 20) })];
		const ratio = contrast(colour, '#ffffff');
		if (ratio >= CONTRAST_AT_LEAST) return [];
		return [issueOf(language, 'contrast', place, { colour, ratio: ratio.toFixed(2).replace('.', language === 'it' ? ',' : '.') })];
	});
	return [
		...colourIssues,
		...(isAddress(footer.address) ? [] : [issueOf(language, 'address', { path: 'footer.address', name: 'address' }, { most: ADDRESS_AT_MOST })]),
		...(/^[0-9A-Za-z-]{1,32}$/.test(id) ? [] : [issueOf(language, 'form', { path: 'id', name: 'id' }, { what: words.form.id })]),
		...(/^[0-9a-f]{8,128}$/i.test(footer.digest)
			? []
			: [issueOf(language, 'form', { path: 'footer.digest', name: 'digest' }, { what: words.form.digest })]),
	];
}

/** All that is wrong with it, before any of it is drawn. Empty when it may be laid out. See `SheetFault`. */
export function checkSheet(sheet: Sheet): SheetFault['issues'] {
	const counts = checkCounts(sheet);
	if (counts.length > 0) return counts;
	const texts = textsOf(sheet).flatMap((text) => checkText(sheet, text));
	const spoiled = new Set(texts.map(({ path }) => path));
	return [...texts, ...checkNumbers(sheet), ...checkLook(sheet).filter(({ path }) => !spoiled.has(path))];
}

/** `refused`: why the logo is not drawn, and which element or colour of it. */
export function logoIssue({ language }: Sheet, { refused, what }: LogoRefusal): SheetIssue {
	const place = { path: 'look.logo', name: 'logo' } as const;
	if (refused === 'pale') return issueOf(language, 'pale', place, { colour: what });
	return issueOf(language, 'logo', place, { what: fill(sheetWords(language).logo[refused], { what }) });
}
