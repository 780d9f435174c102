// Lombardy's three dark days, from Saturday evening 14 August 2021 to Wednesday morning: every minute for six hours, every five after them.

import { chance } from './chance.ts';
import { courseAt, stepAt } from './course.ts';
import {
	cooling,
	FLOW_RESUMES,
	FLOW_STOPS,
	falls,
	LOMBARDIA_MINUTES,
	otherTemperature,
	perMinute,
	SENT_A_MINUTE,
	temperature,
} from './lombardia.course.ts';
import { lombardiaMarks, lombardiaStart } from './lombardia.room.ts';
import type { Batch, ScenarioKind, WireSample } from './scenario.ts';

const MINUTE_MS = 60_000;
const DENSE_MINUTES = 360;
const STEP_MINUTES = 5;
const FLOW_EVERY = 10;
const end = lombardiaStart + LOMBARDIA_MINUTES * MINUTE_MS;
/** Minute 0 is 17:30 in Rome. */
const FIRST_MINUTE_OF_DAY = 17 * 60 + 30;

const isDue = (minute: number): boolean =>
	Number.isInteger(minute) && minute >= 0 && minute <= LOMBARDIA_MINUTES && (minute <= DENSE_MINUTES || minute % STEP_MINUTES === 0);

type Row = readonly [subject: string, measure: string, value: number];
const write = (rows: readonly Row[], at: string): WireSample[] => rows.map(([subject, measure, value]) => ({ subject, measure, value, at }));
const tenths = (value: number): number => Math.round(value * 10) / 10;

function rooms(seed: number, minute: number): Row[] {
	const sway = (room: string): number => 0.4 * (chance(seed, `room/${room}`, minute) - 0.5);
	return [
		['facility/ced', 'facility.temperature', tenths(courseAt(temperature, minute) + sway('ced'))],
		['facility/ced', 'facility.cooling', stepAt(cooling, minute)],
		['facility/altro-gestore', 'facility.temperature', tenths(courseAt(otherTemperature, minute) + sway('altro'))],
	];
}

function probes(seed: number, minute: number): Row[] {
	const rows: Row[] = falls.flatMap(([id, from, until]): Row[] => {
		const isUp = minute < from || minute >= until;
		const spread = chance(seed, `latency/${id}`, minute);
		const said: Row[] = [[`service/${id}`, 'service.up', isUp ? 1 : 0]];
		return isUp ? [...said, [`service/${id}`, 'service.latency', Math.round(90 + 120 * spread ** 4)]] : said;
	});
	return [
		...rows,
		['service/prenotazioni-vaccini', 'service.up', 1],
		['service/prenotazioni-vaccini', 'service.latency', 140],
		['network/regionale', 'network.up', 1],
	];
}

const peers: readonly Row[] = [
	['dependant/ospedali', 'dependant.up', 1],
	['dependant/centri-vaccinali', 'dependant.up', 1],
];

/** Records made from one minute to another; the minutes of a day repeat, so whole days are counted at once. */
function made(from: number, until: number): number {
	let sum = 0;
	for (let minute = from; minute < until; minute += 1) sum += perMinute(Math.floor((minute + FIRST_MINUTE_OF_DAY) / 60) % 24);
	return sum;
}

/** The minute at which the oldest record that still waits was made, and how many wait; null while none does. */
function waiting(minute: number): { readonly oldest: number; readonly backlog: number } | null {
	if (minute <= FLOW_STOPS) return null;
	const sent = Math.max(0, minute - FLOW_RESUMES) * SENT_A_MINUTE;
	const backlog = made(FLOW_STOPS, minute) - sent;
	if (backlog <= 0) return null;
	let oldest = FLOW_STOPS;
	for (let gone = perMinuteOf(oldest); gone <= sent && oldest < minute; gone += perMinuteOf(oldest)) oldest += 1;
	return { oldest, backlog };
}
const perMinuteOf = (minute: number): number => perMinute(Math.floor((minute + FIRST_MINUTE_OF_DAY) / 60) % 24);

function flow(minute: number): Row[] {
	const now = waiting(minute);
	return [
		['flow/farmacie', 'flow.oldestAge', now === null ? 0 : (minute - now.oldest) * 60],
		['flow/farmacie', 'flow.backlog', now?.backlog ?? 0],
	];
}

function batchesAt(seed: number, minute: number): readonly Batch[] {
	if (!isDue(minute)) return [];
	const at = new Date(lombardiaStart + minute * MINUTE_MS).toISOString();
	const batches: Batch[] = [
		{ source: 'sensori', samples: write(rooms(seed, minute), at) },
		{ source: 'sonde', samples: write(probes(seed, minute), at) },
		{ source: 'sedi', samples: write(peers, at) },
	];
	return minute % FLOW_EVERY === 0 ? [...batches, { source: 'flussi', samples: write(flow(minute), at) }] : batches;
}

export const lombardia: ScenarioKind = {
	id: 'lombardia',
	planFile: 'lombardia.plan.yaml',
	open(seed) {
		const minuteOf = (instant: number): number => (instant - lombardiaStart) / MINUTE_MS;
		const odd = lombardiaMarks.find(([minute]) => !isDue(minute));
		if (odd) throw new Error(`lombardia: minute ${odd[0]} is not a moment at which anything is due`);
		return {
			id: 'lombardia',
			planFile: 'lombardia.plan.yaml',
			start: lombardiaStart,
			end,
			due(after) {
				if (after < lombardiaStart) return lombardiaStart;
				const minute = Math.floor(minuteOf(after)) + 1;
				const next = minute <= DENSE_MINUTES ? minute : Math.ceil(minute / STEP_MINUTES) * STEP_MINUTES;
				return next > LOMBARDIA_MINUTES ? null : lombardiaStart + next * MINUTE_MS;
			},
			batchesAt: (instant) => batchesAt(seed, minuteOf(instant)),
			marksAt: (instant) =>
				lombardiaMarks.filter(([minute]) => minute === minuteOf(instant)).map(([, mark, by]) => ({ mark, ...(by === undefined ? {} : { by }) })),
		};
	},
};
