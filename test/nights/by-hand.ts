// The arithmetic of a night worked by hand: from inputs to what the board must show at a minute. Imports nothing.

export const GB = 1e9;
export const MINUTE_MS = 60_000;

/** GB at 19:00, then stretches of [GB a minute, until minute]; afterwards it stands still. */
type Leg = readonly [gbAMinute: number, untilMinute: number];
export type Way = { readonly from: number; readonly legs: readonly Leg[] };
export const way = (from: number, ...legs: Leg[]): Way => ({ from, legs });

export function gbAt({ from, legs }: Way, minute: number): number {
	let sum = from;
	let begun = 0;
	for (const [speed, until] of legs) {
		sum += speed * Math.max(0, Math.min(minute, until) - begun);
		begun = until;
	}
	return sum;
}

/** [from this minute on, so it stands]; before the first, it is not there yet. */
type Steps<T> = readonly (readonly [minute: number, value: T])[];
const stepAt = <T>(steps: Steps<T>, minute: number): T | undefined => steps.findLast(([from]) => from <= minute)?.[1];

export type HandStanding = 'good' | 'watch' | 'bad' | 'blind';
export type HandSide = 'old' | 'new' | 'none';
export type HandTaskState = 'waiting' | 'running' | 'done' | 'skipped' | 'failed';
export type HandGateState = 'waiting' | 'go' | 'hold' | 'closed';

/** Planned start and duration (null: a step of the way back, without a planned moment), and what became of it. */
export type HandTask = {
	readonly id: string;
	readonly planned: readonly [start: number, duration: number] | null;
	readonly went: Steps<HandTaskState>;
};

/** [id, planned start, planned duration, begun, ended]; Infinity where it does not come to it. */
export type TaskRow = readonly [id: string, start: number, duration: number, begun: number, ended: number];
export const taskOf = ([id, start, duration, begun, ended]: TaskRow): HandTask => ({
	id,
	planned: [start, duration],
	went: [
		[begun, 'running'],
		[ended, 'done'],
	],
});

export type HandNight = {
	/** ms UTC */
	readonly windowStart: number;
	readonly windowMinutes: number;
	readonly total: Readonly<Record<string, Way>>;
	readonly moved: Readonly<Record<string, Way>>;
	readonly verified: Readonly<Record<string, Way>>;
	/** From this minute on nothing moves any more, so nothing is left to be early or late. */
	readonly stillFrom: number;
	readonly totalGrowsUntil: number;
	/** By how much a sum may be off while it moves. */
	readonly tolerance: number;
	readonly silent?: { readonly archive: string; readonly source: string; readonly from: number; readonly to: number; readonly lastWord: number };
	/** The emergency room's messages end with its system; `from`: their last word has grown old. */
	readonly dark: { readonly source: string; readonly from: number; readonly to: number };
	readonly errors?: { readonly archive: string; readonly from: number; readonly to: number };
	readonly stuck?: { readonly archive: string; readonly from: number; readonly to: number; readonly watchAfter: number; readonly badAfter: number };
	readonly sides: Readonly<Record<string, Steps<HandSide>>>;
	readonly phases: Steps<string>;
	readonly tasks: readonly HandTask[];
	readonly wayBack: readonly HandTask[];
	/** When the commander turned the night back. */
	readonly turned: number | null;
	readonly gates: Readonly<Record<string, Steps<HandGateState>>>;
	/** A gate whose go fell by itself, when, and by which criterion. */
	readonly fallen: { readonly gate: string; readonly at: number; readonly by: string } | null;
	/** Spans [from, to) in which a team is to be called, or has not kept its promise. */
	readonly silentTeams: readonly (readonly [team: string, from: number, to: number])[];
	readonly brokenPromises: readonly (readonly [team: string, from: number, to: number])[];
	/** Nothing is written in [from, to). */
	readonly frozen: readonly [from: number, to: number];
	/** Minutes: how long the way back takes, its validation, the margin. */
	readonly rollback: { readonly rollback: number; readonly validation: number; readonly margin: number };
	readonly price: readonly HandPrice[];
};

/** What is written on the new side: so much a minute from `from` on, but not in the pauses; told while it answers, from `told` on, to the end of it. */
export type HandPrice = {
	readonly label: string;
	readonly aMinute: number;
	readonly told: number;
	readonly from: number;
	readonly to: number;
	readonly pauses: readonly (readonly [from: number, to: number])[];
};

export type HandMinute = {
	/** Time of day in Genoa. */
	readonly clock: string;
	readonly minute: number;
	/** ms UTC; a due instant. */
	readonly at: number;
	readonly tPlusMs: number;
	readonly windowLeftMs: number;
	readonly phase: string;
	readonly tolerance: number;
	readonly sums: { readonly total: number; readonly moved: number; readonly verified: number };
	readonly moved: Readonly<Record<string, number>>;
	readonly standings: Readonly<Record<string, HandStanding>>;
	/** Why an archive is not good: closed words of the board. */
	readonly reasons: Readonly<Record<string, string>>;
	readonly done: readonly string[];
	readonly totalGrowing: boolean;
	readonly blindSources: readonly string[];
	/** Of these, those whose silence nobody planned: a source of emergency rooms on paper alone is missed by nobody. */
	readonly missedSources: readonly string[];
	readonly sides: Readonly<Record<string, HandSide>>;
	readonly runbook: { readonly total: number; readonly done: number; readonly running: number; readonly late: number; readonly failed: number };
	readonly gates: Readonly<Record<string, HandGateState>>;
	readonly fallen: { readonly gate: string; readonly by: string } | null;
	readonly rollback: { readonly lastMoment: number; readonly remainingMs: number; readonly possible: boolean | null };
	/** [least, most] by label; null: not known. */
	readonly price: Readonly<Record<string, readonly [least: number, most: number] | null>>;
	readonly silentTeams: readonly string[];
	readonly brokenPromises: readonly string[];
	readonly isFrozen: boolean;
};

/**
 * A figure is up to 15 s of rhythm, 2 s of looking and 20 s of sway old or early: at the night's fastest (1.0 GB/s in all, both for
 * moved and for verified) that is under 40 GB. The same in the other direction, so ± 0.04 TB; on the fast night (1.8 GB/s) twice that.
 */
export const SUM_TOLERANCE = 40 * GB;
/** Up to the last look of the probes: 15 s of rhythm and 2 s of looking. */
const LOOK_MINUTES = 17 / 60;
/** What ends is told for the last time one rhythm before. */
const RHYTHM_MINUTES = 15 / 60;
/** What is written is not known once it was last told longer ago than this. */
const PRICE_HOLDS_MINUTES = 2;
/** Behind by less is on time. */
const LATE_AFTER_MINUTES = 1;

const isSilent = ({ silent }: HandNight, id: string, minute: number): boolean =>
	silent !== undefined && id === silent.archive && minute >= silent.from && minute < silent.to;
const isDone = ({ verified }: HandNight, id: string, minute: number): boolean => minute > (verified[id]?.legs.at(-1)?.[1] ?? 0);

function reasonAt(night: HandNight, id: string, minute: number): readonly [HandStanding, string | null] {
	const { stuck, errors } = night;
	if (isSilent(night, id, minute)) return ['blind', 'silent'];
	if (isDone(night, id, minute)) return ['good', null];
	if (stuck && id === stuck.archive && minute >= stuck.from && minute < stuck.to) {
		const still = minute - stuck.from;
		if (still > stuck.badAfter) return ['bad', 'stuck-at-100'];
		if (still > stuck.watchAfter) return ['watch', 'stuck-at-100'];
	}
	if (errors && id === errors.archive && minute >= errors.from && minute < errors.to) return ['watch', 'errors'];
	return ['good', null];
}

const isOpen = (state: HandTaskState): boolean => state === 'waiting' || state === 'running';

export function countTasks({ tasks, wayBack, turned }: HandNight, minute: number): HandMinute['runbook'] {
	const isTurned = turned !== null && minute >= turned;
	const stateOf = (one: HandTask): HandTaskState => stepAt(one.went, minute) ?? 'waiting';
	// Once turned back: the steps of the way back, and of the way forward what has ended.
	const counted = isTurned ? [...tasks.filter((one) => !isOpen(stateOf(one))), ...wayBack] : tasks;
	const states = counted.map(stateOf);
	const late = counted.filter((one, i) => {
		const state = states[i] ?? 'done';
		if (one.planned === null || !isOpen(state)) return false;
		const [start, duration] = one.planned;
		return minute > (state === 'running' ? start + duration : start) + LATE_AFTER_MINUTES;
	});
	return {
		total: counted.length,
		done: states.filter((one) => one === 'done' || one === 'skipped').length,
		running: states.filter((one) => one === 'running').length,
		late: late.length,
		failed: states.filter((one) => one === 'failed').length,
	};
}

function wayBackAt(night: HandNight, minute: number): HandMinute['rollback'] {
	const { rollback, windowMinutes, windowStart, turned } = night;
	// End of the window − way back − validation − margin.
	const last = windowMinutes - rollback.rollback - rollback.validation - rollback.margin;
	const isOver = countTasks({ ...night, turned: null }, minute).done === night.tasks.length;
	const isTurned = turned !== null && minute >= turned;
	return {
		lastMoment: windowStart + last * MINUTE_MS,
		remainingMs: (last - minute) * MINUTE_MS,
		possible: isOver || isTurned ? null : minute <= last,
	};
}

function priceAt({ aMinute, told, from, to, pauses }: HandPrice, minute: number): readonly [least: number, most: number] | null {
	const isPaused = pauses.find(([begins, ends]) => minute > begins && minute < ends);
	const heard = Math.min(minute, to, (isPaused?.[0] ?? Number.POSITIVE_INFINITY) - RHYTHM_MINUTES);
	if (minute < told || minute - heard > PRICE_HOLDS_MINUTES) return null;
	const writing = (until: number): number =>
		Math.max(0, until - from) - pauses.reduce((sum, [begins, ends]) => sum + Math.max(0, Math.min(until, ends) - begins), 0);
	return [Math.floor(aMinute * writing(heard - LOOK_MINUTES)), Math.floor(aMinute * writing(heard))];
}

const within = (spans: readonly (readonly [string, number, number])[], minute: number): readonly string[] =>
	spans.filter(([, from, to]) => minute >= from && minute < to).map(([team]) => team);

export function workOut(night: HandNight, clock: string, minute: number): HandMinute {
	const ids = Object.keys(night.total);
	const bytes = (ways: Readonly<Record<string, Way>>, id: string): number => {
		const heard = night.silent && isSilent(night, id, minute) ? night.silent.lastWord : minute;
		const course = ways[id];
		return course ? gbAt(course, heard) * GB : 0;
	};
	const sum = (ways: Readonly<Record<string, Way>>): number => ids.reduce((all, id) => all + bytes(ways, id), 0);
	const judged = ids.map((id) => [id, ...reasonAt(night, id, minute)] as const);
	const { silent, fallen } = night;
	return {
		clock,
		minute,
		at: night.windowStart + minute * MINUTE_MS,
		tPlusMs: minute * MINUTE_MS,
		windowLeftMs: (night.windowMinutes - minute) * MINUTE_MS,
		phase: stepAt(night.phases, minute) ?? '',
		tolerance: minute > night.stillFrom ? 0 : night.tolerance,
		sums: { total: sum(night.total), moved: sum(night.moved), verified: sum(night.verified) },
		moved: Object.fromEntries(ids.map((id) => [id, bytes(night.moved, id)])),
		standings: Object.fromEntries(judged.map(([id, standing]) => [id, standing])),
		reasons: Object.fromEntries(judged.flatMap(([id, , reason]) => (reason === null ? [] : [[id, reason]]))),
		done: ids.filter((id) => isDone(night, id, minute) && !isSilent(night, id, minute)),
		totalGrowing: minute <= night.totalGrowsUntil + 5,
		missedSources: silent && minute >= silent.from && minute < silent.to ? [silent.source] : [],
		blindSources: [silent, night.dark].flatMap((one) => (one && minute >= one.from && minute < one.to ? [one.source] : [])).sort(),
		sides: Object.fromEntries(Object.entries(night.sides).map(([id, steps]) => [id, stepAt(steps, minute) ?? 'none'])),
		runbook: countTasks(night, minute),
		gates: Object.fromEntries(Object.entries(night.gates).map(([id, steps]) => [id, stepAt(steps, minute) ?? 'waiting'])),
		fallen: fallen !== null && minute >= fallen.at ? { gate: fallen.gate, by: fallen.by } : null,
		rollback: wayBackAt(night, minute),
		price: Object.fromEntries(night.price.map((one) => [one.label, priceAt(one, minute)])),
		silentTeams: within(night.silentTeams, minute),
		brokenPromises: within(night.brokenPromises, minute),
		isFrozen: minute >= night.frozen[0] && minute < night.frozen[1],
	};
}

/** What is still to be done, one after the other, by the rehearsals’ p50 and p90: the finish's p50 lies between the two sums. */
export type ChainLink = readonly [what: string, p50: number, p90: number];
export const chainEnd = (minute: number, links: readonly ChainLink[]): readonly [least: number, most: number] => [
	links.reduce((sum, [, p50]) => sum + p50, minute),
	links.reduce((sum, [, , p90]) => sum + p90, minute),
];
