// San Martino's night worked by hand: what the board must show at named minutes. Imports nothing; the scenario's inputs are
// repeated here as starting points and speeds, not as the scenario holds them. Run it with node to read the table.

const GB = 1e9;
const MINUTE_MS = 60_000;
/** 19:00 in Genoa, in summer time. */
const WINDOW_START = Date.UTC(2025, 9, 21, 17, 0);

/**
 * A figure is up to 15 s of rhythm, 2 s of looking and 20 s of sway old or early: at the night's fastest (1.0 GB/s in all, both for
 * moved and for verified) that is under 40 GB. The same in the other direction, so ± 0.04 TB.
 */
const SUM_TOLERANCE = 40 * GB;

/** GB at 19:00, then stretches of [GB a minute, until minute]; afterwards it stands still. */
type Leg = readonly [gbAMinute: number, untilMinute: number];
type Way = { readonly from: number; readonly legs: readonly Leg[] };
const way = (from: number, ...legs: Leg[]): Way => ({ from, legs });

function gbAt({ from, legs }: Way, minute: number): number {
	let sum = from;
	let begun = 0;
	for (const [speed, until] of legs) {
		sum += speed * Math.max(0, Math.min(minute, until) - begun);
		begun = until;
	}
	return sum;
}

const total: Readonly<Record<string, Way>> = {
	'ps-database': way(600),
	'cartella-database': way(1800),
	// 90 GB more are written until 19:40.
	'immagini-ps': way(18_310, [2.25, 40]),
	'cartella-documenti': way(9200),
	'ambulatori-referti': way(3600),
	'ambulatori-immagini': way(6000),
};

const moved: Readonly<Record<string, Way>> = {
	'ps-database': way(480, [2, 60]), // 33 MB/s until 20:00
	'cartella-database': way(1200, [1.5, 400]), // 25 MB/s until 01:40
	'immagini-ps': way(10_975, [22.5, 330]), // 375 MB/s until 00:30
	'cartella-documenti': way(5600, [12, 300]), // 200 MB/s until 00:00
	'ambulatori-referti': way(1195.2, [9, 120], [5.76, 350]), // 150 MB/s, from 21:00 on 96 MB/s, until 00:50
	'ambulatori-immagini': way(3300, [9, 300]), // 150 MB/s until 00:00
};

const verified: Readonly<Record<string, Way>> = {
	'ps-database': way(300, [300 / 90, 90]),
	'cartella-database': way(600, [1110 / 415, 415], [0, 455], [4.5, 475]),
	'immagini-ps': way(8000, [9600 / 360, 360], [16, 410]),
	'cartella-documenti': way(4000, [5000 / 330, 330], [200 / 15, 345]),
	'ambulatori-referti': way(900, [2400 / 360, 360], [5, 420]),
	'ambulatori-immagini': way(2500, [3500 / 390, 390]),
};

/** The store of documents says nothing from 23:05 to 23:27; its last words are those of 23:04:45. */
const SILENT = { archive: 'cartella-documenti', source: 'copia-documenti', from: 245, to: 267, lastWord: 244.75 };
/** Errors on the reports: from 21:20 on they are to be watched, until all is verified at 02:00. */
const REFERTI_ERRORS = { from: 140, to: 420 };
/** The count of the record's rows stands still from 01:55: to be watched after 5 minutes, bad after 15. */
const STUCK = { archive: 'cartella-database', from: 415, to: 455, watchAfter: 5, badAfter: 15 };

export type HandStanding = 'good' | 'watch' | 'bad' | 'blind';
export type HandSide = 'old' | 'new' | 'none';
export type HandMinute = {
	/** Time of day in Genoa. */
	readonly clock: string;
	/** ms UTC; a due instant. */
	readonly at: number;
	readonly phase: string;
	readonly tolerance: number;
	readonly sums: { readonly total: number; readonly moved: number; readonly verified: number };
	readonly moved: Readonly<Record<string, number>>;
	readonly standings: Readonly<Record<string, HandStanding>>;
	/** Why an archive is not good: closed words of the board. */
	readonly reasons: Readonly<Record<string, string>>;
	readonly done: readonly string[];
	readonly totalGrowing: boolean;
	readonly blindSources: readonly string[];
	readonly sides: Readonly<Record<string, HandSide>>;
};

const ids = Object.keys(total);

/** [minute it stopped on the old side, minute it answered on the new one] */
const services: Readonly<Record<string, readonly [stopped: number, restored: number]>> = {
	'pronto-soccorso': [34, 425],
	'cartella-clinica': [20, 525],
	ambulatori: [10, 550],
};
/** 03:20–03:24, after it had come back: nobody planned it. */
const ER_BLIP = [500, 504] as const;

function sideAt(id: string, minute: number): HandSide {
	const [stopped, restored] = services[id] ?? [0, 0];
	if (minute < stopped) return 'old';
	if (minute < restored) return 'none';
	return id === 'pronto-soccorso' && minute >= ER_BLIP[0] && minute < ER_BLIP[1] ? 'none' : 'new';
}

const isSilent = (id: string, minute: number): boolean => id === SILENT.archive && minute >= SILENT.from && minute < SILENT.to;
const isDone = (id: string, minute: number): boolean => {
	const way = verified[id];
	const finish = way?.legs.at(-1)?.[1] ?? 0;
	return minute > finish;
};

function reasonAt(id: string, minute: number): readonly [HandStanding, string | null] {
	if (isSilent(id, minute)) return ['blind', 'silent'];
	if (isDone(id, minute)) return ['good', null];
	if (id === STUCK.archive && minute >= STUCK.from && minute < STUCK.to) {
		const still = minute - STUCK.from;
		if (still > STUCK.badAfter) return ['bad', 'stuck-at-100'];
		if (still > STUCK.watchAfter) return ['watch', 'stuck-at-100'];
	}
	if (id === 'ambulatori-referti' && minute >= REFERTI_ERRORS.from && minute < REFERTI_ERRORS.to) return ['watch', 'errors'];
	return ['good', null];
}

const named = [
	['19:30', 30, 'fermo'],
	['21:00', 120, 'copia'],
	['21:45', 165, 'copia'],
	['23:15', 255, 'copia'],
	['23:30', 270, 'copia'],
	['01:00', 360, 'verifica'],
	['02:13', 433, 'riavvio-ps'],
	['03:22', 502, 'riavvio-ps'],
	['04:00', 540, 'riavvio-ps'],
	['05:00', 600, 'chiusura'],
] as const;

function workOut([clock, minute, phase]: (typeof named)[number]): HandMinute {
	const bytes = (ways: Readonly<Record<string, Way>>, id: string): number => {
		const heard = isSilent(id, minute) ? SILENT.lastWord : minute;
		const course = ways[id];
		return course ? gbAt(course, heard) * GB : 0;
	};
	const sum = (ways: Readonly<Record<string, Way>>): number => ids.reduce((all, id) => all + bytes(ways, id), 0);
	const judged = ids.map((id) => [id, ...reasonAt(id, minute)] as const);
	return {
		clock,
		at: WINDOW_START + minute * MINUTE_MS,
		phase,
		// Once every archive has come to its end, nothing is left to be early or late.
		tolerance: minute > 475 ? 0 : SUM_TOLERANCE,
		sums: { total: sum(total), moved: sum(moved), verified: sum(verified) },
		moved: Object.fromEntries(ids.map((id) => [id, bytes(moved, id)])),
		standings: Object.fromEntries(judged.map(([id, standing]) => [id, standing])),
		reasons: Object.fromEntries(judged.flatMap(([id, , reason]) => (reason === null ? [] : [[id, reason]]))),
		done: ids.filter((id) => isDone(id, minute) && !isSilent(id, minute)),
		totalGrowing: minute <= 45,
		blindSources: minute >= SILENT.from && minute < SILENT.to ? [SILENT.source] : [],
		sides: Object.fromEntries(Object.keys(services).map((id) => [id, sideAt(id, minute)])),
	};
}

export const sanMartinoByHand: readonly HandMinute[] = named.map(workOut);

/** Downtime at 05:00, in minutes; a probe every 15 s sees each edge up to 17 s late. */
export const downtimeByHand: Readonly<Record<string, { planned: number; overrun: number; unplanned: number }>> = {
	// 19:34–02:05 inside its planned span, then the four minutes from 03:20.
	'pronto-soccorso': { planned: 391, overrun: 0, unplanned: 4 },
	// 19:20–03:30 as planned, back at 03:45.
	'cartella-clinica': { planned: 490, overrun: 15, unplanned: 0 },
	// 19:10–04:10, before its planned end.
	ambulatori: { planned: 540, overrun: 0, unplanned: 0 },
};
export const DOWNTIME_TOLERANCE_MS = 40_000;

/** Whole of the night, so that a slip in the inputs above is seen. */
export const finalTotalByHand = 39_600 * GB;
export const marksByHand = 17;

if (import.meta.main) {
	for (const { clock, phase, sums, standings, sides } of sanMartinoByHand) {
		const tb = (value: number): string => (value / 1e12).toFixed(3);
		console.log(
			clock,
			phase,
			`moved ${tb(sums.moved)} verified ${tb(sums.verified)} of ${tb(sums.total)} TB`,
			JSON.stringify({ ...standings, ...sides }),
		);
	}
}
