// How rclone's counters add up over restarts, resets and absences, and what a check run proves, worked out by hand.
import { describe, expect, test } from 'vitest';
import type { RcloneStats } from '../../server/connectors/rclone-answers.ts';
import { type RcloneRun, type RcloneTally, recallTally, tally } from '../../server/connectors/rclone-tally.ts';
import { hasRun, verifiedItems } from '../../server/connectors/rclone-verify.ts';

const idle: RcloneStats = {
	bytes: 0,
	totalBytes: 0,
	transfers: 0,
	totalTransfers: 0,
	checks: 0,
	totalChecks: 0,
	errors: 0,
	elapsedMs: 0,
	transferring: 0,
	checking: 0,
	bytesInFlight: 0,
	largestPending: 0,
};
type Step = readonly [at: number, stats: Partial<RcloneStats>, shown: readonly [moved: number, total: number], run?: Partial<RcloneRun>];

const play = (steps: readonly Step[]): void => {
	let before: RcloneTally | null = null;
	for (const [at, stats, shown, run] of steps) {
		before = recallTally(JSON.parse(JSON.stringify(tally(before, { pid: 1, executeId: null, ...run }, { ...idle, ...stats }, at))));
		expect([before?.shownBytes, before?.shownTotalBytes], `at ${at}`).toEqual(shown);
	}
};

const half = { bytes: 60, totalBytes: 100, transfers: 4, totalTransfers: 10, transferring: 1, bytesInFlight: 20, elapsedMs: 100_000 };
const restOfIt = { bytes: 60, totalBytes: 60, transfers: 6, totalTransfers: 6 };

describe('moved and to move', () => {
	test.each<readonly [string, readonly Step[]]>([
		[
			'grow with one run',
			[
				[200_000, { bytes: 1, totalBytes: 5, elapsedMs: 1 }, [1, 5]],
				[201_000, { bytes: 9, totalBytes: 9, elapsedMs: 1001 }, [9, 9]],
			],
		],
		[
			'wait at their height while a killed file is copied again',
			[
				[200_000, half, [60, 100]],
				[205_000, { elapsedMs: 1000 }, [60, 100], { pid: 2 }],
				[206_000, { bytes: 10, totalBytes: 30, transferring: 1, elapsedMs: 2000 }, [60, 100], { pid: 2 }],
				[207_000, { bytes: 25, totalBytes: 60, transferring: 1, elapsedMs: 3000 }, [65, 100], { pid: 2 }],
				[208_000, { ...restOfIt, elapsedMs: 4000 }, [100, 100], { pid: 2 }],
			],
		],
		[
			'see a container come back with the same process id',
			[
				[200_000, half, [60, 100]],
				[205_000, { ...restOfIt, elapsedMs: 2000 }, [100, 100]],
			],
		],
		[
			'see it after an absence longer than the first run',
			[
				[200_000, half, [60, 100]],
				[600_000, { ...restOfIt, elapsedMs: 390_000 }, [100, 100]],
			],
		],
		[
			'hold one run for one when our clock is set by a second',
			[
				[200_000, half, [60, 100]],
				[201_000, { ...half, bytes: 70, elapsedMs: 100_000 }, [70, 100]],
			],
		],
		[
			"go by rclone's own id of the run where there is one",
			[
				[200_000, half, [60, 100], { executeId: 'aaaaaaaa' }],
				[900_000, { ...half, bytes: 70, elapsedMs: 101_000 }, [70, 100], { executeId: 'aaaaaaaa' }],
				[901_000, { ...restOfIt, bytes: 50, totalBytes: 50, elapsedMs: 102_000 }, [100, 100], { executeId: 'bbbbbbbb' }],
			],
		],
		[
			'keep what was under way when only the counters are set back',
			[
				[200_000, half, [60, 100]],
				[201_000, { bytes: 1, totalBytes: 40, transferring: 1, bytesInFlight: 21, elapsedMs: 101_000 }, [61, 100]],
				[202_000, { bytes: 40, totalBytes: 40, transfers: 6, totalTransfers: 6, elapsedMs: 102_000 }, [100, 100]],
			],
		],
		[
			'add three runs',
			[
				[200_000, half, [60, 100]],
				[205_000, { bytes: 30, totalBytes: 60, transferring: 1, bytesInFlight: 10, elapsedMs: 1000 }, [70, 100], { pid: 2 }],
				[210_000, { bytes: 40, totalBytes: 40, transfers: 1, totalTransfers: 1, elapsedMs: 1000 }, [100, 100], { pid: 3 }],
			],
		],
	])('%s', (_, steps) => play(steps));

	test('begin anew from a memory that is not ours', () => {
		for (const memory of [undefined, null, 'x', {}, { v: 2 }, { v: 1, pid: -1 }]) expect(recallTally(memory)).toBeNull();
	});
});

describe('what a check run proves', () => {
	const done = { ...idle, checks: 10, totalChecks: 10 };
	test.each([
		['nothing where none has run', null, 'check', idle, null],
		['what was proved before, where the daemon is fresh', 8, 'check', idle, 8],
		['each file that was found equal', null, 'check', done, 10],
		['none for a difference', null, 'check', { ...done, errors: 3 }, 7],
		['none for what a dry run would copy', null, 'dry-run', { ...done, totalTransfers: 4 }, 6],
		['the earlier proof, while a later run is under way', 10, 'check', { ...done, checks: 2, checking: 1 }, 10],
		['less than before, when the later run is through and found less', 10, 'check', { ...done, errors: 1 }, 9],
		['never less than nothing', null, 'dry-run', { ...done, checks: 1, totalChecks: 1, totalTransfers: 5 }, 0],
	] as const)('%s', (_, before, by, stats, proved) => {
		expect(verifiedItems(before === null ? null : { items: before, bytes: null }, by, stats)).toBe(proved);
	});

	test('is not through while it compares, lists or has not begun', () => {
		expect([hasRun(done), hasRun(idle), hasRun({ ...done, checking: 1 }), hasRun({ ...done, totalChecks: 11 })]).toEqual([true, false, false, false]);
	});
});
