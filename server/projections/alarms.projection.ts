// Alarms: what came on and ended, by entries of Regia's own; who acknowledged and shelved, by marks. Decides nothing (domain/alarm.ts does).
import { ALARMS_CLEARED_ON_BOARD, type AlarmFacts, type AlarmLeft, type AlarmsFacts, alarmKey, noAlarms } from '../../shared/board-breakdown.ts';
import type { AlarmChange, AutoDraft, Entry, MarkDraft } from '../../shared/entry.ts';
import type { Plan } from '../../shared/plan.ts';
import { comesOn, isOfAnotherStep, type OnChange, takenBy } from '../domain/alarm-succession.ts';

export type AlarmCells = { live: AlarmsFacts };
export const emptyAlarms = (): AlarmCells => ({ live: noAlarms });

const BUCKET_MS = 600_000;
const BUCKETS = 144;
const DAY_MS = BUCKETS * BUCKET_MS;

export function planAlarms(cells: AlarmCells, { alarms }: Plan): void {
	const rules = Object.fromEntries(Object.entries(alarms.rules).map(([id, one]) => [id, { label: one.label, remedy: one.do }]));
	const remedies = Object.fromEntries(Object.entries(alarms.builtIn).flatMap(([name, one]) => (one.do === undefined ? [] : [[name, one.do]])));
	cells.live = { ...cells.live, rules, remedies };
}

/** A list while one entry changes it: the board's own is never written into. */
type Open = { active: Record<string, AlarmFacts>; cleared: Record<string, AlarmsFacts['cleared'][string]>; cameOn: number; dropped: number };

export function applyAlarms(cells: AlarmCells, entry: Extract<AutoDraft, { what: 'alarms' }>, _seq: number, at: number): void {
	const { live } = cells;
	const open: Open = { active: { ...live.active }, cleared: { ...live.cleared }, cameOn: 0, dropped: live.dropped ?? 0 };
	for (const change of entry.changes) applyChange(open, change, at);
	const { active, cleared, cameOn, dropped } = open;
	cells.live = {
		...live,
		active,
		cleared: lastOf(cleared),
		...countedWith(live, cameOn, at),
		...(dropped > 0 ? { dropped } : {}),
		...floodAfter(live, entry.flood, at),
	};
}

function applyChange(open: Open, change: AlarmChange, at: number): void {
	if (change.to === 'on') {
		putOn(open, change, at);
		return;
	}
	const facts = open.active[change.alarm];
	if (facts === undefined) return;
	switch (change.to) {
		case 'ended':
			open.active[change.alarm] = { ...facts, endedAt: at };
			break;
		case 'gone':
			if (change.why === 'full') open.dropped += 1;
			clear(open, change.alarm, at, change.why);
			break;
		case 'unshelved':
			open.active[change.alarm] = { ...facts, shelved: null };
			break;
		case 'suppressed':
			open.active[change.alarm] = { ...facts, suppressed: change.by };
			break;
		case 'freed': {
			// What was planned until now asks for somebody from now on.
			const { againAt: _, ...rest } = facts;
			open.active[change.alarm] = { ...rest, suppressed: null, since: at, acknowledged: null, escalatedAt: null };
			open.cameOn += 1;
			break;
		}
		case 'escalated':
			open.active[change.alarm] = { ...facts, escalatedAt: at };
	}
}

function putOn(open: Open, change: OnChange, at: number): void {
	const key = alarmKey(change.rule, change.subject);
	const before = open.active[key];
	const after = comesOn(change, open.active, at);
	const taken = takenBy(change, open.active);
	if (change.suppressed === null && (taken === undefined || taken.suppressed !== null)) open.cameOn += 1;
	if (change.follows !== undefined) clear(open, change.follows, at, 'succeeded');
	if (before !== undefined && isOfAnotherStep(before, change)) clear(open, key, at, 'succeeded');
	open.active[key] = after;
}

function clear(open: Pick<Open, 'active' | 'cleared'>, key: string, at: number, why?: AlarmLeft): void {
	const facts = open.active[key];
	if (facts === undefined) return;
	delete open.active[key];
	const last = Object.keys(open.cleared).at(-1);
	open.cleared[last === undefined ? 1 : Number(last) + 1] = { ...facts, clearedAt: at, ...(why === undefined ? {} : { why }) };
}

/** Keys are numbers that grow, so they lie in order. */
function lastOf(cleared: Open['cleared']): Open['cleared'] {
	const keys = Object.keys(cleared);
	for (const key of keys.slice(0, Math.max(0, keys.length - ALARMS_CLEARED_ON_BOARD))) delete cleared[key];
	return cleared;
}

function countedWith({ count, rates }: AlarmsFacts, cameOn: number, at: number): Pick<AlarmsFacts, 'count' | 'rates'> {
	if (cameOn === 0) return { count, rates };
	const bucket = Math.floor(at / BUCKET_MS);
	const kept = Object.entries(rates).filter(([key]) => Number(key) > bucket - BUCKETS);
	return { count: count + cameOn, rates: { ...Object.fromEntries(kept), [bucket]: (rates[bucket] ?? 0) + cameOn } };
}

function floodAfter(
	{ floods, floodSince }: AlarmsFacts,
	flood: Extract<AutoDraft, { what: 'alarms' }>['flood'],
	at: number,
): Partial<Pick<AlarmsFacts, 'floods' | 'floodSince'>> {
	if (flood === 'begins') return { floodSince: floodSince ?? at };
	if (flood !== 'ends' || floodSince === null) return {};
	return { floodSince: null, floods: [...floods.filter(([, until]) => until > at - DAY_MS), [floodSince, at]] };
}

export function applyAlarmMark(cells: AlarmCells, { mark, by, at }: Entry & MarkDraft): void {
	if (mark.kind !== 'alarm') return;
	const { live } = cells;
	const facts = Object.hasOwn(live.active, mark.alarm) ? live.active[mark.alarm] : undefined;
	if (facts === undefined) return;
	const after = markedWith(facts, mark, by, at);
	if (after !== null) {
		cells.live = { ...live, active: { ...live.active, [mark.alarm]: after } };
		return;
	}
	const open = { active: { ...live.active }, cleared: { ...live.cleared } };
	clear(open, mark.alarm, at);
	cells.live = { ...live, active: open.active, cleared: lastOf(open.cleared) };
}

/** Null: it leaves the list. */
function markedWith(facts: AlarmFacts, mark: Extract<MarkDraft['mark'], { kind: 'alarm' }>, by: string, at: number): AlarmFacts | null {
	switch (mark.act) {
		case 'acknowledge': {
			const acknowledged = facts.acknowledged ?? ([at, by] as const);
			return facts.endedAt !== null && !facts.latches ? null : { ...facts, acknowledged };
		}
		case 'shelve':
			return { ...facts, shelved: { until: mark.until, by, reason: mark.reason } };
		case 'unshelve':
			return { ...facts, shelved: null };
		case 'reset':
			return facts.latches && facts.endedAt !== null && facts.acknowledged !== null ? null : facts;
	}
}

export const showAlarms = (cells: AlarmCells): AlarmsFacts => cells.live;
