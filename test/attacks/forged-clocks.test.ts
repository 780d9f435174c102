// Forged decisions on legal clocks over the real wire, a row an attempt: each is refused, and no clock runs that its commander did not start.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Duty } from '../../server/domain/token.ts';
import { type Answer, ask } from '../faults/kit/http.ts';
import { nightPlan } from '../faults/kit/night-plan.ts';
import { openScreen } from '../faults/kit/screen.ts';
import { type RunningRegia, startRegia } from '../kit/server.ts';
import { until } from '../kit/until.ts';

const awareAt = new Date(Date.now() - 3_600_000).toISOString();
const earlier = new Date(Date.now() - 86_400_000).toISOString();
type ClockMark = Readonly<Record<string, string>>;
const start = (rest: ClockMark = {}): ClockMark => ({ kind: 'clock', incident: 'guasto', law: 'nis2', act: 'start', awareAt, ...rest });
const waive = (rest: ClockMark = {}): ClockMark => ({ kind: 'clock', incident: 'guasto', law: 'gdpr', act: 'waive', reason: 'prova', ...rest });

let regia: RunningRegia;
let commander: string;
let other: string;
let again: string;
let operator: string;
/** The seq of the one clock that runs. */
let startedAt: number;

const tokenOf = (server: RunningRegia, name: string, ...duties: readonly Duty[]): string => server.token({ kind: 'person', name, duties });
const post = (server: RunningRegia, path: string, body: object, token: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
	ask(`${server.url}${path}`, { body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers }, token });
const send = (body: object, token: string, headers?: Readonly<Record<string, string>>): Promise<Answer> =>
	post(regia, '/api/marks', body, token, headers);

async function arm(mark: object, token: string): Promise<string> {
	const { status, json } = await post(regia, '/api/arm', { mark }, token);
	if (status !== 200) throw new Error(`not armed: ${status} ${JSON.stringify(json)}`);
	return (json as { nonce: string }).nonce;
}
async function decide(mark: ClockMark): Promise<number> {
	const { status, json } = await send({ mark, nonce: await arm(mark, commander) }, commander);
	expect(status).toBe(202);
	return (json as { seq: number }).seq;
}
type Clock = { readonly awareAt: string; readonly waived?: unknown; readonly steps: readonly { readonly state: string }[] };
const clocks = async (): Promise<Readonly<Record<string, Clock>>> =>
	((await ask(`${regia.url}/api/board`, { token: commander })).json as { clocks?: Record<string, Clock> }).clocks ?? {};
const stands = async (): Promise<string> =>
	JSON.stringify(Object.entries(await clocks()).map(([key, { awareAt: from, steps }]) => [key, from, steps.map(({ state }) => state)]));

beforeAll(async () => {
	regia = await startRegia({ plan: nightPlan(), flags: ['--rhythm', '250'] });
	commander = tokenOf(regia, 'comando', { role: 'commander' });
	again = tokenOf(regia, 'comando', { role: 'commander' });
	other = tokenOf(regia, 'vice', { role: 'commander' });
	operator = tokenOf(regia, 'sala', { role: 'alarm-operator' });
	expect((await send({ kind: 'incident', incident: 'guasto', act: 'open', title: 'Guasto' }, operator)).status).toBe(202);
	startedAt = await decide(start({ law: 'gdpr' }));
});
afterAll(() => regia?.stop());

/** What is prepared is lawful; what it gives back is the attempt. */
type Row = readonly [name: string, expected: string, prepare: () => Promise<() => Promise<Answer>>];
const plainly = (attempt: () => Promise<Answer>) => async () => attempt;
const armed = (mark: ClockMark, then: (nonce: string) => Promise<Answer>) => async () => {
	const nonce = await arm(mark, commander);
	return () => then(nonce);
};

const rows: readonly Row[] = [
	['no nonce', '428 not-armed', plainly(() => send(start(), commander))],
	['a waiver without one', '428 not-armed', plainly(() => send(waive(), commander))],
	['a made-up nonce', '428 not-armed', plainly(() => send({ mark: start(), nonce: randomBytes(24).toString('base64url') }, commander))],
	['a nonce for another law', '428 not-armed', armed(start({ law: 'l90' }), (nonce) => send({ mark: start(), nonce }, commander))],
	[
		'a nonce for another moment of knowing',
		'428 not-armed',
		armed(start({ awareAt: earlier }), (nonce) => send({ mark: start(), nonce }, commander)),
	],
	['a nonce for starting, sent with a waiver', '428 not-armed', armed(start(), (nonce) => send({ mark: waive(), nonce }, commander))],
	['a nonce for another reason', '428 not-armed', armed(waive({ reason: 'altro' }), (nonce) => send({ mark: waive(), nonce }, commander))],
	['another commander’s nonce', '428 not-armed', armed(start(), (nonce) => send({ mark: start(), nonce }, other))],
	['a nonce of another token of the same name', '428 not-armed', armed(start(), (nonce) => send({ mark: start(), nonce }, again))],
	['a nonce in a header', '428 not-armed', armed(start(), (nonce) => send(start(), commander, { 'regia-nonce': nonce }))],
	['a commander’s nonce in an operator’s hand', '403 not-permitted', armed(start(), (nonce) => send({ mark: start(), nonce }, operator))],
	['an operator that starts one', '403 not-permitted', plainly(() => send(start(), operator))],
	['an operator that arms one', '403 not-permitted', plainly(() => post(regia, '/api/arm', { mark: start() }, operator))],
	[
		'a report by an operator',
		'403 not-permitted',
		plainly(() => send({ kind: 'clock', incident: 'guasto', law: 'gdpr', act: 'sent', step: 'notification', protocol: 'P', at: awareAt }, operator)),
	],
	['a second start', '409 already', plainly(() => post(regia, '/api/arm', { mark: start({ law: 'gdpr' }) }, commander))],
	['a second start from an earlier moment', '409 already', plainly(() => send(start({ law: 'gdpr', awareAt: earlier }), commander))],
	['an incident that there is not', '400 unknown-subject', plainly(() => send(start({ incident: 'altro' }), commander))],
	['an incident by the name of a prototype', '400 unknown-subject', plainly(() => send(start({ incident: 'constructor' }), commander))],
	['a clock that is taken back', '409 nothing-to-undo', plainly(() => send({ kind: 'undo', seq: startedAt }, commander))],
];

describe('a forged decision', () => {
	test.each(rows)('%s is answered with %s, and no clock has changed', async (_name, expected, prepare) => {
		const attempt = await prepare();
		const before = await stands();
		const { status, json } = await attempt();
		expect(`${status} ${(json as { code: string }).code}`).toBe(expected);
		expect(await stands()).toBe(before);
	});

	test('over the stream is refused as well', async () => {
		const screen = openScreen({ url: regia.url, audience: 'desk', token: commander });
		await until('the desk is there', () => screen.state());
		const before = await stands();
		const ack = await (screen.socket as unknown as { emitWithAck(name: string, payload: unknown): Promise<unknown> }).emitWithAck('mark', start());
		expect(ack).toMatchObject({ ok: false, code: 'not-armed' });
		expect(await stands()).toBe(before);
		screen.close();
	});
});

test('a nonce is good once: the start that it was for stands, and no other can use it', async () => {
	const mark = start({ law: 'l90' });
	const nonce = await arm(mark, commander);
	expect((await send({ mark, nonce }, commander)).status).toBe(202);
	expect((await send({ mark: start(), nonce }, commander)).json).toMatchObject({ code: 'not-armed' });
	expect(Object.keys(await clocks()).toSorted()).toEqual(['guasto-gdpr', 'guasto-l90']);
});

test('a table that lets an operator decide is caught by the first of these rows', async () => {
	const planted = await startRegia({ plan: nightPlan(), env: { NODE_OPTIONS: `--import=${join(import.meta.dirname, '../access/planted.ts')}` } });
	const hand = tokenOf(planted, 'sala', { role: 'alarm-operator' });
	await post(planted, '/api/marks', { kind: 'incident', incident: 'guasto', act: 'open', title: 'Guasto' }, hand);
	expect((await post(planted, '/api/marks', start(), hand)).status).not.toBe(403);
	await planted.stop();
});
