// Which alarms come on, end and leave (ISA-18.2): conditions from the judged board, with delays, latches, suppression and floods. Pure.
import type { Board } from '../../shared/board.ts';
import { ALARMS_ON_BOARD, type AlarmFacts, type AlarmsFacts, alarmKey } from '../../shared/board-breakdown.ts';
import type { AlarmChange, AutoDraft } from '../../shared/entry.ts';
import type { BoardNow } from '../../shared/judge.ts';
import { cameOnSince } from '../../shared/judge-alarms.ts';
import type { Plan } from '../../shared/plan.ts';
import { type Look, lookAt } from './alarm-conditions.ts';
import { listAfter } from './alarm-list.ts';
import { type AlarmPlan, alarmPlanOf, priorityOf } from './alarm-plan.ts';
import type { Condition } from './alarm-sight.ts';
import { isOnBoard } from './alarm-subject.ts';
import { asksSince, comesOn, isOfAnotherStep, isUnseen, type OnChange, succeed } from './alarm-succession.ts';

type AlarmsDraft = Extract<AutoDraft, { what: 'alarms' }>;
export type AlarmWatch = {
	/**
	 * What has changed since the record's last word, as one entry; null where nothing has. Asked in order of time; asked again at the same
	 * moment of the board that its entry made, it has nothing to add.
	 */
	decide(board: Board, judged: BoardNow, now: number): AlarmsDraft | null;
};

/** Since when a condition lasts, or is gone, that the record does not say yet; by alarmKey. */
type Pending = Map<string, number>;

/** Keeps in memory nothing but delays that are under way: after a restart they begin anew. */
export function createAlarmWatch(plan: Pick<Plan, 'alarms'>): AlarmWatch {
	const inForce = alarmPlanOf(plan);
	const coming: Pending = new Map();
	const going: Pending = new Map();
	const freeing: Pending = new Map();

	return {
		decide(board, judged, now) {
			const look = lookAt(board, judged, now, inForce.own);
			const { active } = board.alarms;
			const { on, gone, succeeded } = succeed(readyOf(look, { board, now, inForce, coming }), active, look.holding);
			const looked = { board, look, now, inForce, going, freeing, plan };
			const keys = Object.keys(active).filter((key) => !succeeded.has(key));
			const changes = [...keys.flatMap((key) => changesOf(key, active[key] as AlarmFacts, looked)), ...gone];
			for (const pending of [going, freeing]) for (const key of pending.keys()) if (active[key]?.endedAt !== null) pending.delete(key);
			const fitting = makeRoom(on, changes, active);
			const late = fitting.flatMap((one) => (one.to === 'on' && isLate(comesOn(one, active, now), plan, now) ? [escalationOf(one)] : []));
			fitting.push(...late);
			const flood = floodOf(board.alarms, fitting, plan.alarms.flood, now);
			if (fitting.length === 0 && flood === null) return null;
			return { kind: 'auto', what: 'alarms', changes: fitting, ...(flood === null ? {} : { flood }) };
		},
	};
}

const escalationOf = ({ rule, subject }: OnChange): AlarmChange => ({ to: 'escalated', alarm: alarmKey(rule, subject) });

type Coming = { readonly board: Board; readonly now: number; readonly inForce: AlarmPlan; readonly coming: Pending };

/** Conditions that have lasted their delay and are not on. */
function readyOf({ holding }: Look, { board, now, inForce, coming }: Coming): OnChange[] {
	const found: OnChange[] = [];
	for (const key of coming.keys()) if (!holding.has(key)) coming.delete(key);
	for (const [key, condition] of holding) {
		const rule = inForce.rules.get(condition.rule);
		const listed = board.alarms.active[key];
		const isOn = listed?.endedAt === null && !isOfAnotherStep(listed, condition);
		// It is forgotten once the record holds it, not when it is decided: what could not be written is noticed again.
		if (rule === undefined || isOn) {
			coming.delete(key);
			continue;
		}
		const since = coming.get(key) ?? now;
		coming.set(key, since);
		if (now - since >= rule.onDelayMs) found.push(onChange(condition, board, inForce));
	}
	return found;
}

function onChange({ rule, subject, value, detail, isPlanned }: Condition, board: Board, { rules }: AlarmPlan): OnChange {
	const inForce = rules.get(rule);
	if (inForce === undefined) throw new Error(`no alarm is called ${rule}`);
	const before = board.alarms.active[alarmKey(rule, subject)];
	const suppressed = isPlanned && !(before !== undefined && isUnseen(before)) ? 'planned' : null;
	return { to: 'on', rule, subject, priority: priorityOf(inForce, subject, board), latches: inForce.latches, value, detail, suppressed };
}

type Going = {
	readonly board: Board;
	readonly look: Look;
	readonly now: number;
	readonly inForce: AlarmPlan;
	readonly going: Pending;
	readonly freeing: Pending;
	readonly plan: Pick<Plan, 'alarms'>;
};

function changesOf(key: string, facts: AlarmFacts, { board, look, now, inForce, going, freeing, plan }: Going): AlarmChange[] {
	const rule = inForce.rules.get(facts.rule);
	if (rule === undefined || !isOnBoard(facts.subject, board)) return [{ to: 'gone', alarm: key, why: 'unwatched' }];
	const changes: AlarmChange[] = [];
	if (facts.shelved !== null && now >= facts.shelved.until) changes.push({ to: 'unshelved', alarm: key });
	if (facts.endedAt !== null) return changes;
	if (isLate(facts, plan, now)) changes.push({ to: 'escalated', alarm: key });
	const condition = look.holding.get(key);
	if (condition !== undefined || look.stands(key, facts.rule, facts.subject)) going.delete(key);
	else {
		const since = going.get(key) ?? now;
		going.set(key, since);
		if (now - since >= rule.offDelayMs) return [...changes, { to: leavesAtOnce(facts) ? 'gone' : 'ended', alarm: key }];
	}
	if (condition === undefined || condition.isPlanned || facts.suppressed === null) freeing.delete(key);
	else {
		const since = freeing.get(key) ?? now;
		freeing.set(key, since);
		if (now - since >= rule.onDelayMs) changes.push({ to: 'freed', alarm: key });
	}
	if (condition?.isPlanned && isTakenAsPlanned(facts)) changes.push({ to: 'suppressed', alarm: key, by: 'planned' });
	return changes;
}

/** A P1 that asks for somebody, and nobody has come in time. */
function isLate(facts: AlarmFacts, { alarms }: Pick<Plan, 'alarms'>, now: number): boolean {
	const { priority, escalatedAt, shelved } = facts;
	const isShelved = shelved !== null && now < shelved.until;
	return priority === 1 && isUnseen(facts) && escalatedAt === null && !isShelved && now - asksSince(facts) >= alarms.escalateAfter;
}

/** Nobody has to be told that it is over: somebody has seen it, it was as planned, or it is of the least urgent kind. */
const leavesAtOnce = ({ latches, acknowledged, suppressed, priority }: AlarmFacts): boolean =>
	!latches && (acknowledged !== null || suppressed !== null || priority === 3);

/** A planned stop never takes away what somebody has still to see. */
const isTakenAsPlanned = ({ suppressed, acknowledged }: AlarmFacts): boolean => suppressed === null && acknowledged !== null;

/**
 * The list has an end. Where it is full, the oldest of the least urgent make room for more urgent ones, and the least urgent do not come on;
 * once only urgent ones stand on it, it grows with the plan's own size.
 */
function makeRoom(on: readonly OnChange[], changes: readonly AlarmChange[], active: AlarmsFacts['active']): AlarmChange[] {
	const leaving = new Set(changes.flatMap((one) => (one.to === 'gone' ? [one.alarm] : [])));
	const places = new Set(on.map(({ follows }) => follows));
	const isFresh = ({ rule, subject, follows }: OnChange): boolean => active[alarmKey(rule, subject)] === undefined && follows === undefined;
	let room = ALARMS_ON_BOARD - Object.keys(active).length + leaving.size;
	if (on.filter(isFresh).length <= room) return [...changes, ...on];
	const least = Object.keys(active)
		.filter((key) => active[key]?.priority === 3 && !leaving.has(key) && !places.has(key))
		.sort((a, b) => (active[a]?.since ?? 0) - (active[b]?.since ?? 0));
	const taken: AlarmChange[] = [];
	for (const one of [...on].sort((a, b) => a.priority - b.priority)) {
		if (!isFresh(one)) taken.push(one);
		else if (room > 0 || one.priority < 3) {
			const pushed = room > 0 ? undefined : least.shift();
			if (pushed !== undefined) taken.push({ to: 'gone', alarm: pushed, why: 'full' });
			else room -= 1;
			taken.push(one);
		}
	}
	return [...changes.filter((one) => one.to !== 'on'), ...taken];
}

type Flood = Plan['alarms']['flood'];

/** Alarms come faster than people can take them (EEMUA 191), counted in the list as these changes leave it; what is suppressed asks nobody. */
function floodOf(alarms: AlarmsFacts, changes: readonly AlarmChange[], { from, to, within }: Flood, now: number): 'begins' | 'ends' | null {
	const count = cameOnSince(changes.length === 0 ? alarms : listAfter(alarms, changes, now), now - within);
	if (alarms.floodSince === null) return count >= from ? 'begins' : null;
	return count < to ? 'ends' : null;
}
