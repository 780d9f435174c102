// Sentences that are not said yet, for their sheet is under embargo, and those that are no longer said, for it was withdrawn. By the
// record's own clock: a sentence comes onto the board with the first entry after its moment, and before that nothing tells of it.
import type { BreakdownFacts } from '../../shared/board-breakdown.ts';
import type { IncidentFacts } from '../../shared/board-incident.ts';
import type { IncidentCells } from './incidents.projection.ts';
import { ownOf } from './keep-last.ts';

type Said = Pick<BreakdownFacts, 'incidents' | 'statements'>;
type Lines = IncidentFacts['lines'];

/** `seen`: when the newest entry reached our door. */
export function withoutUnsaid<T extends Said>(facts: T, seen: number): T {
	const { statements, incidents } = facts;
	const ahead = Object.entries(statements.rows).filter(([, { notBefore }]) => notBefore !== undefined && notBefore > seen);
	if (ahead.length === 0) return facts;
	const unsaid = new Set(ahead.map(([id]) => id));
	const about = new Set(ahead.map(([, { incident }]) => incident));
	return {
		...facts,
		statements: { ...statements, rows: Object.fromEntries(Object.entries(statements.rows).filter(([id]) => !unsaid.has(id))) },
		incidents: { ...incidents, rows: mapLines(incidents.rows, (id, lines) => (about.has(id) ? withoutSaid(lines, unsaid, seen) : lines)) },
	};
}

/** A sentence withdrawn before it was said never was: its id alone stays taken. One that was said stays, as what no longer holds. */
export function withdrawSentence(cells: IncidentCells, id: string, at: number): void {
	const { statements, incidents } = cells.live;
	const facts = ownOf(statements.rows, id);
	if (facts === undefined || facts.withdrawnAt !== undefined) return;
	if (at >= facts.at) {
		cells.live = { ...cells.live, statements: { ...statements, rows: { ...statements.rows, [id]: { ...facts, withdrawnAt: at } } } };
		return;
	}
	const { [id]: _never, ...rows } = statements.rows;
	cells.order.statements = cells.order.statements.filter((one) => one !== id);
	cells.live = {
		...cells.live,
		statements: { ...statements, rows, past: { ...statements.past, [id]: facts.at } },
		incidents: {
			...incidents,
			rows: mapLines(incidents.rows, (of, lines) => (of === facts.incident ? withoutSaid(lines, new Set([id]), at) : lines)),
		},
	};
}

const mapLines = (rows: Said['incidents']['rows'], turn: (id: string, lines: Lines) => Lines): Said['incidents']['rows'] =>
	Object.fromEntries(Object.entries(rows).map(([id, one]) => [id, { ...one, lines: turn(id, one.lines) }]));

function withoutSaid({ count, rows }: Lines, unsaid: ReadonlySet<string>, now: number): Lines {
	const stays = Object.entries(rows).filter(([, { subject, at }]) => at <= now || !unsaid.has((subject ?? '').replace(/^statement\//, '')));
	return { count, rows: Object.fromEntries(stays) };
}
