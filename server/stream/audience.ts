// Audiences: what each may see of the board. What a role may not see never leaves the server.
import type { ArchiveFacts, Board } from '../../shared/board.ts';
import type { Audience } from '../../shared/events.ts';
import { type MeasureName, measureOf } from '../../shared/measures.ts';

type View = (board: Board) => Board;

const whole: View = (board) => board;

/** The rehearsal under the live run is drawn on the desk alone. */
const wall: View = (board) => (board.ghost === null ? board : { ...board, ghost: null });

/** Whose turn it is, who votes and what is promised stays in the room. */
const ofTheRoom = {
	sources: {},
	teams: {},
	tasks: {},
	gates: {},
	forecast: null,
	promises: { count: 0, rows: {} },
	rollback: null,
	lanes: {},
	displays: {},
	ghost: null,
} as const;

/** The ward asks when its system is back: services and the window; no archives, sources or notes. */
const ward: View = (board) => ({ ...board, ...ofTheRoom, archives: {}, marks: { count: 0, rows: {} } });

/** Public figures only, by the measures table; no sources, no teams, no notes. */
const press: View = (board) => ({
	...board,
	archives: Object.fromEntries(Object.entries(board.archives).map(([id, one]) => [id, publicArchive(one)])),
	...ofTheRoom,
	marks: { count: 0, rows: {} },
});

function publicArchive(one: ArchiveFacts): ArchiveFacts {
	const figures = Object.entries(one.figures).filter(([name]) => measureOf(`archive.${name}` as MeasureName).press === 'public');
	return { ...one, figures: Object.fromEntries(figures), team: null, sources: [] };
}

export const viewFor: Readonly<Record<Audience, View>> = { wall, desk: whole, field: ward, press };
