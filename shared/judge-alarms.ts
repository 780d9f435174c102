// The alarms at a moment: what asks for somebody, worst first, grouped by what explains it through the dependency map. Every screen has it.
import { rootsOf } from './alarm-roots.ts';
import type { Board } from './board.ts';
import type { AlarmFacts, AlarmsFacts } from './board-breakdown.ts';
import type { AlarmGroup, AlarmNow, AlarmRates, AlarmsNow } from './breakdown-now.ts';

const TEN_MINUTES_MS = 600_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const CHATTERS_FROM = 3;

/** What Regia cannot see at the moment, by subject: an alarm on it stands as it stood. */
export type IsUnseen = (subject: string) => boolean;

/** How many came on after `from` and asked for somebody: of the list, and of the last that left it. */
export const cameOnSince = ({ active, cleared }: Pick<AlarmsFacts, 'active' | 'cleared'>, from: number): number => {
	let count = 0;
	for (const key in active) if (isNew(active[key], from)) count += 1;
	for (const key in cleared) if (isNew(cleared[key], from) && cleared[key]?.why !== 'succeeded') count += 1;
	return count;
};
const isNew = (one: AlarmFacts | undefined, from: number): boolean => one !== undefined && one.suppressed === null && one.since > from;

export function judgeAlarms(board: Board, now: number, isUnseen: IsUnseen = () => false): AlarmsNow {
	const { alarms } = board;
	const rates = ratesOf(alarms, now);
	const keyed = Object.entries(alarms.active);
	if (keyed.length === 0) return { active: [], shelved: [], suppressed: [], groups: [], floodSince: alarms.floodSince, rates };
	const isOpen = ({ shelved, suppressed }: AlarmFacts): boolean => shelved === null && suppressed === null;
	const open = keyed.filter(([, one]) => isOpen(one)).sort(worstFirst);
	const roots = rootsOf(open, board);
	const groups = groupsOf(open, roots);
	const firsts = new Map(groups.map(({ root, first }) => [root, first]));
	const turn = ([id, facts]: Keyed[number]): AlarmNow => {
		const root = roots.get(id) ?? id;
		const { shelved, ...rest } = facts;
		return {
			...rest,
			id,
			label: labelOf(facts.subject, board),
			detail: facts.endedAt === null && isProbed(facts.rule) && isUnseen(facts.subject) ? 'unseen' : facts.detail,
			state: stateOf(facts),
			shelvedUntil: shelved?.until ?? null,
			root: root === id ? null : root,
			isFirst: (firsts.get(root) ?? id) === id,
		};
	};
	return {
		active: open.map(turn),
		shelved: keyed
			.filter(([, one]) => one.shelved !== null)
			.sort(worstFirst)
			.map(turn),
		suppressed: keyed
			.filter(([, one]) => one.shelved === null && one.suppressed !== null)
			.sort(worstFirst)
			.map(turn),
		groups,
		floodSince: alarms.floodSince,
		rates,
	};
}

type Keyed = readonly (readonly [id: string, facts: AlarmFacts])[];

/** Those that tell that nobody is heard are seen by that. */
const isProbed = (rule: string): boolean => rule !== 'source-blind' && rule !== 'site-blind';

/** What latches and nobody has seen asks as loudly as if it still held. */
const isOver = ({ endedAt, latches, acknowledged }: AlarmFacts): boolean => endedAt !== null && !(latches && acknowledged === null);

/** What still holds before what is over; of either the unacknowledged before the others, the most urgent, the oldest. */
const worstFirst = ([aId, a]: Keyed[number], [bId, b]: Keyed[number]): number =>
	Number(isOver(a)) - Number(isOver(b)) ||
	Number(a.acknowledged !== null) - Number(b.acknowledged !== null) ||
	a.priority - b.priority ||
	a.since - b.since ||
	(aId < bId ? -1 : 1);

function stateOf({ endedAt, acknowledged, latches }: AlarmFacts): AlarmNow['state'] {
	if (endedAt === null) return acknowledged === null ? 'unacknowledged' : 'acknowledged';
	return latches && acknowledged !== null ? 'latched' : 'ended-unacknowledged';
}

type Gathered = AlarmGroup & { count: number; first: string; since: number; readonly asks: boolean; readonly over: boolean };

/**
 * Worst first: with anything of it that still holds, with somebody still to see it, the most urgent, and of those the one that most hangs
 * on. The list is in that order too: what stands first of a group says how urgent it is, were it taken or less urgent at its root.
 */
function groupsOf(open: Keyed, roots: ReadonlyMap<string, string>): AlarmGroup[] {
	const groups = new Map<string, Gathered>();
	for (const [id, facts] of open) {
		const { since, priority, acknowledged } = facts;
		const root = roots.get(id) ?? id;
		const group = groups.get(root);
		if (group === undefined) {
			groups.set(root, { root, first: id, since, count: 1, worst: id, priority, asks: acknowledged === null, over: isOver(facts) });
			continue;
		}
		group.count += 1;
		// Of those that came on at one look the root is first: it explains the others.
		if (since < group.since || (since === group.since && id === root)) [group.first, group.since] = [id, since];
	}
	return [...groups.values()]
		.sort((a, b) => Number(a.over) - Number(b.over) || Number(b.asks) - Number(a.asks) || a.priority - b.priority || b.count - a.count)
		.map(({ since: _since, asks: _asks, over: _over, ...group }) => group);
}

function labelOf(subject: string, board: Board): string {
	const slash = subject.indexOf('/');
	const id = subject.slice(slash + 1);
	const { services, archives, sources, sites, facilities, networks, dependants, flows, gates, channels, clocks, incidents, statements } = board;
	const titleOf = (incident: string | undefined): string | undefined => (incident === undefined ? undefined : incidents.rows[incident]?.title);
	const labels: Readonly<Record<string, () => string | undefined>> = {
		service: () => services[id]?.label,
		archive: () => archives[id]?.label,
		source: () => sources[id]?.label,
		site: () => sites[id]?.label,
		facility: () => facilities[id]?.label,
		network: () => networks[id]?.label,
		dependant: () => dependants[id]?.label,
		flow: () => flows[id]?.label,
		gate: () => gates[id]?.label,
		channel: () => channels[id]?.label,
		incident: () => titleOf(id),
		clock: () => titleOf(clocks[id]?.incident),
		statement: () => statements.rows[id]?.text,
		programme: () => board.plan?.name,
	};
	return labels[subject.slice(0, slash)]?.() ?? subject;
}

function ratesOf(alarms: AlarmsFacts, now: number): AlarmRates {
	const { active, cleared, rates, floods, floodSince } = alarms;
	const bucket = Math.floor(now / TEN_MINUTES_MS);
	let [lastHour, lastDay, peakTenMinutes, standing] = [0, 0, 0, 0];
	for (const key in rates) {
		const count = rates[key] ?? 0;
		const age = bucket - Number(key);
		if (age >= 144) continue;
		if (age < 6) lastHour += count;
		lastDay += count;
		if (count > peakTenMinutes) peakTenMinutes = count;
	}
	for (const key in active) if (now - (active[key]?.since ?? now) > DAY_MS) standing += 1;
	const spans = floodSince === null ? floods : [...floods, [floodSince, now] as const];
	const inFloodMs = spans.reduce((sum, [from, to]) => sum + Math.max(0, to - Math.max(from, now - DAY_MS)), 0);
	// A wall is not given what has left the list: then the bucket tells more.
	const lastTenMinutes = Math.max(cameOnSince(alarms, now - TEN_MINUTES_MS), rates[bucket] ?? 0);
	return {
		lastTenMinutes,
		lastHour,
		lastDay,
		peakTenMinutes: Math.max(peakTenMinutes, lastTenMinutes),
		inFlood: Math.min(1, inFloodMs / DAY_MS),
		standing,
		chattering: chatteringOf(active, cleared, now),
	};
}

function chatteringOf(active: AlarmsFacts['active'], cleared: AlarmsFacts['cleared'], now: number): number {
	const times = new Map<string, number>();
	const add = ({ rule, subject, times: n = 1 }: AlarmFacts): void => {
		const key = `${rule}:${subject}`;
		times.set(key, (times.get(key) ?? 0) + n);
	};
	for (const one of Object.values(active)) add(one);
	for (const one of Object.values(cleared)) if (now - one.clearedAt <= HOUR_MS) add(one);
	let count = 0;
	for (const n of times.values()) if (n >= CHATTERS_FROM) count += 1;
	return count;
}
