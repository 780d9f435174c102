// One transfer played on from its last report: bytes moved and bytes verified run behind each other after a total that may grow.
// It is over when all is verified, never when all is moved.
import type { Chance } from './forecast-chance.ts';
import type { ForecastArchive } from './forecast-input.ts';
import { isClose, lagAt } from './forecast-lag.ts';
import { HORIZON_MS, type Model } from './forecast-model.ts';
import { atWork, type Rate, rateOf } from './forecast-rate.ts';

/** A transfer under way, ready to be played on. Rates are logarithms of units a ms. */
export type Transfer = {
	readonly from: number;
	readonly silent: boolean;
	readonly now: number;
	readonly moved: number;
	readonly verified: number;
	readonly total: number;
	readonly rate: Rate;
	/** Null: the check follows the copy and is never far behind it. */
	readonly check: Rate | null;
	readonly lagMs: number;
	/** How likely the check begins only when the copy is complete. */
	readonly checkAfter: number;
	readonly growth: number;
	readonly growingMs: number;
	/** The largest object alone takes at least this long. */
	readonly leastMs: number;
};

const HOUR = 3_600_000;
const GROWING_WITHIN_MS = 600_000;
const GROWTH_KNOWN_MS = 300_000;
/** Copied for this long and nothing checked: the check will come after. Before that it may. */
const CHECK_SHOWN_MS = 900_000;
const MAYBE_AFTER = 0.6;

export type Expected = { readonly ms: number; readonly variance: number } | null;

/** How much faster than copying checking has been tonight, over all archives that show both: the middle of its logarithm and its variance. */
export function checkRatioOf(archives: readonly ForecastArchive[], model: Model): { readonly middle: number; readonly variance: number } {
	let precision = 1 / model.verifySpread ** 2;
	let sum = Math.log(model.verifyRatio) * precision;
	for (const { moved, verified } of archives) {
		const rate = rateOf(atWork(moved), null, model);
		const check = rateOf(atWork(verified), null, model);
		if (!rate || !check || check.seen < 3 || rate.seen < 3 || isClose(moved, verified)) continue;
		const worth = 1 / (0.3 ** 2 + check.variance + rate.variance);
		precision += worth;
		sum += worth * (check.level - rate.level);
	}
	return { middle: sum / precision, variance: 1 / precision };
}

/** Null where nothing is known of its rate. `expected`: the whole transfer as rehearsed, where the runbook says. */
export function transferOf(
	archive: ForecastArchive,
	now: number,
	expected: Expected,
	ratio: { readonly middle: number; readonly variance: number },
	model: Model,
): Transfer | null {
	const here = archive.moved.at(-1);
	if (!here || archive.total === null) return null;
	const verified = archive.verified.at(-1)?.[1] ?? 0;
	const complete = here[1] >= archive.total;
	const lagMs = isClose(archive.moved, archive.verified) && !complete ? lagAt(archive.moved, archive.verified.at(-1)) : null;
	const first = archive.moved[0] ?? here;
	// A rehearsed length is of what was left to copy and to check, not of what was brought over in the weeks before.
	const slower = lagMs !== null ? 1 : 1 + Math.exp(-ratio.middle);
	const before = expected && {
		level: Math.log((Math.max(archive.total - first[1], archive.total * 0.01) * slower) / expected.ms),
		variance: expected.variance,
	};
	const working = atWork(archive.moved);
	let rate = rateOf(working, before, model);
	// Only just begun: the rate of the last minutes is one reading.
	if (archive.rate !== null && archive.rate > 0 && (rate === null || rate.seen < 2)) {
		const log = Math.log(archive.rate / 1000);
		const gain = before ? before.variance / (before.variance + 0.04) : 1;
		const level = before ? before.level + gain * (log - before.level) : log;
		rate = { level, variance: before ? before.variance * (1 - gain) : 0.06, drift: model.rateDrift ** 2, lift: 0, seen: 1 };
	}
	if (rate === null) return null;
	const shown = rateOf(atWork(archive.verified), null, model);
	const own = { level: rate.level + ratio.middle, variance: ratio.variance, drift: model.rateDrift ** 2, lift: rate.lift, seen: 0 };
	const copyingMs = here[0] - (working[0]?.[0] ?? here[0]);
	const check = shown && shown.seen >= 2 ? shown : shown ? { ...own, level: (own.level + shown.level) / 2 } : own;
	const { growth, growingMs } = growthOf(archive, now);
	return {
		from: Math.min(now, here[0]),
		silent: archive.silentSince !== null,
		now,
		moved: here[1],
		verified,
		total: archive.total,
		rate,
		check: lagMs !== null ? null : check,
		lagMs: lagMs ?? 0,
		checkAfter: shown !== null ? 0 : copyingMs > CHECK_SHOWN_MS ? 1 : MAYBE_AFTER,
		growth,
		growingMs,
		leastMs: leastOf(archive, rate),
	};
}

function growthOf({ totals, totalGrewAt }: ForecastArchive, now: number): { growth: number; growingMs: number } {
	const last = totals.at(-1);
	if (totalGrewAt === null || !last || now - totalGrewAt > GROWING_WITHIN_MS) return { growth: 0, growingMs: 0 };
	const first = totals[0] ?? last;
	const from = totals.findLast(([at]) => last[0] - at >= 2 * GROWING_WITHIN_MS) ?? first;
	if (last[0] - from[0] < GROWTH_KNOWN_MS) return { growth: 0, growingMs: 0 };
	return { growth: Math.max(0, (last[1] - from[1]) / (last[0] - from[0])), growingMs: last[0] - first[0] };
}

/** Its total grows faster than it moves. */
export const isOutrun = ({ growth, rate, growingMs }: Transfer): boolean =>
	growingMs >= GROWING_WITHIN_MS && growth >= Math.exp(rate.level + rate.lift);

function leastOf({ largestPending, transferring }: ForecastArchive, rate: Rate): number {
	if (largestPending === null || transferring === null || transferring < 1) return 0;
	// In flight, so about half of it is still to come, at its share of the whole rate.
	return (largestPending / 2 / Math.exp(rate.level + rate.lift)) * Math.sqrt(transferring);
}

const FIRST_STEPS = 16;
const MOST_STEPS = 160;

/** The instant at which all is verified, in one night that may be; Infinity past the horizon. */
export function drawTransfer(transfer: Transfer, chance: Chance, model: Model): number {
	const { rate, check, total: known, growth, now } = transfer;
	const s = model.spread;
	const stood = transfer.silent && chance.uniform() < model.stoodStillInSilence * s;
	let at = stood ? now : transfer.from;
	let { moved, verified } = transfer;
	let total = known;
	const grows = growth * Math.exp(0.3 * s * chance.normal());
	const growsUntil = transfer.from + transfer.growingMs * Math.exp(model.growthSpread * s * chance.normal());
	const level = Math.exp(rate.level + rate.lift * s + s * Math.sqrt(rate.variance) * chance.normal());
	const checkLevel = check === null ? 0 : Math.exp(check.level + check.lift * s + s * Math.sqrt(check.variance) * chance.normal());
	const tail = model.tailRate ** s * Math.exp(model.tailSpread * s * chance.normal());
	const lagMs = transfer.lagMs * Math.exp(0.3 * s * chance.normal());
	const checkAfter = s > 0 ? chance.uniform() < transfer.checkAfter : transfer.checkAfter >= 0.5;
	const nominal = (known - moved) / level + (check === null ? 0 : (known - verified) / checkLevel / 2);
	let step = Math.max(15_000, nominal / FIRST_STEPS);
	let wander = 0;
	let checkWander = 0;
	let copied = moved >= total && grows === 0 ? at : null;
	for (let i = 0; i < MOST_STEPS && at - now < HORIZON_MS; i += 1) {
		if (i > 2 * FIRST_STEPS) step *= 1.15;
		const isGrowing = grows > 0 && at < growsUntil;
		const inTail = !isGrowing && total - moved < model.tailShare * total;
		const pace = level * Math.exp(wander) * (inTail ? tail : 1);
		let span = step;
		if (isGrowing) span = Math.min(span, growsUntil - at);
		// The tail is slower: no further than to where it begins.
		else if (!inTail) span = Math.min(span, (total * (1 - model.tailShare) - moved) / pace);
		span = Math.max(1000, span);
		if (isGrowing) total += grows * span;
		let restMs = copied === null ? 0 : span;
		if (copied === null) {
			const reach = moved + pace * span;
			if (reach >= total && !isGrowing) {
				copied = Math.max(at + (total - moved) / pace, transfer.from + transfer.leastMs * s);
				restMs = Math.max(0, at + span - copied);
			}
			moved = Math.min(reach, total);
		}
		const keep = Math.exp(-span / model.rateMemoryMs);
		const kick = s * Math.sqrt((1 - keep * keep) * (model.rateMemoryMs / HOUR / 2));
		wander = keep * wander + kick * Math.sqrt(rate.drift) * chance.normal();
		if (check === null) {
			if (copied !== null) return Math.max(now, copied + lagMs);
		} else if (!checkAfter || copied !== null) {
			checkWander = keep * checkWander + kick * Math.sqrt(check.drift) * chance.normal();
			const checks = checkLevel * Math.exp(checkWander);
			const worksMs = checkAfter ? restMs : span;
			const left = (total - verified) / checks;
			if (copied !== null && left <= worksMs) return Math.max(now, copied, at + span - worksMs + left);
			verified = Math.min(verified + checks * worksMs, moved);
		}
		at += span;
	}
	return Number.POSITIVE_INFINITY;
}
