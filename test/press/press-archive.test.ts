// Every sheet that there ever was: found whatever the board still holds, from an index that the record makes again, without reading all of it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Journal } from '../../server/journal/journal.ts';
import { openMemoryJournal } from '../../server/journal/memory-journal.ts';
import { openPressArchive } from '../../server/press-archive.ts';
import { applyPressMark, emptyPress } from '../../server/projections/press.projection.ts';
import type { MarkDraft } from '../../shared/entry.ts';
import type { Mark } from '../../shared/mark.ts';
import { type FrozenSheet, SHEETS_ON_BOARD } from '../../shared/press.ts';
import { temporaryFolder } from '../kit/server.ts';

const at = Date.parse('2025-07-25T09:00:00Z');
const frozenOf = (id: string) => ({ id, zone: 'Europe/Rome', content: { title: { it: id, en: '' }, incident: null } }) as unknown as FrozenSheet;

let journal: Journal;
let folder: string;
beforeEach(() => {
	journal = openMemoryJournal();
	folder = temporaryFolder('press');
});

const make = (mark: Mark, frozen?: MarkDraft['frozen']) =>
	journal.append(
		{ kind: 'mark', mark, by: mark.kind === 'press' && mark.act === 'draft' ? 'person/autore' : 'person/approva', at, ...(frozen ? { frozen } : {}) },
		at,
	);
const draft = (id: string) => make({ kind: 'press', act: 'draft', sheet: id }, { sheet: frozenOf(id), digest: `digest-${id}` });
const release = (id: string, rest: object = {}) => make({ kind: 'press', act: 'release', sheet: id, ...rest });
const open = () => openPressArchive(journal, folder);

/** How many entries were read, and of which kinds. */
function counting(): { journal: Journal; read: () => number } {
	let read = 0;
	async function* counted(entries: AsyncIterable<never>) {
		for await (const entry of entries) {
			read += 1;
			yield entry;
		}
	}
	const counter: Journal = {
		...journal,
		read: (after, until) => counted(journal.read(after, until) as AsyncIterable<never>),
		readKinds: (after, until, kinds) => counted(journal.readKinds(after, until, kinds) as AsyncIterable<never>),
	};
	return { journal: counter, read: () => read };
}

test('a sheet that left the board is found with its figures, and what became of it since', async () => {
	for (let n = 0; n < SHEETS_ON_BOARD + 5; n += 1) {
		await draft(`f${n}`);
		await release(`f${n}`);
	}
	await make({ kind: 'press', act: 'withdraw', sheet: 'f0', reason: 'errore' });
	await release('f9', { supersedes: 'f1' });
	await draft('g');
	await release('g', { supersedes: 'f1' });
	const archive = await open();
	expect(await archive.sheet('f0')).toMatchObject({ state: 'withdrawn', number: 1, frozen: frozenOf('f0'), withdrawn: { reason: 'errore' } });
	expect(await archive.sheet('f1')).toMatchObject({ state: 'superseded', supersededBy: 'g', number: 2 });
	expect(await archive.sheet('g')).toMatchObject({ number: SHEETS_ON_BOARD + 6 });
	for (const id of ['none', 'constructor', '__proto__']) expect(await archive.sheet(id)).toBeNull();
});

test('it tells of every sheet on the board what the board tells', async () => {
	const cells = emptyPress();
	for (let n = 0; n < 30; n += 1) {
		await draft(`f${n}`);
		if (n % 2 === 0) await release(`f${n}`, n > 4 && n % 4 === 0 ? { supersedes: `f${n - 4}` } : {});
		if (n % 7 === 0) await make({ kind: 'press', act: 'withdraw', sheet: `f${n}`, reason: 'errore' });
	}
	for await (const entry of journal.read(0)) if (entry.kind === 'mark') applyPressMark(cells, entry);
	const archive = await open();
	for (const [id, sheet] of Object.entries(cells.live.rows)) expect(await archive.sheet(id)).toEqual(sheet);
	expect(Object.keys(cells.live.rows)).toHaveLength(30);
});

test('those that left the board are listed page by page, the last drafted first, each once', async () => {
	for (let n = 0; n < 23; n += 1) await draft(`f${n}`);
	await release('f3');
	const archive = await open();
	const isOnBoard = (id: string): boolean => ['f3', 'f20', 'f21', 'f22'].includes(id);
	const listed: string[] = [];
	let before: number | null = journal.head().seq + 1;
	for (let pages = 0; before !== null; pages += 1) {
		const { sheets, older } = await archive.past(before, 8, isOnBoard);
		listed.push(...sheets.map(({ frozen }) => frozen.id));
		expect([pages <= 2, older === null]).toEqual([true, pages === 2]);
		before = older;
	}
	expect(listed).toEqual(Array.from({ length: 20 }, (_, n) => `f${19 - n}`).filter((id) => id !== 'f3'));
	expect(await archive.past(1, 8, () => false)).toEqual({ sheets: [], older: null });
});

test('what comes later is known at once, and a restart reads only what came after its index', async () => {
	await draft('a');
	const archive = await open();
	expect(await archive.sheet('a')).toMatchObject({ state: 'draft' });
	await release('a');
	expect(await Promise.all([archive.sheet('a'), archive.sheet('a'), archive.sheet('b')])).toEqual([
		expect.objectContaining({ state: 'released' }),
		expect.objectContaining({ state: 'released' }),
		null,
	]);
	for (let n = 0; n < 300; n += 1) await journal.append({ kind: 'mark', mark: { kind: 'note', text: 'prova' }, by: 'person/x', at }, at);
	await draft('b');
	await (await open()).sheet('b');
	const { journal: counted, read } = counting();
	expect(await (await openPressArchive(counted, folder)).sheet('a')).toMatchObject({ state: 'released', number: 1 });
	expect(read()).toBe(1);
});

test.each([
	['lost', () => undefined],
	['cut short', (text: string) => text.slice(0, text.length / 2)],
	['of another version', (text: string) => text.replace('"version":"2"', '"version":"0"')],
	['of another record', (text: string) => text.replace(/"hash":"[^"]*"/, '"hash":"ffffffffffff"').replace('"number":1', '"number":9')],
	['ahead of the record', (text: string) => text.replace(/"seq":\d+,"hash"/, '"seq":999,"hash"').replace('"number":1', '"number":9')],
])('an index that is %s is made again from the record', async (_name, spoil) => {
	await draft('a');
	await release('a');
	const file = join(folder, 'index.json');
	await (await open()).sheet('a');
	const text = readFileSync(file, 'utf8');
	const spoilt = spoil(text);
	if (spoilt === text) throw new Error('nothing was spoilt');
	writeFileSync(file, spoilt ?? '');
	expect(await (await open()).sheet('a')).toMatchObject({ state: 'released', number: 1 });
});
