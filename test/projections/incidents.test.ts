// The fold of incidents: what stands on a timeline and in which order, what is left out when there is more, and the figures of a sentence.
import { describe, expect, test } from 'vitest';
import { applyEntry, boardOf, emptyFacts, type Facts } from '../../server/projections/fold.ts';
import { byLineKey } from '../../server/projections/incident-lines.ts';
import { needsOf, reachOf } from '../../server/projections/incident-reach.ts';
import { alarmKey } from '../../shared/board-breakdown.ts';
import { INCIDENT_LINES_ON_BOARD, INCIDENTS_ON_BOARD, STATEMENTS_ON_BOARD } from '../../shared/board-incident.ts';
import type { AlarmChange, Draft } from '../../shared/entry.ts';
import { markSchema } from '../../shared/mark.ts';
import { instantAt, openPlay, type Played, planOf, play } from '../domain/incident-play.ts';

const linesOf = (facts: Facts, id = 'i'): string[] => {
	const rows = boardOf(facts).incidents.rows[id]?.lines.rows ?? {};
	return Object.keys(rows)
		.sort(byLineKey)
		.map((key) => `${key} ${rows[key]?.what}${rows[key]?.detail === undefined ? '' : ` ${rows[key]?.detail}`}`);
};

/** Entries after a course that was played, each a second after the one before. */
function append(facts: Facts, ...drafts: readonly Draft[]): void {
	for (const draft of drafts) applyEntry(facts, { v: 1, seq: facts.seq + 1, seen: facts.seen + 1000, ...draft });
}
const on = (rule: string, subject: string, rest: object = {}): AlarmChange => ({
	to: 'on',
	rule,
	subject,
	priority: 1,
	latches: false,
	value: null,
	detail: null,
	suppressed: null,
	...rest,
});
const ended = (rule: string, subject: string): AlarmChange => ({ to: 'ended', alarm: alarmKey(rule, subject) });
const alarms = (...changes: readonly AlarmChange[]): Draft => ({ kind: 'auto', what: 'alarms', changes });
const mark = (wire: object, minute = 500): Draft => ({ kind: 'mark', mark: markSchema.parse(wire), by: 'sala', at: instantAt(minute) });

describe('an incident', () => {
	test('keeps each change, with who made it', () => {
		const { facts } = play(
			'1 open service/cup; 2 role lead; 3 cause failure pompe; 4 status restoring; 5 next 60; 6 note prova; 7 status observing; 8 status closed',
		);
		expect(linesOf(facts)).toEqual([
			'2 opened',
			'3 role lead',
			'4 cause failure',
			'5 status restoring',
			'6 next-update',
			'7 note',
			'8 status observing',
			'9 status closed',
		]);
		const one = boardOf(facts).incidents.rows.i;
		const { count, rows = {} } = one?.lines ?? {};
		expect(one).toMatchObject({
			status: 'closed',
			closedAt: instantAt(8),
			nextUpdate: instantAt(60),
			nature: 'failure',
			cause: 'pompe',
			roles: { lead: 'sala' },
		});
		expect(count).toBe(8);
		expect(rows[4]).toEqual({ at: instantAt(3), by: 'sala', what: 'cause', text: 'pompe', detail: 'failure' });
		expect(rows[6]).toMatchObject({ until: instantAt(60) });
	});

	test('is open again by a mark of its status, and its length goes on from its beginning', () => {
		const played = play('10 open service/cup since 4; 11 cause failure; 20 status closed; 30 status observing');
		expect(played.incident(25)).toMatchObject({ status: 'observing', closedAt: null, standing: 'watch', lastsMs: 21 * 60_000 });
	});

	test('promises nothing while it is closed, and what it had promised once it is open again', () => {
		const closed = '10 open service/cup; 11 cause failure; 12 next 60; 20 status closed';
		expect(play(closed).incident(70)).toMatchObject({ nextUpdate: null, nextUpdateMs: null, updateOverdue: false });
		const again = play(`${closed}; 30 status observing`);
		expect(again.incident(40)).toMatchObject({ nextUpdate: instantAt(60), nextUpdateMs: 20 * 60_000, updateOverdue: false });
		expect(again.incident(70)).toMatchObject({ nextUpdate: instantAt(60), updateOverdue: true });
	});

	test('stands still once it is closed', () => {
		const played = play('10 open service/cup since 4; 11 cause failure; 20 status closed');
		expect(played.incident(90)).toMatchObject({ standing: 'good', lastsMs: 16 * 60_000, nextUpdateMs: null, updateOverdue: false });
	});

	test.each([
		[59, 60_000, false],
		[60, 0, false],
		[60.01, -600, true],
	])('at minute %d its next update, promised for 60, is in %d ms, overdue: %s', (minute, nextUpdateMs, updateOverdue) => {
		expect(play('10 open; 12 next 60').incident(minute)).toMatchObject({ nextUpdateMs, updateOverdue, standing: 'bad' });
	});

	test('a cause that is recorded anew without words keeps none of another nature', () => {
		const { facts } = play('1 open; 2 cause failure pompe; 3 cause attack');
		expect(boardOf(facts).incidents.rows.i).toMatchObject({ nature: 'attack', cause: null });
	});

	test('takes its subject and its beginning from the alarm that it is opened from', () => {
		const { facts } = play('0 tick');
		append(facts, alarms(on('service-down', 'service/cup')));
		const since = facts.seen;
		append(facts, mark({ kind: 'incident', incident: 'i', act: 'open', title: 'Guasto', alarm: 'service-down:service:cup' }));
		expect(boardOf(facts).incidents.rows.i).toMatchObject({ subject: 'service/cup', alarm: 'service-down:service:cup', since });
		expect(linesOf(facts)).toEqual(['3 opened', '3b alarm service-down']);
		expect(boardOf(facts).incidents.rows.i?.lines.rows['3b']).toEqual({
			at: since,
			by: null,
			what: 'alarm',
			text: null,
			detail: 'service-down',
			subject: 'service/cup',
		});
	});

	test('what is said, started and sent stands on it, and what the data say of it', () => {
		const played = play(
			'0 cup=1; 1 open service/cup; 2 say cup works; 3 cup=0; 3.5 tick; 4 clock nis2 1; 5 sent nis2 early 5; 6 waive nis2; 7 say cup back 60; 8 cup=1; 18 cup=1',
		);
		expect(linesOf(played.facts).map((line) => line.replace(/^\S+ /, ''))).toEqual([
			'opened',
			'said',
			'contradicted down',
			'clock-started nis2',
			'clock-sent nis2.early',
			'clock-waived nis2',
			'said',
			'kept restored',
		]);
		expect(played.incident(19)?.clocks).toEqual(['i-nis2']);
		expect(played.refused).toEqual([]);
	});
});

describe('alarms on a timeline', () => {
	const opened = (subject = 'service/cup'): Facts => play(`1 open ${subject}`).facts;

	test.each<readonly [name: string, subject: string, of: string, isTold: boolean]>([
		['its own', 'service/cup', 'service/cup', true],
		['what it needs', 'service/cup', 'facility/ced', true],
		['what needs it', 'service/cup', 'service/web', true],
		['who needs what needs it', 'service/cup', 'dependant/med', true],
		['a flow that needs it', 'service/cup', 'flow/flusso', true],
		['what stands for itself', 'service/cup', 'service/solo', false],
		['what needs the same room', 'service/web', 'flow/flusso', false],
		['another room', 'service/cup', 'facility/altro', false],
		['itself, as an incident', 'service/cup', 'incident/i', true],
		['another incident', 'service/cup', 'incident/j', false],
		['its legal clock', 'service/cup', 'clock/i-nis2', true],
		['another’s', 'service/cup', 'clock/j-nis2', false],
	])('%s', (_name, subject, of, isTold) => {
		const facts = opened(subject);
		append(facts, alarms(on('prova', of)));
		expect(linesOf(facts).includes('3 alarm prova')).toBe(isTold);
	});

	test('that Regia itself does not see is on every open timeline, from its coming on to its end, and on one that is opened meanwhile', () => {
		const facts = opened();
		append(facts, alarms(on('observer-blind', 'programme/prova'), on('service-down', 'service/altro')));
		append(facts, mark({ kind: 'incident', incident: 'j', act: 'open', title: 'Altro' }), alarms(ended('observer-blind', 'programme/prova')));
		expect(linesOf(facts)).toEqual(['2 opened', '3 alarm observer-blind', '5 alarm-ended observer-blind']);
		const others = Object.entries(boardOf(facts).incidents.rows.j?.lines.rows ?? {}).sort(([a], [b]) => byLineKey(a, b));
		expect(others.map(([key, { what }]) => `${key} ${what}`)).toEqual(['4 opened', '4b alarm', '5 alarm-ended']);
	});

	test('one that ends is told once, and only where its coming on was', () => {
		const facts = opened();
		append(facts, alarms(ended('service-down', 'service/cup')));
		append(facts, alarms(on('service-down', 'service/cup')), alarms(ended('service-down', 'service/cup')));
		append(facts, alarms({ to: 'gone', alarm: 'service-down:service:cup' }));
		expect(linesOf(facts)).toEqual(['2 opened', '4 alarm service-down', '5 alarm-ended service-down']);
	});

	test('one in whose place another stands, or that nobody watches any more, is not told as over', () => {
		const facts = opened();
		append(facts, alarms(on('service-down', 'service/cup')));
		append(facts, alarms(on('service-overrun', 'service/cup', { follows: 'service-down:service:cup' })));
		append(facts, alarms({ to: 'gone', alarm: 'service-overrun:service:cup', why: 'unwatched' }));
		append(facts, alarms(on('service-down', 'service/cup')), alarms(ended('service-down', 'service/cup')));
		const told = ['3 alarm service-down', '4 alarm service-overrun', '6 alarm service-down', '7 alarm-ended service-down'];
		expect(linesOf(facts)).toEqual(['2 opened', ...told]);
	});

	test('one that nobody watches any more, or that goes on under another name, is not told as ended', () => {
		const facts = opened();
		append(facts, alarms(on('service-down', 'service/cup')));
		append(facts, alarms(on('service-overrun', 'service/cup', { follows: 'service-down:service:cup' })));
		append(facts, alarms({ to: 'gone', alarm: 'service-overrun:service:cup', why: 'unwatched' }));
		append(facts, alarms(on('service-down', 'service/cup')), alarms(ended('service-down', 'service/cup')));
		expect(linesOf(facts)).toEqual([
			'2 opened',
			'3 alarm service-down',
			'4 alarm service-overrun',
			'6 alarm service-down',
			'7 alarm-ended service-down',
		]);
	});

	test('what is suppressed is not told until it is freed', () => {
		const facts = opened();
		append(facts, alarms(on('service-down', 'service/cup', { suppressed: 'planned' })));
		expect(linesOf(facts)).toEqual(['2 opened']);
		append(facts, alarms({ to: 'freed', alarm: 'service-down:service:cup' }), alarms({ to: 'freed', alarm: 'service-down:service:cup' }));
		expect(linesOf(facts)).toEqual(['2 opened', '4 alarm service-down']);
	});

	test('a closed incident is told nothing', () => {
		const { facts } = play('1 open service/cup; 2 cause failure; 3 status closed');
		append(facts, alarms(on('service-down', 'service/cup')));
		expect(linesOf(facts).some((line) => line.includes('alarm'))).toBe(false);
	});

	test('several at one look stand under one seq, in their order', () => {
		const facts = opened('facility/ced');
		append(facts, alarms(...Array.from({ length: 60 }, (_, n) => on(`prova-${n}`, 'service/cup'))));
		const told = linesOf(facts).slice(1);
		expect(told.map((line) => line.split(' ').at(-1))).toEqual(Array.from({ length: 60 }, (_, n) => `prova-${n}`));
		expect(told.slice(0, 3)).toEqual(['3 alarm prova-0', '3b alarm prova-1', '3c alarm prova-2']);
	});

	test('a storm leaves room for what people marked', () => {
		const facts = opened('facility/ced');
		append(facts, ...Array.from({ length: 60 }, (_, n) => mark({ kind: 'incident', incident: 'i', act: 'note', text: `nota ${n}` })));
		append(facts, alarms(...Array.from({ length: 1000 }, (_, n) => on(`prova-${n}`, 'service/cup'))));
		const { lines } = boardOf(facts).incidents.rows.i ?? { lines: { count: 0, rows: {} } };
		const told = linesOf(facts);
		expect([lines.count, told.length]).toEqual([1061, INCIDENT_LINES_ON_BOARD]);
		expect(told.filter((line) => line.endsWith('note')).length).toBe(60);
		expect(told.at(-1)).toMatch(/alarm prova-999$/);
	});

	test('a plan that changes changes what it is about', () => {
		const facts = opened();
		const { services, ...rest } = planOf();
		const plan = { ...rest, services: { ...services, solo: { ...services.solo, needs: ['service/cup'] } } } as ReturnType<typeof planOf>;
		append(facts, { kind: 'plan', plan, text: '', digest: 'e', by: 'prova', rehearsal: true }, alarms(on('prova', 'service/solo')));
		expect(linesOf(facts)).toEqual(['2 opened', '4 alarm prova']);
	});

	test('a ring in the map ends where it began', () => {
		const needs = { 'service/a': ['service/b'], 'service/b': ['service/a'] };
		expect(reachOf('service/a', needs).toSorted()).toEqual(['service/a', 'service/b']);
		expect(needsOf(planOf())['service/web']).toEqual(['service/cup']);
	});
});

describe('a sentence', () => {
	const link = { linked: [{ subject: 'facility/ced', measure: 'facility.temperature' }] };
	const frozen = (played: Played, minute: number) => {
		append(played.facts, mark({ kind: 'statement', statement: 'x', text: 'Frase', audience: 'public', ...link }, minute));
		return played.board.statements.rows.x?.linked[0];
	};
	const figure = (value: number | null, minute: number | null) => ({
		subject: 'facility/ced',
		measure: 'facility.temperature',
		value,
		at: minute === null ? null : instantAt(minute),
	});

	test.each<readonly [name: string, script: string, value: number | null, minute: number | null]>([
		['as it stands at that second', '5 temp=41.2; 8 temp=41.6', 41.6, 8],
		['at the limit of its age', '0 temp=41.2', 41.2, 0],
		['never reported', '0 tick', null, null],
		['reported, and Regia cannot look now', '5 temp=41.2; 8 temp=blind', null, 5],
		['only ever blind', '8 temp=blind', null, null],
	])('keeps a figure %s', (_name, script, value, minute) => {
		expect(frozen(play(script), 10)).toEqual(figure(value, minute));
	});

	test('keeps no figure that is old, but since when', () => {
		expect(frozen(play('0 temp=41.2'), 10.01)).toEqual(figure(null, 0));
	});

	test('keeps it whatever is reported afterwards', () => {
		const played = play('8 temp=41.6');
		frozen(played, 10);
		played.step('11 temp=20');
		expect(played.board.statements.rows.x?.linked[0]).toEqual(figure(41.6, 8));
	});

	test.each([
		['five seconds after it was said: as it stands', 5, 41.6],
		['a second later: none, for nobody knows what it was then', 6, null],
		['five days after it was said: none', 432_000, null],
	])('entered %s', (_name, seconds, value) => {
		const { facts, board } = play('8 temp=41.6');
		expect(board.statements.count).toBe(0);
		const saidAt = new Date(instantAt(10) - seconds * 1000).toISOString();
		append(facts, mark({ kind: 'statement', statement: 'x', text: 'Frase', audience: 'public', saidAt, ...link }, 10));
		const [one] = boardOf(facts).statements.rows.x?.linked ?? [];
		expect(one).toEqual(figure(value, value === null ? null : 8));
	});

	test('is as old as it was said, not as it was entered', () => {
		const { facts } = play('20 say@4 -');
		expect(boardOf(facts).statements.rows.s1?.at).toBe(instantAt(4));
	});
});

describe('more than the board holds', () => {
	const closed = (id: string): readonly Draft[] => [
		mark({ kind: 'incident', incident: id, act: 'cause', nature: 'failure' }),
		mark({ kind: 'incident', incident: id, act: 'status', status: 'closed' }),
	];

	test.each<readonly [name: string, script: string, isKept: boolean]>([
		['is open', '1 open', true],
		['is open, and its clock owes no more', '1 open; 2 clock gdpr 1; 3 sent gdpr notification 2', true],
		['is closed, and a step of its clock is owed', '1 open; 2 clock nis2 1; 3 sent nis2 early 2; 4 cause failure; 5 status closed', true],
		['is closed, and its clock is waived', '1 open; 2 clock nis2 1; 3 waive nis2; 4 cause failure; 5 status closed', false],
		['is closed, and all was sent', '1 open; 2 clock gdpr 1; 3 sent gdpr notification 2; 4 cause failure; 5 status closed', false],
		['was reopened', '1 open; 2 cause failure; 3 status closed; 4 status observing', true],
	])('an incident that %s', (_name, script, isKept) => {
		const { facts } = play(script);
		for (let n = 0; n < INCIDENTS_ON_BOARD; n += 1) {
			append(facts, mark({ kind: 'incident', incident: `${n}`, act: 'open', title: 'Guasto' }), ...closed(`${n}`));
		}
		const { incidents, clocks } = boardOf(facts);
		expect([Object.hasOwn(incidents.rows, 'i'), Object.hasOwn(incidents.past ?? {}, 'i')]).toEqual([isKept, !isKept]);
		expect(Object.keys(clocks)).toHaveLength(isKept && script.includes('clock') ? 1 : 0);
		expect(Object.hasOwn(incidents.rows, '0')).toBe(!isKept);
		expect(Object.keys(incidents.rows).length).toBe(INCIDENTS_ON_BOARD);
	});

	test('where all are open, all stay', () => {
		const { facts } = play('1 open');
		append(
			facts,
			...Array.from({ length: INCIDENTS_ON_BOARD + 50 }, (_, n) => mark({ kind: 'incident', incident: `${n}`, act: 'open', title: 'Guasto' })),
		);
		expect(Object.keys(boardOf(facts).incidents.rows).length).toBe(INCIDENTS_ON_BOARD + 51);
		append(facts, ...closed('7'), mark({ kind: 'incident', incident: 'z', act: 'open', title: 'Guasto' }));
		expect(Object.hasOwn(boardOf(facts).incidents.rows, '7')).toBe(false);
	});

	test('the oldest incidents leave it with their clocks; their ids are not taken again', () => {
		const { facts } = play('1 open; 2 clock nis2 1; 3 waive nis2; 4 cause failure; 5 status closed');
		const another = (n: number): Draft => mark({ kind: 'incident', incident: `${n}`, act: 'open', title: 'Guasto' });
		append(facts, ...Array.from({ length: INCIDENTS_ON_BOARD }, (_, n) => another(n)));
		append(facts, mark({ kind: 'incident', incident: 'i', act: 'open', title: 'Altro' }));
		const { incidents, clocks } = boardOf(facts);
		expect(incidents.count).toBe(INCIDENTS_ON_BOARD + 1);
		expect(Object.keys(incidents.rows).length).toBe(INCIDENTS_ON_BOARD);
		expect([incidents.rows.i, incidents.past, clocks]).toEqual([undefined, { i: instantAt(1) }, {}]);
	});

	test('the oldest sentences leave it, also where their ids look like numbers', () => {
		const { facts } = play('1 say -');
		const another = (n: number): Draft => mark({ kind: 'statement', statement: `${1000 - n}`, text: 'Frase', audience: 'public' });
		append(facts, ...Array.from({ length: STATEMENTS_ON_BOARD + 1 }, (_, n) => another(n)));
		const { statements } = boardOf(facts);
		expect(Object.keys(statements.past ?? {}).toSorted()).toEqual(['1000', 's1']);
		expect(Object.keys(statements.rows).length).toBe(STATEMENTS_ON_BOARD);
	});
});

test('a checkpoint is as good as the entries', () => {
	const script = '0 cup=1; 1 open service/cup; 2 say cup works + cup back 60; 3 cup=0; 4 clock nis2 1; 5 cause failure; 6 next 90; 61 cup=0';
	const played = play(script);
	for (let cut = 1; cut < played.entries.length; cut += 1) {
		const half = emptyFacts();
		for (const entry of played.entries.slice(0, cut)) applyEntry(half, entry);
		const kept = JSON.parse(JSON.stringify(half)) as Facts;
		for (const entry of played.entries.slice(cut)) applyEntry(kept, entry);
		expect(boardOf(kept)).toEqual(played.board);
	}
});

test('a board that was shown does not change with what follows', () => {
	const played = openPlay();
	played.step('1 open service/cup');
	const before = played.board;
	const copy = structuredClone(before);
	for (const line of ['2 say cup works', '3 cup=0', '4 clock nis2 1', '5 status observing', '6 sent nis2 early 5']) played.step(line);
	expect(before).toEqual(copy);
});

test('an id that every object has a thing by is an id like any other', () => {
	const { facts } = play('0 tick');
	const about = { kind: 'incident', incident: 'constructor' };
	append(facts, mark({ ...about, act: 'open', title: 'Guasto', subject: 'service/cup' }), mark({ ...about, act: 'note', text: 'prova' }));
	append(facts, mark({ kind: 'statement', statement: 'constructor', text: 'Frase', audience: 'public', incident: 'constructor' }));
	append(facts, alarms(on('service-down', 'service/cup')));
	expect(linesOf(facts, 'constructor').map((line) => line.split(' ')[1])).toEqual(['opened', 'note', 'said', 'alarm']);
	expect(Object.hasOwn(boardOf(facts).statements.rows, 'constructor')).toBe(true);
});

test('marks about what is not there change nothing, whatever admitted them', () => {
	const { facts } = play('1 open; 2 clock nis2 1; 3 say -');
	const before = boardOf(facts);
	append(
		facts,
		mark({ kind: 'incident', incident: 'zz', act: 'status', status: 'closed' }),
		mark({ kind: 'incident', incident: 'i', act: 'open', title: 'Altro' }),
		mark({ kind: 'clock', incident: 'zz', law: 'nis2', act: 'start', awareAt: '2021-08-16T09:00:00Z' }),
		mark({ kind: 'clock', incident: 'i', law: 'nis2', act: 'start', awareAt: '2021-08-16T09:00:00Z' }),
		mark({ kind: 'clock', incident: 'i', law: 'gdpr', act: 'waive', reason: 'prova' }),
		mark({ kind: 'statement', statement: 's1', text: 'Altra', audience: 'staff' }),
		{ kind: 'auto', what: 'statement', statement: 'zz', to: 'contradicted', claim: 0, why: 'down' },
	);
	const { incidents, statements, clocks } = boardOf(facts);
	expect({ incidents, statements, clocks }).toEqual({ incidents: before.incidents, statements: before.statements, clocks: before.clocks });
});
