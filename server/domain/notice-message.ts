// A notice in words: what it is, since when, what to do. No patient's data, no secret: labels of the plan and closed words alone. Pure.
import type { Board } from '../../shared/board.ts';
import type { NoticeFacts, NoticeKind } from '../../shared/board-breakdown.ts';
import { formatDay, formatMoment, type Language } from '../../shared/format.ts';
import { alarmsEn } from '../../shared/words/en-alarms.ts';
import { noticesEn } from '../../shared/words/en-notices.ts';
import { alarmsIt } from '../../shared/words/it-alarms.ts';
import { noticesIt } from '../../shared/words/it-notices.ts';
import { fill } from '../../shared/words/words.ts';

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
	const label = labelOf(board, notice.subject);
	const what = notice.rule === null ? '' : [label, nameOf(board, notice.rule, language)].filter((one) => one !== '').join(': ');
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

type TitleName = 'on' | 'off' | 'escalated' | 'escalatedMany' | 'flood' | 'floodOver' | 'digest' | 'test';
function titleOf({ kind, alarm, count }: NoticeFacts): TitleName {
	if (kind === 'flood' && alarm === null) return 'floodOver';
	return kind === 'escalated' && (count ?? 1) > 1 ? 'escalatedMany' : kind;
}

/** What the plan says is to be done on this alarm, or else what Regia's own words say. */
function todoOf(notice: NoticeFacts, { alarms }: Board, language: Language): readonly string[] {
	const say = words[language];
	const { rule } = notice;
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
			return notice.alarm === null ? [say.todoFloodOver] : [...mine, say.todoFlood];
		default:
			return mine;
	}
}

const nameOf = ({ alarms }: Board, rule: string, language: Language): string =>
	alarms.rules[rule]?.label ?? words[language].alarms.name[rule] ?? rule;

/** What the plan calls it, or its id. */
function labelOf(board: Board, subject: string | null): string {
	if (subject === null) return '';
	const [kind = '', id = ''] = subject.split('/');
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
	if (shelf !== undefined && Object.hasOwn(shelf, id)) return shelf[id]?.label ?? id;
	// Titles and sentences that people write stay in the room: of those the id alone leaves it. Regia itself needs no name.
	return kind === 'programme' || kind === 'cutover' ? '' : id;
}
