// Marks about failures as sentences: every act in both languages, with nothing left to fill; and as rows of the audit.
import { describe, expect, test } from 'vitest';
import { sayMark } from '../../client/tiles/say-mark.ts';
import { auditRowOf } from '../../shared/audit.ts';
import { judge } from '../../shared/judge.ts';
import { type Mark, markSchema } from '../../shared/mark.ts';
import { markRefusals } from '../../shared/mark-refusal.ts';
import { nightOf } from '../../shared/words/desk-words.ts';
import { en } from '../../shared/words/en.ts';
import { it as italian } from '../../shared/words/it.ts';
import { breakdownLiteral, breakdownNow, statementLiteral } from '../kit/breakdown-literal.ts';

const literal = breakdownLiteral();
const lunga = statementLiteral('Il portale risponde di nuovo da questa sera, e così la ricetta', breakdownNow);
const judged = judge({ ...literal, statements: { count: 4, rows: { ...literal.statements.rows, lunga } } }, breakdownNow);
const alarm = { kind: 'alarm', alarm: 'service-down:service:ricetta' };
const incident = { kind: 'incident', incident: 'fse' };
const clock = { kind: 'clock', incident: 'fse', law: 'nis2' };
const today = '2021-08-17T11:30:00+02:00';
const title = 'Fascicolo Sanitario · portale non raggiungibile';

const rows: readonly (readonly [mark: object, inItalian: string, inEnglish: string])[] = [
	[{ ...alarm, act: 'acknowledge' }, 'Ricetta dematerializzata: allarme preso in carico', 'Ricetta dematerializzata: alarm acknowledged'],
	[
		{ ...alarm, act: 'shelve', until: today, reason: 'sonda in prova' },
		'Ricetta dematerializzata: allarme sospeso, scadenza 11:30 (sonda in prova)',
		'Ricetta dematerializzata: alarm shelved until 11:30 (sonda in prova)',
	],
	[{ ...alarm, act: 'unshelve' }, 'Ricetta dematerializzata: allarme riattivato', 'Ricetta dematerializzata: alarm no longer shelved'],
	[{ ...alarm, act: 'reset' }, 'Ricetta dematerializzata: allarme azzerato', 'Ricetta dematerializzata: alarm reset'],
	[
		{ kind: 'alarm', alarm: 'dependant-blocked:dependant:medici', act: 'acknowledge' },
		'Medici di base: allarme preso in carico',
		'Medici di base: alarm acknowledged',
	],
	[{ kind: 'alarm', alarm: 'update-overdue:incident:fse', act: 'acknowledge' }, `${title}: allarme preso in carico`, `${title}: alarm acknowledged`],
	[
		{ kind: 'alarm', alarm: 'clock-overdue:clock:fse-nis2', act: 'acknowledge' },
		`${title}, NIS2: allarme preso in carico`,
		`${title}, NIS2: alarm acknowledged`,
	],
	[
		{ kind: 'alarm', alarm: 'statement-contradicted:statement:stasera', act: 'acknowledge' },
		'«Ripristino entro stasera»: allarme preso in carico',
		'“Ripristino entro stasera”: alarm acknowledged',
	],
	[
		{ kind: 'alarm', alarm: 'statement-contradicted:statement:lunga', act: 'reset' },
		'«Il portale risponde di nuovo da questa sera…»: allarme azzerato',
		'“Il portale risponde di nuovo da questa sera…”: alarm reset',
	],
	// What left the plan, or the record's last lines.
	[{ kind: 'alarm', alarm: 'service-down:service:vecchio', act: 'acknowledge' }, 'vecchio: allarme preso in carico', 'vecchio: alarm acknowledged'],
	[{ kind: 'alarm', alarm: 'clock-near:clock:i9-nis2', act: 'acknowledge' }, 'i9-nis2: allarme preso in carico', 'i9-nis2: alarm acknowledged'],
	[{ kind: 'note', subject: 'programme/lombardia', text: 'si parte' }, 'Lombardia, agosto 2021: si parte', 'Lombardia, agosto 2021: si parte'],
	[{ kind: 'note', subject: 'programme/altro', text: 'si parte' }, 'altro: si parte', 'altro: si parte'],
	[{ ...incident, act: 'open', title: 'Portale fermo' }, 'Incidente aperto: Portale fermo', 'Incident opened: Portale fermo'],
	[{ ...incident, act: 'status', status: 'observing' }, `${title}: in osservazione`, `${title}: observing`],
	[{ ...incident, act: 'cause', nature: 'failure' }, `${title}: causa, guasto`, `${title}: cause, a failure`],
	[
		{ ...incident, act: 'cause', nature: 'attack', text: 'prova' },
		`${title}: causa, attacco informatico (prova)`,
		`${title}: cause, an attack (prova)`,
	],
	[{ ...incident, act: 'role', role: 'lead' }, `${title}: prende la guida`, `${title}: takes the lead`],
	[{ ...incident, act: 'next-update', due: today }, `${title}: prossimo aggiornamento, 11:30`, `${title}: next update, 11:30`],
	[
		{ ...incident, act: 'next-update', due: '2021-08-18T09:00:00+02:00' },
		`${title}: prossimo aggiornamento, 18/08/2021 09:00`,
		`${title}: next update, 18/08/2021 09:00`,
	],
	[{ ...incident, act: 'note', text: 'Arrivati i tecnici' }, `${title}: Arrivati i tecnici`, `${title}: Arrivati i tecnici`],
	[{ kind: 'incident', incident: 'altro', act: 'status', status: 'closed' }, 'altro: chiuso', 'altro: closed'],
	[
		{ kind: 'statement', statement: 'x', text: 'Ripristino entro stasera', audience: 'public' },
		'Al pubblico: «Ripristino entro stasera»',
		'To the public: “Ripristino entro stasera”',
	],
	[
		{ kind: 'statement', statement: 'x', text: 'Si conta a mano', audience: 'staff' },
		'Al personale: «Si conta a mano»',
		'To staff: “Si conta a mano”',
	],
	[
		{ ...clock, act: 'start', awareAt: '2021-08-17T09:00:00+02:00' },
		`${title}: termini NIS2 avviati, decorrenza 09:00`,
		`${title}: NIS2 deadlines started, counted from 09:00`,
	],
	[
		{ ...clock, act: 'sent', step: 'early', protocol: 'P-12', at: today },
		`${title}: NIS2, pre-notifica inviata, protocollo P-12`,
		`${title}: NIS2, early warning sent, protocol P-12`,
	],
	[
		{ ...clock, law: 'gdpr', act: 'waive', reason: 'nessun dato' },
		`${title}: GDPR, nulla più dovuto (nessun dato)`,
		`${title}: GDPR, nothing more owed (nessun dato)`,
	],
	[{ kind: 'channel', channel: 'sala', act: 'test' }, 'Canale sala: prova di avviso', 'Channel sala: test notice'],
];

describe('a mark is said', () => {
	test.each(rows)('%j', (wire, inItalian, inEnglish) => {
		const mark = markSchema.parse(wire);
		expect([sayMark(mark, judged, italian), sayMark(mark, judged, en)]).toEqual([inItalian, inEnglish]);
	});

	test('every act of every kind has a row', () => {
		const said = new Set(rows.map(([wire]) => `${(wire as Mark).kind} ${'act' in wire ? String(wire.act) : ''}`));
		const acts = ['acknowledge', 'shelve', 'unshelve', 'reset'].map((act) => `alarm ${act}`);
		const incidents = ['open', 'status', 'cause', 'role', 'next-update', 'note'].map((act) => `incident ${act}`);
		const clocks = ['start', 'sent', 'waive'].map((act) => `clock ${act}`);
		expect([...acts, ...incidents, ...clocks, 'statement ', 'channel test'].filter((one) => !said.has(one))).toEqual([]);
	});

	test('and every refusal, in both languages', () => {
		for (const words of [italian, en]) for (const code of markRefusals) expect(nightOf(words).refused[code]).toMatch(/\S{3}/);
	});
});

describe('a mark in the audit', () => {
	const rowOf = (wire: object) =>
		auditRowOf({ v: 1, seq: 7, seen: breakdownNow, kind: 'mark', mark: markSchema.parse(wire), by: 'person/sala', at: breakdownNow });

	test.each<readonly [wire: object, subject: string | null, why: string | null, detail: object]>([
		[{ ...alarm, act: 'shelve', until: today, reason: 'prova' }, 'service/ricetta', 'prova', { mark: 'alarm', act: 'shelve', alarm: alarm.alarm }],
		[{ ...incident, act: 'status', status: 'closed' }, 'incident/fse', null, { mark: 'incident', act: 'status', status: 'closed' }],
		[{ ...incident, act: 'cause', nature: 'attack', text: 'non qui' }, 'incident/fse', null, { mark: 'incident', act: 'cause', nature: 'attack' }],
		[{ ...incident, act: 'role', role: 'lead' }, 'incident/fse', null, { mark: 'incident', act: 'role', role: 'lead' }],
		[{ kind: 'statement', statement: 'x', text: 'non qui', audience: 'public' }, 'statement/x', null, { mark: 'statement', audience: 'public' }],
		[{ ...clock, act: 'start', awareAt: today }, 'incident/fse', null, { mark: 'clock', act: 'start', law: 'nis2' }],
		[
			{ ...clock, act: 'sent', step: 'early', protocol: 'P-12', at: today },
			'incident/fse',
			null,
			{ mark: 'clock', act: 'sent', law: 'nis2', step: 'early' },
		],
		[{ ...clock, act: 'waive', reason: 'nessun dato' }, 'incident/fse', 'nessun dato', { mark: 'clock', act: 'waive', law: 'nis2' }],
		[{ kind: 'channel', channel: 'sala', act: 'test' }, 'channel/sala', null, { mark: 'channel', act: 'test' }],
	])('%j', (wire, subject, why, detail) => {
		expect(rowOf(wire)).toMatchObject({ act: 'mark-made', by: 'person/sala', subject, why });
		expect(rowOf(wire)?.detail).toEqual(detail);
	});
});
