// When the night will be over: the critical path through what is left, drawn many times. Pure: told the time and the seed.
import type { Band, ForecastFacts, ForecastGap } from '../../shared/board-night.ts';
import { type Chance, chanceOf, medianOf, quantileOf } from './forecast-chance.ts';
import { type Graph, graphOf } from './forecast-graph.ts';
import { type ForecastInput, isCounted } from './forecast-input.ts';
import { type Model, model as usualModel } from './forecast-model.ts';
import { drawLength, type Length, lengthOf, type Pace, paceKeyOf, paceOf } from './forecast-pace.ts';
import { aheadOf, type Span, shownSpans } from './forecast-streams.ts';
import { drawTransfer } from './forecast-transfer.ts';
import { type Gap, planTransfers, type Transfers } from './forecast-transfers.ts';

export function forecast(input: ForecastInput, seed: number, draws: number, model: Model = usualModel): ForecastFacts {
	const pace = paceOf(input.tasks, input.now, model);
	const transfers = planTransfers(input, model);
	const graph = graphOf(input, [...transfers.underWay.keys(), ...transfers.untold.keys()]);
	const drawn = drawNights({ input, graph, pace, transfers, model }, chanceOf(seed), draws);
	return tell({ input, graph, pace, transfers, drawn, seed, draws });
}

type Work = { input: ForecastInput; graph: Graph; pace: Pace; transfers: Transfers; model: Model };
type Drawn = {
	readonly finish: Float64Array;
	/** Starts and ends of node i: from i × draws. */
	readonly starts: Float64Array;
	readonly ends: Float64Array;
	readonly chain: readonly number[];
};

function drawNights({ input, graph, pace, transfers, model }: Work, chance: Chance, draws: number): Drawn {
	const { now } = input;
	const { from, waitsFor, isBlocked, copies, tasks, subjects } = graph;
	const count = subjects.length;
	const lengths = tasks.map((task, i): Length | null => {
		const length = task === null || copies[i] === 1 || transfers.complete.has(task.archive ?? '') ? null : lengthOf(task, model);
		return length && { ...length, spread: length.spread * pace.scatter };
	});
	const streamOf = Int32Array.from(tasks, (task) => (task === null ? 0 : pace.keys.indexOf(paceKeyOf(task))));
	const earliest = Float64Array.from(tasks, (task) => Math.max(now, task?.fixed ?? 0));
	const elapsed = Float64Array.from(tasks, (task) => (task?.state === 'running' && task.startedAt !== null ? Math.max(1, now - task.startedAt) : 0));
	const underWay = subjects.map((subject) => transfers.underWay.get(subject.slice('archive/'.length)) ?? null);
	const starts = new Float64Array(count * draws);
	const ends = new Float64Array(count * draws);
	const finish = new Float64Array(draws);
	const end = new Float64Array(count);
	const critical = new Int32Array(count);
	// How often the finish hung on an edge: one counter an edge, one more a node for "on nobody", one a node for "the last".
	const edges = new Int32Array(waitsFor.length);
	const lasts = new Int32Array(count);
	const alone = new Int32Array(count);
	const shifts = new Float64Array(pace.keys.length);
	const handOver = pace.handOverMs;
	for (let draw = 0; draw < draws; draw += 1) {
		pace.draw(chance, shifts);
		let last = -1;
		let lastEnd = now;
		for (let i = 0; i < count; i += 1) {
			let start = earliest[i] as number;
			let hangsOn = -1;
			const to = (from[i + 1] as number) - (copies[i] as number);
			for (let edge = from[i] as number; edge < to; edge += 1) {
				const before = end[waitsFor[edge] as number] as number;
				if (before > start) {
					start = before;
					hangsOn = edge;
				}
			}
			const transfer = tasks[i] === null ? underWay[i] : undefined;
			const ran = elapsed[i] as number;
			let stop = start;
			if (isBlocked[i] === 1 || (tasks[i] === null && !transfer)) stop = Number.POSITIVE_INFINITY;
			else if (transfer) stop = drawTransfer(transfer, chance, model);
			else if (ran > 0) {
				const length = lengths[i];
				start = now - ran;
				if (length) stop = Math.max(stop, start + drawLength(length, shifts[streamOf[i] as number] as number, ran, chance, model));
			} else {
				if (handOver > 0) start += model.spread > 0 ? -Math.log(chance.uniform()) * handOver : handOver;
				const length = lengths[i];
				stop = length ? start + drawLength(length, shifts[streamOf[i] as number] as number, 0, chance, model) : start;
			}
			if (copies[i] === 1) {
				const copied = end[waitsFor[to] as number] as number;
				if (copied > stop) {
					stop = copied;
					hangsOn = to;
				}
			}
			end[i] = stop;
			critical[i] = hangsOn;
			starts[i * draws + draw] = start;
			ends[i * draws + draw] = stop;
			if (stop > lastEnd || (last < 0 && stop >= lastEnd)) {
				lastEnd = stop;
				last = i;
			}
		}
		finish[draw] = lastEnd;
		if (last >= 0) lasts[last] = (lasts[last] as number) + 1;
		for (let i = last; i >= 0; ) {
			const edge = critical[i] as number;
			if (edge < 0) {
				alone[i] = (alone[i] as number) + 1;
				break;
			}
			edges[edge] = (edges[edge] as number) + 1;
			i = waitsFor[edge] as number;
		}
	}
	return { finish, starts, ends, chain: chainOf(graph, lasts, edges, alone) };
}

/** From what was last most often, back over what it hung on most often. */
function chainOf({ from, waitsFor }: Graph, lasts: Int32Array, edges: Int32Array, alone: Int32Array): number[] {
	let node = lasts.reduce((best, times, i) => (times > (lasts[best] ?? 0) ? i : best), 0);
	if ((lasts[node] ?? 0) === 0) return [];
	const chain: number[] = [];
	for (;;) {
		chain.push(node);
		let best = -1;
		let times = alone[node] as number;
		for (let edge = from[node] as number; edge < (from[node + 1] as number); edge += 1) {
			if ((edges[edge] as number) > times) {
				times = edges[edge] as number;
				best = edge;
			}
		}
		if (best < 0) return chain.reverse();
		node = waitsFor[best] as number;
	}
}

type Told = Omit<Work, 'model'> & { drawn: Drawn; seed: number; draws: number };

function tell({ input, graph, pace, transfers, drawn, seed, draws }: Told): ForecastFacts {
	const { now } = input;
	const bands = new Map<string, Band>();
	const middles = graph.subjects.map((subject, i): Span | null => {
		const ends = drawn.ends.subarray(i * draws, (i + 1) * draws);
		const task = graph.tasks[i];
		// Only what is asked for is sorted: thousands of tasks need no more than their middle.
		const band = !task || task.gate !== null || task.restores !== null || task.archive !== null ? bandOf(ends.sort()) : null;
		if (band) bands.set(subject, band);
		const end = task ? medianOf(ends) : Number.POSITIVE_INFINITY;
		return Number.isFinite(end) ? [Math.round(medianOf(drawn.starts.subarray(i * draws, (i + 1) * draws))), Math.round(end)] : null;
	});
	const tasks: Record<string, Span> = {};
	shownSpans(input, graph, middles).forEach((span, i) => {
		const task = graph.tasks[i];
		if (task && span) tasks[task.id] = span;
	});
	const finish = bandOf(drawn.finish.sort());
	return {
		at: now,
		seed,
		draws,
		finish: isPlanned(input) ? finish : null,
		why: whyOf(input, finish, transfers),
		blind: transfers.blind.map((id) => `archive/${id}`),
		drivers: drawn.chain.map((i) => graph.subjects[i] ?? ''),
		...bandsOf(input, bands),
		tasks,
		streams: streamsOf(input, pace, tasks),
	};
}

function streamsOf(input: ForecastInput, pace: Pace, tasks: ForecastFacts['tasks']): ForecastFacts['streams'] {
	const streams = new Set(input.tasks.map(({ stream }) => stream).filter((stream) => stream !== ''));
	const told = [...streams].map((stream) => ({ stream, factor: round(pace.factorOf(stream)), aheadMs: aheadOf(input, stream, tasks) }));
	return Object.fromEntries(told.flatMap(({ stream, factor, aheadMs }) => (aheadMs === null ? [] : [[stream, { factor, aheadMs }]])));
}

const round = (factor: number): number => Math.round(factor * 1000) / 1000;

/** Sorted draws → band; null where it has no end in a tenth of the draws or more. */
function bandOf(sorted: Float64Array): Band | null {
	const band = [quantileOf(sorted, 0.5), quantileOf(sorted, 0.8), quantileOf(sorted, 0.9)] as const;
	return band.every(Number.isFinite) ? [Math.round(band[0]), Math.round(band[1]), Math.round(band[2])] : null;
}

const isPlanned = ({ tasks, archives, turnedBack }: ForecastInput): boolean =>
	tasks.some((task) => isCounted(task, turnedBack)) || (!turnedBack && archives.length > 0);

function whyOf(input: ForecastInput, finish: Band | null, { untold }: Transfers): ForecastGap | null {
	if (!isPlanned(input)) return 'nothing-planned';
	if (finish !== null) return null;
	const gaps: Gap[] = [...untold.values()];
	return gaps.find((gap) => gap === 'blind') ?? gaps.find((gap) => gap === 'will-not-converge') ?? 'never-advances';
}

function bandsOf({ tasks, turnedBack }: ForecastInput, bands: ReadonlyMap<string, Band>): Pick<ForecastFacts, 'gates' | 'services' | 'archives'> {
	const gates: Record<string, Band> = {};
	const services: Record<string, Band> = {};
	const archives: Record<string, Band> = {};
	for (const [subject, band] of bands) if (subject.startsWith('archive/')) archives[subject.slice('archive/'.length)] = band;
	for (const task of tasks) {
		if (!isCounted(task, turnedBack)) continue;
		const band = bands.get(`task/${task.id}`);
		if (!band) continue;
		if (task.gate !== null) gates[task.gate] = latest(gates[task.gate], band);
		if (task.restores !== null) services[task.restores] = latest(services[task.restores], band);
		if (task.archive !== null) archives[task.archive] ??= band;
	}
	return { gates, services, archives };
}

const latest = (one: Band | undefined, other: Band): Band => (one === undefined || other[0] > one[0] ? other : one);
