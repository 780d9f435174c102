// EDWIN: how much work an emergency room holds for those on duty, as an estimate. Pure arithmetic; where the figures are from is judge-index.ts's.
import type { TriageCode } from './er.ts';

export type EdwinTerms = {
	/** Patients by triage code 1–5. Who has no code yet has no acuity: with such patients the sum is not known. */
	readonly byCode: Readonly<Record<Exclude<TriageCode, 'none'>, number>>;
	readonly physicians: number;
	readonly spaces: number;
	/** Admitted patients who are still in the emergency room: the bays that they hold do not turn over. */
	readonly admitted: number;
};

/** Σ n·t, with t = 6 − code: the index counts the sickest as 5, the national codes as 1. */
export const acuitySum = (byCode: EdwinTerms['byCode']): number =>
	5 * byCode['1'] + 4 * byCode['2'] + 3 * byCode['3'] + 2 * byCode['4'] + byCode['5'];

/**
 * EDWIN = Σ(n_i·t_i) / (N_a·(B_T − B_A)).
 * Bernstein et al., Development and validation of a new index to measure emergency department crowding, Acad Emerg Med 2003;10:938–942.
 * Null where it means nothing: nobody on duty, or as many boarders as bays.
 */
export function edwin({ byCode, physicians, spaces, admitted }: EdwinTerms): number | null {
	if (physicians <= 0 || admitted >= spaces) return null;
	return acuitySum(byCode) / (physicians * (spaces - admitted));
}

export const edwinBands = ['manageable', 'busy', 'crowded'] as const;
export type EdwinBand = (typeof edwinBands)[number];

/** Below 1.5 manageable, to 2 busy, above it crowded. The bounds are the authors' own and do not travel well: an Italian room sets its own. */
export const edwinBand = (value: number): EdwinBand => (value < 1.5 ? 'manageable' : value <= 2 ? 'busy' : 'crowded');
