// Curves on disk: read beside the plan that names one, and exported from a past night's data folder. Writes nothing.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Curve, curveSchema } from '../shared/curve-schema.ts';
import type { Plan } from '../shared/plan.ts';
import { curveOf } from './domain/curve.ts';
import { sqliteReader } from './journal/sqlite-reader.ts';
import { applyEntry, boardOf, emptyFacts } from './projections/fold.ts';

const CURVE_MAX_BYTES = 100_000;

export type ReadCurve = { readonly curve: Curve | null; readonly text: string } | { readonly mistake: string };

/** The curve that a plan names (`cutover.rehearsal.curve`), from the plan's own folder. Null where it names none. */
export async function readCurve({ cutover }: Plan, folder: string): Promise<ReadCurve> {
	const name = cutover.rehearsal?.curve;
	if (name === undefined) return { curve: null, text: '' };
	const file = join(folder, name);
	const wrong = (what: string): ReadCurve => ({ mistake: `cutover.rehearsal.curve: ${file} ${what}` });
	let text: string;
	try {
		text = await readFile(file, 'utf8');
	} catch {
		return wrong('cannot be read — put it beside the plan: npm run plan -- curve --data DIR --out FILE');
	}
	if (text.length > CURVE_MAX_BYTES) return wrong(`is larger than ${CURVE_MAX_BYTES / 1000} kB: it is no curve`);
	try {
		const read = curveSchema.safeParse(JSON.parse(text));
		if (read.success) return { curve: read.data, text };
		const [issue] = read.error.issues;
		return wrong(`is no curve: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''} — export it again: npm run plan -- curve --data DIR`);
	} catch {
		return wrong('is not JSON — export it again: npm run plan -- curve --data DIR');
	}
}

export const digestWith = (digest: string, curve: string): string => createHash('sha256').update(`${digest}\n${curve}`).digest('hex');

/** The curve of the night that a data folder holds, as it stands at its last entry; also while a Regia runs in it. */
export async function exportCurve(folder: string): Promise<{ readonly text: string } | { readonly mistake: string }> {
	const file = join(folder, 'journal.db');
	if (!existsSync(file)) return { mistake: `${folder} holds no journal: give the data folder of a past night with --data` };
	const reader = sqliteReader(file);
	try {
		const facts = emptyFacts();
		for await (const entry of reader.read(0, Number.MAX_SAFE_INTEGER)) applyEntry(facts, entry);
		const curve = curveOf(boardOf(facts));
		return curve === null ? { mistake: `${folder} holds no night: its journal has no plan` } : { text: `${JSON.stringify(curve)}\n` };
	} finally {
		reader.close();
	}
}
