// A process of its own that appends to the journal in argv[2] and writes each acknowledged seq to its standard output.
// argv: folder, how many (0 = until it is killed), how many in flight, prefix of the keys.
import { writeSync } from 'node:fs';
import { openSqliteJournal } from '../../server/journal/sqlite-journal.ts';
import { noteDraft, samplesDraft } from './draft-shapes.ts';

const [, , folder = '', count = '0', inFlight = '1', prefix = 'n'] = process.argv;
const limit = Number(count) || Number.POSITIVE_INFINITY;
const journal = await openSqliteJournal(folder);
writeSync(1, 'open\n');
let next = 0;

async function appendInTurn(): Promise<void> {
	while (next < limit) {
		next += 1;
		const key = `${prefix}-${next}`;
		const draft = next % 3 === 0 ? samplesDraft(100, next) : noteDraft(key);
		const { entry } = await journal.append(draft, next, key);
		writeSync(1, `${key} ${entry.seq}\n`);
	}
}

await Promise.all(Array.from({ length: Number(inFlight) }, appendInTurn));
await journal.close();
