// Lazio's thirty-nine emergency rooms. That there are so many, and 110,000 visits a month in all, is published; every load, space and bed is invented.

export type LazioSite = {
	readonly id: string;
	readonly short: string;
	readonly body: string;
	/** Visits a month, of 110,000. */
	readonly load: number;
	/** Who sends its messages; null: a feed of counts. */
	readonly source: string | null;
};

type Row = readonly [id: string, short: string, body: string, weight: number];

const romeCentre: readonly Row[] = [
	['umberto-i', 'Umberto I', 'umberto-i', 58],
	['san-giovanni', 'San Giovanni', 'san-giovanni', 42],
	['santo-spirito', 'Santo Spirito', 'asl-roma-1', 33],
	['san-filippo-neri', 'S. Filippo Neri', 'asl-roma-1', 32],
	['oftalmico', 'Oftalmico', 'asl-roma-1', 26],
	['sant-andrea', 'Sant’Andrea', 'sant-andrea', 40],
	['aurelia', 'Aurelia', 'asl-roma-1', 27],
];
const romeSouth: readonly Row[] = [
	['san-camillo', 'San Camillo', 'san-camillo', 55],
	['sant-eugenio', 'Sant’Eugenio', 'asl-roma-2', 39],
	['cto', 'CTO', 'asl-roma-2', 22],
	['grassi', 'Grassi Ostia', 'asl-roma-3', 36],
	['san-pietro', 'San Pietro', 'asl-roma-1', 34],
];
const romeEast: readonly Row[] = [
	['tor-vergata', 'Tor Vergata', 'tor-vergata', 44],
	['casilino', 'Casilino', 'asl-roma-2', 48],
	['pertini', 'Pertini', 'asl-roma-2', 46],
	['vannini', 'Vannini', 'asl-roma-2', 29],
	['tivoli', 'Tivoli', 'asl-roma-5', 25],
	['palestrina', 'Palestrina', 'asl-roma-5', 19],
	['colleferro', 'Colleferro', 'asl-roma-5', 18],
	['monterotondo', 'Monterotondo', 'asl-roma-5', 14],
	['subiaco', 'Subiaco', 'asl-roma-5', 9],
];
const castles: readonly Row[] = [
	['castelli', 'Castelli', 'asl-roma-6', 36],
	['velletri', 'Velletri', 'asl-roma-6', 20],
	['anzio', 'Anzio', 'asl-roma-6', 26],
	['regina-apostolorum', 'Regina Apost.', 'asl-roma-6', 20],
];
const north: readonly Row[] = [
	['viterbo', 'Viterbo', 'asl-viterbo', 36],
	['tarquinia', 'Tarquinia', 'asl-viterbo', 11],
	['civita-castellana', 'Civita Cast.', 'asl-viterbo', 12],
	['rieti', 'Rieti', 'asl-rieti', 27],
	['bracciano', 'Bracciano', 'asl-roma-4', 12],
	['civitavecchia', 'Civitavecchia', 'asl-roma-4', 23],
];
const south: readonly Row[] = [
	['latina', 'Latina', 'asl-latina', 42],
	['formia', 'Formia', 'asl-latina', 24],
	['frosinone', 'Frosinone', 'asl-frosinone', 33],
];
const byCount: readonly Row[] = [
	['gemelli', 'Gemelli', 'gemelli', 52],
	['campus', 'Campus', 'campus', 20],
	['isola-tiberina', 'Isola Tiberina', 'isola-tiberina', 30],
	['bambino-gesu-roma', 'B. Gesù Roma', 'bambino-gesu', 38],
	['bambino-gesu-palidoro', 'BG Palidoro', 'bambino-gesu', 21],
];

const REGION = 110_000;
const groups: readonly (readonly [source: string | null, rows: readonly Row[]])[] = [
	['ps-roma-centro', romeCentre],
	['ps-roma-sud', romeSouth],
	['ps-roma-est', romeEast],
	['ps-castelli', castles],
	['ps-nord', north],
	['ps-sud', south],
	[null, byCount],
];
const whole = groups.flatMap(([, rows]) => rows).reduce((sum, [, , , weight]) => sum + weight, 0);

export const lazioSites: readonly LazioSite[] = groups.flatMap(([source, rows]) =>
	rows.map(([id, short, body, weight]) => ({ id, short, body, load: Math.round((REGION * weight) / whole), source })),
);
export const COUNT_SOURCE = 'ps-conteggi';
