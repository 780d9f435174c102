// Audiences: what each may see of the board. What a role may not see never leaves the server.
import type { ArchiveFacts, Board } from '../../shared/board.ts';
import { noAlarms } from '../../shared/board-breakdown.ts';
import type { SiteFacts } from '../../shared/board-er.ts';
import type { Audience } from '../../shared/events.ts';
import { type MeasureName, measureOf } from '../../shared/measures.ts';
import { withoutNames } from '../domain/sheet-names.ts';

type View = (board: Board) => Board;

/** Sheets that are not out: whoever may read them asks for them by name (press.route.ts), and the count tells that there is a new one. */
const withoutDrafts: View = (board) => {
	const out = Object.entries(board.press.rows).filter(([, { state, embargoUntil }]) => state !== 'draft' && embargoUntil === null);
	return { ...board, press: { ...board.press, rows: Object.fromEntries(out) } };
};

const mapSites = ({ sites }: Board, turn: (site: SiteFacts) => SiteFacts): Board['sites'] =>
	Object.fromEntries(Object.entries(sites).map(([id, one]) => [id, turn(one)]));

/** The rehearsal under the live run is drawn on the desk alone, and so are the past counts of the wards. */
const wall: View = (board) => ({
	...board,
	ghost: null,
	sites: mapSites(board, withoutLog),
	press: { count: 0, rows: {} },
	alarms: { ...board.alarms, cleared: {} },
	channels: {},
});
const withoutLog = (site: SiteFacts): SiteFacts => ({ ...site, counts: { count: site.counts.count, rows: {} } });

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
	facilities: {},
	networks: {},
	dependants: {},
	flows: {},
	alarms: noAlarms,
	incidents: { count: 0, rows: {} },
	clocks: {},
	channels: {},
	canaries: [],
} as const;

/**
 * The ward asks when its system is back: services and the window; no archives, sources or notes. Of sites those that are on paper or
 * were counted by hand, and of them the count, the dark and what the 118 is told; how full the others are is not the ward's.
 */
const ward: View = (board) => ({
	...board,
	...ofTheRoom,
	archives: {},
	press: { count: 0, rows: {} },
	statements: { count: 0, rows: {} },
	sites: Object.fromEntries(Object.entries(board.sites).flatMap(([id, one]) => (one.dark === null && one.count === null ? [] : [[id, onWard(one)]]))),
	marks: { count: 0, rows: {} },
});

const onWard = (site: SiteFacts): SiteFacts => ({
	...withoutLog(site),
	dark: site.dark && { since: site.dark.since, restoredAt: site.dark.restoredAt, caughtUpAt: site.dark.caughtUpAt },
	neighbours: [],
	expected: null,
	expectedFrom: null,
	census: null,
	figures: {},
	respirators: null,
	physiciansOnDuty: null,
	sources: [],
	trend: {},
});

const mapRows = <T>(rows: Readonly<Record<string, T>>, turn: (one: T) => T): Record<string, T> =>
	Object.fromEntries(Object.entries(rows).map(([id, one]) => [id, turn(one)]));

/** Public figures only, by the measures table; no sources, no teams, no notes, no sites: how full they are is internal. */
const press: View = (board) => ({
	...withoutDrafts(board),
	press: withoutNames(withoutDrafts(board).press),
	statements: { ...board.statements, rows: mapRows(board.statements.rows, (one) => ({ ...one, by: '' })) },
	archives: Object.fromEntries(Object.entries(board.archives).map(([id, one]) => [id, publicArchive(one)])),
	...ofTheRoom,
	sites: {},
	marks: { count: 0, rows: {} },
});

function publicArchive(one: ArchiveFacts): ArchiveFacts {
	const figures = Object.entries(one.figures).filter(([name]) => measureOf(`archive.${name}` as MeasureName).press === 'public');
	return { ...one, figures: Object.fromEntries(figures), team: null, sources: [] };
}

export const viewFor: Readonly<Record<Audience, View>> = { wall, desk: withoutDrafts, field: ward, press };
