// Alarms, acknowledgements, outages and restarts by chance, before the real rules, the real outbox and the real loop: each thing that is due is
// delivered exactly once and in order, and none is lost. A second list, kept by hand beside them, says what is due.
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Channel, Sent } from '../../server/notify/channel.ts';
import { type Notifier, type NotifierParts, startNotifier, usualPace } from '../../server/notify/notifier.ts';
import type { ChannelFacts, NoticeFacts } from '../../shared/board-breakdown.ts';
import { openRoom, planOf, START, say } from '../domain/notice-play.ts';

const down: readonly Sent[] = [
	{ ok: false, why: 'unreachable', how: 'again' },
	{ ok: false, why: 'timeout', how: 'again' },
	{ ok: false, why: 'refused', how: 'again', retryAfterMs: 45_000 },
	{ ok: false, why: 'unauthorised', how: 'access' },
];

type Step =
	| { readonly do: 'on' | 'end' | 'ack' | 'esc'; readonly alarm: string }
	| { readonly do: 'down'; readonly how: number }
	| { readonly do: 'well' | 'restart' | 'crash' | 'test' }
	| { readonly do: 'wait'; readonly seconds: number };

/** `lies`: it takes nothing and says that it did. */
type Fault = 'lies' | 'forgets' | 'backwards' | 'hides' | 'none';

type Played = { readonly due: readonly string[]; readonly got: readonly string[]; readonly left: readonly string[]; readonly doubled: number };

async function play(steps: readonly Step[], fault: Fault = 'none'): Promise<Played> {
	vi.setSystemTime(START);
	const room = openRoom(planOf({ sala: {} }));
	const due: string[] = [];
	const got: { readonly key: string; readonly text: string }[] = [];
	const on = new Set<string>();
	const acknowledged = new Set<string>();
	const escalated = new Set<string>();
	let outage: Sent | null = null;
	let crashes = false;
	let draws = 0;

	const channel: Channel = {
		async send(message) {
			await Promise.resolve();
			if (outage !== null) return outage;
			if (fault !== 'lies' || got.length !== 2) got.push({ key: message.id, text: message.title });
			return { ok: true };
		},
	};
	const turned = (facts: ChannelFacts): ChannelFacts => {
		const keys = Object.keys(facts.outbox.rows).sort();
		const rows: Record<string, NoticeFacts> = { ...facts.outbox.rows };
		const first = keys[0];
		const waits = fault === 'backwards' ? keys.length > 1 : fault === 'hides' && got.length === 3;
		if (waits && first !== undefined) delete rows[first];
		return { ...facts, outbox: { ...facts.outbox, rows } };
	};
	const parts: NotifierParts = {
		channels: { sala: channel },
		facts: () => turned(room.facts('sala')),
		compose: (_channel, key, notice) => ({
			id: key,
			kind: notice.kind,
			alarm: null,
			priority: null,
			subject: null,
			label: null,
			title: say(notice),
			lines: [],
			at: notice.at,
			count: null,
			rehearsal: false,
			link: null,
			linkText: '',
		}),
		async record(outcome) {
			await Promise.resolve();
			// Taken by the receiver, and the process gone before that is in the record.
			if (crashes && outcome.what === 'delivered') throw new Error('gone');
			if (fault !== 'forgets' || outcome.what !== 'delivered' || got.length !== 2) room.record(outcome, Date.now());
		},
		isBlind: () => false,
		now: Date.now,
		elapsed: Date.now,
		random() {
			draws += 1;
			return (draws * 0.37) % 1;
		},
		told: () => undefined,
		pace: { ...usualPace, lookMs: 500, mostMs: 30_000 },
	};

	let notifier: Notifier = startNotifier(parts);
	const act = (what: string, name: string): void => {
		room.act(what, name, Date.now());
		room.look(Date.now());
	};
	async function restart(): Promise<void> {
		const stopped = notifier.stop();
		await vi.advanceTimersByTimeAsync(3000);
		await stopped;
		crashes = false;
		notifier = startNotifier(parts);
	}

	for (const step of steps) {
		await vi.advanceTimersByTimeAsync(1000);
		if (step.do === 'wait') await vi.advanceTimersByTimeAsync(step.seconds * 1000);
		else if (step.do === 'down') outage = down[step.how % down.length] ?? null;
		else if (step.do === 'well') outage = null;
		else if (step.do === 'restart') await restart();
		else if (step.do === 'crash') {
			crashes = true;
			await vi.advanceTimersByTimeAsync(2000);
			await restart();
		} else if (step.do === 'test') {
			if (room.waiting('sala').filter((one) => one === '?').length < 5) due.push('?');
			act('test', 'sala');
		} else if ('alarm' in step) {
			const { alarm } = step;
			if (step.do === 'on' && !on.has(alarm)) {
				on.add(alarm);
				acknowledged.delete(alarm);
				escalated.delete(alarm);
				act('on', alarm);
				due.push(`+${alarm}`);
			} else if (step.do === 'end' && on.has(alarm)) {
				on.delete(alarm);
				act('gone', alarm);
				due.push(`-${alarm}`);
			} else if (step.do === 'ack' && on.has(alarm)) {
				acknowledged.add(alarm);
				act('ack', alarm);
			} else if (step.do === 'esc' && on.has(alarm) && !acknowledged.has(alarm) && !escalated.has(alarm)) {
				escalated.add(alarm);
				act('esc', alarm);
				due.push(`!${alarm}`);
			}
		}
	}
	outage = null;
	await vi.advanceTimersByTimeAsync(120_000);
	await restart();
	await vi.advanceTimersByTimeAsync(120_000);
	const ended = notifier.stop();
	await vi.advanceTimersByTimeAsync(3000);
	await ended;
	// A receiver that drops what it has by its id.
	const fresh = got.filter(({ key }, index) => got.findIndex((one) => one.key === key) === index);
	return { due, got: fresh.map(({ text }) => text), left: room.waiting('sala'), doubled: got.length - fresh.length };
}

const name = fc.constantFrom('a1', 'b1', 'c2', 'd2', 'e3');
const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 8, arbitrary: fc.record({ do: fc.constantFrom('on', 'end', 'ack', 'esc'), alarm: name }) as fc.Arbitrary<Step> },
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('down' as const), how: fc.nat(3) }) },
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('well' as const) }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constantFrom('restart' as const, 'crash' as const, 'test' as const) }) },
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), seconds: fc.nat(90) }) },
);
const night = fc.array(step, { minLength: 20, maxLength: 60 });

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('delivery', () => {
	test('each thing that is due comes exactly once and in order, whatever fails', async () => {
		let messages = 0;
		await fc.assert(
			fc.asyncProperty(night, async (steps) => {
				const { due, got, left, doubled } = await play(steps);
				expect(got).toEqual(due);
				expect(left).toEqual([]);
				// Nothing comes twice but what a crash cut off from the record.
				expect(doubled).toBeLessThanOrEqual(steps.filter((one) => one.do === 'crash').length);
				messages += got.length;
			}),
			{ seed: 1970, numRuns: 200 },
		);
		console.info(`delivery: ${messages} messages over 200 nights`);
		expect(messages).toBeGreaterThan(1000);
	});

	const script: readonly Step[] = ['a1', 'b1', 'c2', 'd2', 'e3'].flatMap((alarm): Step[] => [
		{ do: 'on', alarm },
		{ do: 'end', alarm },
	]);
	const storm: readonly Step[] = [{ do: 'down', how: 0 }, ...script, { do: 'well' }];
	test.each<[Fault, string]>([
		['lies', 'a receiver that loses one'],
		['backwards', 'a loop that begins at the end'],
		['hides', 'an outbox that loses one'],
	])('a planted fault is caught: %s, %s', async (fault) => {
		const { due, got } = await play(storm, fault);
		expect(got).not.toEqual(due);
	});

	test('a planted fault is caught: a delivery that is not recorded comes twice', async () => {
		const { doubled } = await play(storm, 'forgets');
		expect(doubled).toBeGreaterThan(0);
	});

	test('four hundred while nobody is there: each P1 by itself and in order, of the others none uncounted', async () => {
		const many: Step[] = Array.from({ length: 400 }, (_, n) => ({ do: 'on', alarm: `x${n}-${n % 4 === 0 ? 1 : (n % 2) + 2}` }));
		const { due, got, left, doubled } = await play([{ do: 'down', how: 0 }, ...many, { do: 'well' }, { do: 'wait', seconds: 60 }]);
		const urgent = (all: readonly string[]): readonly string[] => all.filter((one) => one.endsWith('-1'));
		expect(urgent(got)).toEqual(urgent(due));
		const counted = got.reduce((sum, one) => sum + (/^#(\d+)/.exec(one) ? Number(/^#(\d+)/.exec(one)?.[1]) : 1), 0);
		expect([counted, left, doubled]).toEqual([400, [], 0]);
		expect(got.length).toBeLessThanOrEqual(202);
		console.info(`delivery: 400 alarms while down came as ${got.length} messages, ${urgent(got).length} of them P1`);
	});

	test('and without a fault it is as it must be', async () => {
		expect(await play(storm)).toMatchObject({ got: (await play(storm)).due, left: [], doubled: 0 });
	});
});
