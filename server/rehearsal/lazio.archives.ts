// Lazio's thirty archives on their way to the national cloud: 150 TB in three weeks, and the services beside them. How many archives and
// how much in all is published; each one's size, course and body is invented. Minutes after the scenario's start.
import type { Archive, Service } from './night.ts';

/** From 4 July at 18:00 to 25 July at 11:00. */
export const LAZIO_MINUTES = 29_820;

export const lazioBodies: readonly (readonly [id: string, label: string])[] = [
	['asl-roma-1', 'ASL Roma 1'],
	['asl-roma-2', 'ASL Roma 2'],
	['asl-roma-3', 'ASL Roma 3'],
	['asl-roma-4', 'ASL Roma 4'],
	['asl-roma-5', 'ASL Roma 5'],
	['asl-roma-6', 'ASL Roma 6'],
	['asl-viterbo', 'ASL Viterbo'],
	['asl-rieti', 'ASL Rieti'],
	['asl-latina', 'ASL Latina'],
	['asl-frosinone', 'ASL Frosinone'],
];

/** Bodies with no archive of their own among the thirty; of their estate they report like the others. */
const lazioHospitals: readonly string[] = [
	'umberto-i',
	'san-giovanni',
	'sant-andrea',
	'san-camillo',
	'tor-vergata',
	'gemelli',
	'campus',
	'isola-tiberina',
	'bambino-gesu',
];
/** All that report their estate. */
export const lazioReporting: readonly string[] = [...lazioBodies.map(([id]) => id), ...lazioHospitals];

/** TB, by body; 150 in all. */
const sizes: readonly (readonly [kind: string, source: string, tb: readonly number[]])[] = [
	['referti', 'copia-referti', [14, 9, 8, 7.5, 7, 6.5, 6, 6, 5.5, 5.5]],
	['cartelle', 'copia-cartelle', [5, 5, 5, 4.5, 4.5, 4.5, 4, 4, 4, 3.5]],
	['prenotazioni', 'copia-prenotazioni', [3.5, 3.5, 3.5, 3, 3, 3, 3, 2.5, 2.5, 3.5]],
];
const GB_A_TB = 1000;
const EVERY_MINUTES = 870;
const FIRST_END_MINUTES = 2880;
const CHECK_BEHIND_MINUTES = 120;

/** All are under way from the start; one ends every fourteen and a half hours, and each one's check ends two hours behind it. */
export const lazioArchives: readonly Archive[] = sizes.flatMap(([kind, source, all], of) =>
	all.map((tb, body): Archive => {
		const ends = FIRST_END_MINUTES + (3 * body + of) * EVERY_MINUTES;
		const total = tb * GB_A_TB;
		return {
			id: `${kind}-${lazioBodies[body]?.[0] ?? ''}`,
			source,
			total: [[0, total]],
			moved: [
				[0, 0.12 * total],
				[ends, total],
			],
			verified: [
				[0, 0.08 * total],
				[ends + CHECK_BEHIND_MINUTES, total],
			],
		};
	}),
);

/** From 19 July at 22:00 to 04:00 the bookings are closed; everything else changes sides without a gap. */
export const RECUP_CLOSES = 21_840;
export const RECUP_OPENS = 22_200;
const END = LAZIO_MINUTES + 1;
export const lazioServices: readonly Service[] = [
	{
		id: 'sistema-ps',
		answers: { Old: [[-1, 9840]], New: [[9840, END]] },
		latencyMs: { Old: 210, New: 120 },
		writes: { from: 9840, recordsAMinute: 2.5, bytesAMinute: 400_000 },
	},
	{
		id: 'recup',
		answers: { Old: [[-1, RECUP_CLOSES]], New: [[RECUP_OPENS, END]] },
		latencyMs: { Old: 260, New: 140 },
		writes: { from: RECUP_OPENS, recordsAMinute: 48, bytesAMinute: 90_000 },
	},
	{
		id: 'referti-in-linea',
		answers: { Old: [[-1, 15_600]], New: [[15_600, END]] },
		latencyMs: { Old: 330, New: 170 },
		writes: { from: 15_600, recordsAMinute: 6, bytesAMinute: 1_200_000 },
	},
];

/** 70,000 a day, Saturdays and Sundays too, evenly from 07:00 to 19:00. `minuteOfDay` in Rome. */
export const bookingsAt = (minuteOfDay: number): number => Math.round((70_000 * Math.min(720, Math.max(0, minuteOfDay - 420))) / 720);

/** The last report of the estates before the presentation: by then all of it has happened. */
export const ESTATE_EVERY = 360;
const ESTATE_DONE = LAZIO_MINUTES - (LAZIO_MINUTES % ESTATE_EVERY);

/** Each body's share of its estate that is moved at the end: 65 % on the average. A quarter of the whole moves in these three weeks. */
const estateAtEnd = [0.71, 0.58, 0.66, 0.63, 0.61, 0.69, 0.72, 0.6, 0.67, 0.63, 0.7, 0.6, 0.68, 0.64, 0.66, 0.62, 0.67, 0.63, 0.65];
export function estateMovedOf(body: number, minute: number): number {
	const left = 0.25 * (1 - Math.min(1, minute / ESTATE_DONE));
	return Math.round(((estateAtEnd[body] ?? 0) - left) * 10_000) / 10_000;
}
