// Feeds of counts: two regions' public shapes, mapped JSON and CSV, what is missing or does not add up, and that no text of a feed comes out.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Look, ReaderContext } from '../../server/connectors/connector.ts';
import { countsConnector } from '../../server/connectors/counts.connector.ts';
import { headsIn, instantIn } from '../../server/connectors/counts-rows.ts';
import { openTargets } from '../../server/connectors/targets.ts';
import { assertClean, connectorContract, contextOf, MARKER } from '../contracts/connector-contract.ts';
import { isFull, say } from '../faults/kit/scale.ts';
import { startWebService, type WebService } from '../kit/web-service.ts';

const now = Date.parse('2025-10-21T19:47:00+02:00');
const told = '21/10/2025 19:45';
const toldAt = Date.parse('2025-10-21T19:45:00+02:00');

/** As Lazio publishes it; every figure is invented. */
const lazioRow = (institute: string, town: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
	ISTITUTO: institute,
	COMUNE: town,
	ASL: 'RM 1',
	TIPO: 'DEA II',
	DATA: told,
	ROSSO_ATT: 0,
	ARANCIONE_ATT: 2,
	AZZURRO_ATT: 9,
	VERDE_ATT: 14,
	BIANCO_ATT: 1,
	NONESEG_ATT: 4,
	TOT_ATT: 30,
	ROSSO_TRATT: 3,
	ARANCIONE_TRATT: 11,
	AZZURRO_TRATT: 20,
	VERDE_TRATT: 8,
	BIANCO_TRATT: 0,
	NONESEG_TRATT: 1,
	TOT_TRATT: 43,
	TOT_RT: 12,
	TOT_OB: 6,
	TUTTI: 91,
	NOTE: MARKER,
	...more,
});
const lazioFigures = {
	waiting1: 0,
	waiting2: 2,
	waiting3: 9,
	waiting4: 14,
	waiting5: 1,
	waitingNone: 4,
	waiting: 30,
	treatment1: 3,
	treatment2: 11,
	treatment3: 20,
	treatment4: 8,
	treatment5: 0,
	treatmentNone: 1,
	treatment: 43,
	boarding: 12,
	observation: 6,
	present: 91,
	present1: 3,
	present2: 13,
	present3: 29,
	present4: 22,
	present5: 1,
	presentNone: 5,
};
const lazio = (port: number): Record<string, unknown> => ({
	url: `http://127.0.0.1:${port}/`,
	preset: 'lazio',
	sites: { 'Policlinico Umberto I': 'umberto-primo', 'Sant’Andrea|Roma': 'sant-andrea' },
});

/** As "PS Live" publishes it. */
const liguriaAnswer = {
	codice: '07090100',
	nome: MARKER,
	prontoSoccorsoAffollamento: {
		numAttRos: 0,
		numAttAra: 5,
		numAttAzz: 9,
		numAttVer: 7,
		numAttBia: 1,
		numTraRos: 14,
		numTraAra: 31,
		numTraAzz: 28,
		numTraVer: 9,
		numTraBia: 0,
		statoAffollamento: MARKER,
	},
};

connectorContract('counts', {
	connector: countsConnector,
	settings: lazio,
	mistakes: [
		['no site', { sites: undefined }, 'site'],
		['a site and sites', { site: 'sant-andrea' }, 'site'],
		['an id in capitals', { sites: { x: 'Roma' } }, 'sites.x'],
		['a region that publishes nothing', { preset: 'molise' }, 'preset'],
		['no columns', { preset: undefined }, 'columns'],
		['no word of when it was counted', { preset: undefined }, 'at'],
		['nobody to say whose a row is', { preset: undefined, columns: { present: 'X' } }, 'siteColumn'],
		['a figure that is none', { columns: { beds: 'X' } }, 'columns.beds'],
		['a zone that is none', { zone: 'Roma' }, 'zone'],
		['a separator of two letters', { csv: { separator: ';;' } }, 'csv.separator'],
		['a secret by its value', { tokenFrom: 'geheim-1' }, 'tokenFrom'],
	],
	faults: { silent: 'timeout', garbage: 'bad-answer', endless: 'too-large', refused: 'unreachable' },
	endlessHead: 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n',
	healthy: async () => {
		const service = await startWebService();
		service.behave({ kind: 'answer', status: 200, body: JSON.stringify([lazioRow('Policlinico Umberto I', 'Roma')]) });
		return { settings: lazio(service.port), end: () => service.goDown() };
	},
});

let service: WebService;
beforeAll(async () => {
	service = await startWebService();
});
afterAll(() => service.goDown());

async function lookAt(
	body: string | Buffer,
	settings: Record<string, unknown>,
	more: Partial<ReaderContext> & { headers?: Record<string, string>; status?: number } = {},
): Promise<Look> {
	const { headers = {}, status = 200, ...context } = more;
	service.behave({ kind: 'answer', status, body: body as string, headers });
	const reader = countsConnector.open({ ...settings, url: service.url }, { ...contextOf(undefined, '3s'), now: () => now, ...context });
	const look = await reader.read(AbortSignal.timeout(3000));
	await reader.close();
	assertClean(look);
	return look;
}
const figuresOf = (look: Look, site: string): Record<string, number | null> =>
	Object.fromEntries(
		(look.readings ?? []).filter(({ subject }) => subject === `site/${site}`).map(({ measure, value }) => [measure.slice('site.'.length), value]),
	);
const sitesIn = (look: Look): readonly string[] =>
	[...new Set((look.readings ?? []).map(({ subject }) => subject))].filter((one) => one.startsWith('site/')).sort();
const json = JSON.stringify;

describe('the shape of Lazio', () => {
	const umberto = (more: Record<string, unknown> = {}) => lazioRow('POLICLINICO  Umberto I', 'Roma', more);

	test('is read by code, with those not triaged yet, and dated as it says', async () => {
		const look = await lookAt(
			json([umberto(), lazioRow("SANT'ANDREA", 'ROMA', { VERDE_ATT: 15, TOT_ATT: 31, TUTTI: 92 }), lazioRow(MARKER, MARKER)]),
			lazio(0),
		);
		expect(figuresOf(look, 'umberto-primo')).toEqual(lazioFigures);
		expect(figuresOf(look, 'sant-andrea')).toEqual({ ...lazioFigures, waiting4: 15, waiting: 31, present4: 23, present: 92 });
		expect(new Set((look.readings ?? []).filter(({ subject }) => subject.startsWith('site/')).map(({ at }) => at))).toEqual(new Set([toldAt]));
		expect(look).toMatchObject({ ok: true, memory: { at: { 'umberto-primo': toldAt, 'sant-andrea': toldAt } } });
	});

	test('leaves out a facility that is not there, and does not make it empty', async () => {
		expect(sitesIn(await lookAt(json([umberto()]), lazio(0)))).toEqual(['site/umberto-primo']);
		expect(sitesIn(await lookAt('[]', lazio(0)))).toEqual([]);
	});

	test.each([
		['waiting do not add up', { TOT_ATT: 26 }],
		['waiting add up only without those not triaged', { TOT_ATT: 26, TUTTI: 87 }],
		['in treatment do not add up', { TOT_TRATT: 44, TUTTI: 92 }],
		['present are fewer than waiting and treated', { TUTTI: 72 }],
		['present are more than all together', { TUTTI: 92 }],
		['count is below nothing', { VERDE_ATT: -14 }],
		['count is half a person', { VERDE_ATT: 14.5 }],
		['count is a text', { VERDE_ATT: MARKER }],
		['count is beyond counting', { TUTTI: 1e300 }],
		['moment is none', { DATA: MARKER }],
		['moment is missing', { DATA: null }],
	])('is blind for a facility whose %s, and for no other', async (_, wrong) => {
		const look = await lookAt(json([umberto(wrong), lazioRow("Sant'Andrea", 'Roma')]), lazio(0));
		const figures = figuresOf(look, 'umberto-primo');
		expect(Object.keys(figures).sort()).toEqual(Object.keys(lazioFigures).sort());
		expect(new Set(Object.values(figures))).toEqual(new Set([null]));
		expect((look.readings ?? []).filter(({ why }) => why === 'bad-answer')).toHaveLength(Object.keys(lazioFigures).length);
		expect(figuresOf(look, 'sant-andrea')).toEqual(lazioFigures);
	});

	test('is blind for a facility that is there twice', async () => {
		expect(figuresOf(await lookAt(json([umberto(), umberto({ TUTTI: 90 })]), lazio(0)), 'umberto-primo').present).toBeNull();
	});

	const andrea = lazioRow("Sant'Andrea", 'Roma');
	test.each([
		['nothing of facilities that tell all', [umberto(), andrea], []],
		['a facility that is not there', [umberto()], ['facility-missing']],
		['each of those that are not there', [], ['facility-missing', 'facility-missing']],
		['a facility that is there twice', [umberto(), umberto(), andrea], ['facility-twice']],
		['sums that do not add up', [umberto({ TUTTI: 92 }), andrea], ['sums-disagree']],
		['a count that is none', [umberto({ VERDE_ATT: MARKER }), andrea], ['malformed']],
		['a moment that is none', [umberto({ DATA: MARKER }), andrea], ['no-time']],
		['a facility that does not tell who is present', [{ ...andrea, TUTTI: null, ROSSO_ATT: null, TOT_RT: null }, umberto()], ['incomplete']],
		['nothing of a figure from which who is present does not hang', [umberto({ TOT_RT: null }), andrea], []],
		['each facility by its own', [umberto({ DATA: null }), { ...andrea, TOT_ATT: 1 }], ['no-time', 'sums-disagree']],
	] as const)('says at its source %s', async (_, rows, codes) => {
		const look = await lookAt(json(rows), lazio(0));
		expect(look.ok && (look.refused ?? [])).toEqual(codes);
		expect(look.ok && look.events).toEqual(codes.length === 0 ? undefined : []);
	});

	test('counts those who await a bed among the treated where its sum says so', async () => {
		expect(figuresOf(await lookAt(json([umberto({ TUTTI: 73 })]), lazio(0)), 'umberto-primo').present).toBe(73);
	});

	test.each([null, '', 'n.d.', '-', undefined])('a figure that is %j is not told, and nothing is made of it', async (cell) => {
		const figures = figuresOf(await lookAt(json([umberto({ NONESEG_ATT: cell })]), lazio(0)), 'umberto-primo');
		const { waitingNone: _, presentNone: __, ...rest } = lazioFigures;
		expect(figures).toEqual(rest);
	});

	test('told again without a newer moment is no news, and is not dated anew', async () => {
		const memory = { at: { 'umberto-primo': toldAt } };
		const again = await lookAt(json([umberto()]), lazio(0), { memory });
		const beat = { subject: 'source/one', measure: 'source.beat', value: 1, at: now };
		expect(again).toEqual({ ok: true, readings: [beat], events: [], refused: ['facility-missing'] });
		const all = await lookAt(json([umberto(), lazioRow("Sant'Andrea", 'Roma')]), lazio(0), {
			memory: { at: { ...memory.at, 'sant-andrea': toldAt } },
		});
		expect(all).toEqual({ ok: true, readings: [beat] });
		const newer = await lookAt(json([umberto({ DATA: '21/10/2025 19:46' })]), lazio(0), { memory });
		expect(figuresOf(newer, 'umberto-primo')).toEqual(lazioFigures);
	});
});

test('the shape of Liguria is one facility, summed without those not triaged, and as old as its fetch', async () => {
	const settings = { preset: 'liguria', site: 'san-martino' };
	const look = await lookAt(json(liguriaAnswer), settings);
	expect(figuresOf(look, 'san-martino')).toEqual({
		...{ waiting1: 0, waiting2: 5, waiting3: 9, waiting4: 7, waiting5: 1, waiting: 22 },
		...{ treatment1: 14, treatment2: 31, treatment3: 28, treatment4: 9, treatment5: 0, treatment: 82 },
		...{ present: 104, present1: 14, present2: 36, present3: 37, present4: 16, present5: 1 },
	});
	expect(look.readings?.every(({ at }) => at === now)).toBe(true);
	const { numTraVer: _, ...less } = liguriaAnswer.prontoSoccorsoAffollamento;
	const partly = figuresOf(await lookAt(json({ prontoSoccorsoAffollamento: less }), settings), 'san-martino');
	expect(partly).toMatchObject({ waiting: 22, waiting4: 7 });
	expect(Object.keys(partly)).not.toEqual(expect.arrayContaining(['treatment', 'present', 'present4']));
	expect(await lookAt(json({ prontoSoccorsoAffollamento: less }), settings)).toMatchObject({ refused: ['incomplete'] });
	expect(look).not.toHaveProperty('refused');
});

describe('a mapped feed', () => {
	const csv = {
		format: 'csv',
		siteColumn: 'Presidio',
		sites: { 'Nizza Monferrato': 'nizza', Città: 'citta' },
		at: { column: 'Ora' },
		columns: { present: 'Presenti', waiting: 'In attesa', boarding: 'Letto' },
	};
	const lines = `Presidio;Ora;Presenti;In attesa;Letto;Note\r\n"Nizza ""Monferrato""";${told};9;9;9;\r\n"Nizza Monferrato";${told};"41,0";12;3;"${MARKER}; letto 4\nstanza 2"\r\nCittà;2025-10-21T17:45:00Z;7;0;;x\r\n\r\n`;

	test.each([
		['in CSV as it is sent in Italy', lines, csv],
		['in CSV with the mark of its letters', `\uFEFF${lines}`, csv],
		['in CSV of Windows’ letters', Buffer.from(lines, 'latin1'), { ...csv, csv: { charset: 'windows-1252' } }],
		['in CSV with commas', lines.replaceAll('41,0', '41.0').replaceAll(';', ','), { ...csv, csv: { separator: ',', decimal: '.' } }],
		['in CSV with bars', lines.replaceAll(';', '|'), { ...csv, csv: { separator: '|' } }],
		['in CSV with tabs', lines.replaceAll(';', '\t'), { ...csv, csv: { separator: '\t' } }],
		[
			'in JSON, deep inside',
			json({
				result: {
					records: [
						{ chi: { p: 'NIZZA MONFERRATO' }, n: ['41', 12, 3], t: toldAt / 1000 },
						{ chi: { p: 'Città' }, n: [7, 0], t: toldAt },
					],
				},
			}),
			{
				...csv,
				format: 'json',
				rows: 'result.records',
				siteColumn: 'chi.p',
				at: { column: 't' },
				columns: { present: 'n.0', waiting: 'n.1', boarding: 'n.2' },
			},
		],
	])('is read %s', async (_, body, settings) => {
		const look = await lookAt(body, settings);
		expect(look).toMatchObject({ ok: true });
		expect(figuresOf(look, 'nizza')).toEqual({ present: 41, waiting: 12, boarding: 3 });
		expect(figuresOf(look, 'citta')).toEqual({ present: 7, waiting: 0 });
		expect((look.readings ?? []).filter(({ subject, at }) => subject !== 'source/one' && at !== toldAt)).toEqual([]);
	});

	test('may be dated by its answer', async () => {
		const settings = { site: 'nizza', at: 'last-modified', columns: { present: 'p' } };
		const dated = await lookAt('{"p":3}', settings, { headers: { 'last-modified': 'Tue, 21 Oct 2025 17:45:00 GMT' } });
		expect(dated.readings?.[0]).toEqual({ subject: 'site/nizza', measure: 'site.present', value: 3, at: toldAt });
		const undated = await lookAt('{"p":3}', settings);
		expect(undated.readings?.[0]).toMatchObject({ measure: 'site.present', value: null, why: 'bad-answer' });
	});

	test.each([
		['no JSON', '{"a":', {}, {}, 'bad-answer'],
		['a list where one is promised inside', '{"result":[]}', { rows: 'result.records' }, {}, 'bad-answer'],
		['a text', `"${MARKER}"`, {}, {}, 'bad-answer'],
		['a page of HTML', `<html>${MARKER}</html>`, {}, {}, 'bad-answer'],
		['more rows than facilities there can be', `[${'{},'.repeat(6000)}{}]`, {}, {}, 'bad-answer'],
		['CSV with a quote that is never closed', `a;b\n"${MARKER};1\n`, { format: 'csv' }, {}, 'bad-answer'],
		['CSV of other letters than it says', Buffer.from('a;b\nCittà;1\n', 'latin1'), { format: 'csv' }, {}, 'bad-answer'],
		['CSV with a row that is cut', 'a;b;c\nx;1\n', { format: 'csv' }, {}, 'bad-answer'],
		['CSV with a column twice', 'a;b;b\nx;1;2\n', { format: 'csv' }, {}, 'bad-answer'],
		['CSV of one column: another separator', 'a,b\nx,1\n', { format: 'csv' }, {}, 'bad-answer'],
		['nothing at all as CSV', '', { format: 'csv' }, {}, 'bad-answer'],
		['a status of no token', MARKER, {}, { status: 401 }, 'unauthorised'],
		['a status of no right', MARKER, {}, { status: 403 }, 'unauthorised'],
		['a status of no such page', MARKER, {}, { status: 404 }, 'not-found'],
		['a status of too much', MARKER, {}, { status: 429 }, 'unreachable'],
		['a status of a pause', MARKER, {}, { status: 503 }, 'unreachable'],
		['a fault', MARKER, {}, { status: 500 }, 'bad-answer'],
		['a redirect', '', {}, { status: 302, headers: { location: `http://${MARKER}.invalid/` } }, 'bad-answer'],
		['an answer that is too large', ' '.repeat(8_400_000), {}, {}, 'too-large'],
		['a host beyond the targets', '{}', {}, { targets: openTargets(['10.0.0.0/8']) }, 'not-permitted'],
		['a secret that nobody set', '{}', { tokenFrom: 'MISSING_SECRET' }, {}, 'unauthorised'],
	] as const)('is blind with %s', async (_, body, more, context, why) => {
		expect(await lookAt(body as string | Buffer, { site: 'nizza', at: 'fetch', columns: { present: 'p' }, ...more }, context)).toEqual({
			ok: false,
			why,
		});
	});
});

describe('what stands in a cell', () => {
	test.each([
		[0, 0],
		['12', 12],
		[' 7 ', 7],
		['4.0', 4],
		['n.d.', undefined],
		['', undefined],
		[null, undefined],
		['-1', null],
		['1e3', null],
		['0x10', null],
		['1.5', null],
		[Number.NaN, null],
		[true, null],
		[[], null],
		['٣', null],
	])('%j is %j people', (cell, heads) => {
		expect(headsIn(cell)).toBe(heads);
	});

	const night = Date.parse('2025-10-26T02:40:00+02:00');
	test.each([
		['21/10/2025 19:45', now, '2025-10-21T17:45:00.000Z'],
		['1/10/2025 9.05', now, '2025-10-01T07:05:00.000Z'],
		['21/10/2025, 19:45:30', now, '2025-10-21T17:45:30.000Z'],
		['2025-10-21 19:45', now, '2025-10-21T17:45:00.000Z'],
		['2025-10-21T19:45:00.250', now, '2025-10-21T17:45:00.000Z'],
		['2025-10-21T19:45:00+02:00', now, '2025-10-21T17:45:00.000Z'],
		['2025-10-21T17:45:00Z', now, '2025-10-21T17:45:00.000Z'],
		[toldAt, now, '2025-10-21T17:45:00.000Z'],
		[toldAt / 1000, now, '2025-10-21T17:45:00.000Z'],
		// The hour that is there twice: the first one until the second has been.
		['26/10/2025 02:30', night, '2025-10-26T00:30:00.000Z'],
		['26/10/2025 02:30', night + 3_600_000, '2025-10-26T01:30:00.000Z'],
		['30/03/2025 02:30', now, null],
		['31/11/2025 10:00', now, null],
		['21/10/2025 24:00', now, null],
		['21/10/2025', now, null],
		['10/21/2025 19:45', now, null],
		[12, now, null],
		['', now, null],
		[null, now, null],
	])('%j, read at %d, is %j', (cell, at, expected) => {
		const instant = instantIn(cell, 'Europe/Rome', at);
		expect(instant === null ? null : new Date(instant).toISOString()).toBe(expected);
	});
});

test('a mutated feed is read, blind for a facility, or blind, and never tells what nobody counted', async () => {
	let state = 4242;
	const chance = (below: number): number => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
	const whole = Buffer.from(json([lazioRow('Policlinico Umberto I', 'Roma'), lazioRow("Sant'Andrea", 'Roma')]));
	const many = isFull ? 8000 : 250;
	const seen = { read: 0, blind: 0, failed: 0 };
	for (let i = 0; i < many; i += 1) {
		const bytes = Buffer.from(whole);
		for (let n = chance(4); n >= 0; n -= 1) bytes[chance(bytes.length)] = chance(256);
		const look = await lookAt(chance(10) === 0 ? bytes.subarray(0, chance(bytes.length)) : bytes, lazio(0));
		if (!look.ok) seen.failed += 1;
		else if (look.readings.some(({ value }) => value === null)) seen.blind += 1;
		else seen.read += 1;
		for (const { value, measure } of look.readings ?? []) if (value !== null) expect(Number.isSafeInteger(value) && value >= 0, measure).toBe(true);
		for (const site of ['umberto-primo', 'sant-andrea']) {
			const { waiting, waiting1, waiting2, waiting3, waiting4, waiting5, waitingNone } = figuresOf(look, site);
			const parts = [waiting1, waiting2, waiting3, waiting4, waiting5, waitingNone];
			if (typeof waiting === 'number' && parts.every((one) => typeof one === 'number'))
				expect(parts.reduce((sum, one) => sum + one, 0)).toBe(waiting);
		}
	}
	expect(Math.min(seen.read, seen.blind, seen.failed)).toBeGreaterThan(0);
	say('counts fuzz', `${many} mutated answers: ${seen.read} read, ${seen.blind} blind for a facility, ${seen.failed} blind`);
});
