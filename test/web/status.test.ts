// The public status page: what stands on it, what never does, that nothing written by anybody breaks it, and that it holds many readers.
import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { languageOf } from '../../server/web/status.route.ts';
import { renderNothing, renderStatus, statusPolicy } from '../../server/web/status-page.ts';
import { type Published, type StatusSheet, statusSheetOf } from '../../server/web/status-sheet.ts';
import type { Board, ServiceFacts } from '../../shared/board.ts';
import { judge } from '../../shared/judge.ts';
import { ask, postSamples } from '../faults/kit/http.ts';
import { nightPlan } from '../faults/kit/night-plan.ts';
import { isFull } from '../faults/kit/scale.ts';
import { blindLiteral, breakdownLiteral, breakdownNow, statementLiteral } from '../kit/breakdown-literal.ts';
import { type RunningRegia, startRegia } from '../kit/server.ts';

const MINUTE = 60_000;
const published: Published = {
	title: 'Fascicolo Sanitario: come va',
	services: ['portale-fse', 'ricetta', 'anagrafe', 'referti', 'non-c-e'],
	dependants: ['medici', 'ospedali'],
	contact: 'numero verde 800 000 000 (inventato)',
};
const writes = { writes: true, since: 0 };

const sheetOf = (board: Board, rest: { now?: number; journal?: typeof writes; published?: Published } = {}): StatusSheet =>
	statusSheetOf(rest.published ?? published, { board, judged: judge(board, rest.now ?? breakdownNow), journal: rest.journal ?? writes });
const textOf = (html: string): string =>
	html
		.replace(/<style>.*?<\/style>/s, '')
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ');
const states = (sheet: StatusSheet): string => [...sheet.services, ...sheet.dependants].map(({ state }) => state).join(' ');

describe('what is said of services', () => {
	test('that they work with the age of the look, that they are down with since when, and that it is not known where nobody heard', () => {
		const sheet = sheetOf(breakdownLiteral());
		expect(sheet.services.map(({ label, state }) => `${label}: ${state}`)).toEqual([
			'Portale Fascicolo Sanitario: down',
			'Ricetta dematerializzata: down',
			'Anagrafe assistiti: working',
			'Referti in rete: unknown',
		]);
		const text = textOf(renderStatus(sheet, 'it'));
		expect(text).toContain('Portale Fascicolo Sanitario ◆ fermo dal 14/08/2021 19:00');
		expect(text).toContain('Anagrafe assistiti ✓ funziona, visto 20 s fa');
		expect(text).toContain('Referti in rete ? non si sa, nessun dato da 22 min');
		expect(text).toContain('Situazione alle 10:42:06 CEST, 17/08/2021');
		expect(text).toContain('PROVA');
		expect(text).toContain('numero verde 800 000 000');
	});

	test('that nothing is known while Regia itself is blind, however green the last look was', () => {
		const board = blindLiteral();
		const sheet = sheetOf(board);
		expect(states(sheet)).not.toContain('working');
		expect(textOf(renderStatus(sheet, 'it'))).toContain('possono non essere aggiornate: nessun dato nuovo da 22 min');
	});

	test.each([
		[0, 'working', null],
		[3 * MINUTE, 'unknown', 3 * MINUTE + 2000],
	])('%i ms later with no news it is %s', (later, state, silent) => {
		const sheet = sheetOf(breakdownLiteral(), { now: breakdownNow + later });
		expect(sheet.services[2]?.state).toBe(state);
		expect(sheet.silentMs).toBe(silent);
	});

	/** `age limit` in seconds of each source; what the page says of silence, in seconds. */
	test.each([
		['300 720', null],
		['720 720', null],
		['721 720', 721],
		['130 60; 300 720', null],
		['130 60; 800 720', 130],
		['7000 60; 800 720', 800],
		['- 60; 30 60', null],
	])('that nothing new is known once every source is past its own limit: %s', (script, silentS) => {
		const [source] = Object.values(breakdownLiteral().sources);
		if (source === undefined) throw new Error('the literal changed');
		const sources = script.split('; ').map((one, index) => {
			const [age = '', limit = ''] = one.split(' ');
			return [`s${index}`, { ...source, talkedAt: age === '-' ? null : breakdownNow - Number(age) * 1000, staleAfterMs: Number(limit) * 1000 }];
		});
		const sheet = sheetOf({ ...breakdownLiteral(), canaries: [], sources: Object.fromEntries(sources) });
		expect(sheet.silentMs).toBe(silentS === null ? null : silentS * 1000);
	});

	test('an outage since it began, also where nobody saw the whole of it, and those whom it blocks', () => {
		const board = breakdownLiteral();
		const registry = board.services.anagrafe;
		const doctors = board.dependants.medici;
		if (!registry || !doctors) throw new Error('the literal changed');
		const [began, seenAgain] = [breakdownNow - 24 * MINUTE, breakdownNow - 22 * MINUTE];
		const down: ServiceFacts = {
			...registry,
			figures: { up: [0, breakdownNow - 5000, breakdownNow - 5000] },
			state: 'down',
			since: seenAgain,
			bookedTo: seenAgain,
			outage: { since: began, withoutMs: MINUTE },
		};
		const dependants = { ...board.dependants, medici: { ...doctors, needs: ['service/anagrafe'], figures: {} } };
		const sheet = sheetOf({ ...board, services: { ...board.services, anagrafe: down }, dependants });
		expect([sheet.services[2], sheet.dependants[0]].map((row) => [row?.state, row?.since])).toEqual([
			['down', began],
			['down', began],
		]);
	});

	test('that the record cannot be written, with its age', () => {
		const sheet = sheetOf(breakdownLiteral(), { journal: { writes: false, since: breakdownNow - 7 * MINUTE } });
		expect(textOf(renderStatus(sheet, 'en'))).toContain('This may be out of date: no new data for 7 min.');
	});

	test('that no data ever came', () => {
		expect(textOf(renderStatus(sheetOf({ ...breakdownLiteral(), sources: {} }), 'it'))).toContain('Ancora nessun dato è arrivato');
	});

	test('a planned stop until when, and those that come', () => {
		const board = breakdownLiteral();
		const [portal, registry] = [board.services['portale-fse'], board.services.anagrafe];
		if (!portal || !registry) throw new Error('the literal changed');
		const services = {
			...board.services,
			'portale-fse': { ...portal, planned: [[breakdownNow - 90 * 60 * MINUTE, breakdownNow + 60 * MINUTE]] as const },
			anagrafe: { ...registry, planned: [[breakdownNow + 600 * MINUTE, breakdownNow + 900 * MINUTE]] as const },
		};
		const text = textOf(renderStatus(sheetOf({ ...board, services }), 'it'));
		expect(text).toContain('fermo previsto fino al 17/08/2021 11:42');
		expect(text).toContain('Anagrafe assistiti dal 17/08/2021 20:42 al 18/08/2021 01:42');
	});

	test('whom a planned stop alone blocks sees a planned stop; whom anything else blocks too, that they are blocked', () => {
		const board = breakdownLiteral();
		const stopped = (...ids: readonly string[]): Board => ({
			...board,
			services: Object.fromEntries(
				Object.entries(board.services).map(([id, one]) => [
					id,
					ids.includes(id) ? { ...one, planned: [[breakdownNow - 90 * 60 * MINUTE, breakdownNow + 60 * MINUTE]] as const } : one,
				]),
			),
		});
		const down = Object.keys(judge(board, breakdownNow).services).filter((id) => judge(board, breakdownNow).services[id]?.up === false);
		const [doctors] = sheetOf(board).dependants;
		expect(doctors?.state).toBe('down');
		expect(sheetOf(stopped(...down)).dependants[0]).toMatchObject({ state: 'planned', until: breakdownNow + 60 * MINUTE });
		expect(textOf(renderStatus(sheetOf(stopped(...down)), 'it'))).toMatch(/Medici[^–◆]*– fermo previsto fino al 17\/08\/2021 11:42/);
		const unnamed = sheetOf(stopped(...down), { published: { ...published, services: [] } });
		expect(unnamed.dependants[0]).toMatchObject({ state: 'planned', until: null });
		expect(textOf(renderStatus(unnamed, 'it'))).toMatch(/Medici[^–◆]*– fermo previsto/);
		expect(sheetOf(stopped()).dependants[0]?.state).toBe('down');
	});

	test('a count of people from five on, and none below', () => {
		const board = breakdownLiteral();
		const few = (count: number): Board => ({
			...board,
			dependants: Object.fromEntries(Object.entries(board.dependants).map(([id, one]) => [id, { ...one, count }])),
		});
		expect(sheetOf(few(4)).dependants.map(({ count }) => count)).toEqual([null, null]);
		expect(renderStatus(sheetOf(few(5)), 'it')).toContain('(5)');
	});
});

describe('what was said to the public', () => {
	const sheet = sheetOf({
		...breakdownLiteral(),
		statements: {
			count: 4,
			rows: {
				...breakdownLiteral().statements.rows,
				interna: statementLiteral('Solo per le aziende sanitarie', breakdownNow - MINUTE, { audience: 'institutions' }),
			},
		},
	});

	test('stands with its time, the newest first, and is marked once it no longer holds', () => {
		expect(sheet.sentences.map(({ text }) => text)).toEqual([
			'Ripristino entro stasera',
			'Guasto al condizionamento di un data center esterno',
			'Non è un attacco informatico',
		]);
		expect(textOf(renderStatus(sheet, 'it'))).toContain('16/08/2021 09:00 Ripristino entro stasera ▲ Non più valida dal 17/08/2021 00:00');
	});

	test('nothing that was said to others', () => {
		expect(renderStatus(sheet, 'it')).not.toContain('aziende sanitarie');
	});
});

describe('what never leaves the server', () => {
	/** Everything that people and the plan wrote, marked so that it is found wherever it slips through. */
	const written = ['label', 'title', 'cause', 'text', 'by', 'openedBy', 'name', 'operator', 'team', 'protocol', 'reason'];
	const marked = (board: Board): Board =>
		JSON.parse(JSON.stringify(board), (key, value) => (typeof value === 'string' && written.includes(key) ? `${value}§` : value));

	test('no label, cause, alarm, incident, team or source but what the plan’s status names', () => {
		const whole = breakdownLiteral();
		const board = marked(whole);
		const open: Board = {
			...board,
			follows: whole.follows,
			cutovers: whole.cutovers,
			services: Object.fromEntries(
				Object.entries(board.services).map(([id, one]) => [
					id,
					published.services.includes(id) ? { ...one, label: whole.services[id]?.label ?? '' } : one,
				]),
			),
			dependants: Object.fromEntries(
				Object.entries(board.dependants).map(([id, one]) => [
					id,
					published.dependants.includes(id) ? { ...one, label: whole.dependants[id]?.label ?? '' } : one,
				]),
			),
			statements: whole.statements,
		};
		const html = renderStatus(sheetOf(open), 'it');
		expect(html).not.toContain('§');
		// The mark would be found if it slipped through.
		expect(renderStatus(sheetOf(board), 'it')).toContain('§');
	});
});

describe('the page itself', () => {
	const evil = [
		'<script>alert(1)</script>',
		'"><svg onload=alert(1)>',
		"' onmouseover='alert(1)",
		'</style><style>*{display:none}</style>',
		'<img src=x onerror=alert(1)>',
		'&lt;b&gt; &amp;amp;',
		'javascript:alert(1)',
		'\u202Eoproc\u0000\u0007',
		']]><!-- -->',
		'#{7*7}{age}{since}',
	] as const;
	const evilSheet = (text: string): StatusSheet => ({
		...sheetOf(breakdownLiteral()),
		title: text,
		contact: text,
		services: [{ label: text, state: 'working', since: null, until: null, ageMs: 1, count: 9 }],
		dependants: [{ label: text, state: 'down', since: breakdownNow, until: null, ageMs: 1, count: 9 }],
		stops: [{ label: text, from: breakdownNow, to: breakdownNow + MINUTE }],
		sentences: [{ at: breakdownNow, text, noLongerSince: breakdownNow }],
	});
	const tags = (html: string): string[] => [...html.matchAll(/<\/?([a-z0-9]+)|<!/gi)].map(([one]) => one.toLowerCase());

	test.each(evil)('%j in every field is text and nothing else', (text) => {
		const harmless = renderStatus(evilSheet('x'), 'it');
		const html = renderStatus(evilSheet(text), 'it');
		expect(tags(html)).toEqual(tags(harmless));
		// biome-ignore lint/suspicious/noControlCharactersInRegex: these are looked for
		expect(html).not.toMatch(/[\u0000\u0007\u202e]/);
		// Attributes are our own alone.
		expect([...html.matchAll(/<[a-z][^>]*>/g)].join('').match(/\son\w+=/i)).toBeNull();
	});

	test.each(['it', 'en'] as const)('%s: below 30 kB with everything as long as it can be, and says what it left out', (language) => {
		const long = '<'.repeat(80);
		const row = { label: long, state: 'down', since: breakdownNow - 9e9, until: null, ageMs: 1, count: 123_456 } as const;
		const many = <T>(one: T): T[] => Array.from({ length: 200 }, () => one);
		const html = renderStatus(
			{
				...evilSheet(long),
				services: many(row),
				dependants: many(row),
				stops: many({ label: long, from: breakdownNow - 9e9, to: breakdownNow + 9e9 }),
				sentences: many({ at: breakdownNow - 9e9, text: '"'.repeat(500), noLongerSince: breakdownNow }),
			},
			language,
		);
		expect(Buffer.byteLength(html)).toBeLessThan(30_000);
		expect(textOf(html)).toMatch(language === 'it' ? /Altre \d+ righe/ : /\d+ more lines/);
	});

	test('allows its own style by its hash and nothing else, and has a language, a viewport and no refresh of its own', () => {
		const html = renderStatus(sheetOf(breakdownLiteral()), 'en');
		const style = /<style>(.*?)<\/style>/s.exec(html)?.[1] ?? '';
		expect(statusPolicy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
		expect(statusPolicy).toContain("default-src 'none'");
		expect(html).toContain('<html lang="en">');
		expect(html).toContain('name="viewport"');
		expect(html).not.toContain('http-equiv');
		expect(html).toContain('<a href="?lang=en">Refresh the page</a>');
		expect(html).not.toMatch(/<script|<link|src=|url\(/i);
		expect(html).toContain('prefers-color-scheme');
		expect(html).toContain('@media print');
	});

	test.each([
		['', null, 'it'],
		['lang=en', null, 'en'],
		['lang=fr', null, 'it'],
		['', 'en-GB,en;q=0.9', 'en'],
		['', 'de, it;q=0.4, en;q=0.8', 'en'],
		['', 'fr, en;q=0', 'it'],
		['lang=it', 'en', 'it'],
	])('?%s with %j is read in %s', (query, header, language) => {
		expect(languageOf({ query: new URLSearchParams(query), header: () => header })).toBe(language);
	});
});

/** One request on a connection of its own. */
const fetchAlone = (url: string, headers: Readonly<Record<string, string>> = {}): Promise<{ readonly status: number; readonly etag: string }> =>
	new Promise((resolve, reject) => {
		const call = request(url, { agent: false, headers }, (answer) => {
			answer.resume();
			answer.once('end', () => resolve({ status: answer.statusCode ?? 0, etag: answer.headers.etag ?? '' }));
		});
		call.once('error', reject);
		call.end();
	});

describe('GET /status', () => {
	const plan = `${nightPlan()}status: { title: Servizi della notte, services: [pronto-soccorso, cartella] }\n`;
	let regia: RunningRegia;
	beforeAll(async () => {
		regia = await startRegia({ plan });
		const token = regia.token({ kind: 'source', name: 's0', subjects: ['*'] });
		const at = new Date().toISOString();
		await postSamples(regia.url, token, [{ subject: 'service/pronto-soccorso', measure: 'service.up', value: 1, at }]);
		const commander = regia.token({ kind: 'person', name: 'turno-1', duties: [{ role: 'commander' }] });
		for (const [statement, audience, text] of [
			['al-pubblico', 'public', 'Il <b>Pronto Soccorso</b> lavora'],
			['al-personale', 'staff', 'Usare i moduli di riserva'],
		]) {
			const { status } = await ask(`${regia.url}/api/marks`, {
				token: commander,
				body: JSON.stringify({ kind: 'statement', statement, audience, text }),
			});
			expect(status).toBe(202);
		}
	});
	afterAll(() => regia?.stop());

	test('is read by anybody, without a cookie or a script, and kept by caches for a quarter of a minute', async () => {
		const { status, headers, text } = await ask(`${regia.url}/status`);
		expect(status).toBe(200);
		expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
		expect(headers.get('cache-control')).toBe('public, max-age=15');
		expect(headers.get('content-security-policy')).toBe(statusPolicy);
		expect(headers.get('vary')).toContain('Accept-Language');
		expect(headers.get('set-cookie')).toBeNull();
		expect(textOf(text)).toMatch(/Pronto Soccorso ✓ funziona, visto pochi secondi fa/);
		expect(textOf(text)).toContain('Cartella clinica ? non si sa');
	});

	test('has what was said to the public as it was written, and not what was said to the staff', async () => {
		const { text } = await ask(`${regia.url}/status`);
		expect(text).toContain('Il &lt;b&gt;Pronto Soccorso&lt;/b&gt; lavora');
		expect(text).not.toContain('moduli');
		expect(text).not.toContain('turno-1');
	});

	test('gives whoever comes with a cookie of the room the very same page, and no cookie', async () => {
		const plain = await ask(`${regia.url}/status`);
		const token = regia.token({ kind: 'display', name: 'parete', audience: 'wall' });
		const known = await ask(`${regia.url}/status`, { headers: { cookie: `regia=${token}` } });
		expect(known.text).toBe(plain.text);
		expect(known.headers.get('set-cookie')).toBeNull();
	});

	test('answers 304 to whoever has it, and another ETag in another language', async () => {
		const etag = (await ask(`${regia.url}/status`)).headers.get('etag') ?? '';
		expect((await fetchAlone(`${regia.url}/status`, { 'if-none-match': etag })).status).toBe(304);
		expect((await ask(`${regia.url}/status?lang=en`)).headers.get('etag')).not.toBe(etag);
	});

	test('holds 500 who ask at once, with one rendering for all', async () => {
		const rounds = isFull ? 4 : 1;
		const began = performance.now();
		for (let round = 0; round < rounds; round += 1) {
			const answers = await Promise.all(Array.from({ length: 450 }, () => fetchAlone(`${regia.url}/status`)));
			const kept = Array.from({ length: 50 }, () => ask(`${regia.url}/status`));
			expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
			expect(new Set((await Promise.all(kept)).map(({ status }) => status))).toEqual(new Set([200]));
			expect(new Set(answers.map(({ etag }) => etag)).size).toBeLessThanOrEqual(2);
		}
		console.info(`/status: ${500 * rounds} readers at once in ${Math.round(performance.now() - began)} ms`);
	});

	test('a plan that publishes nothing says so in one line, as a page that is not there', async () => {
		const shut = await startRegia({ plan: nightPlan() });
		const { status, headers, text } = await ask(`${shut.url}/status`, { headers: { 'accept-language': 'en' } });
		expect(status).toBe(404);
		expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
		expect(text).toBe(renderNothing('en'));
		await shut.stop();
	});
});
