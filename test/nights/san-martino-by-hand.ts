// San Martino's night worked by hand: what the board must show at named minutes. Imports only the arithmetic; the scenario's inputs
// are repeated here as starting points and speeds, not as the scenario holds them. Run it with node to read the table.
import { type ChainLink, chainEnd, GB, type HandMinute, type HandNight, SUM_TOLERANCE, type Way, way, workOut } from './by-hand.ts';
import { tasks, wayBackNotTaken } from './san-martino-by-hand-tasks.ts';

/** 19:00 in Genoa, in summer time. */
const WINDOW_START = Date.UTC(2025, 9, 21, 17, 0);

export const total: Readonly<Record<string, Way>> = {
	'ps-database': way(600),
	'cartella-database': way(1800),
	// 90 GB more are written until 19:40.
	'immagini-ps': way(18_310, [2.25, 40]),
	'cartella-documenti': way(9200),
	'ambulatori-referti': way(3600),
	'ambulatori-immagini': way(6000),
};

export const moved: Readonly<Record<string, Way>> = {
	'ps-database': way(480, [2, 60]), // 33 MB/s until 20:00
	'cartella-database': way(1200, [1.5, 400]), // 25 MB/s until 01:40
	'immagini-ps': way(10_975, [22.5, 330]), // 375 MB/s until 00:30
	'cartella-documenti': way(5600, [12, 300]), // 200 MB/s until 00:00
	'ambulatori-referti': way(1195.2, [9, 120], [5.76, 350]), // 150 MB/s, from 21:00 on 96 MB/s, until 00:50
	'ambulatori-immagini': way(3300, [9, 300]), // 150 MB/s until 00:00
};

export const verified: Readonly<Record<string, Way>> = {
	'ps-database': way(300, [300 / 90, 90]),
	'cartella-database': way(600, [1110 / 415, 415], [0, 455], [4.5, 475]),
	'immagini-ps': way(8000, [9600 / 360, 360], [16, 410]),
	'cartella-documenti': way(4000, [5000 / 330, 330], [200 / 15, 345]),
	'ambulatori-referti': way(900, [2400 / 360, 360], [5, 420]),
	'ambulatori-immagini': way(2500, [3500 / 390, 390]),
};

export const sanMartinoNight: HandNight = {
	windowStart: WINDOW_START,
	windowMinutes: 600,
	total,
	moved,
	verified,
	stillFrom: 475,
	totalGrowsUntil: 40,
	tolerance: SUM_TOLERANCE,
	/** The store of documents says nothing from 23:05 to 23:27; its last words are those of 23:04:45. */
	silent: { archive: 'cartella-documenti', source: 'copia-documenti', from: 245, to: 267, lastWord: 244.75 },
	/** Its system is dark from 19:40 to 02:35; the last message is of 19:39, and a quarter of an hour later it is old. */
	dark: { source: 'ps-messaggi', from: 54.25, to: 455 },
	/** Errors on the reports: from 21:20 on they are to be watched, until all is verified at 02:00. */
	errors: { archive: 'ambulatori-referti', from: 140, to: 420 },
	/** The count of the record's rows stands still from 01:55: to be watched after 5 minutes, bad after 15. */
	stuck: { archive: 'cartella-database', from: 415, to: 455, watchAfter: 5, badAfter: 15 },
	sides: {
		// 03:20–03:24, after it had come back: nobody planned it.
		'pronto-soccorso': [
			[0, 'old'],
			[34, 'none'],
			[425, 'new'],
			[500, 'none'],
			[504, 'new'],
		],
		'cartella-clinica': [
			[0, 'old'],
			[20, 'none'],
			[525, 'new'],
		],
		ambulatori: [
			[0, 'old'],
			[10, 'none'],
			[550, 'new'],
		],
	},
	phases: [
		[0, 'fermo'],
		[32, 'copia'],
		[340, 'verifica'],
		[422, 'riavvio-ps'],
		[575, 'chiusura'],
	],
	tasks,
	wayBack: wayBackNotTaken,
	turned: null,
	gates: {
		// Votes at 19:29, 19:29:30 and 19:30; passed at 19:31:30.
		fermo: [
			[30, 'go'],
			[31.5, 'closed'],
		],
		// Three of four by 23:02. The documents' last word of 23:04:45 is old at 23:05:45, so at 23:06 it has fallen; a hold at 23:30, go at 23:34.
		copia: [
			[242, 'go'],
			[246, 'waiting'],
			[270, 'hold'],
			[274, 'go'],
			[276, 'closed'],
		],
		'riavvio-ps': [
			[429, 'hold'],
			[431, 'go'],
			[432, 'closed'],
		],
		chiusura: [
			[569, 'go'],
			[571, 'closed'],
		],
	},
	fallen: { gate: 'copia', at: 246, by: 'documenti' },
	// Vendor D reports at 20:38 and then not before it begins its index at 22:01: to be called from 21:23 on (45 minutes).
	silentTeams: [['fornitore-d', 98 + 45, 181]],
	// Vendor C promised 00:50 at 21:58; only at 01:18 did it promise 02:05 instead, and kept it (02:02).
	brokenPromises: [['fornitore-c', 350, 378]],
	frozen: [415, 427],
	rollback: { rollback: 80, validation: 20, margin: 22 },
	price: [
		// 48 an hour from 02:07 on, but for the four minutes from 03:20.
		{ label: 'Registrazioni del Pronto Soccorso', aMinute: 0.8, told: 425, from: 427, to: 600, pauses: [[500, 504]] },
		{ label: 'Scritti dal Pronto Soccorso', aMinute: 2_500_000, told: 425, from: 427, to: 600, pauses: [[500, 504]] },
		{ label: 'Voci della Cartella', aMinute: 6, told: 525, from: 526, to: 600, pauses: [] },
		{ label: 'Prenotazioni degli Ambulatori', aMinute: 0.4, told: 550, from: 551, to: 600, pauses: [] },
	],
};

export const named = [
	['19:05', 5],
	['19:30', 30],
	['19:33', 33],
	['20:30', 90],
	['21:00', 120],
	['21:31', 151],
	['21:45', 165],
	['23:03', 243],
	['23:15', 255],
	['23:30', 270],
	['23:37', 277],
	['01:00', 360],
	['01:56', 416],
	['02:13', 433],
	['02:45', 465],
	['02:59', 479],
	['03:22', 502],
	['04:00', 540],
	['04:30', 570],
	['05:00', 600],
] as const;

export const sanMartinoByHand: readonly HandMinute[] = named.map(([clock, minute]) => workOut(sanMartinoNight, clock, minute));

/** The night's last task ended at 04:35. */
export const FINISH_MINUTE = 575;

/** What hangs on the record's database, once it is whole: by the rehearsals' p50 and p90. */
const afterCartella: readonly ChainLink[] = [
	['rows of the record counted again', 12, 18],
	['record started on the new side', 22, 32],
	['outpatients started on the new side', 16, 24],
	['outpatients tried', 9, 14],
	['outpatients opened', 2, 4],
	['final count', 10, 16],
	['closing gate', 6, 10],
	['word of the end', 4, 7],
];
/** Planned by the rehearsals to be whole at 02:08 (p50) or 02:46 (p90) after 19:00; at tonight's speed it would be at 02:31. */
const cartellaCopied = (minute: number): ChainLink => ['database of the record copied and counted', 428 - minute, 466 - minute];
/** 20 of these 22 minutes had gone at 04:00 when it was still under way: 0, or what is left by p90. */

/** At some of the named minutes, the bounds of the finish's p50: the chain that it hangs on, by hand. */
export const finishBounds: Readonly<Record<string, readonly [least: number, most: number]>> = {
	'19:05': chainEnd(5, [cartellaCopied(5), ...afterCartella]),
	'20:30': chainEnd(90, [cartellaCopied(90), ...afterCartella]),
	'21:00': chainEnd(120, [cartellaCopied(120), ...afterCartella]),
	'23:15': chainEnd(255, [cartellaCopied(255), ...afterCartella]),
	// The count is under way since one minute (11 or 17 left).
	'02:59': chainEnd(479, [['rows of the record counted again', 12 - 1, 18 - 1], ...afterCartella.slice(1)]),
	// The record's start is under way since twelve minutes.
	'03:22': chainEnd(502, [['record started on the new side', 22 - 12, 32 - 12], ...afterCartella.slice(2)]),
	// The outpatients' start has already taken 27 minutes where 16 to 24 were rehearsed: it may end now, or take as long as p90 once more.
	'04:00': chainEnd(540, [['outpatients started on the new side', 0, 24], ...afterCartella.slice(3)]),
	// The gate has been under way for seven minutes; from 0 to what p90 leaves.
	'04:30': chainEnd(570, [['closing gate', 0, 10 - 7], ...afterCartella.slice(7)]),
};

/** Downtime at 05:00, in minutes; a probe every 15 s sees each edge up to 17 s late. */
export const downtimeByHand: Readonly<Record<string, { planned: number; overrun: number; unplanned: number }>> = {
	// 19:34–02:05 inside its planned span, then the four minutes from 03:20.
	'pronto-soccorso': { planned: 391, overrun: 0, unplanned: 4 },
	// 19:20–03:30 as planned, back at 03:45.
	'cartella-clinica': { planned: 490, overrun: 15, unplanned: 0 },
	// 19:10–04:10, before its planned end.
	ambulatori: { planned: 540, overrun: 0, unplanned: 0 },
};

/**
 * 84 tasks begun and ended, one skipped, one with five marks; phases; services stopped and restored; votes; notes; promises; writes; calls.
 * Of the emergency room: counted at 19:28, every quarter of an hour from 19:40 to 02:25 but for one, and at 02:35; on paper, off it, all
 * entered; what only the ward knows; taking no more ambulances and taking them again.
 */
export const marksByHand = 84 * 2 + 1 + 5 + 5 + 2 * 3 + (3 + 4 + 5 + 5 + 5) + 7 + 2 + 2 + (15 + 6 * 14 - 2) + (1 + 27 + 1) + 3 + 1 + 2;

/** Whole of the night, so that a slip in the inputs above is seen. */
export const finalTotalByHand = 39_600 * GB;

if (import.meta.main) {
	const tb = (value: number): string => (value / 1e12).toFixed(3);
	for (const { clock, phase, sums, runbook, gates, rollback, price, standings, sides } of sanMartinoByHand) {
		const { total: tasksInAll, done, running, late } = runbook;
		console.log(
			`${clock} ${phase}: moved ${tb(sums.moved)} verified ${tb(sums.verified)} of ${tb(sums.total)} TB; ${done} of ${tasksInAll} done, ${running} running, ${late} late;`,
			`${rollback.remainingMs / 60_000} min to go back;`,
			JSON.stringify({ ...gates, ...price, ...standings, ...sides }),
		);
	}
}
