// The sites of the plan in force, read from a data folder's record, also while its server runs. Writes nothing.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { decodeEntry } from './entry-codec.ts';

export type SitesInForce = { readonly sites: readonly string[] } | { readonly unknown: string };

export function sitesInForce(folder: string): SitesInForce {
	const file = join(folder, 'journal.db');
	if (!existsSync(file)) return { unknown: `${folder} holds no record yet; start Regia with its plan, or check the name` };
	try {
		const db = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
		try {
			const row = db.prepare("SELECT seq, seen, payload FROM journal WHERE kind = 'plan' ORDER BY seq DESC LIMIT 1").get();
			if (typeof row?.payload !== 'string') return { unknown: `the record in ${folder} holds no plan yet; start Regia with it, or check the name` };
			const entry = decodeEntry(Number(row.seq), Number(row.seen), 'plan', row.payload);
			return { sites: entry.kind === 'plan' ? Object.keys(entry.plan.sites) : [] };
		} finally {
			db.close();
		}
	} catch {
		return { unknown: `the record in ${folder} cannot be read; check the name` };
	}
}
