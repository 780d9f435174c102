// Alarms: what came on and ended, by entries of Regia's own; who acknowledged and shelved, by marks. Decides nothing (domain/alarm.ts does).
import { type AlarmFacts, type AlarmsFacts, noAlarms } from '../../shared/board-breakdown.ts';
import type { AutoDraft, Entry, MarkDraft } from '../../shared/entry.ts';
import type { Plan } from '../../shared/plan.ts';
import { listAfter, listWithout } from '../domain/alarm-list.ts';

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

export function applyAlarms(cells: AlarmCells, entry: Extract<AutoDraft, { what: 'alarms' }>, _seq: number, at: number): void {
	const { live } = cells;
	const { active, cleared, cameOn, dropped } = listAfter(live, entry.changes, at);
	cells.live = {
		...live,
		active,
		cleared,
		...countedWith(live, cameOn, at),
		...(dropped > 0 ? { dropped } : {}),
		...floodAfter(live, entry.flood, at),
	};
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
	cells.live = { ...live, ...listWithout(live, mark.alarm, at) };
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
