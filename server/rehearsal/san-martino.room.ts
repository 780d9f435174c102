// What San Martino's room marks, hour by hour, in minutes after 19:00: phases, services, votes, reports, notes. All of it is invented.
import type { WireMark } from '../../shared/mark.ts';
import type { RoomMark } from './night.ts';
import { inOrder, note, reached, reportsOf, service, task, taskMarks, votesOf } from './room.ts';
import { times } from './san-martino.tasks.ts';

const vendors = ['a', 'b', 'c', 'd', 'e', 'f', 'g'] as const;
/** Vendor D misses its calls of 21:18 and 21:58. */
const missed: Readonly<Partial<Record<string, readonly number[]>>> = { d: [138, 178] };
const inTurn = (last: number): RoomMark[] =>
	vendors.flatMap((one, i) => reportsOf(`fornitore-${one}`, { first: 15 + i, last, every: 40, missed: missed[one] ?? [] }));

const promise = (team: string, minute: number, startsAt: number): WireMark => ({
	kind: 'report',
	team,
	promise: new Date(startsAt + minute * 60_000).toISOString(),
});

/** Until 02:35, when the two endings of this night part. */
export const untilParting = (startsAt: number): readonly RoomMark[] => [
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
	[53, task('rete-accessi', 'skipped', 'Provati nel pomeriggio, verbale allegato')],
	[134, task('ps-stampanti', 'started')],
	[145, note('archive/ambulatori-referti', 'Copia a 96 MB/s invece di 150: il fornitore C cerca la causa')],
	[150, task('ps-stampanti', 'failed', 'Due stampanti senza etichette')],
	[152, task('ps-stampanti', 'reopened')],
	[153, task('ps-stampanti', 'started')],
	[172, task('ps-stampanti', 'done')],
	// Promised for 00:50 and not kept; promised again for 02:05, and kept.
	[178, promise('fornitore-c', 350, startsAt), 'fornitore-c'],
	[378, promise('fornitore-c', 425, startsAt), 'fornitore-c'],
	...votesOf('copia', [
		[240.5, 'ced', 'go', 'ced'],
		[241, 'immagini', 'go', 'fornitore-a'],
		[242, 'documenti', 'go', 'fornitore-b'],
		[243, 'direzione', 'go', 'direzione'],
	]),
	[244, note('gate/copia', 'Si passa alle 23:10, dopo il cambio di turno')],
	[249, note('source/copia-documenti', 'Non risponde: chiamato il fornitore B')],
	[268, note('source/copia-documenti', 'Di nuovo in linea, la copia non si era fermata')],
	// Given a second time: the first fell when the documents went silent.
	...votesOf('copia', [
		[270, 'documenti', 'hold', 'fornitore-b'],
		[270.5, 'ced', 'go', 'ced'],
		[271, 'immagini', 'go', 'fornitore-a'],
		[274, 'documenti', 'go', 'fornitore-b'],
		[275, 'direzione', 'go', 'direzione'],
	]),
	[340, reached('verifica')],
	[415, { kind: 'writes', state: 'frozen' }],
	[422, reached('riavvio-ps')],
	[427, { kind: 'writes', state: 'first-good' }],
	...votesOf('riavvio-ps', [
		[428.5, 'ced', 'go', 'ced'],
		[428.75, 'immagini', 'go', 'fornitore-a'],
		[429, 'pronto-soccorso', 'hold', 'fornitore-e'],
		[430, 'direzione', 'go', 'direzione'],
		[431, 'pronto-soccorso', 'go', 'fornitore-e'],
	]),
	[433, note('archive/cartella-database', 'Copia al 100 % ma il conteggio delle righe è fermo')],
	[435, service('pronto-soccorso', 'restored')],
];

const ending: readonly RoomMark[] = [
	[457, note('archive/cartella-database', 'Il conteggio è ripartito')],
	[502, note('service/pronto-soccorso', 'Non risponde dalle 03:20, si verifica il bilanciatore')],
	[526, service('cartella-clinica', 'restored')],
	[551, service('ambulatori', 'restored')],
	...votesOf('chiusura', [
		[564, 'ced', 'go', 'ced'],
		[565, 'cartella', 'go', 'fornitore-f'],
		[566, 'ambulatori', 'go', 'fornitore-g'],
		[567, 'pronto-soccorso', 'go', 'fornitore-e'],
		[569, 'direzione', 'go', 'direzione'],
	]),
	[575, reached('chiusura')],
];

/** Tasks whose marks are written out above. */
const told = ['rete-accessi', 'ps-stampanti'];

export const roomOf = (startsAt: number): readonly RoomMark[] =>
	inOrder([...untilParting(startsAt), ...ending, ...inTurn(575), ...taskMarks(times, told)]);

/** The same night up to `minute`, for one that ends otherwise; the vendors go on reporting. */
export const roomUntil = (startsAt: number, minute: number): readonly RoomMark[] =>
	inOrder([...[...untilParting(startsAt), ...taskMarks(times, told)].filter(([at]) => at < minute), ...inTurn(600)]);
