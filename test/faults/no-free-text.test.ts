// No patient in the building: text that senders let slip reaches neither the record, nor a frame, nor a log, nor a file.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningRegia, startRegia } from '../kit/server.ts';
import { until } from '../kit/until.ts';
import { ask, moved, postSamples } from './kit/http.ts';
import { nightPlan } from './kit/night-plan.ts';
import { openScreen } from './kit/screen.ts';

const MARKER = 'MARIO-ROSSI-1970';
const slipped = encodeURIComponent(`${MARKER} letto 12`);

/** The names of the files under a folder that hold the marker, in any case, as text or as UTF-16. */
function filesWith(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((one) => one.isFile())
		.map((one) => join(one.parentPath, one.name))
		.filter((file) => {
			const bytes = readFileSync(file);
			return bytes.toString('latin1').toUpperCase().includes(MARKER) || bytes.includes(Buffer.from(MARKER, 'utf16le'));
		});
}

let regia: RunningRegia;
let token = '';
let viewer = '';
const frames: string[] = [];

beforeAll(async () => {
	regia = await startRegia({ plan: nightPlan(), flags: ['--rhythm', '250'], env: { REGIA_LOG: 'trace' } });
	token = regia.token({ kind: 'source', name: 's3', subjects: ['*'] });
	viewer = regia.token({ kind: 'person', name: 'controllo', duties: [{ role: 'viewer' }] });
});
afterAll(() => regia.stop());

type Slip = readonly [where: string, send: () => Promise<unknown>];
const at = (): string => new Date().toISOString();
const row = (rest: object): unknown => ({ subject: 'archive/a0', measure: 'archive.errors', value: 0, at: at(), ...rest });
const post = (samples: readonly unknown[]) => postSamples(regia.url, token, [...samples, moved('a0', Date.now() % 1e9, Date.now())]);

const slips: readonly Slip[] = [
	['the message of a Kuma heartbeat that is up', () => ask(`${regia.url}/api/push/${token}?status=up&msg=${slipped}&ping=12`)],
	['the message of a Kuma heartbeat that is down', () => ask(`${regia.url}/api/push/${token}?status=down&msg=${slipped}`)],
	['the status of a Kuma heartbeat', () => ask(`${regia.url}/api/push/${token}?status=${slipped}`)],
	['the ping of a Kuma heartbeat', () => ask(`${regia.url}/api/push/${token}?ping=${slipped}`)],
	['another key of a Kuma heartbeat', () => ask(`${regia.url}/api/push/${token}?${MARKER}=1`)],
	['the body of a Kuma heartbeat', () => ask(`${regia.url}/api/push/${token}`, { method: 'POST', body: MARKER })],
	[
		'the error of a Gatus heartbeat',
		() => ask(`${regia.url}/api/v1/endpoints/x_y/external?success=false&error=${slipped}`, { token, method: 'POST' }),
	],
	['the key of a Gatus heartbeat', () => ask(`${regia.url}/api/v1/endpoints/${MARKER}/external?success=true`, { token, method: 'POST' })],
	[
		'the duration of a Gatus heartbeat',
		() => ask(`${regia.url}/api/v1/endpoints/x/external?success=true&duration=${slipped}`, { token, method: 'POST' }),
	],
	['an unknown key of a row', () => post([row({ [MARKER]: MARKER })])],
	['an unknown key of a batch', () => ask(`${regia.url}/api/samples`, { token, body: JSON.stringify({ samples: [row({})], note: MARKER }) })],
	['the subject of a row', () => post([row({ subject: `archive/${MARKER.toLowerCase()}` }), row({ subject: MARKER })])],
	['the measure of a row', () => post([row({ measure: MARKER })])],
	['the value of a row', () => post([row({ value: MARKER })])],
	['the unit of a row', () => post([row({ unit: MARKER })])],
	['the instant of a row', () => post([row({ at: MARKER })])],
	['a body that is no JSON', () => ask(`${regia.url}/api/samples`, { token, body: `{"samples":[${MARKER}` })],
	[
		'a line that is no JSON',
		() => ask(`${regia.url}/api/samples`, { token, body: `${MARKER}\n`, headers: { 'content-type': 'application/x-ndjson' } }),
	],
	['a query', () => ask(`${regia.url}/api/series?measure=${MARKER}&subject=${MARKER}`, { token: viewer })],
	['a path', () => ask(`${regia.url}/api/${MARKER}`)],
	['a token', () => ask(`${regia.url}/api/board`, { token: MARKER })],
	['a token in a path', () => ask(`${regia.url}/api/push/${MARKER}`)],
	['a header', () => ask(`${regia.url}/api/board`, { token: viewer, headers: { 'x-note': MARKER, 'user-agent': MARKER } })],
];

describe('free text of a sender', () => {
	test.each(slips)('in %s is not given back', async (_where, send) => {
		const answer = (await send()) as { text: string };
		expect(answer.text.toUpperCase()).not.toContain(MARKER);
	});

	test('of every kind is in no frame, entry, file or log', async () => {
		const screens = (['wall', 'desk', 'field', 'press'] as const).map((audience) =>
			openScreen({ url: regia.url, token: viewer, audience, onFrame: (frame) => frames.push(JSON.stringify(frame)) }),
		);
		await until('every screen has a board', () => screens.every((one) => one.state() !== null));
		const before = frames.length;
		for (const [, send] of slips) await send();
		await until('frames tell of it', () => frames.length > before + 8);
		const events = screens[0]?.socket as unknown as { emitWithAck(event: string, ...rest: unknown[]): Promise<unknown> };
		const answers = [await events.emitWithAck(MARKER, {}), await events.emitWithAck('vitals', { [MARKER]: 1 })];
		const journal = await ask(`${regia.url}/api/journal`, { token: viewer });
		const board = await ask(`${regia.url}/api/board`, { token: viewer });
		const metrics = await ask(`${regia.url}/metrics`, { token: viewer });
		for (const text of [...frames, journal.text, board.text, metrics.text, JSON.stringify(answers)]) expect(text.toUpperCase()).not.toContain(MARKER);
		expect(journal.text.split('\n').length).toBeGreaterThan(10);
		for (const one of screens) one.close();

		expect(filesWith(regia.data)).toEqual([]);
		expect(await regia.stop()).toBe(0);
		expect(filesWith(regia.data)).toEqual([]);
		expect(regia.output().toUpperCase()).not.toContain(MARKER);
	});

	test('would be found: a note, which may hold words, is in the file', async () => {
		const other = await startRegia({ plan: nightPlan() });
		const lead = other.token({ kind: 'person', name: 'turno-1', duties: [{ role: 'team-lead' }] });
		expect((await ask(`${other.url}/api/marks`, { token: lead, body: JSON.stringify({ kind: 'note', text: MARKER }) })).status).toBe(202);
		expect(filesWith(other.data).map((file) => file.slice(other.data.length + 1))).toContain('journal.db-wal');
		await other.stop();
		expect(filesWith(other.data)).toHaveLength(1);
	});
});
