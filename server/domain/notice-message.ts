// A notice in words: what it is, since when, what to do. No patient's data, no secret: labels of the plan and closed words alone. Pure.
import type { Board } from '../../shared/board.ts';
import { type AlarmFacts, alarmKey, type NoticeFacts, type NoticeKind } from '../../shared/board-breakdown.ts';
import { formatDay, formatMoment, type Language } from '../../shared/format.ts';
import { sayClock } from '../../shared/words/alarm-words.ts';
import { alarmsEn } from '../../shared/words/en-alarms.ts';
import { noticesEn } from '../../shared/words/en-notices.ts';
import { alarmsIt } from '../../shared/words/it-alarms.ts';
import { noticesIt } from '../../shared/words/it-notices.ts';
import { fill } from '../../shared/words/words.ts';
import { isOfOutage } from './alarm-succession.ts';

export type NoticeMessage = {
	/** Of this message for ever: sent once more, it has the same. */
	readonly id: string;
	readonly kind: NoticeKind;
	readonly alarm: string | null;
	readonly priority: number | null;
	/** `kind/id`, and what the plan calls it. */
	readonly subject: string | null;
	readonly label: string | null;
	/** One line; the first thing that it says in a rehearsal is that it is one. */
	readonly title: string;
	/** The rest, a line each. */
	readonly lines: readonly string[];
	readonly at: number;
	readonly count: number | null;
	readonly rehearsal: boolean;
	/** Where the alarms are listed; null where the plan gives no address of Regia's. */
	readonly link: string | null;
	readonly linkText: string;
};

export type Composed = {
	readonly channel: string;
	readonly key: string;
	readonly notice: NoticeFacts;
	readonly board: Board;
	/** Where people find the list of alarms. */
	readonly link: string | null;
	readonly language: Language;
};

const words = { it: { ...noticesIt, alarms: alarmsIt }, en: { ...noticesEn, alarms: alarmsEn } } as const;

export function composeNotice({ channel, key, notice, board, link, language }: Composed): NoticeMessage {
	const say = words[language];
	const label = labelOf(board, notice, language);
	const what = notice.rule === null ? '' : whatOf(board, { ...notice, rule: notice.rule }, language);
	const zone = board.follows === null ? 'UTC' : (board.cutovers[board.follows]?.zone ?? 'UTC');
	const moment = (at: number): string => `${formatDay(at, zone)} ${formatMoment(at, zone)}`;
	const priority = notice.priority === null ? '' : `[${fill(say.priority, { priority: notice.priority })}] `;
	const title = fill(say[titleOf(notice)], { what, count: notice.count ?? 0, channel: board.channels[channel]?.label ?? channel });
	const since = notice.since !== null && notice.since !== notice.at ? [fill(say.since, { since: moment(notice.since) })] : [];
	return {
		id: `${channel}-${key}`,
		kind: notice.kind,
		alarm: notice.alarm,
		priority: notice.priority,
		subject: notice.subject,
		label: label === '' ? null : label,
		title: `${board.rehearsal ? `${say.rehearsal} · ` : ''}${priority}${title}`,
		lines: [
			...(board.rehearsal ? [say.rehearsalHow] : []),
			fill(say.when, { when: moment(notice.at) }),
			...since,
			...namesOf(notice, board, language),
			...todoOf(notice, board, language),
			fill(say.from, { programme: board.plan?.name ?? 'Regia' }),
		],
		at: notice.at,
		count: notice.count,
		rehearsal: board.rehearsal,
		link,
		linkText: say.link,
	};
}

type TitleName = 'on' | 'off' | 'escalated' | 'escalatedMany' | 'flood' | 'floodOne' | 'floodOver' | 'digest' | 'test';
function titleOf({ kind, alarm, count }: NoticeFacts): TitleName {
	if (kind === 'flood' && alarm === null) return 'floodOver';
	if (kind === 'flood' && count === 1) return 'floodOne';
	return kind === 'escalated' && (count ?? 1) > 1 ? 'escalatedMany' : kind;
}

/** What the plan says is to be done on this alarm, or else what Regia's own words say. */
function todoOf(notice: NoticeFacts, board: Board, language: Language): readonly string[] {
	const say = words[language];
	const { alarms } = board;
	const { rule, count } = notice;
	if (rule !== null && (count ?? 1) <= 1 && isOver(board, { ...notice, rule })) return [say.todoOff];
	const remedy = rule === null ? '' : (alarms.rules[rule]?.remedy ?? alarms.remedies[rule] ?? say.alarms.remedy[rule] ?? '');
	const mine = remedy === '' ? [] : [fill(say.todo, { what: remedy })];
	switch (notice.kind) {
		case 'test':
			return [say.todoTest];
		case 'digest':
			return [say.todoDigest];
		case 'off':
			return [say.todoOff];
		case 'flood':
			if (notice.alarm === null) return [say.todoFloodOver];
			return count === 1 ? mine : [...mine, say.todoFlood];
		default:
			return mine;
	}
}

type About = Pick<NoticeFacts, 'kind' | 'alarm' | 'subject' | 'since'> & { readonly rule: string };

/** Label and name; what was counted or waited, and is over by the time that it is told, says so. */
function whatOf(board: Board, about: About, language: Language): string {
	const what = [labelOf(board, about, language), nameOf(board, about.rule, language)].filter((one) => one !== '').join(': ');
	return about.kind !== 'off' && isOver(board, about) ? fill(words[language].isOver, { what }) : what;
}

/** The P1 that a message of a flood stands for beside its own. */
function namesOf({ kind, names = [] }: NoticeFacts, board: Board, language: Language): readonly string[] {
	if (names.length === 0) return [];
	const all = names.map((alarm) => {
		const [rule = '', of = '', id = ''] = alarm.split(':');
		return whatOf(board, { kind, alarm, rule, subject: `${of}/${id}`, since: null }, language);
	});
	return [fill(words[language].urgent, { names: all.join('; ') })];
}

/** Nothing of this outage, or of this alarm, holds any more, and it is known that it ended. */
function isOver({ alarms }: Board, { kind, alarm, rule, subject }: About): boolean {
	if (alarm === null || (kind !== 'flood' && kind !== 'escalated')) return false;
	const isIt = (one: AlarmFacts): boolean => one.subject === subject && (one.rule === rule || (isOfOutage(one) && isOfOutage({ rule })));
	const listed = Object.values(alarms.active).filter(isIt);
	if (listed.length > 0) return listed.every(({ endedAt }) => endedAt !== null);
	return Object.values(alarms.cleared).findLast(isIt)?.why === undefined && Object.values(alarms.cleared).some(isIt);
}

const nameOf = ({ alarms }: Board, rule: string, language: Language): string =>
	alarms.rules[rule]?.label ?? words[language].alarms.name[rule] ?? rule;

/** What was owed by law when this alarm came on: the next step comes under the same key. */
function stepOf({ alarms }: Board, { alarm, since }: Pick<NoticeFacts, 'alarm' | 'since'>): string | null {
	if (alarm === null) return null;
	const now = alarms.active[alarm];
	if (now !== undefined && (since === null || now.since === since)) return now.detail;
	return Object.values(alarms.cleared).findLast((one) => alarmKey(one.rule, one.subject) === alarm && one.since === since)?.detail ?? null;
}

/** What the plan calls it, or its id. */
function labelOf(board: Board, { subject, alarm, since }: Pick<NoticeFacts, 'alarm' | 'subject' | 'since'>, language: Language): string {
	if (subject === null) return '';
	const [kind = '', id = ''] = subject.split('/');
	// Titles and sentences that people write stay in the room: of those the id alone leaves it. Regia itself needs no name.
	if (kind === 'programme' || kind === 'cutover') return '';
	if (kind === 'clock')
		return `${sayClock({ subject, detail: stepOf(board, { alarm, since }) }, words[language].alarms)} (${id.slice(0, id.lastIndexOf('-'))})`;
	const shelves: Readonly<Record<string, Readonly<Record<string, { readonly label: string }>>>> = {
		archive: board.archives,
		service: board.services,
		site: board.sites,
		source: board.sources,
		facility: board.facilities,
		network: board.networks,
		dependant: board.dependants,
		flow: board.flows,
		channel: board.channels,
		body: board.bodies,
		gate: board.gates,
	};
	const shelf = shelves[kind];
	return shelf !== undefined && Object.hasOwn(shelf, id) ? (shelf[id]?.label ?? id) : id;
}
