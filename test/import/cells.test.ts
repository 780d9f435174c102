// Every mistake names its cell, says what is wrong and what would be right; each row has a cause of its own.
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { durationOf, momentOf } from '../../server/import/cell-values.ts';
import { excelShape, serial } from './excel-shape.ts';
import { importBytes, mistakesOf } from './read-fixture.ts';

const HEAD = 'Task ID;Title;Planned Duration;Predecessor IDs;Planned Fixed Date/Time;Task Type;Assigned Team;Stream\n';

type Row = readonly [cause: string, csv: string, cell: string, message: string, remedy: string, mapping?: string];
const rows: readonly Row[] = [
	['a row without a title', `${HEAD}1;;5\n`, 'B2', 'no title', 'give it one'],
	['an id twice', `${HEAD}1;A\n\n1;B\n`, 'A4', 'that of A2 too', 'an id of its own'],
	['an id of signs alone', `${HEAD}***;A\n`, 'A2', 'cannot be an id', 'letters and digits'],
	['a length in words', `${HEAD}1;A;mezz’ora\n`, 'C2', 'no length of time', '90 min'],
	['a length below zero', `${HEAD}1;A;-5\n`, 'C2', 'no length of time', '90 min'],
	['a length of an unknown unit', `${HEAD}1;A;5 lustri\n`, 'C2', 'no length of time', '1h 30m'],
	['a predecessor that is not there', `${HEAD}fermo;A;5\ncopia;B;5;fremo\n`, 'D3', 'no task has the id "fremo"', 'did you mean "fermo"?'],
	['a task that waits for itself', `${HEAD}1;A;5;1\n`, 'D2', 'waits for itself', 'take it out'],
	['a tie that a plan does not have', `${HEAD}1;A;5\n2;B;5;1SS\n`, 'D3', '"1SS" is a tie', 'fixed time'],
	['a tie with a lag', `${HEAD}1;A;5\n2;B;5;1FS+10min\n`, 'D3', '"1FS+10min" is a tie', 'without a lag'],
	['a circle', `${HEAD}a;A;5;c\nb;B;5;a\nc;C;5;b\n`, 'D2', 'a → b → c → a', 'one of these arrows'],
	['a time without a date', `${HEAD}1;A;5;;19:30\n`, 'E2', 'no date', '--date'],
	['a time that is no time', `${HEAD}1;A;5;;stasera\n`, 'E2', 'no date and time', '21/10/2025 19:30'],
	['a day that is not in the calendar', `${HEAD}1;A;5;;30/02/2025 10:00\n`, 'E2', 'no date and time', '2025-10-21'],
	['months before days', `${HEAD}1;A;5;;10/21/2025 19:30\n`, 'E2', 'no date and time', 'month-first'],
	['an hour that the clocks skip', `${HEAD}1;A;5;;2025-03-30 02:30\n`, 'E2', 'skip that hour', 'before or after'],
	['an hour that the clocks show twice', `${HEAD}1;A;5;;2025-10-26 02:30\n`, 'E2', 'twice', '2025-10-26T02:30:00+02:00 or 2025-10-26T02:30:00+01:00'],
	['a team of signs alone', `${HEAD}1;A;5;;;;???\n`, 'G2', 'team’s name', 'letters and digits'],
	['a stream that is too long', `${HEAD}1;A;5;;;;;${'x'.repeat(81)}\n`, 'H2', '81 characters', 'at most 80'],
	['a quote that is never closed', `${HEAD}1;"A\n2;B\n`, 'B2', 'never closed', 'double the quote'],
	['no heading of a title', 'Numero;Cosa\n1;A\n', 'A1', 'no heading is known', 'columns: { title: … }'],
	['no rows below the headings', HEAD, '', 'no tasks', 'a row for each'],
	[
		'a heading that the mapping names and the sheet has not',
		`${HEAD}1;A\n`,
		'A1',
		'no heading is "Titulo"',
		'did you mean "Title"?',
		'columns: { title: Titulo }\n',
	],
	['a column that is two things', `${HEAD}1;A\n`, 'A1', 'both "id" and "title"', 'a column of its own', 'columns: { title: =A, id: =A }\n'],
	['p50 without p90', 'Title;Rehearsed p50;Rehearsed p90\nA;5;\n', 'C2', 'only one', 'both, or neither'],
	['a role that is none', 'Title;Owner role\nA;comander\n', 'B2', 'no role', 'did you mean "commander"?'],
];

test('each row has a cause of its own', () => {
	expect(new Set(rows.map(([cause]) => cause)).size).toBe(rows.length);
});

test.each(rows.map(([cause, csv, cell, message, remedy, mapping]) => [cause, csv, cell, message, remedy, mapping ?? ''] as const))(
	'%s',
	async (_, csv, cell, message, remedy, mapping) => {
		const mistakes = await mistakesOf(csv, mapping === '' ? {} : { mapping });
		expect(mistakes).toHaveLength(1);
		expect(mistakes[0]).toMatch(cell === '' ? /^scaletta: the/ : new RegExp(`^scaletta: cell ${cell}: `));
		expect(mistakes[0]?.replaceAll("'", '’')).toContain(message.replaceAll("'", '’'));
		expect(mistakes[0]?.split(' — ')[1]).toContain(remedy);
	},
);

test('all mistakes come at once, and name the sheet', async () => {
	const bytes = excelShape({
		sheets: [
			{
				name: 'Scaletta',
				rows: [
					['Title', 'Duration', 'Predecessors', 'Start'],
					['A', 'x', 'y'],
					[null, 5],
					[{ xml: '<c t="e"><v>#REF!</v></c>' }],
					['B', { xml: '<c><f>NOW()</f></c>' }, 12.14, 45_951.5],
				],
			},
		],
	});
	const outcome = await importBytes(bytes);
	const found = outcome.ok ? [] : outcome.mistakes.map((one) => /^scaletta: sheet "Scaletta", cell (\w+): (.*?) — /.exec(one)?.slice(1));
	expect(found).toEqual([
		['B2', '"x" is no length of time'],
		['A3', 'the task has no title'],
		['A4', 'the cell holds #REF!'],
		['B5', 'the cell holds a formula whose result was not saved'],
		['D5', 'the number 45951.5 is not formatted as a date'],
		['C2', 'no task has the id "y"'],
		['C5', 'no task has the id "12.14"'],
	]);
	expect(outcome.ok ? '' : outcome.mistakes.at(-1)).toContain('format it as text and write them with a semicolon');
});

test('what is wrong besides in a row whose id is taken is told at once', async () => {
	const mistakes = await mistakesOf(`${HEAD}a;A;5\na;B;5;manca\nb;C;5;a\n`);
	expect(mistakes.map((one) => /cell (\w+): (.*?) — /.exec(one)?.slice(1))).toEqual([
		['A3', 'the id "a" is that of A2 too'],
		['D3', 'no task has the id "manca"'],
	]);
});

test('an unknown kind is told, and taken for a task', async () => {
	const outcome = await importBytes(new TextEncoder().encode('Title;Type\nA;Sogno\n'));
	expect(outcome.ok && outcome.notes[0]).toContain('cell B2: "Sogno" is taken for an ordinary task');
});

test.each([
	['columns: { titel: Title }\n', 'map.yaml:1:12: columns.titel: unknown key "titel" — did you mean "title"?'],
	['durations: days\n', 'map.yaml:1:12: durations: '],
	['columns: [a]\n', 'map.yaml:1:10: columns: '],
	['a: b: c\n', 'map.yaml:1:'],
])('a mapping %j is told by its line', async (mapping, said) => {
	expect((await mistakesOf('Title\nA\n', { mapping }))[0]).toContain(said);
});

test('the day of the night is turned at noon', async () => {
	const csv = 'Title;Start\nA;12:00\nB;23:59\nC;00:00\nD;11:59\n';
	const outcome = await importBytes(new TextEncoder().encode(csv), { night: Date.UTC(2025, 9, 21) });
	const { tasks } = parse(outcome.ok ? outcome.out : '') as { tasks: Record<string, { start: string }> };
	expect(Object.values(tasks).map((one) => one.start.slice(8, 16))).toEqual(['21T12:00', '21T23:59', '22T00:00', '22T11:59']);
});

test.each([
	['2025-10-21T19:30:00+02:00', '17:30:00'],
	['2025-10-21 19:30:05 Z', '19:30:05'],
	['2025-10-21T19:30', '17:30:00'],
	['21/10/2025 19:30', '17:30:00'],
	['21/10/25 7.30', '05:30:00'],
	['21.10.25', '22:00:00'],
	['1-10-2025, 7:05 pm', '17:05:00'],
	['2025-10-21 12:00 AM', '22:00:00'],
	['19.30', '17:30:00'],
	['07:30:15', '05:30:15'],
	['24:00', null],
	['21/13/2025 10:00', null],
	['2025-02-29 10:00', null],
	['13:00 pm', null],
	['21/10', null],
])('the moment %j', (text, time) => {
	const moment = momentOf({ kind: 'text', text }, { zone: 'Europe/Rome', from1904: false, night: Date.UTC(2025, 9, 21), dates: 'day-first' });
	expect(moment.ok ? new Date(moment.value).toISOString().slice(11, 19) : null).toBe(time);
});

test.each([
	['90', 5_400_000],
	['90,5', 5_430_000],
	['1:30', 5_400_000],
	['26:15:03', 94_503_000],
	['1h 30m', 5_400_000],
	['1h30', 5_400_000],
	['9'.repeat(61), null],
	['2 ore e mezza', null],
	['2 ore', 7_200_000],
	['45 minuti', 2_700_000],
	['1.5h', 5_400_000],
	['1500 ms', 1500],
	['1 g', 86_400_000],
	['', null],
	['1:75', null],
])('the length %j', (text, ms) => {
	const length = durationOf({ kind: 'text', text }, { durations: 'minutes' });
	expect(length.ok ? length.value : null).toBe(ms);
});

describe('a serial time', () => {
	const clock = { zone: 'UTC', from1904: false, night: null, dates: 'day-first' } as const;
	const read = (value: number, from1904 = false) => {
		const moment = momentOf({ kind: 'number', value, as: 'date' }, { ...clock, from1904 });
		return moment.ok ? new Date(moment.value).toISOString() : moment.message;
	};
	test.each([
		[1, '1900-01-01T00:00:00.000Z'],
		[59.5, '1900-02-28T12:00:00.000Z'],
		[61, '1900-03-01T00:00:00.000Z'],
		[45_951.0437500001, '2025-10-21T01:03:00.000Z'],
		[serial('2025-10-21T01:03:00'), '2025-10-21T01:03:00.000Z'],
		[serial('2025-12-31T23:59:59'), '2025-12-31T23:59:59.000Z'],
	])('%f counts from 1900', (value, instant) => {
		expect(read(value)).toBe(instant);
	});
	test('of a 29 February that never was is refused', () => {
		expect(read(60.5)).toContain('not formatted as a date');
	});
	test('counts from 1904 where the workbook does', () => {
		expect(read(44_489.04375, true)).toBe('2025-10-21T01:03:00.000Z');
	});
	test('is exact for every second of a day', () => {
		for (let second = 1; second < 86_400; second += 1) {
			const moment = momentOf({ kind: 'number', value: 45_951 + second / 86_400, as: 'date' }, clock);
			if (!moment.ok || moment.value !== Date.UTC(2025, 9, 21) + second * 1000) throw new Error(`second ${second} is ${JSON.stringify(moment)}`);
		}
	});
});
