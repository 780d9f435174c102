// What is due, worst first: flows against their deadline, the next step of each legal clock, the update that was promised. Pure.
import type { BreakdownNow, ClockNow, FlowNow, IncidentNow, StepState } from '../../shared/breakdown-now.ts';
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
	/** The title of its incident, where another leads the wall. */
	readonly about: string | null;
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

const standingOf: Readonly<Record<StepState, Standing>> = {
	running: 'good',
	near: 'watch',
	overdue: 'bad',
	sent: 'good',
	'sent-late': 'good',
	waived: 'good',
};

/** The next step, and each other that is near or late: nobody may be left to find out about one only once another is sent. */
function clockRows(id: string, { law, next, steps }: ClockNow, about: string | null, w: Words): readonly DeadlineRow[] {
	if (next === null) {
		const [label, text] = [w.allSent[law], w.done];
		return [{ id: `clock/${id}`, label, about, standing: 'good', text, short: { label, text }, complete: 3 }];
	}
	return [next, ...steps.filter(({ step, state }) => step !== next.step && (state === 'near' || state === 'overdue'))].map((one) => {
		const time = lengthOf(one.remainingMs, w);
		return {
			id: one === next ? `clock/${id}` : `clock/${id}/${one.step}`,
			label: w.law[law][one.step],
			about,
			standing: standingOf[one.state],
			text: fill(w.step[one.state], { time }),
			short: { label: w.lawShort[law][one.step], text: fill(one.state === 'overdue' ? w.overdueShort : w.step[one.state], { time }) },
			complete: about === null ? 1 : 2,
		};
	});
}

/** `incident`: the one that leads. What is owed about another is due all the same, also once that one is closed, and is said with its title. */
export function deadlineRows(
	{ flows, clocks, incidents }: BreakdownNow,
	incident: IncidentNow | null,
	now: number,
	own: BreakdownWords,
): readonly DeadlineRow[] {
	const w = own.deadlines;
	const rows: DeadlineRow[] = Object.entries(flows).map(([id, one]) => ({
		id: `flow/${id}`,
		label: fill(w.flow, { label: one.label, limit: limitOf(one.deadlineMs, w) }),
		about: null,
		standing: one.standing,
		text: flowText(one, now, w),
		short: { label: one.label, text: flowText(one, now, { ...w, overdue: w.overdueShort, 'cannot-be-met': w.cannotShort }) },
		complete: 0,
	}));
	for (const [id, one] of Object.entries(clocks)) {
		const isOfLead = one.incident === incident?.id;
		if (isOfLead || one.next !== null) rows.push(...clockRows(id, one, isOfLead ? null : (incidents[one.incident]?.title ?? null), w));
	}
	if (incident !== null && incident.closedAt === null) rows.push(updateRow(incident, w));
	return rows;
}

function updateRow({ nextUpdateMs, updateOverdue }: IncidentNow, w: Words): DeadlineRow {
	const text = nextUpdateMs === null ? w.notPromised : fill(updateOverdue || nextUpdateMs < 0 ? w.late : w.in, { time: lengthOf(nextUpdateMs, w) });
	return {
		id: 'update',
		label: w.nextUpdate,
		about: null,
		standing: updateOverdue ? 'watch' : 'good',
		text,
		short: { label: w.nextUpdateShort, text },
		complete: 0.5,
	};
}
