// Random nights of services that fall, come back and go unseen, with acknowledgements, shelves, resets and restarts: what comes on lasted
// its delay, what ends was seen to be over, nobody's unseen P1 or P2 is lost, and the record folds to the same list. The truth is kept apart.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAlarmWatch } from '../../server/domain/alarm.ts';
import { applyEntry, emptyFacts } from '../../server/projections/fold.ts';
import { type AlarmFacts, alarmKey } from '../../shared/board-breakdown.ts';
import { judge } from '../../shared/judge.ts';
import { say, scaled } from '../faults/kit/scale.ts';
import { fill, type Judge, lag, type Make, openPlay, planOf } from './alarm-play.ts';

const NIGHTS = scaled(1000, 100);
const SEED = 20_210_814;
const ON_DELAY = 30;
const OFF_DELAY = 120;
const ids = ['ps', 'cup', 'web', 'lungo'] as const;
type Id = (typeof ids)[number];

type Step = { readonly gap: number; readonly words: string };
const id = fc.constantFrom(...ids);
const words = fc.oneof(
	{ weight: 6, arbitrary: fc.tuple(id, fc.constantFrom('0', '0', '1', '1', 'blind')).map(([one, value]) => `${one}=${value}`) },
	{
		weight: 1,
		arbitrary: fc.tuple(id, fc.constantFrom('0', '1')).map(([one, value]) => `${one}.old=${value} ${one}.new=1 ${one}.wold=1 ${one}.wnew=${value}`),
	},
	{ weight: 8, arbitrary: fc.constant('tick') },
	{
		weight: 3,
		arbitrary: fc.tuple(fc.constantFrom('down', 'beyond', 'overrun', 'both', 'writes', 'none'), id).map(([rule, one]) => `ack ${rule} ${one}`),
	},
	{ weight: 1, arbitrary: fc.tuple(id, fc.constantFrom(60, 300, 4000)).map(([one, seconds]) => `shelve down ${one} ${seconds}`) },
	{ weight: 1, arbitrary: id.map((one) => `unshelve down ${one}`) },
	{ weight: 1, arbitrary: id.map((one) => `reset writes ${one}`) },
	{ weight: 1, arbitrary: fc.constant('restart') },
	{ weight: 1, arbitrary: fc.nat(20).map((n) => `fill ${n}`) },
	{ weight: 1, arbitrary: fc.constant('calm 20') },
);
const gap = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 1, max: 12 }) }, { weight: 2, arbitrary: fc.integer({ min: 13, max: 140 }) });
const night: fc.Arbitrary<Step[]> = fc.array(fc.record({ gap, words }), { minLength: 60, maxLength: 140 });

/** Of them one speaks. */
const ofOneOutage = ['service-down', 'service-none', 'service-overrun', 'service-beyond-tolerable'];

type Truth = { up: Record<string, string>; heldSince: number | null; overSince: number | null };
const saysDown = (up: Truth['up']): boolean | null => {
	const values = Object.values(up);
	if (values.includes('1')) return false;
	return values.length > 0 && values.every((one) => one === '0') ? true : null;
};

type Tally = { on: number; ended: number; floods: number; refused: number; planned: number; shelved: number };
type Planted = { readonly make?: Make; readonly judged?: Judge; readonly forgets?: 'mark' | 'auto' };

/** What is wrong with a night; null where nothing is. */
function faultIn(steps: readonly Step[], tally: Tally, { make, judged, forgets }: Planted): string | null {
	const plan = planOf({ rules: { lag, fill }, flood: { from: 6, to: 3, within: '2min' } });
	const played = openPlay({ plan, ...(make ? { make } : {}), ...(judged ? { judged } : {}) });
	const truths = new Map<Id, Truth>(ids.map((one) => [one, { up: {}, heldSince: null, overSince: null }]));
	let second = 0;
	for (const step of steps) {
		second += step.gap;
		const before = played.board().alarms.active;
		const written = played.wrote.length;
		played.step(`${second} ${step.words}`);
		for (const [one, truth] of truths) {
			for (const said of step.words.split(' ')) {
				const [, whose, name = 'up', value = ''] = /^(\w+)(?:\.(old|new))?=(\w+)$/.exec(said) ?? [];
				if (whose === one) truth.up[name] = value;
			}
			const isNone = truth.up.old === '0' && truth.up.new === '0';
			const down = saysDown(truth.up);
			// Where both sides are looked at and neither answers, that has a name of its own.
			const holds = down === true && !isNone;
			if (step.words === 'restart') [truth.heldSince, truth.overSince] = [null, null];
			truth.heldSince = holds ? (truth.heldSince ?? second) : null;
			truth.overSince = holds || down === null ? null : (truth.overSince ?? second);
		}
		const after = played.board().alarms;
		const fault =
			faultOfWords(played.wrote.slice(written), truths, second) ??
			faultOfDuty(truths, after.active, second) ??
			lostIn(before, after.active, step.words) ??
			faultOfGroups(played.at(second));
		if (fault !== null) return `at ${second}, ${step.words}: ${fault}`;
		count(tally, played.wrote.slice(written), after.active);
	}
	tally.refused += played.refused.length;
	const again = emptyFacts();
	for (const entry of played.entries)
		applyEntry(again, entry.kind === forgets ? ({ ...entry, kind: 'timestamp' } as unknown as typeof entry) : entry);
	return JSON.stringify(again.breakdown.alarms) === JSON.stringify(played.facts.breakdown.alarms) ? null : 'the record folds to another list';
}

function count(tally: Tally, wrote: readonly string[], active: Readonly<Record<string, AlarmFacts>>): void {
	for (const one of wrote) {
		if (one.startsWith('on ')) tally.on += 1;
		if (one.startsWith('ended ') || one.startsWith('gone ')) tally.ended += 1;
		if (one === 'begins') tally.floods += 1;
	}
	for (const one of Object.values(active)) {
		if (one.suppressed !== null) tally.planned += 1;
		if (one.shelved !== null) tally.shelved += 1;
	}
}

function faultOfWords(wrote: readonly string[], truths: ReadonlyMap<Id, Truth>, second: number): string | null {
	for (const one of wrote) {
		const [to, rule, whose] = one.split(' ');
		const truth = truths.get(whose as Id);
		if (rule !== 'down' || truth === undefined) continue;
		if (to === 'on' && (truth.heldSince === null || second - truth.heldSince < ON_DELAY)) return `${one}, and it had not lasted`;
		if ((to === 'ended' || to === 'gone') && (truth.overSince === null || second - truth.overSince < OFF_DELAY))
			return `${one}, and nobody saw it over`;
	}
	return null;
}

/** What has lasted is on. */
function faultOfDuty(truths: ReadonlyMap<Id, Truth>, active: Readonly<Record<string, AlarmFacts>>, second: number): string | null {
	for (const [one, { heldSince }] of truths) {
		const open = ofOneOutage.filter((rule) => active[alarmKey(rule, `service/${one}`)]?.endedAt === null);
		if (heldSince !== null && second - heldSince >= ON_DELAY && open.length === 0) return `${one} is down, and no alarm says so`;
		if (open.length > 1) return `${one} has one outage and ${open.join(' and ')}`;
	}
	return null;
}

/** Nothing that somebody has still to see leaves but by being seen, or for another of the same outage that asks as it did. */
function lostIn(before: Readonly<Record<string, AlarmFacts>>, after: Readonly<Record<string, AlarmFacts>>, done: string): string | null {
	for (const [key, { acknowledged, priority, suppressed }] of Object.entries(before)) {
		if (acknowledged !== null || priority === 3 || suppressed !== null || after[key] !== undefined) continue;
		if (asksInPlaceOf(key, after)) continue;
		if (!done.startsWith('ack ') || !key.endsWith(`:${done.split(' ')[2]}`)) return `${key} is lost`;
	}
	return null;
}

function asksInPlaceOf(key: string, after: Readonly<Record<string, AlarmFacts>>): boolean {
	const [rule = '', ...subject] = key.split(':');
	if (!ofOneOutage.includes(rule)) return false;
	const others = ofOneOutage.map((one) => after[[one, ...subject].join(':')]);
	return others.some((one) => one?.endedAt === null && one.acknowledged === null && one.suppressed === null);
}

function faultOfGroups({ active, groups }: ReturnType<typeof judge>['alarms']): string | null {
	const known = new Set(active.map((one) => one.id));
	const counted = new Map<string, number>();
	for (const { id, root } of active) counted.set(root ?? id, (counted.get(root ?? id) ?? 0) + 1);
	if (groups.length !== counted.size) return 'a group too many or too few';
	for (const { root, count, first } of groups) {
		if (!known.has(root) || !known.has(first) || counted.get(root) !== count) return `the group of ${root} is not of its alarms`;
	}
	return active.filter((one) => one.isFirst).length === groups.length ? null : 'a group has not one first';
}

function search(nights: number, planted: Planted = {}): { readonly found: string | null; readonly tally: Tally } {
	const tally: Tally = { on: 0, ended: 0, floods: 0, refused: 0, planned: 0, shelved: 0 };
	let found: string | null = null;
	const result = fc.check(
		fc.property(night, (steps) => {
			found = faultIn(steps, tally, planted);
			return found === null;
		}),
		{ seed: SEED, numRuns: nights, endOnFailure: true },
	);
	return { found: result.failed ? (found ?? String(result.errorInstance)) : null, tally };
}

test('what is on lasted, what ended was seen over, nothing unseen is lost, and the record folds to the same', () => {
	const { found, tally } = search(NIGHTS);
	say('alarms', `${NIGHTS} nights: ${JSON.stringify(tally)}`);
	expect(found).toBeNull();
	// Not by silence.
	for (const [what, least] of Object.entries({ on: 4, ended: 2, floods: 0.5, planned: 1, shelved: 1, refused: 1 })) {
		expect([what, tally[what as keyof Tally] >= least * NIGHTS]).toEqual([what, true]);
	}
}, 300_000);

const withRules =
	(rules: object): Make =>
	(plan) =>
		createAlarmWatch({ ...plan, alarms: { ...plan.alarms, builtIn: rules as typeof plan.alarms.builtIn } });
/** What is not seen is taken for this. */
const seenAs =
	(up: boolean): Judge =>
	(board, now) => {
		const judged = judge(board, now);
		const services = Object.fromEntries(
			Object.entries(judged.services).map(([one, facts]) => [one, facts.up === null && facts.ageMs !== null ? { ...facts, up } : facts]),
		);
		return { ...judged, services };
	};
const dropping: Make = (plan) => {
	const watch = createAlarmWatch(plan);
	return {
		decide(board, judged, now) {
			const draft = watch.decide(board, judged, now);
			return draft && { ...draft, changes: draft.changes.map((one) => (one.to === 'ended' ? { to: 'gone', alarm: one.alarm } : one)) };
		},
	};
};

const planted: readonly (readonly [string, Planted])[] = [
	['an engine without on-delays', { make: withRules({ 'service-down': { onDelay: 0 } }) }],
	['an engine whose on-delay is a second short', { make: withRules({ 'service-down': { onDelay: 29_000 } }) }],
	['an engine whose on-delay is long', { make: withRules({ 'service-down': { onDelay: 60_000 } }) }],
	['an engine without off-delays', { make: withRules({ 'service-down': { offDelay: 0 } }) }],
	['an engine that takes what it does not see for well', { judged: seenAs(true) }],
	['an engine that takes what it does not see for fallen', { judged: seenAs(false) }],
	['an engine that lets go what nobody has seen', { make: dropping }],
	['a replay that forgets marks', { forgets: 'mark' }],
	['a replay that forgets what Regia noticed', { forgets: 'auto' }],
	['an engine that says nothing', { make: () => ({ decide: () => null }) }],
];
test.each(planted)('%s would be caught', (name, fault) => {
	const { found } = search(NIGHTS, fault);
	say('alarms', `${name}: ${found ?? 'not caught'}`);
	expect(found).not.toBeNull();
});
