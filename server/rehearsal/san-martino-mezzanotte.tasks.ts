// When tasks begin and end on the night that is over at midnight: until the Pronto Soccorso stops as on San Martino's night, then about
// twice as fast; what hangs on archives, gates and the switch is given in full. Invented.
import type { TaskTimes } from './night.ts';
import { times as unhurried } from './san-martino.tasks.ts';

const FAST_FROM = 34;
/** From 04:35 to midnight. */
const PACE = (300 - FAST_FROM) / (575 - FAST_FROM);
const STEPS_A_MINUTE = 4;

/** To the 15 s at which something is due. */
const hurried = (minute: number): number =>
	minute <= FAST_FROM ? minute : Math.round((FAST_FROM + (minute - FAST_FROM) * PACE) * STEPS_A_MINUTE) / STEPS_A_MINUTE;

const given: TaskTimes = {
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
	'rete-accessi': [44, 60],
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

export const times: TaskTimes = {
	...Object.fromEntries(Object.entries(unhurried).map(([id, [start, end]]) => [id, [hurried(start), end === null ? null : hurried(end)] as const])),
	...given,
};
