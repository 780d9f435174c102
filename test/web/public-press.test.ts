// What anybody may read of press sheets: nothing before its time, whether it still holds after, from cache, without script or cookie; and the
// live pages beside it, which give no small count away.
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canonicalJson } from '../../server/domain/freeze.ts';
import { pressFigures } from '../../server/domain/press-figures.ts';
import { pagesOf } from '../../server/press-live.ts';
import { alsoTold, keepMemory, type LiveMemory, readMemory } from '../../server/press-memory.ts';
import { livePolicy, pressPolicy, renderLivePage } from '../../server/web/press-page.ts';
import type { PressPlan } from '../../shared/plan-press.ts';
import { ask, moved, postSamples } from '../faults/kit/http.ts';
import { say, scaled } from '../faults/kit/scale.ts';
import { boardLiteral, literalNow } from '../kit/board-literal.ts';
import { breakdownLiteral, breakdownNow, dependantLiteral } from '../kit/breakdown-literal.ts';
import { censusLiteral, silentCensus, siteFacts } from '../kit/er-literal.ts';
import { openPressDesk, type PressDesk, pressPlan } from '../kit/press-desk.ts';
import { type RunningRegia, startRegia } from '../kit/server.ts';
import { until } from '../kit/until.ts';
import { sendRaw } from './raw-request.ts';

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
const inBoth = { title: { it: 'I dati <b>veri</b>', en: 'The <i>true</i> data' } };
const textOf = (html: string): string =>
	html
		.replace(/<style>.*?<\/style>/s, '')
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ');

let regia: RunningRegia;
let desk: PressDesk;
let source: string;

const page = (path: string, headers: Readonly<Record<string, string>> = {}) => ask(`${regia.url}/p/${path}`, { headers });
const bytesOf = async (path: string): Promise<Buffer> => Buffer.from(await (await fetch(`${regia.url}/p/${path}`)).arrayBuffer());

/** As a browser asks again: `fetch` would tell every cache to look away. */
const statusOf = (path: string, etag: string): Promise<number> =>
	new Promise((resolve, reject) => {
		const call = request(`${regia.url}/p/${path}`, { agent: false, headers: { 'if-none-match': etag } }, (answer) => {
			answer.resume();
			answer.once('end', () => resolve(answer.statusCode ?? 0));
		});
		call.once('error', reject);
		call.end();
	});

beforeAll(async () => {
	regia = await startRegia({ plan: pressPlan() });
	desk = openPressDesk(regia);
	source = regia.token({ kind: 'source', name: 's0', subjects: ['*'] });
	await postSamples(regia.url, source, [moved('a0', 5e11, Date.now())]);
}, 30_000);
afterAll(() => regia?.stop());

describe('GET /p/:id', () => {
	let sheet: string;
	beforeAll(async () => {
		sheet = await desk.released(inBoth);
	}, 30_000);

	test('is the sheet as real text, for anybody, without a cookie or a script, kept by caches for a while', async () => {
		const { status, headers, text } = await page(sheet);
		expect(status).toBe(200);
		expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
		expect(headers.get('cache-control')).toBe('public, max-age=5');
		expect(headers.get('content-security-policy')).toBe(pressPolicy);
		expect(headers.get('set-cookie')).toBeNull();
		expect(text).not.toMatch(/<script|<link|url\(|https?:\/\//i);
		expect(Buffer.byteLength(text)).toBeLessThan(150_000);
		const said = textOf(text);
		for (const words of [
			'vale ancora',
			'n. 1/',
			'I dati &lt;b&gt;veri&lt;/b&gt;',
			'I servizi continuano.',
			sheet.toUpperCase(),
			'10 milioni',
			'Delibera inventata',
		])
			expect(said).toContain(words);
		expect(text).not.toContain('<b>veri');
		expect(said).not.toMatch(/autore|approva\b|person\//);
	});

	test('has its style allowed by its hash, and nothing else', async () => {
		const style = /<style>(.*?)<\/style>/s.exec((await page(sheet)).text)?.[1] ?? '';
		expect(pressPolicy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
		expect(pressPolicy).toContain("default-src 'none'");
	});

	test('gives whoever comes with a cookie of the room the very same page, and no cookie', async () => {
		const known = await page(sheet, { cookie: `regia=${regia.token({ kind: 'display', name: 'parete', audience: 'wall' })}` });
		expect(known.text).toBe((await page(sheet)).text);
		expect(known.headers.get('set-cookie')).toBeNull();
	});

	test('is answered 304 to who has it, is another in English, and is found as it is typed', async () => {
		const first = await page(sheet);
		const etag = first.headers.get('etag') ?? '';
		expect(await statusOf(sheet, etag)).toBe(304);
		expect(await statusOf(`${sheet}?lang=en`, etag)).toBe(200);
		expect(textOf((await page(`${sheet}?lang=en`)).text)).toContain('This sheet still holds');
		expect((await page(sheet.toUpperCase())).text).toBe(first.text);
	});

	test('lists its files with their own digests, and each is what the digest says', async () => {
		const { text } = await page(sheet);
		const listed = [...text.matchAll(/<li><a href="\/p\/([^"]+)">[^<]+<\/a>.*?<code>([0-9a-f]{64})<\/code>/g)].map(([, href = '', digest = '']) => [
			href.replaceAll('&amp;', '&'),
			digest,
		]);
		expect(listed.map(([href = '']) => href.replace(sheet, 'id'))).toEqual([
			'id.png?lang=it&format=wide',
			'id.png?lang=it&format=square',
			'id.pdf?lang=it&format=a4',
			'id.pdf?lang=it&format=wide',
			'id.html?lang=it',
		]);
		for (const [href = '', digest] of listed) expect([href, sha256(await bytesOf(href))]).toEqual([href, digest]);
	});

	test('has its data and their digest as JSON: whoever canonicalises them comes to what is printed', async () => {
		const { json, text } = await page(`${sheet}.json`);
		const { digest, frozen, state, number } = json as { digest: string; frozen: object; state: string; number: number };
		expect([state, number, sha256(canonicalJson(frozen))]).toEqual(['released', 1, digest]);
		expect((await page(sheet)).text).toContain(digest);
		expect(text).not.toContain('person/');
		const changed = JSON.parse(JSON.stringify(frozen).replace('"value":500', '"value":501')) as object;
		expect(sha256(canonicalJson(changed))).not.toBe(digest);
	});

	test('is drawn anew to the same bytes when its files are lost, and is the same after a restart and more entries', async () => {
		const paths = [sheet, `${sheet}.png`, `${sheet}.pdf`, `${sheet}.html?lang=en`, `${sheet}.json`];
		const before = await Promise.all(paths.map(async (path) => sha256(await bytesOf(path))));
		const kept = join(regia.data, 'press/files');
		expect(readdirSync(kept).length).toBeGreaterThan(10);
		const entries = scaled(10_000, 1000);
		for (let sent = 0; sent < entries; sent += 50)
			await Promise.all(
				Array.from({ length: 50 }, (_, n) => postSamples(regia.url, source, [moved('a1', sent + n + 1, Date.now() - 20_000 + sent + n)])),
			);
		say('a sheet', `${entries} entries after it`);
		await regia.stop();
		rmSync(join(regia.data, 'press'), { recursive: true });
		regia = await startRegia({ plan: pressPlan(), data: regia.data });
		desk = openPressDesk(regia);
		expect(await Promise.all(paths.map(async (path) => sha256(await bytesOf(path))))).toEqual(before);
	}, 60_000);
});

describe('what is not out', () => {
	test('is not found before its release, nor under its embargo, and is found when that is over', async () => {
		const sheet = await desk.draft();
		for (const path of [sheet, `${sheet}.json`, `${sheet}.png`]) expect((await page(path)).status).toBe(404);
		const embargoUntil = new Date(Date.now() + 2500).toISOString();
		const isOver = (): boolean => Date.now() >= Date.parse(embargoUntil);
		expect((await desk.release(sheet, { embargoUntil })).status).toBe(202);
		const early = (await page(`${sheet}.json`)).status;
		if (!isOver()) expect(early).toBe(404);
		await until('the end of the embargo', async () => (await page(sheet)).status === 200, 10_000);
		expect(isOver()).toBe(true);
	});

	test.each([
		'aaaa-aaaa',
		'aaaa-aaaa.png',
		'constructor',
		'__proto__',
		'..%2f..%2fetc%2fpasswd',
		'%3Cscript%3Ealert(1)%3C%2Fscript%3E',
		'aaaa-aaaa.svg',
		'aaaa-aaaa.png.pdf',
		'aaaa-aaaa%00.png',
		'live',
		'live/niente',
		'live/__proto__',
		'live/%3Cscript%3E',
		'x'.repeat(2000),
	])('%s: nothing, and nothing of it said again', async (path) => {
		const { status, text, headers } = await page(path);
		expect(status).toBe(404);
		expect(text).not.toMatch(/alert|passwd|proto|aaaa|niente|xxxx|%3C|\/work\//);
		expect(headers.get('content-security-policy')).toContain("default-src 'none'");
	});

	test.each(['GET /p/../../etc/passwd HTTP/1.1', 'GET /p/..%5c..%5c HTTP/1.1', 'GET /p/%ff HTTP/1.1', 'GET //p/aaaa-aaaa HTTP/1.1'])(
		'%s reads no file',
		async (line) => {
			const answer = await sendRaw(regia.port, `${line}\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
			expect(String(answer)).not.toMatch(/root:|\/work\//);
		},
	);
});

describe('what became of a sheet', () => {
	test('superseded: it says by which, its picture has the watermark, and the files that were released keep their digests', async () => {
		const older = await desk.released();
		const before = { page: (await page(older)).text, png: sha256(await bytesOf(`${older}.png`)) };
		const newer = await desk.draft();
		const embargoUntil = new Date(Date.now() + 2000).toISOString();
		expect((await desk.release(newer, { supersedes: older, embargoUntil })).status).toBe(202);
		// Nobody is told of what may not be told yet.
		const early = await page(older);
		if (Date.now() < Date.parse(embargoUntil)) expect(textOf(early.text)).toContain('vale ancora');
		await until('the end of the embargo', async () => (await page(newer)).status === 200, 10_000);
		const { status, text } = await page(older);
		expect(status).toBe(200);
		expect(textOf(text)).toContain(`SOSTITUITO Questo foglio è stato sostituito da ${newer.toUpperCase()}`);
		expect(text).toContain(`href="/p/${newer}?lang=it"`);
		expect(text).toContain(before.png);
		// The digests are of what was released; what is served has the watermark, and is not linked beside them.
		expect(textOf(text)).toContain('sono dei file come furono pubblicati');
		expect(text).not.toContain(`<a href="/p/${older}.png`);
		expect(sha256(await bytesOf(`${older}.png`))).not.toBe(before.png);
		expect((await page(`${older}.json`)).json).toMatchObject({ state: 'superseded', supersededBy: newer });
	});

	test('superseded by one under embargo whose own correction is out: it says by that one', async () => {
		const [oldest, between, newest] = [await desk.released(), await desk.draft(), await desk.draft()];
		await desk.release(between, { supersedes: oldest, embargoUntil: new Date(Date.now() + 3_600_000).toISOString() });
		expect(textOf((await page(oldest)).text)).toContain('vale ancora');
		expect((await desk.release(newest, { supersedes: between })).status).toBe(202);
		expect((await page(`${oldest}.json`)).json).toMatchObject({ state: 'superseded', supersededBy: newest });
		expect(textOf((await page(oldest)).text)).not.toContain('vale ancora');
		expect((await page(between)).status).toBe(404);
	});

	test('withdrawn: it is gone, and its page says when and why; one withdrawn under embargo was never there', async () => {
		const sheet = await desk.released();
		expect((await desk.withdraw(sheet, 'Una <cifra> era sbagliata')).status).toBe(202);
		for (const path of [sheet, `${sheet}.png`, `${sheet}.pdf`, `${sheet}.html`, `${sheet}.json`])
			expect([path, (await page(path)).status]).toEqual([path, 410]);
		const said = textOf((await page(sheet)).text);
		expect(said).toMatch(/RITIRATO Questo foglio è stato ritirato il .* perché: Una &lt;cifra&gt; era sbagliata/);
		expect(said).not.toContain('vale ancora');
		const hidden = await desk.draft();
		await desk.release(hidden, { embargoUntil: new Date(Date.now() + 3_600_000).toISOString() });
		await desk.withdraw(hidden, 'Prima del tempo');
		expect((await page(hidden)).status).toBe(404);
	});
});

describe('GET /p/live/:name', () => {
	test('is a few figures with their instant, without a cookie or a script, and can be shown on other sites', async () => {
		const { status, headers, text } = await page('live/adesso');
		expect(status).toBe(200);
		expect(headers.get('content-security-policy')).toBe(livePolicy);
		expect(livePolicy).toContain('frame-ancestors *');
		expect(headers.get('cache-control')).toBe('public, max-age=30');
		expect(headers.get('set-cookie')).toBeNull();
		expect(text).toContain('http-equiv="refresh" content="60"');
		expect(text).not.toMatch(/<script|<link|url\(/i);
		expect(Buffer.byteLength(text)).toBeLessThan(150_000);
		const said = textOf(text);
		expect(said).toMatch(/I dati adesso Situazione alle \d\d:\d\d/);
		expect(said).toMatch(/Pronto Soccorso — dato non visibile in questo momento/);
		expect(text).toMatch(/<progress max="1"/);
	});

	test('is reckoned at most once a minute, whatever comes in between', async () => {
		const { text } = await page('live/adesso');
		await postSamples(regia.url, source, [moved('a0', 9e11, Date.now())]);
		expect((await page('live/adesso')).text).toBe(text);
	});

	const press = {
		issuer: 'Regione inventata',
		live: { uno: { title: { it: 'Uno' }, figures: ['dependants.blocked/medici'] } },
		policy: {},
		facts: [],
	} as unknown as PressPlan;
	const counted = (count: number) => {
		const board = breakdownLiteral();
		const dependants = Object.fromEntries(Object.entries(board.dependants).map(([id, one]) => [id, { ...one, count }]));
		return {
			board: { ...board, dependants },
			press: { ...press, policy: { 'dependant.up': { press: 'public', smallest: 5 } } } as PressPlan,
			at: breakdownNow,
		};
	};

	test('what was hidden once stays hidden, on every page and over restarts', () => {
		const memory: LiveMemory = { hidden: new Set(), counts: null };
		let kept = 0;
		const shown = (count: number): string => {
			const one = pagesOf(counted(count), memory, () => {
				kept += 1;
				return true;
			}).get('uno');
			return one === undefined ? 'none' : textOf(renderLivePage(one, 'it'));
		};
		const many = shown(120);
		const few = shown(3);
		const manyAgain = shown(120);
		if (!many.includes('120')) throw new Error(`the literal changed: ${many}`);
		expect(few).toContain('non indicato');
		expect(few).not.toMatch(/\b3\b|meno di/);
		expect(manyAgain).toBe(few);
		expect(kept).toBe(3);
		// A page that forgets is caught.
		memory.hidden.clear();
		expect(shown(120)).not.toBe(few);
	});

	test('all or nothing of a large number is no small number: 0 is told as 0, before and after all of them', () => {
		const memory: LiveMemory = { hidden: new Set(), counts: null };
		const shown = (isUp: boolean): (string | undefined)[] => {
			const { board, ...rest } = counted(3010);
			const dependants = isUp ? { medici: dependantLiteral('Medici', breakdownNow, { count: 3010, seenAgoMs: 1000 }) } : board.dependants;
			const figure = pagesOf({ board: { ...board, dependants }, ...rest }, memory, () => true).get('uno')?.figures[0];
			return [figure?.text.it, figure?.note?.it];
		};
		expect([shown(true), shown(false), shown(true)]).toEqual([
			['0', undefined],
			['3.010', undefined],
			['0', undefined],
		]);
		expect([...memory.hidden]).toEqual([]);
	});

	test('what is withheld for what was once small is not said to be small', () => {
		const memory: LiveMemory = { hidden: new Set(['dependants.blocked/medici']), counts: null };
		const one = pagesOf(counted(7812), memory, () => true).get('uno')?.figures[0];
		expect([one?.text.it, one?.note]).toEqual([
			'non indicato',
			{
				it: 'per non far ricavare numeri piccoli, di adesso o di prima',
				en: 'so that no small number, of now or of before, can be worked out',
			},
		]);
	});

	describe('of people in emergency rooms', () => {
		const HOUR = 3_600_000;
		const rooms = (at: number) => ({
			board: boardLiteral({
				sites: Object.fromEntries([8, 12, 40].map((many, i) => [`ps-${i}`, siteFacts(`PS ${i}`, many, 20, { census: censusLiteral(many) })])),
			}),
			press: {
				...press,
				live: { uno: { title: { it: 'Uno' }, figures: ['sites.presentTotal'] } },
				policy: { 'site.present': { press: 'public' } },
			} as unknown as PressPlan,
			at,
		});
		const total = (memory: LiveMemory, at: number, canKeep = true): string | undefined =>
			pagesOf(rooms(at), memory, () => canKeep).get('uno')?.figures[0]?.text.it;

		test('where the memory is lost nothing is told, for a day; where it is whole, or nobody could have told, it is', () => {
			const lost: LiveMemory = { hidden: new Set(), counts: null, since: null };
			expect(total(lost, literalNow)).toBe('non indicato');
			expect([lost.since, lost.counts]).toEqual([literalNow, null]);
			expect(total({ hidden: new Set(), counts: null, since: literalNow - 23 * HOUR }, literalNow)).toBe('non indicato');
			expect(total({ hidden: new Set(), counts: null, since: literalNow - 24 * HOUR }, literalNow)).toBe('60');
		});

		/** 14 and 9, and before them a room with so many; `silent`: nobody has heard of that one for long. */
		const night = (many: number, isSilent = false) => {
			const { press, at } = rooms(literalNow);
			const census = (count: number) => ({ census: censusLiteral(count) });
			const sites = {
				uno: siteFacts('PS uno', many, 20, isSilent ? silentCensus(many) : census(many)),
				due: siteFacts('PS due', 14, 20, census(14)),
				tre: siteFacts('PS tre', 9, 20, census(9)),
			};
			return { board: boardLiteral({ sites }), press, at };
		};
		const mindful = (): LiveMemory => ({ hidden: new Set(), counts: null, since: 0 });

		test('a room that goes silent does not give away how few were in it, by what the total is less: live', () => {
			const memory = mindful();
			const live = (view: ReturnType<typeof night>) => pagesOf(view, memory, () => true).get('uno')?.figures[0]?.text.it;
			expect([live(night(3)), live(night(3, true)), live(night(3))]).toEqual(['26', 'non indicato', 'non indicato']);
			const many = mindful();
			const open = (view: ReturnType<typeof night>) => pagesOf(view, many, () => true).get('uno')?.figures[0]?.text.it;
			expect([open(night(30)), open(night(30, true)), open(night(30))]).toEqual(['53', '23', '53']);
		});

		test('nor from one sheet to the next, nor over a restart', () => {
			const file = join(mkdtempSync(join(tmpdir(), 'regia-told-')), 'told.json');
			const sheet = (view: ReturnType<typeof night>): (string | undefined)[] => {
				const memory = existsSync(file) ? readMemory(file) : mindful();
				const { figures, counts } = pressFigures({ ...view, counts: memory.counts });
				alsoTold(memory, counts);
				keepMemory(file, memory);
				const keys = ['sites.presentTotal', 'site.present/uno', 'site.present/due', 'site.present/tre'];
				return keys.map((key) => figures.find((one) => one.key === key)?.text.it);
			};
			expect(sheet(night(3))).toEqual(['26', 'meno di 5', '14', 'non indicato']);
			expect(sheet(night(3, true))).toEqual(['non indicato', '—', '14', 'non indicato']);
			expect(sheet(night(3))).toEqual(['non indicato', 'meno di 5', '14', 'non indicato']);
		});

		test('what is kept in mind of them is no answer to anybody', async () => {
			const { json } = await ask(`${regia.url}/api/press/figures`, { token: desk.author });
			expect(Object.keys(json as object)).toEqual(expect.arrayContaining(['figures', 'courses', 'facts']));
			expect(json).not.toHaveProperty('counts');
		});

		test('what cannot be kept in mind is not told', () => {
			expect(total({ hidden: new Set(), counts: null, since: 0 }, literalNow, false)).toBe('non indicato');
		});

		test.each([
			['missing', null],
			['cut off', '{"hidden":[],"coun'],
			['of before', '{"hidden":[],"counts":null}'],
			['of another version', '{"hidden":["dependants.blocked/farmacie"],"counts":{"cells":{},"totals":{},"told":[]},"since":0}'],
		])('a memory that is %s is a lost one; one that was kept is read as it was', (_name, text) => {
			const file = join(mkdtempSync(join(tmpdir(), 'regia-told-')), 'told.json');
			if (text !== null) writeFileSync(file, text);
			expect(readMemory(file)).toEqual({ hidden: new Set(), counts: null, since: null });
			const memory: LiveMemory = { hidden: new Set(['a']), counts: null, since: 0 };
			total(memory, literalNow);
			expect(keepMemory(file, memory)).toBe(true);
			expect(readMemory(file)).toEqual(memory);
		});

		test('it lies beside the record, and not in the folder that may be thrown away', async () => {
			await ask(`${regia.url}/api/press/figures`, { token: desk.author });
			expect([existsSync(join(regia.data, 'told-of-people.json')), existsSync(join(regia.data, 'press/live.json'))]).toEqual([true, false]);
		});
	});

	test('says PROVA in a rehearsal', () => {
		const view = counted(120);
		const one = pagesOf({ ...view, board: { ...view.board, rehearsal: true } }, { hidden: new Set(), counts: null }, () => true).get('uno');
		expect(one === undefined ? '' : textOf(renderLivePage(one, 'it'))).toContain('PROVA');
		expect(one === undefined ? '' : textOf(renderLivePage(one, 'en'))).toContain('REHEARSAL');
	});
});
