// The alarms as those who tell of them need them: which may be told now, which were escalated, which are over, and what explains them. Pure.
import type { Board } from '../../shared/board.ts';
import { type AlarmFacts, type AlarmLeft, alarmKey } from '../../shared/board-breakdown.ts';
import type { BoardNow } from '../../shared/judge.ts';
import { isOfOutage } from './alarm-succession.ts';

type Keyed = readonly [key: string, alarm: AlarmFacts];

export type AlarmsToTell = {
	/** Neither over, nor shelved, suppressed or in doubt; the first to come first. While Regia cannot see: that alone. */
	readonly tellable: readonly Keyed[];
	/** Of those that last: nobody has to take on what is over. In a flood, where this waits its turn, also of those that have just ended. */
	readonly escalated: readonly Keyed[];
	/** P1 that came on no earlier than `from`, asked, and are over since `until` at the earliest without anybody having taken them. */
	unseenSince(from: number, until: number): readonly Keyed[];
	/** The key of what explains this one, or its own. */
	causeOf(key: string): string;
	/** All on the list, whatever their state. */
	readonly listed: readonly Keyed[];
	readonly floodSince: number | null;
	readonly isBlind: boolean;
	/** The alarm of this onset once its condition has ended, or it is gone; null while it lasts, under whatever name its outage goes on. */
	overOf(key: string, since: number): Over | null;
	/** Whether the alarm of this onset left for another's sake. */
	isSucceeded(key: string, since: number): boolean;
	/** What explains most of these and still holds; the first to come where nothing is known to. At least one is given. */
	rootOf(some: readonly Keyed[]): Keyed;
};

/** `why`: nobody knows that it is over. */
export type Over = AlarmFacts & { readonly why?: AlarmLeft };

/** Of one outage one alarm speaks at a time: by what they are told apart from others; of any other alarm its own key. */
export function outageOf(key: string): string {
	const [rule = '', kind = '', id = ''] = key.split(':');
	return isOfOutage({ rule }) ? `outage:${kind}:${id}` : key;
}

const BLIND = 'observer-blind';
/** So long after it an escalation in a flood is told even where the alarm has ended meanwhile. */
const ESCALATION_OWED_MS = 300_000;
/** What came while Regia could not see is told only if it still stands so long after: by then everything was looked at again. */
export const SETTLE_MS = 60_000;

export function readAlarms(board: Board, judged: BoardNow, now: number): AlarmsToTell {
	const { active, cleared, floodSince } = board.alarms;
	const all = Object.entries(active).sort(([a, one], [b, other]) => one.since - other.since || (a < b ? -1 : 1));
	const past = Object.values(cleared);
	const isBlind = judged.observer.isBlind || all.some(([, one]) => one.rule === BLIND && one.endedAt === null);
	const sights = [...all.map(([, one]) => one), ...past].flatMap(({ rule, endedAt }) => (rule === BLIND && endedAt !== null ? [endedAt] : []));
	const sightBack = Math.max(...sights, Number.NEGATIVE_INFINITY);

	const isInDoubt = ({ rule, since }: AlarmFacts): boolean =>
		rule !== BLIND && (isBlind || (now < sightBack + SETTLE_MS && (since <= sightBack || rule.endsWith('-blind'))));
	const mayBeTold = (one: AlarmFacts): boolean => one.shelved === null && one.suppressed === null && !isInDoubt(one);
	const tellable = all.filter(([, one]) => one.endedAt === null && mayBeTold(one));

	const byOutage = new Map<string, Keyed[]>();
	for (const one of all) {
		const outage = outageOf(one[0]);
		const others = byOutage.get(outage);
		if (others) others.push(one);
		else byOutage.set(outage, [one]);
	}
	const explains = new Map<string, string>();
	for (const { id, root } of judged.alarms.active) if (root !== null) explains.set(id, root);

	const causeOf = (key: string): string => explains.get(key) ?? key;
	const wasInFlood = (at: number): boolean =>
		(floodSince !== null && at >= floodSince) || board.alarms.floods.some(([from, to]) => at >= from && at <= to);
	const unseen = all.filter(([, one]) => one.endedAt !== null && one.acknowledged === null && mayBeTold(one));
	const isOwed = ({ escalatedAt }: AlarmFacts): boolean => escalatedAt !== null && now < escalatedAt + ESCALATION_OWED_MS && wasInFlood(escalatedAt);

	const leftAs = (key: string, since: number) => past.findLast((row) => row.since === since && alarmKey(row.rule, row.subject) === key);

	return {
		tellable,
		escalated: [...tellable.filter(([, one]) => one.escalatedAt !== null && one.acknowledged === null), ...unseen.filter(([, one]) => isOwed(one))],
		unseenSince: (from, until) => unseen.filter(([, { priority, since, endedAt }]) => priority === 1 && since >= from && (endedAt ?? 0) >= until),
		causeOf,
		listed: all,
		floodSince: isBlind ? null : floodSince,
		isBlind,
		overOf(key, since) {
			const mine = byOutage.get(outageOf(key)) ?? [];
			if (mine.some(([, { endedAt }]) => endedAt === null)) return null;
			const one = active[key] ?? mine[0]?.[1];
			if (one !== undefined) return { ...one, since };
			const left = leftAs(key, since);
			const last = left?.why === 'succeeded' ? past.findLast((row) => outageOf(alarmKey(row.rule, row.subject)) === outageOf(key)) : left;
			return last === undefined ? nameless(key, since, now) : { ...last, since, endedAt: last.endedAt ?? last.clearedAt };
		},
		isSucceeded: (key, since) => leftAs(key, since)?.why === 'succeeded',
		rootOf(some) {
			const weights = new Map<string, number>();
			for (const [key] of some) {
				const root = causeOf(key);
				weights.set(root, (weights.get(root) ?? 0) + 1);
			}
			const [heaviest] = [...weights].reduce((best, one) => (one[1] > best[1] ? one : best), ['', 0] as [string, number]);
			const known = active[heaviest];
			return known === undefined || known.endedAt !== null ? (some[0] as Keyed) : [heaviest, known];
		},
	};
}

/** Gone from the list and from the last that left it: what its key still says. */
function nameless(key: string, since: number, now: number): AlarmFacts {
	const [rule = '', kind = '', id = ''] = key.split(':');
	return {
		rule,
		subject: `${kind}/${id}`,
		priority: 2,
		since,
		endedAt: now,
		latches: false,
		value: null,
		detail: null,
		acknowledged: null,
		shelved: null,
		suppressed: null,
		escalatedAt: null,
	};
}
