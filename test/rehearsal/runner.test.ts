// The runner in lock-step: pace, changes of speed, retries, the end. Fake real time, a scenario of a few instants.
import { describe, expect, test } from 'vitest';
import { createRehearsalClock } from '../../server/rehearsal/rehearsal-clock.ts';
import { type Post, type Rehearsing, startRehearsal } from '../../server/rehearsal/runner.ts';
import type { Scenario } from '../../server/rehearsal/scenario.ts';
import { createFakeTime, type FakeTime } from './fake-time.ts';

const SECOND = 1000;
const START = 1_000_000;

/** Two sources every 15 s for a minute, and a mark with the third instant. */
const scenario: Scenario = {
	id: 'prova',
	planFile: 'none',
	start: START,
	end: START + 60 * SECOND,
	due(after) {
		const next = after < START ? START : START + (Math.floor((after - START) / (15 * SECOND)) + 1) * 15 * SECOND;
		return next > START + 60 * SECOND ? null : next;
	},
	batchesAt: (instant) =>
		['a', 'b'].map((source) => ({
			source,
			samples: [{ subject: 'archive/x', measure: 'archive.bytesMoved', value: instant - START, at: new Date(instant).toISOString() }],
		})),
	marksAt: (instant) => (instant === START + 30 * SECOND ? [{ mark: { kind: 'note', text: 'a metà' } }] : []),
};

/** Every third instant a team votes. */
const voting: Scenario = {
	...scenario,
	marksAt: (instant) => (instant === START + 30 * SECOND ? [{ mark: { kind: 'vote', gate: 'varco', position: 'ced', vote: 'go' }, by: 'ced' }] : []),
};

type Sent = { readonly path: string; readonly token: string; readonly key: string; readonly virtual: number; readonly real: number };
type Stage = { readonly time: FakeTime; readonly clock: ReturnType<typeof createRehearsalClock>; readonly sent: Sent[]; readonly run: Rehearsing };

function begin(speed: number, options: { answer?: (n: number) => number; from?: number; slowMs?: number } = {}): Stage {
	const time = createFakeTime();
	const clock = createRehearsalClock({ start: options.from ?? START, speed });
	const sent: Sent[] = [];
	const post: Post = async (path, _body, token, headers) => {
		sent.push({ path, token, key: headers['idempotency-key'] ?? '', virtual: clock.now() - START, real: time.now() });
		if (options.slowMs !== undefined) await new Promise<void>((resolve) => time.after(options.slowMs ?? 0, resolve));
		return { status: options.answer?.(sent.length) ?? 202 };
	};
	const from = options.from === undefined ? {} : { from: options.from };
	return {
		time,
		clock,
		sent,
		run: startRehearsal({
			scenario,
			clock,
			post,
			tokenOf: (source) => `t-${source}`,
			markToken: (by) => `t-${by ?? 'person'}`,
			timers: time,
			...from,
		}),
	};
}

const instantsOf = (sent: readonly Sent[]): number[] => [...new Set(sent.map((one) => one.virtual / SECOND))];

describe('a rehearsal', () => {
	test('sends each source’s batch in order with its own token and key, marks after', async () => {
		const { time, sent, run } = begin(60);
		await time.pass(2 * SECOND);
		expect(await run.done).toEqual({ kind: 'ended' });
		expect(sent.slice(4, 7).map(({ path, token, key }) => [path, token, key])).toEqual([
			['/api/samples', 't-a', `prova:a:${START + 30_000}`],
			['/api/samples', 't-b', `prova:b:${START + 30_000}`],
			['/api/marks', 't-person', `prova:mark:${START + 30_000}:0`],
		]);
		expect(instantsOf(sent)).toEqual([0, 15, 30, 45, 60]);
	});

	test.each([1, 15, 60, 3600])('keeps to speed %i and never runs faster', async (speed) => {
		const { time, clock, sent, run } = begin(speed);
		await time.pass((60 * SECOND) / speed + 1);
		expect(await run.done).toEqual({ kind: 'ended' });
		for (const { virtual, real } of sent) expect(Math.abs(real * speed - virtual)).toBeLessThanOrEqual(speed * 0.001);
		expect(clock.now()).toBe(scenario.end);
		expect(clock.speed()).toBe(0);
		expect(time.waiting()).toBe(0);
	});

	test('lets the clock run between two instants, and not past the next', async () => {
		const { time, clock, run } = begin(1);
		await time.pass(7 * SECOND);
		expect(clock.now() - START).toBeGreaterThan(6 * SECOND);
		expect(clock.now() - START).toBeLessThanOrEqual(7 * SECOND);
		await run.stop();
	});

	test('takes a new speed at once, in the middle of a wait', async () => {
		const { time, clock, sent, run } = begin(1);
		await time.pass(5 * SECOND);
		expect(clock.setSpeed(10)).toBe(true);
		await time.pass(1 * SECOND - 5);
		expect(instantsOf(sent)).toEqual([0]);
		await time.pass(10);
		expect(instantsOf(sent)).toEqual([0, 15]);
		clock.setSpeed(1);
		await time.pass(14 * SECOND);
		expect(instantsOf(sent)).toEqual([0, 15]);
		await time.pass(2 * SECOND);
		expect(instantsOf(sent)).toEqual([0, 15, 30]);
		await run.stop();
	});

	test('stands still while an answer is awaited: speed is a ceiling', async () => {
		const { time, clock, sent, run } = begin(3600, { slowMs: 400 });
		await time.pass(399);
		expect([sent.length, clock.now()]).toEqual([1, START]);
		await time.pass(8 * SECOND);
		expect(await run.done).toEqual({ kind: 'ended' });
		expect(sent).toHaveLength(11);
	});

	test.each([503, 507, 429])('repeats what was answered with %i under the same key, and skips nothing', async (status) => {
		const { time, clock, sent, run } = begin(3600, { answer: (n) => (n >= 4 && n <= 7 ? status : 202) });
		await time.pass(500);
		expect(clock.now()).toBe(START + 15 * SECOND);
		await time.pass(10 * SECOND);
		expect(await run.done).toEqual({ kind: 'ended' });
		const keys = sent.map((one) => one.key);
		expect(new Set(keys.slice(3, 8)).size).toBe(1);
		expect([...new Set(keys)]).toHaveLength(11);
		const waits = sent.slice(4, 8).map((one, i) => Math.round(one.real - (sent[3 + i]?.real ?? 0)));
		expect(waits).toEqual([100, 200, 400, 800]);
	});

	test('repeats where there was no answer at all', async () => {
		const time = createFakeTime();
		const clock = createRehearsalClock({ start: START, speed: 3600 });
		let calls = 0;
		const post: Post = () => (++calls === 1 ? Promise.reject(new Error('connection refused')) : Promise.resolve({ status: 202 }));
		const run = startRehearsal({ scenario, clock, post, tokenOf: () => 't', markToken: () => 'p', timers: time });
		await time.pass(SECOND);
		expect([await run.done, calls]).toEqual([{ kind: 'ended' }, 12]);
	});

	test('ends where the server refuses, and says what', async () => {
		const { time, clock, run } = begin(3600, { answer: (n) => (n === 3 ? 401 : 202) });
		await time.pass(SECOND);
		expect(await run.done).toEqual({ kind: 'refused', path: '/api/samples', status: 401, at: START + 15 * SECOND });
		expect(clock.now()).toBe(START + 15 * SECOND);
	});

	test('goes on from any instant, sending what was due then once more', async () => {
		const { time, sent, run } = begin(3600, { from: START + 30 * SECOND });
		await time.pass(SECOND);
		await run.done;
		expect(instantsOf(sent)).toEqual([30, 45, 60]);
	});

	test('stops clean, in a wait and in a back-off', async () => {
		for (const answer of [() => 202, () => 503]) {
			const { time, sent, run } = begin(1, { answer });
			await time.pass(SECOND);
			await run.stop();
			const count = sent.length;
			await time.pass(60 * SECOND);
			expect([await run.done, sent.length, time.waiting()]).toEqual([{ kind: 'stopped' }, count, 0]);
		}
	});
});

describe('messages and counts of emergency rooms', () => {
	const ward: Scenario = {
		...scenario,
		messagesAt: (instant) =>
			instant === START + 30 * SECOND
				? [
						{ source: 'ps', messages: ['uno', 'due'] },
						{ source: 'altro', messages: ['tre'] },
					]
				: [],
		countsAt: (instant) => (instant === START + 30 * SECOND ? [{ source: 'conta', site: 'galliera', count: { present: 4 } }] : []),
	};

	function play(answer: (n: number) => string | null, slowMs = 0) {
		const time = createFakeTime();
		const clock = createRehearsalClock({ start: START, speed: 3600 });
		const said: string[] = [];
		let messages = 0;
		const run = startRehearsal({
			scenario: ward,
			clock,
			timers: time,
			tokenOf: () => 's',
			markToken: () => 'p',
			async post(path, _body, _token, headers) {
				said.push(`${(clock.now() - START) / SECOND} ${path} ${headers['idempotency-key']?.split(':').slice(1, -1).join(':')}`);
				return { status: 202 };
			},
			async deliver(source, message) {
				messages += 1;
				const code = answer(messages);
				if (slowMs > 0) await new Promise<void>((resolve) => time.after(slowMs, resolve));
				said.push(`${(clock.now() - START) / SECOND} ${source} ${message} ${code}`);
				if (code === null) throw new Error('the connection was closed');
				return code;
			},
		});
		return { time, clock, said, run, at30: () => said.filter((one) => one.startsWith('30 ')) };
	}

	test('go out one after the other: what sources say, messages, counts, marks', async () => {
		const { time, run, at30 } = play(() => 'AA');
		await time.pass(SECOND);
		expect(await run.done).toEqual({ kind: 'ended' });
		expect(at30()).toEqual([
			'30 /api/samples a',
			'30 /api/samples b',
			'30 ps uno AA',
			'30 ps due AA',
			'30 altro tre AA',
			'30 /api/er/galliera/count count:galliera',
			'30 /api/marks mark:1030000',
		]);
	});

	test('hold the clock until they are acknowledged', async () => {
		const { time, clock, run, said } = play(() => 'AA', 1000);
		await time.pass(2500);
		expect([clock.now() - START, said.length]).toEqual([30 * SECOND, 8]);
		await time.pass(5 * SECOND);
		expect(await run.done).toEqual({ kind: 'ended' });
	});

	test('are sent again where no answer came, or one that may be for later', async () => {
		const answers = ['AA', null, 'AE', 'AA'];
		const { time, run, at30 } = play((n) => (n <= answers.length ? (answers[n - 1] ?? null) : 'AA'));
		await time.pass(5 * SECOND);
		expect(await run.done).toEqual({ kind: 'ended' });
		expect(at30().filter((one) => one.includes('due'))).toEqual(['30 ps due null', '30 ps due AE', '30 ps due AA']);
	});

	test('end it where one is never taken, and say which source it was', async () => {
		const { time, run, at30 } = play((n) => (n === 1 ? 'AA' : 'AR'));
		await time.pass(60 * SECOND);
		expect(await run.done).toEqual({ kind: 'refused', path: 'mllp/ps', status: 0, at: START + 30 * SECOND, why: 'AR' });
		expect(at30().filter((one) => one.includes('due'))).toHaveLength(8);
	});
});

describe('a mark that has to be armed', () => {
	type Said = { readonly path: string; readonly token: string; readonly body: unknown; readonly key: string | undefined };

	/** A server that demands a nonce for votes: good once. */
	function room(options: { readonly spoil?: number } = {}) {
		const said: Said[] = [];
		const nonces = new Set<string>();
		let given = 0;
		const post: Post = async (path, text, token, headers) => {
			const body = JSON.parse(text) as { kind?: string; mark?: { kind: string }; nonce?: string };
			said.push({ path, token, body, key: headers['idempotency-key'] });
			if (path === '/api/arm') {
				given += 1;
				if (given > (options.spoil ?? 0)) nonces.add(`n${given}`);
				return { status: 200, body: JSON.stringify({ nonce: `n${given}` }) };
			}
			if (path === '/api/marks' && (body.kind === 'vote' || body.mark?.kind === 'vote') && !nonces.delete(body.nonce ?? ''))
				return { status: 428, body: '{"code":"not-armed","detail":"arm it"}' };
			return { status: 202, body: '{"seq":1}' };
		};
		const time = createFakeTime();
		const clock = createRehearsalClock({ start: START, speed: 3600 });
		const settled: number[] = [];
		const run = startRehearsal({
			scenario: voting,
			clock,
			post,
			tokenOf: () => 's',
			markToken: (by) => `t-${by ?? 'person'}`,
			timers: time,
			settle: async () => {
				await Promise.resolve();
				settled.push((clock.now() - START) / SECOND);
			},
		});
		return { said, time, run, settled, marks: () => said.filter(({ path }) => path !== '/api/samples') };
	}

	test('is armed by whoever makes it, and sent again under its key', async () => {
		const { time, run, marks } = room();
		await time.pass(SECOND);
		expect(await run.done).toEqual({ kind: 'ended' });
		const mark = { kind: 'vote', gate: 'varco', position: 'ced', vote: 'go' };
		const key = `prova:mark:${START + 30_000}:0`;
		expect(marks()).toEqual([
			{ path: '/api/marks', token: 't-ced', body: mark, key },
			{ path: '/api/arm', token: 't-ced', body: { mark }, key: undefined },
			{ path: '/api/marks', token: 't-ced', body: { mark, nonce: 'n1' }, key },
		]);
	});

	test('is armed again where the nonce ran out, and not for ever', async () => {
		const late = room({ spoil: 2 });
		await late.time.pass(SECOND);
		expect([await late.run.done, late.marks().length]).toEqual([{ kind: 'ended' }, 7]);
		const never = room({ spoil: 99 });
		await never.time.pass(SECOND);
		expect(await never.run.done).toEqual({ kind: 'refused', path: '/api/marks', status: 428, at: START + 30_000, why: 'arm it' });
	});

	test.each([
		['the mark', '/api/marks'],
		['its arming', '/api/arm'],
	])('that cannot be made as the night stands is passed over, and told: %s is refused', async (_what, refusedAt) => {
		const time = createFakeTime();
		const told: unknown[] = [];
		const post: Post = async (path) => {
			if (path === refusedAt) return { status: 409, body: '{"code":"gate-closed","detail":"chiuso"}' };
			return { status: path === '/api/marks' ? 428 : 202, body: '{}' };
		};
		const run = startRehearsal({
			scenario: voting,
			clock: createRehearsalClock({ start: START, speed: 3600 }),
			post,
			tokenOf: () => 's',
			markToken: () => 'p',
			timers: time,
			passedOver: ({ kind }, { path, why, at }) => told.push([kind, path, why, at - START]),
		});
		await time.pass(SECOND);
		expect(await run.done).toEqual({ kind: 'ended' });
		expect(told).toEqual([['vote', refusedAt, 'chiuso', 30 * SECOND]]);
	});

	test('the clock waits after every instant until the server has noted what it notes by itself', async () => {
		const { time, run, settled } = room();
		await time.pass(SECOND);
		await run.done;
		expect(settled).toEqual([0, 15, 30, 45, 60]);
	});
});

describe('the clock of a rehearsal', () => {
	test('moves only when told, and never back', () => {
		const clock = createRehearsalClock({ start: 100, speed: 60 });
		clock.advanceTo(150);
		clock.advanceTo(120);
		expect(clock.now()).toBe(150);
	});

	test.each([0, 0.5, 36_001, Number.NaN, -1, Number.POSITIVE_INFINITY])('refuses the speed %d', (speed) => {
		const clock = createRehearsalClock({ start: 0, speed: 60 });
		expect([clock.setSpeed(speed), clock.speed()]).toEqual([false, 60]);
	});

	test('stands for ever once the night is over', () => {
		const clock = createRehearsalClock({ start: 0, speed: 60 });
		clock.end();
		clock.advanceTo(10);
		expect([clock.setSpeed(60), clock.speed(), clock.now()]).toEqual([false, 0, 0]);
	});
});
