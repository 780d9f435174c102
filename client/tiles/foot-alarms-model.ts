// What the strip at the foot says of alarms: the worst that asks for somebody, or in a flood its causes; and what is expected, as a count. Pure.
import type { AlarmsFacts } from '../../shared/board-breakdown.ts';
import type { AlarmNow, AlarmsNow } from '../../shared/breakdown-now.ts';
import { formatAge, type Language } from '../../shared/format.ts';
import type { Standing } from '../../shared/standing.ts';
import { type AlarmWords, sayClock } from '../../shared/words/alarm-words.ts';
import { fill } from '../../shared/words/words.ts';

export type FootAlarm = {
	readonly id: string;
	readonly standing: Extract<Standing, 'watch' | 'bad'>;
	readonly priority: string;
	/** What it is: the label and the alarm's name, or the cause of a flood. */
	readonly text: string;
	/** Quiet words beside it, the more important first: what causes it, how many hang on that, for how long, who has taken it. */
	readonly beside: readonly string[];
	readonly todo: string;
	readonly isTaken: boolean;
	readonly pulses: boolean;
};

export type FootAlarms = {
	readonly lines: readonly FootAlarm[];
	readonly isFlood: boolean;
	/** How many there are: alarms, or causes and alarms. */
	readonly counts: readonly string[];
	/** Acknowledged ones alone are quieter. */
	readonly standing: Standing;
	/** What stands and is expected, as counts; in whole and in few words. */
	readonly suppressed: readonly { readonly text: string; readonly short: string }[];
};

/** What the plan says of alarms: its own by id, and what it has people do about a built-in one. */
export type PlanSays = Pick<AlarmsFacts, 'rules' | 'remedies'>;

export const ROOTS_AT_MOST = 3;
/** From so many on that one cause explains, the strip tells of causes, be they many at once or long there. */
const GROUP_FROM = 3;

const isTaken = ({ state }: AlarmNow): boolean => state === 'acknowledged';
const asks = ({ state }: AlarmNow): boolean => state === 'unacknowledged';
const holds = ({ endedAt }: AlarmNow): boolean => endedAt === null;
/** What latches asks as loudly as if it still held. */
const wantsSomebody = ({ acknowledged, endedAt, latches }: AlarmNow): boolean => acknowledged === null && (endedAt === null || latches);

export const nameOfAlarm = (rule: string, { rules }: PlanSays, own: AlarmWords): string => rules[rule]?.label ?? own.name[rule] ?? rule;
/** Every alarm says what to do: the plan's word goes before the house's. */
export const remedyOf = (rule: string, { rules, remedies }: PlanSays, own: AlarmWords): string =>
	rules[rule]?.remedy ?? remedies[rule] ?? own.remedy[rule] ?? '';

/** `nameOf`: who somebody is, as a screen says it. */
export type Told = {
	readonly says: PlanSays;
	readonly own: AlarmWords;
	readonly language: Language;
	readonly now: number;
	readonly nameOf: (by: string) => string;
};

function lineOf(one: AlarmNow, { says, own, language, now, nameOf }: Told, extra: readonly string[] = []): FootAlarm {
	const w = own.strip;
	const over = one.state === 'latched' ? [w.latched] : one.state === 'ended-unacknowledged' ? [w.ended] : one.detail === 'unseen' ? [w.unseen] : [];
	const taken = one.acknowledged === null ? [] : [fill(w.taken, { by: nameOf(one.acknowledged[1]) })];
	return {
		id: one.id,
		standing: one.priority === 1 && holds(one) ? 'bad' : 'watch',
		priority: fill(w.priority, { priority: one.priority }),
		text: textOf(one, says, own),
		beside: [
			...extra,
			...over,
			fill(one.endedAt === null ? w.since : w.lasted, { age: formatAge(Math.max(0, (one.endedAt ?? now) - one.since), language) }),
			...taken,
		],
		todo: one.state === 'latched' ? w.latchedTodo : one.endedAt === null ? remedyOf(one.rule, says, own) : w.endedTodo,
		isTaken: isTaken(one),
		pulses: one.priority === 1 && asks(one),
	};
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Regia's own blindness is about nobody else; a sentence and a title may be long, so that what is the matter stands first, and what is owed. */
function textOf(one: AlarmNow, says: PlanSays, own: AlarmWords): string {
	const name = nameOfAlarm(one.rule, says, own);
	if (one.rule === 'observer-blind') return name;
	if (one.subject.startsWith('statement/')) return `${capital(name)}: «${one.label}»`;
	if (one.subject.startsWith('clock/')) return `${capital(name)}: ${sayClock(one, own)} · ${one.label}`;
	return one.subject.startsWith('incident/') ? `${capital(name)}: ${one.label}` : `${one.label}: ${name}`;
}

const countWord = (count: number, { one, many }: { readonly one: string; readonly many: string }): string =>
	count === 1 ? one : fill(many, { count });

function suppressedOf({ suppressed }: AlarmsNow, own: AlarmWords): FootAlarms['suppressed'] {
	return (['planned', 'observer-blind'] as const)
		.map((why) => ({ why, count: suppressed.filter((one) => one.suppressed === why).length }))
		.filter(({ count }) => count > 0)
		.map(({ why, count }) => ({ text: countWord(count, own.strip.suppressed[why]), short: countWord(count, own.strip.suppressedShort[why]) }));
}

/** Null where no alarm has anything to say. */
export function footAlarms(alarms: AlarmsNow, told: Told): FootAlarms | null {
	const { own } = told;
	const suppressed = suppressedOf(alarms, own);
	const { active } = alarms;
	// Of those that nobody has taken, what still is so goes before what is over.
	const first = active.find(asks) ?? active.find(holds) ?? active[0];
	if (first === undefined && suppressed.length === 0) return null;
	if (first === undefined) return { lines: [], isFlood: false, counts: [], standing: 'good', suppressed };
	// What is taken, or is over by itself, is as it should be.
	const standing: Standing = asks(first) ? lineOf(first, told).standing : active.some(({ state }) => state === 'latched') ? 'watch' : 'good';
	const isFlood = alarms.floodSince !== null;
	if (isFlood || hasGroup(active)) return { ...causesOf(alarms, told), isFlood, standing, suppressed };
	return {
		lines: [lineOf(first, told)],
		isFlood,
		counts: active.length > 1 ? [fill(own.strip.more, { shown: 1, all: active.length })] : [],
		standing,
		suppressed,
	};
}

const rootOf = (one: AlarmNow): string => one.root ?? one.id;

function hasGroup(active: readonly AlarmNow[]): boolean {
	const hanging = new Map<string, number>();
	for (const one of active) if (holds(one)) hanging.set(rootOf(one), (hanging.get(rootOf(one)) ?? 0) + 1);
	return [...hanging.values()].some((count) => count >= GROUP_FROM);
}

/**
 * What fails together is told by its causes, in a flood and long after it: a line an alarm would have people call whoever suffers from it.
 * A line is as urgent as what of its group most asks for somebody: where that is not the cause itself, because it is less urgent or is
 * taken, that alarm is named with its cause, and where there is one cause alone, beneath it.
 */
function causesOf({ groups, active }: AlarmsNow, told: Told): Pick<FootAlarms, 'lines' | 'counts'> {
	const { own } = told;
	const byId = new Map(active.map((one) => [one.id, one]));
	const live = groups.filter(({ worst }) => {
		const most = byId.get(worst);
		return most !== undefined && (holds(most) || wantsSomebody(most));
	});
	// What is over takes no line from what is not.
	const shown = live.length > 0 ? live : groups;
	const isOne = shown.length === 1;
	const lines = shown.flatMap(({ root, first, worst, count }) => {
		const cause = byId.get(root) ?? byId.get(first);
		const most = byId.get(worst);
		if (cause === undefined || most === undefined) return [];
		const isItself = wantsSomebody(cause) ? cause.priority <= most.priority : !wantsSomebody(most);
		const extra = isOne && isItself ? [] : [countWord(count, own.strip.alarms)];
		if (isItself) return [lineOf(cause, told, extra)];
		if (isOne) return [lineOf(cause, told, extra), lineOf(most, told)];
		return [lineOf(most, told, [fill(own.strip.cause, { cause: textOf(cause, told.says, own) }), ...extra])];
	});
	return { lines: lines.slice(0, ROOTS_AT_MOST), counts: [countWord(shown.length, own.strip.causes), countWord(active.length, own.strip.alarms)] };
}
