// NEDOCS: how crowded an emergency room is, as an estimate from six figures. Pure arithmetic; where the figures are from is judge-index.ts's.

export type NedocsTerms = {
	/** All patients in the emergency room, those who wait among them. */
	readonly patients: number;
	/** Its staffed treatment spaces. */
	readonly spaces: number;
	/** Admitted patients who are still in it. */
	readonly admitted: number;
	/** Beds of the hospital. */
	readonly beds: number;
	/** Patients on a respirator in it. */
	readonly respirators: number;
	/** Hours that the longest boarder has waited for a bed. */
	readonly longestBoardingHours: number;
	/** Hours that the last patient put in a bay had waited. */
	readonly lastBedHours: number;
};

/**
 * NEDOCS = −20 + 85.8·(P/B_ed) + 600·(A/B_h) + 13.4·R + 0.93·T_adm + 5.64·T_bed, with a floor at 0 and no cap at 200.
 * Weiss et al., Estimating the degree of emergency department overcrowding in academic medical centers, Acad Emerg Med 2004;11:38–50.
 * Its inputs are confirmed by Raj et al., Emerg Med Australas 2006;18:282. Several calculators on the web have the coefficients wrong.
 * Null where there is no space or no bed to divide by.
 */
export function nedocs(terms: NedocsTerms): number | null {
	const { patients, spaces, admitted, beds, respirators, longestBoardingHours, lastBedHours } = terms;
	if (spaces <= 0 || beds <= 0) return null;
	const sum = -20 + 85.8 * (patients / spaces) + 600 * (admitted / beds) + 13.4 * respirators + 0.93 * longestBoardingHours + 5.64 * lastBedHours;
	return Math.max(0, sum);
}

export const nedocsBands = ['not-busy', 'busy', 'extremely-busy', 'overcrowded', 'severely', 'dangerously'] as const;
export type NedocsBand = (typeof nedocsBands)[number];

/** Of whole points: 0–20 not busy, 21–60 busy, 61–100 extremely busy but not overcrowded, 101–140 overcrowded, 141–180 severely, above that dangerously. */
export function nedocsBand(value: number): NedocsBand {
	const index = [20, 60, 100, 140, 180].findIndex((top) => Math.round(value) <= top);
	return nedocsBands[index === -1 ? 5 : index] as NedocsBand;
}
