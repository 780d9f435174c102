// @vitest-environment happy-dom
// The walls of failures and the strip at their foot, from literals: every word by its table, and nothing green where nobody knows.
import { act, type ReactNode } from 'react';
import { afterEach, describe, expect, test } from 'vitest';
import { learnAlarmWords } from '../../client/store/alarm-words.ts';
import { learnBreakdownWords } from '../../client/store/breakdown-words.ts';
import { deadlineRows } from '../../client/tiles/deadlines-model.ts';
import { dependantRow, formOf, sumWorking } from '../../client/tiles/dependants-model.ts';
import { facilityTile } from '../../client/tiles/facility-tile-model.ts';
import { footAlarms } from '../../client/tiles/foot-alarms-model.ts';
import { FootStripTile } from '../../client/tiles/foot-strip.tile.tsx';
import { leadOf, momentOf, spanOf } from '../../client/tiles/incident-model.ts';
import { saidRows, saidThatFit } from '../../client/tiles/said-model.ts';
import { fitServices, servicesWall } from '../../client/tiles/services-wall-model.ts';
import { facilitiesShown, facilitiesUnder, pathOfDrawing, temperatureDrawing } from '../../client/tiles/temperature-model.ts';
import { TruthStripTile } from '../../client/tiles/truth-strip.tile.tsx';
import { WallIncidentView } from '../../client/views/wall-incident.view.tsx';
import { WallServicesView } from '../../client/views/wall-services.view.tsx';
import { alarmRules } from '../../shared/alarm-rules.ts';
import type { Board } from '../../shared/board.ts';
import type { AlarmFacts, FacilityFacts } from '../../shared/board-breakdown.ts';
import type { BreakdownNow, ClockNow, DependantNow, FlowNow, IncidentNow, StatementNow } from '../../shared/breakdown-now.ts';
import type { Language } from '../../shared/format.ts';
import { judge } from '../../shared/judge.ts';
import { judgeFacility } from '../../shared/judge-facility.ts';
import { alarmsEn } from '../../shared/words/en-alarms.ts';
import { it as wordsIt } from '../../shared/words/it.ts';
import { alarmsIt } from '../../shared/words/it-alarms.ts';
import { breakdownIt } from '../../shared/words/it-breakdown.ts';
import { servicesWallIt } from '../../shared/words/it-services-wall.ts';
import {
	alarmLiteral,
	alarmsOf,
	blindLiteral,
	breakdownLiteral,
	breakdownNow,
	coolingFailedAt,
	facilityLiteral,
	fallenAt,
	firstMinutesLiteral,
	firstMinutesNow,
	floodLiteral,
	floodNow,
	fortyServices,
	incidentLiteral,
	quietBoard,
	stormLiteral,
} from '../kit/breakdown-literal.ts';
import { type Staged, stageTile, stateOf } from './stage-tile.tsx';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ZONE = 'Europe/Rome';
await learnAlarmWords('en');
await learnBreakdownWords('en');
await import('../../client/tiles/foot-alarms.tsx');

let staged: Staged | null = null;
afterEach(() => staged?.close());

async function show(tile: ReactNode, board: Board, now = breakdownNow, language: Language = 'it'): Promise<string> {
	staged?.close();
	staged = stageTile(tile, stateOf(board, now), language);
	// What is loaded only once it is needed comes a moment later.
	await act(async () => void (await Promise.resolve()));
	await act(async () => void (await Promise.resolve()));
	return staged.text();
}

describe('every alarm', () => {
	test.each([
		['it', alarmsIt],
		['en', alarmsEn],
	])('has a name and says what to do, short enough for a wall seen from afar, %s', (_language, own) => {
		expect(Object.keys(own.name).toSorted()).toEqual(Object.keys(alarmRules).toSorted());
		expect(Object.keys(own.remedy).toSorted()).toEqual(Object.keys(alarmRules).toSorted());
		expect(Object.values(own.remedy).filter((text) => text.length > 60 || text.length < 12)).toEqual([]);
		expect(Object.values(own.name).filter((text) => text.length > 36)).toEqual([]);
	});
});

describe('the foot', () => {
	const foot = (board: Board, now = breakdownNow) =>
		footAlarms(judge(board, now).alarms, { says: board.alarms, own: alarmsIt, language: 'it', now, nameOf: (by) => by }) ?? {
			lines: [],
			counts: [],
			standing: 'none',
			suppressed: [],
			isFlood: false,
		};
	const withAlarms = (...all: AlarmFacts[]): Board => {
		const board = breakdownLiteral();
		return { ...board, alarms: { ...board.alarms, active: alarmsOf(...all) } };
	};

	const two = (): Board =>
		withAlarms(
			alarmLiteral('flow-overdue', 'flow/farmacie', 1, fallenAt + 24 * HOUR),
			alarmLiteral('service-down', 'service/referti', 2, fallenAt, { acknowledged: [fallenAt, 'sala'] }),
		);

	test('the worst that nobody has taken, with its shape, its priority, its name, what to do, its age, and how many there are', async () => {
		const text = await show(<FootStripTile />, two());
		expect(text).toMatch(/P1 ?Flusso farmacie: scadenza superata · da 39 h→ Che fare: Avvisare chi riceve il flusso; registrare il motivo1 di 2/);
		expect(staged?.place.querySelector('[data-shape]')?.getAttribute('data-shape')).toBe('bad');
		expect(staged?.place.querySelector('[data-pulses]')).not.toBeNull();
	});

	test('in English', async () => {
		expect(await show(<FootStripTile />, two(), breakdownNow, 'en')).toContain('deadline passed · for 39 h→ To do: Tell who receives');
	});

	test('taken ones alone are quieter, and say by whom', () => {
		const { standing, lines } = foot(withAlarms(alarmLiteral('flow-overdue', 'flow/farmacie', 1, fallenAt, { acknowledged: [fallenAt, 'sala'] })));
		expect(standing).toBe('good');
		expect(lines[0]).toMatchObject({ isTaken: true, pulses: false, beside: ['da 2 g', 'in carico a sala'] });
	});

	test.each([
		['over, and nobody has seen it', { endedAt: breakdownNow - MINUTE }, 'rientrato'],
		[
			'over, and to be reset',
			{ endedAt: breakdownNow - MINUTE, latches: true, acknowledged: [fallenAt, 'sala'] as const },
			'rientrato, da ripristinare a mano',
		],
	])('%s', (_name, rest, said) => {
		expect(foot(withAlarms(alarmLiteral('service-both-write', 'service/ricetta', 1, fallenAt, rest))).lines[0]?.beside[0]).toBe(said);
	});

	test('what still is so goes before what is over, however urgent that was', () => {
		const over = alarmLiteral('facility-rising', 'facility/ced-esterno', 1, fallenAt, { endedAt: breakdownNow - HOUR });
		expect(foot(withAlarms(over, alarmLiteral('service-down', 'service/referti', 3, breakdownNow - MINUTE))).lines[0]?.priority).toBe('P3');
		expect(foot(withAlarms(over)).lines[0]?.priority).toBe('P1');
	});

	test('what is over says how long it lasted, and asks to be taken note of, not to be acted on', () => {
		const ended = alarmLiteral('service-beyond-tolerable', 'service/ricetta', 1, fallenAt, { endedAt: fallenAt + 19 * MINUTE });
		expect(foot(withAlarms(ended))).toMatchObject({
			standing: 'good',
			lines: [{ standing: 'watch', beside: ['rientrato', 'durato 19 min'], todo: 'Prenderne atto dalla scrivania', pulses: false }],
		});
		const latched = alarmLiteral('service-both-write', 'service/ricetta', 1, fallenAt, {
			endedAt: fallenAt + HOUR,
			latches: true,
			acknowledged: [fallenAt, 'sala'],
		});
		expect(foot(withAlarms(latched))).toMatchObject({ standing: 'watch', lines: [{ todo: 'Verificare, poi ripristinarlo dalla scrivania' }] });
		const taken = alarmLiteral('service-down', 'service/referti', 2, fallenAt, { acknowledged: [fallenAt, 'sala'] });
		expect(foot(withAlarms(ended, taken)).lines[0]?.text).toBe('Referti in rete: non risponde');
	});

	test('a cause that explains three or more stands first without a flood too; what nobody has taken has its own with its cause', () => {
		const quiet = { ...floodLiteral(), alarms: { ...floodLiteral().alarms, floodSince: null } };
		const { lines, counts, isFlood } = foot(quiet, floodNow);
		expect([isFlood, counts]).toEqual([false, ['1 causa', '43 allarmi']]);
		expect(lines.map(({ text }) => text)).toEqual(['CED Milano: temperatura oltre il limite']);
		const third = foot(breakdownLiteral());
		expect(third.lines.map(({ text, isTaken }) => [text, isTaken])).toEqual([
			['Flusso farmacie: scadenza superata', false],
			// What people have said is nobody's fault but theirs.
			['Frase smentita dai dati: «Ripristino entro stasera»', false],
		]);
		expect(third.lines[0]?.beside[0]).toMatch(/^causa: CED esterno, sala server: /);
		expect([third.standing, third.counts]).toEqual(['bad', ['2 cause', '9 allarmi']]);
	});

	test('two that one explains stand for themselves, and so do three of which one is over', () => {
		const alarms = [
			alarmLiteral('facility-too-hot', 'facility/ced-esterno', 1, fallenAt),
			alarmLiteral('service-down', 'service/ricetta', 2, fallenAt + MINUTE),
		];
		const over = alarmLiteral('service-down', 'service/accesso', 2, fallenAt + MINUTE, { endedAt: fallenAt + HOUR });
		expect(foot(withAlarms(...alarms)).counts).toEqual(['1 di 2']);
		expect(foot(withAlarms(...alarms, over)).counts).toEqual(['1 di 3']);
		expect(foot(withAlarms(...alarms, { ...over, endedAt: null })).counts).toEqual(['1 causa', '3 allarmi']);
	});

	test('what is expected is a count; with nothing else the strip says what it says today', async () => {
		const planned = { suppressed: 'planned' as const };
		const board = withAlarms(
			alarmLiteral('service-down', 'service/ricetta', 2, fallenAt, planned),
			alarmLiteral('service-down', 'service/accesso', 2, fallenAt, planned),
			alarmLiteral('service-down', 'service/portale-fse', 1, fallenAt, planned),
		);
		expect(foot(board).suppressed).toEqual([{ text: '3 allarmi attesi: fermo pianificato', short: '3 attesi' }]);
		const text = await show(<FootStripTile />, board);
		expect(text).toContain('guasto');
		expect(text).toContain('3 allarmi attesi: fermo pianificato');
		const { 'service-down:service:ricetta': one } = board.alarms.active;
		if (one !== undefined) expect(foot(withAlarms(one)).suppressed).toEqual([{ text: '1 allarme atteso: fermo pianificato', short: '1 atteso' }]);
	});

	test('the plan’s own word on what to do goes before ours, and its own alarms have their own name', () => {
		const board = withAlarms(alarmLiteral('flow-overdue', 'flow/farmacie', 1, fallenAt), alarmLiteral('umida', 'facility/ced-esterno', 3, fallenAt));
		const alarms = {
			...board.alarms,
			remedies: { 'flow-overdue': 'Telefonare al ministero' },
			rules: { umida: { label: 'umidità alta', remedy: 'Aprire' } },
		};
		expect(foot({ ...board, alarms }).lines[0]?.todo).toBe('Telefonare al ministero');
		const { 'umida:facility:ced-esterno': own = null } = alarms.active;
		expect(foot({ ...board, alarms: { ...alarms, active: own === null ? {} : alarmsOf(own) } }).lines[0]).toMatchObject({
			text: 'CED esterno, sala server: umidità alta',
			todo: 'Aprire',
			standing: 'watch',
			priority: 'P3',
		});
	});

	test('a sentence and a title stand after what is the matter with them', () => {
		expect(foot(withAlarms(alarmLiteral('statement-contradicted', 'statement/stasera', 2, fallenAt))).lines[0]?.text).toBe(
			'Frase smentita dai dati: «Ripristino entro stasera»',
		);
		expect(foot(withAlarms(alarmLiteral('update-overdue', 'incident/fse', 2, fallenAt))).lines[0]?.text).toMatch(
			/^Aggiornamento promesso in ritardo: Fascicolo/,
		);
	});

	test('a flood is one line a cause: forty-three alarms of one room are one', () => {
		const { lines, counts, isFlood } = foot(floodLiteral(), floodNow);
		expect([isFlood, counts]).toEqual([true, ['1 causa', '43 allarmi']]);
		expect(lines.map(({ text }) => text)).toEqual(['CED Milano: temperatura oltre il limite']);
	});

	test('five causes: three at most, each with how many hang on it', async () => {
		const { lines, counts } = foot(stormLiteral(), floodNow);
		expect(counts).toEqual(['5 cause', '45 allarmi']);
		expect(lines.map(({ beside }) => beside[0])).toEqual(['9 allarmi', '9 allarmi', '9 allarmi']);
		await show(<FootStripTile />, stormLiteral(), floodNow);
		expect(staged?.place.querySelectorAll('[data-alarm]')).toHaveLength(3);
	});

	test('no alarm: nothing of alarms is drawn', async () => {
		expect(await show(<FootStripTile />, quietBoard())).toBe('Nessuna segnalazione');
	});
});

test('Regia’s own blindness is said above, with its age, and is nobody else’s', async () => {
	expect(await show(<TruthStripTile title="Servizi" />, blindLiteral())).toContain('Regia non vede: nessun controllo risponde da 22 min');
	expect(await show(<TruthStripTile title="Servizi" />, breakdownLiteral())).not.toContain('non vede');
});

describe('durations and days', () => {
	test.each([
		[0, null, '0:00'],
		[59 * MINUTE, null, '0:59'],
		[23 * HOUR + 59 * MINUTE, null, '23:59'],
		[24 * HOUR, '1 giorno', '0:00'],
		[63 * HOUR + 42 * MINUTE, '2 giorni', '15:42'],
		[-5, null, '0:00'],
	])('%i ms', (ms, days, time) => {
		const span = spanOf(ms, breakdownIt.incident.days);
		expect([span.days === null ? null : `${span.days} ${span.dayWord}`, span.time]).toEqual([days, time]);
	});

	test.each([
		[fallenAt, fallenAt + HOUR, '19:00'],
		[fallenAt, breakdownNow, 'sab 19:00'],
		[fallenAt, fallenAt + 6 * HOUR, 'sab 19:00'],
		[fallenAt, fallenAt + 9 * 24 * HOUR, 'sab 14 19:00'],
	])('%i seen at %i', (at, now, text) => {
		expect(momentOf(at, now, ZONE, 'it')).toBe(text);
	});
});

const incidentNow = (id: string, rest: Partial<IncidentNow> = {}): IncidentNow => {
	const one = judge(breakdownLiteral(), breakdownNow).breakdown?.incidents.fse;
	if (one === undefined) throw new Error('the literal has no incident');
	return { ...one, id, ...rest };
};

test.each([
	['the worst', [incidentNow('a', { standing: 'watch' }), incidentNow('b', { standing: 'bad' })], null, 'b'],
	['of the same standing the oldest', [incidentNow('a', { since: 5 }), incidentNow('b', { since: 3 })], null, 'b'],
	['none that is closed', [incidentNow('a', { closedAt: 9, standing: 'bad' }), incidentNow('b', { standing: 'good' })], null, 'b'],
	['the one that was asked for, closed or not', [incidentNow('a', { closedAt: 9 }), incidentNow('b')], 'a', 'a'],
	['one that was asked for and is not there: as if nothing had been', [incidentNow('a')], 'x', 'a'],
	['nobody', [], null, null],
])('who leads the wall: %s', (_name, all, wished, id) => {
	expect(leadOf(Object.fromEntries(all.map((one) => [one.id, one])), wished)?.id ?? null).toBe(id);
});

describe('deadlines', () => {
	const flow = (rest: Partial<FlowNow>): FlowNow => ({
		label: 'Flusso',
		state: 'met',
		standing: 'good',
		deadlineMs: 24 * HOUR,
		oldestAgeMs: HOUR,
		dueAt: breakdownNow + 23 * HOUR,
		overdueMs: 0,
		backlog: 4,
		drainPerMinute: 1,
		drainMs: 1,
		ageMs: 1,
		...rest,
	});
	const incidents = { altro: incidentNow('altro', { title: 'Altro', closedAt: 5 }) };
	const of = (now: Partial<BreakdownNow>, incident: IncidentNow | null = null) =>
		deadlineRows({ flows: {}, clocks: {}, incidents, ...now } as BreakdownNow, incident, breakdownNow, breakdownIt).map(
			({ label, about, text }) => `${label}${about === null ? '' : ` (${about})`}: ${text}`,
		);

	test.each<[string, Partial<FlowNow>, string]>([
		['met', {}, 'Flusso, 24 h: fra 23:00'],
		['nothing waits', { dueAt: null, backlog: 0, oldestAgeMs: 0 }, 'Flusso, 24 h: nulla da inviare'],
		['overdue', { state: 'overdue', overdueMs: 39 * HOUR + 42 * MINUTE }, 'Flusso, 24 h: superata da 39:42'],
		['overdue for days', { state: 'overdue', overdueMs: 100 * HOUR }, 'Flusso, 24 h: superata da 4 giorni'],
		['cannot be met', { state: 'cannot-be-met', dueAt: breakdownNow + 2 * HOUR }, 'Flusso, 24 h: fra 2:00, non rispettabile'],
		['nobody knows', { state: 'unknown', dueAt: null, oldestAgeMs: null }, 'Flusso, 24 h: non si sa'],
		['of an odd length', { deadlineMs: 90 * MINUTE }, 'Flusso, 1:30: fra 23:00'],
	])('a flow: %s', (_name, rest, text) => {
		expect(of({ flows: { a: flow(rest) } })).toEqual([text]);
	});

	const step = { step: 'notification', due: 0, state: 'near', remainingMs: 8 * HOUR, sentAt: null, protocol: null } as const;
	const clock = (rest: Partial<ClockNow>): ClockNow => ({
		incident: 'fse',
		law: 'nis2',
		awareAt: 0,
		by: 'x',
		steps: [],
		next: step,
		standing: 'watch',
		...rest,
	});
	test.each<[string, Partial<ClockNow>, readonly string[]]>([
		['near', {}, ['Notifica NIS2, 72 h: fra 8:00']],
		['overdue', { next: { ...step, state: 'overdue', remainingMs: -HOUR } }, ['Notifica NIS2, 72 h: superata da 1:00']],
		[
			'a month away',
			{ law: 'l90', next: { ...step, step: 'final', state: 'running', remainingMs: 29.5 * 24 * HOUR } },
			['Relazione L. 90: fra 29 giorni'],
		],
		['all sent', { next: null }, ['NIS2: tutto inviato']],
		['of another incident, closed or not', { incident: 'altro' }, ['Notifica NIS2, 72 h (Altro): fra 8:00']],
		['of another, all sent', { incident: 'altro', next: null }, []],
		[
			'the first overdue, and the second near: both are owed',
			{
				next: { ...step, step: 'early', state: 'overdue', remainingMs: -40 * HOUR },
				steps: [
					{ ...step, step: 'early', state: 'overdue', remainingMs: -40 * HOUR },
					step,
					{ ...step, step: 'final', state: 'running', remainingMs: 700 * HOUR },
				],
			},
			['Pre-notifica NIS2, 24 h: superata da 40:00', 'Notifica NIS2, 72 h: fra 8:00'],
		],
	])('a legal clock: %s', (_name, rest, rows) => {
		expect(of({ clocks: { a: clock(rest) } }, incidentNow('fse', { closedAt: 1 }))).toEqual(rows);
	});

	test('with no incident open, what is still owed about a closed one stands', () => {
		expect(of({ clocks: { a: clock({ incident: 'altro' }), b: clock({ incident: 'altro', next: null }) } })).toEqual([
			'Notifica NIS2, 72 h (Altro): fra 8:00',
		]);
	});

	test.each<[string, Partial<IncidentNow>, string]>([
		['promised', { nextUpdateMs: 18 * MINUTE, updateOverdue: false }, 'fra 0:18'],
		['late', { nextUpdateMs: -12 * MINUTE, updateOverdue: true }, 'in ritardo di 0:12'],
		['not promised', { nextUpdateMs: null, updateOverdue: false }, 'non promesso'],
	])('the next update: %s', (_name, rest, text) => {
		expect(of({}, incidentNow('fse', rest))).toEqual([`Prossimo aggiornamento: ${text}`]);
	});
});

describe('who is blocked', () => {
	const one = (rest: Partial<DependantNow>): DependantNow => ({
		label: 'Medici di base',
		count: 7812,
		operator: null,
		state: 'working',
		standing: 'good',
		by: [],
		since: null,
		confirmedBy: 'dependant/medici',
		ageMs: 40_000,
		...rest,
	});
	test.each<[string, Partial<DependantNow>, string, string]>([
		['blocked, with how many', { state: 'blocked', standing: 'bad' }, 'bad', '7.812 bloccati'],
		['off as planned', { state: 'blocked', standing: 'watch', count: 12 }, 'watch', '12 bloccati, fermo previsto'],
		['blocked, nobody says how many', { state: 'blocked', standing: 'bad', count: null }, 'bad', 'bloccati'],
		['blocked, of the other gender', { state: 'blocked', standing: 'bad', label: 'Farmacie', count: 3010 }, 'bad', '3.010 bloccate'],
		['confirmed', {}, 'confirmed', 'operativi, visti 40 s fa'],
		['on another’s system', { operator: 'altro gestore', ageMs: 61_000 }, 'confirmed', 'altro gestore, visto 1 min fa'],
		['silent', { state: 'unknown', standing: 'blind', ageMs: 22 * MINUTE }, 'blind', 'non si sa, nessun dato da 22 min'],
		['never seen', { state: 'unknown', standing: 'blind', ageMs: null }, 'blind', 'non si sa, nessuna conferma'],
		['said to work by nobody: not confirmed', { ageMs: null }, 'blind', 'non si sa, nessuna conferma'],
	])('%s', (_name, rest, mark, text) => {
		expect(dependantRow('x', one(rest), breakdownIt, 'it')).toMatchObject({ mark, text });
	});

	test('whoever has no line of their own is summed in the last one, only where all of them are confirmed', () => {
		const row = (label: string, rest: Partial<DependantNow> = {}) => dependantRow(label, one({ label, count: null, ...rest }), breakdownIt, 'it');
		const [medici, ospedali, prenotazioni] = [
			row('Medici', { state: 'blocked', standing: 'bad' }),
			row('Ospedali'),
			row('Prenotazioni', { operator: 'altro gestore', ageMs: 62_000 }),
		];
		const cut = (shown: ReturnType<typeof row>[], left: ReturnType<typeof row>[]) => {
			const { shown: rows, summed, left: hidden } = sumWorking(shown, left, breakdownIt, 'it');
			return [rows.map(({ label }) => label), summed, hidden];
		};
		expect(cut([medici, ospedali], [prenotazioni])).toEqual([
			['Medici'],
			{ labels: 'Ospedali, Prenotazioni', text: '2 operativi, visti 1 min fa' },
			0,
		]);
		expect(cut([medici, ospedali, prenotazioni], [])).toEqual([['Medici', 'Ospedali', 'Prenotazioni'], null, 0]);
		expect(cut([medici], [ospedali, prenotazioni])).toEqual([['Medici'], null, 2]);
		expect(cut([ospedali], [row('Cliniche', { state: 'unknown', standing: 'blind' })])[2]).toBe(1);
		expect(sumWorking([row('Farmacie')], [prenotazioni], breakdownIt, 'it').summed?.text).toBe('2 operative, viste 1 min fa');
	});

	test.each([
		['Farmacie', 1],
		['Prenotazioni vaccini', 1],
		['Strutture private', 1],
		['Cliniche', 1],
		['Medici di base', 0],
		['Ospedali', 0],
		['Centri vaccinali', 0],
		['Cittadini sul portale', 0],
	])('the form for %s', (label, form) => {
		expect(formOf(label, breakdownIt)).toBe(form);
	});
});

describe('what was said', () => {
	const said = (id: string, at: number, rest: Partial<StatementNow> = {}): StatementNow => ({
		id,
		at,
		by: 'x',
		text: id,
		audience: 'public',
		incident: 'fse',
		verdict: 'holds',
		contradictedAt: null,
		why: null,
		linked: [],
		standing: 'good',
		...rest,
	});
	const here = { now: breakdownNow, zone: ZONE, language: 'it', own: breakdownIt } as const;
	test.each([
		['holds', 'good', 'ancora vero'],
		['contradicted', 'watch', 'smentito dai dati'],
		['kept', 'confirmed', 'mantenuto'],
		['unknown', 'blind', 'non ancora verificabile'],
		['unlinked', 'good', 'non verificabile'],
	] as const)('%s', (verdict, mark, text) => {
		expect(saidRows([said('a', fallenAt, { verdict })], 'fse', here)[0]).toMatchObject({ mark, verdict: text, text: '«a»', time: 'sab 19:00' });
	});

	test('what was of its time is neither not yet known nor hatched', () => {
		expect(saidRows([said('a', fallenAt, { verdict: 'unknown', why: 'over' })], 'fse', here)[0]).toMatchObject({
			mark: 'good',
			verdict: 'valeva per quel momento',
		});
		expect(saidRows([said('a', fallenAt, { verdict: 'contradicted', why: 'over' })], 'fse', here)[0]?.mark).toBe('watch');
	});

	test('to the public alone, of this incident or of none', () => {
		const all = [said('a', 5), said('b', 4, { audience: 'staff' }), said('c', 3, { incident: 'altro' }), said('d', 2, { incident: null })];
		expect(saidRows(all, 'fse', here).map(({ id }) => id)).toEqual(['a', 'd']);
		expect(saidRows(all, null, here).map(({ id }) => id)).toEqual(['a', 'c', 'd']);
	});

	test('those that the data contradict keep their room; in the order in which they were said', () => {
		const rows = saidRows([said('c', 9), said('b', 8), said('a', 7, { verdict: 'contradicted' })], 'fse', here);
		expect(saidThatFit(rows, 2).map(({ id }) => id)).toEqual(['a', 'c']);
		expect(saidThatFit(rows, 1).map(({ id }) => id)).toEqual(['a']);
		expect(saidThatFit(rows, 9).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
	});
});

describe('the temperature', () => {
	const figures = (rest: Readonly<Record<string, number>>): FacilityFacts['figures'] =>
		Object.fromEntries(
			Object.entries({ temperature: 22.4, cooling: 5, onBattery: 0, upsRuntime: 2700, ...rest }).map(([name, value]) => [
				name,
				[value, breakdownNow, breakdownNow],
			]),
		);
	const facts = (board: Board) => Object.values(board.facilities)[0] ?? fail();
	const fail = (): never => {
		throw new Error('the literal has no facility');
	};
	test('a gap is a gap, the failure and both lines stand where they are', () => {
		const board = breakdownLiteral();
		const drawing = temperatureDrawing(facts(board), board.bucketMs, breakdownNow) ?? fail();
		expect(drawing.points.filter((point) => point === null).length).toBeGreaterThan(0);
		expect(pathOfDrawing(drawing, 480, 100).match(/M/g)?.length).toBe(2);
		expect(drawing.limit).toBeLessThan(drawing.watch);
		expect(drawing.failed).toBeCloseTo((coolingFailedAt - drawing.from) / (breakdownNow - drawing.from), 6);
		expect(drawing.from).toBeLessThanOrEqual(coolingFailedAt - 3 * HOUR);
	});

	test('cool: the last day, and the limit is too far away to be drawn', () => {
		const board = quietBoard(coolingFailedAt);
		const drawing = temperatureDrawing(facts(board), board.bucketMs, coolingFailedAt) ?? fail();
		expect([drawing.limit, drawing.failed]).toEqual([null, null]);
		expect(coolingFailedAt - drawing.from).toBeLessThanOrEqual(24 * HOUR);
	});

	const reasons: readonly (readonly [name: string, rest: Partial<FacilityFacts>, facts: readonly string[]])[] = [
		['level', {}, ['raffreddamento 5 di 5']],
		['rising as its sensor sways', { climb: [0.9, breakdownNow] }, ['raffreddamento 5 di 5']],
		['rising, the limit too far to be told', { climb: [2, breakdownNow] }, ['+2,0 °C/h', 'raffreddamento 5 di 5']],
		['rising, hours away', { climb: [6, breakdownNow] }, ['limite fra 2 h 56 min', '+6,0 °C/h', 'raffreddamento 5 di 5']],
		['rising, minutes away', { climb: [20, breakdownNow] }, ['limite fra 52 min', '+20,0 °C/h', 'raffreddamento 5 di 5']],
		['short of a unit', { figures: figures({ cooling: 4 }), climb: [2, breakdownNow] }, ['raffreddamento 4 di 5', '+2,0 °C/h']],
		[
			'short of one, of nobody knows how many',
			{ figures: figures({ cooling: 4 }), coolingUnits: null, coolingFailedAt },
			['raffreddano 4, prima di più'],
		],
		['of which others warn', { figures: figures({ alerts: 2 }) }, ['2 avvisi da altri sistemi', 'raffreddamento 5 di 5']],
		['its batteries low', { figures: figures({ upsRuntime: 300 }) }, ['batterie per soli 5 min', 'raffreddamento 5 di 5']],
		[
			'its cooling silent',
			{ figures: { ...figures({}), cooling: [5, breakdownNow - HOUR, breakdownNow - HOUR] } },
			['raffreddamento o batterie: nessun dato'],
		],
	];
	test.each(reasons)('a shape in its title has its reason first: %s', (_name, rest, said) => {
		const one = facilityLiteral('CED', breakdownNow, rest);
		const here = { now: breakdownNow, zone: ZONE, language: 'it', bucketMs: MINUTE, own: breakdownIt, isBeside: false } as const;
		expect(facilityTile(judgeFacility(one, breakdownNow), one, here).facts).toEqual(said);
	});

	test.each([
		['well', {}, ['sede attuale', 'raffreddamento 5 di 5']],
		[
			'on battery for eight minutes',
			{ figures: figures({ onBattery: 1, upsRuntime: 480 }) },
			['su batteria, 8 min', 'sede attuale', 'raffreddamento 5 di 5'],
		],
		['its cooling three of five', { figures: figures({ cooling: 3 }) }, ['raffreddamento 3 di 5', 'sede attuale']],
	] as const)('beside the other side the reason of its shape goes first: %s', (_name, rest, said) => {
		const one = facilityLiteral('CED', breakdownNow, { side: 'old', ...rest });
		const here = { now: breakdownNow, zone: ZONE, language: 'it', bucketMs: MINUTE, own: breakdownIt, isBeside: true } as const;
		expect(facilityTile(judgeFacility(one, breakdownNow), one, here).facts).toEqual(said);
	});

	test('an attack has its sign apart from its word', async () => {
		const base = breakdownLiteral();
		const fse = incidentLiteral('Portale fermo', { nature: 'attack' });
		await show(<WallIncidentView />, { ...base, incidents: { count: 1, rows: { fse } } });
		const tile = staged?.place.querySelector('[data-tile="incident"]');
		expect(tile?.innerHTML).toMatch(/ · <svg[^>]*>.*<\/svg> è un attacco/);
	});

	test('never measured: no drawing', () => {
		expect(temperatureDrawing({ ...facts(quietBoard()), trends: { temperature: {} } }, MINUTE, breakdownNow)).toBeNull();
	});

	test.each([
		['the one that the incident rests on', { a: 'good', b: 'bad' }, ['a'], 2, ['a']],
		['else the worst', { a: 'good', b: 'bad' }, [], 2, ['b']],
		['else the first', { a: 'good', b: 'good' }, [], 2, ['a']],
		['old and new side by side', { a: 'good', old: 'good', new: 'bad' }, ['a'], 2, ['old', 'new']],
		['of both one where there is room for one', { old: 'good', new: 'bad' }, [], 1, ['new']],
		['none', {}, [], 2, []],
	] as const)('which: %s', (_name, standings, needed, room, shown) => {
		const base = judge(quietBoard(), breakdownNow).breakdown?.facilities['ced-esterno'] ?? fail();
		const all = Object.fromEntries(
			Object.entries(standings).map(([id, standing]) => [id, { ...base, standing, side: id === 'old' || id === 'new' ? id : null }] as const),
		);
		expect(facilitiesShown(all, needed, room)).toEqual(shown);
	});

	test('what a subject rests on is found through whatever lies between, and circles end', () => {
		const needs: Record<string, readonly string[]> = {
			'service/a': ['service/b'],
			'service/b': ['facility/x', 'service/a'],
			'facility/x': ['facility/power'],
		};
		expect(facilitiesUnder('service/a', (one) => needs[one] ?? [])).toEqual(['x', 'power']);
		expect(facilitiesUnder(null, () => ['facility/x'])).toEqual([]);
	});
});

describe('all services', () => {
	const rows = (board: Board, now = breakdownNow) => servicesWall(judge(board, now), servicesWallIt, wordsIt, 'it');
	test('by state: down since when and against what it can bear, blind, planned in words without colour', () => {
		const wall = rows(quietBoard(breakdownNow, { services: fortyServices() }));
		const by = Object.fromEntries(wall.rows.map((row) => [row.label, row]));
		expect(by['Servizio 4']).toMatchObject({
			mark: 'bad',
			state: 'fermo da sab 19:03',
			without: 'imprevisto 63:39 di 8:00',
			isBeyond: true,
			short: 'fermo 63:39 di 8:00',
		});
		expect(by['Servizio 12']).toMatchObject({ mark: 'blind', state: 'nessun dato da 22 min', short: 'nessun dato da 22 min' });
		expect(by['Servizio 6']).toMatchObject({ mark: 'good', standing: 'good', without: 'previsto 0:40 di 8:00', isBeyond: false });
		expect(by['Servizio 6']?.state).toMatch(/^fermo previsto da 10:02/);
		expect(by['Servizio 1']).toMatchObject({ mark: 'good', state: 'risponde', without: null });
		expect(wall.counts).toBe('guasti 6 · non si sa 2 · fermi previsti 1 · regolari 31');
		expect(wall.isWorstFirst).toBe(true);
		expect(rows(quietBoard()).isWorstFirst).toBe(false);
	});

	test('of an outage that nobody sees it is not said whether it is as planned', () => {
		const [id, facts] = Object.entries(fortyServices()).find(([, { planned }]) => planned.length > 0) ?? ['', undefined];
		if (facts === undefined) throw new Error('none of the forty is stopped as planned');
		const wall = (agoMs: number) =>
			rows(
				quietBoard(breakdownNow, {
					services: { [id]: { ...facts, figures: { up: [0, breakdownNow - agoMs, breakdownNow - agoMs] }, bookedTo: breakdownNow - agoMs } },
				}),
			).rows[0];
		expect(wall(20_000)?.without).toBe('previsto 0:40 di 8:00');
		expect(wall(22 * MINUTE)?.standing).toBe('blind');
		expect(wall(22 * MINUTE)?.without).toMatch(/^0:\d\d di 8:00$/);
	});

	test('nobody sees: none answers, none is down', () => {
		const wall = rows(blindLiteral());
		expect(new Set(wall.rows.map(({ mark }) => mark))).toEqual(new Set(['blind']));
		expect(wall.counts).toBe('non si sa 5');
	});

	test.each([
		[5, 28, 2, true, { kind: 'full', shown: 5 }],
		[40, 27, 2, true, { kind: 'short', shown: 40 }],
		[45, 27, 2, true, { kind: 'short', shown: 40 }],
		[9, 10, 1, false, { kind: 'short', shown: 7 }],
		[40, null, 2, true, { kind: 'full', shown: 40 }],
		[3, 0.2, 1, false, { kind: 'short', shown: 1 }],
	] as const)('%i services in %s rem', (many, room, columns, hasFull, fit) => {
		expect(fitServices(many, room, columns, hasFull)).toMatchObject(fit);
	});

	test('whoever came back too early is named', async () => {
		const state = stateOf(quietBoard(), breakdownNow);
		const breakdown = state.judged?.breakdown ?? null;
		staged = stageTile(<WallServicesView />, {
			...state,
			judged:
				state.judged == null || breakdown === null
					? null
					: { ...state.judged, breakdown: { ...breakdown, restoreOrder: [{ early: 'referti', waiting: 'portale-fse' }] } },
		});
		expect(staged.text()).toContain('ordine non rispettato: Referti in rete prima di Portale Fascicolo Sanitario');
	});
});

describe('the whole wall of an incident', () => {
	test('of the third day', async () => {
		const text = await show(<WallIncidentView />, breakdownLiteral());
		expect(text).toMatch(/^Fascicolo Sanitario · portale non raggiungibilePROVA/);
		for (const said of ['Fermo da', '2 giorni 15:42', 'superata da 39:42', 'Notifica NIS2, 72 h', '7.812 bloccati', '41,2 °C', 'smentito dai dati'])
			expect(text).toContain(said);
	});

	test('without one it says so, and shows what it has', async () => {
		const text = await show(<WallIncidentView />, firstMinutesLiteral(), firstMinutesNow);
		for (const said of ['Nessun incidente aperto', '30,5 °C', 'limite fra 75 min', 'operativi', 'Nessuna frase registrata'])
			expect(text).toContain(said);
	});

	test('a plan without any of it says that, tile by tile', async () => {
		const { displays } = quietBoard();
		const text = await show(<WallIncidentView />, { ...quietBoard(), facilities: {}, networks: {}, dependants: {}, flows: {}, displays });
		for (const said of ['Nessun incidente aperto', 'Nessuna scadenza', 'Il piano non dice chi dipende']) expect(text).toContain(said);
	});

	test('nobody sees: no ✓, no figure as if fresh, all hatched', async () => {
		const text = await show(<WallIncidentView />, blindLiteral());
		expect(staged?.place.querySelector('main [data-shape="confirmed"]')).toBeNull();
		expect(text).not.toContain('operativi');
		expect(text).not.toContain('bloccati');
		expect(staged?.place.querySelector('[data-tile="temperature"]')?.getAttribute('data-standing')).toBe('blind');
		expect(staged?.place.querySelectorAll('[data-tile="dependants"] [data-standing="blind"]')).toHaveLength(5);
	});

	test('in English', async () => {
		const text = await show(<WallIncidentView />, breakdownLiteral(), breakdownNow, 'en');
		for (const said of ['Down for', '2 days 15:42', 'passed 39:42 ago', '7,812 blocked', 'contradicted by the data', 'working, seen 40 s ago'])
			expect(text).toContain(said);
	});
});
