// What may not be: each bad request has a cause of its own and is answered with its status and code, never with a stack or a path of the
// machine; the good rows beside a bad one are kept, and the server is well afterwards.
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openTokenStore } from '../../server/journal/token-store.ts';
import { type Answer, type Ask, ask, healthOf, moved } from '../faults/kit/http.ts';
import { nightPlan } from '../faults/kit/night-plan.ts';
import { type RunningRegia, startRegia } from '../kit/server.ts';
import { sendRaw } from './raw-request.ts';

let regia: RunningRegia;
let open: RunningRegia;
const tokens: Record<string, string> = {};

beforeAll(async () => {
	[regia, open] = await Promise.all([
		startRegia({ plan: nightPlan() }),
		startRegia({ flags: ['--rehearse', 'san-martino', '--open', '--speed', '1'] }),
	]);
	tokens.source = regia.token({ kind: 'source', name: 's0', subjects: ['archive/a0', 'archive/a1', 'service/*'] });
	tokens.viewer = regia.token({ kind: 'person', name: 'osservatore', duties: [{ role: 'viewer' }] });
	tokens.lead = regia.token({ kind: 'person', name: 'turno-1', duties: [{ role: 'team-lead' }] });
	tokens.commander = regia.token({ kind: 'person', name: 'turno-2', duties: [{ role: 'commander' }] });
	tokens.author = regia.token({ kind: 'person', name: 'autore', duties: [{ role: 'press-author' }] });
	tokens.releaser = regia.token({ kind: 'person', name: 'approva', duties: [{ role: 'press-releaser' }] });
	tokens.wall = regia.token({ kind: 'display', name: 'parete', audience: 'wall' });
	tokens.field = regia.token({ kind: 'field', name: 'genova' });
	const store = openTokenStore(regia.data);
	const { id, secret } = store.make({ kind: 'person', name: 'uscito', duties: [{ role: 'commander' }] }, Date.now());
	store.revoke(id, Date.now());
	store.close();
	tokens.revoked = secret;
});
afterAll(() => Promise.all([regia.stop(), open.stop()]));
afterEach(async () => {
	expect(await healthOf(regia.url)).toBe(200);
	expect(regia.output()).not.toMatch(/"level":[56]0/);
});

const LEAKS = /node_modules|\/work\/|\/tmp\/|\.ts:\d|\bat .+\(.+:\d+:\d+\)|Error:/;

function expectProblem(answer: Answer, status: number, code: string): void {
	expect({ status: answer.status, json: answer.json }).toMatchObject({ status, json: { status, code } });
	expect(answer.headers.get('content-type')).toContain('application/problem+json');
	expect(answer.json).toMatchObject({ type: `/api/problems/${code}`, title: expect.stringMatching(/./), detail: expect.stringMatching(/./) });
	expect(answer.text).not.toMatch(LEAKS);
}

let clock = Date.now() - 3_600_000;
/** A row that nothing is wrong with; each with an instant of its own. */
const good = (rest: object = {}): object => {
	clock += 1;
	return { ...moved('a0', 1, clock), ...rest };
};
const batch = (...rows: unknown[]): string => JSON.stringify({ samples: rows });
const iso = (fromNow: number): string => new Date(Date.now() + fromNow).toISOString();

type Cause = readonly [cause: string, path: string, token: string | null, ask: Omit<Ask, 'token'>, status: number, code: string];
const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) => ({ body, headers });
const gzip = { 'content-encoding': 'gzip' };
const packed = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(gzipSync(text));

const samples = '/api/samples';
const aCount = JSON.stringify({ id: 'conteggio-1', at: iso(0), byCode: { '1': 1, '2': 0, '3': 0, '4': 0, '5': 0, none: 0 }, boarding: 0 });

/** Marks about failures; every one of them is refused, so that none of them leaves an incident behind. */
const opening = (rest: object = {}): object => ({ kind: 'incident', incident: 'guasto', act: 'open', title: 'Guasto', ...rest });
const sentence = (rest: object = {}): object => ({ kind: 'statement', statement: 'frase', text: 'Prova', audience: 'public', ...rest });
const working = { kind: 'working', subject: 'service/cartella' };
const aClock = { kind: 'clock', incident: 'guasto', law: 'nis2', act: 'start', awareAt: iso(-60_000) };
const badMarks: readonly (readonly [cause: string, mark: object, status: number, code: string])[] = [
	['an alarm that is no key', { kind: 'alarm', alarm: 'service-down', act: 'acknowledge' }, 400, 'malformed'],
	['an alarm that does not stand', { kind: 'alarm', alarm: 'service-down:service:cartella', act: 'acknowledge' }, 409, 'alarm-gone'],
	['an alarm that is shelved without a reason', { kind: 'alarm', alarm: 'a:b:c', act: 'shelve', until: iso(60_000) }, 400, 'malformed'],
	['an unknown act on an alarm', { kind: 'alarm', alarm: 'a:b:c', act: 'forget' }, 400, 'malformed'],
	['an incident without a title', opening({ title: ' ' }), 400, 'malformed'],
	['an incident of 121 characters', opening({ title: 'x'.repeat(121) }), 400, 'malformed'],
	['an incident whose id is no id', opening({ incident: 'Guasto 1' }), 400, 'malformed'],
	['an incident with somebody else’s name on it', opening({ openedBy: 'altri' }), 400, 'malformed'],
	['an incident that began without an offset', opening({ since: '2025-10-21T19:00:00' }), 400, 'malformed'],
	['an incident that is still to begin', opening({ since: iso(600_000) }), 409, 'in-the-future'],
	['an incident of another century', opening({ since: '2001-01-01T00:00:00Z' }), 409, 'too-long-ago'],
	['an incident of what the plan has not', opening({ subject: 'service/festa' }), 400, 'unknown-subject'],
	['an incident from an alarm that does not stand', opening({ alarm: 'service-down:service:cartella' }), 400, 'unknown-subject'],
	[
		'a status of an incident that there is not',
		{ kind: 'incident', incident: 'constructor', act: 'status', status: 'closed' },
		400,
		'unknown-subject',
	],
	['a status that is none', { kind: 'incident', incident: 'guasto', act: 'status', status: 'over' }, 400, 'malformed'],
	['a role that is none', { kind: 'incident', incident: 'guasto', act: 'role', role: 'owner' }, 400, 'malformed'],
	['a sentence of 501 characters', sentence({ text: 'x'.repeat(501) }), 400, 'malformed'],
	['a sentence to nobody', sentence({ audience: 'friends' }), 400, 'malformed'],
	['a sentence of six claims', sentence({ claims: Array.from({ length: 6 }, () => working) }), 400, 'malformed'],
	[
		'a sentence with nine figures',
		sentence({ linked: Array.from({ length: 9 }, () => ({ subject: 'service/cartella', measure: 'service.up' })) }),
		400,
		'malformed',
	],
	['a claim of an unknown kind', sentence({ claims: [{ kind: 'hope', subject: 'service/cartella' }] }), 400, 'malformed'],
	[
		'a claim with a bound that is no number',
		sentence({ claims: [{ kind: 'figure', subject: 'archive/a0', measure: 'archive.lag', atMost: '5' }] }),
		400,
		'malformed',
	],
	['a sentence about an incident that there is not', sentence({ incident: 'guasto' }), 400, 'unknown-subject'],
	['a sentence that is still to be said', sentence({ saidAt: iso(600_000) }), 409, 'in-the-future'],
	['a promise of yesterday', sentence({ claims: [{ kind: 'restored', subject: 'service/cartella', by: iso(-86_400_000) }] }), 409, 'promise-past'],
	['a claim about a prototype', sentence({ claims: [{ ...working, subject: 'service/constructor' }] }), 400, 'unknown-subject'],
	['a claim that nothing could check', sentence({ claims: [{ ...working, subject: 'archive/a0' }] }), 409, 'claim-empty'],
	['a linked figure that there is not', sentence({ linked: [{ subject: 'archive/a0', measure: '__proto__' }] }), 409, 'unknown-figure'],
	['a legal clock of an incident that there is not', aClock, 400, 'unknown-subject'],
	['a legal clock of an unknown law', { ...aClock, law: 'pec' }, 400, 'malformed'],
	['a legal clock from a moment without an offset', { ...aClock, awareAt: '2025-10-21T19:00:00' }, 400, 'malformed'],
	[
		'a report without a protocol number',
		{ kind: 'clock', incident: 'guasto', law: 'nis2', act: 'sent', step: 'early', at: iso(0) },
		400,
		'malformed',
	],
	['a waiver without a reason', { kind: 'clock', incident: 'guasto', law: 'nis2', act: 'waive' }, 400, 'malformed'],
	['a channel that the plan has not', { kind: 'channel', channel: 'sala', act: 'test' }, 400, 'unknown-subject'],
];
const aSheet = (rest: object = {}): object => ({
	template: 'blank',
	title: { it: 'Prova', en: '' },
	heroes: [{ key: 'archives.done', caption: null }],
	chart: null,
	lists: [],
	sentences: [],
	facts: false,
	incident: null,
	...rest,
});
const causes: readonly Cause[] = [
	['no token', samples, null, post(batch(good())), 401, 'unauthorised'],
	['a token that is none', samples, 'x'.repeat(60), post(batch(good())), 401, 'unauthorised'],
	['a revoked token', '/api/board', '$revoked', {}, 401, 'unauthorised'],
	['a display that sends samples', samples, '$wall', post(batch(good())), 403, 'not-permitted'],
	['a source that reads the board', '/api/board', '$source', {}, 403, 'not-permitted'],
	['a viewer that makes a mark', '/api/marks', '$viewer', post('{"kind":"note","text":"x"}'), 403, 'not-permitted'],
	['a ward that reads the journal', '/api/journal', '$field', {}, 403, 'not-permitted'],
	['a team lead that sets a speed', '/api/rehearsal/speed?speed=5', '$lead', { method: 'POST' }, 403, 'not-permitted'],
	['a board of a moment that has not come', '/api/board?at=2130-01-01T00:00:00Z', '$viewer', {}, 400, 'future'],
	['a board of two moments', '/api/board?seq=1&at=2020-01-01T00:00:00Z', '$viewer', {}, 400, 'bad-instant'],
	['a note of spaces', '/api/marks', '$lead', post('{"kind":"note","text":"   "}'), 400, 'malformed'],
	['an exact look at a source that has none', '/api/sources/s0/exact', '$commander', { method: 'POST' }, 404, 'no-exact-look'],
	['a basic login', '/api/board', null, { headers: { authorization: 'Basic YTpi' } }, 401, 'unauthorised'],
	['a body that is no JSON', samples, '$source', post('{"samples":['), 400, 'malformed'],
	['an empty body', samples, '$source', post(''), 400, 'malformed'],
	['a list for an object', samples, '$source', post('[]'), 400, 'malformed'],
	['null', samples, '$source', post('null'), 400, 'malformed'],
	['samples that are no list', samples, '$source', post('{"samples":{}}'), 400, 'malformed'],
	['no rows', samples, '$source', post(batch()), 400, 'malformed'],
	['an unknown key of the batch', samples, '$source', post(JSON.stringify({ samples: [good()], more: 1 })), 400, 'malformed'],
	['a body nested a million deep', samples, '$source', post(`{"samples":${'['.repeat(1_000_000)}`), 400, 'malformed'],
	['bytes that are no UTF-8', samples, '$source', post(new Uint8Array([0xff, 0xfe, 0x00, 0x9f])), 400, 'malformed'],
	['5,001 rows', samples, '$source', post(batch(...Array.from({ length: 5001 }, () => good()))), 413, 'too-large'],
	['5,001 lines', samples, '$source', post('{}\n'.repeat(5001), { 'content-type': 'application/x-ndjson' }), 413, 'too-large'],
	['a body of 5 MB', samples, '$source', post(' '.repeat(5_000_000)), 413, 'too-large'],
	['a gzip bomb', samples, '$source', post(packed(' '.repeat(100_000_000)), gzip), 413, 'too-large'],
	['torn gzip', samples, '$source', post(packed(batch(good())).slice(0, -12), gzip), 400, 'malformed'],
	['plain text that says gzip', samples, '$source', post(batch(good()), gzip), 400, 'malformed'],
	['an encoding that we do not read', samples, '$source', post(batch(good()), { 'content-encoding': 'br' }), 415, 'unsupported-encoding'],
	['gzip twice', samples, '$source', post(packed(batch(good())), { 'content-encoding': 'gzip, gzip' }), 415, 'unsupported-encoding'],
	['an empty Idempotency-Key', samples, '$source', post(batch(good()), { 'idempotency-key': '' }), 400, 'malformed'],
	['an Idempotency-Key of 201', samples, '$source', post(batch(good()), { 'idempotency-key': 'k'.repeat(201) }), 400, 'malformed'],
	['a mark that is no JSON', '/api/marks', '$lead', post('note'), 400, 'malformed'],
	['a mark of an unknown kind', '/api/marks', '$lead', post('{"kind":"dance"}'), 400, 'malformed'],
	['a note without a word', '/api/marks', '$lead', post('{"kind":"note","text":""}'), 400, 'malformed'],
	['a note of 501 characters', '/api/marks', '$lead', post(JSON.stringify({ kind: 'note', text: 'x'.repeat(501) })), 400, 'malformed'],
	['an unknown key of a mark', '/api/marks', '$lead', post('{"kind":"note","text":"x","by":"altri"}'), 400, 'malformed'],
	['a phase that the plan has not', '/api/marks', '$lead', post('{"kind":"phase","phase":"festa","state":"reached"}'), 400, 'unknown-subject'],
	[
		'a service by the name of a prototype',
		'/api/marks',
		'$lead',
		post('{"kind":"service","service":"constructor","state":"stopped"}'),
		400,
		'unknown-subject',
	],
	...badMarks.map(([cause, mark, status, code]): Cause => [cause, '/api/marks', '$commander', post(JSON.stringify(mark)), status, code]),
	['an incident by a team lead', '/api/marks', '$lead', post(JSON.stringify(opening())), 403, 'not-permitted'],
	['a sentence by a team lead', '/api/marks', '$lead', post(JSON.stringify(sentence())), 403, 'not-permitted'],
	['a sheet by a commander', '/api/press', '$commander', post(JSON.stringify({ content: aSheet() })), 403, 'not-permitted'],
	['a sheet that is no JSON', '/api/press', '$author', post('foglio'), 400, 'malformed'],
	['a sheet without content', '/api/press', '$author', post('{}'), 400, 'malformed'],
	['a sheet of an unknown template', '/api/press', '$author', post(JSON.stringify({ content: aSheet({ template: 'poster' }) })), 400, 'malformed'],
	[
		'a sheet with a title beyond its length',
		'/api/press',
		'$author',
		post(JSON.stringify({ content: aSheet({ title: { it: 'x'.repeat(201), en: '' } }) })),
		400,
		'malformed',
	],
	[
		'a sheet of seven sentences',
		'/api/press',
		'$author',
		post(JSON.stringify({ content: aSheet({ sentences: Array(7).fill({ it: 'x', en: '' }) }) })),
		400,
		'malformed',
	],
	[
		'a figure by the name of a prototype',
		'/api/press',
		'$author',
		post(JSON.stringify({ content: aSheet({ heroes: [{ key: 'constructor', caption: null }] }) })),
		422,
		'unknown-figure',
	],
	[
		'a sheet without a title',
		'/api/press',
		'$author',
		post(JSON.stringify({ content: aSheet({ title: { it: '', en: '' } }) })),
		422,
		'title-missing',
	],
	['a sheet of an entry to come', '/api/press', '$author', post(JSON.stringify({ content: aSheet(), seq: 999_999_999 })), 400, 'bad-seq'],
	[
		'a sheet with a key beyond its length',
		'/api/press',
		'$author',
		{ ...post(JSON.stringify({ content: aSheet() })), headers: { 'idempotency-key': 'x'.repeat(129) } },
		400,
		'malformed',
	],
	['figures of an entry that is none', '/api/press/figures?seq=1e3', '$author', {}, 400, 'bad-seq'],
	['figures of a moment without its offset', '/api/press/figures?at=2025-07-25T11:00:00', '$author', {}, 400, 'bad-instant'],
	['figures by a viewer', '/api/press/figures', '$viewer', {}, 403, 'not-permitted'],
	['the release of a sheet that is not there', '/api/press/aaaa-aaaa/release', '$releaser', post('{"nonce":"x"}'), 404, 'no-such-sheet'],
	['the release of a prototype', '/api/press/constructor/release', '$releaser', post('{"nonce":"x"}'), 404, 'no-such-sheet'],
	['a release with words of its own', '/api/press/aaaa-aaaa/release', '$releaser', post('{"nonce":"x","by":"altri"}'), 400, 'malformed'],
	[
		'a release under an embargo without its offset',
		'/api/press/aaaa-aaaa/release',
		'$releaser',
		post('{"embargoUntil":"2030-01-01T00:00:00"}'),
		400,
		'malformed',
	],
	['a withdrawal without a reason', '/api/press/aaaa-aaaa/withdraw', '$releaser', post('{"nonce":"x"}'), 400, 'malformed'],
	[
		'a withdrawal for a reason beyond its length',
		'/api/press/aaaa-aaaa/withdraw',
		'$releaser',
		post(JSON.stringify({ reason: 'x'.repeat(301) })),
		400,
		'malformed',
	],
	['a preview of a sheet that is not there', '/api/press/aaaa-aaaa/preview', '$author', {}, 404, 'no-such-sheet'],
	['a preview in no form', '/api/press/aaaa-aaaa/preview?format=../../etc/passwd', '$author', {}, 400, 'bad-format'],
	[
		'the release of a sheet by its mark, of one that is not there',
		'/api/marks',
		'$releaser',
		post('{"kind":"press","act":"release","sheet":"aaaa-aaaa"}'),
		400,
		'unknown-subject',
	],
	['the arming of a draft', '/api/arm', '$commander', post('{"mark":{"kind":"press","act":"draft","sheet":"aaaa-aaaa"}}'), 403, 'not-permitted'],
	['a count of another site', '/api/er/centro/count', '$field', post(aCount), 403, 'not-your-site'],
	['a count of a site that the plan has not', '/api/er/genova/count', '$field', post(aCount), 404, 'unknown-site'],
	['a count of a site by the name of a prototype', '/api/er/constructor/count', '$commander', post(aCount), 404, 'unknown-site'],
	['a count by a viewer', '/api/er/genova/count', '$viewer', post(aCount), 403, 'not-permitted'],
	['a count by a revoked token', '/api/er/genova/count', '$revoked', post(aCount), 401, 'unauthorised'],
	['a count that is no count', '/api/er/genova/count', '$field', post('{"presenti":48}'), 400, 'malformed'],
	['a feed of counts about what its token may not', '/api/er/genova/count', '$source', post(`{"at":"${iso(0)}","present":48}`), 403, 'not-your-site'],
	['a ward’s phone that asks about another', '/api/er/centro', '$field', {}, 403, 'not-your-site'],
	['seq 0', '/api/board?seq=0', '$viewer', {}, 400, 'bad-seq'],
	['a seq ahead of the record', '/api/board?seq=999999999', '$viewer', {}, 400, 'bad-seq'],
	['a seq that is no number', '/api/board?seq=1e1', '$viewer', {}, 400, 'bad-seq'],
	['an at without its offset', '/api/board?at=2025-10-22T02:13:45', '$viewer', {}, 400, 'bad-instant'],
	['an at that is no instant', '/api/board?at=ieriZ', '$viewer', {}, 400, 'bad-instant'],
	['an at before the record', '/api/board?at=1970-01-01T00:00:00Z', '$viewer', {}, 404, 'before-the-record'],
	['a from that is no seq', '/api/journal?from=-1', '$viewer', {}, 400, 'bad-seq'],
	['an unknown measure', '/api/series?subject=archive/a0&measure=toString&from=2025-10-22T00:00:00Z', '$viewer', {}, 400, 'unknown-measure'],
	['no stretch of time', '/api/series?subject=archive/a0&measure=archive.errors', '$viewer', {}, 400, 'bad-instant'],
	['a stretch without offsets', '/api/series?subject=archive/a0&measure=archive.errors&from=2025-10-26T02:30:00', '$viewer', {}, 400, 'bad-instant'],
	['a stretch backwards', '/api/series?measure=archive.errors&from=2025-10-22T01:00:00Z&to=2025-10-22T00:00:00Z', '$viewer', {}, 400, 'bad-instant'],
	['2,001 points', '/api/series?measure=archive.errors&from=2025-10-22T01:00:00Z&points=2001', '$viewer', {}, 400, 'bad-points'],
	['no points', '/api/series?measure=archive.errors&from=2025-10-22T01:00:00Z&points=', '$viewer', {}, 400, 'bad-points'],
	['a session for a token that is none', '/api/session', null, post('{"token":"x"}'), 401, 'unauthorised'],
	['a session without JSON', '/api/session', null, post('token'), 401, 'unauthorised'],
	['a cookie with a line break in it', '/api/session', null, post('{"token":"x\\r\\nSet-Cookie: a=b"}'), 401, 'unauthorised'],
	['an unknown route', '/api/boards', '$viewer', {}, 404, 'no-such-route'],
	['an unknown method', '/api/board', '$viewer', { method: 'DELETE' }, 404, 'no-such-route'],
	['a method that the metrics have not', '/metrics', '$viewer', { method: 'POST' }, 404, 'no-such-page'],
	['a page that is written to', '/wall/cutover', null, { method: 'PUT', body: 'x' }, 404, 'no-such-page'],
	['a page that is no page', '/nulla', null, { headers: { accept: 'application/json' } }, 404, 'no-such-page'],
	['broken percent-encoding in a parameter', '/api/push/%E0%A4%A', null, {}, 400, 'bad-request'],
	['broken percent-encoding in a page', '/%E0%A4%A', null, {}, 400, 'bad-request'],
	['an expired cookie', '/api/board', null, { headers: { cookie: 'regia=$revoked' } }, 401, 'unauthorised'],
	[
		'a cookie from another site',
		'/api/board',
		null,
		{ headers: { cookie: 'regia=$viewer', origin: 'https://altrove.example' } },
		401,
		'unauthorised',
	],
	['a cookie from a page of no origin', '/api/board', null, { headers: { cookie: 'regia=$viewer', origin: 'null' } }, 401, 'unauthorised'],
];

const withToken = (text: string): string => text.replace(/\$(\w+)/, (_all, name: string) => tokens[name] ?? '');

describe('a bad request is answered with a problem', () => {
	test.each(causes)('%s', async (_cause, path, token, options, status, code) => {
		const headers = Object.fromEntries(Object.entries(options.headers ?? {}).map(([name, value]) => [name, withToken(value)]));
		const answer = await ask(`${regia.url}${path}`, { ...options, headers, ...(token === null ? {} : { token: withToken(token) }) });
		expectProblem(answer, status, code);
	});

	const line = (rest: string): string => `${rest} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n`;
	test.each([
		['a header of 40 kB', `${line('GET /api/health')}x-long: ${'x'.repeat(40_000)}\r\n\r\n`, 431, 'headers-too-large'],
		['what is no HTTP', 'CIAO REGIA\r\n\r\n', 400, 'bad-request'],
		['two lengths', `${line('POST /api/samples')}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`, 400, 'bad-request'],
		['a broken chunk', `${line('POST /api/session')}Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n`, 400, 'bad-request'],
		['a path that climbs out of the API', `${line('GET /api/../../../etc/passwd')}Accept: application/json\r\n\r\n`, 404, 'no-such-route'],
		['a path that climbs out of the pages', `${line('GET /../../../../etc/passwd')}Accept: application/json\r\n\r\n`, 404, 'no-such-page'],
		['an encoded path that climbs', `${line('GET /..%2f..%2f..%2fetc%2fpasswd')}Accept: application/json\r\n\r\n`, 404, 'no-such-page'],
		['a zero byte in a path', `${line('GET /api/board%00')}Accept: application/json\r\n\r\n`, 404, 'no-such-route'],
		[
			'5 MB without a length',
			`${line('POST /api/session')}Transfer-Encoding: chunked\r\n\r\n${`10000\r\n${' '.repeat(65_536)}\r\n`.repeat(77)}0\r\n\r\n`,
			413,
			'too-large',
		],
	])('%s', async (_cause, bytes, status, code) => {
		const answer = await sendRaw(regia.port, bytes);
		expectProblem(answer, status, code);
		expect(answer.text).not.toContain('root:');
	});
});

describe('an open rehearsal', () => {
	const get = (path: string, headers: string): string => `GET ${path} HTTP/1.1\r\nConnection: close\r\n${headers}\r\n\r\n`;
	test.each([
		['another name for this machine', 'Host: regia.altrove.example'],
		['a name that begins like ours', 'Host: localhost.altrove.example'],
		['our name, from another page', `Host: 127.0.0.1\r\nOrigin: https://altrove.example`],
	])('is not shown under %s', async (_cause, headers) => {
		for (const path of ['/api/board', '/api/journal', '/metrics']) expectProblem(await sendRaw(open.port, get(path, headers)), 401, 'unauthorised');
	});

	test('is shown under a loopback name', async () => {
		expect((await ask(`${open.url}/api/board`)).status).toBe(200);
	});
});

describe('a bad row', () => {
	type RowCause = readonly [cause: string, row: () => unknown, code: string];
	const rows: readonly RowCause[] = [
		['that is no object', () => 7, 'malformed'],
		['with an unknown key', () => good({ note: 'x' }), 'malformed'],
		['with a text for its value', () => good({ value: '1' }), 'malformed'],
		['with no value', () => good({ value: null }), 'malformed'],
		['with an instant without its offset', () => good({ at: '2025-10-22T02:13:45' }), 'malformed'],
		['with an instant that is none', () => good({ at: '2025-13-45T99:00:00Z' }), 'malformed'],
		['of an unknown measure', () => good({ measure: 'archive.joy' }), 'unknown-measure'],
		['of a measure by the name of a prototype', () => good({ measure: '__proto__' }), 'unknown-measure'],
		['about what the plan has not', () => good({ subject: 'archive/zz' }), 'unknown-subject'],
		['about a prototype', () => good({ subject: 'archive/constructor' }), 'unknown-subject'],
		['about another kind of subject', () => good({ subject: 'service/cartella' }), 'wrong-subject-kind'],
		['about what its token may not', () => good({ subject: 'archive/a3' }), 'not-permitted'],
		['in another unit', () => good({ unit: 'kB' }), 'wrong-unit'],
		['below nothing', () => good({ value: -1 }), 'out-of-range'],
		['of half a byte', () => good({ value: 0.5 }), 'out-of-range'],
		['beyond an exabyte', () => good({ value: 1e19 }), 'out-of-range'],
		['from the future', () => good({ at: iso(60_000) }), 'future'],
		['from the day before yesterday', () => good({ at: iso(-90_000_000) }), 'late'],
	];

	test.each(rows)('%s is named, and the good rows about it are kept', async (_cause, row, code) => {
		const answer = await ask(`${regia.url}${samples}`, { token: tokens.source ?? '', body: batch(good(), row(), good()) });
		expect(answer.status).toBe(202);
		expect(answer.json).toMatchObject({ accepted: 2, refused: [{ index: 1, code, message: expect.stringMatching(/./) }] });
	});

	test.each(rows)('%s alone is a problem that names it', async (_cause, row, code) => {
		const answer = await ask(`${regia.url}${samples}`, { token: tokens.source ?? '', body: batch(row()) });
		expectProblem(answer, 400, 'nothing-accepted');
		expect(answer.json).toMatchObject({ accepted: 0, refused: [{ index: 0, code }] });
	});

	test('that repeats another is named, in the batch and after it', async () => {
		const one = good();
		const first = await ask(`${regia.url}${samples}`, { token: tokens.source ?? '', body: batch(one, one) });
		expect(first.json).toMatchObject({ accepted: 1, refused: [{ index: 1, code: 'duplicate' }] });
		const second = await ask(`${regia.url}${samples}`, { token: tokens.source ?? '', body: batch(good(), one) });
		expect(second.json).toMatchObject({ accepted: 1, refused: [{ index: 1, code: 'duplicate' }] });
	});

	test('too large for a number (1e999) takes no good row with it', async () => {
		const body = batch(good(), good({ value: 4711 }), good()).replace('4711', '1e999');
		const answer = await ask(`${regia.url}${samples}`, { token: tokens.source ?? '', body });
		expect(answer.json).toMatchObject({ accepted: 2, refused: [{ index: 1, code: 'not-finite' }] });
	});

	test('among lines is named by its line', async () => {
		const body = ['{"subject":', JSON.stringify(good()), '', 'ciao', JSON.stringify(good()), '[]'].join('\r\n');
		const answer = await ask(`${regia.url}${samples}`, { token: tokens.source ?? '', body, headers: { 'content-type': 'application/x-ndjson' } });
		const malformed = [0, 2, 4].map((index) => ({ index, code: 'malformed', message: expect.any(String) }));
		expect(answer.json).toMatchObject({ accepted: 2, refused: malformed });
	});
});

describe('a bad heartbeat is answered in its own dialect', () => {
	test.each([
		['a token that is none', () => '/api/push/xyz?status=up'],
		['a revoked token', () => `/api/push/${tokens.revoked}?status=up`],
		["a display's token", () => `/api/push/${tokens.wall}?status=up`],
		['a status that is none', () => `/api/push/${tokens.source}?status=boh`],
		['a ping that is no number', () => `/api/push/${tokens.source}?status=up&ping=NaN`],
	])('Kuma: %s', async (_cause, path) => {
		const answer = await ask(`${regia.url}${path()}`);
		expect(answer.status).toBe(404);
		expect(answer.json).toEqual({ ok: false, msg: expect.stringMatching(/./) });
		expect(answer.text).not.toMatch(LEAKS);
	});

	test.each([
		['a success that is none', '?success=forse'],
		['a duration that is none', '?success=true&duration=10'],
		['no success', ''],
	])('Gatus: %s', async (_cause, query) => {
		const answer = await ask(`${regia.url}/api/v1/endpoints/a_b/external${query}`, { token: tokens.source ?? '', method: 'POST' });
		expect(answer.status).toBe(400);
		expect(answer.headers.get('content-type')).toContain('text/plain');
		expect(answer.text).not.toMatch(LEAKS);
	});
});
