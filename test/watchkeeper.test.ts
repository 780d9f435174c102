// The watchkeeper on a real recorder over a journal in memory: what it writes, in which order, once; and what it survives.
import { expect, test } from 'vitest';
import type { ForecastInput } from '../server/domain/forecast-input.ts';
import { JournalError } from '../server/journal/journal.ts';
import { openMemoryJournal } from '../server/journal/memory-journal.ts';
import { openRecorder } from '../server/recorder.ts';
import { createWatchkeeper } from '../server/watchkeeper.ts';
import type { ForecastFacts } from '../shared/board-night.ts';
import type { Entry } from '../shared/entry.ts';
import type { Vote } from '../shared/mark.ts';
import { type GateLiteral, planOf, START } from './domain/gate-play.ts';

const drawn = (at: number, seed: number): ForecastFacts => ({
	at,
	seed,
	draws: 1000,
	finish: [at + 1000, at + 2000, at + 3000],
	why: null,
	blind: [],
	drivers: [],
	gates: {},
	services: {},
	archives: {},
	tasks: {},
	streams: {},
});

type Options = { readonly gate?: GateLiteral; readonly forecast?: () => Promise<ForecastFacts>; readonly appendFails?: () => Error | null };

async function room({ gate, forecast, appendFails = () => null }: Options = {}) {
	let now = START;
	const journal = openMemoryJournal();
	const recorder = await openRecorder(journal, () => now);
	await recorder.append({ kind: 'plan', plan: planOf(gate), text: '', digest: 'd', by: 'prova', rehearsal: false });
	const faults: unknown[] = [];
	const asked: { readonly at: number; readonly seed: number }[] = [];
	const watchkeeper = createWatchkeeper({
		plan: planOf(gate),
		recorder: {
			board: recorder.board,
			append: async (draft, key) => {
				const fails = appendFails();
				if (fails) throw fails;
				return recorder.append(draft, key);
			},
		},
		forecaster: {
			forecast(_input: ForecastInput, seed) {
				asked.push({ at: now, seed });
				return forecast?.() ?? Promise.resolve(drawn(now, seed));
			},
		},
		now: () => now,
		fault: (error) => faults.push(error),
	});
	return {
		watchkeeper,
		recorder,
		faults,
		asked,
		at: (second: number) => {
			now = START + second * 1000;
		},
		said: (value: number) =>
			recorder.append({ kind: 'samples', source: 'one', samples: [{ subject: 'archive/a', measure: 'archive.lag', value, at: now }] }),
		voted: (position: string, vote: Vote) => recorder.mark({ kind: 'vote', gate: 'varco', position, vote }, position),
		async autos(): Promise<readonly string[]> {
			const entries: Entry[] = [];
			for await (const entry of journal.read(0)) entries.push(entry);
			return entries.flatMap((entry) => (entry.kind === 'auto' ? [entry.what === 'gate' ? entry.to : entry.what] : []));
		},
	};
}

test('writes what the votes came to and then a forecast, and nothing on another look at the same moment', async () => {
	const { watchkeeper, at, said, voted, autos } = await room();
	await said(3);
	at(1);
	await voted('ced', 'go');
	await voted('dir', 'go');
	await watchkeeper.tick();
	expect(await autos()).toEqual(['go', 'forecast']);
	await watchkeeper.tick();
	expect(await autos()).toEqual(['go', 'forecast']);
});

test('writes what fell by time alone', async () => {
	const { watchkeeper, at, said, voted, autos, recorder } = await room({ gate: { until: new Date(START + 100_000).toISOString() } });
	await said(3);
	await voted('ced', 'go');
	await voted('dir', 'go');
	await watchkeeper.tick();
	at(61);
	await watchkeeper.tick();
	at(100);
	await watchkeeper.tick();
	// That a go fell is an alarm, which ends with the gate.
	expect((await autos()).filter((one) => one !== 'forecast')).toEqual(['go', 'open', 'alarms', 'expired', 'alarms']);
	expect(recorder.board().board.gates.varco).toMatchObject({ closed: ['expired', START + 100_000, 'auto'], reopened: [1, START + 61_000, 'lag'] });
});

test('looks asked for together are one look more, and each decision is in the record once', async () => {
	const { watchkeeper, said, voted, autos, asked } = await room();
	await said(3);
	await voted('ced', 'go');
	await voted('dir', 'go');
	await Promise.all(Array.from({ length: 20 }, () => watchkeeper.tick()));
	expect(await autos()).toEqual(['go', 'forecast']);
	expect(asked).toHaveLength(1);
});

test('does not let the gates wait for a forecast that takes its time', async () => {
	let finish: (facts: ForecastFacts) => void = () => undefined;
	const { watchkeeper, said, voted, autos } = await room({
		forecast: () =>
			new Promise((resolve) => {
				finish = resolve;
			}),
	});
	const first = watchkeeper.tick();
	await new Promise((resolve) => setImmediate(resolve));
	await said(3);
	await voted('ced', 'hold');
	const second = watchkeeper.tick();
	await new Promise((resolve) => setImmediate(resolve));
	expect(await autos()).toEqual(['hold']);
	finish(drawn(START, 1));
	await Promise.all([first, second]);
	expect(await autos()).toEqual(['hold', 'forecast']);
});

test.each(['full', 'failing', 'closed'] as const)('a journal that is %s is no fault: what was not written is noticed again', async (code) => {
	let fails: Error | null = new JournalError(code, 'prova');
	const { watchkeeper, said, voted, autos, faults } = await room({ appendFails: () => fails });
	await said(3);
	await voted('ced', 'hold');
	await watchkeeper.tick();
	expect([await autos(), faults]).toEqual([[], []]);
	fails = null;
	await watchkeeper.tick();
	expect(await autos()).toEqual(['hold', 'forecast']);
});

test('a forecast that fails is told to the log, and the gates go on', async () => {
	const { watchkeeper, said, voted, autos, faults } = await room({ forecast: () => Promise.reject(new Error('il lavoratore è caduto')) });
	await watchkeeper.tick();
	await said(3);
	await voted('ced', 'back');
	await watchkeeper.tick();
	expect(await autos()).toEqual(['hold']);
	expect(faults.map(String)).toEqual(['Error: il lavoratore è caduto', 'Error: il lavoratore è caduto']);
});

test('stops: what is under way ends, and nothing is written after', async () => {
	const { watchkeeper, said, voted, autos } = await room();
	await watchkeeper.stop();
	await said(3);
	await voted('ced', 'hold');
	await watchkeeper.tick();
	expect(await autos()).toEqual([]);
});
