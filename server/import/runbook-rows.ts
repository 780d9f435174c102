// A sheet's rows → the runbook's tasks, or every mistake at once, each with its cell. Reads no file and writes none.
import type * as z from 'zod/mini';
import type { task } from '../../shared/plan-night.ts';
import { idPattern } from '../../shared/subject.ts';
import { suggest } from '../domain/nearest.ts';
import { sortTasks } from '../domain/runbook-graph.ts';
import { type Clock, durationOf, momentOf, textOf, type Value } from './cell-values.ts';
import type { Columns } from './find-columns.ts';
import { bareName, type Field, knownKinds, type Mapping } from './mapping.ts';
import { type Names, namesOf, readPredecessors } from './predecessors.ts';
import { type Cell, cellName, type Row, type SheetFault } from './sheet.ts';

export type Task = z.infer<typeof task>;
export type Runbook = { readonly tasks: Readonly<Record<string, Task>>; readonly teams: Readonly<Record<string, { readonly label: string }>> };
export type ReadRunbook = {
	readonly runbook: Runbook;
	readonly faults: readonly SheetFault[];
	/** What was read in a way that one may want to look at. */
	readonly notes: readonly SheetFault[];
};

const MOST_FAULTS = 100;
const LABEL_MAX = 80;
const TITLE_MAX = 160;
const CRITERION_MAX = 300;

/** A name as an id: lower case, hyphens for all else; ids that are numbers get a letter, so that a reader sees what they are. */
export function idOf(name: string): string | null {
	const bare = name
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '');
	const made = /[a-z]/.test(bare) ? bare : `t-${bare}`;
	return idPattern.test(made) ? made : null;
}

/** `written`: the id as the sheet has it. */
type Draft = { readonly id: string; readonly written: string | null; readonly row: Row; readonly task: Task };

export function readRunbook(rows: readonly Row[], columns: Columns, mapping: Mapping, clock: Clock): ReadRunbook {
	const faults: SheetFault[] = [];
	const notes: SheetFault[] = [];
	const teams: Record<string, { label: string }> = {};
	const drafts = new Map<string, Draft>();
	const doubles: Draft[] = [];

	for (const row of rows) {
		if (row.row <= columns.headings || isEmpty(row, columns)) continue;
		const reader = rowReader(row, columns, faults, notes);
		const draft = readTask(reader, mapping, clock, teams);
		const before = drafts.get(draft.id);
		if (before) {
			const where = cellName(before.row.row, columns.of.get('id') ?? 1);
			reader.wrong('id', `the id "${draft.id}" is that of ${where} too`, 'give each task an id of its own');
			doubles.push({ ...draft, row });
		} else drafts.set(draft.id, { ...draft, row });
	}
	const names = namesOf(drafts.values());
	// What is wrong besides in a row whose id is taken is told at once as well.
	for (const draft of [...drafts.values(), ...doubles]) link(draft, names, rowReader(draft.row, columns, faults, notes));
	if (faults.length === 0) findCircles(drafts, columns, faults);
	const tasks = Object.fromEntries([...drafts.values()].map(({ id, task }) => [id, task]));
	return { runbook: { tasks, teams }, faults: faults.slice(0, MOST_FAULTS), notes: notes.slice(0, MOST_FAULTS) };
}

/** A line that holds nothing in the columns that are read: between two parts, or below the last. */
const isEmpty = ({ cells }: Row, { of }: Columns): boolean =>
	[...of.values()].every((column) => {
		const cell = cells[column];
		return cell === undefined || (cell.kind === 'text' && cell.text.trim() === '');
	});

type RowReader = {
	readonly row: number;
	cell(field: Field): Cell | null;
	text(field: Field): string | null;
	read<T>(field: Field, read: (cell: Cell) => Value<T>): T | null;
	wrong(field: Field, message: string, remedy: string): void;
	note(field: Field, message: string, remedy: string): void;
};

function rowReader({ row, cells }: Row, { of }: Columns, faults: SheetFault[], notes: SheetFault[]): RowReader {
	const at = (field: Field): string => cellName(row, of.get(field) ?? of.get('title') ?? 1);
	const cell = (field: Field): Cell | null => {
		const column = of.get(field);
		const found = column === undefined ? undefined : cells[column];
		return found === undefined || (found.kind === 'text' && found.text.trim() === '') ? null : found;
	};
	const wrong = (field: Field, message: string, remedy: string): void => void faults.push({ cell: at(field), message, remedy });
	const read = <T>(field: Field, reader: (cell: Cell) => Value<T>): T | null => {
		const found = cell(field);
		if (found === null) return null;
		const value = reader(found);
		if (value.ok) return value.value;
		wrong(field, value.message, value.remedy);
		return null;
	};
	return {
		row,
		cell,
		read,
		text: (field) => read(field, textOf),
		wrong,
		note: (field, message, remedy) => void notes.push({ cell: at(field), message, remedy }),
	};
}

function readTask(reader: RowReader, mapping: Mapping, clock: Clock, teams: Record<string, { label: string }>): Omit<Draft, 'row'> {
	const title = reader.text('title');
	if (title === null && reader.cell('title') === null) reader.wrong('title', 'the task has no title', 'give it one, or clear the row');
	const written = reader.text('id');
	const id = written === null ? `row-${reader.row}` : idOf(written);
	if (id === null) reader.wrong('id', `"${written?.slice(0, 60)}" cannot be an id`, 'at most 60 letters and digits');
	const moment = (field: Field): number | null => reader.read(field, (cell) => momentOf(cell, clock));
	const length = (field: Field): number | null => reader.read(field, (cell) => durationOf(cell, mapping));
	const duration = length('duration') ?? 0;
	const due = moment('due');
	const start = moment('start') ?? (due === null ? null : due - duration);
	const [p50, p90] = [length('p50'), length('p90')];
	if ((p50 === null) !== (p90 === null) && (reader.cell('p50') === null || reader.cell('p90') === null)) {
		reader.wrong(p50 === null ? 'p50' : 'p90', 'of p50 and p90 only one is there', 'give both, or neither');
	}
	const kind = kindOf(reader, mapping);
	const fixed = moment('fixed');
	const named = (field: 'gate' | 'archive' | 'restores'): string | null => nameOf(reader, field);
	const gate = named('gate') ?? (kind === 'gate' ? id : null);
	const optional = {
		stream: streamOf(reader),
		team: teamOf(reader, mapping, teams),
		owner: ownerOf(reader),
		start,
		rehearsed: p50 === null || p90 === null ? null : { p50, p90 },
		fixed,
		criterion: cut(reader, 'description', reader.text('description'), CRITERION_MAX),
		gate,
		archive: named('archive'),
		restores: named('restores'),
	};
	const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== null));
	return {
		id: id ?? `row-${reader.row}`,
		written,
		task: { label: (cut(reader, 'title', title, TITLE_MAX) ?? '').replace(/\s+/g, ' ').trim(), kind, duration, after: [], ...given },
	};
}

/** A text that is longer than a plan takes is shortened, and that is said. */
function cut(reader: RowReader, field: Field, text: string | null, most: number): string | null {
	if (text === null || text.length <= most) return text;
	reader.note(field, `the text has ${text.length} characters and was cut at ${most}`, 'shorten it in the spreadsheet, if what is cut matters');
	return `${text.slice(0, most - 1)}…`;
}

function kindOf(reader: RowReader, { kinds }: Mapping): Task['kind'] {
	const word = reader.text('kind');
	if (word === null) return 'task';
	const own = Object.entries(kinds).find(([name]) => bareName(name) === bareName(word))?.[1];
	const kind = own ?? (Object.hasOwn(knownKinds, bareName(word)) ? knownKinds[bareName(word)] : undefined);
	if (kind === undefined) reader.note('kind', `"${word.slice(0, 60)}" is taken for an ordinary task`, 'say what it is in the mapping: kinds: { … }');
	return kind ?? 'task';
}

function streamOf(reader: RowReader): string | null {
	const parts = [reader.text('stream'), reader.text('subStream')].filter((one) => one !== null);
	const stream = parts.join(' / ');
	if (stream.length > LABEL_MAX) reader.wrong('stream', `the stream's name has ${stream.length} characters`, `at most ${LABEL_MAX}`);
	return stream === '' ? null : stream;
}

/** Names of teams become ids; the first time, the team is taken over with its name. */
function teamOf(reader: RowReader, mapping: Mapping, teams: Record<string, { label: string }>): string | null {
	const all = reader.text('team');
	if (all === null) return null;
	const own = Object.entries(mapping.teams).find(([name]) => bareName(name) === bareName(all))?.[1];
	const [first = ''] = own === undefined ? all.split(/[;\n]/).map((one) => one.trim()) : [all];
	if (first !== all) reader.note('team', `of several teams "${first.slice(0, 60)}" is taken`, 'a task has one team: the others help');
	const id = own ?? idOf(first);
	if (id === null || first.length > LABEL_MAX) {
		reader.wrong(
			'team',
			`"${first.slice(0, 60)}" cannot be a team's name`,
			`letters and digits, at most ${LABEL_MAX}, or an id in the mapping: teams: { … }`,
		);
		return null;
	}
	if (!Object.hasOwn(teams, id)) teams[id] = { label: first };
	return id;
}

const owners = ['team-lead', 'commander', 'er', 'alarm-operator', 'administrator'] as const;

function ownerOf(reader: RowReader): Task['owner'] | null {
	const word = reader.text('owner');
	const owner = owners.find((one) => one === word) ?? null;
	if (word !== null && owner === null) reader.wrong('owner', `"${word.slice(0, 60)}" is no role`, suggest(word, owners, ''));
	return owner;
}

function nameOf(reader: RowReader, field: 'gate' | 'archive' | 'restores'): string | null {
	const word = reader.text(field);
	const id = word === null ? null : idOf(word);
	if (word !== null && id === null) reader.wrong(field, `"${word.slice(0, 60)}" cannot be an id`, 'the id that it has in the plan');
	return id;
}

/** Each has to end before this one begins. */
function link({ id, task }: Draft, names: Names, reader: RowReader): void {
	const text = reader.text('predecessors');
	if (text === null) return;
	const isFigure = reader.cell('predecessors')?.kind === 'number';
	for (const one of readPredecessors(text, isFigure, names)) {
		if (!one.ok) reader.wrong('predecessors', one.message, one.remedy);
		else if (one.value === id) reader.wrong('predecessors', 'the task waits for itself', 'take it out');
		else if (!task.after.includes(one.value)) task.after.push(one.value);
	}
}

function findCircles(drafts: ReadonlyMap<string, Draft>, { of }: Columns, faults: SheetFault[]): void {
	const { circles } = sortTasks(new Map([...drafts.values()].map(({ id, task }) => [id, task.after])));
	for (const circle of circles) {
		const first = drafts.get(circle[0] ?? '');
		const cell = first === undefined ? null : cellName(first.row.row, of.get('predecessors') ?? 1);
		const message = `the tasks wait for each other: ${[...circle, circle[0]].join(' → ').slice(0, 1000)}`;
		faults.push({ cell, message, remedy: 'take one of these arrows out' });
	}
}
