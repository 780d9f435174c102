// San Martino's night as early as the real one, which was over at midnight, five hours before its window's end: every copy runs fast,
// nobody is late or silent. That it ended at midnight is published; every other figure is invented.
import type { Knots } from './course.ts';
import type { Archive, RoomMark, Service } from './night.ts';
import { nightScenario } from './night-scenario.ts';
import { inOrder, reached, reportsOf, service, task, taskMarks, votesOf } from './room.ts';
import { erOf } from './san-martino.er.ts';
import { archives, probedBy, services, sources } from './san-martino.night.ts';
import { times } from './san-martino-mezzanotte.tasks.ts';

const start = Date.parse('2025-10-21T19:00:00+02:00');
const END = 601;

/** Minutes at which all is moved and all is verified; the first archive goes as on the other nights. */
const ends: Readonly<Record<string, readonly [moved: number, verified: number]>> = {
	'cartella-database': [180, 200],
	'immagini-ps': [150, 170],
	'cartella-documenti': [140, 160],
	'ambulatori-referti': [190, 205],
	'ambulatori-immagini': [180, 195],
};

const noErrors: Knots = [[0, 0]];
const fastArchives: readonly Archive[] = archives.map((each) => {
	const one = each.errors ? { ...each, errors: noErrors } : each;
	const [moved, verified] = ends[one.id] ?? [];
	const whole = one.total.at(-1)?.[1] ?? 0;
	if (moved === undefined || verified === undefined) return one;
	const straight = (from: number | undefined, to: number) => [[0, from ?? 0] as const, [to, whole] as const];
	return { ...one, moved: straight(one.moved[0]?.[1], moved), verified: straight(one.verified[0]?.[1], verified) };
});

const answersFrom: Readonly<Record<string, readonly [answers: number, writes: number]>> = {
	'pronto-soccorso': [192, 194],
	'cartella-clinica': [229, 239],
	ambulatori: [251, 260],
};
const fastServices: readonly Service[] = services.map((one) => {
	const [answers, from] = answersFrom[one.id] ?? [END, END];
	return { ...one, answers: { Old: one.answers.Old, New: [[answers, END]] }, writes: { ...one.writes, from } };
});

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
		[140, 'ced', 'go', 'ced'],
		[141, 'immagini', 'go', 'fornitore-a'],
		[142, 'documenti', 'go', 'fornitore-b'],
		[143, 'direzione', 'go', 'direzione'],
	]),
	[150, reached('verifica')],
	[180, { kind: 'writes', state: 'frozen' }],
	[189, reached('riavvio-ps')],
	[194, { kind: 'writes', state: 'first-good' }],
	...votesOf('riavvio-ps', [
		[195.5, 'ced', 'go', 'ced'],
		[195.75, 'immagini', 'go', 'fornitore-a'],
		[196, 'pronto-soccorso', 'go', 'fornitore-e'],
		[197, 'direzione', 'go', 'direzione'],
	]),
	[202, service('pronto-soccorso', 'restored')],
	[240, service('cartella-clinica', 'restored')],
	[261, service('ambulatori', 'restored')],
	...votesOf('chiusura', [
		[280, 'ced', 'go', 'ced'],
		[281, 'cartella', 'go', 'fornitore-f'],
		[282, 'ambulatori', 'go', 'fornitore-g'],
		[283, 'pronto-soccorso', 'go', 'fornitore-e'],
		[286, 'direzione', 'go', 'direzione'],
	]),
	[298, task('com-ore-00', 'skipped', 'La notte è finita: vale l’avviso di fine')],
	[300, reached('chiusura')],
];

const reports = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].flatMap((one, i) => reportsOf(`fornitore-${one}`, { first: 15 + i, last: 299, every: 40 }));

export const sanMartinoMezzanotte = nightScenario({
	id: 'san-martino-mezzanotte',
	planFile: 'san-martino.plan.yaml',
	start,
	night: {
		archives: fastArchives,
		services: fastServices,
		probedBy,
		sources,
		silent: {},
		marks: inOrder([...marks, ...reports, ...taskMarks(times, ['com-ore-00'])]),
		er: erOf({ start, restored: 222 }),
	},
});
