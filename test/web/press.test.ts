// Press sheets over the wire: frozen by the server, decided by two people, compared with the record again; every step in the audit.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, moved, postSamples } from '../faults/kit/http.ts';
import { readRecord } from '../faults/kit/record.ts';
import { openScreen } from '../faults/kit/screen.ts';
import { codeOf, contentOf, openPressDesk, type PressDesk, pressPlan } from '../kit/press-desk.ts';
import { type RunningRegia, startRegia } from '../kit/server.ts';
import { until } from '../kit/until.ts';

let regia: RunningRegia;
let desk: PressDesk;
let source: string;
let viewer: string;

const tell = (bytes: number, at = Date.now()) => postSamples(regia.url, source, [moved('a0', bytes, at)]);
const get = (path: string, token = desk.author) => ask(`${regia.url}${path}`, { token });

beforeAll(async () => {
	regia = await startRegia({ plan: pressPlan(), flags: ['--rhythm', '250'] });
	desk = openPressDesk(regia);
	viewer = desk.person('visita', 'viewer');
	source = regia.token({ kind: 'source', name: 's0', subjects: ['*'] });
	for (const [minutes, bytes] of [
		[10, 1e11],
		[5, 3e11],
		[0, 5e11],
	] as const)
		await tell(bytes, Date.now() - minutes * 60_000);
	await postSamples(regia.url, source, [{ subject: 'service/pronto-soccorso', measure: 'service.up', value: 1, at: new Date().toISOString() }]);
}, 30_000);
afterAll(() => regia?.stop());

type Frozen = {
	readonly figures: readonly { readonly key: string; readonly text: { readonly it: string }; readonly value: number | null }[];
	readonly seq: number;
};
type Drafted = { readonly id: string; readonly seq: number; readonly digest: string; readonly frozen: Frozen };

describe('a draft', () => {
	test('takes its figures from the record, never from who asks, and has a digest of them', async () => {
		const { status, json } = await desk.send('/api/press', desk.author, { content: contentOf() });
		const { id, frozen, digest } = json as Drafted;
		expect(status).toBe(201);
		expect(id).toMatch(/^[2-9a-z]{4}-[2-9a-z]{4}$/);
		expect(digest).toMatch(/^[0-9a-f]{64}$/);
		expect(frozen.figures.map(({ key }) => key)).toEqual(['archives.moved', 'service.state/pronto-soccorso', 'archives.done']);
		expect(frozen.figures[0]?.text.it).toMatch(/^500\sGB$/);
	});

	test('sent again under its key is the same sheet, and a key used for something else is refused', async () => {
		const key = { 'idempotency-key': 'bozza-1' };
		const [first, again] = [
			await desk.send('/api/press', desk.author, { content: contentOf() }, key),
			await desk.send('/api/press', desk.author, { content: contentOf() }, key),
		].map(({ json }) => json as Drafted);
		expect(again).toEqual(first);
		const send = (content: object, moment: object = {}) => desk.send('/api/press', desk.author, { content, ...moment }, key);
		const corrected = contentOf({ sentences: [{ it: 'I servizi continuano, salvo uno.', en: '' }] });
		expect(codeOf(await send(corrected))).toBe('422 key-taken');
		expect(codeOf(await send(contentOf(), { seq: 2 }))).toBe('422 key-taken');
		expect((await send(contentOf())).json).toEqual(first);
		expect(codeOf(await desk.send('/api/press', desk.author, { content: corrected }, { 'idempotency-key': 'bozza-2' }))).toBe('201');
	});

	test('under one key asked by many at once is one sheet', async () => {
		const ask = () => desk.send('/api/press', desk.author, { content: contentOf() }, { 'idempotency-key': 'bozza-3' });
		const ids = (await Promise.all([ask(), ask(), ask()])).map(({ json }) => (json as Drafted).id);
		expect(new Set(ids).size).toBe(1);
	});

	test('is of the past moment that is named: a place, an instant, or both as they were read together', async () => {
		const before = (await get('/api/press/figures')).json as { seq: number; at: number };
		await new Promise((resolve) => setImmediate(resolve));
		await tell(6e11);
		const at = new Date(before.at).toISOString();
		for (const moment of [{ seq: before.seq }, { seq: before.seq, at }]) {
			const { json } = await desk.send('/api/press', desk.author, { content: contentOf(), ...moment });
			expect((json as Drafted).frozen.figures[0]?.text.it).toMatch(/^500\sGB$/);
		}
		expect(((await desk.send('/api/press', desk.author, { content: contentOf() })).json as Drafted).frozen.figures[0]?.text.it).toMatch(/^600\sGB$/);
	});

	test.each([
		['a figure that is not there', { heroes: [{ key: 'archives.lost', caption: null }] }, {}, '422 unknown-figure'],
		['a measure that is not for the press', { heroes: [{ key: 'sources.delay', caption: null }] }, {}, '422 unknown-figure'],
		['a chart that is not there', { chart: 'bodies.moved' }, {}, '422 unknown-course'],
		['a title alone', { heroes: [], lists: [], sentences: [{ it: ' ', en: '' }], facts: false }, {}, '422 empty-sheet'],
		['an incident that is not there', { incident: 'nessuno' }, {}, '422 unknown-subject'],
		['words that cannot be printed', { title: { it: 'Un titolo 🎉', en: '' } }, {}, '422 cannot-be-drawn'],
		['words that turn round', { sentences: [{ it: 'prima \u202e dopo', en: '' }] }, {}, '422 cannot-be-drawn'],
		['a figure typed over', { heroes: [{ key: 'archives.moved', caption: null, value: '150 TB' }] }, {}, '400 malformed'],
		['figures of its own', { figures: [] }, {}, '400 malformed'],
		['five in large digits', { heroes: Array.from({ length: 5 }, () => ({ key: 'archives.moved', caption: null })) }, {}, '400 malformed'],
		['what it froze itself', {}, { frozen: { sheet: {}, digest: 'x' } }, '400 malformed'],
		['an entry to come', {}, { seq: 1_000_000 }, '400 bad-seq'],
		['an instant to come', {}, { at: '2999-01-01T00:00:00Z' }, '400 future'],
		['an instant without its offset', {}, { at: '2025-07-25T11:00:00' }, '400 malformed'],
		['an instant before the record', {}, { at: '2000-01-01T00:00:00Z' }, '404 before-the-record'],
	])('is refused: %s', async (_name, content, moment, expected) => {
		const count = ((await get('/api/press')).json as { count: number }).count;
		expect(codeOf(await desk.send('/api/press', desk.author, { content: contentOf(content), ...moment }))).toBe(expected);
		expect(((await get('/api/press')).json as { count: number }).count).toBe(count);
	});

	test('comes in by no other door: not as a mark over HTTP, nor over the stream, and what is frozen beside it is not taken', async () => {
		const mark = { kind: 'press', act: 'draft', sheet: 'aaaa-aaaa' };
		expect(codeOf(await desk.send('/api/marks', desk.author, mark))).toBe('409 not-composed');
		expect(codeOf(await desk.send('/api/marks', desk.author, { ...mark, frozen: {} }))).toBe('400 malformed');
		const screen = openScreen({ url: regia.url, audience: 'press', token: desk.author });
		await until('a place', () => screen.state());
		const sent = (await (screen.socket as unknown as { emitWithAck(name: string, what: unknown): Promise<unknown> }).emitWithAck(
			'mark',
			mark,
		)) as object;
		screen.close();
		expect(sent).toMatchObject({ ok: false, code: 'not-composed' });
	});
});

describe('a release', () => {
	type Roles = readonly ('press-author' | 'press-releaser' | 'commander' | 'viewer')[];
	type Pair = readonly [author: Roles, other: Roles, sameName: boolean, expected: string];
	const pairs: readonly Pair[] = [
		[['press-author'], ['press-releaser'], false, '202'],
		[['press-author', 'press-releaser'], ['press-author', 'press-releaser'], false, '202'],
		[['press-author', 'press-releaser'], ['press-author', 'press-releaser'], true, '409 own-sheet'],
		[['press-author'], ['press-releaser'], true, '409 own-sheet'],
		[['press-author'], ['press-author'], false, '403 not-permitted'],
		[['press-author'], ['commander'], false, '403 not-permitted'],
		[['press-author'], ['viewer'], false, '403 not-permitted'],
	];
	let n = 0;
	test.each(pairs)('of a sheet by %j, by %j (the same name: %s): %s', async (author, other, sameName, expected) => {
		n += 1;
		const [one, two] = [desk.person(`coppia-${n}`, ...author), desk.person(sameName ? `Coppia-${n}` : `altra-${n}`, ...other)];
		const sheet = await desk.draft({}, {}, one);
		const mark = { kind: 'press', act: 'release', sheet };
		const nonce = await desk.nonceFor(mark, two);
		expect(codeOf(await desk.send(`/api/press/${sheet}/release`, two, { nonce }))).toBe(expected);
		// The other door is no wider.
		if (expected !== '202') expect(codeOf(await desk.send('/api/marks', two, { mark, nonce }))).not.toMatch(/^202/);
	});

	test('is forged in no way: without a nonce, with another’s, with one for other words, twice', async () => {
		const sheet = await desk.draft();
		const mark = { kind: 'press', act: 'release', sheet };
		const path = `/api/press/${sheet}/release`;
		const other = desk.person('terza', 'press-releaser');
		expect(codeOf(await desk.send(path, desk.releaser, {}))).toBe('428 not-armed');
		expect(codeOf(await desk.send(path, desk.releaser, { nonce: await desk.nonceFor(mark, other) }))).toBe('428 not-armed');
		const embargoUntil = new Date(Date.now() + 3_600_000).toISOString();
		expect(codeOf(await desk.send(path, desk.releaser, { nonce: await desk.nonceFor(mark, desk.releaser), embargoUntil }))).toBe('428 not-armed');
		expect(codeOf(await desk.send(path, desk.author, { nonce: 'x' }))).toBe('403 not-permitted');
		const screen = openScreen({ url: regia.url, audience: 'press', token: desk.releaser });
		await until('a place', () => screen.state());
		const emit = (what: unknown) =>
			(screen.socket as unknown as { emitWithAck(name: string, what: unknown): Promise<unknown> }).emitWithAck('mark', what);
		expect(await emit(mark)).toMatchObject({ ok: false, code: 'not-armed' });
		expect(await emit({ mark, nonce: 'x' })).toMatchObject({ ok: false, code: 'not-armed' });
		screen.close();
		const nonce = await desk.nonceFor(mark, desk.releaser);
		expect(codeOf(await desk.send(path, desk.releaser, { nonce }))).toBe('202');
		expect(codeOf(await desk.send(path, desk.releaser, { nonce }))).toBe('409 already');
	});

	test('of one sheet asked by many at once gives one number, and the next sheet the next', async () => {
		const [one, two] = [await desk.draft(), await desk.draft()];
		const many = await Promise.all(
			Array.from({ length: 6 }, async (_, i) => {
				const token = desk.person(`gara-${i}`, 'press-releaser');
				const nonce = await desk.nonceFor({ kind: 'press', act: 'release', sheet: one }, token);
				return desk.send(`/api/press/${one}/release`, token, { nonce });
			}),
		);
		expect(many.map(({ status }) => status).toSorted()).toEqual([202, 409, 409, 409, 409, 409]);
		const won = many.find(({ status }) => status === 202)?.json as { sheet: { number: number } };
		const next = (await desk.release(two)).json as { sheet: { number: number } };
		expect(next.sheet.number).toBe(won.sheet.number + 1);
	});
});

test('a withdrawal has a reason and is armed; the commander may, the author may not', async () => {
	const sheet = await desk.released();
	expect(codeOf(await desk.send(`/api/press/${sheet}/withdraw`, desk.releaser, { reason: '  ' }))).toBe('400 malformed');
	expect(codeOf(await desk.send(`/api/press/${sheet}/withdraw`, desk.releaser, { reason: 'errore' }))).toBe('428 not-armed');
	expect(codeOf(await desk.withdraw(sheet, 'errore', desk.author))).toBe('403 not-permitted');
	expect(codeOf(await desk.withdraw(sheet, 'Una cifra era di un altro giorno', desk.person('comando', 'commander')))).toBe('202');
	expect(codeOf(await desk.withdraw(sheet, 'errore'))).toBe('409 already');
	expect(codeOf(await desk.send('/api/press/aaaa-aaaa/withdraw', desk.releaser, { reason: 'x', nonce: 'x' }))).toBe('404 no-such-sheet');
});

test('one sheet is had by its name wherever it is kept, and those that left the board by the entry before which they were drafted', async () => {
	const sheet = await desk.draft();
	expect((await get(`/api/press/${sheet}`)).json).toMatchObject({ id: sheet, state: 'draft', author: 'person/autore' });
	expect(codeOf(await get('/api/press/aaaa-aaaa'))).toBe('404 no-such-sheet');
	expect(codeOf(await get('/api/press/constructor'))).toBe('404 no-such-sheet');
	// All of them are on the board still.
	expect((await get('/api/press')).json).toMatchObject({ older: null });
	expect((await get('/api/press?before=999999')).json).toMatchObject({ sheets: [], older: null });
	for (const before of ['0', '-1', '1e3', 'x', '']) expect(codeOf(await get(`/api/press?before=${before}`))).toBe('400 bad-seq');
});

test('a draft is drawn with its watermark for who may read it, in every form, and for nobody else', async () => {
	const sheet = await desk.draft();
	for (const [query, type] of [
		['', 'image/png'],
		['?format=square', 'image/png'],
		['?format=a4&as=pdf', 'application/pdf'],
		['?as=html', 'text/html; charset=utf-8'],
		['?as=text', 'text/plain; charset=utf-8'],
	]) {
		const { status, headers } = await get(`/api/press/${sheet}/preview${query}`);
		expect([query, status, headers.get('content-type'), headers.get('cache-control')]).toEqual([query, 200, type, 'no-store']);
	}
	expect((await get(`/api/press/${sheet}/preview?as=text`)).text).toContain('BOZZA');
	expect(codeOf(await get(`/api/press/${sheet}/preview?format=poster`))).toBe('400 bad-format');
	expect(codeOf(await get('/api/press/aaaa-aaaa/preview'))).toBe('404 no-such-sheet');
	expect(codeOf(await get(`/api/press/${sheet}/preview`, viewer))).toBe('403 not-permitted');
	const board = (await get('/api/board', viewer)).json as { press: { sheets: Record<string, unknown> }; facts: { press: { rows: object } } };
	expect([board.press.sheets[sheet], Object.keys(board.facts.press.rows).includes(sheet)]).toEqual([undefined, false]);
	const press = (await get('/api/board')).json as typeof board;
	expect(press.press.sheets[sheet]).toMatchObject({ state: 'draft', number: null });
});

test('a chart alone goes out with how it is counted, of how many it is, and its ends in words', async () => {
	const chart = { heroes: [], lists: [], sentences: [], facts: false, chart: 'archives.moved' };
	const sheet = await desk.released(chart);
	const { frozen } = (await ask(`${regia.url}/p/${sheet}.json`)).json as { frozen: { course: object } };
	expect(frozen.course).toMatchObject({ completeness: { counted: 1, of: 4 }, note: { it: expect.stringContaining('1 di 4 archivi') } });
	const pages = [`/p/${sheet}`, `/p/${sheet}.html`].map((path) => ask(`${regia.url}${path}`));
	for (const { text } of [...(await Promise.all(pages)), await get(`/api/press/${sheet}/preview?as=text`)]) {
		expect(text).toContain('1 di 4 archivi');
		expect(text).toContain('byte copiati, come li riferiscono gli strumenti di copia');
		expect(text).toMatch(/Grafico, Dati trasferiti \(.*\): da .+B \(.*\) a .+B \(/);
	}
	expect((await get(`/api/press/${sheet}/verify`)).json).toMatchObject({ same: true });
});

test('the press’s board names nobody, not even to who may read drafts: its list of sheets does', async () => {
	const sheet = await desk.released();
	const { press, statements, facts } = (await get('/api/board')).json as {
		press: object;
		statements: object;
		facts: { press: object; statements: object };
	};
	for (const part of [press, statements, facts.press, facts.statements]) expect(JSON.stringify(part)).not.toMatch(/autore|approva/);
	expect(JSON.stringify(press)).toContain(sheet);
	expect((await get('/api/press')).text).toContain('person/approva');
});

test('the record gives a draft’s words to who may read drafts, and to nobody else: neither as lines nor followed', async () => {
	const sheet = await desk.draft({ title: { it: 'Parole che nessuno ha ancora deciso', en: '' } });
	const commander = desk.person('comando-lettore', 'commander');
	const lines = async (token: string): Promise<string> => (await get('/api/journal?from=0', token)).text;
	const followed = async (token: string): Promise<string> => {
		const leave = new AbortController();
		const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' };
		const { body } = await fetch(`${regia.url}/api/journal?from=0`, { headers, signal: leave.signal });
		let text = '';
		for await (const part of body?.pipeThrough(new TextDecoderStream()) ?? []) {
			text += part;
			if (text.includes(sheet)) break;
		}
		leave.abort();
		return text;
	};
	for (const read of [lines, followed]) {
		const [forViewer, forCommander] = [await read(viewer), await read(commander)];
		expect([forViewer.includes(sheet), forViewer.includes('Parole che nessuno'), forViewer.includes('"frozen"')]).toEqual([true, false, false]);
		expect([forCommander.includes('"frozen"')]).toEqual([true]);
	}
	expect(await lines(commander)).toContain('Parole che nessuno');
});

test('a figure that the data later contradict is told to the press: in the ledger and as an alarm', async () => {
	const sheet = await desk.released();
	const judged = async () =>
		((await get('/api/board', viewer)).json as { statements: { rows?: unknown }; alarms: { active: readonly { id: string }[] } }) ?? {};
	expect(JSON.stringify((await judged()).statements)).toContain(`sheet-${sheet}`);
	await tell(4e11);
	await until(
		'the alarm',
		async () => (await judged()).alarms.active.some(({ id }) => id.startsWith('statement-contradicted:') && id.includes(sheet)),
		10_000,
	);
	expect(JSON.stringify((await judged()).statements)).toMatch(new RegExp(`sheet-${sheet}[^}]*"verdict":"contradicted"`));
	await tell(6e11);
});

test('every step stands in the audit with who and the reason, and the record folds to the same sheets after a restart', async () => {
	const sheet = await desk.released();
	await desk.withdraw(sheet, 'Prova di ritiro');
	const audited = (await get('/api/audit?act=mark-made&limit=500', desk.person('ufficio', 'administrator'))).json as {
		rows: readonly { subject: string | null; by: string; why: string | null; detail: { act?: string } }[];
	};
	const steps = audited.rows
		.filter(({ subject }) => subject === `sheet/${sheet}`)
		.map(({ by, why, detail }) => `${detail.act} ${by} ${why ?? ''}`.trim());
	expect(steps.toSorted()).toEqual(['draft person/autore', 'release person/approva', 'withdraw person/approva Prova di ritiro']);
	const notThen = { content: contentOf(), seq: 1, at: new Date().toISOString() };
	expect(codeOf(await desk.send('/api/press', desk.author, notThen))).toBe('400 bad-instant');
	const before = (await get('/api/press')).text;
	const entries = await readRecord(regia.url, viewer);
	expect(entries.filter((entry) => entry.kind === 'mark' && entry.mark.kind === 'press').length).toBeGreaterThan(3);
	await regia.stop();
	regia = await startRegia({ plan: pressPlan(), data: regia.data, flags: ['--rhythm', '250'] });
	expect((await get('/api/press')).text).toBe(before);
}, 30_000);
