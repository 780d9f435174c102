// San Martino's dress rehearsal, a week before: nobody is silent, no count stands still, no copy is slow, and it ends at 03:55.
// Its curve (san-martino.curve.json) is what the plan lays under the night itself. All figures are invented.
import type { Knots } from './course.ts';
import type { Archive, RoomMark, Service, TaskTimes } from './night.ts';
import { nightScenario } from './night-scenario.ts';
import { inOrder, reached, reportsOf, service, taskMarks, votesOf } from './room.ts';
import { erOf } from './san-martino.er.ts';
import { archives, probedBy, services, sources } from './san-martino.night.ts';
import { times as ofTheNight } from './san-martino.tasks.ts';

const start = Date.parse('2025-10-21T19:00:00+02:00');
const END = 601;
const WEEK_MS = 7 * 86_400_000;

/** At full pace all along; the others go as they will on the night. */
const evenly: Readonly<Record<string, Partial<Archive>>> = {
	'cartella-database': {
		verified: [
			[0, 600],
			[449, 1800],
		],
	},
	'ambulatori-referti': {
		moved: [
			[0, 1195.2],
			[267.2, 3600],
		],
		verified: [
			[0, 900],
			[330, 3600],
		],
		errors: [[0, 0]],
	},
};

const answersFrom: Readonly<Record<string, number>> = { 'pronto-soccorso': 425, 'cartella-clinica': 499, ambulatori: 511 };
const evenServices: readonly Service[] = services.map((one) => {
	const from = answersFrom[one.id] ?? END;
	const New: Knots = [[from, END]];
	return { ...one, answers: { Old: one.answers.Old, New }, writes: { ...one.writes, from: from + 2 } };
});

const times: TaskTimes = {
	...ofTheNight,
	'rete-accessi': [53, 72],
	'copia-cartella-database': [0, 451],
	'copia-ambulatori-referti': [0, 332],
	'ref-errori': [146, 190],
	'ref-indice': [191, 250],
	'doc-conservazione': [241, 279],
	'varco-copia': [240, 248],
	'ccr-conteggio': [452, 464],
	'ccr-avvio': [464, 486],
	'ccr-prova': [486, 497],
	'ccr-apertura': [497, 500],
	'amr-avvio': [487, 503],
	'amr-prova': [503, 512],
	'amr-apertura': [512, 514],
	'fin-quadratura': [514, 524],
	'fin-presidio': [514, 525],
	'varco-chiusura': [525, 531],
	'fin-vecchia-sede': [531, 534],
	'com-fine': [531, 535],
};

const marks: readonly RoomMark[] = [
	[0, reached('fermo')],
	[10, service('ambulatori', 'stopped')],
	[20, service('cartella-clinica', 'stopped')],
	...votesOf('fermo', [
		[29, 'ced', 'go', 'ced'],
		[29.5, 'pronto-soccorso', 'go', 'fornitore-e'],
		[30, 'direzione', 'go', 'direzione'],
	]),
	[32, reached('copia')],
	[34, service('pronto-soccorso', 'stopped')],
	...votesOf('copia', [
		[241, 'ced', 'go', 'ced'],
		[242, 'immagini', 'go', 'fornitore-a'],
		[243, 'documenti', 'go', 'fornitore-b'],
	]),
	[340, reached('verifica')],
	[415, { kind: 'writes', state: 'frozen' }],
	[422, reached('riavvio-ps')],
	[427, { kind: 'writes', state: 'first-good' }],
	...votesOf('riavvio-ps', [
		[428.5, 'ced', 'go', 'ced'],
		[428.75, 'immagini', 'go', 'fornitore-a'],
		[429, 'pronto-soccorso', 'go', 'fornitore-e'],
		[430, 'direzione', 'go', 'direzione'],
	]),
	[435, service('pronto-soccorso', 'restored')],
	[500, service('cartella-clinica', 'restored')],
	[514, service('ambulatori', 'restored')],
	...votesOf('chiusura', [
		[526, 'ced', 'go', 'ced'],
		[527, 'cartella', 'go', 'fornitore-f'],
		[528, 'ambulatori', 'go', 'fornitore-g'],
		[529, 'pronto-soccorso', 'go', 'fornitore-e'],
		[530, 'direzione', 'go', 'direzione'],
	]),
	[535, reached('chiusura')],
];

const reports = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].flatMap((one, i) => reportsOf(`fornitore-${one}`, { first: 15 + i, last: 534, every: 40 }));

const before = (text: string): string => new Date(Date.parse(text) - WEEK_MS + 2 * 3_600_000).toISOString().slice(0, 19);

export const sanMartinoGenerale = {
	...nightScenario({
		id: 'san-martino-generale',
		planFile: 'san-martino.plan.yaml',
		start: start - WEEK_MS,
		night: {
			archives: archives.map((one) => ({ ...one, ...evenly[one.id] })),
			services: evenServices,
			probedBy,
			sources,
			silent: {},
			marks: inOrder([...marks, ...reports, ...taskMarks(times)]),
			er: erOf({ start: start - WEEK_MS }),
		},
	}),
	planFrom: (text: string): string =>
		text
			.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+02:00/g, (instant) => `${before(instant)}+02:00`)
			// Nothing lies under the first one.
			.replace(/^ *rehearsal: \{ curve: .*\n/m, '')
			.replace('id: notte-san-martino', 'id: prova-generale-san-martino')
			.replace('name: Notte del San Martino', 'name: Prova generale del San Martino'),
};
