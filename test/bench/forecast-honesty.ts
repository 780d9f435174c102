// How honest the forecast is: invented nights played through the real fold to several moments, each forecast held against what then came.
// Beside it what a naive reckoning says from the same reports: bytes left by the rate of ten minutes, the tool's own word, the plan.
import { forecast } from '../../server/domain/forecast.ts';
import { type ForecastInput, forecastInputOf } from '../../server/domain/forecast-input.ts';
import { applyEntry, boardOf, emptyFacts } from '../../server/projections/fold.ts';
import type { Band, ForecastFacts, ForecastGap } from '../../shared/board-night.ts';
import type { CopyCourse } from '../nights/synthetic-copy.ts';
import { type SyntheticNight, syntheticNight } from '../nights/synthetic-night.ts';

export type Score = {
	readonly family: string;
	readonly isMisfit: boolean;
	readonly what: 'finish' | 'archive' | 'gate' | 'service';
	/** How much of the night had gone. */
	readonly share: number;
	readonly now: number;
	readonly truth: number;
	readonly band: Band | null;
	readonly why: ForecastGap | null;
	/** The night has copies and no tasks: all that a naive reckoning can know of. */
	readonly isCopiesAlone: boolean;
	readonly naive: number | null;
	/** The same reckoning made with what was verified as well, whichever ends later. */
	readonly proved: number | null;
	readonly tool: number | null;
	readonly plan: number | null;
	/** Said to be over while something was not verified, or before now. */
	readonly isFalse: boolean;
};

/** Who forecasts: the product, unless a test plants another. */
type Forecasting = (input: ForecastInput, seed: number, draws: number) => ForecastFacts;
type Scale = { readonly seeds: readonly number[]; readonly draws: number; readonly by?: Forecasting };

const SHARES = [0.2, 0.4, 0.6, 0.8];

export const scoreNights = ({ seeds, draws, by = forecast }: Scale): Score[] => seeds.flatMap((seed) => scoreNight(syntheticNight(seed), draws, by));

function scoreNight(night: SyntheticNight, draws: number, by: Forecasting): Score[] {
	const facts = emptyFacts();
	const scores: Score[] = [];
	let at = 0;
	for (const share of SHARES) {
		const now = Math.round(night.start + share * (night.finish - night.start));
		for (; at < night.lines.length && (night.lines[at]?.seen ?? 0) <= now; at += 1) {
			const line = night.lines[at];
			if (line) applyEntry(facts, { v: 1, seq: at + 1, seen: line.seen, ...line.draft });
		}
		const board = boardOf(facts);
		scores.push(...scoreMoment(night, by(forecastInputOf(board, now), night.seed, draws), now, share));
	}
	return scores;
}

function scoreMoment(night: SyntheticNight, told: ForecastFacts, now: number, share: number): Score[] {
	const open = [...night.archives].filter(([, course]) => course.verifiedAt > now);
	const unproved = told.finish !== null && open.some(([id]) => told.archives[id] === undefined);
	const bands = [told.finish, ...Object.values(told.archives), ...Object.values(told.gates), ...Object.values(told.services)];
	const isFalse = unproved || bands.some((band) => band?.some((instant) => instant < now));
	const base = { family: night.family.name, isMisfit: night.family.isMisfit, share, now, isFalse, isCopiesAlone: night.taskCount === 0 } as const;
	const last = (eta: (course: CopyCourse, now: number) => number | null) => lastOf(open.map(([, course]) => eta(course, now)));
	const [naive, proved, tool] = [last(naiveOf), last(provedOf), last(toolOf)];
	const plan = Math.max(now, night.plannedEnd);
	const none = { naive: null, proved: null, tool: null, plan: null, why: null } as const;
	const others = (what: Score['what'], bandsOf: Readonly<Record<string, Band>>, truths: ReadonlyMap<string, number>): Score[] =>
		Object.entries(bandsOf).map(([id, band]) => ({ ...base, ...none, what, truth: truths.get(id) ?? now, band }));
	const archives = open.flatMap(([id, course]): Score[] => {
		const mine = { naive: naiveOf(course, now), proved: provedOf(course, now), tool: toolOf(course, now) };
		// Only those under way: before the first byte there is no rate to reckon with.
		if (mine.naive === null) return [];
		return [{ ...base, ...mine, what: 'archive', truth: course.verifiedAt, band: told.archives[id] ?? null, why: told.why, plan: null }];
	});
	return [
		{ ...base, what: 'finish', truth: night.finish, band: told.finish, why: told.why, naive, proved, tool, plan },
		...archives,
		...others('gate', told.gates, night.gates),
		...others('service', told.services, night.services),
	];
}

const lastOf = (all: readonly (number | null)[]): number | null => {
	const known = all.filter((one) => one !== null);
	return known.length === 0 || known.length < all.length ? null : Math.max(...known);
};

const heard = ({ reports }: CopyCourse, now: number) => reports.filter((report) => report.at <= now && !report.isBlind);
const TEN_MINUTES = 600_000;

/** What is left by the rate of the last ten minutes of reports. Infinity while nothing moves. */
function reckon(course: CopyCourse, now: number, position: 'moved' | 'verified'): number | null {
	const known = heard(course, now);
	const last = known.at(-1);
	const from = known.findLast((report) => last !== undefined && report.at <= last.at - TEN_MINUTES) ?? known[0];
	if (!last || !from || last.at === from.at) return null;
	const rate = (last[position] - from[position]) / (last.at - from.at);
	return last[position] >= last.total ? now : Math.max(now, now + (last.total - last[position]) / rate);
}

/** Bytes by rate: what everybody reckons in the head. */
const naiveOf = (course: CopyCourse, now: number): number | null => reckon(course, now, 'moved');

function provedOf(course: CopyCourse, now: number): number | null {
	const moved = reckon(course, now, 'moved');
	const verified = reckon(course, now, 'verified');
	return moved === null || verified === null || !Number.isFinite(verified) ? moved : Math.max(moved, verified);
}

/** What the tool itself promised last. */
function toolOf(course: CopyCourse, now: number): number | null {
	const last = heard(course, now).at(-1);
	return last ? Math.max(now, last.at + last.toolMs) : null;
}
