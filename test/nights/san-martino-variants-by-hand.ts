// The other three San Martino nights worked by hand: over at midnight, turned back at 02:35, and on the night the clocks change.
// Imports only the arithmetic and the first night's inputs.
import { type HandMinute, type HandNight, type HandTask, SUM_TOLERANCE, type TaskRow, taskOf, way, workOut } from './by-hand.ts';
import { moved, sanMartinoNight, verified } from './san-martino-by-hand.ts';
import { rows, wayBackIds } from './san-martino-by-hand-tasks.ts';

/** Over at midnight: from 19:34 on what took until 04:35 takes until 00:00, to the next quarter of a minute; what is listed is as listed. */
const asListed: Readonly<Record<string, readonly [begun: number, ended: number]>> = {
	'copia-ps-database': [0, 92],
	'copia-immagini-ps': [0, 172],
	'copia-cartella-database': [0, 202],
	'copia-cartella-documenti': [0, 162],
	'copia-ambulatori-referti': [0, 207],
	'copia-ambulatori-immagini': [0, 197],
	'ps-ultime-variazioni': [35, 61],
	'ps-indici': [93, 110],
	'ps-statistiche': [110, 118],
	'ps-prova-lettura': [118, 127],
	'cce-ultime-variazioni': [58, 102],
	'cce-partizioni': [103, 130],
	'com-ore-22': [180, 184],
	'gov-turno': [240, 250],
	'varco-copia': [137, 145],
	'ver-visite-aperte': [150, 170],
	'ver-livello-3': [150, 171],
	'ver-cartelle': [150, 180],
	'ver-agende': [150, 182],
	'ver-firme': [163, 176],
	'ver-verbale': [172, 175],
	'psr-scritture-ferme': [180, 182],
	'psr-controllo-variazioni': [182, 185],
	'psr-indirizzi': [185, 189],
	'psr-avvio': [189, 192],
	'psr-prima-transazione': [192, 194],
	'varco-riavvio-ps': [195, 199],
	'psr-apertura': [199, 202],
	'com-ps-riaperto': [202, 206],
	'psr-rientro-carta': [207, 262],
	'ccr-conteggio': [203, 210],
	'ccr-avvio': [210, 230],
	'ccr-prova': [230, 238],
	'ccr-apertura': [238, 240],
	'amr-avvio': [230, 252],
	'amr-prova': [252, 259],
	'amr-apertura': [259, 261],
	'fin-quadratura': [261, 272],
	'fin-presidio': [261, 273],
	'varco-chiusura': [273, 292],
	'fin-vecchia-sede': [292, 296],
	'com-fine': [292, 300],
};
const pace = (300 - 34) / (575 - 34);
const hurried = (minute: number): number => (minute <= 34 ? minute : Math.round(4 * (34 + (minute - 34) * pace)) / 4);
const fastTasks: readonly HandTask[] = [
	...rows
		.filter(([id]) => id !== 'com-ore-00')
		.map(([id, start, duration, begun, ended]): HandTask => {
			const [from, to] = asListed[id] ?? [hurried(begun), hurried(ended)];
			return taskOf([id, start, duration, from, to] satisfies TaskRow);
		}),
	{ id: 'com-ore-00', planned: [300, 5], went: [[298, 'skipped']] },
	taskOf(['rete-accessi', 53, 20, 44, 60]),
	taskOf(['ps-stampanti', 136, 40, hurried(134), hurried(172)]),
];

const { silent: _silent, errors: _errors, stuck: _stuck, ...calm } = sanMartinoNight;

export const midnight: HandNight = {
	...calm,
	dark: { ...calm.dark, to: 222 },
	moved: {
		...moved,
		'cartella-database': way(1200, [600 / 180, 180]),
		'immagini-ps': way(10_975, [7425 / 150, 150]),
		'cartella-documenti': way(5600, [3600 / 140, 140]),
		'ambulatori-referti': way(1195.2, [2404.8 / 190, 190]),
		'ambulatori-immagini': way(3300, [2700 / 180, 180]),
	},
	verified: {
		...verified,
		'cartella-database': way(600, [1200 / 200, 200]),
		'immagini-ps': way(8000, [10_400 / 170, 170]),
		'cartella-documenti': way(4000, [5200 / 160, 160]),
		'ambulatori-referti': way(900, [2700 / 205, 205]),
		'ambulatori-immagini': way(2500, [3500 / 195, 195]),
	},
	stillFrom: 205,
	// 1.8 GB/s in all.
	tolerance: 2 * SUM_TOLERANCE,
	sides: {
		'pronto-soccorso': [
			[0, 'old'],
			[34, 'none'],
			[192, 'new'],
		],
		'cartella-clinica': [
			[0, 'old'],
			[20, 'none'],
			[229, 'new'],
		],
		ambulatori: [
			[0, 'old'],
			[10, 'none'],
			[251, 'new'],
		],
	},
	phases: [
		[0, 'fermo'],
		[32, 'copia'],
		[150, 'verifica'],
		[189, 'riavvio-ps'],
		[300, 'chiusura'],
	],
	tasks: fastTasks,
	gates: {
		fermo: [
			[30, 'go'],
			[31.5, 'closed'],
		],
		copia: [
			[142, 'go'],
			[145, 'closed'],
		],
		'riavvio-ps': [
			[197, 'go'],
			[199, 'closed'],
		],
		chiusura: [
			[286, 'go'],
			[292, 'closed'],
		],
	},
	fallen: null,
	silentTeams: [],
	brokenPromises: [],
	frozen: [180, 194],
	price: [
		{ label: 'Registrazioni del Pronto Soccorso', aMinute: 0.8, told: 192, from: 194, to: 600, pauses: [] },
		{ label: 'Voci della Cartella', aMinute: 6, told: 229, from: 239, to: 600, pauses: [] },
		{ label: 'Prenotazioni degli Ambulatori', aMinute: 0.4, told: 251, from: 260, to: 600, pauses: [] },
	],
};

/** Turned back at 02:35: what had begun by then stays as it was, and what had ended. */
const TURNED = 455;
const cut = (one: HandTask): HandTask => ({ ...one, went: one.went.filter(([minute]) => minute < TURNED) });
const stepsBack: Readonly<Record<(typeof wayBackIds)[number], readonly [begun: number, ended: number]>> = {
	'rit-stop': [456, 460],
	'rit-avviso': [456, 461],
	'rit-ps-database': [460, 474],
	'rit-cartella-database': [460, 477],
	'rit-indirizzi': [474, 483],
	'rit-avvio-ps': [483, 494],
	'rit-avvio-cartella': [494, 508],
	'rit-avvio-ambulatori': [508, 518],
};

export const turnedBack: HandNight = {
	...sanMartinoNight,
	dark: { ...sanMartinoNight.dark, to: 505 },
	// 90 GB stand still from 01:55 to 02:20, then go on at half a GB a minute.
	verified: { ...verified, 'cartella-database': way(600, [1110 / 415, 415], [0, 440], [90 / 180, 620]) },
	stuck: { archive: 'cartella-database', from: 415, to: 440, watchAfter: 5, badAfter: 15 },
	stillFrom: 620,
	sides: {
		'pronto-soccorso': [
			[0, 'old'],
			[34, 'none'],
			[425, 'new'],
			[458, 'none'],
			[492, 'old'],
		],
		'cartella-clinica': [
			[0, 'old'],
			[20, 'none'],
			[506, 'old'],
		],
		ambulatori: [
			[0, 'old'],
			[10, 'none'],
			[516, 'old'],
		],
	},
	phases: [...sanMartinoNight.phases.filter(([minute]) => minute < TURNED), [540, 'chiusura']],
	tasks: sanMartinoNight.tasks.map(cut),
	wayBack: wayBackIds.map((id) => ({
		id,
		planned: null,
		went: [
			[stepsBack[id][0], 'running'],
			[stepsBack[id][1], 'done'],
		],
	})),
	turned: TURNED,
	// Nobody voted on the closing; at 05:00 its time runs out.
	gates: { ...sanMartinoNight.gates, chiusura: [[600, 'closed']] },
	price: sanMartinoNight.price.slice(0, 2).map((one) => ({ ...one, to: 458 - 0.25, pauses: [] })),
};

/** The first night four days later: 19:00 on 25 October is 17:00 UTC too, and ten hours on it is 04:00, for 02:00–03:00 comes twice. */
export const clocksChange: HandNight = { ...sanMartinoNight, windowStart: Date.UTC(2025, 9, 25, 17, 0) };

const at = (night: HandNight, named: readonly (readonly [clock: string, minute: number])[]): readonly HandMinute[] =>
	named.map(([clock, minute]) => workOut(night, clock, minute));

export const variantsByHand: Readonly<Record<string, { readonly night: HandNight; readonly minutes: readonly HandMinute[] }>> = {
	'san-martino-mezzanotte': {
		night: midnight,
		minutes: at(midnight, [
			['19:30', 30],
			['20:30', 90],
			['21:23', 143],
			['22:10', 190],
			['22:18', 198],
			['22:50', 230],
			['23:47', 287],
			['00:01', 301],
		]),
	},
	'san-martino-ritorno': {
		night: turnedBack,
		minutes: at(turnedBack, [
			['23:30', 270],
			['02:13', 433],
			['02:32', 452],
			['02:36', 456],
			['02:50', 470],
			['03:05', 485],
			['03:20', 500],
			['03:40', 520],
			['05:00', 600],
		]),
	},
	'san-martino-ora-legale': {
		night: clocksChange,
		minutes: at(clocksChange, [
			['19:30', 30],
			['23:15', 255],
			['02:45', 465],
			['02:59', 479],
			// 03:00 was 02:00: from here on an hour earlier on the clock than on the other nights.
			['02:22', 502],
			['02:40', 520],
			['03:00', 540],
			['03:30', 570],
			['04:00', 600],
		]),
	},
};
