// One invented copy, played in steps of ten seconds: moved, verified, total, silences; what its source says, and what its tool would promise.
import type { Dice } from './synthetic-chance.ts';
import type { Family } from './synthetic-families.ts';

export const STEP_MS = 10_000;
const REPORT_EVERY_MS = 60_000;
const HOUR = 3_600_000;

export type CopyPlan = {
	readonly id: string;
	/** What the plan says; the true total at the end is another matter. */
	readonly plannedTotal: number;
	/** As rehearsed, units a ms. */
	readonly rehearsedRate: number;
	readonly rehearsedMs: readonly [p50: number, p90: number];
	readonly check: { readonly how: 'follows' | 'beside' | 'after'; readonly ratio: number; readonly lagMs: number };
};

export type Report = {
	readonly at: number;
	readonly isBlind: boolean;
	readonly moved: number;
	readonly verified: number;
	readonly total: number;
	/** The tool's own word: ms to go by its smoothed speed. */
	readonly toolMs: number;
};

export type CopyCourse = { readonly verifiedAt: number; readonly reports: readonly Report[] };

export function planCopy(id: string, dice: Dice): CopyPlan {
	const hours = dice.uniform(0.8, 3.2);
	const plannedTotal = Math.round(dice.uniform(0.4, 6) * 1e12);
	const kind = dice.uniform();
	const how = kind < 0.4 ? 'follows' : kind < 0.65 ? 'beside' : 'after';
	const ratio = how === 'beside' ? dice.factor(Math.log(0.85), 0.2) : dice.factor(Math.log(2), 0.4);
	const rehearsedRate = plannedTotal / (hours * HOUR);
	const whole = hours * HOUR * (how === 'follows' ? 1.03 : how === 'beside' ? Math.max(1.02, 1 / ratio) : 1 + 1 / ratio);
	const p50 = Math.round(whole * dice.factor(0, 0.05));
	return {
		id,
		plannedTotal,
		rehearsedRate,
		rehearsedMs: [p50, Math.round(p50 * dice.uniform(1.2, 1.6))],
		check: { how, ratio, lagMs: dice.uniform(60_000, 240_000) },
	};
}

/** `start`: when its first byte moves. */
export function playCopy(plan: CopyPlan, family: Family, start: number, dice: Dice): CopyCourse {
	const tonight = plan.rehearsedRate * dice.factor(...family.rate);
	const grows = dice.chance(family.growing);
	const finalTotal = plan.plannedTotal * dice.uniform(0.95, 1.05);
	let total = grows ? finalTotal / (1 + dice.uniform(...family.growth)) : finalTotal;
	const guessMs = finalTotal / tonight;
	const growsUntil = start + (grows ? guessMs * dice.uniform(0.2, 0.8) : 0);
	const growthAStep = grows ? ((finalTotal - total) / (growsUntil - start)) * STEP_MS : 0;
	const tail = dice.uniform(0.4, 1);
	const breaksAt = family.isBroken ? start + guessMs * dice.uniform(0.2, 0.8) : Number.POSITIVE_INFINITY;
	const broken = dice.chance(0.75) ? dice.uniform(0.25, 0.6) : dice.uniform(1.4, 2);
	const silences = silencesOf(family, start, guessMs, dice);
	const keep = Math.exp(-STEP_MS / (family.memoryHours * HOUR));
	const kick = family.drift * Math.sqrt(((1 - keep * keep) * family.memoryHours) / 2);
	const gustKeep = Math.exp(-STEP_MS / 180_000);
	const reports: Report[] = [];
	const history: number[] = [];
	let [wander, checkWander, gust, moved, verified, speed] = [0, 0, 0, 0, 0, 0];
	let nextReport = start;
	for (let at = start; ; at += STEP_MS) {
		const silence = silences.find(([from, to]) => at >= from && at < to);
		const isOver = verified >= total && at >= growsUntil;
		if (isOver || at >= nextReport) {
			const toolMs = speed > 0 ? (total - moved) / speed : Number.POSITIVE_INFINITY;
			const report = {
				at,
				isBlind: silence !== undefined,
				moved: Math.round(moved),
				verified: Math.round(verified),
				total: Math.round(total),
				toolMs,
			};
			if (!silence || silence[2]) reports.push(report);
			nextReport += REPORT_EVERY_MS;
		}
		if (isOver) return { verifiedAt: at, reports: withEnd(reports, at, Math.round(total), silence !== undefined, silences) };
		if (at < growsUntil) total = Math.min(finalTotal, total + growthAStep);
		else if (grows) total = finalTotal;
		wander = keep * wander + kick * dice.normal();
		checkWander = keep * checkWander + kick * dice.normal();
		gust = gustKeep * gust + 0.12 * Math.sqrt(1 - gustKeep * gustKeep) * dice.normal();
		const inTail = total - moved < 0.03 * total;
		const stands = silence?.[3] === true;
		const pace = tonight * Math.exp(wander + gust + 0.25 * dice.normal()) * (inTail ? tail : 1) * (at >= breaksAt ? broken : 1) * (stands ? 0 : 1);
		const before = moved;
		moved = Math.min(total, moved + pace * STEP_MS);
		speed = 0.85 * speed + (0.15 * (moved - before)) / STEP_MS;
		history.push(moved);
		const { how, ratio, lagMs } = plan.check;
		if (how === 'follows') {
			const then = history.at(-1 - Math.round(lagMs / STEP_MS)) ?? 0;
			// The lag is the time a batch takes; the last batch takes as long as the others.
			verified = Math.max(verified, then);
		} else if (how === 'beside' || (moved >= total && at >= growsUntil)) {
			verified = Math.min(moved, verified + tonight * ratio * Math.exp(checkWander + 0.2 * dice.normal()) * STEP_MS * (stands ? 0 : 1));
		}
	}
}

type Silence = readonly [from: number, to: number, isSaid: boolean, standsStill: boolean];

function silencesOf(family: Family, start: number, guessMs: number, dice: Dice): Silence[] {
	const count = dice.whole(...family.silences);
	return Array.from({ length: count }, () => {
		const from = start + guessMs * dice.uniform(0.05, 1);
		return [from, from + dice.uniform(4, 22) * 60_000, dice.chance(0.5), dice.chance(family.standsStill)] as const;
	});
}

/** The end is reported as soon as the source is heard again. */
function withEnd(reports: Report[], at: number, total: number, isSilent: boolean, silences: readonly Silence[]): Report[] {
	const heardAt = isSilent ? Math.max(...silences.filter(([from, to]) => at >= from && at < to).map(([, to]) => to)) : at;
	const end = { at: heardAt, isBlind: false, moved: total, verified: total, total, toolMs: 0 };
	return [...reports.filter((report) => report.at < heardAt), end];
}
