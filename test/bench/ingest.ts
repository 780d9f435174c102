// Ingest in process: batches of 100 readings in memory through Regia's recorder, beside node:sqlite alone that keeps the same readings, made into
// text or rows while the clock runs, in the same groups a commit. A text that was made before would be less work: who sends readings has none.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { loadRegistry } from '../../server/connectors/registry.ts';
import { encodeEntry } from '../../server/journal/entry-codec.ts';
import { openSqliteJournal } from '../../server/journal/sqlite-journal.ts';
import { readPlan } from '../../server/plan-file.ts';
import { openRecorder } from '../../server/recorder.ts';
import type { PlanDraft } from '../../shared/entry.ts';
import type { Reading, Sample } from '../../shared/sample.ts';
import { temporaryFolder } from '../kit/server.ts';
import { createLoad, planOf, SOURCE, SUBJECTS } from './load.ts';
import type { Row } from './table.ts';

export type IngestScale = { readonly rounds: number; readonly batches: number };

const SAMPLES_A_BATCH = 100;
const SIZE = { archives: 30, services: 30 };
const START = Date.UTC(2025, 9, 21, 17);

async function planDraft(): Promise<PlanDraft> {
	const text = planOf(SIZE);
	const read = readPlan(text, 'bench.yaml', await loadRegistry());
	if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
	return { kind: 'plan', plan: read.plan, text, digest: read.digest, by: 'bench', rehearsal: false };
}

/** A second of the night apart, so that no series has two values for an instant. */
function batchesOf(count: number, seed: number): readonly (readonly Reading[])[] {
	const load = createLoad(SIZE, seed);
	return Array.from({ length: count }, (_, i) => load.next(SAMPLES_A_BATCH, START + i * 1000));
}

/** Batches a second. */
async function ingestByRegia(plan: PlanDraft, batches: readonly (readonly Reading[])[], inFlight: number): Promise<number> {
	const folder = temporaryFolder('bench');
	const journal = await openSqliteJournal(folder);
	let now = START;
	const recorder = await openRecorder(journal, () => now);
	await recorder.append(plan);
	let next = 0;
	const sendInTurn = async (): Promise<void> => {
		for (let readings = batches[next++]; readings; readings = batches[next++]) {
			now += 1000;
			const outcome = await recorder.submit({ source: SOURCE, readings, may: SUBJECTS });
			if (!outcome.ok || outcome.accepted !== readings.length) throw new Error(`not all was accepted: ${JSON.stringify(outcome)}`);
		}
	};
	const began = performance.now();
	await Promise.all(Array.from({ length: inFlight }, sendInTurn));
	const seconds = (performance.now() - began) / 1000;
	await journal.close();
	rmSync(folder, { recursive: true });
	return batches.length / seconds;
}

type Insert = (values: readonly (string | number | null)[]) => unknown;

/** Batches a second, where `insert` keeps the n-th batch in a table of these columns; `group` of them a commit. */
function commitBySqlite(columns: readonly string[], count: number, group: number, insert: (n: number, row: Insert) => void): number {
	const folder = temporaryFolder('bench');
	const db = new DatabaseSync(join(folder, 'bare.db'));
	db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE row (seq INTEGER PRIMARY KEY, ${columns.join(', ')})`);
	const statement = db.prepare(`INSERT INTO row (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);
	const row: Insert = (values) => statement.run(...values);
	const begin = db.prepare('BEGIN IMMEDIATE');
	const commit = db.prepare('COMMIT');
	const began = performance.now();
	for (let first = 0; first < count; first += group) {
		begin.run();
		for (let n = first; n < Math.min(first + group, count); n += 1) insert(n, row);
		commit.run();
	}
	const seconds = (performance.now() - began) / 1000;
	db.close();
	rmSync(folder, { recursive: true });
	return count / seconds;
}

export async function benchIngest({ rounds, batches: count }: IngestScale): Promise<Row[]> {
	const plan = await planDraft();
	const batches = batchesOf(count, 2);
	const textOf = (readings: readonly Reading[]): string => encodeEntry({ kind: 'samples', source: SOURCE, samples: readings as readonly Sample[] });
	const rowABatch =
		(text: (readings: readonly Reading[]) => string) =>
		(group: number): number =>
			commitBySqlite(['payload'], count, group, (n, row) => row([text(batches[n] ?? [])]));
	const rowASample = (group: number): number =>
		commitBySqlite(['subject', 'measure', 'value', 'at'], count, group, (n, row) => {
			for (const { subject, measure, value, at } of batches[n] ?? []) row([subject, measure, value, at]);
		});
	const baselines = [
		{ beside: "node:sqlite, Regia's text, a row a batch", run: rowABatch(textOf) },
		{ beside: 'node:sqlite, JSON, a row a batch', run: rowABatch(JSON.stringify) },
		{ beside: 'node:sqlite, a row a sample', run: rowASample },
	];
	const found = [1, 32, 256].map((inFlight) => ({ inFlight, regia: [] as number[], others: baselines.map(() => [] as number[]) }));
	await ingestByRegia(plan, batches, 32);
	for (let round = 0; round < rounds; round += 1) {
		for (const { inFlight, regia, others } of found) {
			const sides = [
				async () => regia.push(await ingestByRegia(plan, batches, inFlight)),
				...baselines.map(
					({ run }, i) =>
						async () =>
							others[i]?.push(run(inFlight)),
				),
			];
			for (const side of round % 2 === 0 ? sides : sides.toReversed()) await side();
		}
	}
	const bytesOf = (text: (readings: readonly Reading[]) => string): string =>
		Math.round(batches.reduce((sum, one) => sum + text(one).length, 0) / count).toLocaleString('en');
	return [
		{
			title: `Durable ingest in process, batches of ${SAMPLES_A_BATCH} samples: ${bytesOf(textOf)} bytes as Regia's text, ${bytesOf(JSON.stringify)} as JSON`,
		},
		...found.flatMap(({ inFlight, regia, others }) =>
			baselines.map(({ beside }, i): Row => {
				return { what: `batches a second, ${inFlight} in flight`, regia, beside, other: others[i] ?? [], digits: 0, aim: '≥ 0.6' };
			}),
		),
	];
}
