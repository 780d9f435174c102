// San Martino's night: how its archives are copied and verified, and who answers when. All quantities are invented.
import type { Knots } from './course.ts';
import type { Archive, Service } from './night.ts';

export const archives: readonly Archive[] = [
	{
		id: 'ps-database',
		source: 'replica-database',
		total: [[0, 600]],
		moved: [
			[0, 480],
			[60, 600],
		],
		verified: [
			[0, 300],
			[90, 600],
		],
		delta: {
			moved: [
				[0, 40],
				[34, 46],
				[60, 60],
			],
			pending: [
				[0, 12],
				[34, 14],
				[60, 0],
			],
		},
		lags: true,
	},
	{
		// Moved by 01:40, then the count of rows stands still from 01:55 to 02:35: stuck at 100 %.
		id: 'cartella-database',
		source: 'replica-database',
		total: [[0, 1800]],
		moved: [
			[0, 1200],
			[400, 1800],
		],
		verified: [
			[0, 600],
			[415, 1710],
			[455, 1710],
			[475, 1800],
		],
		delta: {
			moved: [
				[0, 110],
				[20, 116],
				[100, 149],
			],
			pending: [
				[0, 30],
				[20, 33],
				[100, 0],
			],
		},
		lags: true,
	},
	{
		// The ER writes until it stops, so the total grows until 19:40.
		id: 'immagini-ps',
		source: 'copia-immagini',
		total: [
			[0, 18_310],
			[40, 18_400],
		],
		moved: [
			[0, 10_975],
			[330, 18_400],
		],
		verified: [
			[0, 8000],
			[360, 17_600],
			[410, 18_400],
		],
		bytesAnItem: 46_000_000,
	},
	{
		id: 'cartella-documenti',
		source: 'copia-documenti',
		total: [[0, 9200]],
		moved: [
			[0, 5600],
			[300, 9200],
		],
		verified: [
			[0, 4000],
			[330, 9000],
			[345, 9200],
		],
		delta: {
			moved: [
				[0, 200],
				[20, 210],
				[200, 274],
			],
			pending: [
				[0, 60],
				[20, 64],
				[200, 0],
			],
		},
	},
	{
		// 150 MB/s as expected until 21:00, then 96 MB/s.
		id: 'ambulatori-referti',
		source: 'copia-ambulatori',
		total: [[0, 3600]],
		moved: [
			[0, 1195.2],
			[120, 2275.2],
			[350, 3600],
		],
		verified: [
			[0, 900],
			[360, 3300],
			[420, 3600],
		],
		bytesAnItem: 300_000,
		errors: [
			[140, 3],
			[165, 5],
			[231, 12],
		],
	},
	{
		id: 'ambulatori-immagini',
		source: 'copia-ambulatori',
		total: [[0, 6000]],
		moved: [
			[0, 3300],
			[300, 6000],
		],
		verified: [
			[0, 2500],
			[390, 6000],
		],
	},
];

/** The night is over at 05:00. */
const END = 600;

export const services: readonly Service[] = [
	{
		// Down from 03:20 to 03:24, after it had come back: nobody planned it.
		id: 'pronto-soccorso',
		answers: {
			Old: [[-1, 34]],
			New: [
				[425, 500],
				[504, END + 1],
			],
		},
		latencyMs: { Old: 180, New: 95 },
		writes: { from: 427, recordsAMinute: 0.8, bytesAMinute: 2_500_000 },
	},
	{
		id: 'cartella-clinica',
		answers: { Old: [[-1, 20]], New: [[525, END + 1]] },
		latencyMs: { Old: 240, New: 130 },
		writes: { from: 526, recordsAMinute: 6, bytesAMinute: 900_000 },
	},
	{
		id: 'ambulatori',
		answers: { Old: [[-1, 10]], New: [[550, END + 1]] },
		latencyMs: { Old: 310, New: 160 },
		writes: { from: 551, recordsAMinute: 0.4, bytesAMinute: 60_000 },
	},
];

export const probedBy = 'sonde';
export const sources = ['replica-database', 'copia-immagini', 'copia-documenti', 'copia-ambulatori', probedBy] as const;

/** From 23:05 to 23:27 the store of documents says nothing, and its copy goes on. */
export const silent: Readonly<Partial<Record<string, Knots>>> = { 'copia-documenti': [[245, 267]] };
