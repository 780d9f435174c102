// Lazio's three weeks before 25 July 2025: thirty archives on their way, thirty-nine emergency rooms, bookings. Every minute something is due.
import { batchesOf } from './figures.ts';
import {
	bookingsAt,
	ESTATE_EVERY,
	estateMovedOf,
	LAZIO_MINUTES,
	lazioArchives,
	lazioReporting,
	lazioServices,
	RECUP_CLOSES,
	RECUP_OPENS,
} from './lazio.archives.ts';
import { openLazioEr, START } from './lazio.er.ts';
import type { Night, RoomMark } from './night.ts';
import { note, reached, service } from './room.ts';
import type { Batch, ScenarioKind, WireSample } from './scenario.ts';

const MINUTE_MS = 60_000;
const END = START + LAZIO_MINUTES * MINUTE_MS;
const FIGURES_EVERY = 5;
/** Rome in July. */
const ZONE_MINUTES = 120;

const marks: readonly RoomMark[] = [
	[1380, note('service/sistema-ps', 'Sera di caldo e festa in centro: venti strutture in affanno')],
	[19_800, reached('ultima-settimana')],
	[RECUP_CLOSES, reached('recup')],
	[RECUP_CLOSES, service('recup', 'stopped')],
	[RECUP_OPENS, service('recup', 'restored')],
	[26_760, reached('verifiche')],
	[29_700, reached('presentazione')],
];

const probedBy = 'sonde';
const night: Night = {
	archives: lazioArchives,
	services: lazioServices,
	probedBy,
	sources: ['copia-referti', 'copia-cartelle', 'copia-prenotazioni', probedBy],
	silent: {},
	marks,
};

function bookings(instant: number): WireSample[] {
	const minute = (instant - START) / MINUTE_MS;
	if (minute >= RECUP_CLOSES && minute < RECUP_OPENS) return [];
	const ofDay = (instant / MINUTE_MS + ZONE_MINUTES) % 1440;
	return [{ subject: 'service/recup', measure: 'service.bookings', value: bookingsAt(ofDay), at: new Date(instant).toISOString() }];
}

function estates(instant: number): Batch {
	const at = new Date(instant).toISOString();
	const minute = (instant - START) / MINUTE_MS;
	const samples = lazioReporting.map((id, body) => ({ subject: `body/${id}`, measure: 'body.estateMoved', value: estateMovedOf(body, minute), at }));
	return { source: 'patrimonio', samples };
}

export const lazio: ScenarioKind = {
	id: 'lazio',
	planFile: 'lazio.plan.yaml',
	open(seed) {
		const er = openLazioEr(seed);
		const isDue = (instant: number): boolean => instant >= START && instant <= END && (instant - START) % MINUTE_MS === 0;
		return {
			id: 'lazio',
			planFile: 'lazio.plan.yaml',
			start: START,
			end: END,
			due(after) {
				const next = after < START ? START : START + (Math.floor((after - START) / MINUTE_MS) + 1) * MINUTE_MS;
				return next > END ? null : next;
			},
			batchesAt(instant) {
				const minute = (instant - START) / MINUTE_MS;
				if (!isDue(instant) || minute % FIGURES_EVERY !== 0) return [];
				const batches = batchesOf(night, { seed, start: START, at: instant });
				const told = batches.map((one) => (one.source === probedBy ? { ...one, samples: [...one.samples, ...bookings(instant)] } : one));
				return minute % ESTATE_EVERY === 0 ? [...told, estates(instant)] : told;
			},
			messagesAt: (instant) => (isDue(instant) ? er.messagesAt(instant) : []),
			countsAt: (instant) => (isDue(instant) ? er.countsAt(instant) : []),
			marksAt: (instant) =>
				isDue(instant)
					? [...marks.filter(([minute]) => START + minute * MINUTE_MS === instant).map(([, mark]) => ({ mark })), ...er.marksAt(instant)]
					: [],
		};
	},
};
