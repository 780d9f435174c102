// Each bad plan of emergency rooms has a cause of its own; the mistake stands on the line marked "# here", and says what would be right.
import { describe, expect, it, test } from 'vitest';
import { loadRegistry } from '../../server/connectors/registry.ts';
import { planSchemaOf, readPlan } from '../../server/plan-file.ts';
import { bend, soundPlan } from './sound-plan.ts';

const kinds = await loadRegistry();

/** Figures are invented. */
const withSites = `${soundPlan}bodies:
  asl-3: { label: ASL 3 }
sites:
  san-martino:
    label: San Martino
    short: S. Martino
    kind: DEA II
    body: asl-3
    service: cartella
    spaces: 62
    beds: 1200
    physicians: 8
    arrivalsAMonth: 6800
    staleAfter: 20min
    paper: { every: 15min, staleAfter: 25min }
    occupancy: { watch: 0.9, bad: 1.2 }
    neighbours:
      - galliera
  galliera: { label: Galliera }
er:
  region: Liguria
  weekdays: [1, 1, 1, 1, 1, 1.2, 1.1]
access:
  groups:
    - { group: ps, role: er, site: galliera }
`;
const bent = (from: string, to: string): string => bend(from, to, withSites);

type Row = readonly [cause: string, text: string, path: string, remedy: string];
const rows: readonly Row[] = [
	['a body that is not there', bent('body: asl-3', 'body: asl-4 # here'), 'sites.san-martino.body', 'did you mean "asl-3"?'],
	[
		'a service that is not there',
		bent('service: cartella\n    spaces', 'service: cartela # here\n    spaces'),
		'sites.san-martino.service',
		'did you mean "cartella"?',
	],
	['a neighbour that is not there', bent('- galliera', '- gallera # here'), 'sites.san-martino.neighbours.0', 'did you mean "galliera"?'],
	['a site that is its own neighbour', bent('- galliera', '- san-martino # here'), 'sites.san-martino.neighbours.0', 'name another one'],
	['a neighbour named twice', bent('- galliera', '- galliera\n      - galliera # here'), 'sites.san-martino.neighbours.1', 'take one of the two out'],
	[
		'a group of a site that is not there',
		bent('site: galliera }', 'site: pammatone } # here'),
		'access.groups.0.site',
		'one of: san-martino, galliera',
	],
	['a kind that is none', bent('kind: DEA II', 'kind: DEA 2 # here'), 'sites.san-martino.kind', 'did you mean "DEA'],
	['a mistyped key', bent('spaces: 62', 'space: 62 # here'), 'sites.san-martino.space', 'did you mean "spaces"?'],
	['spaces that are no count', bent('spaces: 62', 'spaces: 62.5 # here'), 'sites.san-martino.spaces', 'a whole number'],
	['fewer than no arrivals', bent('arrivalsAMonth: 6800', 'arrivalsAMonth: -1 # here'), 'sites.san-martino.arrivalsAMonth', 'at least 0'],
	['a short name that is long', bent('short: S. Martino', `short: ${'S'.repeat(25)} # here`), 'sites.san-martino.short', 'at most 24'],
	[
		'a filling without its unit',
		bent('staleAfter: 20min', 'staleAfter: 20min\n    fillsWithin: a day # here'),
		'sites.san-martino.fillsWithin',
		'90s, 5min or 1.5h',
	],
	[
		'a filling that outlasts a silent visit',
		bent('staleAfter: 20min', 'staleAfter: 20min\n    visitLapses: 2d\n    fillsWithin: 3d # here'),
		'sites.san-martino.fillsWithin',
		'24h, or 0s',
	],
	[
		'a filling longer than a week',
		bent('staleAfter: 20min', 'staleAfter: 20min\n    fillsWithin: 8d # here'),
		'sites.san-martino.fillsWithin',
		'24h, or 0s',
	],
	['a limit that is no time', bent('staleAfter: 20min', 'staleAfter: 0min # here'), 'sites.san-martino.staleAfter', 'more than 0, as 30min'],
	[
		'visits given up within a day',
		bent('staleAfter: 20min', 'staleAfter: 20min\n    visitLapses: 23h # here'),
		'sites.san-martino.visitLapses',
		'at least 24h, as 7d',
	],
	[
		'a rhythm that is no time',
		bent('every: 15min, staleAfter: 25min }', 'every: 0min, staleAfter: 25min } # here'),
		'sites.san-martino.paper.every',
		'as 15min',
	],
	[
		'counts that are too old before the next is due',
		bent('every: 15min, staleAfter: 25min }', 'every: 15min, staleAfter: 15min } # here'),
		'sites.san-martino.paper.staleAfter',
		'a little more than "every"',
	],
	[
		'too full before it is watched',
		bent('watch: 0.9, bad: 1.2 }', 'watch: 1.3, bad: 1.2 } # here'),
		'sites.san-martino.occupancy.bad',
		'from "watch" on',
	],
	['a share in per cent', bent('watch: 0.9, bad: 1.2 }', 'watch: 0.9, bad: 120 } # here'), 'sites.san-martino.occupancy.bad', 'at most 5'],
	['a day too few', bent('[1, 1, 1, 1, 1, 1.2, 1.1]', '[1, 1, 1, 1, 1, 1.2] # here'), 'er.weekdays', '7 weights, from Monday on'],
	['weights that weigh nothing', bent('[1, 1, 1, 1, 1, 1.2, 1.1]', '[0, 0, 0, 0, 0, 0, 0] # here'), 'er.weekdays', 'at least one weight above 0'],
	['hours that are not of a day', bent('  region: Liguria', '  region: Liguria\n  hours: [1, 2] # here'), 'er.hours', '24 weights, from midnight on'],
];

describe('a plan of emergency rooms', () => {
	it('that is sound is taken, with its durations in ms and what it leaves out filled in', () => {
		const read = readPlan(withSites, 'notte.yaml', kinds);
		if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
		expect(read.plan.sites['san-martino']).toMatchObject({ staleAfter: 1_200_000, paper: { every: 900_000, staleAfter: 1_500_000 } });
		expect(read.plan.sites.galliera).toMatchObject({
			staleAfter: 1_800_000,
			fillsWithin: 86_400_000,
			occupancy: { watch: 0.95, bad: 1.1 },
			neighbours: [],
		});
	});

	it('may say that a sender tells of all who are present when it begins', () => {
		const read = readPlan(bent('staleAfter: 20min', 'staleAfter: 20min\n    fillsWithin: 0s'), 'notte.yaml', kinds);
		expect(read.ok && read.plan.sites['san-martino']?.fillsWithin).toBe(0);
	});

	it('is described to editors', () => {
		const { properties } = planSchemaOf(kinds) as { properties: Record<string, { additionalProperties?: { properties?: object } }> };
		expect(Object.keys(properties.sites?.additionalProperties?.properties ?? {})).toEqual(expect.arrayContaining(['spaces', 'neighbours', 'paper']));
		expect(properties).toHaveProperty('er.properties.hours');
		expect(properties).toHaveProperty(
			'sites.additionalProperties.properties.fillsWithin.description',
			expect.stringContaining('0s where the sender tells'),
		);
	});

	it('has a cause of its own in each row', () => {
		expect(new Set(rows.map(([cause]) => cause)).size).toBe(rows.length);
	});

	test.each(rows)('with %s is told by line and remedy, and of that alone', (_, text, path, remedy) => {
		const read = readPlan(text, 'notte.yaml', kinds);
		if (read.ok) throw new Error('the plan is taken for good');
		const line = text.split('\n').findIndex((one) => one.includes('# here')) + 1;
		expect(read.mistakes.map((one) => [one.path, one.line])).toEqual([[path, line]]);
		expect(read.mistakes[0]?.remedy).toContain(remedy);
	});
});
