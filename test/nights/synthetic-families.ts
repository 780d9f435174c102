// The kinds of invented nights and what is odd about each. Every figure is invented; none is taken from the forecast.

export type Family = {
	readonly name: string;
	/** Misfits break what any forecast of this kind assumes, and are reported apart. */
	readonly isMisfit: boolean;
	/** Logarithms: how tonight's work as a whole compares with the rehearsal, and how its streams differ. */
	readonly night: readonly [middle: number, spread: number];
	readonly stream: number;
	readonly trouble: number;
	readonly troubleTimes: readonly [least: number, most: number];
	/** Heavy tails: lengths by a law without a variance. */
	readonly isHeavy: boolean;
	/** Rates: how far a night's differs from the rehearsal's, how much it wanders in an hour, and for how long it remembers. */
	readonly rate: readonly [middle: number, spread: number];
	readonly drift: number;
	readonly memoryHours: number;
	/** Share of archives whose total grows, and by how much. */
	readonly growing: number;
	readonly growth: readonly [least: number, most: number];
	/** Silences an archive, and the share of them in which the copy stands still as well. */
	readonly silences: readonly [least: number, most: number];
	readonly standsStill: number;
	/** A sudden change of rate for good. */
	readonly isBroken: boolean;
};

const usual: Family = {
	name: 'steady',
	isMisfit: false,
	night: [0, 0.1],
	stream: 0.08,
	trouble: 0.02,
	troubleTimes: [1.3, 2.2],
	isHeavy: false,
	rate: [0, 0.15],
	drift: 0.1,
	memoryHours: 2,
	growing: 0.1,
	growth: [0.02, 0.08],
	silences: [0, 0],
	standsStill: 0,
	isBroken: false,
};

export const families: readonly Family[] = [
	usual,
	{ ...usual, name: 'rates drift', rate: [0, 0.3], drift: 0.3, memoryHours: 3 },
	{ ...usual, name: 'totals grow', growing: 0.8, growth: [0.08, 0.4], drift: 0.15 },
	{ ...usual, name: 'tasks overrun', night: [0.15, 0.2], stream: 0.2, trouble: 0.06, troubleTimes: [1.5, 3] },
	{ ...usual, name: 'sources silent', silences: [1, 4], standsStill: 0.2, drift: 0.15 },
	{ ...usual, name: 'early finishes', night: [-0.35, 0.12], stream: 0.1, rate: [0.35, 0.15] },
	{ ...usual, name: 'heavy tails', isMisfit: true, isHeavy: true, trouble: 0.08, troubleTimes: [2, 6] },
	{ ...usual, name: 'rate breaks', isMisfit: true, isBroken: true, drift: 0.15 },
];
