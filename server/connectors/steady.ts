// Keeps a position that is only an estimate from wavering: it falls only where the dip is deep and lasts. Pure.

const DIP = 0.1;
const LASTING = 3;

export type Steady = {
	/** The figure to show for this estimate. */
	next(estimate: number): number;
	/** An exact figure takes its place. */
	set(exact: number): void;
};

export function steady(): Steady {
	let shown = 0;
	let dips = 0;
	return {
		next(estimate) {
			dips = estimate < shown ? dips + 1 : 0;
			const isReal = estimate >= shown || (estimate < shown * (1 - DIP) && dips >= LASTING);
			if (isReal) {
				shown = estimate;
				dips = 0;
			}
			return shown;
		},
		set(exact) {
			shown = exact;
			dips = 0;
		},
	};
}
