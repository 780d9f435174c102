// What readers have been told, and not told, of people: one memory for live pages and sheets, kept in the data folder beside the record and
// not among what may be thrown away. Where it is not there, or cannot be read, nobody knows what was told: nothing is, for a day.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { REMEMBERED_MS } from './domain/press-sites.ts';
import { joinTables, type PublishedTable } from './domain/small-counts-table.ts';

/** `counts` of people in rooms, also of those that have gone silent, with what is hidden; `hidden`: keys of other figures. */
export type LiveMemory = {
	readonly hidden: Set<string>;
	counts: PublishedTable | null;
	/** Since when (ms UTC) it is whole; null before the first look. Left out: nothing was ever lost. */
	since?: number | null;
};

/** Whether something may have been told near this moment that is remembered no longer. Begins to count at the first look. */
export function isForgotten(memory: LiveMemory, now: number, at: number): boolean {
	if (memory.since === undefined) return false;
	memory.since ??= now;
	return at < memory.since + REMEMBERED_MS;
}

/** Told beside what was told before. */
export function alsoTold(memory: LiveMemory, counts: PublishedTable | null): void {
	if (counts !== null) memory.counts = memory.counts === null ? counts : joinTables(memory.counts, counts);
}

/** Of what is kept; one of another version is as good as lost. */
const VERSION = 2;

const lost = (): LiveMemory => ({ hidden: new Set(), counts: null, since: null });

export function readMemory(file: string): LiveMemory {
	try {
		const { version, hidden, counts, since } = JSON.parse(readFileSync(file, 'utf8')) as {
			version: unknown;
			hidden: readonly string[];
			counts: PublishedTable | null;
			since: unknown;
		};
		return version === VERSION && typeof since === 'number' ? { hidden: new Set(hidden), counts, since } : lost();
	} catch {
		return lost();
	}
}

/** False where it could not be kept: then nothing may be told that would have to be remembered. */
export function keepMemory(file: string, { hidden, counts, since }: LiveMemory): boolean {
	try {
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(`${file}.new`, JSON.stringify({ version: VERSION, hidden: [...hidden], counts, since }), { mode: 0o600 });
		renameSync(`${file}.new`, file);
		return true;
	} catch {
		return false;
	}
}
