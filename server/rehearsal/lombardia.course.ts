// Lombardy's three dark days as courses: what cools, how hot it gets, what falls when and comes back when, what the pharmacies cannot send.
// In minutes after Saturday 14 August 2021, 17:30 in Rome. All figures are invented; facts.md gives what is known: heat, an outside
// data centre, services down from Saturday evening to Wednesday morning, family doctors and pharmacies hit, hospitals and vaccinations not.
import type { Knots } from './course.ts';

export const LOMBARDIA_MINUTES = 5340;

/** °C in the data centre. */
export const temperature: Knots = [
	[0, 23],
	[30, 23.5],
	[50, 26],
	[60, 29],
	[75, 34],
	[90, 39],
	[110, 42.5],
	[130, 43],
	[300, 38],
	[600, 33],
	[1200, 36],
	[1800, 30],
	[2400, 27.5],
	[2700, 26],
	[3000, 24],
	[3600, 23],
];
/** At the old site's neighbour, which nothing happens to. */
export const otherTemperature: Knots = [[0, 22.5]];

/** How many of the five units work; in steps. */
export const cooling: Knots = [
	[0, 5],
	[30, 4],
	[38, 3],
	[44, 2],
	[50, 0],
	[900, 1],
	[1500, 2],
	[2700, 4],
	[3600, 5],
];

/** Service → when it falls and when it answers again. In this order they fall; the more urgent come back first, the portal last. */
export const core = [
	['fse-portale', 90, 5160],
	['siss-accesso', 92, 5100],
	['anagrafe', 94, 5104],
	['ricetta', 96, 5108],
	['cup', 98, 5112],
	['esenzioni', 100, 5116],
	['tamponi', 101, 5120],
	['certificazione-verde', 102, 5124],
	['referti', 103, 5128],
	['immagini', 104, 5132],
	['ricoveri', 105, 5134],
	['screening', 106, 5136],
	['scelta-revoca', 107, 5138],
	['celiachia', 108, 5140],
	['protesica', 109, 5142],
	['firma', 110, 5144],
	['messaggi', 111, 5146],
	['consensi', 112, 5148],
	['notifiche', 113, 5150],
	['cruscotti', 114, 5152],
] as const;
export const authorities = ['milano', 'insubria', 'montagna', 'brianza', 'bergamo', 'brescia', 'val-padana', 'pavia'] as const;
export const desks = ['sportello', 'vaccinazioni', 'veterinaria'] as const;

/** Of the authorities' own services, which hang on the same data centre: one a minute in turn. */
const local = authorities.flatMap((authority, a) => desks.map((desk, d) => [`${desk}-${authority}`, 95 + a + 8 * d, 5153 + a] as const));

export const falls: readonly (readonly [service: string, downFrom: number, upFrom: number])[] = [...core, ...local];

/** Records that pharmacies make in a minute, by the hour of the day in Rome; in steps. */
export const perMinute = (hour: number): number => (hour >= 9 && hour < 13 ? 90 : hour >= 15 && hour < 20 ? 80 : hour >= 20 || hour < 8 ? 4 : 30);
/** The flow stops with the prescriptions, and is sent again so many a minute from their return. */
export const FLOW_STOPS = 96;
export const FLOW_RESUMES = 5110;
export const SENT_A_MINUTE = 1600;
