// San Martino's night on the night the clocks go back: 25 to 26 October 2025, when 02:00–03:00 comes twice. The same script at the
// same T+; the plan is the same too, its dates moved by four days and its offsets by what holds in Rome then.
import { nightScenario } from './night-scenario.ts';
import { erOf } from './san-martino.er.ts';
import { archives, probedBy, services, silent, sources } from './san-martino.night.ts';
import { roomOf } from './san-martino.room.ts';

const start = Date.parse('2025-10-25T19:00:00+02:00');
const MOVED_MS = 4 * 86_400_000;
const HOUR_MS = 3_600_000;
/** 03:00 in summer time, from then on 02:00 in winter time. */
const WINTER_FROM = Date.parse('2025-10-26T01:00:00Z');

function moved(instant: string): string {
	const at = Date.parse(instant) + MOVED_MS;
	const hours = at < WINTER_FROM ? 2 : 1;
	return `${new Date(at + hours * HOUR_MS).toISOString().slice(0, 19)}+0${hours}:00`;
}

export const sanMartinoOraLegale = {
	...nightScenario({
		id: 'san-martino-ora-legale',
		planFile: 'san-martino.plan.yaml',
		start,
		night: { archives, services, probedBy, sources, silent, marks: roomOf(start), er: erOf({ start }) },
	}),
	planFrom: (text: string): string =>
		text
			.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+02:00/g, moved)
			.replace('id: notte-san-martino', 'id: notte-san-martino-ora-legale')
			.replace('name: Notte del San Martino', 'name: Notte del San Martino con il cambio d’ora'),
};
