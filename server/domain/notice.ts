// What is to be told, over which channel, and when: by priority, quiet hours, escalation; the same thing once. Pure.
// The outbox and what was told stand in the record (channels.projection.ts): asked again at once, it has nothing more to say.
import type { Board } from '../../shared/board.ts';
import { type AlarmFacts, alarmKey, type ChannelFacts, type NoticeFacts, type ToldFacts } from '../../shared/board-breakdown.ts';
import type { AutoDraft } from '../../shared/entry.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { Plan } from '../../shared/plan.ts';
import { isOfOutage, ofOneOutage } from './alarm-succession.ts';
import { type AlarmsToTell, type Over, outageOf, readAlarms } from './notice-alarms.ts';
import { quietUntil } from './quiet-hours.ts';

export type NoticesDraft = Extract<AutoDraft, { what: 'notices' }>;
type PlanChannel = Plan['channels'][string];
type Due = readonly [key: string, alarm: AlarmFacts];

/** In a flood so long between two messages about what came since; */
export const FLOOD_AGAIN_MS = 300_000;
/** and so long at least before one that cannot wait: the first P1 of another cause, and P1 that nobody has taken on in time. */
export const FLOOD_URGENT_MS = 60_000;
/** In one message. */
const MOST_NAMES = 20;
/** More at one look are told together; a P1 is told by itself all the same. */
export const MOST_AT_ONCE = 5;

/** Null where nothing is to be told that the record does not hold already. */
export function decideNotices(plan: Plan, board: Board, judged: BoardNow, now: number): NoticesDraft | null {
	const alarms = readAlarms(board, judged, now);
	const notices = Object.entries(plan.channels).flatMap(([channel, settings]) => {
		const facts = board.channels[channel];
		if (facts === undefined || (board.rehearsal && !settings.inRehearsal)) return [];
		return tell({ channel, settings, facts, alarms, zone: plan.cutover.zone, now }).map((one) => ({ channel, ...one }));
	});
	return notices.length === 0 ? null : { kind: 'auto', what: 'notices', notices };
}

type Asked = {
	readonly channel: string;
	readonly settings: PlanChannel;
	readonly facts: ChannelFacts;
	readonly alarms: AlarmsToTell;
	readonly zone: string;
	readonly now: number;
};

function tell(asked: Asked): readonly NoticeFacts[] {
	const { settings, zone, now } = asked;
	const quiet = settings.quiet === undefined ? null : quietUntil(settings.quiet, zone, now);
	const escalated = tellEscalated(asked, quiet);
	if (settings.onlyEscalated) return [...escalated, ...tellOver(asked, quiet)];
	// What is told as escalated is not told as new at the same look.
	const told = new Set(escalated.map(({ alarm }) => alarm));
	const due = dueOf(asked).filter(([key]) => !told.has(key));
	return [...tellFloodsEnd(asked, quiet), ...escalated, ...tellOn(asked, due, quiet), ...tellOver(asked, quiet)];
}

const noticeOf = (kind: NoticeFacts['kind'], [key, alarm]: Due, rest: Partial<NoticeFacts> = {}): NoticeFacts => ({
	kind,
	alarm: key,
	rule: alarm.rule,
	subject: alarm.subject,
	priority: alarm.priority,
	at: alarm.since,
	since: alarm.since,
	notBefore: null,
	count: null,
	...rest,
});

const joined = (due: Due, notBefore: number, rest: Partial<NoticeFacts> = {}): NoticeFacts =>
	noticeOf('digest', due, { notBefore, count: 1, ...rest });

/** A channel's own failure cannot be told over it, and by the time that it could, it is over. */
const isItself = ({ rule, subject }: AlarmFacts, channel: string): boolean => rule === 'channel-failing' && subject === `channel/${channel}`;

const isFor = ({ channel, settings }: Asked, alarm: AlarmFacts): boolean => settings.priorities.includes(alarm.priority) && !isItself(alarm, channel);

/** What was told of an alarm, or of the one of the same outage in whose place it stands. */
function toldOf({ facts: { told } }: Asked, [key, { since, rule, subject }]: Due): ToldFacts | undefined {
	const own = told[key];
	if ((own?.[0] === since && own[4] === null) || !isOfOutage({ rule })) return own;
	const others = ofOneOutage.map((other) => told[alarmKey(other, subject)]);
	return others.find((row) => row?.[0] === since && row[4] === null) ?? own;
}

/** Alarms that this channel was not told of yet, the first to come first. */
function dueOf(asked: Asked): readonly Due[] {
	const { settings, alarms, now } = asked;
	return alarms.tellable.filter((due) => {
		const [key, alarm] = due;
		if (!isFor(asked, alarm)) return false;
		const last = toldOf(asked, due);
		if (last === undefined) return true;
		const [since, at, how, , overAt] = last;
		if ((since === alarm.since && overAt === null) || alarm.acknowledged !== null) return false;
		// Whoever was told that it is over has to know that it is not.
		const isUnsaid = (overAt !== null && how === 'alone') || alarms.isSucceeded(key, since);
		return isUnsaid || now >= at + settings.repeatAfter;
	});
}

function tellOn(asked: Asked, due: readonly Due[], quiet: number | null): readonly NoticeFacts[] {
	const { alarms, now } = asked;
	const isHeld = ([, { priority }]: Due): boolean => quiet !== null && priority !== 1;
	const silent = due.filter(isHeld).map((one) => joined(one, quiet ?? now));
	const loud = due.filter((one) => !isHeld(one));
	if (alarms.floodSince !== null) return [...silent, ...tellFlood(asked, alarms.floodSince, loud, quiet !== null)];
	const together = loud.length > MOST_AT_ONCE ? loud.filter(([, { priority }]) => priority !== 1) : [];
	const alone = loud.filter((one) => !together.includes(one));
	return [...silent, ...alone.map((one) => noticeOf('on', one)), ...together.map((one) => joined(one, now))];
}

/**
 * One message with the number and the root; later ones at intervals, each about what came since, also if it was a P1 that is over again.
 * The first P1 of a cause of which nothing was told yet does not wait for that.
 */
function tellFlood(asked: Asked, floodSince: number, due: readonly Due[], isQuiet: boolean): readonly NoticeFacts[] {
	const { facts, alarms, now } = asked;
	const isFirst = facts.flood?.[0] !== floodSince;
	const lastAt = isFirst ? Number.NEGATIVE_INFINITY : (facts.flood?.[1] ?? 0);
	const standing = alarms.tellable.filter(([, alarm]) => isFor(asked, alarm) && (!isQuiet || alarm.priority === 1));
	const missed = missedOf(asked, facts.flood ?? [floodSince, floodSince]);
	const lasting = isFirst ? standing : due;
	const all = [...missed, ...lasting];
	const fresh = isFirst ? [] : ofNewCause(asked, due);
	const [only] = all;
	if (only === undefined || now < lastAt + (fresh.length > 0 ? FLOOD_URGENT_MS : FLOOD_AGAIN_MS)) return [];
	const [about = all] = [fresh, lasting].filter((some) => some.length > 0);
	const root = all.length === 1 ? only : alarms.rootOf(about);
	const priority = Math.min(...all.map(([, one]) => one.priority)) as AlarmFacts['priority'];
	const isOther = ([key]: Due): boolean => key !== root[0];
	const counted = [...missed, ...due].filter(isOther).map((one) => noticeOf('flood', one, { count: 0 }));
	return [noticeOf('flood', root, { priority, at: isFirst ? floodSince : now, count: all.length, ...namesOf(all.filter(isOther)) }), ...counted];
}

/** P1 that came in the flood and were over before their turn came: since the last message about it, which counted those before. */
const missedOf = (asked: Asked, [floodSince, toldAt]: readonly [since: number, at: number]): readonly Due[] =>
	asked.alarms.unseenSince(floodSince, toldAt).filter((one) => isFor(asked, one[1]) && toldOf(asked, one)?.[0] !== one[1].since);

/** P1 of causes of which this channel was told nothing yet. */
function ofNewCause(asked: Asked, due: readonly Due[]): readonly Due[] {
	const { alarms } = asked;
	const known = new Set(alarms.listed.filter((one) => toldOf(asked, one)?.[0] === one[1].since).map(([key]) => alarms.causeOf(key)));
	return due.filter(([key, { priority }]) => priority === 1 && !known.has(alarms.causeOf(key)));
}

function namesOf(some: readonly Due[]): Pick<NoticeFacts, 'names'> {
	const names = some.flatMap(([key, { priority }]) => (priority === 1 ? [key] : [])).slice(0, MOST_NAMES);
	return names.length === 0 ? {} : { names };
}

/** Where another flood has begun meanwhile, the end of the one before is only noted. */
function tellFloodsEnd(asked: Asked, quiet: number | null): readonly NoticeFacts[] {
	const { facts, alarms, now } = asked;
	if (facts.flood === null || alarms.isBlind || alarms.floodSince === facts.flood[0]) return [];
	const left = alarms.tellable.filter(([, alarm]) => isFor(asked, alarm)).length;
	const missed = alarms.floodSince === null ? missedOf(asked, facts.flood) : [];
	const about = { alarm: null, rule: null, subject: null, priority: null };
	const count = alarms.floodSince === null ? left : null;
	return [
		{ kind: 'flood', ...about, at: now, since: facts.flood[0], notBefore: quiet, count, ...namesOf(missed) },
		...missed.map((one) => noticeOf('flood', one, { count: 0 })),
	];
}

/** Of every channel, whatever it is told otherwise. In a flood those that come close together are one message. */
function tellEscalated(asked: Asked, quiet: number | null): readonly NoticeFacts[] {
	const { facts, settings, alarms, channel, now } = asked;
	const due = alarms.escalated.filter((one) => {
		const [, { since, escalatedAt }] = one;
		const last = toldOf(asked, one);
		return last === undefined || last[0] !== since || last[3] !== escalatedAt;
	});
	const mine = due.filter(([, alarm]) => !isItself(alarm, channel) && (quiet === null || alarm.priority === 1));
	const [first] = mine;
	if (first === undefined) return [];
	const atOf = ([, { escalatedAt, since }]: Due): Partial<NoticeFacts> => ({ at: escalatedAt ?? since });
	if (alarms.floodSince === null) {
		return mine.map((one) => noticeOf('escalated', one, { ...atOf(one), ...(one[1].endedAt === null ? amongOthers(settings) : { count: 1 }) }));
	}
	const lastAt = Math.max(0, ...Object.values(facts.told).map(([, , , escalatedAt]) => escalatedAt ?? 0));
	if (lastAt >= alarms.floodSince && now < lastAt + FLOOD_URGENT_MS) return [];
	return mine.map((one) => noticeOf('escalated', one, { ...atOf(one), count: one === first ? mine.length : 0 }));
}

/** Who is told only of escalations is not told of an end: to them it counts as told among others. */
const amongOthers = ({ onlyEscalated }: PlanChannel): Partial<NoticeFacts> => (onlyEscalated ? { count: 1 } : {});

type Ended = { readonly due: readonly [key: string, alarm: Over]; readonly told: ToldFacts };

/**
 * What is over is told to who was told of it by itself; of the others it is only noted, and of what nobody watches any more. Not in a flood,
 * and not while Regia cannot see.
 */
function tellOver(asked: Asked, quiet: number | null): readonly NoticeFacts[] {
	const { facts, settings, alarms, now } = asked;
	const over = Object.entries(facts.told).flatMap(([key, told]): readonly Ended[] => {
		if (told[4] !== null) return [];
		const alarm = alarms.overOf(key, told[0]);
		if (alarm === null || (alarms.isBlind && alarm.rule !== 'observer-blind')) return [];
		return [{ due: [key, alarm], told }];
	});
	// Of one outage that was told under several names, the end is told under the last.
	const lastOf = new Map<string, Ended>();
	for (const one of over) {
		const outage = outageOf(one.due[0]);
		if (one.told[2] === 'alone' && one.told[1] >= (lastOf.get(outage)?.told[1] ?? 0)) lastOf.set(outage, one);
	}
	const isNoted = (one: Ended): boolean => {
		const [key, { why }] = one.due;
		return why === 'unwatched' || why === 'full' || lastOf.get(outageOf(key)) !== one;
	};
	const noted = over.filter(isNoted).map(({ due }) => noticeOf('off', due, { at: due[1].endedAt ?? now, count: 0 }));
	if (alarms.floodSince !== null) return noted;
	const isHeld = ({ told: [, , , , , overBefore] }: Ended): boolean => overBefore !== undefined && now < overBefore + settings.repeatAfter;
	const told = over.filter((one) => !isNoted(one) && !isHeld(one));
	const isMany = told.length > MOST_AT_ONCE;
	const ends = told.map(({ due }) => {
		const [, { priority, endedAt }] = due;
		const at = endedAt ?? now;
		if (priority !== 1 && (quiet !== null || isMany)) return joined(due, quiet ?? now, { at });
		return noticeOf('off', due, { at });
	});
	return [...noted, ...ends];
}
