// Emergency rooms as literals, seen at the board literal's moment: as the judge tells them, and as facts for the judge. Every figure is invented.
import type { CensusFacts, SiteFacts } from '../../shared/board-er.ts';
import { type ByCode, type ByCodeAndMinute, type ByMinute, minuteNumber, type TriageCode, triageCodes } from '../../shared/er.ts';
import type { ByCodeNow, ErNow, ErSum, IndexNow, SiteNow } from '../../shared/er-now.ts';
import { literalNow } from './night-literal.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const counts = (...many: readonly number[]): ByCodeNow => ({
	'1': many[0] ?? 0,
	'2': many[1] ?? 0,
	'3': many[2] ?? 0,
	'4': many[3] ?? 0,
	'5': many[4] ?? 0,
	none: many[5] ?? 0,
});

export const noIndex: IndexNow = {
	value: null,
	band: null,
	terms: [
		{ name: 'patients', value: 44, from: 'counted', ageMs: 2000 },
		{ name: 'respirators', value: null, from: 'missing', ageMs: null },
	],
};

const unknown = {
	present: null,
	byCode: null,
	waiting: null,
	waitingByCode: null,
	inTreatment: null,
	observation: null,
	boarding: null,
	longestBoardingMs: null,
	occupancy: null,
	overTarget: null,
	overTargetByCode: null,
	arrivalsLastHour: null,
	stay: null,
	unseen: null,
	lapsed: null,
	fillingUntil: null,
	nextCountAt: null,
} as const;

/** As it should be, heard two seconds ago: 44 present, 18 of them waiting, 3 over their target. */
export const siteNow = (label: string, rest: Partial<SiteNow> = {}): SiteNow => ({
	label,
	short: label,
	body: null,
	neighbours: [],
	mode: 'feed',
	standing: 'good',
	reason: null,
	present: 44,
	byCode: counts(1, 8, 13, 17, 4, 1),
	waiting: 18,
	waitingByCode: counts(0, 2, 5, 8, 2, 1),
	inTreatment: 15,
	observation: 4,
	boarding: 7,
	longestBoardingMs: 5 * HOUR + 20 * MINUTE,
	occupancy: 0.69,
	spaces: 64,
	overTarget: 3,
	overTargetByCode: counts(0, 1, 1, 1, 0, 0),
	arrivalsLastHour: 6,
	expectedLastHour: 5.4,
	expectedFrom: 'plan',
	stay: { p50Ms: 3 * HOUR + 10 * MINUTE, p90Ms: 9 * HOUR + 40 * MINUTE, of: 131 },
	unseen: { count: 4, share: 0.03 },
	lapsed: 0,
	nedocs: noIndex,
	edwin: noIndex,
	ageMs: 2000,
	limitMs: 30 * MINUTE,
	diversion: null,
	dark: null,
	backEntry: null,
	reconcile: null,
	...rest,
	nextCountAt: rest.nextCountAt ?? null,
	fillingUntil: rest.fillingUntil ?? null,
});

/** Nobody has heard of it for `ageMs`: nothing of it is known. */
export const blindSite = (label: string, ageMs: number | null = 22 * MINUTE, rest: Partial<SiteNow> = {}): SiteNow =>
	siteNow(label, { ...unknown, standing: 'blind', reason: ageMs === null ? 'never-reported' : 'silent', ageMs, ...rest });

/** Its messages began a good while ago, and nobody counted: who was there before them is not known for six and a half hours more. */
export const fillingSite = (label: string): SiteNow =>
	blindSite(label, 2000, { reason: 'filling', fillingUntil: literalNow + 6 * HOUR + 30 * MINUTE });

/** On paper since four hours, counted six minutes ago: who is present by code and who waits for a bed, and no more. */
export const paperSite = (label: string, rest: Partial<SiteNow> = {}): SiteNow =>
	siteNow(label, {
		...unknown,
		mode: 'paper',
		present: 32,
		byCode: counts(1, 5, 10, 12, 3, 1),
		boarding: 6,
		occupancy: 0.79,
		spaces: 40,
		ageMs: 6 * MINUTE,
		limitMs: 20 * MINUTE,
		dark: { since: literalNow - 4 * HOUR, restoredAt: null },
		nextCountAt: literalNow + 9 * MINUTE,
		...rest,
	});

/** Its system came back a quarter of an hour ago: 12 of 70 forms are entered. */
export const catchupSite = (label: string, rest: Partial<SiteNow> = {}): SiteNow =>
	siteNow(label, {
		...unknown,
		mode: 'catchup',
		present: 46,
		byCode: counts(2, 8, 15, 16, 4, 1),
		boarding: 6,
		occupancy: 0.72,
		ageMs: 4 * MINUTE,
		dark: { since: literalNow - 7 * HOUR, restoredAt: literalNow - 15 * MINUTE },
		backEntry: { entered: 12, expected: 70, left: 58, isEstimate: false },
		...rest,
	});

const sumKnown = (all: readonly (number | null)[]): number | null => {
	const known = all.filter((one) => one !== null);
	return known.length === 0 ? null : known.reduce((a, b) => a + b, 0);
};

function sumSites(label: string, sites: readonly (readonly [string, SiteNow])[]): ErSum {
	const reporting = sites.filter(([, one]) => one.standing !== 'blind');
	const of = (name: 'present' | 'waiting' | 'inTreatment' | 'boarding' | 'overTarget' | 'arrivalsLastHour'): number | null =>
		sumKnown(reporting.map(([, one]) => one[name]));
	const told = (name: 'byCode' | 'waiting' | 'inTreatment' | 'boarding' | 'overTarget' | 'arrivalsLastHour'): number =>
		reporting.filter(([, one]) => one[name] !== null).length;
	const coded = reporting.map(([, one]) => one.byCode).filter((one) => one !== null);
	const [oldest] = [...reporting].sort(([, a], [, b]) => (b.ageMs ?? 0) - (a.ageMs ?? 0));
	return {
		label,
		present: of('present'),
		byCode: coded.length === 0 ? null : counts(...triageCodes.map((code) => coded.reduce((sum, one) => sum + one[code], 0))),
		waiting: of('waiting'),
		inTreatment: of('inTreatment'),
		boarding: of('boarding'),
		overTarget: of('overTarget'),
		arrivalsLastHour: of('arrivalsLastHour'),
		expectedLastHour: sumKnown(reporting.filter(([, one]) => one.arrivalsLastHour !== null).map(([, one]) => one.expectedLastHour)),
		reporting: reporting.length,
		sites: sites.length,
		counted: {
			byCode: told('byCode'),
			waiting: told('waiting'),
			inTreatment: told('inTreatment'),
			boarding: told('boarding'),
			overTarget: told('overTarget'),
			arrivalsLastHour: told('arrivalsLastHour'),
		},
		onPaper: sites.filter(([, one]) => one.mode === 'paper').length,
		oldest: oldest === undefined ? null : { site: oldest[0], ageMs: oldest[1].ageMs ?? 0 },
	};
}

export function erNow(sites: Readonly<Record<string, SiteNow>>, label = 'Lazio'): ErNow {
	const all = Object.entries(sites);
	const bodies = [...new Set(all.map(([, one]) => one.body).filter((one) => one !== null))];
	return {
		region: sumSites(label, all),
		bodies: Object.fromEntries(
			bodies.map((id) => [
				id,
				sumSites(
					id,
					all.filter(([, one]) => one.body === id),
				),
			]),
		),
		sites,
	};
}

/** The names on the wall's picture. */
export const lazioNames = [
	'San Camillo',
	'Umberto I',
	'Gemelli',
	'San Giovanni',
	'Tor Vergata',
	'Sant’Andrea',
	'S. Filippo Neri',
	'Pertini',
	'Casilino',
	'Vannini',
	'Sant’Eugenio',
	'Grassi Ostia',
	'Santo Spirito',
	'San Pietro',
	'Isola Tiberina',
	'Aurelia',
	'Campus',
	'B. Gesù Roma',
	'B. Gesù Palidoro',
	'Oftalmico',
	'CTO',
	'Regina Apost.',
	'Castelli',
	'Velletri',
	'Anzio',
	'Colleferro',
	'Palestrina',
	'Tivoli',
	'Monterotondo',
	'Subiaco',
	'Bracciano',
	'Civitavecchia',
	'Viterbo',
	'Tarquinia',
	'Civita Cast.',
	'Rieti',
	'Latina',
	'Formia',
	'Frosinone',
] as const;

export const idOf = (name: string): string =>
	name
		.normalize('NFD')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-|-$/g, '');

const spread = (count: number, minutes: number, from = 0): ByMinute => {
	const found: Record<string, number> = {};
	for (let i = 0; i < count; i += 1) {
		const minute = String(minuteNumber(literalNow - from) - Math.floor((i * minutes) / Math.max(1, count)));
		found[minute] = (found[minute] ?? 0) + 1;
	}
	return found;
};

/** `waits`: over how many minutes the waiting have come in, by code; the first of them waits for none. */
const waits: Readonly<Record<TriageCode, number>> = { '1': 1, '2': 19, '3': 52, '4': 145, '5': 180, none: 9 };
const shares: Readonly<Record<TriageCode, number>> = { '1': 0.02, '2': 0.17, '3': 0.3, '4': 0.38, '5': 0.09, none: 0.04 };

function byShares(many: number): ByCode {
	const found: Record<string, number> = {};
	let left = many;
	for (const code of triageCodes) {
		const here = Math.min(left, Math.round(many * shares[code]));
		if (here > 0) found[code] = here;
		left -= here;
	}
	if (left > 0) found['4'] = (found['4'] ?? 0) + left;
	return found;
}

/** Messages that began an hour ago; counted half an hour ago where `counted` says how many. */
export const filling = (present: number, counted?: number): Partial<SiteFacts> => {
	const at = literalNow - 30 * MINUTE;
	return {
		census: censusLiteral(present, { since: literalNow - HOUR, isFull: false }),
		count: counted === undefined ? null : { at, seen: at, byCode: byShares(counted), boarding: 0, forms: null, by: 'field/x' },
	};
};

/** A census of `present` of which four in ten wait, as many are treated, and the rest is observed or boards. */
export function censusLiteral(present: number, rest: Partial<CensusFacts> = {}): CensusFacts {
	const [waiting, boarding, observation] = [Math.round(present * 0.4), Math.round(present * 0.15), Math.round(present * 0.07)];
	const byCode = (many: number): ByCode => byShares(many);
	const minutes = (many: number, over: (code: TriageCode) => number): ByCodeAndMinute =>
		Object.fromEntries(Object.entries(byCode(many)).map(([code, count]) => [code, spread(count, over(code as TriageCode))]));
	const arrivals = Math.max(1, Math.round(present / 8));
	const hours = (many: number): ByMinute =>
		Object.fromEntries(
			Array.from({ length: 24 }, (_, i) => [String(Math.floor(literalNow / HOUR) - i), Math.max(0, Math.round(many * (1 + 0.5 * Math.sin(i / 4))))]),
		);
	return {
		heardAt: literalNow - 2000,
		heardSeen: literalNow - 1900,
		since: literalNow - 30 * 24 * HOUR,
		unheardMs: 0,
		isFull: true,
		waiting: minutes(waiting, (code) => waits[code]),
		treatment: byCode(present - waiting - boarding - observation),
		observation: byCode(observation),
		boarding: minutes(boarding, () => 320),
		arrivals: minutes(arrivals, () => 58),
		departures: minutes(arrivals, () => 58),
		arrivalsByHour: hours(arrivals),
		departuresByHour: hours(arrivals),
		lapsedByHour: {},
		unseenByHour: { [String(Math.floor(literalNow / HOUR) - 2)]: 2 },
		stays: { [String(Math.floor(literalNow / HOUR) - 1)]: { '12': 4, '19': 6, '40': 2 } },
		lastBed: [literalNow - 12 * MINUTE, 38 * MINUTE],
		...rest,
	};
}

/** Quarters of an hour of the last twelve hours, with an hour's gap in them. */
export function trendLiteral(present: number): SiteFacts['trend'] {
	const last = Math.floor(literalNow / 900_000);
	const found: Record<string, readonly number[]> = {};
	for (let i = 0; i < 48; i += 1) {
		if (i >= 17 && i < 21) continue;
		const here = byShares(Math.round(present * (1 - 0.35 * Math.sin(i / 14))));
		found[String(last - i)] = triageCodes.map((code) => here[code] ?? 0);
	}
	return found;
}

export const siteFacts = (label: string, present: number, spaces: number, rest: Partial<SiteFacts> = {}): SiteFacts => ({
	label,
	short: label,
	kind: 'DEA I',
	body: null,
	service: null,
	spaces,
	beds: 420,
	physicians: 6,
	staleAfterMs: 15 * MINUTE,
	fillsWithinMs: 24 * HOUR,
	paperEveryMs: 15 * MINUTE,
	paperStaleAfterMs: 20 * MINUTE,
	occupancy: { watch: 0.95, bad: 1.1 },
	neighbours: [],
	expected: Array.from({ length: 168 }, (_, hour) => Math.max(1, present / 9) * (1 + 0.5 * Math.sin((hour % 24) / 4))),
	expectedFrom: 'plan',
	census: censusLiteral(present),
	figures: {},
	count: null,
	counts: { count: 0, rows: {} },
	dark: null,
	backEntry: null,
	diversion: null,
	respirators: null,
	physiciansOnDuty: null,
	sources: ['adt'],
	trend: trendLiteral(present),
	...rest,
});

/** Who is present, of how many spaces, as on the wall's picture; the bodies are three and in the plan's order. */
const loads: readonly (readonly [present: number, share: number])[] = [
	[13, 0.74],
	[33, 0.76],
	[51, 1.02],
	[37, 0.76],
	[46, 0.93],
	[57, 1.11],
	[44, 0.63],
	[45, 0.73],
	[39, 1.05],
	[30, 0.7],
	[26, 0.58],
	[33, 0.69],
	[52, 1.12],
	[40, 1.04],
	[58, 0.83],
	[33, 1.02],
	[23, 0.99],
	[17, 0.42],
	[31, 0.88],
	[27, 0.6],
	[35, 0.79],
	[28, 0.98],
	[50, 1.12],
	[19, 0.62],
	[32, 0.79],
	[19, 0.98],
	[40, 0.6],
	[24, 0.55],
	[48, 1.11],
	[31, 0.68],
	[32, 0.88],
	[32, 0.53],
	[44, 0.69],
	[69, 1.13],
	[39, 0.9],
	[40, 1.13],
	[19, 0.42],
	[29, 0.99],
	[25, 0.67],
];
const bodyOf = (index: number): string => (index < 16 ? 'asl-roma-1' : index < 32 ? 'asl-roma-2' : 'asl-province');

export const lazioBodies = {
	'asl-roma-1': { label: 'ASL Roma 1', estateMoved: [0.65, literalNow - 86_400_000, literalNow - 86_400_000] as const },
	'asl-roma-2': { label: 'ASL Roma 2', estateMoved: [0.58, literalNow - 2 * 86_400_000, literalNow - 2 * 86_400_000] as const },
	'asl-province': { label: 'ASL delle province', estateMoved: null },
};

/** `change`: what is different of a site, by its place. */
export const lazioSites = (change: (index: number, name: string) => Partial<SiteFacts> = () => ({})): Readonly<Record<string, SiteFacts>> =>
	Object.fromEntries(
		lazioNames.map((name, index) => {
			const [present, share] = loads[index] ?? [20, 0.5];
			const site = siteFacts(`Pronto Soccorso ${name}`, present, Math.round(present / share), { short: name, body: bodyOf(index) });
			return [idOf(name), { ...site, ...change(index, name) }];
		}),
	);

/** Nobody has heard of it for 22 minutes. */
export const silentCensus = (present: number): Partial<SiteFacts> => ({
	census: censusLiteral(present, { heardAt: literalNow - 22 * MINUTE, heardSeen: literalNow - 22 * MINUTE }),
});

/** On paper since four hours, counted `agoMs` before. */
export const onPaper = (present: number, agoMs = 6 * MINUTE): Partial<SiteFacts> => {
	const byCode = byShares(present);
	const row = (at: number, by = 'ward'): NonNullable<SiteFacts['count']> => ({
		at,
		seen: at + 9000,
		byCode,
		boarding: 5,
		forms: 31,
		by: `field/${by}`,
	});
	const at = literalNow - agoMs;
	const since = literalNow - 4 * HOUR;
	// Every quarter of an hour but one.
	const rows = Object.fromEntries([0, 1, 3, 4, 5].map((i) => [String(9000 - i), row(at - i * 15 * MINUTE)]));
	return {
		census: censusLiteral(present, { heardAt: since, heardSeen: since }),
		dark: { since, restoredAt: null, caughtUpAt: null },
		count: row(at),
		counts: { count: 15, rows },
	};
};

/** Back for fifteen minutes: `entered` visits of the dark are in. */
export const catchingUp = (present: number, entered = 12, forms = 70): Partial<SiteFacts> => {
	const paper = onPaper(present, 18 * MINUTE);
	return {
		...paper,
		census: censusLiteral(present),
		count: paper.count == null ? null : { ...paper.count, forms },
		dark: { since: literalNow - 7 * HOUR, restoredAt: literalNow - 15 * MINUTE, caughtUpAt: null },
		backEntry: { entered, lastSeen: literalNow - 40_000 },
	};
};
