// Acknowledged means durable, for those who push in their own formats: a journal that fails again and again, a sender that sends again whatever
// it was not told is kept, and in the end each sample and each alert is in the record, once. An acknowledgement before the commit is found.
import { compress } from 'snappyjs';
import { expect, test } from 'vitest';
import { loadRegistry } from '../server/connectors/registry.ts';
import { createVisitKeys } from '../server/connectors/visit-keys.ts';
import { JournalError } from '../server/journal/journal.ts';
import { openMemoryJournal } from '../server/journal/memory-journal.ts';
import { readPlan } from '../server/plan-file.ts';
import { openPushed } from '../server/pushed.ts';
import { openRecorder, type Recorder } from '../server/recorder.ts';
import type { Sample } from '../shared/sample.ts';
import { chanceOf } from './connectors/probe-kit.ts';
import { facilityPlan } from './kit/facility-plan.ts';
import { writeRequest } from './kit/remote-write.ts';

const kinds = await loadRegistry();
const ROUNDS = 60;
const START = Date.parse('2021-08-14T20:00:00Z');

type Sent = { readonly missing: number; readonly twice: number; readonly alerts: number | null; readonly failures: number };

/** What a journal that fails by the dice holds in the end, of what was sent until it was acknowledged. `tamper` spoils the way. */
async function play(seed: number, tamper: (recorder: Recorder) => Pick<Recorder, 'submit' | 'facts'>): Promise<Sent> {
	const below = chanceOf(seed);
	let now = START;
	let failures = 0;
	const text = facilityPlan();
	const read = readPlan(text, 'prova.yaml', kinds);
	if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
	const journal = openMemoryJournal();
	const append: typeof journal.append = async (draft, ...rest) => {
		if (draft.kind === 'samples' && below(3) === 0) {
			failures += 1;
			throw new JournalError('full', 'no room');
		}
		return journal.append(draft, ...rest);
	};
	const recorder = await openRecorder({ ...journal, append }, () => now);
	await recorder.append({ kind: 'plan', plan: read.plan, text, digest: read.digest, by: 'test', rehearsal: false });
	const keys = createVisitKeys(new Uint8Array(32).fill(3));
	const pushed = openPushed({ sources: read.plan.sources, recorder: tamper(recorder), keys, now: () => now });
	const until = async (send: () => ReturnType<typeof pushed.alerts>): Promise<void> => {
		for (let tries = 0; tries < 100; tries += 1) {
			const taken = await send();
			if (!taken.ok) throw new Error(taken.code);
			if (taken.outcome.ok) return;
		}
		throw new Error('never taken');
	};
	const expected: number[] = [];
	for (let round = 0; round < ROUNDS; round += 1) {
		now += 1000;
		const value = 20 + round / 100;
		expected.push(value);
		const packed = Buffer.from(compress(writeRequest([{ labels: { __name__: 'room_celsius', room: 'ced' }, samples: [[value, now - 500]] }])));
		await until(() => pushed.prometheus(packed, { source: 'prom', subjects: ['facility/*'] }));
		const alert = { status: 'firing', labels: { site: 'ced' }, fingerprint: String(round).padStart(16, '0'), endsAt: '' };
		const message = JSON.stringify({ version: '4', groupKey: `g${round}`, truncatedAlerts: 0, alerts: [alert] });
		await until(() => pushed.alerts(message, { source: 'avvisi', subjects: ['facility/*'] }));
	}
	const kept: Sample[] = [];
	for await (const entry of journal.read(0)) if (entry.kind === 'samples') kept.push(...entry.samples);
	const values = kept.filter((one) => one.measure === 'facility.temperature').map((one) => one.value);
	return {
		missing: expected.filter((value) => !values.includes(value)).length,
		twice: values.length - new Set(values).size,
		alerts: kept.findLast((one) => one.measure === 'facility.alerts')?.value ?? null,
		failures,
	};
}

test.each([1, 2, 3])('what was acknowledged is in the record, once, whatever the journal did (seed %i)', async (seed) => {
	const { failures, ...found } = await play(seed, (recorder) => recorder);
	expect(found).toEqual({ missing: 0, twice: 0, alerts: ROUNDS });
	expect(failures).toBeGreaterThan(ROUNDS / 4);
});

test('an acknowledgement before the commit is found', async () => {
	const found = await play(4, (recorder) => ({
		facts: recorder.facts,
		async submit(batch) {
			const outcome = await recorder.submit(batch);
			return outcome.ok ? outcome : { ok: true, accepted: batch.readings.length, seq: 0, refused: [], repeated: false };
		},
	}));
	expect(found.missing).toBeGreaterThan(ROUNDS / 10);
	expect(found.alerts).toBeLessThan(ROUNDS);
});
