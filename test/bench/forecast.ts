// The forecast's bench: how honest it is over invented nights, and how long a large plan takes it, beside the same work on a bare graph.
import { forecast } from '../../server/domain/forecast.ts';
import type { ForecastInput, ForecastTask } from '../../server/domain/forecast-input.ts';
import { diceOf } from '../nights/synthetic-chance.ts';
import { scoreNights } from './forecast-honesty.ts';
import { calibrate, calibrationTable } from './forecast-table.ts';
import type { Row } from './table.ts';

export type ForecastScale = { readonly nights: number; readonly draws: number; readonly rounds: number };

const TASKS = 2000;
const LINKS = 6000;
const LARGE_DRAWS = 1000;
/** Tuning used seeds from 10,000 on; what is reported never did. */
const FIRST_SEED = 1;

export async function benchForecast({ nights, draws, rounds }: ForecastScale): Promise<Row[]> {
	const scores = scoreNights({ seeds: Array.from({ length: nights }, (_, i) => FIRST_SEED + i), draws });
	const falsehoods = calibrate(scores).falsehoods;
	const untold = scores.filter(({ what, band }) => what === 'finish' && band === null).map(({ why }) => why);
	const gaps = [...new Set(untold)].map((gap) => `${gap} ${untold.filter((why) => why === gap).length}`).join(', ') || 'never';
	const input = largePlan();
	const links = input.tasks.reduce((sum, { after }) => sum + after.length, 0);
	const told: number[] = [];
	const bare: number[] = [];
	for (let round = 0; round < rounds; round += 1) {
		told.push(timed(() => forecast(input, round, LARGE_DRAWS)));
		bare.push(timed(() => longestPaths(input, LARGE_DRAWS)));
	}
	return [
		{
			title: `forecast: ${nights} invented nights (seeds from ${FIRST_SEED}), at 20, 40, 60 and 80 % of each, ${draws} draws; 50, 80 and 90 % is what the bands claim`,
		},
		...calibrationTable(scores).map((title) => ({ title })),
		{
			title: `before now, or done before it was verified: ${falsehoods}; finish not told: ${gaps}`,
		},
		{ title: `forecast: ${input.tasks.length} tasks, ${links} dependencies, ${LARGE_DRAWS} draws` },
		{ what: 'one forecast, ms', regia: told, beside: 'longest paths alone, no chance', other: bare, digits: 0, aim: 'one rhythm: 1,000 ms' },
	];
}

function timed(work: () => unknown): number {
	const began = performance.now();
	work();
	return performance.now() - began;
}

export function largePlan(): ForecastInput {
	const dice = diceOf(2000);
	const now = Date.UTC(2025, 9, 21, 17);
	const after: Set<string>[] = Array.from({ length: TASKS }, () => new Set());
	for (let links = 0; links < LINKS; ) {
		const task = dice.whole(1, TASKS - 1);
		const before = `t${dice.whole(Math.max(0, task - 80), task - 1)}`;
		if (after[task]?.has(before)) continue;
		after[task]?.add(before);
		links += 1;
	}
	const tasks = after.map((before, i): ForecastTask => {
		const p50 = dice.whole(5, 40) * 60_000;
		const nothing = { plannedStart: null, fixed: null, gate: null, archive: null, restores: null, startedAt: null, endedAt: null };
		const lengths = { durationMs: p50, rehearsed: [p50, Math.round(p50 * dice.uniform(1.2, 1.8))] as const };
		return { id: `t${i}`, kind: 'task', stream: `s${i % 7}`, state: 'waiting', after: [...before], ...lengths, ...nothing };
	});
	return { now, windowStart: now, turnedBack: false, tasks, archives: [] };
}

/** The bare work: the longest path through the same graph, as often, with each task at its middle. */
function longestPaths({ tasks }: ForecastInput, draws: number): number {
	const index = new Map(tasks.map((task, i) => [task.id, i]));
	const before = tasks.map((task) => Int32Array.from(task.after, (id) => index.get(id) ?? 0));
	const length = Float64Array.from(tasks, (task) => task.durationMs);
	const end = new Float64Array(tasks.length);
	let last = 0;
	for (let draw = 0; draw < draws; draw += 1) {
		last = 0;
		for (let i = 0; i < end.length; i += 1) {
			let start = 0;
			for (const one of before[i] ?? []) start = Math.max(start, end[one] ?? 0);
			end[i] = start + (length[i] ?? 0);
			last = Math.max(last, end[i] ?? 0);
		}
	}
	return last;
}
