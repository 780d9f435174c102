// Real-shaped spreadsheets → a plan's sections, and back. libreoffice-*.xlsx were written by LibreOffice 7.4; excel-*.xlsx are made in the
// shape of Excel's own XML (excel-shape.ts), not by Excel; the csv and txt files are as Excel and Cutover.com save them. All invented.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { exportRunbook } from '../../server/plan-import.ts';
import { fixture, folder, importBytes } from './read-fixture.ts';

const NIGHT = Date.UTC(2025, 9, 21);
const mapping = readFileSync(join(folder, 'excel-italiano.mapping.yaml'), 'utf8');

type Expected = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
type Row = readonly [file: string, tasks: number, some: Expected];
const rows: readonly Row[] = [
	[
		'libreoffice-italiano.xlsx',
		7,
		{
			't-2': { label: 'Fermo applicativo', team: 'fornitore-e', duration: '20min', after: ['t-1'], fixed: '2025-10-21T19:30:00+02:00' },
			't-3': { duration: '1575min' },
			't-4': { kind: 'communication', duration: '63s', after: ['t-1', 't-2'], criterion: 'Testo con «accenti» e\nuna seconda riga' },
			't-5': { kind: 'gate', gate: 't-5', after: ['t-3', 't-4'] },
			't-6': { label: 'Riavvio PS', fixed: '2025-10-23T01:03:00+02:00' },
			't-7': { kind: 'rollback', duration: '90min' },
		},
	],
	[
		'libreoffice-1904.xlsx',
		2,
		{
			a: { duration: '63min', fixed: '2025-10-21T19:30:00+02:00' },
			b: { duration: '15min', after: ['a'], fixed: '2025-10-22T01:03:00+02:00' },
		},
	],
	[
		'libreoffice-cutover.xlsx',
		6,
		{
			't-2': { start: '2025-10-21T19:25:00+02:00', duration: '5min', after: ['t-1'] },
			't-3': { duration: '63min', after: ['t-2'] },
			't-6': { stream: 'Integration / HL7', after: ['t-4', 't-5'] },
		},
	],
	[
		'excel-template.xlsx',
		7,
		{
			't-1': { team: 'team-a-b', criterion: 'Queues are empty', fixed: '2025-10-21T19:00:00+02:00' },
			't-3': { label: 'Final sync', duration: '63min', fixed: '2025-10-22T01:03:00+02:00' },
			't-4': { kind: 'gate', after: ['t-3'] },
			't-5': { label: 'Tell the wards now', kind: 'communication', duration: '30min' },
			r1: { kind: 'rollback', duration: '1590min' },
		},
	],
	[
		'excel-1904.xlsx',
		2,
		{ 'a-1': { duration: '63min', fixed: '2025-10-21T23:59:59+02:00' }, 'a-2': { after: ['a-1'], fixed: '2025-10-22T01:03:00+02:00' } },
	],
	[
		'excel-italiano.csv',
		5,
		{
			't-20': { team: 'fornitore-e', start: '2025-10-21T19:30:00+02:00', duration: '15min' },
			't-30': { kind: 'communication', start: '2025-10-21T19:50:00+02:00', duration: '6min' },
			't-40': { label: 'Città di Genova: verifica', start: '2025-10-22T01:03:00+02:00', after: ['t-20', 't-30'] },
		},
	],
	[
		'cutover-export.csv',
		3,
		{
			't-1-1': { label: 'Stop, then wait', criterion: 'Two lines:\nall "quiet"', duration: '90min' },
			't-1-2': { label: '=Not a formula', start: '2025-10-21T20:54:30+02:00', duration: '330s' },
			't-2': { stream: 'PS / Data', after: ['t-1-1', 't-1-2'] },
		},
	],
	['excel-unicode.txt', 2, { y: { label: 'Secondo è qui', duration: '1h', after: ['x'] } }],
];
const asked = (file: string) => (file === 'excel-italiano.csv' ? { mapping, night: NIGHT } : {});

describe.each(rows)('%s', (file, count, some) => {
	test('is read, to the second', async () => {
		const outcome = await importBytes(fixture(file), asked(file));
		expect(outcome.ok ? [] : outcome.mistakes).toEqual([]);
		const { tasks } = parse(outcome.ok ? outcome.out : '') as { tasks: Expected };
		expect(Object.keys(tasks)).toHaveLength(count);
		for (const [id, task] of Object.entries(some)) expect(tasks[id], id).toMatchObject(task);
	});

	test('goes out and comes in again as the same', async () => {
		const first = await importBytes(fixture(file), asked(file));
		const plan = first.ok ? first.out : '';
		const out = exportRunbook(plan, 'plan.yaml', null);
		const csv = out.ok ? out.out : '';
		const second = await importBytes(new TextEncoder().encode(csv));
		expect(second.ok ? second.out : second.mistakes).toEqual(plan);
		const again = exportRunbook(second.ok ? second.out : '', 'plan.yaml', null);
		expect(again.ok && again.out).toBe(csv);
	});
});

test('columns that are not read are said', async () => {
	const outcome = await importBytes(fixture('excel-template.xlsx'));
	expect(outcome.ok && outcome.notes).toEqual(['scaletta: not read: Ready?, Check']);
});

test('what goes out begins with its mark, is parted by semicolons, and holds no formula', () => {
	const plan =
		'teams:\n  a: { label: "=cmd|x" }\ntasks:\n  uno: { label: "=1+1", team: a, stream: "@x", criterion: "-2; \\"tre\\"" }\n  due: { label: "+39 010", after: [uno] }\n';
	const out = exportRunbook(plan, 'plan.yaml', null);
	const csv = out.ok ? out.out : '';
	expect(
		csv.startsWith('\uFEFFTask ID;Title;Description;Task Type;Stream;Sub Stream;Assigned Team;Planned Duration;Predecessor IDs;Task Level;'),
	).toBe(true);
	expect(csv).toContain('uno;\'=1+1;"\'-2; ""tre""";Task;\'@x;');
	for (const cell of csv.slice(1).split(/[;\r\n]+/)) expect(cell).not.toMatch(/^"?[=+\-@]/);
});

test('a time in the doubled hour goes out with its offset, and comes in again', async () => {
	const plan = 'tasks:\n  uno:\n    label: Uno\n    fixed: 2025-10-26T02:30:00+01:00\n';
	const out = exportRunbook(plan, 'plan.yaml', null);
	expect(out.ok && out.out).toContain(';2025-10-26T02:30:00+01:00;');
	const back = await importBytes(new TextEncoder().encode(out.ok ? out.out : ''));
	expect(back.ok && back.out).toBe(plan);
});
