// The sidecar that remembers how far the record had got, so that an older copy put in its place is noticed at the next start.
// Never in an append's way: what can't be written here is written later.
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Position } from '../../shared/entry.ts';

const REWRITE_EVERY_MS = 1000;

export type HeadFile = {
	/** What was last noted, or null where nothing readable was. */
	read(): Position | null;
	/** Will be written within a second. */
	note(position: Position): void;
	writeNow(position: Position): void;
	/** Writes what is noted and stops. */
	close(): Promise<void>;
};

export function headFile(folder: string): HeadFile {
	const file = join(folder, 'journal.head');
	const fresh = `${file}.new`;
	let noted: Position | null = null;
	let timer: NodeJS.Timeout | null = null;
	let writing: Promise<void> = Promise.resolve();

	async function rewrite(): Promise<void> {
		timer = null;
		if (!noted) return;
		const text = JSON.stringify(noted);
		noted = null;
		try {
			await writeFile(fresh, text);
			await rename(fresh, file);
		} catch {
			await rm(fresh, { force: true }).catch(() => {});
		}
	}

	return {
		read() {
			try {
				const { epoch, seq, hash } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Position>;
				return typeof epoch === 'string' && typeof seq === 'number' && typeof hash === 'string' ? { epoch, seq, hash } : null;
			} catch {
				return null;
			}
		},
		note(position) {
			noted = position;
			timer ??= setTimeout(() => {
				writing = rewrite();
			}, REWRITE_EVERY_MS).unref();
		},
		writeNow(position) {
			try {
				writeFileSync(fresh, JSON.stringify(position));
				renameSync(fresh, file);
			} catch {
				rmSync(fresh, { force: true });
			}
		},
		async close() {
			if (timer) clearTimeout(timer);
			await writing;
			await rewrite();
		},
	};
}
