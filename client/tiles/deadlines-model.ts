// What is due, worst first: flows against their deadline, the next step of each legal clock, the update that was promised. Pure.
import type { BreakdownNow, ClockNow, FlowNow, IncidentNow } from '../../shared/breakdown-now.ts';
import { formatCountdown } from '../../shared/format.ts';
import type { Standing } from '../../shared/standing.ts';
import type { BreakdownWords } from '../../shared/words/breakdown-words.ts';
import { fill } from '../../shared/words/words.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** From here on days say more than hours. */
const IN_DAYS_FROM_MS = 4 * DAY_MS;

export type DeadlineRow = {
	readonly id: string;
	readonly label: string;
	readonly standing: Standing;
	readonly text: string;
	/** Where there is little room. */
	readonly short: { readonly label: string; readonly text: string };
	/** Of one standing: flows, the update, clocks. */
	readonly complete: number;
};

type Words = BreakdownWords['deadlines'];

/** `39:42` in hours and minutes; from four days on whole days. */
export function lengthOf(ms: number, w: Words): string {
	const whole = Math.abs(ms);
	if (whole < IN_DAYS_FROM_MS) return formatCountdown(whole);
	const days = Math.floor(whole / DAY_MS);
	return fill(days === 1 ? w.days.one : w.days.many, { count: days });
}

const limitOf = (ms: number, w: Words): string => (ms % HOUR_MS === 0 ? fill(w.hours, { count: ms / HOUR_MS }) : formatCountdown(ms));

function flowText(one: FlowNow, now: number, w: Words): string {
	const left = one.dueAt === null ? null : one.dueAt - now;
	if (one.state === 'unknown') return w.unknown;
	if (one.state === 'overdue') return fill(w.overdue, { time: lengthOf(one.overdueMs, w) });
	if (left === null) return one.backlog === 0 || one.oldestAgeMs === 0 ? w.empty : w.met;
	return fill(one.state === 'cannot-be-met' ? w['cannot-be-met'] : w.in, { time: lengthOf(left, w) });
}

function clockRow(id: string, one: ClockNow, w: Words): DeadlineRow {
	const { next } = one;
	if (next === null) {
		const [label, text] = [w.allSent[one.law], w.done];
		return { id: `clock/${id}`, label, standing: 'good', text, short: { label, text }, complete: 3 };
	}
	const time = lengthOf(next.remainingMs, w);
	return {
		id: `clock/${id}`,
		label: w.law[one.law][next.step],
		standing: one.standing,
		text: fill(w.step[next.state], { time }),
		short: { label: w.lawShort[one.law][next.step], text: fill(next.state === 'overdue' ? w.overdueShort : w.step[next.state], { time }) },
		complete: 1,
	};
}

/** `incident`: the one that leads; clocks of others that are closed or not shown are not of this wall. */
export function deadlineRows(
	{ flows, clocks }: BreakdownNow,
	incident: IncidentNow | null,
	now: number,
	own: BreakdownWords,
): readonly DeadlineRow[] {
	const w = own.deadlines;
	const rows: DeadlineRow[] = Object.entries(flows).map(([id, one]) => ({
		id: `flow/${id}`,
		label: fill(w.flow, { label: one.label, limit: limitOf(one.deadlineMs, w) }),
		standing: one.standing,
		text: flowText(one, now, w),
		short: { label: one.label, text: flowText(one, now, { ...w, overdue: w.overdueShort, 'cannot-be-met': w.cannotShort }) },
		complete: 0,
	}));
	for (const [id, one] of Object.entries(clocks)) if (incident === null || one.incident === incident.id) rows.push(clockRow(id, one, w));
	if (incident !== null && incident.closedAt === null) rows.push(updateRow(incident, w));
	return rows;
}

function updateRow({ nextUpdateMs, updateOverdue }: IncidentNow, w: Words): DeadlineRow {
	const text = nextUpdateMs === null ? w.notPromised : fill(updateOverdue || nextUpdateMs < 0 ? w.late : w.in, { time: lengthOf(nextUpdateMs, w) });
	return {
		id: 'update',
		label: w.nextUpdate,
		standing: updateOverdue ? 'watch' : 'good',
		text,
		short: { label: w.nextUpdateShort, text },
		complete: 0.5,
	};
}
