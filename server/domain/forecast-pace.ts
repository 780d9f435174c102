// Tonight's pace: how long work takes beside the rehearsal, for the night and for each stream, as far as the tasks so far have shown.
// Normal laws of logarithms throughout: few tasks move it little, many make it sure.
import { type Chance, normalAbove, shareAbove } from './forecast-chance.ts';
import type { ForecastTask } from './forecast-input.ts';
import type { Model } from './forecast-model.ts';

/** A task's length as believed before the night: the middle of its logarithm (of ms) and its own spread. Null: takes no time. */
export type Length = { readonly middle: number; readonly spread: number };

/** z of the normal law below which lie 90 %. */
const Z90 = 1.2815515655446004;

export function lengthOf(task: ForecastTask, model: Model): Length | null {
	if (task.rehearsed !== null && task.rehearsed[0] > 0) {
		const [p50, p90] = task.rehearsed;
		return { middle: Math.log(p50), spread: Math.max(model.leastTaskSpread, Math.log(Math.max(p90, p50) / p50) / Z90) };
	}
	const planned = task.durationMs > 0 ? task.durationMs : task.kind === 'gate' ? model.voteMs : 0;
	return planned > 0 ? { middle: Math.log(planned), spread: model.unrehearsedSpread } : null;
}

type Evidence = { weight: number; sum: number };

/** Copies keep a pace of their own, whatever stream they stand in: it is the lines' and the disks', not the hands'. */
const COPIES = ' copies';
export const paceKeyOf = ({ archive, stream }: Pick<ForecastTask, 'archive' | 'stream'>): string => (archive === null ? stream : COPIES);

export type Pace = {
	/** How much longer (1: as long as rehearsed) the stream's work takes tonight, by what is believed now. */
	factorOf(stream: string): number;
	/** One night that may be: the logarithm of the factor by key, in the order of `keys`. */
	draw(chance: Chance, into: Float64Array): void;
	/** Each task's, as `paceKeyOf` has it. */
	readonly keys: readonly string[];
	/** How much wider than rehearsed (1: as wide) single tasks scatter tonight around their pace; a calm night is not taken for a sure one. */
	readonly scatter: number;
	/** From the last predecessor's end to somebody's start, on average tonight. */
	readonly handOverMs: number;
};

/** People press "done" within about this. */
const MARKED_WITHIN_MS = 30_000;
/** Longer than this between two tasks is a wait for the planned hour, not a hand-over. */
const LONGEST_HAND_OVER_MS = 600_000;
const HAND_OVER_WEIGHT = 2;
const FARTHEST = 1.2;
const FARTHEST_SQUARE = 16;

export function paceOf(tasks: readonly ForecastTask[], now: number, model: Model): Pace {
	const keys = [...new Set(tasks.map(paceKeyOf))];
	const evidence = new Map<string, Evidence>(keys.map((key) => [key, { weight: 0, sum: 0 }]));
	for (const task of tasks) {
		const seen = task.kind === 'gate' ? null : seenOf(task, now, model);
		const mine = seen && evidence.get(paceKeyOf(task));
		if (!seen || !mine) continue;
		mine.weight += 1 / seen.variance;
		mine.sum += seen.ratio / seen.variance;
	}
	const own = model.streamSpread ** 2;
	let precision = 1 / model.nightSpread ** 2;
	let sum = 0;
	for (const { weight, sum: mine } of evidence.values()) {
		if (weight === 0) continue;
		const variance = 1 / weight + own;
		precision += 1 / variance;
		sum += mine / weight / variance;
	}
	const night = sum / precision;
	const parts = keys.map((key) => evidence.get(key) ?? { weight: 0, sum: 0 });
	const ofStream = (index: number, given: number): number => {
		const { weight, sum: mine } = parts[index] ?? { weight: 0, sum: 0 };
		return (mine - weight * given) / (weight + 1 / own);
	};
	let squares = model.scatterWorth;
	let count = model.scatterWorth;
	for (const task of tasks) {
		const seen = task.kind === 'gate' || task.state !== 'done' ? null : seenOf(task, now, model);
		if (!seen) continue;
		squares += Math.min(FARTHEST_SQUARE, (seen.ratio - night - ofStream(keys.indexOf(paceKeyOf(task)), night)) ** 2 / seen.variance);
		count += 1;
	}
	return {
		keys,
		scatter: Math.max(1, Math.sqrt(squares / count)),
		handOverMs: handOver(tasks),
		factorOf(stream) {
			const index = keys.indexOf(stream);
			return index < 0 ? 1 : Math.exp(night + ofStream(index, night));
		},
		draw(chance, into) {
			const drawn = night + (model.spread * chance.normal()) / Math.sqrt(precision);
			for (let i = 0; i < keys.length; i += 1) {
				const spread = model.spread / Math.sqrt((parts[i]?.weight ?? 0) + 1 / own);
				into[i] = drawn + ofStream(i, drawn) + spread * chance.normal();
			}
		},
	};
}

/** What one task has shown: the logarithm of its actual to its expected length. One that runs past its middle is known to be at least that long. */
function seenOf(task: ForecastTask, now: number, model: Model): { ratio: number; variance: number } | null {
	const length = lengthOf(task, model);
	if (length === null || task.startedAt === null) return null;
	const took = (task.state === 'done' ? (task.endedAt ?? now) : now) - task.startedAt;
	if (took <= 0) return null;
	const marked = (MARKED_WITHIN_MS / Math.exp(length.middle)) ** 2;
	const trouble = model.troubleShare * (model.troubleShift ** 2 + model.troubleSpread ** 2);
	const variance = length.spread ** 2 + marked + trouble;
	const ratio = Math.log(took) - length.middle;
	if (task.state === 'done') return { ratio: clamp(ratio), variance };
	if (task.state !== 'running' || ratio < 0) return null;
	const deviation = Math.sqrt(variance + model.nightSpread ** 2 + model.streamSpread ** 2);
	const z = ratio / deviation;
	const beyond = z < 6 ? Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI) / shareAbove(z) : z;
	return { ratio: clamp(deviation * beyond), variance: 2 * variance };
}

const clamp = (ratio: number): number => Math.max(-FARTHEST, Math.min(FARTHEST, ratio));

function handOver(tasks: readonly ForecastTask[]): number {
	const byId = new Map(tasks.map((task) => [task.id, task]));
	let sum = 0;
	let count = HAND_OVER_WEIGHT;
	for (const task of tasks) {
		if (task.startedAt === null || task.after.length === 0) continue;
		const ends = task.after.map((id) => byId.get(id)?.endedAt ?? null);
		const ready = Math.max(task.fixed ?? 0, ...ends.map((end) => end ?? Number.POSITIVE_INFINITY));
		const gap = task.startedAt - ready;
		if (gap < 0 || gap > LONGEST_HAND_OVER_MS || !Number.isFinite(gap)) continue;
		sum += gap;
		count += 1;
	}
	return sum / count;
}

/** A length in ms that may be: `shift` is the night's, `elapsed` how long it has run already (0: not begun). */
export function drawLength({ middle, spread }: Length, shift: number, elapsed: number, chance: Chance, model: Model): number {
	const own = spread * model.spread;
	if (own === 0) return Math.max(elapsed, Math.exp(middle + shift));
	const hard = Math.hypot(own, model.troubleSpread * model.spread);
	if (elapsed <= 0) {
		const troubled = chance.uniform() < model.troubleShare;
		return Math.exp(middle + shift + (troubled ? model.troubleShift + hard * chance.normal() : own * chance.normal()));
	}
	// It has run this long: the longer, the likelier that it is one of those in trouble.
	const ahead = Math.log(elapsed) - middle - shift;
	const easyZ = ahead / own;
	const hardZ = (ahead - model.troubleShift) / hard;
	const easyLeft = (1 - model.troubleShare) * shareAbove(easyZ);
	const hardLeft = model.troubleShare * shareAbove(hardZ);
	const troubled = chance.uniform() * (easyLeft + hardLeft) < hardLeft;
	return Math.exp(middle + shift + (troubled ? model.troubleShift + hard * normalAbove(hardZ, chance) : own * normalAbove(easyZ, chance)));
}
