// A night as data: its journal, gzipped, and beside it the figures that it must fold to at named moments. Reads and writes recordings.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { applyEntry, boardOf, emptyFacts } from '../../server/projections/fold.ts';
import type { Board } from '../../shared/board.ts';
import type { Entry } from '../../shared/entry.ts';
import { judge } from '../../shared/judge.ts';

export const recordingsFolder = join(import.meta.dirname, '../recordings');

/** A moment of the night and what must be true in it. `seq`: the last entry that had been seen. */
export type Moment = { readonly name: string; readonly seq: number; readonly now: number };
export type MomentFigures = Moment & { readonly figures: Readonly<Record<string, string | number | boolean | null>> };

export function foldTo(entries: readonly Entry[], seq: number): Board {
	const facts = emptyFacts();
	for (const entry of entries) if (entry.seq <= seq) applyEntry(facts, entry);
	return boardOf(facts);
}

/** The figures that a recording promises for a moment, by their names. */
export function figuresOf(board: Board, now: number): MomentFigures['figures'] {
	const { archives, services, rollup } = judge(board, now);
	const figures: Record<string, string | number | boolean | null> = {};
	for (const [id, one] of Object.entries(archives)) {
		const { unit, total, moved, verified, itemsTotal, itemsMoved, itemsVerified, done, standing } = one;
		for (const [name, value] of Object.entries({ unit, total, moved, verified, itemsTotal, itemsMoved, itemsVerified, done, standing })) {
			figures[`archives.${id}.${name}`] = value;
		}
	}
	for (const [id, one] of Object.entries(services)) {
		figures[`services.${id}.up`] = one.up;
		figures[`services.${id}.downMs.unplanned`] = one.downMs.unplanned;
	}
	for (const name of ['total', 'moved', 'verified', 'done', 'standing'] as const) figures[`rollup.${name}`] = rollup[name];
	figures['rollup.oldest'] = rollup.oldest?.subject ?? null;
	return figures;
}

/** Returns the size of what was written, in bytes. */
export function writeRecording(name: string, entries: readonly Entry[], moments: readonly Moment[], folder = recordingsFolder): number {
	const journal = gzipSync(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''), { level: 9 });
	const promised = moments.map((one) => ({ ...one, figures: figuresOf(foldTo(entries, one.seq), one.now) }));
	const text = `${JSON.stringify(promised, null, '\t')}\n`;
	writeFileSync(join(folder, `${name}.ndjson.gz`), journal);
	writeFileSync(join(folder, `${name}.json`), text);
	return journal.length + Buffer.byteLength(text);
}

export type Recording = {
	readonly name: string;
	readonly bytes: number;
	readonly text: string;
	readonly entries: readonly Entry[];
	readonly moments: readonly MomentFigures[];
};

export function readRecordings(folder = recordingsFolder): readonly Recording[] {
	const names = readdirSync(folder).filter((file) => file.endsWith('.ndjson.gz'));
	return names.map((file) => {
		const name = file.slice(0, -'.ndjson.gz'.length);
		const packed = readFileSync(join(folder, file));
		const text = gunzipSync(packed).toString('utf8');
		const lines = text.trimEnd().split('\n');
		return {
			name,
			bytes: packed.length,
			text,
			entries: lines.map((line) => JSON.parse(line) as Entry),
			moments: JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as MomentFigures[],
		};
	});
}
