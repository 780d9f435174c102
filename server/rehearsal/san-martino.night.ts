// The night's script: invented quantities as courses, in GB and minutes after 19:00. Knows no rhythm and no chance.
import type { Mark } from '../../shared/mark.ts';
import type { Knots } from './course.ts';

export type Archive = {
	readonly id: string;
	readonly source: string;
	/** At every minute verified ≤ moved ≤ total, and all three end equal. */
	readonly total: Knots;
	readonly moved: Knots;
	readonly verified: Knots;
	readonly bytesAnItem?: number;
	/** What changed since the seed copy, apart from it. */
	readonly delta?: { readonly moved: Knots; readonly pending: Knots };
	readonly lags?: boolean;
	readonly errors?: Knots;
};

export type Service = {
	readonly id: string;
	readonly stopped: number;
	readonly restored: number;
	readonly blips: Knots;
	readonly latencyMs: { readonly Old: number; readonly New: number };
};

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

export const services: readonly Service[] = [
	{ id: 'pronto-soccorso', stopped: 34, restored: 425, blips: [[500, 504]], latencyMs: { Old: 180, New: 95 } },
	{ id: 'cartella-clinica', stopped: 20, restored: 525, blips: [], latencyMs: { Old: 240, New: 130 } },
	{ id: 'ambulatori', stopped: 10, restored: 550, blips: [], latencyMs: { Old: 310, New: 160 } },
];

export const probedBy = 'sonde';
export const sourceOrder = ['replica-database', 'copia-immagini', 'copia-documenti', 'copia-ambulatori', probedBy] as const;

/** Spans [from, to) in which a source says nothing while its work goes on. */
export const silent: Readonly<Partial<Record<string, Knots>>> = { 'copia-documenti': [[245, 267]] };

const reached = (phase: string): Mark => ({ kind: 'phase', phase, state: 'reached' });
const service = (id: string, state: 'stopped' | 'restored'): Mark => ({ kind: 'service', service: id, state });
const note = (subject: string, text: string): Mark => ({ kind: 'note', subject, text });

export const marks: readonly (readonly [minute: number, mark: Mark])[] = [
	[0, reached('fermo')],
	[10, service('ambulatori', 'stopped')],
	[20, service('cartella-clinica', 'stopped')],
	[32, reached('copia')],
	[34, service('pronto-soccorso', 'stopped')],
	[145, note('archive/ambulatori-referti', 'Copia a 96 MB/s invece di 150: il fornitore C cerca la causa')],
	[249, note('source/copia-documenti', 'Non risponde: chiamato il fornitore B')],
	[268, note('source/copia-documenti', 'Di nuovo in linea, la copia non si era fermata')],
	[340, reached('verifica')],
	[422, reached('riavvio-ps')],
	[425, service('pronto-soccorso', 'restored')],
	[433, note('archive/cartella-database', 'Copia al 100 % ma il conteggio delle righe è fermo')],
	[457, note('archive/cartella-database', 'Il conteggio è ripartito')],
	[502, note('service/pronto-soccorso', 'Non risponde dalle 03:20, si verifica il bilanciatore')],
	[525, service('cartella-clinica', 'restored')],
	[550, service('ambulatori', 'restored')],
	[575, reached('chiusura')],
];
