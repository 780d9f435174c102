// Who is blocked, by what and since when, over the dependency map; and that nobody is said to work whom no probe confirms.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Board, Figure } from '../../shared/board.ts';
import { type DependantFacts, emptyBreakdown } from '../../shared/board-breakdown.ts';
import type { DependantNow } from '../../shared/breakdown-now.ts';
import { judge } from '../../shared/judge.ts';
import { judgeDependants } from '../../shared/judge-impact.ts';
import { serviceLiteral } from '../kit/board-literal.ts';
import { LINE_NOW, mapOfLine, neededUp } from './dependency-line.ts';
import { figuresLine } from './figures-line.ts';
import { nightBoard } from './night-board.ts';

const NOW = LINE_NOW;

const dependant = (probe: string, needs: string, rest: Partial<DependantFacts> = {}): DependantFacts => ({
	label: 'Medici di famiglia',
	count: 6157,
	needs: needs.split(' ').filter((need) => need !== ''),
	operator: null,
	staleAfterMs: null,
	figures: figuresLine(probe, NOW),
	since: NOW - 7_200_000,
	...rest,
});

function judged(map: string, facts: DependantFacts, now = NOW): DependantNow {
	const one = judgeDependants({ dependants: { medici: facts }, ...mapOfLine(map) }, neededUp(map), now).medici;
	if (one === undefined) throw new Error('nobody is judged');
	return one;
}

/** `state standing by since-seconds confirmed-by age-seconds`; a hyphen is null or none. */
function told(map: string, facts: DependantFacts): string {
	const one = judged(map, facts);
	const by = one.by.length === 0 ? '-' : one.by.join('+');
	return `${one.state} ${one.standing} ${by} ${one.since === null ? '-' : (NOW - one.since) / 1000} ${one.confirmedBy ?? '-'} ${one.ageMs === null ? '-' : one.ageMs / 1000}`;
}

type Row = readonly [name: string, map: string, needs: string, probe: string, expected: string];
const A = 'service/a';
const B = 'service/b';
const N = 'network/n';
const F = 'facility/f';
const me = 'dependant/medici';
const unknown = 'unknown blind - - - ';
const rows: readonly Row[] = [
	['needs nothing, and has no probe', '', '', '', `${unknown}-`],
	['needs nothing, and its probe says yes', '', '', 'up 1@20', `working good - 7200 ${me} 20`],
	['needs nothing, and its probe says no', '', '', 'up 0@20', `blocked bad ${me} 7200 ${me} 20`],
	['needs nothing, and its probe is silent', '', '', 'up 1@301', `${unknown}301`],
	['its probe, at the edge of staleness', '', '', 'up 1@300', `working good - 7200 ${me} 300`],
	['its probe, a moment past it', '', '', 'up 1@300.001', `${unknown}300.001`],
	['its probe said no, and is silent', '', '', 'up 0@301', `${unknown}301`],
	['its probe cannot be asked', '', '', 'up 1@20?', `${unknown}20`],
	['its probe never could be asked', '', '', 'up -@20', `${unknown}-`],
	['its probe’s clock runs ahead: no fresher for that', '', '', 'up 1@301+200', `${unknown}301`],
	['its probe’s clock runs behind', '', '', 'up 1@20-281', `${unknown}301`],
	['half an answer is none', '', '', 'up 0.5@20', `${unknown}20`],
	['what it needs answers', `${A} up@60`, A, '', `working good - - ${A} 5`],
	['all that it needs answers: the oldest word confirms', `${A} up~5, ${B} up~40, ${N} up~9`, `${A} ${B} ${N}`, '', `working good - - ${B} 40`],
	['one of two is not known', `${A} up, ${B} blind`, `${A} ${B}`, '', `${unknown}-`],
	['one of two never was heard of', `${A} up, ${B}`, `${A} ${B}`, '', `${unknown}-`],
	['one of two is not on the board', `${A} up`, `${A} ${B}`, '', `${unknown}-`],
	['one of two answers on one side, and nobody sees the other', `${A} up, ${B} half`, `${A} ${B}`, '', `${unknown}-`],
	['what it needs is not known, and its own probe says yes', `${A} blind`, A, 'up 1@20', `working good - 7200 ${me} 20`],
	['what it needs answers, and its own probe is silent', `${A} up`, A, 'up 1@301', `${unknown}301`],
	['what it needs answers, and its own probe cannot be asked', `${A} up`, A, 'up 1@20?', `${unknown}20`],
	['what it needs answers, and its own probe says no', `${A} up`, A, 'up 0@20', `blocked bad ${me} 7200 ${me} 20`],
	['what it needs is down', `${A} down@600`, A, '', `blocked bad ${A} 600 ${A} 5`],
	['what it needs is down, and its own probe says yes', `${A} down@600`, A, 'up 1@20', `blocked bad ${A} 600 ${A} 5`],
	['what it needs is down, and its own probe is silent', `${A} down@600`, A, 'up 1@900', `blocked bad ${A} 600 ${A} 5`],
	['what it needs is down, and its own probe says no', `${A} down@600`, A, 'up 0@20', `blocked bad ${A}+${me} 7200 ${A} 5`],
	['one of two is down', `${A} up, ${B} down@90`, `${A} ${B}`, '', `blocked bad ${B} 90 ${B} 5`],
	['one of two is down, the other not known', `${A} blind, ${B} down@90`, `${A} ${B}`, '', `blocked bad ${B} 90 ${B} 5`],
	['two are down: the first to fall first', `${A} down@90, ${B} down@600`, `${A} ${B}`, '', `blocked bad ${B}+${A} 600 ${B} 5`],
	['two fell at once: in order of their names', `${B} down@90, ${A} down@90`, `${B} ${A}`, '', `blocked bad ${A}+${B} 90 ${A} 5`],
	['a need named twice', `${A} down@90`, `${A} ${A}`, '', `blocked bad ${A} 90 ${A} 5`],
	['a network is down', `${N} down@30~8`, N, '', `blocked bad ${N} 30 ${N} 8`],
	['a network is not known', `${N} blind`, N, '', `${unknown}-`],
	['what is down needs a network that is down', `${A} down@600 > ${N}, ${N} down@700`, A, '', `blocked bad ${A}+${N} 600 ${A} 5`],
	['what is down needs what answers', `${A} down@600 > ${N}, ${N} up`, A, '', `blocked bad ${A} 600 ${A} 5`],
	['through a facility, to the network that is down', `${A} down@600 > ${F}, ${F} > ${N}, ${N} down@700`, A, '', `blocked bad ${A}+${N} 600 ${A} 5`],
	['through a service that nobody sees', `${A} down@600 > ${B}, ${B} blind > ${N}, ${N} down@700`, A, '', `blocked bad ${A}+${N} 600 ${A} 5`],
	['not through a service that answers', `${A} down@600 > ${B}, ${B} up > ${N}, ${N} down@700`, A, '', `blocked bad ${A} 600 ${A} 5`],
	['three deep, the first to fall first', `${A} down@5 > ${B}, ${B} down@20 > ${N}, ${N} down@9`, A, '', `blocked bad ${A}+${B}+${N} 5 ${A} 5`],
	['what it needs still answers, though its own need is down', `${A} up > ${N}, ${N} down@700`, A, '', `working good - - ${A} 5`],
	['what it needs is not known, and what that needs is down', `${A} blind > ${N}, ${N} down@700`, A, '', `${unknown}-`],
	['a service beneath the one that answers is down', `${A} up > ${B}, ${B} down@700`, A, 'up 1@20', `working good - 7200 ${me} 20`],
	['a facility is never what touches anybody', `${F}`, F, '', `${unknown}-`],
	['a circle on the board ends', `${A} down@60 > ${B}, ${B} down@90 > ${A}`, A, '', `blocked bad ${A}+${B} 60 ${A} 5`],
	['who is named twice over, as need and as need of a need', `${A} down@60 > ${B}, ${B} down@90`, `${A} ${B}`, '', `blocked bad ${B}+${A} 90 ${B} 5`],
	['down as planned', `${A} planned@600`, A, '', `blocked watch ${A} 600 ${A} 5`],
	['down as planned, and longer than it bears', `${A} overdue-planned@600`, A, '', `blocked watch ${A} 600 ${A} 5`],
	['down as planned, and its own probe says no', `${A} planned@600`, A, 'up 0@20', `blocked watch ${A}+${me} 7200 ${A} 5`],
	['one down as planned, one not', `${A} planned@600, ${B} down@30`, `${A} ${B}`, '', `blocked bad ${A}+${B} 600 ${A} 5`],
	['down as planned over a network that is not', `${A} planned@600 > ${N}, ${N} down@30`, A, '', `blocked watch ${A}+${N} 600 ${A} 5`],
];

describe('a dependant', () => {
	test.each(rows)('%s', (_, map, needs, probe, expected) => {
		expect(told(map, dependant(probe, needs))).toBe(expected);
	});

	test('has rows enough, each with a cause of its own', () => {
		expect(rows.length).toBeGreaterThanOrEqual(40);
		expect(new Set(rows.map(([name]) => name)).size).toBe(rows.length);
	});

	test('takes its count and its operator along', () => {
		expect(judged('', dependant('', '', { count: 3000, operator: 'Poste' }))).toMatchObject({
			label: 'Medici di famiglia',
			count: 3000,
			operator: 'Poste',
		});
		expect(judged('', dependant('', '', { count: null }))).toMatchObject({ count: null });
	});

	test('goes by a limit of its own where the plan gives one', () => {
		expect(judged('', dependant('up 1@60', '', { staleAfterMs: 60_000 })).state).toBe('working');
		expect(judged('', dependant('up 1@60.001', '', { staleAfterMs: 60_000 })).state).toBe('unknown');
	});

	test('is no longer confirmed by time alone', () => {
		const facts = dependant('up 1@0', '');
		expect([0, 299_999, 300_000, 300_001].map((ms) => judged('', facts, NOW + ms).state)).toEqual(['working', 'working', 'working', 'unknown']);
	});

	test('of an inherited name is as any other', () => {
		const needs = dependant('', 'service/constructor network/toString');
		expect(judged('', needs)).toMatchObject({ state: 'unknown', by: [] });
	});
});

const ids = ['a', 'b', 'c'] as const;
const figure: fc.Arbitrary<Figure | undefined> = fc.option(
	fc
		.tuple(
			fc.constantFrom(0, 1, 1, 1, null),
			fc.constantFrom(0, 10, 44, 46, 299, 301, 4000),
			fc.constantFrom(0, 0, 3, -60),
			fc.constantFrom(false, false, true),
		)
		.map(([value, ago, ahead, blind]): Figure => {
			const seen = NOW - ago * 1000;
			const at = seen + ahead * 1000;
			return blind || value === null ? [value, at, seen, 'timeout', seen] : [value, at, seen];
		}),
	{ nil: undefined, freq: 4 },
);
const kinds = (all: readonly string[]) =>
	fc.uniqueArray(
		fc.tuple(fc.constantFrom(...all), fc.constantFrom(...ids)).map(([kind, id]) => `${kind}/${id}`),
		{ maxLength: 3 },
	);
const upOf = (up: Figure | undefined) => (up === undefined ? {} : { up });

const board: fc.Arbitrary<Board> = fc
	.tuple(
		fc.array(fc.tuple(figure, figure, figure, kinds(['service', 'facility', 'network']), fc.boolean()), { minLength: 3, maxLength: 3 }),
		fc.array(fc.tuple(figure, kinds(['service', 'facility', 'network'])), { minLength: 3, maxLength: 3 }),
		fc.array(fc.tuple(figure, kinds(['service', 'network', 'service', 'network', 'facility'])), { minLength: 3, maxLength: 3 }),
	)
	.map(([services, networks, dependants]) => {
		const entries = <A, T>(all: readonly A[], turn: (one: A) => T): Record<string, T> =>
			Object.fromEntries(all.map((one, i) => [ids[i] ?? 'a', turn(one)]));
		return nightBoard({
			...emptyBreakdown,
			services: entries(services, ([up, upOld, upNew, needs, isPlanned]) =>
				serviceLiteral('S', 1, {
					figures: { ...upOf(up), ...(upOld && { upOld }), ...(upNew && { upNew }) },
					needs,
					planned: isPlanned ? [[NOW - 3_600_000, NOW + 3_600_000]] : [],
					since: NOW - 60_000,
					bookedTo: NOW - 60_000,
				}),
			),
			facilities: {},
			networks: entries(networks, ([up, needs]) => ({ label: 'N', needs, staleAfterMs: null, figures: upOf(up), since: NOW - 90_000 })),
			dependants: entries(dependants, ([up, needs]) => ({
				label: 'D',
				count: 1,
				needs,
				operator: null,
				staleAfterMs: null,
				figures: upOf(up),
				since: NOW - 30_000,
			})),
		});
	});

/** From the raw figures, without any judge: what a probe said last, while it is fresh and could look. */
const says = (one: Figure | undefined, limitS: number): 0 | 1 | null => {
	if (one === undefined || one[3] !== undefined || NOW - Math.min(one[1], one[2]) > limitS * 1000) return null;
	return one[0] === 1 ? 1 : one[0] === 0 ? 0 : null;
};
const isConfirmed = (need: string, { services, networks }: Board): boolean => {
	const [kind, id = ''] = need.split('/');
	const figures: Readonly<Partial<Record<'up' | 'upOld' | 'upNew', Figure>>> | undefined =
		kind === 'service' ? services[id]?.figures : kind === 'network' ? networks[id]?.figures : undefined;
	const heard = (['up', 'upOld', 'upNew'] as const).map((name) => figures?.[name]).filter((one) => one !== undefined);
	const all = heard.map((one) => says(one, 45));
	return all.length > 0 && !all.includes(null) && all.includes(1);
};
const isDown = (need: string, { services, networks }: Board): boolean => {
	const [kind, id = ''] = need.split('/');
	const figures: Readonly<Partial<Record<'up' | 'upOld' | 'upNew', Figure>>> | undefined =
		kind === 'service' ? services[id]?.figures : kind === 'network' ? networks[id]?.figures : undefined;
	const heard = (['up', 'upOld', 'upNew'] as const).map((name) => figures?.[name]).filter((one) => one !== undefined);
	return heard.length > 0 && heard.every((one) => says(one, 45) === 0);
};

/** Who is said to work though neither a fresh probe of their own nor one of all that they need confirms it, or though something that they need is down. */
function falselyWorking(on: Board, told: Readonly<Record<string, DependantNow>>): string[] {
	return Object.entries(told)
		.filter(([, one]) => one.state === 'working')
		.filter(([id]) => {
			const facts = on.dependants[id];
			if (facts === undefined || facts.needs.some((need) => isDown(need, on))) return true;
			if (facts.figures.up !== undefined) return says(facts.figures.up, 300) !== 1;
			return facts.needs.length === 0 || !facts.needs.every((need) => isConfirmed(need, on));
		})
		.map(([id]) => id);
}

describe('on any board', () => {
	const settings = { seed: 20210814, numRuns: 3000 };

	test('nobody is said to work whom no fresh probe confirms, and working is always told with whose word it is and how old', () => {
		const seen = { working: 0, blocked: 0, unknown: 0 };
		fc.assert(
			fc.property(board, (on) => {
				const told = judge(on, NOW).breakdown?.dependants ?? {};
				expect(falselyWorking(on, told)).toEqual([]);
				for (const [id, one] of Object.entries(told)) {
					seen[one.state] += 1;
					if (one.state === 'working') expect([one.confirmedBy, one.ageMs]).not.toContain(null);
					const isHit = on.dependants[id]?.needs.some((need) => isDown(need, on)) || says(on.dependants[id]?.figures.up, 300) === 0;
					expect(one.state === 'blocked').toBe(isHit);
					expect(one.standing === 'good').toBe(one.state === 'working');
					expect(new Set(one.by).size).toBe(one.by.length);
				}
			}),
			settings,
		);
		// The boards are such that each of the three is said often.
		for (const count of Object.values(seen)) expect(count).toBeGreaterThan(300);
	});

	/** The faults that are easily made: a last word taken for fresh, and a need that is not known taken for well. */
	const lastWordForFresh = (on: Board): Board => ({
		...on,
		dependants: Object.fromEntries(
			Object.entries(on.dependants).map(([id, one]) => [id, one.figures.up?.[0] === 1 ? { ...one, figures: { up: [1, NOW, NOW] as Figure } } : one]),
		),
	});
	const unknownForWell = (on: Board): Board => ({
		...on,
		services: Object.fromEntries(
			Object.entries(on.services).map(([id, one]) => [id, isDown(`service/${id}`, on) ? one : { ...one, figures: { up: [1, NOW, NOW] as Figure } }]),
		),
	});
	test.each([
		['a last word taken for fresh', lastWordForFresh],
		['a need that is not known taken for well', unknownForWell],
	])('planted: %s is caught', (_, bend) => {
		const run = fc.check(
			fc.property(board, (on) => falselyWorking(on, judge(bend(on), NOW).breakdown?.dependants ?? {}).length === 0),
			settings,
		);
		expect(run.failed).toBe(true);
	});
});
