// What a data folder's record says of its emergency rooms, added up from its entries and its visits, with no server.
import { openSqliteJournal } from '../../../server/journal/sqlite-journal.ts';
import { presentCells } from '../../../shared/er.ts';

export type Counted = {
	readonly arrivals: number;
	readonly departures: number;
	readonly present: number;
	/** Visits beside the chain. */
	readonly visits: number;
	/** The first entry that does not fit; null where the chain holds. */
	readonly broken: number | null;
};

export async function countedIn(folder: string): Promise<Counted> {
	const journal = await openSqliteJournal(folder);
	const sums = { arrivals: 0, departures: 0, present: 0 };
	for await (const entry of journal.read(0)) {
		if (entry.kind !== 'census') continue;
		for (const { changes } of entry.sites) {
			for (const [cell, , , by] of changes) {
				if (cell === 'arrivals' || cell === 'departures') sums[cell] += by;
				if ((presentCells as readonly string[]).includes(cell)) sums.present += by;
			}
		}
	}
	const counted = { ...sums, visits: (await journal.visits()).length, broken: await journal.verify() };
	await journal.close();
	return counted;
}
