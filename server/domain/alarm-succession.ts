// One outage is one alarm that speaks: which of a service's alarms stands in whose place, and what the later one keeps of the earlier. Pure.
import { type AlarmFacts, type AlarmsFacts, alarmKey } from '../../shared/board-breakdown.ts';
import type { AlarmChange } from '../../shared/entry.ts';
import type { Condition } from './alarm-sight.ts';

export type OnChange = Extract<AlarmChange, { to: 'on' }>;

/** What may be said of one outage, the more telling first. */
export const ofOneOutage: readonly string[] = ['service-overrun', 'service-beyond-tolerable', 'service-none', 'service-down'];
export const isOfOutage = ({ rule }: { readonly rule: string }): boolean => ofOneOutage.includes(rule);

type Voice = { readonly rule: string; readonly priority: number; readonly isPlanned: boolean };
/** What was not planned before what was; then the more urgent; of equals the more telling. */
const louder = (a: Voice, b: Voice): number =>
	Number(a.isPlanned) - Number(b.isPlanned) || a.priority - b.priority || ofOneOutage.indexOf(a.rule) - ofOneOutage.indexOf(b.rule);

/** It asks for somebody, and nobody has seen it. */
export const isUnseen = ({ acknowledged, suppressed }: AlarmFacts): boolean => acknowledged === null && suppressed === null;

export type Succession = {
	readonly on: readonly OnChange[];
	/** Those that leave without another coming on in their place: it stands already. */
	readonly gone: readonly AlarmChange[];
	/** All that leave for another's sake. */
	readonly succeeded: ReadonlySet<string>;
};

type Listed = AlarmsFacts['active'];
type OfOutage = { readonly ready: readonly OnChange[]; readonly open: readonly (readonly [key: string, facts: AlarmFacts])[] };

/** `ready`: what has lasted its delay and is not on; of each outage only what speaks for it comes on. */
export function succeed(ready: readonly OnChange[], active: Listed, holding: ReadonlyMap<string, Condition>): Succession {
	const on = ready.filter((one) => !isOfOutage(one));
	const gone: AlarmChange[] = [];
	const succeeded = new Set<string>();
	for (const { ready: coming, open } of outagesOf(ready, active)) {
		const standing = open.filter(([key]) => holding.has(key));
		const voices: readonly Voice[] = [
			...coming.map((one) => ({ ...one, isPlanned: one.suppressed !== null })),
			...standing.map(([key, one]) => ({ ...one, isPlanned: holding.get(key)?.isPlanned ?? false })),
		];
		const [first] = voices.toSorted(louder);
		if (first === undefined) continue;
		const comes = coming.find(({ rule }) => rule === first.rule);
		const others = open.filter(([, { rule }]) => rule !== first.rule).sort(([, a], [, b]) => louder(voiceOf(a), voiceOf(b)));
		const stands = standing.find(([, { rule }]) => rule === first.rule)?.[1];
		const leaving = others.filter(([, one]) => comes !== undefined || !isUnseen(one) || (stands !== undefined && isUnseen(stands)));
		for (const [key] of leaving) succeeded.add(key);
		if (comes === undefined) gone.push(...leaving.map(([key]) => goneFor(key)));
		else {
			const [before, ...rest] = leaving;
			gone.push(...rest.map(([key]) => goneFor(key)));
			on.push(before === undefined ? comes : inPlaceOf(before, comes));
		}
	}
	return { on, gone, succeeded };
}

const voiceOf = ({ rule, priority, suppressed }: AlarmFacts): Voice => ({ rule, priority, isPlanned: suppressed !== null });
const goneFor = (alarm: string): AlarmChange => ({ to: 'gone', alarm, why: 'succeeded' });
/** A planned stop never takes away what somebody has still to see, whatever its name is now. */
const inPlaceOf = ([key, facts]: readonly [string, AlarmFacts], change: OnChange): OnChange => ({
	...change,
	suppressed: isUnseen(facts) ? null : change.suppressed,
	follows: key,
});

function outagesOf(ready: readonly OnChange[], active: Listed): Iterable<OfOutage> {
	const bySubject = new Map<string, { ready: OnChange[]; open: [string, AlarmFacts][] }>();
	const of = (subject: string) => {
		const found = bySubject.get(subject) ?? { ready: [], open: [] };
		bySubject.set(subject, found);
		return found;
	};
	for (const one of ready) if (isOfOutage(one)) of(one.subject).ready.push(one);
	for (const key in active) {
		const one = active[key];
		if (one !== undefined && one.endedAt === null && isOfOutage(one)) of(one.subject).open.push([key, one]);
	}
	return bySubject.values();
}

/** The next step of a legal clock is owed apart from the one before, under the same rule's key. */
export const isOfAnotherStep = (before: AlarmFacts, { rule, detail }: Pick<Condition, 'rule' | 'detail'>): boolean =>
	(rule === 'clock-near' || rule === 'clock-overdue') && before.detail !== detail;

/** What is known of the earlier holds of the later where that is no more urgent: who has seen a P2 has not seen a P1. */
const carries = (taken: AlarmFacts, { priority }: OnChange): boolean => taken.suppressed === null && taken.priority <= priority;

/** The place that it takes, of what is listed; undefined where it takes none. */
export const takenBy = ({ follows }: OnChange, active: Listed): AlarmFacts | undefined => (follows === undefined ? undefined : active[follows]);

/**
 * The alarm that has come on. One that comes back before anybody has seen it has asked since it first came on; had it been escalated, it
 * asks anew. One that somebody has seen asks anew in every way.
 */
export function comesOn(change: OnChange, active: Listed, at: number): AlarmFacts {
	const { to: _to, follows: _follows, ...said } = change;
	const listed = active[alarmKey(change.rule, change.subject)];
	const before = listed !== undefined && isOfAnotherStep(listed, change) ? undefined : listed;
	const taken = takenBy(change, active);
	const kept = taken !== undefined && carries(taken, change) ? taken : undefined;
	const back = before !== undefined && isUnseen(before) ? before : undefined;
	const shelved = before?.shelved ?? kept?.shelved ?? null;
	return {
		...said,
		since: Math.min(back?.since ?? kept?.since ?? at, kept?.since ?? at),
		endedAt: null,
		acknowledged: back === undefined ? (kept?.acknowledged ?? null) : null,
		shelved: shelved !== null && at < shelved.until ? shelved : null,
		...escalationOf(back, kept, at),
		...(before === undefined ? {} : { times: (before.times ?? 1) + 1 }),
	};
}

function escalationOf(back: AlarmFacts | undefined, kept: AlarmFacts | undefined, at: number): Pick<AlarmFacts, 'escalatedAt' | 'againAt'> {
	const from = kept ?? back;
	if (from === undefined) return { escalatedAt: null };
	const againAt = kept === undefined && from.escalatedAt !== null ? at : from.againAt;
	return { escalatedAt: kept?.escalatedAt ?? null, ...(againAt === undefined ? {} : { againAt }) };
}

/** Since when it has been waiting for somebody. */
export const asksSince = ({ since, againAt }: AlarmFacts): number => againAt ?? since;
