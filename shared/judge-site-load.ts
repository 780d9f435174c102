// What a site's voice says of its load at a moment. A figure that the voice does not tell is null, never 0. Pure.
import type { CensusFacts, CountFacts, SiteFacts, SiteFigure } from './board-er.ts';
import { type CensusDigest, digestOf, forCodes, sumCodes, sumWithin } from './census-digest.ts';
import { MINUTE_MS, minuteNumber, targetMinutes, triageCodes } from './er.ts';
import type { ByCodeNow } from './er-now.ts';
import { ageOf } from './freshness.ts';
import type { Voice } from './judge-site-voice.ts';

export type Load = {
	readonly present: number | null;
	readonly byCode: ByCodeNow | null;
	readonly waiting: number | null;
	readonly waitingByCode: ByCodeNow | null;
	readonly inTreatment: number | null;
	readonly observation: number | null;
	readonly boarding: number | null;
	readonly longestBoardingMs: number | null;
	readonly overTargetByCode: ByCodeNow | null;
	/** Waiting at code 1 or 2 past their target and a few minutes of grace. */
	readonly urgent: number | null;
	readonly arrivalsLastHour: number | null;
	/** The oldest of its figures, where each has an age of its own. */
	readonly oldestMs: number | null;
};

export const untold: Load = {
	present: null,
	byCode: null,
	waiting: null,
	waitingByCode: null,
	inTreatment: null,
	observation: null,
	boarding: null,
	longestBoardingMs: null,
	overTargetByCode: null,
	urgent: null,
	arrivalsLastHour: null,
	oldestMs: null,
};

const URGENT_GRACE_MINUTES = 5;

export function loadOf(facts: SiteFacts, voice: Pick<Voice, 'from' | 'mode' | 'limitMs'>, now: number): Load {
	const { census, count } = facts;
	if (voice.from === 'census' && census !== null) return voice.mode === 'feed' ? ofCensus(digestOf(census), now) : ofLastCensus(digestOf(census));
	if (voice.from === 'figures') return ofFigures(facts, voice.limitMs, now);
	if (voice.from === 'count' && count !== null) return ofCount(count);
	if (voice.from === 'last') return { ...untold, ...lastOf(facts.dark) };
	if (voice.from === 'anchor' && count !== null && census !== null) return ofAnchor(count, census, facts, now);
	return untold;
}

function ofCensus(census: CensusDigest, now: number): Load {
	const minute = minuteNumber(now);
	const waitingFor = (code: (typeof triageCodes)[number], minutes: number): number =>
		census.waitingRows[code].reduce((sum, [arrived, count]) => (minute - arrived > minutes ? sum + count : sum), 0);
	return {
		...ofLastCensus(census),
		waiting: census.waiting,
		waitingByCode: census.waitingByCode,
		inTreatment: census.treatment,
		observation: census.observation,
		longestBoardingMs: census.boardingSince === null ? null : Math.max(0, now - census.boardingSince * MINUTE_MS),
		overTargetByCode: forCodes((code) => {
			const target = targetMinutes[code];
			return target === null ? 0 : waitingFor(code, target);
		}),
		urgent: waitingFor('1', (targetMinutes['1'] ?? 0) + URGENT_GRACE_MINUTES) + waitingFor('2', (targetMinutes['2'] ?? 0) + URGENT_GRACE_MINUTES),
		arrivalsLastHour: triageCodes.reduce((sum, code) => sum + sumWithin(census.arrivals[code], minute - 60, minute), 0),
	};
}

/** A census that is no longer carried on tells who was present, not who waits since when. */
const ofLastCensus = ({ present, byCode, boarding }: CensusDigest): Load => ({ ...untold, present, byCode, boarding });

const ofCount = (count: CountFacts): Load => ({ ...untold, present: sumCodes(count.byCode), byCode: byCodeOf(count), boarding: count.boarding });

const lastOf = (dark: SiteFacts['dark']): Pick<Load, 'present' | 'byCode' | 'boarding'> => ({
	present: dark?.last?.present ?? null,
	byCode: dark?.last?.byCode ?? null,
	boarding: dark?.last?.boarding ?? null,
});

const byCodeOf = ({ byCode }: CountFacts): ByCodeNow => forCodes((code) => byCode[code] ?? 0);

export type Since = { readonly arrivals: ByCodeNow; readonly departures: ByCodeNow };

/** What the messages say came and went in the minutes after `at`. */
export function sinceCount(census: CensusFacts, at: number): Since {
	const { arrivals, departures } = digestOf(census);
	const after = minuteNumber(at);
	return {
		arrivals: forCodes((code) => sumWithin(arrivals[code], after, Number.POSITIVE_INFINITY)),
		departures: forCodes((code) => sumWithin(departures[code], after, Number.POSITIVE_INFINITY)),
	};
}

/** The total is exact. Where a code would be below 0 somebody was counted under another one: then nothing is known by code. */
function ofAnchor(count: CountFacts, census: CensusFacts, { paperStaleAfterMs }: SiteFacts, now: number): Load {
	const { arrivals, departures } = sinceCount(census, count.at);
	const byCode = forCodes((code) => (count.byCode[code] ?? 0) + arrivals[code] - departures[code]);
	const isFresh = ageOf(count, now) <= paperStaleAfterMs;
	return {
		...untold,
		present: Math.max(0, sumCodes(byCode)),
		byCode: triageCodes.some((code) => byCode[code] < 0) ? null : byCode,
		boarding: isFresh ? count.boarding : null,
	};
}

const presentNames = forCodes((code): SiteFigure => (code === 'none' ? 'presentNone' : `present${code}`));
const waitingNames = forCodes((code): SiteFigure => (code === 'none' ? 'waitingNone' : `waiting${code}`));
const treatmentNames = forCodes((code): SiteFigure => (code === 'none' ? 'treatmentNone' : `treatment${code}`));

/** Each figure stands for itself: one that is missing, stale or could not be looked at is null, and so is each sum that needs it. */
function ofFigures({ figures }: SiteFacts, limitMs: number, now: number): Load {
	let oldestMs: number | null = null;
	const tell = (name: SiteFigure): number | null => {
		const figure = figures[name];
		if (figure === undefined || figure[0] === null || figure[3] !== undefined) return null;
		const ageMs = ageOf({ at: figure[1], seen: figure[2] }, now);
		if (ageMs > limitMs) return null;
		oldestMs = Math.max(oldestMs ?? 0, ageMs);
		return figure[0];
	};
	// Totals do not add up without the class of those who have no code.
	const tellCodes = (names: Readonly<Record<(typeof triageCodes)[number], SiteFigure>>): ByCodeNow | null => {
		const told = forCodes((code) => tell(names[code]));
		return triageCodes.every((code) => told[code] !== null) ? forCodes((code) => told[code] ?? 0) : null;
	};
	const byCode = tellCodes(presentNames);
	const waitingByCode = tellCodes(waitingNames);
	const treatmentByCode = tellCodes(treatmentNames);
	const waiting = tell('waiting') ?? (waitingByCode && sumCodes(waitingByCode));
	const inTreatment = tell('treatment') ?? (treatmentByCode && sumCodes(treatmentByCode));
	const observation = tell('observation');
	const boarding = tell('boarding');
	const parts = [waiting, inTreatment, observation, boarding];
	const summed = parts.every((one) => one !== null) ? parts.reduce<number>((sum, one) => sum + (one ?? 0), 0) : null;
	return {
		...untold,
		present: tell('present') ?? (byCode && sumCodes(byCode)) ?? summed,
		byCode,
		waiting,
		waitingByCode,
		inTreatment,
		observation,
		boarding,
		arrivalsLastHour: tell('arrivalsLastHour'),
		oldestMs,
	};
}
