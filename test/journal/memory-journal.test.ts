// The journal in memory passes the contract that the durable ones pass.
import { emptyMemoryStore, openMemoryJournal } from '../../server/journal/memory-journal.ts';
import { journalContract } from '../contracts/journal-contract.ts';

journalContract('memory', async () => {
	const store = emptyMemoryStore();
	const journal = openMemoryJournal(store);
	return {
		journal,
		durableSeq: () => store.rows.length,
		tamper: (seq) => {
			const row = store.rows[seq - 1];
			if (row) row.payload = row.payload.replace('note', 'nota');
		},
		reopen: async () => {
			await journal.close();
			return openMemoryJournal(store);
		},
		dispose: () => journal.close(),
	};
});
