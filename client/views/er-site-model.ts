// One emergency room's page on the desk: its load, its indices with where each term is from, its arrivals, its sources. Pure.
import type { SiteFacts } from '../../shared/board-er.ts';
import type { IndexTerm, SiteNow } from '../../shared/er-now.ts';
import { formatAge, formatCountdown, formatMoment, formatNumber, type Language, UNKNOWN } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import { HOUR_MS, hourOfWeek } from '../../shared/zone-hour.ts';
import type { ScreenState } from '../store/board-store.ts';
import type { ErDeskWords } from '../store/er-desk-words.ts';
import { labelOf, silenceOf, zoneOf } from '../store/selectors.ts';
import type { ArrivalHour } from '../tiles/charts/er-arrivals-chart.tsx';
import { indexFigure, largeModel, neighbourRows } from '../tiles/er-large-model.ts';
import { calmAge, percent } from '../tiles/er-tile-model.ts';
import { erTrend } from '../tiles/er-trend-model.ts';
import { sayBy } from '../tiles/say-by.ts';
import { paperLines } from './er-paper-model.ts';

export const TREND_HOURS = 24;
const ARRIVAL_HOURS = 24;

export function erSiteModel({ judged, followed }: ScreenState, id: string, words: Words, own: ErDeskWords, language: Language) {
	const one = judged?.er?.sites[id];
	const facts = followed?.board.sites[id];
	if (judged === null || followed === null || one === undefined || facts === undefined) return null;
	const zone = zoneOf(judged);
	const body = facts.body === null ? null : (followed.board.bodies[facts.body]?.label ?? facts.body);
	return {
		large: largeModel(id, one, { now: judged.now, zone, words, own, language }),
		under: [facts.kind, body].filter((part) => part !== null).join(' · '),
		zone,
		trend: erTrend(facts.trend, judged.now, TREND_HOURS),
		arrivals: arrivalsOf(facts, one, judged.now, zone),
		expectedFrom: facts.expected === null ? null : facts.expectedFrom,
		facts: factsOf(one, own, language),
		indices: (['nedocs', 'edwin'] as const).map((name) => ({
			...indexFigure(name, one[name], own, language),
			terms: one[name].terms.map((term) => termRow(term, own, language)),
		})),
		neighbours: neighbourRows(one, judged.er?.sites ?? {}, own, language),
		sources: sourcesOf(facts, judged, words, language),
		paper: { count: facts.counts.count, lines: paperLines(facts, judged.now, zone, own, language, (by) => sayBy(by, judged, words)) },
		reconcile: reconcileOf(one, zone, own, language),
		acts: actsOf(facts),
		diversion: facts.diversion?.state ?? null,
	};
}

type Span = { readonly from: number; readonly to: number };

/** What of the last hours is not known: before the first message, while its system was off and not all is entered, since nothing is heard. */
function unheardOf({ census }: SiteFacts, { dark, reason }: SiteNow, now: number): readonly Span[] {
	if (census === null) return [];
	const known = Object.keys(census.arrivalsByHour).map(Number);
	const first = known.length === 0 ? now : Math.min(...known) * HOUR_MS;
	const spans: Span[] = [{ from: Number.NEGATIVE_INFINITY, to: first }];
	if (dark !== null) spans.push({ from: Math.min(census.heardAt, dark.since), to: dark.restoredAt ?? now });
	if (reason === 'silent' || reason === 'cannot-look') spans.push({ from: census.heardAt, to: now });
	return spans;
}

/** The last whole hours and this one. Of an hour of which nothing is known no figure is drawn; of one that is partly known what was heard, as a part. */
export function arrivalsOf(facts: SiteFacts, one: SiteNow, now: number, zone: string): readonly ArrivalHour[] | null {
	const { census, expected } = facts;
	if (census === null) return null;
	const last = Math.floor(now / HOUR_MS);
	const unheard = unheardOf(facts, one, now);
	return Array.from({ length: ARRIVAL_HOURS }, (_, i) => {
		const hour = last - ARRIVAL_HOURS + 1 + i;
		const [from, to] = [hour * HOUR_MS, Math.min(now, (hour + 1) * HOUR_MS)];
		const arrived = census.arrivalsByHour[hour] ?? null;
		// What was entered later of an hour without messages is known, though not to be all.
		const isNone = arrived === null && unheard.some((span) => span.from <= from && span.to >= to);
		const isPart = unheard.some((span) => span.from < to && span.to > from);
		return {
			at: from,
			arrived: isNone ? null : (arrived ?? 0),
			known: isNone ? ('none' as const) : isPart ? ('part' as const) : ('all' as const),
			expected: expected === null ? null : Math.round((expected[hourOfWeek(from, zone)] ?? 0) * 10) / 10,
		};
	});
}

function factsOf(one: SiteNow, own: ErDeskWords, language: Language): readonly (readonly [string, string])[] {
	const number = (value: number | null): string => formatNumber(value, language);
	const { stay, unseen, lapsed } = one;
	const expected = one.expectedLastHour === null ? UNKNOWN : number(Math.round(one.expectedLastHour));
	const rows: readonly (readonly [string, string])[] = [
		[
			own.occupancy,
			one.spaces === null ? own.noSpaces : fill(own.spaces, { percent: percent(one.occupancy, language) ?? UNKNOWN, spaces: number(one.spaces) }),
		],
		[own.treatment, number(one.inTreatment)],
		[own.observation, number(one.observation)],
		[own.overTarget, number(one.overTarget)],
		[own.page.longest, formatCountdown(one.longestBoardingMs)],
		[own.arrivals, fill(own.page.arrivals, { count: number(one.arrivalsLastHour), expected })],
		[
			own.page.stay,
			stay === null ? UNKNOWN : fill(own.page.stayOf, { p50: formatCountdown(stay.p50Ms), p90: formatCountdown(stay.p90Ms), of: number(stay.of) }),
		],
		[
			own.page.unseen,
			unseen === null ? UNKNOWN : fill(own.page.unseenOf, { count: number(unseen.count), share: percent(unseen.share, language) ?? UNKNOWN }),
		],
		...(lapsed === null || lapsed === 0 ? [] : [[own.page.lapsed, fill(own.page.lapsedOf, { count: number(lapsed) })] as const]),
	];
	return one.standing === 'blind' ? rows.map(([label]) => [label, UNKNOWN]) : rows;
}

function termRow(term: IndexTerm, own: ErDeskWords, language: Language) {
	const isWhole = term.value === null || Number.isInteger(term.value);
	const from = own.index.fromWord[term.from];
	return {
		name: own.index.terms[term.name] ?? term.name,
		value: formatNumber(term.value, language, isWhole ? 0 : 1),
		from: term.ageMs === null || term.from === 'missing' ? from : `${from}, ${fill(own.asOf, { age: calmAge(term.ageMs, language) })}`,
		isLacking: term.from === 'missing' || term.from === 'stale',
	};
}
export type TermRow = ReturnType<typeof termRow>;

const sourcesOf = (facts: SiteFacts, judged: BoardNow, words: Words, language: Language) =>
	facts.sources.map((source) => {
		const from = judged.sources[source];
		const age = from?.ageMs ?? null;
		const isSilent = from === undefined || from.standing === 'blind' || age === null;
		return {
			id: source,
			label: labelOf(judged, `source/${source}`),
			standing: from?.standing ?? ('blind' as const),
			age: isSilent ? silenceOf(age, words, language) : fill(words.age.asOf, { age: age < 10_000 ? '< 10 s' : formatAge(age, language) }),
		};
	});

function reconcileOf({ reconcile }: SiteNow, zone: string, own: ErDeskWords, language: Language): string | null {
	if (reconcile === null) return null;
	const { counted, system, at } = reconcile;
	const difference = system - counted;
	return fill(own.page.reconcile, {
		counted: formatNumber(counted, language),
		system: formatNumber(system, language),
		time: formatMoment(at, zone),
		difference: `${difference > 0 ? '+' : ''}${formatNumber(difference, language)}`,
	});
}

/** Which of its marks may follow, by how it stands. */
function actsOf({ dark }: SiteFacts): readonly ('on' | 'off' | 'entered')[] {
	if (dark === null || dark.caughtUpAt !== null) return ['on'];
	return dark.restoredAt === null ? ['off'] : ['entered', 'on'];
}
