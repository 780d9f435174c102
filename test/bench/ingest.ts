// Ingest in process: batches of 100 samples through Regia's recorder, beside node:sqlite alone committing the same payloads in the same groups.
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

/** Rows a second, of payloads that are already made. */
function commitBySqlite(payloads: readonly string[], group: number): number {
	const folder = temporaryFolder('bench');
	const db = new DatabaseSync(join(folder, 'bare.db'));
	db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE row (seq INTEGER PRIMARY KEY, payload TEXT NOT NULL)');
	const insert = db.prepare('INSERT INTO row (payload) VALUES (?)');
	const begin = db.prepare('BEGIN IMMEDIATE');
	const commit = db.prepare('COMMIT');
	const began = performance.now();
	for (let first = 0; first < payloads.length; first += group) {
		begin.run();
		for (let i = first; i < Math.min(first + group, payloads.length); i += 1) insert.run(payloads[i] ?? '');
		commit.run();
	}
	const seconds = (performance.now() - began) / 1000;
	db.close();
	rmSync(folder, { recursive: true });
	return payloads.length / seconds;
}

export async function benchIngest({ rounds, batches: count }: IngestScale): Promise<Row[]> {
	const plan = await planDraft();
	const batches = batchesOf(count, 2);
	const payloads = batches.map((samples) => encodeEntry({ kind: 'samples', source: SOURCE, samples: samples as readonly Sample[] }));
	const inFlights = [1, 32, 256];
	const found = inFlights.map((inFlight) => ({ inFlight, regia: [] as number[], other: [] as number[] }));
	await ingestByRegia(plan, batches, 32);
	for (let round = 0; round < rounds; round += 1) {
		for (const { inFlight, regia, other } of found) {
			regia.push(await ingestByRegia(plan, batches, inFlight));
			other.push(commitBySqlite(payloads, inFlight));
		}
	}
	const bytes = Math.round(payloads.reduce((sum, one) => sum + one.length, 0) / payloads.length);
	return [
		{ title: `Durable ingest in process, batches of ${SAMPLES_A_BATCH} samples, ${bytes} bytes a row` },
		...found.map(({ inFlight, regia, other }) => ({
			what: `batches a second, ${inFlight} in flight`,
			regia,
			beside: 'node:sqlite alone',
			other,
			digits: 0,
			aim: '≥ 0.6',
		})),
	];
}
