// Floods by chance: whatever comes and goes in one, no P1 that nobody took is missing from what was told, and messages stay few.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { FLOOD_AGAIN_MS, FLOOD_URGENT_MS } from '../../server/domain/notice.ts';
import { alarmOf, openRoom, planOf, START } from './notice-play.ts';

const STEP_MS = 10_000;

type Step = { readonly do: 'on' | 'end' | 'ack' | 'esc' | 'calm' | 'flood' | 'wait'; readonly which: number; readonly cause: number };
type Onset = { readonly at: number; ended: boolean; acknowledged: boolean; escalatedAt: number | null };
type Found = { readonly fault: string | null; readonly messages: number; readonly urgent: number; readonly short: number };

/** `forgets`: what ends leaves the list, seen or not. */
function night(steps: readonly Step[], forgets = false): Found {
	const room = openRoom(planOf({ sala: {} }));
	const onsets = new Map<string, Onset>();
	let [at, fault, inFlood, short] = [START, null as string | null, false, 0];
	const check = (): void => {
		const { told } = room.facts('sala');
		for (const [name, onset] of onsets) {
			if (onset.acknowledged) continue;
			const row = told[alarmOf(name, 0)[0]];
			const isTold = row?.[0] === onset.at;
			if (!isTold && (!inFlood || at >= onset.at + FLOOD_AGAIN_MS)) fault ??= `${name}, on at ${(onset.at - START) / 1000}, was not told`;
			const isOwed = onset.escalatedAt !== null && (!inFlood || at >= onset.escalatedAt + FLOOD_URGENT_MS);
			if (isOwed && row?.[3] !== onset.escalatedAt) fault ??= `the escalation of ${name} was not told`;
		}
	};
	const look = (): void => {
		room.look(at);
		check();
		at += STEP_MS;
	};
	for (const [n, { do: what, which, cause }] of steps.entries()) {
		const open = [...onsets].filter(([, one]) => !one.ended && !one.acknowledged);
		const [name, onset] = open[which % Math.max(1, open.length)] ?? [];
		if (what === 'on') {
			// Of two priorities, and some explained by what came before.
			const fresh = `x${n}-${(which % 3) + 1}`;
			room.act('on', fresh, at);
			if (name !== undefined && cause > 0) room.act('because', `${fresh}<${name}`, at);
			if (fresh.endsWith('-1')) onsets.set(fresh, { at, ended: false, acknowledged: false, escalatedAt: null });
		} else if (what === 'flood' && !inFlood) {
			inFlood = true;
			room.act('flood', '', at);
		} else if (what === 'calm' && inFlood) {
			inFlood = false;
			room.act('calm', '', at);
		} else if (name !== undefined && onset !== undefined && what === 'end') {
			onset.ended = true;
			if (at < onset.at + FLOOD_AGAIN_MS) short += 1;
			room.act(forgets ? 'gone' : 'end', name, at);
		} else if (name !== undefined && onset !== undefined && what === 'ack') {
			onset.acknowledged = true;
			room.act('ack', name, at);
		} else if (name !== undefined && onset !== undefined && what === 'esc' && onset.escalatedAt === null) {
			onset.escalatedAt = at;
			room.act('esc', name, at);
		}
		look();
	}
	for (let n = 0; n <= FLOOD_AGAIN_MS / STEP_MS; n += 1) look();
	const rows = Object.values(room.facts('sala').outbox.rows).filter(({ kind, alarm }) => kind === 'flood' && alarm !== null);
	return { fault, messages: rows.length, urgent: onsets.size, short };
}

const step: fc.Arbitrary<Step> = fc.record({
	do: fc.oneof(
		{ weight: 6, arbitrary: fc.constant('on' as const) },
		{ weight: 4, arbitrary: fc.constantFrom('end' as const, 'ack' as const, 'esc' as const) },
		{ weight: 1, arbitrary: fc.constantFrom('flood' as const, 'flood' as const, 'calm' as const) },
		{ weight: 4, arbitrary: fc.constant('wait' as const) },
	),
	which: fc.nat(11),
	cause: fc.nat(2),
});
const nights = fc.array(step, { minLength: 30, maxLength: 120 });

test('no P1 that nobody took is missing from what was told, however short; nor is an escalation; a message a minute at most', () => {
	let [messages, urgent, short] = [0, 0, 0];
	fc.assert(
		fc.property(nights, (steps) => {
			const found = night([{ do: 'flood', which: 0, cause: 0 }, ...steps]);
			expect(found.fault).toBeNull();
			const minutes = ((steps.length + 1) * STEP_MS + FLOOD_AGAIN_MS) / FLOOD_URGENT_MS;
			const floods = 1 + steps.filter((one) => one.do === 'flood').length;
			expect(found.messages).toBeLessThanOrEqual(minutes + floods);
			messages += found.messages;
			urgent += found.urgent;
			short += found.short;
		}),
		{ seed: 1631, numRuns: 200 },
	);
	console.info(`floods: ${urgent} P1, of which ${short} were over within five minutes, in ${messages} messages`);
	expect(short).toBeGreaterThan(300);
});

test('a planted fault is caught: a list that forgets what nobody has seen', () => {
	const found = fc.check(
		fc.property(nights, (steps) => night([{ do: 'flood', which: 0, cause: 0 }, ...steps], true).fault === null),
		{ seed: 1631, numRuns: 20 },
	);
	expect(found.failed).toBe(true);
});
