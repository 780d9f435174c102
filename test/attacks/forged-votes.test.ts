// Forged votes over the real wire, a row an attempt: each is refused, the gate stands as it did, and the record has no mark of it.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Duty } from '../../server/domain/token.ts';
import { openTokenStore } from '../../server/journal/token-store.ts';
import type { Entry } from '../../shared/entry.ts';
import { type Answer, ask } from '../faults/kit/http.ts';
import { nightPlan } from '../faults/kit/night-plan.ts';
import { readRecord } from '../faults/kit/record.ts';
import { openScreen } from '../faults/kit/screen.ts';
import { type RunningRegia, startRegia } from '../kit/server.ts';
import { until } from '../kit/until.ts';

const gateYaml = (id: string, rest = '') => `  ${id}:
    label: Varco ${id}
${rest}    criteria: { replica: { label: Replica, subject: archive/a0, measure: archive.lag, atMost: 5, maxAge: 4h } }
    positions:
      casa: { label: Casa, team: casa }
      fornitore: { label: Fornitore, team: fornitore }
      direzione: { label: Direzione, role: commander }
      ufficio: { label: Ufficio, role: administrator }
`;
const plan = `${nightPlan()}teams:
  casa: { label: Di casa, kind: house }
  fornitore: { label: Fornitore }
tasks:
  passaggio: { label: Si passa, kind: gate, gate: varco }
gates:
${gateYaml('varco')}${gateYaml('secondo')}${gateYaml('scaduto', '    until: 2025-10-21T20:00:00+02:00\n')}${gateYaml('cieco').replace('archive/a0', 'archive/a1')}`;

type VoteMark = { kind: 'vote'; gate: string; position: string; vote: string };
const vote = (position: string, what = 'go', gate = 'varco'): VoteMark => ({ kind: 'vote', gate, position, vote: what });

let regia: RunningRegia;
let lead: string;
let lead2: string;
let both: string;
let other: string;
let commander: string;
let admin: string;
let viewer: string;

const person = (name: string, ...duties: readonly Duty[]): string => regia.token({ kind: 'person', name, duties });

beforeAll(async () => {
	regia = await startRegia({ plan, flags: ['--rhythm', '250'], env: { NODE_OPTIONS: `--import=${join(import.meta.dirname, 'jumping-clock.ts')}` } });
	lead = person('casa-1', { role: 'team-lead', teams: ['casa'] });
	lead2 = person('casa-1', { role: 'team-lead', teams: ['casa'] });
	both = person('doppio', { role: 'team-lead', teams: ['casa', 'fornitore'] });
	other = person('fornitore-1', { role: 'team-lead', teams: ['fornitore'] });
	commander = person('comando', { role: 'commander' });
	admin = person('ufficio-1', { role: 'administrator' });
	viewer = person('osservatore', { role: 'viewer' });
	const source = regia.token({ kind: 'source', name: 's0', subjects: ['archive/*'] });
	const samples = [{ subject: 'archive/a0', measure: 'archive.lag', value: 1, at: new Date().toISOString() }];
	expect((await post('/api/samples', { samples }, source)).status).toBe(202);
	const isExpired = (entry: Entry): boolean => entry.kind === 'auto' && entry.what === 'gate' && entry.to === 'expired';
	await until('the gate that ran out is closed', async () => (await readRecord(regia.url, admin)).some(isExpired), 5000);
});
afterAll(() => regia?.stop());

const post = (path: string, body: object, token?: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
	ask(`${regia.url}${path}`, {
		body: JSON.stringify(body),
		headers: { 'content-type': 'application/json', ...headers },
		...(token === undefined ? {} : { token }),
	});
const send = (body: object, token?: string, headers?: Readonly<Record<string, string>>): Promise<Answer> => post('/api/marks', body, token, headers);
async function arm(mark: object, token: string): Promise<string> {
	const { status, json } = await post('/api/arm', { mark }, token);
	if (status !== 200) throw new Error(`not armed: ${status} ${JSON.stringify(json)}`);
	return (json as { nonce: string }).nonce;
}
async function cast(mark: VoteMark, token: string, headers?: Readonly<Record<string, string>>): Promise<{ nonce: string; answer: Answer }> {
	const nonce = await arm(mark, token);
	const answer = await send({ mark, nonce }, token, headers);
	expect(answer.status).toBe(202);
	return { nonce, answer };
}
const gates = async (): Promise<Record<string, { closed: unknown; votes: unknown }>> =>
	((await ask(`${regia.url}/api/board`, { token: commander })).json as { gates: Record<string, { closed: unknown; votes: unknown }> }).gates;

/** What a forged vote would change: the votes and decisions of every gate, and the record but for samples and forecasts. */
async function stands(): Promise<string> {
	const isOurs = (entry: Entry): boolean => entry.kind === 'mark' || (entry.kind === 'auto' && entry.what === 'gate');
	const record = (await readRecord(regia.url, admin)).filter(isOurs).map(({ seq }) => seq);
	const still = Object.entries(await gates()).map(([id, one]) => {
		const { state, decided, closed, reopened, votes } = one as unknown as Record<string, unknown>;
		const cast = (votes as { position: string; vote: string | null; by: string | null }[]).map((each) => [each.position, each.vote, each.by]);
		return [id, state, decided, closed, reopened, cast];
	});
	return JSON.stringify([record, still]);
}

/** Whether Regia has written down what the votes that were prepared come to. */
const isNoted = async (): Promise<boolean> =>
	Object.values(await gates()).every((one) => {
		const { state, decided } = one as unknown as { state: string; decided: { state: string } | null };
		return state === 'closed' || (decided?.state ?? 'waiting') === state;
	});

function revoked(token: string): string {
	const store = openTokenStore(regia.data);
	store.revoke(token.split('_')[1] ?? '', Date.now());
	store.close();
	return token;
}

/** What is prepared may change the gate; what the second half does may not. */
type Row = readonly [name: string, expected: string, prepare: () => Promise<() => Promise<Answer>>];
const at = (attempt: () => Promise<Answer>) => async () => attempt;
const armed = (mark: VoteMark, whose: () => string, then: (nonce: string) => Promise<Answer>) => async () => {
	const nonce = await arm(mark, whose());
	return () => then(nonce);
};
const mine = vote('casa');

const nonceRows: readonly Row[] = [
	['no nonce', '428 not-armed', at(() => send(mine, lead))],
	['a hold without a nonce', '428 not-armed', at(() => send(vote('casa', 'hold'), lead))],
	['a back without a nonce', '428 not-armed', at(() => send(vote('direzione', 'back'), commander))],
	['a made-up nonce', '428 not-armed', at(() => send({ mark: mine, nonce: randomBytes(24).toString('base64url') }, lead))],
	['an empty nonce', '400 malformed', at(() => send({ mark: mine, nonce: '' }, lead))],
	['a nonce that is no text', '400 malformed', at(() => send({ mark: mine, nonce: true }, lead))],
	['a nonce beside the mark’s own keys', '400 malformed', at(() => send({ ...mine, nonce: 'x' }, lead))],
	[
		'a nonce in a header',
		'428 not-armed',
		armed(
			mine,
			() => lead,
			(nonce) => send(mine, lead, { 'regia-nonce': nonce }),
		),
	],
	[
		'a nonce that was armed over another token of the same name',
		'428 not-armed',
		armed(
			mine,
			() => lead2,
			(nonce) => send({ mark: mine, nonce }, lead),
		),
	],
	[
		'another person’s nonce for the same vote',
		'428 not-armed',
		armed(
			mine,
			() => both,
			(nonce) => send({ mark: mine, nonce }, lead),
		),
	],
	[
		'a nonce for another gate',
		'428 not-armed',
		armed(
			vote('casa', 'go', 'secondo'),
			() => lead,
			(nonce) => send({ mark: mine, nonce }, lead),
		),
	],
	[
		'a nonce for another position of one’s own',
		'428 not-armed',
		armed(
			vote('fornitore'),
			() => both,
			(nonce) => send({ mark: mine, nonce }, both),
		),
	],
	[
		'a nonce for hold, sent with go',
		'428 not-armed',
		armed(
			vote('casa', 'hold'),
			() => lead,
			(nonce) => send({ mark: mine, nonce }, lead),
		),
	],
	[
		'a nonce for go, sent with back',
		'428 not-armed',
		armed(
			mine,
			() => lead,
			(nonce) => send({ mark: vote('casa', 'back'), nonce }, lead),
		),
	],
	[
		'a nonce for turning the night',
		'428 not-armed',
		async () => {
			const nonce = await arm({ kind: 'turn', way: 'back', reason: 'prova' }, commander);
			return () => send({ mark: vote('direzione'), nonce }, commander);
		},
	],
	[
		'a nonce for revoking a token',
		'428 not-armed',
		async () => {
			const { json } = await post('/api/arm', { action: 'tokens.revoke', subject: 'token/0123456789' }, admin);
			return () => send({ mark: vote('ufficio'), nonce: (json as { nonce: string }).nonce }, admin);
		},
	],
	[
		'a nonce spent by a wrong try',
		'428 not-armed',
		async () => {
			const nonce = await arm(mine, lead);
			await send({ mark: vote('casa', 'hold'), nonce }, lead);
			return () => send({ mark: mine, nonce }, lead);
		},
	],
	[
		'a nonce of half a minute ago',
		'428 not-armed',
		async () => {
			const nonce = await arm(mine, lead);
			process.kill(regia.pid, 'SIGUSR2');
			return () => send({ mark: mine, nonce }, lead);
		},
	],
	[
		'a spent nonce, a replay without its key',
		'428 not-armed',
		async () => {
			const { nonce } = await cast(mine, lead);
			return () => send({ mark: mine, nonce }, lead);
		},
	],
	[
		'a replay with its key: the first one’s answer, and nothing more',
		'202 ',
		async () => {
			const { nonce } = await cast(mine, lead, { 'idempotency-key': 'voto-1' });
			return () => send({ mark: mine, nonce }, lead, { 'idempotency-key': 'voto-1' });
		},
	],
	[
		'another vote under a key that was used: the first one’s answer, and nothing more',
		'202 ',
		async () => {
			await cast(mine, lead, { 'idempotency-key': 'voto-2' });
			return () => send({ mark: vote('casa', 'back') }, lead, { 'idempotency-key': 'voto-2' });
		},
	],
	[
		'another person’s key',
		'428 not-armed',
		async () => {
			await cast(vote('fornitore'), other, { 'idempotency-key': 'voto-3' });
			return () => send(vote('fornitore'), both, { 'idempotency-key': 'voto-3' });
		},
	],
];

const whoRows: readonly Row[] = [
	['nobody', '401 unauthorised', at(() => send(mine))],
	['a viewer', '403 not-permitted', at(() => send(mine, viewer))],
	['a source', '403 not-permitted', at(() => send(mine, regia.token({ kind: 'source', name: 's1', subjects: ['*'] })))],
	['a field', '403 not-permitted', at(() => send(mine, regia.token({ kind: 'field', name: 'genova' })))],
	['a display', '403 not-permitted', at(() => send(mine, regia.token({ kind: 'display', name: 'parete', audience: 'wall' })))],
	['a press officer', '403 not-permitted', at(() => send(mine, person('stampa', { role: 'press-author' })))],
	[
		'another team’s lead',
		'403 not-permitted',
		armed(
			vote('fornitore'),
			() => other,
			(nonce) => send({ mark: mine, nonce }, other),
		),
	],
	['a lead without a team', '403 not-permitted', at(() => send(mine, person('senza', { role: 'team-lead' })))],
	['one of the team who does not lead it', '403 not-permitted', at(() => send(mine, person('medico', { role: 'er', teams: ['casa'] })))],
	['the commander, for a team', '403 not-permitted', at(() => send(mine, commander))],
	['an administrator, for the commander', '403 not-permitted', at(() => send(vote('direzione'), admin))],
	['a team’s lead, for the commander', '403 not-permitted', at(() => send(vote('direzione'), lead))],
	[
		'a token revoked after it was armed',
		'401 unauthorised',
		async () => {
			const token = person('casa-9', { role: 'team-lead', teams: ['casa'] });
			const nonce = await arm(mine, token);
			revoked(token);
			await until('it is refused', async () => (await ask(`${regia.url}/api/board`, { token })).status === 401, 3000);
			return () => send({ mark: mine, nonce }, token);
		},
	],
	[
		'a cookie without an origin',
		'403 other-site',
		armed(
			mine,
			() => lead,
			(nonce) => send({ mark: mine, nonce }, undefined, { cookie: `regia=${lead}` }),
		),
	],
	[
		'a cookie from another site',
		'403 other-site',
		armed(
			mine,
			() => lead,
			(nonce) => send({ mark: mine, nonce }, undefined, { cookie: `regia=${lead}`, origin: 'https://altrove.example' }),
		),
	],
	[
		'a cookie from a sibling host',
		'403 other-site',
		armed(
			mine,
			() => lead,
			(nonce) => send({ mark: mine, nonce }, undefined, { cookie: `regia=${lead}`, 'sec-fetch-site': 'same-site' }),
		),
	],
	['arming by a viewer', '403 not-permitted', at(() => post('/api/arm', { mark: mine }, viewer))],
	['arming another’s vote', '403 not-permitted', at(() => post('/api/arm', { mark: mine }, other))],
	['arming a note', '400 not-dangerous', at(() => post('/api/arm', { mark: { kind: 'note', text: 'x' } }, lead))],
];

const sealed = (mark: object) =>
	armed(
		mine,
		() => lead,
		(nonce) => send({ mark, nonce }, lead),
	);
const shapeRows: readonly Row[] = [
	['in another’s name, by a key of the mark', '400 malformed', sealed({ ...mine, by: 'person/comando' })],
	['at another time, by a key of the mark', '400 malformed', sealed({ ...mine, at: 0 })],
	[
		'in another’s name, by a key beside the mark',
		'400 malformed',
		armed(
			mine,
			() => lead,
			(nonce) => send({ mark: mine, nonce, by: 'person/comando' }, lead),
		),
	],
	['a vote of another word', '400 malformed', sealed({ ...mine, vote: 'yes' })],
	['several positions', '400 malformed', sealed({ ...mine, position: ['casa', 'fornitore'] })],
	['an unknown gate', '400 unknown-subject', sealed({ ...mine, gate: 'altro' })],
	['an unknown position', '400 unknown-subject', sealed({ ...mine, position: 'altra' })],
	['a gate by the name of what every object has', '400 unknown-subject', sealed({ ...mine, gate: 'constructor' })],
	['a position by the name of what every object has', '400 unknown-subject', sealed({ ...mine, position: 'constructor' })],
	['the prototype as a gate', '400 malformed', sealed({ ...mine, gate: '__proto__' })],
];

const nightRows: readonly Row[] = [
	['a go on what was never reported', '409 criteria-not-met', at(() => send(vote('casa', 'go', 'cieco'), lead))],
	['arming a go on what was never reported', '409 criteria-not-met', at(() => post('/api/arm', { mark: vote('casa', 'go', 'cieco') }, lead))],
	['a vote on a gate that ran out of time', '409 gate-closed', at(() => send(vote('casa', 'hold', 'scaduto'), lead))],
	['passing a gate that waits', '409 gate-not-go', at(() => send({ kind: 'task', task: 'passaggio', state: 'done' }, commander))],
	[
		'taking back another’s vote',
		'409 not-yours',
		async () => {
			const { answer } = await cast(vote('casa', 'hold'), lead);
			return () => send({ kind: 'undo', seq: (answer.json as { seq: number }).seq }, both);
		},
	],
	['turning the night without a nonce', '428 not-armed', at(() => send({ kind: 'turn', way: 'back' }, commander))],
];

const all = { nonce: nonceRows, who: whoRows, shape: shapeRows, night: nightRows };
describe.each(Object.entries(all))('%s', (_kind, rows) => {
	test.each(rows.map((row) => [row[0], row] as const))('%s', async (_name, [, expected, prepare]) => {
		const attempt = await prepare();
		await until('what was prepared is noted', isNoted, 5000);
		const before = await stands();
		const { status, json } = await attempt();
		expect(`${status} ${(json as { code?: string } | undefined)?.code ?? ''}`).toBe(expected);
		expect(await stands()).toBe(before);
	});
});

test('there are at least twenty rows', () => {
	const count = Object.values(all).flat().length;
	console.log(`forged votes: ${count} rows over HTTP`);
	expect(count).toBeGreaterThanOrEqual(20);
});

test('a vote as it should be is taken: the rows are refused for their own causes', async () => {
	const before = await stands();
	const { answer } = await cast(vote('fornitore', 'back'), other);
	expect(await stands()).not.toBe(before);
	const { seq } = answer.json as { seq: number };
	const entry = (await readRecord(regia.url, admin)).find((one) => one.seq === seq);
	expect(entry).toMatchObject({ kind: 'mark', by: 'person/fornitore-1', mark: vote('fornitore', 'back') });
	expect(JSON.stringify(entry)).not.toContain('nonce');
});

test('a nonce in a race of ten is one vote', async () => {
	const nonce = await arm(vote('direzione', 'hold'), commander);
	const marksOf = async () => (await readRecord(regia.url, admin)).filter((one) => one.kind === 'mark').length;
	const before = await marksOf();
	const answers = await Promise.all(Array.from({ length: 10 }, () => send({ mark: vote('direzione', 'hold'), nonce }, commander)));
	expect(answers.map(({ status }) => status).toSorted()).toEqual([202, ...Array.from({ length: 9 }, () => 428)]);
	expect(await marksOf()).toBe(before + 1);
});

describe('over the stream', () => {
	async function emit(token: string, payload: unknown): Promise<{ ok: boolean; code?: string }> {
		const screen = openScreen({ url: regia.url, audience: 'desk', token });
		await until('a board', () => screen.state());
		const socket = screen.socket as unknown as { emitWithAck(name: string, payload: unknown): Promise<{ ok: boolean; code?: string }> };
		const answer = await socket.emitWithAck('mark', payload);
		screen.close();
		return answer;
	}

	const rows: readonly (readonly [string, string, () => Promise<{ ok: boolean; code?: string }>])[] = [
		['no nonce', 'not-armed', () => emit(lead, mine)],
		['a made-up nonce', 'not-armed', () => emit(lead, { mark: mine, nonce: 'x'.repeat(32) })],
		['another’s nonce', 'not-armed', async () => emit(lead, { mark: mine, nonce: await arm(mine, both) })],
		['another gate’s nonce', 'not-armed', async () => emit(lead, { mark: mine, nonce: await arm(vote('casa', 'go', 'secondo'), lead) })],
		['a viewer', 'not-permitted', () => emit(viewer, mine)],
		['another team’s lead', 'not-permitted', () => emit(other, mine)],
		['the commander, for a team', 'not-permitted', () => emit(commander, mine)],
		['in another’s name', 'malformed', () => emit(lead, { ...mine, by: 'person/comando' })],
		['a nonce beside the mark’s own keys', 'malformed', () => emit(lead, { ...mine, nonce: 'x' })],
		['an unknown position', 'unknown-subject', () => emit(commander, vote('altra'))],
		['a go on what was never reported', 'criteria-not-met', () => emit(lead, vote('casa', 'go', 'cieco'))],
		['a gate that ran out of time', 'gate-closed', () => emit(lead, vote('casa', 'hold', 'scaduto'))],
	];
	test.each(rows)('%s', async (_name, code, attempt) => {
		await until('all is noted', isNoted, 5000);
		const before = await stands();
		expect(await attempt()).toMatchObject({ ok: false, code });
		expect(await stands()).toBe(before);
	});

	test('a nonce armed over HTTP by the same token is good there once', async () => {
		const nonce = await arm(vote('casa', 'hold'), lead);
		expect(await emit(lead, { mark: vote('casa', 'hold'), nonce })).toMatchObject({ ok: true });
		await until('it is noted', isNoted, 5000);
		const before = await stands();
		expect(await emit(lead, { mark: vote('casa', 'hold'), nonce })).toMatchObject({ ok: false, code: 'not-armed' });
		expect(await stands()).toBe(before);
	});
});

test('a commander who may vote for any team, planted into the table, would be caught', async () => {
	const planted = await startRegia({ plan, env: { NODE_OPTIONS: `--import=${join(import.meta.dirname, '../access/planted.ts')}` } });
	const token = planted.token({ kind: 'person', name: 'comando', duties: [{ role: 'commander' }] });
	const { status } = await ask(`${planted.url}/api/marks`, { token, body: JSON.stringify(vote('casa', 'hold')) });
	await planted.stop();
	expect(status).toBe(428);
});
