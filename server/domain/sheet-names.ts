// Press sheets without the names of people, for those who look at the press's board. Pure.
import type { Board } from '../../shared/board.ts';

/** Who wrote, released and withdrew a sheet is asked for by who may read drafts. */
export const withoutNames = ({ count, rows }: Board['press']): Board['press'] => ({
	count,
	rows: Object.fromEntries(
		Object.entries(rows).map(([id, one]) => [id, { ...one, author: '', releasedBy: null, withdrawn: one.withdrawn && { ...one.withdrawn, by: '' } }]),
	),
});
