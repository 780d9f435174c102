// The two estimates of crowding at a moment, with where each of their terms is from: no value as soon as one is missing or stale. Pure.
import type { SiteFacts } from './board-er.ts';
import { acuitySum, edwin, edwinBand } from './edwin.ts';
import type { IndexNow, IndexTerm, TermFrom } from './er-now.ts';
import { ageOf } from './freshness.ts';
import type { Load } from './judge-site-load.ts';
import { nedocs, nedocsBand } from './nedocs.ts';
import { HOUR_MS } from './zone-hour.ts';

/** What a person says of respirators holds an hour, of those on duty a shift. */
const RESPIRATORS_HOLD_MS = HOUR_MS;
const PHYSICIANS_HOLD_MS = 12 * HOUR_MS;

/** What the site's voice counted, and how old that is. */
export type Counted = { readonly load: Load; readonly ageMs: number | null; readonly isBlind: boolean };

const counted = (name: string, value: number | null, { ageMs, isBlind }: Counted): IndexTerm =>
	isBlind || value === null
		? { name, value: null, from: isBlind && ageMs !== null ? 'stale' : 'missing', ageMs }
		: { name, value, from: 'counted', ageMs };

const planned = (name: string, value: number | null): IndexTerm => ({ name, value, from: value === null ? 'missing' : 'plan', ageMs: null });

/** The newest word of a person or a source, while it holds. */
function told(name: 'respirators' | 'physicians', facts: SiteFacts, holdsMs: number, now: number): IndexTerm {
	const figure = facts.figures[name];
	const word = name === 'respirators' ? facts.respirators : facts.physiciansOnDuty;
	const said: { value: number; from: TermFrom; ageMs: number }[] = [];
	if (word !== null) said.push({ value: word[0], from: 'person', ageMs: Math.max(0, now - word[1]) });
	if (figure !== undefined && figure[0] !== null && figure[3] === undefined) {
		said.push({ value: figure[0], from: 'source', ageMs: ageOf({ at: figure[1], seen: figure[2] }, now) });
	}
	const newest = said.sort((a, b) => a.ageMs - b.ageMs)[0];
	if (newest === undefined) return { name, value: null, from: 'missing', ageMs: null };
	return newest.ageMs > holdsMs ? { name, value: null, from: 'stale', ageMs: newest.ageMs } : { name, ...newest };
}

function indexOf(terms: readonly IndexTerm[], reckon: () => number | null, band: (value: number) => string): IndexNow {
	const value = terms.some((one) => one.value === null) ? null : reckon();
	return { value, band: value === null ? null : band(value), terms };
}

const valueIn = (term: IndexTerm): number => term.value ?? 0;

export function judgeNedocs(facts: SiteFacts, from: Counted, now: number): IndexNow {
	const { load } = from;
	const patients = counted('patients', load.present, from);
	const spaces = planned('spaces', facts.spaces);
	const admitted = counted('admitted', load.boarding, from);
	const beds = planned('beds', facts.beds);
	const respirators = told('respirators', facts, RESPIRATORS_HOLD_MS, now);
	// Where nobody boards, nobody has waited for a bed; where somebody does, only messages tell since when.
	const boardedMs = load.boarding === 0 ? 0 : load.longestBoardingMs;
	const longest = counted('longestBoardingHours', boardedMs === null ? null : boardedMs / HOUR_MS, from);
	const bed = load.waiting === null ? null : (facts.census?.lastBed ?? null);
	const lastBed = counted('lastBedHours', bed === null ? null : bed[1] / HOUR_MS, from);
	return indexOf(
		[patients, spaces, admitted, beds, respirators, longest, lastBed],
		() =>
			nedocs({
				patients: valueIn(patients),
				spaces: valueIn(spaces),
				admitted: valueIn(admitted),
				beds: valueIn(beds),
				respirators: valueIn(respirators),
				longestBoardingHours: valueIn(longest),
				lastBedHours: valueIn(lastBed),
			}),
		nedocsBand,
	);
}

/**
 * The formula weighs every patient by acuity. One who has no code yet weighs between 1 and 5, and nobody knows what: the sum is missing
 * until all are triaged, and its term says so.
 */
export function judgeEdwin(facts: SiteFacts, from: Counted, now: number): IndexNow {
	const { byCode, boarding } = from.load;
	const isTriaged = byCode !== null && byCode.none === 0;
	const acuity = counted('acuity', isTriaged ? acuitySum(byCode) : null, from);
	const onDuty = told('physicians', facts, PHYSICIANS_HOLD_MS, now);
	const physicians = onDuty.value === null && facts.physicians !== null ? planned('physicians', facts.physicians) : onDuty;
	const spaces = planned('spaces', facts.spaces);
	const admitted = counted('admitted', boarding, from);
	return indexOf(
		[acuity, physicians, spaces, admitted],
		() => (byCode === null ? null : edwin({ byCode, physicians: valueIn(physicians), spaces: valueIn(spaces), admitted: valueIn(admitted) })),
		edwinBand,
	);
}
