// Incidents at a moment: how long they last, and whether the next word is due. Pure; knows no words.
import type { Board } from './board.ts';
import type { IncidentFacts } from './board-incident.ts';
import type { IncidentStatus } from './breakdown.ts';
import type { ClockNow, IncidentNow } from './breakdown-now.ts';
import type { Standing } from './standing.ts';

const standings: Readonly<Record<IncidentStatus, Standing>> = {
	detected: 'bad',
	'cause-known': 'bad',
	restoring: 'bad',
	observing: 'watch',
	closed: 'good',
};

function judgeIncident(id: string, { lines: _lines, ...facts }: IncidentFacts, clocks: Readonly<Record<string, ClockNow>>, now: number): IncidentNow {
	const { since, status, closedAt } = facts;
	// What was promised holds again once it is reopened; of a closed one nobody waits for news.
	const nextUpdate = closedAt === null ? facts.nextUpdate : null;
	return {
		...facts,
		id,
		standing: standings[status],
		nextUpdate,
		lastsMs: Math.max(0, (closedAt ?? now) - since),
		nextUpdateMs: nextUpdate === null ? null : nextUpdate - now,
		updateOverdue: nextUpdate !== null && now > nextUpdate,
		clocks: Object.keys(clocks).filter((key) => clocks[key]?.incident === id),
	};
}

/** By id. `clocks`: as judged, by key. */
export const judgeIncidents = (
	{ incidents }: Pick<Board, 'incidents'>,
	clocks: Readonly<Record<string, ClockNow>>,
	now: number,
): Record<string, IncidentNow> =>
	Object.fromEntries(Object.entries(incidents.rows).map(([id, facts]) => [id, judgeIncident(id, facts, clocks, now)]));
