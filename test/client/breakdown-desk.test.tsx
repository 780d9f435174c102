// @vitest-environment happy-dom
// The desk's pages of failures from literals: lists and groups of alarms, incidents with their marks, facilities, and moments as they are typed.
import fc from 'fast-check';
import { act, type ReactNode } from 'react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { ScreenState } from '../../client/store/board-store.ts';
import type { Answered, Ask } from '../../client/store/hooks.ts';
import { rateRows } from '../../client/views/alarm-rates-model.ts';
import { AlarmsPage } from '../../client/views/alarms.page.tsx';
import { alarmsModel } from '../../client/views/alarms-model.ts';
import { claimOf, newClaim } from '../../client/views/claims-model.ts';
import { DeskMarks } from '../../client/views/desk-marks.tsx';
import { DeskMenu } from '../../client/views/desk-menu.tsx';
import { FacilitiesPage } from '../../client/views/facilities.page.tsx';
import { facilityRows, hangingOn } from '../../client/views/facilities-model.ts';
import { IncidentPage } from '../../client/views/incident.page.tsx';
import { idOfIncident } from '../../client/views/incident-id.ts';
import { IncidentsPage } from '../../client/views/incidents.page.tsx';
import { alarmsOf as alarmsOnService } from '../../client/views/service-links.ts';
import { serviceModel } from '../../client/views/service-model.ts';
import { recallStatement } from '../../client/views/statement-draft.ts';
import { momentOfText, textOfMoment } from '../../client/views/zoned-moment.ts';
import { alarmRules } from '../../shared/alarm-rules.ts';
import type { Board } from '../../shared/board.ts';
import type { AlarmFacts } from '../../shared/board-breakdown.ts';
import type { IncidentFacts } from '../../shared/board-incident.ts';
import type { Language } from '../../shared/format.ts';
import { judge } from '../../shared/judge.ts';
import { markSchema } from '../../shared/mark.ts';
import type { Me } from '../../shared/me.ts';
import { idPattern } from '../../shared/subject.ts';
import { breakdownDeskWordsOf } from '../../shared/words/breakdown-desk-words.ts';
import { en } from '../../shared/words/en.ts';
import { it } from '../../shared/words/it.ts';
import { servicesWordsOf } from '../../shared/words/services-words.ts';
import { boardLiteral, figure, serviceLiteral } from '../kit/board-literal.ts';
import {
	alarmLiteral,
	alarmsOf,
	blindLiteral,
	breakdownLiteral,
	breakdownNow,
	busyAlarmsLiteral,
	clockLiteral,
	fallenAt,
	firstMinutesNow,
	floodLiteral,
	incidentLiteral,
	quietBoard,
	twoSidesLiteral,
} from '../kit/breakdown-literal.ts';
import { type Staged, stageTile, stateOf } from './stage-tile.tsx';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const floodNow = firstMinutesNow + HOUR;
const own = breakdownDeskWordsOf('it');
/** 19:43 of the first evening. */
const at = Date.UTC(2021, 7, 14, 17, 43);
let staged: Staged | null = null;
afterEach(() => {
	vi.useRealTimers();
	staged?.close();
	window.localStorage.clear();
	window.history.pushState(null, '', '/');
});

const all = ['alarms.mark', 'incidents.mark', 'incidents.join', 'statements.make', 'clocks.mark', 'channels.test', 'act.arm'];
const meWith = (rest: Partial<Me>): Me => ({
	who: { kind: 'person', name: 'x', isSession: true },
	duties: [{ role: 'commander' }],
	may: all,
	own: {},
	ways: [],
	providerDown: false,
	unclaimed: false,
	...rest,
});

type Sent = { readonly path: string; readonly body: Record<string, unknown> };
let sent: Sent[] = [];
type Shown = {
	readonly now?: number;
	readonly language?: Language;
	readonly me?: Partial<Me>;
	readonly answer?: (sent: Sent, count: number) => Answered;
};

async function show(page: ReactNode, board: Board, { now = breakdownNow, language = 'it', me = {}, answer }: Shown = {}) {
	sent = [];
	const ask: Ask = async (_method, path, body) => {
		const one = { path, body: (body ?? {}) as Record<string, unknown> };
		sent.push(one);
		return answer?.(one, sent.length) ?? { status: 202, json: { seq: sent.length, nonce: 'n' } };
	};
	staged = stageTile(<DeskMarks>{page}</DeskMarks>, stateOf(board, now, { me: meWith(me) }), language, ask);
	await act(() => new Promise((resolve) => setTimeout(resolve, 0)));
	return staged.text();
}
const place = (): HTMLElement => {
	if (staged === null) throw new Error('nothing is shown');
	return staged.place;
};
const press = (element: Element | null | undefined): Promise<void> => act(async () => (element as HTMLElement | null)?.click());
const button = (text: string, within: ParentNode = place()): HTMLButtonElement | undefined =>
	[...within.querySelectorAll('button')].find((one) => one.textContent?.includes(text));
const write = (name: string, value: string): void => {
	const field = place().querySelector<HTMLInputElement>(`[name="${name}"]`);
	if (field === null) throw new Error(`no field ${name}`);
	field.value = value;
};
const submit = (within: string): Promise<void> =>
	act(async () => {
		place()
			.querySelector(`${within} form`)
			?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
	});
const marks = (): Record<string, unknown>[] => sent.filter(({ path }) => path === '/api/marks').map(({ body }) => body);

describe('a moment as it is typed', () => {
	test('is read back as it was, at any minute in any zone, but in the hour that comes twice, where it is the first', () => {
		const zones = ['Europe/Rome', 'UTC', 'Asia/Kolkata', 'America/St_Johns', 'Pacific/Kiritimati'];
		fc.assert(
			fc.property(fc.integer({ min: 16_000_000, max: 40_000_000 }), fc.constantFrom(...zones), (minute, zone) => {
				const at = minute * MINUTE;
				const text = textOfMoment(at, zone);
				const read = momentOfText(text, zone);
				expect(read).not.toBeNull();
				expect(textOfMoment(read ?? 0, zone)).toBe(text);
				expect(read ?? Number.NaN).toBeLessThanOrEqual(at);
			}),
			{ seed: 6, numRuns: 300 },
		);
	});

	test.each([
		['31/10/2021 02:30', Date.UTC(2021, 9, 31, 0, 30)],
		['28/03/2021 02:30', null],
		['1/8/2021 9:05', Date.UTC(2021, 7, 1, 7, 5)],
		['14/08/2021, 19.00', Date.UTC(2021, 7, 14, 17)],
		['31/02/2021 10:00', null],
		['14/08/2021 24:10', null],
		['2021-08-14T19:00', null],
		['', null],
	])('%j in Rome is %s', (text, at) => {
		expect(momentOfText(text, 'Europe/Rome')).toBe(at);
	});
});

describe('the list of alarms', () => {
	const rows = (list: 'active' | 'shelved' | 'suppressed' | 'cleared', board: Board, now = breakdownNow) => {
		const model = alarmsModel(stateOf(board, now) as never, list, it, own, 'it');
		if (model === null) throw new Error('no model');
		return model;
	};

	test('has a name and says what to do for every built-in alarm, in both languages; the plan’s own words go first', () => {
		for (const [language, words] of [
			['it', it],
			['en', en],
		] as const) {
			const desk = breakdownDeskWordsOf(language);
			for (const rule of Object.keys(alarmRules)) {
				expect(desk.known.name[rule], rule).toBeTruthy();
				expect(desk.known.remedy[rule], rule).toBeTruthy();
			}
			expect(words.tag).toBe(language);
		}
		const board = quietBoard(breakdownNow, {});
		const mine = {
			...board,
			alarms: {
				...board.alarms,
				active: alarmsOf(
					alarmLiteral('umidita', 'facility/ced-esterno', 2, breakdownNow),
					alarmLiteral('facility-hot', 'facility/ced-esterno', 2, breakdownNow),
				),
				rules: { umidita: { label: 'umidità alta', remedy: 'Aprire il deumidificatore' } },
				remedies: { 'facility-hot': 'Chiamare il 4411' },
			},
		};
		expect(rows('active', mine).rows.map(({ name, remedy }) => [name, remedy])).toEqual(
			expect.arrayContaining([
				['umidità alta', 'Che fare: Aprire il deumidificatore'],
				['temperatura alta', 'Che fare: Chiamare il 4411'],
			]),
		);
	});

	test('a flood is one line for its cause, with all that hang on it behind it; nothing is lost in the groups', () => {
		const { groups, rows: flat } = rows('active', floodLiteral(), floodNow);
		expect(groups.map(({ root }) => root.label)).toEqual(['CED Milano']);
		expect(groups[0]?.members).toHaveLength(42);
		const lostIn = (all: typeof groups): readonly string[] => {
			const inGroups = all.flatMap(({ root, members }) => [root.id, ...members.map(({ id }) => id)]);
			expect(new Set(inGroups).size).toBe(inGroups.length);
			return flat.map(({ id }) => id).filter((id) => !inGroups.includes(id));
		};
		expect(lostIn(groups)).toEqual([]);
		// One that slipped out of its group would be seen.
		expect(lostIn(groups.map((group) => ({ ...group, members: group.members.slice(1) })))).toHaveLength(1);
		expect(flat.filter(({ isFirst }) => isFirst).map(({ label }) => label)).toEqual(['CED Milano']);
	});

	test('a P1 beneath a cause that is less urgent, or taken, is named with it; of one as urgent as all beneath it nothing more is said', () => {
		const cooling = alarmLiteral('facility-cooling-short', 'facility/ced-esterno', 2, fallenAt);
		const beneath = [
			alarmLiteral('service-down', 'service/ricetta', 1, fallenAt + MINUTE),
			alarmLiteral('service-down', 'service/accesso', 2, fallenAt + MINUTE),
		];
		const worstOf = (...all: AlarmFacts[]): string | null | undefined => {
			const board = breakdownLiteral();
			const [group] = rows('active', { ...board, alarms: { ...board.alarms, active: alarmsOf(...all) } }).groups;
			expect(group?.members).toHaveLength(2);
			return group?.worst && `${group.worst.priority} ${group.worst.label}`;
		};
		const taken = { acknowledged: [fallenAt, 'sala'] as const };
		expect(worstOf(cooling, ...beneath)).toBe('1 Ricetta dematerializzata');
		expect(worstOf({ ...cooling, ...taken }, ...beneath)).toBe('1 Ricetta dematerializzata');
		expect(worstOf({ ...cooling, priority: 1 }, ...beneath)).toBeNull();
		expect(worstOf(cooling, ...beneath.map((one) => ({ ...one, ...taken })))).toBeNull();
	});

	test('two legal clocks are told apart by their law and their step', () => {
		const board = breakdownLiteral();
		const clock = (law: string, detail: string) => alarmLiteral('clock-overdue', `clock/fse-${law}`, 1, fallenAt, { detail });
		const active = alarmsOf(clock('l90', 'early'), clock('nis2', 'notification'));
		const labels = rows('active', { ...board, alarms: { ...board.alarms, active } }).rows.map(({ label }) => label.replace(/ · .*$/, ''));
		expect(labels.toSorted()).toEqual(['L. 90/2024, prima segnalazione', 'NIS2, notifica']);
	});

	test.each([
		['active', ['acknowledge', 'reset', 'shelve']],
		['shelved', ['unshelve']],
		['suppressed', ['acknowledge']],
		['cleared', []],
	] as const)('%s: its rows offer %j', (list, acts) => {
		const board = busyAlarmsLiteral();
		const { rows: found } = rows(list, board);
		expect(found.length).toBeGreaterThan(0);
		expect([...new Set(found.flatMap((row) => row.acts))].toSorted()).toEqual([...acts]);
	});

	test.each([
		['facility-hot', 'facility/ced-esterno', 27.64, null, 'all’inizio 27,6 °C'],
		['facility-rising', 'facility/ced-esterno', 24.2, null, 'mancavano 24 min al limite'],
		['facility-battery-low', 'facility/ced-esterno', 9 * MINUTE, null, 'all’inizio autonomia 0:09'],
		['flow-overdue', 'flow/farmacie', 63.7 * HOUR, null, 'all’inizio il più vecchio da 2 g 15:42'],
		['clock-near', 'clock/fse-nis2', Date.UTC(2021, 7, 17, 17), 'notification', 'scadenza 19:00 · notifica'],
		['service-certificate', 'service/ricetta', 6, null, 'ancora 6 giorni'],
		['service-alerts', 'service/ricetta', 3, null, 'all’inizio avvisi: 3'],
		['facility-cooling-short', 'facility/ced-esterno', 2, null, 'all’inizio condizionatori in funzione: 2'],
		['facility-cooling-lost', 'facility/ced-esterno', 0, null, null],
		['dependant-blocked', 'dependant/medici', 7600, 'service-portale-fse', 'in tutto 7.600 · Portale Fascicolo Sanitario'],
		['umidita-alta', 'facility/ced-esterno', 0.71, null, null],
		['restore-order', 'service/portale-fse', null, 'anagrafe', 'Anagrafe assistiti'],
		['channel-failing', 'channel/posta', null, 'unreachable', 'non raggiungibile'],
		['statement-contradicted', 'statement/stasera', null, 'not-restored', 'non è stato ripristinato in tempo'],
		['service-down', 'service/ricetta', null, null, null],
	] as const)('%s of %s with %s and %s reads %s', (rule, subject, value, detail, read) => {
		const board = breakdownLiteral();
		const active = alarmsOf(alarmLiteral(rule, subject, 2, breakdownNow - MINUTE, { value, detail }));
		expect(rows('active', { ...board, alarms: { ...board.alarms, active } }).rows[0]?.value).toBe(read);
	});

	test('what stands on something that nobody sees now says so, as the strip at the foot does', () => {
		const board = blindLiteral();
		const active = alarmsOf(
			alarmLiteral('service-overrun', 'service/portale-fse', 1, breakdownNow - 2 * MINUTE),
			alarmLiteral('dependant-blocked', 'dependant/ospedali', 2, breakdownNow - 2 * MINUTE, { value: 12, detail: 'service-portale-fse' }),
		);
		const unseen = { ...board, alarms: { ...board.alarms, active } };
		expect(rows('active', unseen).rows.map(({ value }) => value)).toEqual(['ora non si vede', 'in tutto 12 · ora non si vede']);
		const judged = judge(unseen, breakdownNow);
		expect(alarmsOnService('portale-fse', unseen, judged, servicesWordsOf('it')).map(({ told }) => told)).toEqual([
			'ora non si vede · da 10:40 · da prendere in carico',
		]);
	});

	test('says until when, by whom and why one is shelved, by what one is suppressed, and after how long one was over', () => {
		const board = busyAlarmsLiteral();
		expect(rows('shelved', board).rows[0]?.notes).toEqual(['sospeso fino a 11:22 da turno-2: sonda in manutenzione']);
		expect(rows('suppressed', board).rows[0]?.notes).toEqual(['soppresso: fermo previsto dal piano']);
		expect(rows('cleared', board).rows[0]?.state).toBe('rientrato 02:42, dopo 60 min');
	});

	test.each([
		['unwatched', 'non più sorvegliato, 02:48'],
		['full', 'tolto dall’elenco pieno, 02:48'],
		['succeeded', 'un altro allarme ne ha preso il posto, 02:48'],
	] as const)('one that left the list, %s: nobody says that it is over', (why, expected) => {
		const board = busyAlarmsLiteral();
		const [[key, one] = []] = Object.entries(board.alarms.cleared);
		if (key === undefined || one === undefined) throw new Error('the literal has none that left');
		const left = { ...board, alarms: { ...board.alarms, cleared: { [key]: { ...one, why } } } };
		expect(rows('cleared', left).rows[0]?.state).toBe(expected);
	});

	test.each([
		['holds', {}, '18:42 · da 61 min', 'Che fare: Chiamare il gestore della sala; ridurre il carico'],
		['came back', { times: 3 }, '3 volte, la prima 18:42', 'Che fare: Chiamare il gestore della sala; ridurre il carico'],
		[
			'came back after it had been told further',
			{ times: 2, againAt: at - 5 * MINUTE },
			'di nuovo da 19:38 · da 5 min · 2 volte, la prima 18:42',
			'Che fare: Chiamare il gestore della sala; ridurre il carico',
		],
		['came back and ended', { times: 2, endedAt: at - 42 * MINUTE }, '2 volte, la prima 18:42', 'È finito: resta da prenderne atto.'],
		['ended', { endedAt: at - 42 * MINUTE }, '18:42 · è durato 19 min', 'È finito: resta da prenderne atto.'],
		[
			'ended and latches',
			{ endedAt: at - 42 * MINUTE, latches: true, acknowledged: [at - HOUR, 'sala'] as const },
			'18:42 · è durato 19 min',
			'È finito: resta da azzerarlo.',
		],
	] as const)('one that %s says how long, and what is to be done', (_name, rest, since, remedy) => {
		const board = quietBoard(at);
		const active = alarmsOf(alarmLiteral('facility-hot', 'facility/ced-esterno', 2, at - 61 * MINUTE, rest));
		const [row] = rows('active', { ...board, alarms: { ...board.alarms, active, remedies: {} } }, at).rows;
		expect([row?.since, row?.remedy]).toEqual([since, remedy]);
	});

	test('what has ended stands behind what holds', () => {
		const board = quietBoard(at);
		const active = alarmsOf(
			alarmLiteral('facility-too-hot', 'facility/ced-esterno', 1, at - 2 * HOUR, { endedAt: at - HOUR }),
			alarmLiteral('facility-alerts', 'facility/ced-esterno', 3, at - HOUR, { acknowledged: [at - MINUTE, 'sala'] }),
		);
		const { rows: found } = rows('active', { ...board, alarms: { ...board.alarms, active } }, at);
		expect(found.map(({ id }) => id.split(':')[0])).toEqual(['facility-alerts', 'facility-too-hot']);
	});

	const { posta, ...others } = busyAlarmsLiteral().channels;
	const toldAt = (escalatedAt: number | null) => {
		const told = { 'facility-hot:facility:ced-esterno': [at - HOUR, at - HOUR, 'counted', escalatedAt, null] as const };
		return posta === undefined ? others : { ...others, posta: { ...posta, told } };
	};
	test.each([
		['no channel', {}, 'nessuno l’ha preso in tempo; nessun canale: non segnalato a nessuno'],
		['a channel that told it further', toldAt(at - 30 * MINUTE), 'nessuno l’ha preso in tempo: segnalato oltre, 19:13'],
		['a channel that told the alarm and not that', toldAt(null), 'nessuno l’ha preso in tempo; non segnalato a nessuno'],
		['channels that told nothing of it', others, 'nessuno l’ha preso in tempo; non segnalato a nessuno'],
	] as const)('with %s, what nobody took in time says whom it was told', (_name, channels, said) => {
		const board = quietBoard(at, { channels });
		const active = alarmsOf(alarmLiteral('facility-hot', 'facility/ced-esterno', 2, at - HOUR, { escalatedAt: at - 30 * MINUTE }));
		expect(rows('active', { ...board, alarms: { ...board.alarms, active } }, at).rows[0]?.notes).toEqual([said]);
	});

	test('is worst first and tells the state of each', async () => {
		const text = await show(<AlarmsPage />, busyAlarmsLiteral());
		expect(text).toContain('Attivi 40');
		const rowsHere = [...place().querySelectorAll('[data-list] > [data-row]')];
		const waiting = rowsHere.filter((row) => !row.textContent?.includes('è durato')).map((row) => row.hasAttribute('data-waiting'));
		expect(waiting.lastIndexOf(true)).toBeLessThan(waiting.indexOf(false));
		expect(text).toContain('in carico a turno-2');
		expect(text).toContain('nessuno l’ha preso in tempo: segnalato oltre');
		expect(text).toContain('non consegna da 25 min: non raggiungibile');
		expect(text).toContain('7 in attesa');
	});

	test('a quiet night has nothing red and says that there is none', async () => {
		expect(await show(<AlarmsPage />, quietBoard())).toContain('Nessun allarme attivo.');
		expect(place().querySelectorAll('[data-shape]')).toHaveLength(0);
	});

	test('who may nothing sees the list and no button; a team’s lead sees those of the team’s things alone', async () => {
		await show(<AlarmsPage />, breakdownLiteral(), { me: { may: [], duties: [{ role: 'viewer' }] } });
		expect(place().querySelectorAll('[data-action]')).toHaveLength(0);
		staged?.close();
		const lead = { duties: [{ role: 'team-lead', teams: ['ict'] }], may: ['alarms.mark'], own: { 'alarms.mark': ['team-lead'] } };
		await show(<AlarmsPage />, breakdownLiteral(), { me: lead });
		const mine = [...place().querySelectorAll('[data-row]')].filter((row) => row.querySelector('[data-action="alarms.mark"]') !== null);
		expect(mine.map((row) => row.getAttribute('data-alarm')?.split(':')[1])).toEqual(['service', 'service', 'service']);
	});
});

describe('groups of alarms', () => {
	const calm = (): Board => {
		const board = floodLiteral();
		return { ...board, alarms: { ...board.alarms, floodSince: null } };
	};
	const lines = (): number => place().querySelectorAll('[data-list] > [data-row]').length;

	test('stay when the flood is over and all of it still stands, and when most of them end under somebody’s hands', async () => {
		await show(<AlarmsPage />, calm(), { now: floodNow });
		expect(lines()).toBe(1);
		const board = calm();
		const few = Object.fromEntries(Object.entries(board.alarms.active).slice(0, 4));
		staged?.show(stateOf({ ...board, alarms: { ...board.alarms, active: few } }, floodNow, { me: meWith({}) }));
		expect(lines()).toBe(1);
	});

	test('are as the reader chose, flood or not, also on the next visit', async () => {
		await show(<AlarmsPage />, calm(), { now: floodNow });
		await press(button('Raggruppa per causa'));
		expect(lines()).toBe(43);
		staged?.close();
		await show(<AlarmsPage />, floodLiteral(), { now: floodNow });
		expect(lines()).toBe(43);
	});

	test('are not made of alarms that each stand for themselves', async () => {
		await show(<AlarmsPage />, busyAlarmsLiteral());
		expect(lines()).toBe(40);
	});
});

test('a service’s page says the day of an alarm of another day, and what is to be done only while it lasts', () => {
	const board = breakdownLiteral();
	const down = alarmLiteral('service-down', 'service/portale-fse', 1, Date.UTC(2021, 7, 14, 17, 1));
	const told = (rest: Partial<typeof down>) => {
		const asOf = { ...board, alarms: { ...board.alarms, active: alarmsOf({ ...down, ...rest }) } };
		const [row] = alarmsOnService('portale-fse', asOf, judge(asOf, breakdownNow), servicesWordsOf('it'));
		return [row?.told, row?.remedy !== null];
	};
	expect(told({})).toEqual(['da 14/08 19:01 · da prendere in carico', true]);
	expect(told({ since: breakdownNow - HOUR })).toEqual(['da 09:42 · da prendere in carico', true]);
	expect(told({ endedAt: breakdownNow - HOUR })).toEqual(['da 14/08 19:01 · finito, da prendere in carico', false]);
});

test.each([
	['answers', { upOld: figure(0), upNew: figure(1) }, 'up', 'risponde', 'dalle 01:42'],
	['answers on neither side', { upOld: figure(0), upNew: figure(0) }, 'down', 'nessuna delle due sedi risponde', 'dalle 01:42'],
	[
		'is written to on both',
		{ upOld: figure(1), upNew: figure(1), writeOld: figure(1), writeNew: figure(1) },
		'up',
		'entrambe le sedi accettano scritture',
		null,
	],
	['takes no writes', { upOld: figure(0), upNew: figure(1), writeNew: figure(0) }, 'up', 'risponde ma non accetta scritture', null],
] as const)('a service’s page says since when it %s only where it knows', (_what, figures, state, said, since) => {
	const ps = serviceLiteral('Pronto Soccorso', 1, { figures, state, planned: [] });
	const screen = stateOf(boardLiteral({ services: { ps } })) as ScreenState;
	const model = serviceModel(screen, 'ps', it, servicesWordsOf('it'), 'it');
	expect([model?.state, model?.since]).toEqual([said, since]);
});

describe('acting on alarms', () => {
	test('a mark that nobody answered has an unknown outcome, never one that was not recorded', async () => {
		await show(<AlarmsPage />, floodLiteral(), { now: floodNow, answer: () => ({ status: 0, json: null }) });
		await press(button('Mostra'));
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
		await press(button('Prendi in carico', place().querySelector('[data-row] [data-row]') ?? place()));
		await act(() => vi.advanceTimersByTimeAsync(5000));
		vi.useRealTimers();
		const told = place().querySelector('[data-sending="refused"]')?.textContent ?? '';
		expect(told).toContain('Esito ignoto:');
		expect(told).not.toContain('Non registrata');
	});

	test('one is acknowledged; a shelf needs a reason and goes with its end as an instant that a server reads', async () => {
		await show(<AlarmsPage />, floodLiteral(), { now: floodNow });
		await press(button('Mostra'));
		const row = place().querySelector('[data-alarm="dependant-blocked:dependant:medici"]');
		await press(button('Prendi in carico', row ?? place()));
		expect(marks()).toEqual([{ kind: 'alarm', alarm: 'dependant-blocked:dependant:medici', act: 'acknowledge' }]);
		await press(button('Sospendi', row ?? place()));
		expect(row?.textContent).toContain('Nessun dato personale');
		expect(row?.querySelector<HTMLButtonElement>('form button[type="submit"]')?.disabled).toBe(true);
	});

	test('one of priority 1 has no button that sends at once', async () => {
		await show(<AlarmsPage />, floodLiteral(), { now: floodNow });
		const row = place().querySelector('[data-alarm="facility-too-hot:facility:ced-esterno"]');
		await press(button('Sospendi', row ?? place()));
		expect(row?.querySelectorAll('form button[type="submit"]')).toHaveLength(0);
		expect(row?.textContent).toContain('tenere premuto');
	});

	test('all of a cause: each is sent once under one notice; what another has taken already is no refusal', async () => {
		const answer = (_one: Sent, count: number): Answered =>
			count === 5 ? { status: 409, json: { code: 'already', detail: '' } } : { status: 202, json: { seq: count } };
		await show(<AlarmsPage />, floodLiteral(), { now: floodNow, answer });
		await press(button('Prendi in carico tutti (43, di cui 2 P1)'));
		await act(() => new Promise((resolve) => setTimeout(resolve, 20)));
		expect(new Set(marks().map(({ alarm }) => alarm)).size).toBe(43);
		expect(place().querySelectorAll('[data-sending]')).toHaveLength(1);
		expect(staged?.text()).toContain('43 allarmi, causa CED Milano');
	});

	test('all of a cause: a refusal stops it and is told', async () => {
		const answer = (_one: Sent, count: number): Answered =>
			count === 3 ? { status: 403, json: { code: 'not-permitted', detail: '' } } : { status: 202, json: { seq: count } };
		await show(<AlarmsPage />, floodLiteral(), { now: floodNow, answer });
		await press(button('Prendi in carico tutti'));
		await act(() => new Promise((resolve) => setTimeout(resolve, 20)));
		expect(marks()).toHaveLength(3);
		expect(place().querySelector('[data-sending="refused"]')?.textContent).toContain('2 / 43');
	});
});

test.each([
	[{ lastTenMinutes: 1, lastHour: 5, lastDay: 120, peakTenMinutes: 9, inFlood: 0.009, standing: 4, chattering: 0 }, []],
	[
		{ lastTenMinutes: 2, lastHour: 6, lastDay: 121, peakTenMinutes: 10, inFlood: 0.01, standing: 5, chattering: 1 },
		['lastTenMinutes', 'lastHour', 'lastDay', 'peak', 'inFlood', 'standing', 'chattering'],
	],
] as const)('rates %j are beyond the targets of EEMUA 191 and ISA-18.2 at %j', (rates, over) => {
	expect(
		rateRows(rates, 'it')
			.filter(({ isOver }) => isOver)
			.map(({ name }) => name),
	).toEqual([...over]);
});

describe('incidents', () => {
	const two = (): Board => {
		const board = breakdownLiteral();
		const closed = incidentLiteral('Rete interrotta', {
			status: 'closed',
			closedAt: breakdownNow - HOUR,
			openedAt: breakdownNow - 2 * HOUR,
			nextUpdate: null,
		});
		return { ...board, incidents: { count: 2, rows: { rete: closed, ...board.incidents.rows } } };
	};

	test('the open ones come first', async () => {
		await show(<IncidentsPage />, two());
		expect([...place().querySelectorAll('[data-incident]')].map((one) => one.getAttribute('data-incident'))).toEqual(['fse', 'rete']);
		expect(staged?.text()).toContain('aperti: 1');
	});

	test('a closed one that a law’s notice is still overdue for carries its mark', async () => {
		const board = two();
		const clocks = { ...board.clocks, 'rete-gdpr': clockLiteral('gdpr', { incident: 'rete', awareAt: breakdownNow - 75 * HOUR, sent: {} }) };
		await show(<IncidentsPage />, { ...board, clocks });
		const row = place().querySelector('[data-incident="rete"]');
		expect(row?.textContent).toContain('chiuso');
		expect(row?.querySelector('[data-overdue] [data-shape="bad"]')).not.toBeNull();
		expect(row?.textContent).toContain('GDPR, notifica al Garante: superata da 3:00');
		expect(place().querySelector('[data-incident="fse"] [data-overdue]')).toBeNull();
	});

	test('one is opened from an alarm with its name, its subject and its beginning', async () => {
		window.history.pushState(null, '', '/incidents?alarm=flow-overdue%3Aflow%3Afarmacie');
		await show(<IncidentsPage />, breakdownLiteral());
		await submit('[data-tile="incident-open"]');
		const [mark] = marks();
		expect(mark).toMatchObject({
			act: 'open',
			title: 'Flusso farmacie, scadenza superata',
			subject: 'flow/farmacie',
			alarm: 'flow-overdue:flow:farmacie',
		});
		expect(Date.parse(String(mark?.since))).toBe(Date.UTC(2021, 7, 15, 17));
		expect(markSchema.safeParse(mark).success).toBe(true);
	});

	test('one without a title is not sent, and says what it needs', async () => {
		await show(<IncidentsPage />, quietBoard());
		await press(button('Apri un incidente'));
		await submit('[data-tile="incident-open"]');
		expect(sent).toEqual([]);
		expect(staged?.text()).toContain('Serve un titolo.');
	});

	test('its id is made of the title and the moment, never one that is there', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (title) => {
				const first = idOfIncident(title, breakdownNow, []);
				expect(first).toMatch(idPattern);
				const second = idOfIncident(title, breakdownNow, [first]);
				expect(second).toMatch(idPattern);
				expect(second).not.toBe(first);
			}),
			{ seed: 6 },
		);
	});

	test('in full: its course, cause, roles, clocks with protocol and time left, sentences with their verdicts', async () => {
		const text = await show(<IncidentPage id="fse" />, breakdownLiteral());
		for (const said of [
			'dura da 2 g 15:42',
			'condizionamento, data center esterno',
			'Natura: guasto',
			'direzione-tecnica',
			'11:00, fra 0:17',
			'prot. NIS-2021-0001',
			'«Ripristino entro stasera»',
			'smentito dai dati',
			'Causa: guasto. condizionamento, data center esterno',
			'Allarme: non risponde, Portale Fascicolo Sanitario',
		])
			expect(text).toContain(said);
		expect(place().querySelector('[aria-current="step"]')?.textContent).toBe('in ripristino');
	});

	test('a sentence that a cause contradicted which was corrected says from when until when, and what holds', async () => {
		const board = breakdownLiteral();
		const no = board.statements.rows['non-attacco'];
		if (!no) throw new Error('the literal changed');
		const corrected = { from: breakdownNow - 12 * 60_000, until: breakdownNow - 5 * 60_000 };
		const rows = { ...board.statements.rows, 'non-attacco': { ...no, corrected } };
		const text = await show(<IncidentPage id="fse" />, { ...board, statements: { ...board.statements, rows } });
		expect(text).toMatch(/smentito da .*10:30 a .*10:37 per una causa poi corretta/);
	});

	test('a cause that was marked can be taken back for ten seconds', async () => {
		await show(<IncidentPage id="fse" />, fse({ nature: 'human-error', status: 'cause-known' }));
		await press(button('Segna la causa'));
		await submit('[data-tile="incident-cause"]');
		const undo = [...place().ownerDocument.querySelectorAll('button')].find((one) => one.textContent?.includes('ancora 10 s')) ?? null;
		await press(undo);
		expect(sent.at(-1)?.body).toEqual({ kind: 'undo', seq: 1 });
	});

	test('one that is not in the record is said', async () => {
		expect(await show(<IncidentPage id="niente" />, breakdownLiteral())).toBe('Questo incidente non è nel registro.');
	});

	test('status, role and next update are a press each; instants go as a server reads them', async () => {
		await show(<IncidentPage id="fse" />, breakdownLiteral());
		await press(button('Passa a «in osservazione»'));
		await press(place().querySelector('[aria-label="Prendo io: Tecnica"]'));
		await press(button('30 min'));
		expect(marks()).toEqual([
			{ kind: 'incident', incident: 'fse', act: 'status', status: 'observing' },
			{ kind: 'incident', incident: 'fse', act: 'role', role: 'technical' },
			{ kind: 'incident', incident: 'fse', act: 'next-update', due: new Date(breakdownNow + 30 * MINUTE).toISOString() },
		]);
		for (const one of marks()) expect(markSchema.safeParse(one).success).toBe(true);
	});

	const fse = (rest: Partial<IncidentFacts>, more: Partial<Board> = {}): Board => ({
		...breakdownLiteral(more),
		incidents: { count: 1, rows: { fse: incidentLiteral('Fascicolo Sanitario', rest) } },
	});
	const closing = (): HTMLElement | null => place().querySelector('[data-closing]');

	test('one is closed by a second step alone, which names what is still open', async () => {
		await show(<IncidentPage id="fse" />, fse({}));
		await press(button('Passa a «chiuso»'));
		expect(marks()).toEqual([]);
		for (const said of [
			'non risponde: Portale Fascicolo Sanitario',
			'NIS2, notifica: ancora dovuta, entro 19:00',
			'aggiornamento promesso per 11:00',
		])
			expect(closing()?.textContent).toContain(said);
		// A click is no hold; a key presses the second button as it pressed the first.
		const hold = button('Chiudi l’incidente', closing() ?? place());
		await act(async () => hold?.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 })));
		expect(marks()).toEqual([]);
		await act(async () => hold?.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 0 })));
		expect(marks()).toEqual([{ kind: 'incident', incident: 'fse', act: 'status', status: 'closed' }]);
	});

	test('where Regia sees nothing open it says so, and still asks', async () => {
		await show(<IncidentPage id="fse" />, fse({ subject: 'dependant/ospedali', nextUpdate: null }, { clocks: {} }));
		await press(button('Passa a «chiuso»'));
		expect(closing()?.textContent).toContain('Regia non vede nulla che resti aperto.');
		expect(marks()).toEqual([]);
	});

	test('without a cause what asks for one is shut, and says why; no nature is chosen for anybody', async () => {
		await show(<IncidentPage id="fse" />, fse({ nature: 'unknown', cause: null, causeAt: null, status: 'detected' }));
		const shut = [...place().querySelectorAll<HTMLButtonElement>('[data-tile="incident-status"] button:disabled')];
		expect(shut.map((one) => one.textContent)).toEqual(['Passa a «causa nota»', 'Passa a «chiuso»']);
		const why = place().querySelector(`[id="${shut[0]?.getAttribute('aria-describedby')}"]`);
		expect(why?.textContent).toBe('«causa nota», «chiuso»: prima va segnata la causa.');
		await press(button('Segna la causa'));
		const nature = place().querySelector<HTMLSelectElement>('[name="nature"]');
		expect(nature?.value).toBe('');
		await submit('[data-tile="incident-cause"]');
		expect(marks()).toEqual([]);
		expect(staged?.text()).toContain('Scegliere la natura.');
	});

	test('the nature that is recorded is the one that stands in the form', async () => {
		await show(<IncidentPage id="fse" />, fse({ nature: 'human-error', status: 'cause-known' }));
		await press(button('Segna la causa'));
		const nature = place().querySelector<HTMLSelectElement>('[name="nature"]');
		expect(nature?.value).toBe('human-error');
		// Its cause is known: it cannot become unknown.
		expect([...(nature?.options ?? [])].map(({ value }) => value)).toEqual(['failure', 'human-error', 'attack']);
	});

	test('a sentence that is half written is there again after another page and after a reload, and belongs to its incident', async () => {
		const board = two();
		const begin = async (id: string) => {
			staged?.close();
			await show(<IncidentPage id={id} />, board);
		};
		const field = (): HTMLTextAreaElement | null => place().querySelector('[data-tile="statements"] [name="text"]');
		const type = (text: string) =>
			act(async () => {
				const area = field();
				if (area === null) throw new Error('no field');
				area.value = text;
				area.dispatchEvent(new Event('input', { bubbles: true }));
			});
		await begin('fse');
		await press(button('Registra una dichiarazione'));
		await type('Domattina');
		await press(button('Aggiungi affermazione'));
		await begin('rete');
		expect(field()).toBeNull();
		await begin('fse');
		expect(field()?.value).toBe('Domattina');
		expect(staged?.text()).toContain('ancora 491 caratteri');
		expect(place().querySelectorAll('[data-tile="statements"] form fieldset')).toHaveLength(1);
		await press(button('×', place().querySelector('[data-tile="statements"] form') ?? place()));
		await submit('[data-tile="statements"]');
		expect(marks()).toHaveLength(1);
		await begin('fse');
		expect(field()).toBeNull();
		// Whoever cancels wants none of it; what no page of ours wrote is no draft.
		await press(button('Registra una dichiarazione'));
		await type('Forse');
		await press(button('Annulla', place().querySelector('[data-tile="statements"] form') ?? place()));
		await begin('fse');
		expect(field()).toBeNull();
		for (const kept of ['{', '[]', 'null', '{"text":1}', '{"text":"x","audience":"public","claims":[{}]}']) {
			window.localStorage.setItem('regia.statement-draft.fse', kept);
			expect(recallStatement('fse'), kept).toBeNull();
		}
	});

	test('a step of a legal clock is called as its own law calls it', async () => {
		expect(await show(<IncidentPage id="fse" />, breakdownLiteral())).toContain('pre-notifica');
		staged?.close();
		const clocks = { 'fse-l90': clockLiteral('l90') };
		expect(await show(<IncidentPage id="fse" />, breakdownLiteral({ clocks }))).toContain('prima segnalazione');
	});

	test.each([
		['bad', {}],
		['watch', { status: 'observing' }],
	] as const)('the menu counts one that is %s by its own shape', async (shape, rest) => {
		await show(<DeskMenu path="/" />, fse(rest));
		const entry = place().querySelector('[href="/incidents"] [data-worst]');
		expect([entry?.getAttribute('data-worst'), entry?.textContent?.trim()]).toEqual([shape, expect.stringContaining('1')]);
	});

	test('a sentence is recorded with its audience; one without words is not', async () => {
		await show(<IncidentPage id="fse" />, breakdownLiteral());
		await press(button('Registra una dichiarazione'));
		await submit('[data-tile="statements"]');
		expect(sent).toEqual([]);
		write('text', 'Domattina il servizio riprende');
		await submit('[data-tile="statements"]');
		const [mark] = marks();
		expect(mark).toMatchObject({ kind: 'statement', text: 'Domattina il servizio riprende', audience: 'public', incident: 'fse', claims: [] });
		expect(markSchema.safeParse(mark).success).toBe(true);
	});

	test('what was written stays while the server has not taken it, and every form warns of personal data', async () => {
		await show(<IncidentPage id="fse" />, breakdownLiteral(), { answer: () => ({ status: 507, json: { code: 'journal-full', detail: '' } }) });
		for (const folded of place().querySelectorAll<HTMLElement>('main [aria-expanded="false"], [data-tile] [aria-expanded="false"]'))
			await press(folded);
		const forms = [...place().querySelectorAll('form')];
		expect(forms.length).toBeGreaterThanOrEqual(5);
		expect(forms.filter((one) => !one.textContent?.includes('Nessun dato personale')).length).toBe(0);
		for (const field of place().querySelectorAll<HTMLTextAreaElement>('textarea')) expect(field.maxLength).toBeGreaterThan(0);
		write('protocol', 'PROT-1');
		await submit('[data-step="notification"]');
		expect(marks().at(-1)).toMatchObject({ kind: 'clock', act: 'sent', step: 'notification', protocol: 'PROT-1' });
		expect(place().querySelector<HTMLInputElement>('[name="protocol"]')?.value).toBe('PROT-1');
	});

	test('the timeline shows people or Regia alone', async () => {
		await show(<IncidentPage id="fse" />, breakdownLiteral());
		const kinds = (): string[] => [...place().querySelectorAll('[data-tile="incident-timeline"] li')].map((one) => one.getAttribute('data-by') ?? '');
		expect(new Set(kinds())).toEqual(new Set(['people', 'regia']));
		await press(button('di Regia'));
		expect(new Set(kinds())).toEqual(new Set(['regia']));
	});
});

describe('a claim', () => {
	const draft = { ...newClaim(1), subject: 'service/portale-fse' };
	test.each([
		[
			{ ...draft, by: '17/08/2021 20:00' },
			{ kind: 'restored', subject: 'service/portale-fse', by: Date.UTC(2021, 7, 17, 18) },
		],
		[{ ...draft, by: '' }, null],
		[
			{ ...draft, kind: 'working' },
			{ kind: 'working', subject: 'service/portale-fse' },
		],
		[{ ...draft, kind: 'working', subject: '' }, null],
		[
			{ ...draft, kind: 'figure', measure: 'service.latency', atMost: '1,5' },
			{ kind: 'figure', subject: 'service/portale-fse', measure: 'service.latency', atMost: 1.5 },
		],
		[{ ...draft, kind: 'figure', measure: 'service.latency' }, null],
		[{ ...draft, kind: 'figure', measure: 'service.latency', atMost: 'poco' }, null],
		[
			{ ...draft, kind: 'nature' },
			{ kind: 'nature', incident: 'fse', isNot: 'attack' },
		],
		[
			{ ...draft, kind: 'nature', isNot: false, nature: 'failure' },
			{ kind: 'nature', incident: 'fse', is: 'failure' },
		],
	] as const)('of %j is %j', (one, claim) => {
		expect(claimOf(one, 'fse', 'Europe/Rome')).toEqual(claim);
	});
});

describe('facilities', () => {
	test('both sides stand side by side, with how hot, how cooled, and what hangs on each', async () => {
		const text = await show(<FacilitiesPage />, twoSidesLiteral());
		expect([...place().querySelectorAll('[data-facility]')].map((one) => one.getAttribute('data-facility'))).toEqual(['ced-esterno', 'ced-nuovo']);
		for (const said of ['41,2 °C', 'oltre il limite', '0 di 5 in funzione, guasto 14/08 17:20', 'regolare', 'nulla, secondo il piano'])
			expect(text).toContain(said);
	});

	test('a service and those who use it are told apart where they are called the same', async () => {
		const board = breakdownLiteral();
		const [id, service] = Object.entries(board.services).find(([, { needs }]) => needs.includes('facility/ced-esterno')) ?? ['', null];
		if (service === null) throw new Error('nothing hangs on it');
		const dependants = { ...board.dependants, vaccini: { ...Object.values(board.dependants)[0], label: service.label, needs: [`service/${id}`] } };
		await show(<FacilitiesPage />, { ...board, dependants: dependants as Board['dependants'] });
		const called = [...place().querySelectorAll('[data-subject]')]
			.map((one) => one.textContent?.trim() ?? '')
			.filter((one) => one.includes(service.label));
		expect(called.map((one) => one.replace(service.label, '').trim())).toEqual([
			expect.stringContaining('servizio'),
			expect.stringContaining('chi lo usa'),
		]);
	});

	test('one that nobody hears has its last temperature under a veil, no figure of the moment, and is not as it should be', () => {
		const [row] = facilityRows(stateOf(blindLiteral(), breakdownNow) as never, own, 'it') ?? [];
		expect(row?.standing).toBe('blind');
		expect(row?.veil).toContain('nessun dato da 22 min');
		expect(row?.degrees).toBe('ultimo 41,2 °C');
		expect(row?.facts.find(([label]) => label === 'Al limite')?.[1]).toBe('—');
	});

	test.each([
		[0.3, 'non sale', 'non sale'],
		[-0.3, 'non sale', 'non sale'],
		[-4, '-4,0 °C all’ora', 'non sale'],
		[1.2, '+1,2 °C all’ora', 'fra > 240 min, se continua così'],
		[30, '+30,0 °C all’ora', 'fra 36 min, se continua così'],
	])('at %d °C an hour, what is said of its course and of the limit agree', (perHour, course, limit) => {
		const board = breakdownLiteral();
		const ced = board.facilities['ced-esterno'];
		if (!ced) throw new Error('the literal has no such room');
		const at = breakdownNow - 20_000;
		const room = { ...ced, figures: { ...ced.figures, temperature: [22, at, at] as const }, climb: [perHour, at] as const };
		const rows = facilityRows(stateOf({ ...board, facilities: { 'ced-esterno': room } }, breakdownNow) as never, own, 'it') ?? [];
		const facts = new Map(rows[0]?.facts);
		expect([facts.get('Andamento'), facts.get('Al limite')]).toEqual([course, limit]);
	});

	test('where nothing was heard there is no line', () => {
		const board = breakdownLiteral();
		const [row] = facilityRows(stateOf({ ...board }, Date.UTC(2021, 7, 15, 6)) as never, own, 'it') ?? [];
		expect(row?.curve?.stretches.length).toBe(2);
		const points = row?.curve?.stretches.flat() ?? [];
		expect(points.length).toBeGreaterThan(20);
	});

	test('what hangs on one is found through what it carries', () => {
		const board = breakdownLiteral();
		expect(hangingOn('facility/ced-esterno', board)).toEqual(
			expect.arrayContaining(['service/portale-fse', 'network/siss', 'dependant/medici', 'flow/farmacie']),
		);
		expect(hangingOn('facility/ced-esterno', board)).not.toContain('dependant/ospedali');
		expect(hangingOn('network/siss', board)).toEqual(['service/portale-fse', 'dependant/medici']);
	});
});
