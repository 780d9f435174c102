// Whether Regia can see, a row a case: what each canary said last, and what that amounts to.
import { describe, expect, test } from 'vitest';
import type { SourceFacts } from '../../shared/board.ts';
import { judgeObserver } from '../../shared/judge-observer.ts';
import { sourceLiteral } from '../kit/board-literal.ts';

const NOW = 1_000_000;
const second = (n: number): number => NOW - n * 1000;
/** Stale after 60 s. */
const canary = (rest: Partial<SourceFacts>): SourceFacts => sourceLiteral('Canarino', 'http', { talkedAt: second(2), ...rest });
const well = canary({});
const refused = canary({ why: 'observer-blind', failingSince: second(30) });
const later = canary({ why: 'timeout', failingSince: second(10) });
const silent = canary({ talkedAt: second(90) });
const fresh = canary({ talkedAt: null });
const saysDown = canary({ beat: 0, downSince: second(40) });
const neverWell = canary({ talkedAt: null, why: 'timeout', failingSince: second(50) });

type Row = readonly [name: string, canaries: readonly SourceFacts[], since: number | null, startedAt?: number];
const rows: readonly Row[] = [
	['no canary is named: nobody can say that it is blind', [], null],
	['one that answers', [well], null],
	['one that fails', [refused], 30],
	['one of two fails', [refused, well], null],
	['both fail, since the later', [refused, later], 10],
	['one is silent for longer than it may be', [silent], 30],
	['as old as it may be', [canary({ talkedAt: second(60) })], null],
	['one fails, one is silent', [later, silent], 10],
	['one says of itself that it is down', [saysDown], 40],
	['one says so and falls silent: since it said so', [canary({ ...saysDown, talkedAt: second(90) })], 40],
	['one says so, one answers', [saysDown, canary({ beat: 1 })], null],
	['one says so, one is silent', [saysDown, silent], 30],
	['one is silent, one answers', [silent, well], null],
	['not asked yet', [fresh], null],
	['one fails, one was never heard', [refused, fresh], 30],
	['one answers, one never did', [well, neverWell], null],
	['one fails, one never answered', [later, neverWell], 10],
	['none ever answered, and all fail', [neverWell], 50],
	['none ever answered, and one was not asked yet', [neverWell, fresh], null],
	['silent since before our own start: nobody looked', [canary({ talkedAt: second(900) })], null, second(20)],
	['silent since our own start for longer than it may be', [canary({ talkedAt: second(900) })], 10, second(70)],
];

const judged = (canaries: readonly SourceFacts[], startedAt: number) => {
	const sources = Object.fromEntries(canaries.map((one, n) => [`c${n}`, one]));
	return judgeObserver({ canaries: Object.keys(sources), sources, startedAt }, NOW);
};

describe('the observer', () => {
	for (const [name, canaries, ago, startedAt] of rows) {
		test(name, () => {
			expect(judged(canaries, startedAt ?? 0)).toEqual({ isBlind: ago !== null, since: ago === null ? null : second(ago) });
		});
	}

	test('a canary that the record does not know says nothing', () => {
		expect(judgeObserver({ canaries: ['nessuno'], sources: {}, startedAt: 0 }, NOW)).toEqual({ isBlind: false, since: null });
	});
});
