// A workbook (.xlsx, ECMA-376) → its visible sheets. Reads values as they were saved; no formula is worked out, nothing outside is followed.

import { MOST_CHARACTERS, MOST_SHEETS, type Sheet, SheetError } from './sheet.ts';
import { readSheetCells } from './xlsx-cells.ts';
import { readStyles } from './xlsx-styles.ts';
import { attribute, readXml } from './xml.ts';
import { openZip, type Zip } from './zip.ts';

const OLD_FORMAT = [0xd0, 0xcf, 0x11, 0xe0];

/** A relation's target as a part's name: relative to the folder of the part that names it, or from the root. */
function partName(folder: string, target: string): string {
	if (target.startsWith('/')) return target.slice(1);
	const steps: string[] = [];
	for (const step of `${folder}/${target}`.split('/')) {
		if (step === '..') steps.pop();
		else if (step !== '.' && step !== '') steps.push(step);
	}
	return steps.join('/');
}

type Relation = { readonly kind: string; readonly part: string };

function readRelations(zip: Zip, part: string): ReadonlyMap<string, Relation> {
	const slash = part.lastIndexOf('/');
	const folder = part.slice(0, Math.max(0, slash));
	const name = `${folder === '' ? '' : `${folder}/`}_rels/${part.slice(slash + 1)}.rels`;
	const relations = new Map<string, Relation>();
	if (!zip.has(name)) return relations;
	readXml(zip, name, {
		open(tag, { Id = '', Type = '', Target = '', TargetMode }) {
			if (tag === 'Relationship' && TargetMode !== 'External')
				relations.set(Id, { kind: Type.slice(Type.lastIndexOf('/') + 1), part: partName(folder, Target) });
		},
	});
	return relations;
}

const partOf = (relations: ReadonlyMap<string, Relation>, kind: string): string | null =>
	[...relations.values()].find((one) => one.kind === kind)?.part ?? null;

/** `only`: the one sheet that is wanted, by name. */
export function readXlsx(bytes: Uint8Array, only: string | null): readonly Sheet[] {
	if (OLD_FORMAT.every((byte, i) => bytes[i] === byte)) {
		throw new SheetError('the file is an .xls of old, or protected by a password', 'save it as .xlsx, without a password');
	}
	const zip = openZip(bytes);
	const workbook = partOf(readRelations(zip, ''), 'officeDocument') ?? 'xl/workbook.xml';
	if (!zip.has(workbook)) throw new SheetError('the file is no workbook', 'save it as .xlsx or .csv');
	const named: { name: string; id: string }[] = [];
	const hidden: string[] = [];
	let from1904 = false;
	readXml(zip, workbook, {
		open(tag, attributes) {
			if (tag === 'workbookPr') from1904 = attributes.date1904 === '1' || attributes.date1904 === 'true';
			if (tag !== 'sheet') return;
			const name = attributes.name ?? '';
			if ((attributes.state ?? 'visible') === 'visible' || name === only) named.push({ name, id: attribute(attributes, 'id') ?? '' });
			else hidden.push(name);
		},
	});
	const wanted = only === null ? named.slice(0, MOST_SHEETS) : named.filter(({ name }) => name === only);
	if (wanted.length === 0) {
		const there = named.map(({ name }) => `"${name.slice(0, 40)}"`).join(', ') || 'none';
		throw new SheetError(
			only === null ? 'the workbook has no visible sheet' : `the workbook has no sheet "${only.slice(0, 40)}"`,
			`the sheets are: ${there}`,
		);
	}
	const relations = readRelations(zip, workbook);
	const shown = readStyles(zip, partOf(relations, 'styles'));
	const sheets = wanted.map(({ name, id }) => readSheetCells(zip, relations.get(id)?.part ?? '', shown, { name, from1904 }));
	const strings = partOf(relations, 'sharedStrings');
	// Last, so that a sheet without end is refused before its words are read.
	const words = strings === null || sheets.every((one) => one.shared.size === 0) ? [] : readStrings(zip, strings);
	return sheets.map((one) => one.withWords(words));
}

/** The texts that cells name by number. Phonetic readings are left out. */
function readStrings(zip: Zip, part: string): readonly string[] {
	const words: string[] = [];
	let text = '';
	let isText = false;
	let isPhonetic = false;
	readXml(zip, part, {
		open(tag) {
			if (tag === 'si') text = '';
			else if (tag === 'rPh') isPhonetic = true;
			else if (tag === 't') isText = !isPhonetic;
		},
		text(piece) {
			if (isText && text.length <= MOST_CHARACTERS) text += piece;
		},
		close(tag) {
			if (tag === 'si') words.push(text);
			else if (tag === 'rPh') isPhonetic = false;
			else if (tag === 't') isText = false;
		},
	});
	return words;
}
