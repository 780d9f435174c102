// How something fares, in four words. `blind` is not a shade of bad: it says that Regia does not know (rules 1 and 3).

export const standings = ['good', 'watch', 'bad', 'blind'] as const;
export type Standing = (typeof standings)[number];

const weight: Record<Standing, number> = { good: 0, watch: 1, blind: 2, bad: 3 };

/** The order of a wall's lists: what needs a decision first. Not knowing outranks a doubt, and yields to a known fault. */
export const byWorst = (a: Standing, b: Standing): number => weight[b] - weight[a];

export const worstOf = (all: Iterable<Standing>): Standing => {
	let worst: Standing = 'good';
	for (const one of all) if (weight[one] > weight[worst]) worst = one;
	return worst;
};
