// Which column of a spreadsheet is what: the names that are known by themselves, and a mapping file for all others. Knows no cells.
import * as z from 'zod/mini';
import { id } from '../../shared/plan-values.ts';

/** What a column may be. Those of Cutover.com's template first, then what a plan has beside it. */
export const fields = [
	'id',
	'title',
	'description',
	'kind',
	'stream',
	'subStream',
	'team',
	'duration',
	'predecessors',
	'level',
	'fixed',
	'due',
	'start',
	'owner',
	'gate',
	'archive',
	'restores',
	'p50',
	'p90',
] as const;
export type Field = (typeof fields)[number];

const column = z.string().check(z.minLength(1, 'the column’s heading, or its letter as =D'));
const kind = z.enum(['task', 'gate', 'communication', 'rollback']);

export const mappingSchema = z.strictObject({
	/** The sheet's name, where it is not the first that has a title's column. */
	sheet: z.optional(z.string().check(z.minLength(1))),
	/** The row of the headings, where it is not found by itself. */
	headings: z.optional(z.int().check(z.positive())),
	columns: z._default(
		z.strictObject(
			Object.fromEntries(fields.map((field) => [field, z.optional(column)])) as Record<Field, z.ZodMiniOptional<z.ZodMiniString<string>>>,
		),
		{},
	),
	/** The sheet's own words for kinds of task. */
	kinds: z._default(z.record(z.string(), kind), {}),
	/** The sheet's own names of teams. */
	teams: z._default(z.record(z.string(), id), {}),
	/** In which order a date is written as text; what a number without a unit counts. */
	dates: z._default(z.enum(['day-first', 'month-first']), 'day-first'),
	durations: z._default(z.enum(['seconds', 'minutes', 'hours']), 'minutes'),
});
export type Mapping = z.infer<typeof mappingSchema>;
export const noMapping: Mapping = mappingSchema.parse({});

/** Headings are compared by their letters and digits alone: "Task ID" is task_id. */
export const bareName = (text: string): string =>
	text
		.normalize('NFD')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, '');

/** Headings that need no mapping: Cutover.com's, and the Italian ones for the same. */
export const knownHeadings: Readonly<Record<Field, readonly string[]>> = {
	id: ['Task ID', 'ID', 'N.', 'Nr', 'Numero', 'ID attività', 'Codice'],
	title: ['Title', 'Task', 'Task name', 'Task title', 'Titolo', 'Attività', 'Nome attività'],
	description: ['Description', 'Descrizione', 'Success criterion', 'Criterio'],
	kind: ['Task Type', 'Type', 'Tipo', 'Tipo attività'],
	stream: ['Stream', 'Workstream', 'Flusso', 'Filone'],
	subStream: ['Sub Stream', 'Substream', 'Sottoflusso', 'Sottofilone'],
	team: ['Assigned Team', 'Team', 'Squadra', 'Gruppo', 'Assegnata a', 'Fornitore'],
	duration: ['Planned Duration', 'Duration', 'Durata', 'Durata prevista'],
	predecessors: ['Predecessor IDs', 'Predecessors', 'Predecessor', 'Predecessori', 'Dipende da', 'Dipendenze'],
	level: ['Task Level', 'Level', 'Livello'],
	fixed: ['Planned Fixed Date/Time', 'Fixed Date/Time', 'Fixed start', 'Orario fisso', 'Data/ora fissa'],
	due: ['Planned due date/time', 'Due date/time', 'Due', 'Planned end', 'Fine prevista', 'Scadenza'],
	start: ['Planned start date/time', 'Planned start', 'Start', 'Inizio', 'Inizio previsto', 'Ora inizio'],
	owner: ['Owner role', 'Ruolo'],
	gate: ['Gate', 'Varco'],
	archive: ['Archive', 'Archivio'],
	restores: ['Restores', 'Servizio che torna'],
	p50: ['Rehearsed p50', 'Prova p50'],
	p90: ['Rehearsed p90', 'Prova p90'],
};

/** Words for kinds of task that need no mapping. Cutover.com's own types among them. */
export const knownKinds: Readonly<Record<string, z.infer<typeof kind>>> = Object.fromEntries(
	Object.entries({
		task: ['Task', 'Normal', 'Standard', 'Attività', 'Normale', 'Milestone', 'Traguardo', 'Snippet', 'Checkpoint'],
		gate: ['Gate', 'Go/No Go', 'Go - No Go', 'Decision', 'Varco', 'Decisione'],
		communication: ['Communication', 'Comms', 'Email', 'SMS', 'Call', 'Notification', 'Comunicazione', 'Avviso', 'Chiamata'],
		rollback: ['Rollback', 'Roll back', 'Backout', 'Back out', 'Ritorno'],
	} as const).flatMap(([as, words]) => words.map((word) => [bareName(word), as as z.infer<typeof kind>])),
);
