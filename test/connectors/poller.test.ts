// The rhythm: beats, time-outs, back-off, one read at a time, durable before counted, and a canary before bad news.
import { describe, expect, test } from 'vitest';
import type { Look, Reader } from '../../server/connectors/connector.ts';
import { type PollerSetup, startPoller } from '../../server/connectors/poller.ts';
import { loadRegistry } from '../../server/connectors/registry.ts';
import { fakeTimers } from './fake-timers.ts';

const at = 1;
const good: Look = { ok: true, readings: [{ subject: 'archive/a', measure: 'archive.bytesMoved', value: 5, at }] };
const up = (value: number): Look => ({ ok: true, readings: [{ subject: 'service/s', measure: 'service.up', value, at }] });

function start(read: Reader['read'], more: Partial<PollerSetup> = {}, reader: Partial<Reader> = {}) {
	const timers = fakeTimers();
	const emitted: { look: Look; at: number }[] = [];
	let closed = 0;
	const poller = startPoller({
		reader: {
			read,
			async close() {
				closed += 1;
			},
			...reader,
		},
		source: { every: 5000, timeout: 4000 },
		now: timers.now,
		random: () => 0.5,
		timers,
		async emit(look) {
			emitted.push({ look, at: timers.now() });
		},
		...more,
	});
	return { poller, timers, emitted, closed: () => closed, pausesMs: () => emitted.slice(1).map((one, i) => one.at - (emitted[i]?.at ?? 0)) };
}

const never: Reader['read'] = () => new Promise(() => {});
const whyOf = (look: Look | undefined): string | undefined => (look?.ok === false ? look.why : undefined);

describe('the poller', () => {
	test('reads at the beat, and at once as usual after a failure has passed', async () => {
		let fails = false;
		const { timers, emitted, pausesMs } = start(async () => (fails ? { ok: false, why: 'unreachable' } : good));
		await timers.pass(11_000);
		expect(pausesMs()).toEqual([5000, 5000]);
		fails = true;
		await timers.pass(120_000);
		fails = false;
		await timers.pass(60_000);
		expect(pausesMs().slice(2, 7)).toEqual([5000, 10_000, 20_000, 30_000, 30_000]);
		expect(pausesMs().slice(-4)).toEqual([5000, 5000, 5000, 5000]);
		expect(emitted.at(-1)?.look).toEqual(good);
	});

	test('never waits longer than 30 s or four beats, whatever the dice say', async () => {
		const slow = start(async () => ({ ok: false, why: 'timeout' }), { random: () => 0.999, source: { every: 20_000, timeout: 4000 } });
		await slow.timers.pass(1_000_000);
		expect(Math.max(...slow.pausesMs())).toBe(80_000);
	});

	test.each([
		['rejects', () => Promise.reject(new Error('MARIO-ROSSI-1970')), 'bad-answer'],
		[
			'throws',
			() => {
				throw new Error('MARIO-ROSSI-1970');
			},
			'bad-answer',
		],
		['is refused', () => Promise.reject(Object.assign(new Error('x'), { code: 'ECONNREFUSED' })), 'unreachable'],
		['finds no socket of ours left', () => Promise.reject(Object.assign(new Error('x'), { code: 'EMFILE' })), 'observer-blind'],
		['overruns', never, 'timeout'],
		['heeds its signal', (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))), 'timeout'],
	] as const satisfies readonly (readonly [string, Reader['read'], string])[])('makes a read that %s a blind look', async (_, read, why) => {
		const { timers, emitted } = start(read);
		await timers.pass(5000);
		expect(emitted.map(({ look }) => look)).toEqual([{ ok: false, why }]);
	});

	test('gives each series that it knew a blind reading with the cause', async () => {
		let looks = 0;
		const { timers, emitted } = start(async () => {
			looks += 1;
			return looks === 1 ? good : { ok: false, why: 'unauthorised' };
		});
		await timers.pass(6000);
		const blind = { subject: 'archive/a', measure: 'archive.bytesMoved', value: null, at: emitted[1]?.at, why: 'unauthorised' };
		expect(emitted[1]?.look).toEqual({ ok: false, why: 'unauthorised', readings: [blind] });
	});

	test('starts no read beside one that hangs on after its time-out', async () => {
		let reads = 0;
		const { timers, emitted } = start(() => {
			reads += 1;
			return never(AbortSignal.abort());
		});
		await timers.pass(60_000);
		expect(reads).toBe(1);
		expect(emitted.length).toBeGreaterThan(2);
		expect(emitted.every(({ look }) => whyOf(look) === 'timeout')).toBe(true);
	});

	test('calls itself blind, and not the target slow, when the machine stood still', async () => {
		const { timers, emitted } = start(never);
		await timers.pass(1000);
		timers.jump(60_000);
		await timers.pass(1000);
		expect(whyOf(emitted[0]?.look)).toBe('observer-blind');
	});

	test('drops a look that did not become durable and reads again at the next beat', async () => {
		const tried: Look[] = [];
		let reads = 0;
		const { timers } = start(
			async () => {
				reads += 1;
				return reads < 3 ? good : { ok: false, why: 'timeout' };
			},
			{
				async emit(look) {
					tried.push(look);
					throw new Error('the journal is full');
				},
			},
		);
		await timers.pass(11_000);
		// Nothing became durable, so the third look knows of no series that anybody has seen.
		expect(tried).toEqual([good, good, { ok: false, why: 'timeout' }]);
	});

	test('waits until a look is durable before it reads again', async () => {
		let reads = 0;
		const { timers } = start(
			async () => {
				reads += 1;
				return good;
			},
			{ emit: () => new Promise(() => {}) },
		);
		await timers.pass(60_000);
		expect(reads).toBe(1);
	});

	test('stops within the time-out, closes its reader and emits nothing more', async () => {
		const { poller, timers, emitted, closed } = start(never);
		await timers.pass(1000);
		const began = timers.now();
		let stopped = false;
		const stopping = poller.stop().then(() => {
			stopped = true;
		});
		await timers.pass(4000);
		expect(stopped).toBe(true);
		await stopping;
		expect(timers.now() - began).toBeLessThanOrEqual(4000);
		await timers.pass(60_000);
		expect([closed(), emitted.length]).toEqual([1, 0]);
		expect(await poller.readExact()).toBeNull();
	});

	test('takes an exact look when asked, and at the rhythm the reader gives', async () => {
		const exact: Look = { ok: true, readings: [{ subject: 'archive/a', measure: 'archive.itemsVerified', value: 5, at }] };
		const { poller, timers, emitted } = start(async () => good, {}, { readExact: async () => exact, exactEveryMs: 20_000 });
		await timers.pass(1000);
		expect(await poller.readExact()).toEqual(exact);
		await timers.pass(20_000);
		expect(emitted.filter(({ look }) => look === exact)).toHaveLength(2);
		const plain = start(async () => good);
		expect(await plain.poller.readExact()).toBeNull();
	});
});

describe('a canary', () => {
	const source = { every: 5000, timeout: 4000, canary: 'gateway' };
	test.each([
		['answers', true, up(0)],
		['fails', false, 'observer-blind'],
		['is not known', null, 'observer-blind'],
	] as const)('that %s decides whether a probe may say down', async (_, answers, expected) => {
		const { timers, emitted } = start(async () => up(0), { source, canaryAnswers: () => answers });
		await timers.pass(1000);
		const look = emitted[0]?.look;
		if (typeof expected === 'object') expect(look).toEqual(expected);
		else expect(look).toMatchObject({ ok: false, why: expected, readings: [{ measure: 'service.up', value: null, why: expected }] });
	});

	test('is not asked while the target answers', async () => {
		let asked = 0;
		const { timers, emitted } = start(async () => up(1), {
			source,
			canaryAnswers: () => {
				asked += 1;
				return false;
			},
		});
		await timers.pass(11_000);
		expect([asked, emitted.length]).toEqual([0, 3]);
	});

	test('looks anew when asked, so that its answer is of the same moment', async () => {
		let well = 1;
		const canary = start(async () => up(well));
		await canary.timers.pass(1000);
		expect(await canary.poller.answersNow()).toBe(true);
		well = 0;
		expect(await canary.poller.answersNow()).toBe(false);
	});

	test('whose own canary it is in turn ends all the same', async () => {
		const first = start(async () => up(0), { source, canaryAnswers: () => second.poller.answersNow() });
		const second = start(async () => up(0), { source, canaryAnswers: () => first.poller.answersNow() });
		await Promise.all([first.timers.pass(1000), second.timers.pass(1000)]);
		expect([whyOf(first.emitted[0]?.look), whyOf(second.emitted[0]?.look)]).toEqual(['observer-blind', 'observer-blind']);
	});
});

test('the registry finds every connector of the folder by its kind', async () => {
	const registry = await loadRegistry();
	expect([...registry.keys()]).toEqual([
		'alertmanager',
		'counts',
		'dicom-echo',
		'dns',
		'fhir-metadata',
		'fhir',
		'http-write',
		'http',
		'mllp-echo',
		'mllp',
		'mqtt',
		'nut',
		'postgres',
		'prometheus-scrape',
		'prometheus-write',
		'prometheus',
		'push',
		'rclone',
		'smtp',
		'sql-write',
		'sql',
		'tcp',
		'tls',
	]);
	for (const [kind, connector] of registry) expect(connector.kind).toBe(kind);
});
