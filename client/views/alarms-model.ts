// The alarm lists as rows of words: active ones, grouped by what explains them, shelved, suppressed and cleared. Pure.
import type { Board } from '../../shared/board.ts';
import type { AlarmPriority } from '../../shared/board-breakdown.ts';
import type { AlarmNow } from '../../shared/breakdown-now.ts';
import { formatAge, type Language } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { Whose } from '../../shared/me.ts';
import { sayClock } from '../../shared/words/alarm-words.ts';
import type { BreakdownDeskWords } from '../../shared/words/breakdown-desk-words.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import type { ScreenState } from '../store/board-store.ts';
import { zoneOf } from '../store/selectors.ts';
import { sayBy } from '../tiles/say-by.ts';
import { sayValue } from './alarm-values.ts';
import { nameRule, nameSubject, remedyOf, whoseIs } from './failure-labels.ts';
import { sayMoment } from './zoned-moment.ts';

export const alarmLists = ['active', 'shelved', 'suppressed', 'cleared'] as const;
export type AlarmList = (typeof alarmLists)[number];
export type AlarmAct = 'acknowledge' | 'shelve' | 'unshelve' | 'reset';

export type AlarmRow = {
	readonly id: string;
	readonly subject: string;
	readonly priority: AlarmPriority;
	readonly label: string;
	readonly name: string;
	readonly since: string;
	readonly state: string;
	readonly isWaiting: boolean;
	readonly value: string | null;
	readonly remedy: string;
	readonly isFirst: boolean;
	/** What explains it, where that is another. */
	readonly root: string | null;
	/** Shelved until when, suppressed by what, escalated: each a sentence. */
	readonly notes: readonly string[];
	readonly acts: readonly AlarmAct[];
	readonly of: Whose;
};
export type AlarmGroupRow = {
	readonly root: AlarmRow;
	readonly members: readonly AlarmRow[];
	/** What of it most asks for somebody; null where that is the root itself, or nothing does. */
	readonly worst: AlarmRow | null;
};

export type AlarmsModel = {
	readonly counts: Readonly<Record<AlarmList, number>>;
	readonly flood: string | null;
	/** So many hang on so few that a line each would hide what they hang on, flood or not. */
	readonly isCrowd: boolean;
	readonly rows: readonly AlarmRow[];
	/** Only of the active ones. */
	readonly groups: readonly AlarmGroupRow[];
};

type Said = {
	readonly judged: BoardNow;
	readonly board: Board;
	readonly words: Words;
	readonly own: BreakdownDeskWords;
	readonly language: Language;
};

export function alarmsModel(
	{ judged, followed }: Pick<ScreenState, 'judged' | 'followed'>,
	list: AlarmList,
	words: Words,
	own: BreakdownDeskWords,
	language: Language,
): AlarmsModel | null {
	if (judged === null || followed === null) return null;
	const { board } = followed;
	const said = { judged, board, words, own, language };
	const { alarms } = judged;
	const counts = {
		active: alarms.active.length,
		shelved: alarms.shelved.length,
		suppressed: alarms.suppressed.length,
		cleared: Object.keys(board.alarms.cleared).length,
	};
	const rows = list === 'cleared' ? clearedRows(said) : alarms[list].map((one) => rowOf(one, list, said));
	const isCrowd = counts.active >= CROWD && alarms.groups.length * 2 <= counts.active;
	const flood =
		alarms.floodSince === null
			? null
			: fill(own.alarm.flood, { time: sayMoment(alarms.floodSince, judged.now, zoneOf(judged)), count: counts.active });
	return { counts, flood, isCrowd, rows, groups: list === 'active' ? groupRows(rows, judged) : [] };
}

const CROWD = 10;

function groupRows(rows: readonly AlarmRow[], { alarms }: BoardNow): readonly AlarmGroupRow[] {
	const byId = new Map(rows.map((row) => [row.id, row]));
	const rootOf = new Map(alarms.active.map((one) => [one.id, one.root ?? one.id]));
	return alarms.groups.flatMap(({ root, first, worst }) => {
		const all = rows.filter(({ id }) => rootOf.get(id) === root);
		// What explains the others may be shelved itself: then the first of them stands for all.
		const head = byId.get(root) ?? byId.get(first) ?? all[0];
		if (head === undefined) return [];
		const most = byId.get(worst);
		const isBeneath = most?.isWaiting && !(head.isWaiting && head.priority <= most.priority);
		return [{ root: head, members: all.filter(({ id }) => id !== head.id), worst: isBeneath ? most : null }];
	});
}

function rowOf(one: AlarmNow, list: AlarmList, said: Said): AlarmRow {
	const { judged, board, own } = said;
	const { now } = judged;
	const time = (at: number): string => sayMoment(at, now, zoneOf(judged));
	const w = own.alarm;
	const notes: string[] = [];
	const shelved = board.alarms.active[one.id]?.shelved ?? null;
	if (list === 'shelved' && shelved)
		notes.push(fill(w.shelvedUntil, { time: time(shelved.until), by: sayBy(shelved.by, judged, said.words), reason: shelved.reason }));
	if (list === 'suppressed' && one.suppressed !== null) notes.push(w.suppressedBy[one.suppressed]);
	if (one.escalatedAt !== null && one.acknowledged === null)
		notes.push(isToldFurther(one, board) ? fill(w.escalated, { time: time(one.escalatedAt) }) : w.escalatedNowhere[whyNowhere(board)]);
	const [at, by] = one.acknowledged ?? [one.endedAt ?? one.since, ''];
	return {
		id: one.id,
		subject: one.subject,
		priority: one.priority,
		label: one.subject.startsWith('clock/') ? `${sayClock(one, own.known)} · ${one.label}` : one.label,
		name: nameRule(one.rule, board, own),
		since: sinceOf(one, said),
		state: fill(w.state[one.state], { by: sayBy(by, judged, said.words), time: time(one.state === 'acknowledged' ? at : (one.endedAt ?? at)) }),
		isWaiting: one.state === 'unacknowledged' || one.state === 'ended-unacknowledged',
		value: sayValue(one, said),
		remedy: todoOf(one, said),
		isFirst: list === 'active' && one.isFirst && judged.alarms.groups.some(({ first, count }) => first === one.id && count > 1),
		root: list === 'active' && one.root !== null && one.root !== one.id ? fill(w.root, { root: nameAlarm(one.root, said) }) : null,
		notes,
		acts: actsOf(one, list),
		of: whoseIs(one.subject, board),
	};
}

/** Over one channel at least, by itself or counted in a message, under whatever name its outage had by then. */
const isToldFurther = ({ subject, escalatedAt }: AlarmNow, { channels }: Board): boolean =>
	Object.values(channels).some(({ told }) =>
		Object.entries(told).some(([key, row]) => row[3] === escalatedAt && key.endsWith(`:${subject.replace('/', ':')}`)),
	);

const whyNowhere = ({ channels }: Board): 'none' | 'untold' => (Object.keys(channels).length === 0 ? 'none' : 'untold');

/** Of one that has ended how long it lasted; of one that came back how often, and since when it holds again where that is known. */
function sinceOf({ since, endedAt, againAt, times = 1 }: AlarmNow, { judged, own: { alarm: w }, language }: Said): string {
	const say = (at: number): string => sayMoment(at, judged.now, zoneOf(judged));
	const ageOf = (at: number): string => formatAge(judged.now - at, language);
	if (times > 1) {
		const often = fill(w.times, { count: times, time: say(since) });
		return againAt === undefined || endedAt !== null ? often : `${fill(w.again, { time: say(againAt), age: ageOf(againAt) })} · ${often}`;
	}
	if (endedAt !== null) return fill(w.lasted, { time: say(since), length: formatAge(endedAt - since, language) });
	return fill(w.since, { time: say(since), age: ageOf(since) });
}

/** Nothing is to be done any more about what has ended, but to say that it was seen. */
function todoOf({ rule, endedAt, state }: AlarmNow, { board, own }: Said): string {
	const w = own.alarm;
	if (endedAt !== null) return w.over[state === 'latched' ? 'reset' : 'acknowledge'];
	const remedy = remedyOf(rule, board, own);
	return remedy === null ? w.noRemedy : fill(w.remedy, { do: remedy });
}

/** `rule:kind:id` → its label and name. */
export function nameAlarm(id: string, { judged, board, own }: Pick<Said, 'judged' | 'board' | 'own'>): string {
	const [rule = '', kind = '', thing = ''] = id.split(':');
	return `${nameSubject(`${kind}/${thing}`, judged, board)}, ${nameRule(rule, board, own)}`;
}

function actsOf({ state }: AlarmNow, list: AlarmList): readonly AlarmAct[] {
	if (list === 'shelved') return ['unshelve'];
	const first: readonly AlarmAct[] =
		state === 'latched' ? ['reset'] : state === 'unacknowledged' || state === 'ended-unacknowledged' ? ['acknowledge'] : [];
	return list === 'suppressed' ? first : [...first, 'shelve'];
}

/** What is over was over before somebody let it go from the list; of what left otherwise nobody knows it. */
function leftWith(
	{ why, since, endedAt, clearedAt }: Board['alarms']['cleared'][string],
	time: (at: number) => string,
	{ own, language }: Pick<Said, 'own' | 'language'>,
): string {
	if (why !== undefined) return fill(own.alarm.left[why], { time: time(clearedAt) });
	const at = endedAt ?? clearedAt;
	return fill(own.alarm.clearedAt, { time: time(at), age: formatAge(at - since, language) });
}

function clearedRows({ judged, board, own, language }: Said): readonly AlarmRow[] {
	const time = (at: number): string => sayMoment(at, judged.now, zoneOf(judged));
	return Object.entries(board.alarms.cleared)
		.sort(([a], [b]) => Number(b) - Number(a))
		.map(([key, one]) => ({
			id: key,
			subject: one.subject,
			priority: one.priority,
			label: one.subject.startsWith('clock/') ? sayClock(one, own.known) : nameSubject(one.subject, judged, board),
			name: nameRule(one.rule, board, own),
			since: time(one.since),
			state: leftWith(one, time, { own, language }),
			isWaiting: false,
			value: null,
			remedy: '',
			isFirst: false,
			root: null,
			notes: [],
			acts: [],
			of: {},
		}));
}
