// What the forecast believes before the night has said anything. Figures of our own, tuned on invented nights; shares and logarithms, no units.

export type Model = {
	/** Scales every uncertainty at once: 0 tells the middle of everything, 1 is what the model believes. */
	readonly spread: number;
	/** How much a night, and a stream within it, differs from the rehearsal as a whole (deviation of the logarithm). */
	readonly nightSpread: number;
	readonly streamSpread: number;
	/** Two rehearsals alike prove little: no task is surer than this; and one that was never rehearsed is this unsure. */
	readonly leastTaskSpread: number;
	readonly unrehearsedSpread: number;
	/** Share of tasks that meet trouble; how much longer those take, in the middle and around it. */
	readonly troubleShare: number;
	readonly troubleShift: number;
	readonly troubleSpread: number;
	/** How many tasks' worth of belief in the rehearsal's own scatter. */
	readonly scatterWorth: number;
	/** A vote without a planned length. */
	readonly voteMs: number;
	/** A rate's own wandering in an hour, how long it remembers, and the noise of one reading of it. */
	readonly rateDrift: number;
	readonly rateMemoryMs: number;
	readonly rateNoise: number;
	/** How sure a rehearsal makes a rate that has not shown itself yet. */
	readonly rateFromRehearsal: number;
	/** A check beside the copy it checks, where none has been seen tonight. */
	readonly verifyRatio: number;
	readonly verifySpread: number;
	/** The last share of a copy, and how its rate compares. */
	readonly tailShare: number;
	readonly tailRate: number;
	readonly tailSpread: number;
	/** While nobody can look, a copy may stand still as well. */
	readonly stoodStillInSilence: number;
	/** How long a total goes on growing, beside how long it has grown. */
	readonly growthSpread: number;
};

export const model: Model = {
	spread: 1,
	nightSpread: 0.15,
	streamSpread: 0.12,
	leastTaskSpread: 0.08,
	unrehearsedSpread: 0.35,
	troubleShare: 0.03,
	troubleShift: 0.5,
	troubleSpread: 0.3,
	scatterWorth: 6,
	voteMs: 180_000,
	rateDrift: 0.3,
	rateMemoryMs: 7_200_000,
	rateNoise: 0.1,
	rateFromRehearsal: 0.3,
	verifyRatio: 2,
	verifySpread: 0.45,
	tailShare: 0.03,
	tailRate: 0.7,
	tailSpread: 0.4,
	stoodStillInSilence: 0.2,
	growthSpread: 0.7,
};

/** Longer than any night: whoever takes that long is not told. */
export const HORIZON_MS = 14 * 86_400_000;
