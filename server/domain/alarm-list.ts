// The list of alarms as a batch of changes leaves it: what stands, what has left it, and how many asked for somebody. Pure; decides nothing.
import { ALARMS_CLEARED_ON_BOARD, type AlarmFacts, type AlarmLeft, type AlarmsFacts, alarmKey } from '../../shared/board-breakdown.ts';
import type { AlarmChange } from '../../shared/entry.ts';
import { comesOn, isOfAnotherStep, type OnChange, takenBy } from './alarm-succession.ts';

/** A list while one entry changes it: the board's own is never written into. */
type Open = { active: Record<string, AlarmFacts>; cleared: Record<string, AlarmsFacts['cleared'][string]>; cameOn: number; dropped: number };

export type AlarmList = Pick<AlarmsFacts, 'active' | 'cleared'> & {
	/** How many of the changes asked for somebody anew. */
	readonly cameOn: number;
	/** In all, for want of room. */
	readonly dropped: number;
};

export function listAfter({ active, cleared, dropped = 0 }: AlarmsFacts, changes: readonly AlarmChange[], at: number): AlarmList {
	const open: Open = { active: { ...active }, cleared: { ...cleared }, cameOn: 0, dropped };
	for (const change of changes) applyChange(open, change, at);
	return { ...open, cleared: lastOf(open.cleared) };
}

/** The list when somebody's mark has ended what was left of this one. */
export function listWithout(
	{ active, cleared }: Pick<AlarmsFacts, 'active' | 'cleared'>,
	key: string,
	at: number,
): Pick<AlarmList, 'active' | 'cleared'> {
	const open = { active: { ...active }, cleared: { ...cleared } };
	clear(open, key, at);
	return { active: open.active, cleared: lastOf(open.cleared) };
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
