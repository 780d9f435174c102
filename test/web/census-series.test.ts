// A site's series of what was counted from messages and by hand: from any moment on it goes on as if read from the beginning.
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { applyEntry, boardOf, emptyFacts } from '../../server/projections/fold.ts';
import { censusSeries } from '../../server/web/census-series.ts';
import type { Entry } from '../../shared/entry.ts';
import { minuteNumber } from '../../shared/er.ts';
import { arrive, at, board, census, count, figures, type Line, lapse, leave, sitePlan, treat } from '../projections/site-night.ts';

const lines: readonly Line[] = [
	[0, { kind: 'plan', plan: sitePlan, text: '', digest: 'd', by: 'test', rehearsal: true }],
	census(10, 'martino', [...arrive(9, '3', 4), ...arrive(9, 'none', 2)]),
	census(20, 'galliera', arrive(19, '3', 9)),
	census(30, 'martino', [...treat(9, '3', 3), ...board(29, '3')]),
	figures(35, 'martino', { respirators: 1 }),
	count(40, 'martino', { '3': 5, none: 3 }, { boarding: 2 }),
	lapse(45, 'martino', [['waiting', 'none', minuteNumber(at(9)), -1]]),
	census(50, 'martino', leave(50, '3')),
];
const entries: readonly Entry[] = lines.map(([minutes, draft], i) => ({ v: 1, seq: i + 1, seen: at(minutes), ...draft }));

/** The points of all entries after `seq`, on from the board at `seq`. */
function pointsAfter(seq: number, measure: string, subject = 'site/martino') {
	const facts = emptyFacts();
	for (const entry of entries.slice(0, seq)) applyEntry(facts, entry);
	const series = censusSeries(subject, measure, boardOf(facts).sites.martino);
	return entries.slice(seq).flatMap((entry) => {
		const point = series?.next(entry);
		return point ? [[(point.at - at(0)) / 60_000, point.value]] : [];
	});
}

describe('a series of a site', () => {
	test.each([
		[
			'site.present',
			[
				[10, 6],
				[30, 6],
				[40, 8],
				[50, 4],
			],
		],
		[
			'site.present3',
			[
				[10, 4],
				[30, 4],
				[40, 5],
				[50, 3],
			],
		],
		[
			'site.presentNone',
			[
				[10, 2],
				[30, 2],
				[40, 3],
				[50, 1],
			],
		],
		[
			'site.waiting',
			[
				[10, 6],
				[30, 3],
				[50, 2],
			],
		],
		[
			'site.waiting3',
			[
				[10, 4],
				[30, 1],
				[50, 1],
			],
		],
		[
			'site.treatment3',
			[
				[10, 0],
				[30, 2],
				[50, 1],
			],
		],
		[
			'site.boarding',
			[
				[10, 0],
				[30, 1],
				[40, 2],
				[50, 1],
			],
		],
		[
			'site.observation',
			[
				[10, 0],
				[30, 0],
				[50, 0],
			],
		],
	])('%s', (measure, expected) => {
		expect(pointsAfter(0, measure)).toEqual(expected);
	});

	it('is none of what messages do not count, nor of other subjects', () => {
		expect(censusSeries('site/martino', 'site.respirators', undefined)).toBeNull();
		expect(censusSeries('archive/martino', 'site.present', undefined)).toBeNull();
	});

	it('goes on from any entry as from the first', () => {
		const measures = ['site.present', 'site.present3', 'site.waitingNone', 'site.treatment', 'site.boarding'];
		fc.assert(
			fc.property(fc.integer({ min: 0, max: entries.length }), fc.constantFrom(...measures), (seq, measure) => {
				const late = pointsAfter(seq, measure);
				expect(late).toEqual(pointsAfter(0, measure).slice(-late.length || Number.POSITIVE_INFINITY));
			}),
			{ seed: 7, numRuns: 60 },
		);
	});
});
