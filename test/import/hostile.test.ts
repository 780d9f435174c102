// Files that want to do harm: each is refused in under a second, while the process that asked goes on as before. And noise, with a fixed seed.

import { monitorEventLoopDelay } from 'node:perf_hooks';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { openSheets } from '../../server/import/open-sheets.ts';
import { formatOf, readSheets } from '../../server/import/read-sheets.ts';
import { excelShape } from './excel-shape.ts';
import { fixture, importBytes } from './read-fixture.ts';

const sheetOf = (data: string) =>
	`<?xml version="1.0"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${data}</sheetData></worksheet>`;
const withSheet = (data: string) => excelShape({ sheets: [{ name: 'A', rows: [['Title'], ['uno']] }], parts: { 'xl/worksheets/sheet1.xml': data } });

/** 100 MB of spaces in a sheet, which pack into 100 kB. */
function bomb(size = 100_000_000): Uint8Array {
	const part = new Uint8Array(size).fill(32);
	part.set(strToU8('<worksheet><sheetData>'));
	return excelShape({ sheets: [{ name: 'A', rows: [['Title']] }], parts: { 'xl/worksheets/sheet1.xml': part } });
}

/** The same, whose directory says that it unpacks to 100 bytes. */
function lyingBomb(honest: Uint8Array): Uint8Array {
	const lying = honest.slice();
	const view = new DataView(lying.buffer);
	for (let at = 0; at < lying.length - 46; at += 1) {
		if (view.getUint32(at, true) === 0x02014b50 && view.getUint32(at + 24, true) > 5e7) view.setUint32(at + 24, 100, true);
	}
	return lying;
}

const rows100k = () => {
	const lines = Array.from(
		{ length: 100_000 },
		(_, i) => `<row r="${i + 2}"><c r="A${i + 2}"><v>${i}</v></c><c r="B${i + 2}" t="inlineStr"><is><t>Attività ${i}</t></is></c></row>`,
	);
	return withSheet(sheetOf(`<row r="1"><c r="A1" t="inlineStr"><is><t>Title</t></is></c></row>${lines.join('')}`));
};
const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');

const honest = bomb();
const hostile: readonly (readonly [name: string, bytes: Uint8Array, said: string])[] = [
	['a zip bomb', honest, 'unpacks to more than a runbook'],
	['a zip bomb that lies about its size', lyingBomb(honest), 'damaged'],
	['a zip bomb of a size that would be taken', bomb(20_000_000), 'unpacks to more than a runbook'],
	['a far cell', withSheet(sheetOf('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')), 'cell XFD1048576: '],
	['a far column', withSheet(sheetOf('<row r="1"><c r="XFD1"><v>1</v></c></row>')), 'cell XFD1: '],
	[
		'entities that multiply',
		withSheet(
			`<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">${laughs}]>${sheetOf('<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row>').slice(22)}`,
		),
		'declares a document type',
	],
	[
		'an entity from outside',
		withSheet(`<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>${sheetOf('').slice(22)}`),
		'declares a document type',
	],
	['an entity that nobody declared', withSheet(sheetOf('<row r="1"><c r="A1" t="inlineStr"><is><t>&passwd;</t></is></c></row>')), 'damaged'],
	['100,000 rows', rows100k(), 'cell A6001: the sheet has more rows than a runbook'],
	[
		'100,000 rows of text',
		strToU8(`Title;Id\n${Array.from({ length: 100_000 }, (_, i) => `Attività ${i};${i}`).join('\n')}`),
		'cell A6001: the sheet has more rows than a runbook',
	],
	['a row of 100,000 columns', strToU8(`Title${';x'.repeat(100_000)}`), 'cell GS1: '],
	['tags without end', withSheet(sheetOf('<row>'.repeat(100_000))), 'damaged'],
	[
		'a tag with attributes without end',
		withSheet(sheetOf(`<row ${Array.from({ length: 500_000 }, (_, i) => `a${i}="${i}"`).join(' ')}/>`)),
		'damaged',
	],
	['two parts of one name', withTwin(), 'damaged'],
	['an .xls of old', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Array(512).fill(0)]), 'an .xls of old, or protected'],
	['a zip that is no workbook', zipSync({ 'a.txt': strToU8('x') }), 'no workbook'],
	['a zip cut in two', fixture('excel-template.xlsx').slice(0, 3000), 'damaged'],
	['bytes that are no text', new Uint8Array(1000), 'is no text'],
	['nothing', new Uint8Array(0), 'the file is empty'],
	['21 MB', new Uint8Array(21_000_000).fill(65), 'larger than 20 MB'],
];

/** A second entry of the sheet's name in the directory, as a program that trusts the last one would read it. */
function withTwin(): Uint8Array {
	const bytes = excelShape({ sheets: [{ name: 'A', rows: [['Title']] }], parts: { 'xl/worksheets/sheet2.xml': sheetOf('') } });
	const text = Buffer.from(bytes).toString('latin1').replaceAll('sheet2.xml', 'sheet1.xml');
	return new Uint8Array(Buffer.from(text, 'latin1'));
}

/** The bytes themselves are copied to the thread; what they unpack to is never held here. */
const isHarmless = ({ took, held, kept }: { took: number; held: number; kept: number }): boolean => took < 1000 && held < 500 && kept < 250e6;

describe('a hostile file', () => {
	test.each(hostile)(
		'%s is refused in under a second, and nothing is held up',
		async (_, bytes, said) => {
			// On a machine that others use as well, the best of three tells what the reader itself takes.
			const tries: { took: number; held: number; kept: number }[] = [];
			while (tries.length < 3 && !tries.some(isHarmless)) {
				const delay = monitorEventLoopDelay({ resolution: 10 });
				const before = process.memoryUsage().rss;
				delay.enable();
				const from = performance.now();
				const outcome = await importBytes(bytes);
				const took = performance.now() - from;
				delay.disable();
				expect(outcome.ok ? '' : outcome.mistakes.join('\n')).toContain(said);
				tries.push({ took, held: delay.max / 1e6, kept: process.memoryUsage().rss - before });
			}
			expect(tries.some(isHarmless), JSON.stringify(tries)).toBe(true);
			expect((await importBytes(fixture('excel-1904.xlsx'))).ok).toBe(true);
		},
		20_000,
	);

	test.each([
		['more memory than it may have', { withinMs: 10_000, memoryMb: 16 }, 'cannot be read'],
		['longer than it may', { withinMs: 1, memoryMb: 256 }, 'takes too long'],
	])(
		'that takes the thread %s ends the thread alone',
		async (_, bounds, said) => {
			const words = `<sst>${Array.from({ length: 300_000 }, (_, i) => `<si><t>parola ${i}</t></si>`).join('')}</sst>`;
			const bytes = excelShape({ sheets: [{ name: 'A', rows: [['Title']] }], parts: { 'xl/sharedStrings.xml': words } });
			const reply = await readSheets(bytes, null, bounds);
			expect(reply.ok ? '' : reply.fault.message).toContain(said);
			expect((await readSheets(bytes)).ok).toBe(true);
		},
		30_000,
	);
});

const scale = process.env.REGIA_SCALE === 'full' ? 20 : 1;
const names = [
	'excel-template.xlsx',
	'excel-1904.xlsx',
	'libreoffice-italiano.xlsx',
	'libreoffice-cutover.xlsx',
	'cutover-export.csv',
	'excel-unicode.txt',
];

/** Some bytes of a file changed, a piece taken out, or put in twice. */
const change = fc.array(
	fc.record({ at: fc.nat(), kind: fc.constantFrom('set', 'cut', 'double'), value: fc.nat(255), length: fc.integer({ min: 1, max: 40 }) }),
	{
		minLength: 1,
		maxLength: 12,
	},
);
type Change = ReturnType<typeof change.generate>['value'];

function changed(bytes: Uint8Array, changes: Change): Uint8Array {
	let all = Array.from(bytes);
	for (const { at, kind, value, length } of changes) {
		const from = at % Math.max(1, all.length);
		if (kind === 'set') all[from] = value;
		else if (kind === 'cut') all = [...all.slice(0, from), ...all.slice(from + length)];
		else all = [...all.slice(0, from + length), ...all.slice(from)];
	}
	return new Uint8Array(all);
}

describe('noise', () => {
	test('in the file is read or refused, in no time', () => {
		const counts = { read: 0, refused: 0 };
		let slowest = 0;
		fc.assert(
			fc.property(fc.constantFrom(...names), change, (name, changes) => {
				const bytes = changed(fixture(name), changes);
				const from = performance.now();
				const reply = openSheets({ bytes, format: formatOf(bytes), only: null });
				slowest = Math.max(slowest, performance.now() - from);
				const fault = reply.ok ? (reply.sheets.find((one) => one.fault)?.fault ?? null) : reply.fault;
				counts[fault === null ? 'read' : 'refused'] += 1;
				if (fault) expect([fault.message, fault.remedy].every((one) => one.length > 5)).toBe(true);
			}),
			{ seed: 4, numRuns: 1500 * scale },
		);
		console.log(`noise in files: ${counts.read} read, ${counts.refused} refused, the slowest in ${slowest.toFixed(0)} ms`);
		expect(Math.min(counts.read, counts.refused)).toBeGreaterThan(20);
	}, 300_000);

	test('inside the packed XML is read or refused, whole way through', async () => {
		const sound = excelShape({
			sheets: [
				{
					name: 'A',
					rows: [
						['Task ID', 'Title', 'Duration', 'Predecessors', 'Start'],
						[1, 'uno', { v: 0.5, style: 4 }, null, { v: 45_951.8, style: 3 }],
						[2, 'due', '1h', 1, true],
					],
				},
			],
		});
		const { unzipSync } = await import('fflate');
		const parts = unzipSync(sound);
		const inside = ['xl/worksheets/sheet1.xml', 'xl/sharedStrings.xml', 'xl/styles.xml', 'xl/workbook.xml', 'xl/_rels/workbook.xml.rels'];
		const counts = { read: 0, refused: 0 };
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...inside), change, fc.nat(), async (name, changes, n) => {
				const bytes = zipSync({ ...parts, [name]: changed(parts[name] ?? new Uint8Array(), changes) });
				const reply = openSheets({ bytes, format: 'xlsx', only: null });
				counts[reply.ok ? 'read' : 'refused'] += 1;
				// A thread for each would take minutes: every eightieth goes the whole way.
				if (n % 80 !== 0) return;
				const outcome = await importBytes(bytes);
				if (!outcome.ok) expect(outcome.mistakes.every((one) => / — ./.test(one))).toBe(true);
			}),
			{ seed: 4, numRuns: 800 * scale },
		);
		console.log(`noise in XML: ${counts.read} read, ${counts.refused} refused`);
	}, 300_000);

	test('as separated text is read or refused, whole way through', async () => {
		const text = fc.string({
			unit: fc.constantFrom('"', ';', ',', '\n', '\r', '\t', 'a', '1', '=', "'", ' ', 'è', 'Title', '2025-10-26 02:30', ':'),
			maxLength: 60,
		});
		await fc.assert(
			fc.asyncProperty(text, async (body) => {
				const outcome = await importBytes(strToU8(`Title;Duration;Predecessors;Start\n${body}`));
				if (!outcome.ok) expect(outcome.mistakes.every((one) => / — ./.test(one))).toBe(true);
			}),
			{ seed: 4, numRuns: 20 * scale },
		);
	}, 300_000);
});
