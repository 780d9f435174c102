// No patient in the building: a day of invented persons by every way in, well-formed, wrong and hostile, through a real server; then all that it
// answered, framed, logged and kept is searched for each word of each of them, in every shape. Leaks that are planted are found.
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../faults/kit/http.ts';
import { say, scaled } from '../faults/kit/scale.ts';
import { openScreen, type Screen } from '../faults/kit/screen.ts';
import type { KeptSecret } from '../kit/evidence.ts';
import { type FhirServer, startFhirServer } from '../kit/fhir-server.ts';
import { type InventedPerson, inventPersons, wordsOf } from '../kit/invented-persons.ts';
import { filesUnder, findIn, searchFiles } from '../kit/secret-search.ts';
import { type RunningRegia, startRegia } from '../kit/server.ts';
import { until } from '../kit/until.ts';
import { startWebService, type WebService } from '../kit/web-service.ts';
import { openPipe } from '../nights/er-pipe.ts';

const persons = inventPersons(scaled(4000, 2000));
const words: readonly KeptSecret[] = wordsOf(persons);
/** By which way each of them comes in. */
const share = (nth: number, of: number): readonly InventedPerson[] => persons.filter((_, i) => i % of === nth);
const [byMllp, byPush, byPoll] = [share(0, 3), share(1, 3), share(2, 3)];

const plan = (fhir: string, counts: number): string => `programme: { id: prova, name: Prova delle persone }
cutover: { id: notte, name: Notte, window: { start: 2025-10-21T19:00:00+02:00, end: 2025-10-22T05:00:00+02:00 } }
sites:
  nord: { label: Pronto Soccorso Nord, spaces: 400, fillsWithin: 0s }
  sud: { label: Pronto Soccorso Sud, spaces: 400, fillsWithin: 0s }
  est: { label: Pronto Soccorso Est, spaces: 400, fillsWithin: 0s }
  ovest: { label: Pronto Soccorso Ovest, spaces: 40, fillsWithin: 0s }
sources:
  ps-nord: { kind: mllp, label: Nord, settings: { application: PSNORD, site: nord, triage: [PV2-25], locations: { PS: { area: waiting }, REP: { area: elsewhere } } } }
  spinta: { kind: fhir, label: Sud, settings: { push: true, site: sud } }
  letta: { kind: fhir, label: Est, every: 300ms, timeout: 5s, settings: { url: "${fhir}", site: est, count: 1000 } }
  conteggi: { kind: counts, label: Ovest, every: 300ms, timeout: 250ms, settings: { url: "http://127.0.0.1:${counts}/", preset: lazio, at: fetch, sites: { Ospedale Ovest: ovest } } }
  feed: { kind: push, label: Feed }
`;

let regia: RunningRegia;
let fhir: FhirServer;
let counts: WebService;
let screens: readonly Screen[] = [];
const tokens: Record<string, string> = {};
/** What answered and what was framed. */
const said: string[] = [];
const frames: string[] = [];

beforeAll(async () => {
	[fhir, counts] = await Promise.all([startFhirServer(), startWebService()]);
	regia = await startRegia({ plan: plan(fhir.url, counts.port), flags: ['--rhythm', '250', '--mllp-port', '0'], env: { REGIA_LOG: 'trace' } });
	tokens.push = regia.token({ kind: 'source', name: 'spinta', subjects: ['site/*'] });
	tokens.feed = regia.token({ kind: 'source', name: 'feed', subjects: ['site/*'] });
	tokens.field = regia.token({ kind: 'field', name: 'ovest' });
	tokens.person = regia.token({ kind: 'person', name: 'comando', duties: [{ role: 'commander' }] });
	screens = (['wall', 'desk', 'field', 'press'] as const).map((audience) =>
		openScreen({ url: regia.url, token: tokens.person ?? '', audience, onFrame: (frame) => frames.push(JSON.stringify(frame)) }),
	);
	await until('every screen has a board', () => screens.every((one) => one.state() !== null));
});
afterAll(async () => {
	for (const one of screens) one.close();
	await regia.stop();
	await Promise.all([fhir.end(), counts.goDown()]);
});

const compact = (at: number): string => `${new Date(at).toISOString().replace(/[-:T]|\.\d+Z/g, '')}+0000`;
let control = 0;
function adt(trigger: string, one: InventedPerson, more: { readonly type?: string; readonly pv1?: string; readonly version?: string } = {}): string {
	control += 1;
	const now = compact(Date.now() - 60_000);
	const visit =
		more.pv1 ?? `PV1|1|E|PS^${one.surname}^1|${one.complaint}||||${one.record}^${one.surname}^${one.given}|||||||||||${one.visit}^^^${one.surname}`;
	return [
		`MSH|^~\\&|PSNORD|NORD|REGIA|PROVA|${now}||${more.type ?? `ADT^${trigger}`}|M${control}|P|${more.version ?? '2.5'}||||||UNICODE UTF-8`,
		`EVN|${trigger}|${now}|||${one.surname}^${one.given}|${now}`,
		`PID|1|${one.record}|${one.record}^^^ASL^MR~${one.taxCode}^^^MEF^NNITA||${one.surname.toUpperCase()}^${one.given.toUpperCase()}||${one.born}|F|||${one.street}^^GENOVA||${one.phone}|||||${one.record}`,
		`NK1|1|${one.surname}^${one.given}|||${one.phone}`,
		visit,
		`PV2|||${one.complaint}||||||||||||||||||||||3`,
		`OBX|1|TX|8661-1^${one.complaint}||${one.complaint}`,
		`NTE|1||${one.given} ${one.surname}, ${one.complaint}`,
		`ZPS|${one.surname}|${one.phone}`,
		'',
	].join('\r');
}

const encounterOf = (one: InventedPerson, status = 'arrived', more: Record<string, unknown> = {}): Record<string, unknown> => ({
	resourceType: 'Encounter',
	id: one.visit,
	meta: { lastUpdated: new Date(Date.now() - 30_000).toISOString(), source: one.record, tag: [{ display: one.surname }] },
	text: { status: 'generated', div: `<div>${one.given} ${one.surname} ${one.birthDate}</div>` },
	contained: [
		{ resourceType: 'Patient', name: [{ family: one.surname, given: [one.given] }], birthDate: one.birthDate, address: [{ text: one.street }] },
	],
	identifier: [{ value: one.visit }, { value: one.taxCode }],
	status,
	class: { code: 'EMER', display: one.complaint },
	subject: { reference: `Patient/${one.record}`, display: `${one.given} ${one.surname}`, identifier: { value: one.taxCode } },
	priority: { coding: [{ code: '3', display: one.complaint }], text: one.complaint },
	reasonCode: [{ text: one.complaint }],
	period: { start: new Date(Date.now() - 3_600_000).toISOString() },
	location: [{ location: { reference: `Location/${one.surname}`, display: one.street } }],
	note: [{ text: `${one.surname} ${one.phone}` }],
	...more,
});

async function hear(path: string, token: string, options: Parameters<typeof ask>[1] = {}): Promise<number> {
	const answer = await ask(`${regia.url}${path}`, { ...options, token: tokens[token] ?? '' });
	said.push(answer.text, ...[...answer.headers].map(([name, value]) => `${name}: ${value}`));
	return answer.status;
}
const post = (path: string, token: string, body: unknown, headers: Record<string, string> = {}): Promise<number> =>
	hear(path, token, { body: typeof body === 'string' ? body : JSON.stringify(body), headers });

/** Bytes as they are, and what comes back until the peer closes or is quiet for a while. */
function speak(bytes: Buffer): Promise<string> {
	return new Promise((resolve) => {
		const socket = connect(regia.mllpPort(), '127.0.0.1', () => socket.write(bytes));
		let heard = '';
		socket.setTimeout(250, () => socket.destroy());
		socket.on('data', (piece) => {
			heard += piece.toString('latin1');
		});
		socket.on('error', () => undefined);
		socket.on('close', () => resolve(heard));
	});
}
const framed = (text: string, letters: BufferEncoding = 'utf8'): Buffer =>
	Buffer.concat([Buffer.from([0x0b]), Buffer.from(text, letters), Buffer.from([0x1c, 0x0d])]);

async function sendMessages(): Promise<Readonly<Record<string, number>>> {
	const pipe = await openPipe(regia.mllpPort());
	const messages = byMllp.flatMap((one, i) => [
		adt('A04', one),
		adt('A08', one),
		...(i % 4 === 0 ? [adt('A03', one)] : []),
		...(i % 50 === 0 ? [adt('A11', one)] : []),
	]);
	const codes = await pipe.send(messages.map((text) => Buffer.from(text)));
	pipe.close();
	return codes;
}

/** Wrong in a way of its own each, and each with a person in it. */
async function sendWrongMessages(): Promise<void> {
	const [one, two] = byMllp as readonly [InventedPerson, InventedPerson];
	const wrong = [
		framed(adt('A04', one, { type: 'ORU^R01' })),
		framed(adt('A99', one)),
		framed(adt('A04', one, { pv1: `PV1|1|E|ALTROVE^${one.surname}` })),
		framed(adt('A04', one, { pv1: `${one.surname}|1|E|PS` })),
		framed(adt('A04', one).replace('|P|2.5', `|P|${one.surname}`)),
		framed(adt('A04', one).replace('|P|2.5', '|T|2.5')),
		framed(adt('A04', one).replace('UNICODE UTF-8', `${one.surname}`)),
		framed(adt('A04', one).replaceAll('+0000', `${one.surname}`)),
		framed(adt('A04', one).replace('PSNORD', 'ALTRO')),
		framed(adt('A04', one) + adt('A04', two)),
		framed(`BHS|^~\\&|${one.surname}\r${adt('A04', one)}BTS|1\r`),
		framed(adt('A04', one).slice(3)),
		framed(`${one.surname} ${one.birthDate}`),
		framed(`${adt('A04', one)}È ${one.given}`, 'latin1'),
		framed(adt('A04', one).repeat(3000)),
		Buffer.from(adt('A04', one)),
		framed(adt('A04', one)).subarray(0, -2),
		Buffer.concat([Buffer.from(`${one.surname}\r\n`), framed(adt('A04', two))]),
	];
	said.push(...(await Promise.all(wrong.map(speak))));
}

async function pushEncounters(): Promise<void> {
	for (let from = 0; from < byPush.length; from += 200) {
		const entry = byPush.slice(from, from + 200).map((one) => ({ fullUrl: `urn:${one.visit}`, resource: encounterOf(one) }));
		expect(await post('/api/er/fhir', 'push', { resourceType: 'Bundle', type: 'collection', entry })).toBe(202);
	}
	const [one, two] = byPush as readonly [InventedPerson, InventedPerson];
	const wrong: readonly unknown[] = [
		encounterOf(one, one.surname),
		encounterOf(one, 'arrived', { id: `${one.surname} ${one.given}` }),
		encounterOf(one, 'arrived', { meta: { lastUpdated: one.birthDate } }),
		encounterOf(one, 'arrived', { class: { code: one.surname } }),
		encounterOf(one, 'arrived', { resourceType: one.surname }),
		{ resourceType: 'Patient', name: [{ family: one.surname }], birthDate: one.birthDate },
		{ resourceType: 'Bundle', type: one.surname, entry: [] },
		{
			resourceType: 'Bundle',
			type: 'history',
			entry: [{ resource: { resourceType: 'Parameters', parameter: [{ name: 'type', valueCode: one.surname }] } }],
		},
		JSON.stringify(encounterOf(two)).slice(0, -5),
		`${one.surname} ${one.taxCode}`,
	];
	for (const body of wrong)
		await post('/api/er/fhir', 'push', body, { 'idempotency-key': one.taxCode, 'user-agent': one.surname, 'x-request-id': one.record });
	await post(`/api/er/fhir?patient=${one.taxCode}`, 'push', encounterOf(one, 'finished'), { 'idempotency-key': two.taxCode });
	await hear(`/api/er/${one.surname}`, 'person');
	await hear(`/api/er/fhir/${one.taxCode}`, 'person');
}

async function countByHand(): Promise<void> {
	const [one] = persons as readonly [InventedPerson];
	const byCode = { '1': 1, '2': 2, '3': 3, '4': 4, '5': 0, none: 1 };
	const at = new Date(Date.now() - 5000).toISOString();
	const count = { id: 'conteggio-1', at, byCode, boarding: 2, forms: 3 };
	expect(await post('/api/er/ovest/count', 'field', count)).toBe(202);
	for (const wrong of [
		{ ...count, note: one.complaint },
		{ ...count, id: `${one.given} ${one.surname}` },
		{ ...count, byCode: { ...byCode, [one.surname]: 1 } },
		{ ...count, boarding: one.surname },
		{ ...count, at: one.birthDate },
		one.surname,
	])
		expect(await post('/api/er/ovest/count', 'field', wrong)).toBe(400);
	await post(`/api/er/${one.surname}/count`, 'field', count);
	await post('/api/er/ovest/count', 'feed', { at, present: { [one.surname]: 1 } });
	expect(await post('/api/er/ovest/count', 'feed', { at, present: 9 })).toBe(202);
	await post('/api/samples', 'feed', { samples: [{ subject: `site/${one.surname}`, measure: one.complaint, value: one.taxCode, at }] });
}

/** A feed that says more than it should, and one that fails loudly. */
async function serveCounts(): Promise<void> {
	const [one] = persons as readonly [InventedPerson];
	const row = { ISTITUTO: 'Ospedale Ovest', COMUNE: one.street, NOTE: `${one.surname} ${one.phone}`, ROSSO_ATT: 1, TOT_OB: 2, TUTTI: 40 };
	for (const body of [
		JSON.stringify([row, { ...row, ISTITUTO: one.surname }]),
		JSON.stringify([{ ...row, TUTTI: one.taxCode }]),
		`<b>${one.surname}</b>`,
	]) {
		counts.behave({ kind: 'answer', status: 200, body, headers: { 'last-modified': one.birthDate, 'x-patient': one.surname } });
		const before = counts.asked();
		await until('the feed was read', () => counts.asked() > before + 1);
	}
	counts.behave({ kind: 'answer', status: 500, body: `${one.surname} ${one.taxCode}` });
}

type Sites = Readonly<Record<string, { readonly present: number | null }>>;
async function sites(): Promise<Sites> {
	const { json } = await ask(`${regia.url}/api/board`, { token: tokens.person ?? '' });
	return (json as { er: { sites: Sites } }).er.sites;
}

describe('patients', () => {
	test('are counted, and are nowhere', async () => {
		for (const one of byPoll) fhir.put(encounterOf(one, 'in-progress'));
		const codes = await sendMessages();
		expect(codes.AA).toBe(Object.values(codes).reduce((sum, one) => sum + one, 0));
		const gone = byMllp.filter((_, i) => i % 4 === 0 || i % 50 === 0).length;
		expect((await sites()).nord?.present).toBe(byMllp.length - gone);
		await sendWrongMessages();
		await pushEncounters();
		await countByHand();
		await serveCounts();
		await until('all of the polled ones are there', async () => (await sites()).est?.present === byPoll.length);
		const [one] = byPoll as readonly [InventedPerson];
		fhir.onAsk((_, response) => {
			response.writeHead(422).end(JSON.stringify({ resourceType: 'OperationOutcome', issue: [{ diagnostics: `${one.surname} ${one.taxCode}` }] }));
			return true;
		});
		const asked = fhir.asked.length;
		await until('the failing server was asked', () => fhir.asked.length > asked + 1);
		expect((await sites()).sud?.present).toBeGreaterThanOrEqual(byPush.length - 1);
		for (const path of [
			'/api/board',
			'/api/journal',
			'/api/health',
			'/metrics',
			'/api/er/ovest',
			'/api/audit',
			'/api/openapi.json',
			'/api/series?subject=site/nord&measure=site.present',
		])
			await hear(path, 'person');
		await until('the frames tell of it', () => frames.length > 20);
		const heard = Buffer.from([...said, ...frames].join('\n'));
		expect(findIn(words, heard)).toEqual([]);
		expect(searchFiles(words, filesUnder(regia.data)).leaks).toEqual([]);
		for (const one of screens) one.close();
		expect(await regia.stop()).toBe(0);
		const left = searchFiles(words, filesUnder(regia.data));
		expect(left.leaks).toEqual([]);
		expect(findIn(words, Buffer.from(regia.output()))).toEqual([]);
		say(
			'patients',
			`${persons.length} invented persons by MLLP, FHIR push and poll, counts and forms: ${words.length} words of theirs in ${left.shapes} shapes, searched in ${left.files} files of ${left.bytes} bytes, ${frames.length} frames, ${said.length} answers, a log of ${regia.output().length} letters: 0 found`,
		);
	});
});

describe('the search', () => {
	const [one] = persons as readonly [InventedPerson];
	const some = wordsOf(persons.slice(0, 20));
	const found = (text: string | Buffer): readonly string[] => findIn(some, Buffer.from(text)).map(({ text: word }) => word);

	test.each<readonly [string, string | Buffer, string]>([
		['a name in a log', `{"level":30,"msg":"${one.surname}"}`, one.surname],
		['a name as a registry shouts it', `PID|||^^^|${one.surname.toUpperCase()}^X`, one.surname.toUpperCase()],
		['a tax code in an address', `/api/er?cf=${one.taxCode}`, one.taxCode],
		['a birth date', JSON.stringify({ at: one.birthDate }), one.birthDate],
		['the minute of a birth', `|${one.born}|`, one.born],
		['a telephone number in an address', encodeURIComponent(one.phone), one.phone],
		['a complaint in base64', Buffer.from(`x${one.complaint}`).toString('base64'), one.complaint],
		['a record number in hexadecimal', Buffer.from(one.record).toString('hex'), one.record],
		['a street in two bytes a letter', Buffer.from(one.street, 'utf16le'), one.street],
		['a visit number', `{"visit":"${one.visit}"}`, one.visit],
	])('finds %s', (_, text, word) => {
		expect(found(text)).toContain(word);
	});

	test('finds nobody where nobody is', () => {
		expect(found(`{"present":${persons.length},"at":${Date.now()},"visit":"Zk3v-x8Zt0LbW_y2RjN5mQ"}`)).toEqual([]);
	});

	test('finds who was written into the record of a real server, and who was left in a file beside it', async () => {
		const other = await startRegia({ plan: plan(fhir.url, counts.port), flags: ['--mllp-port', '0'] });
		const person = other.token({ kind: 'person', name: 'comando', duties: [{ role: 'commander' }] });
		await ask(`${other.url}/api/marks`, { token: person, body: JSON.stringify({ kind: 'note', text: `chiamare ${one.given} ${one.surname}` }) });
		await other.stop();
		writeFileSync(join(other.data, 'scarto.hl7'), adt('A04', one));
		const { leaks } = searchFiles(some, filesUnder(other.data), other.data);
		expect(leaks.filter(({ file }) => file.startsWith('journal.db')).map(({ secret }) => secret)).toContain(one.surname);
		expect(new Set(leaks.filter(({ file }) => file === 'scarto.hl7').map(({ secret }) => secret)).size).toBeGreaterThan(7);
	});
});
