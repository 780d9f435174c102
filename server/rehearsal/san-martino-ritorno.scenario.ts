// San Martino's night when it is turned back: the count of the record's rows takes up again too slowly to end within the window,
// so that at 02:35, before the last moment to go back (02:58), the commander turns. All figures are invented.
import type { Archive, RoomMark, Service, TaskTimes } from './night.ts';
import { nightScenario } from './night-scenario.ts';
import { inOrder, note, reached, service, taskMarks } from './room.ts';
import { erOf } from './san-martino.er.ts';
import { archives, probedBy, services, silent, sources } from './san-martino.night.ts';
import { roomUntil } from './san-martino.room.ts';

const start = Date.parse('2025-10-21T19:00:00+02:00');
const TURNED = 455;
const END = 601;

/** 90 GB are left from 01:55; from 02:20 on it does half of one a minute: three hours. */
const slowArchives: readonly Archive[] = archives.map((one) =>
	one.id === 'cartella-database'
		? {
				...one,
				verified: [
					[0, 600],
					[415, 1710],
					[440, 1710],
					[620, 1800],
				],
			}
		: one,
);

/** When each answers again on the old side; only the Pronto Soccorso had been on the new one. */
const backOnOld: Readonly<Record<string, number>> = { 'pronto-soccorso': 492, 'cartella-clinica': 506, ambulatori: 516 };
const turnedServices: readonly Service[] = services.map((one) => ({
	...one,
	answers: { Old: [...one.answers.Old, [backOnOld[one.id] ?? END, END]], New: one.id === 'pronto-soccorso' ? [[425, 458]] : [] },
}));

const steps: TaskTimes = {
	'rit-stop': [456, 460],
	'rit-avviso': [456, 461],
	'rit-ps-database': [460, 474],
	'rit-cartella-database': [460, 477],
	'rit-indirizzi': [474, 483],
	'rit-avvio-ps': [483, 494],
	'rit-avvio-cartella': [494, 508],
	'rit-avvio-ambulatori': [508, 518],
};

const wayBack: readonly RoomMark[] = [
	[450, note('archive/cartella-database', 'Il conteggio è ripartito, troppo lento per la finestra')],
	[TURNED, { kind: 'turn', way: 'back', reason: 'La Cartella non sarà verificata entro le 05:00' }, 'direzione'],
	[494, service('pronto-soccorso', 'restored')],
	[508, service('cartella-clinica', 'restored')],
	[518, service('ambulatori', 'restored')],
	[540, reached('chiusura')],
];

export const sanMartinoRitorno = nightScenario({
	id: 'san-martino-ritorno',
	planFile: 'san-martino.plan.yaml',
	start,
	night: {
		archives: slowArchives,
		services: turnedServices,
		probedBy,
		sources,
		silent,
		marks: inOrder([...roomUntil(start, TURNED), ...wayBack, ...taskMarks(steps)]),
		er: erOf({ start, restored: 505 }),
	},
});
