// What may be told to the press of a board: each figure as it is printed in both languages, with its note wherever it is old, partial or not
// known, and never what the policy keeps inside.
import { describe, expect, it } from 'vitest';
import { freezeSheet, verifyFrozen } from '../../server/domain/freeze.ts';
import { familyOf, figureFamilies } from '../../server/domain/press-catalogue.ts';
import { type PressView, pressFigures } from '../../server/domain/press-figures.ts';
import type { Board } from '../../shared/board.ts';
import { noAvailability } from '../../shared/downtime.ts';
import { measures } from '../../shared/measures.ts';
import { press } from '../../shared/plan-press.ts';
import { boardLiteral, figure, literalNow, withSilentArchive } from '../kit/board-literal.ts';
import { blindLiteral, breakdownLiteral, breakdownNow } from '../kit/breakdown-literal.ts';
import { censusLiteral, lazioSites, siteFacts } from '../kit/er-literal.ts';

const HOUR = 3_600_000;
const sayOf = (policy: Record<string, unknown> = {}): PressView['press'] => press.parse({ policy });
const told = (board: Board, at = literalNow, say: PressView['press'] = null, counts: PressView['counts'] = null) => {
	const made = pressFigures({ board, press: say, at, counts });
	const find = (key: string) => made.figures.find((one) => one.key === key);
	return { ...made, find, row: (key: string) => [find(key)?.text.it, find(key)?.text.en, find(key)?.note?.it ?? null] };
};
const estates = (...shares: readonly (number | null)[]): Board['bodies'] =>
	Object.fromEntries(shares.map((share, i) => [`asl-${i + 1}`, { label: `ASL ${i + 1}`, estateMoved: share === null ? null : figure(share) }]));

describe('a figure for the press', () => {
	const night = boardLiteral({ bodies: estates(0.71, 0.58, 0.66) });
	const failing = breakdownLiteral();
	it.each([
		['archives.done', night, literalNow, ['2 su 6', '2 of 6', null]],
		['archives.moved', night, literalNow, ['32,3\u00a0TB', '32.3\u00a0TB', null]],
		['archives.rate', night, literalNow, ['1,32\u00a0GB/s', '1.32\u00a0GB/s', null]],
		['bodies.moved', night, literalNow, ['65\u00a0%', '65%', null]],
		['bodies.moved/asl-2', night, literalNow, ['58\u00a0%', '58%', null]],
		['service.state/ps', night, literalNow, ['attivo', 'working', null]],
		['service.state/cce', night, literalNow, ['fermo programmato', 'planned downtime', null]],
		['cutover.tPlus', night, literalNow, ['7 ore e 13 minuti', '7 hours and 13 minutes', null]],
		['cutover.window', night, literalNow, ['21 ott, 19:00 – 22 ott, 05:00', '21 Oct, 19:00 – 22 Oct, 05:00', null]],
		['service.state/portale-fse', failing, breakdownNow, ['non attivo', 'not working', null]],
		['dependants.state/medici', failing, breakdownNow, ['bloccati', 'blocked', null]],
		['dependants.blocked/medici', failing, breakdownNow, ['7.812', '7,812', null]],
		['dependants.blocked/ospedali', failing, breakdownNow, ['0', '0', null]],
		['incident.duration/fse', failing, breakdownNow, ['2 giorni e 15 ore', '2 days and 15 hours', null]],
		// What is old says so; what is not known is never a number.
		['archives.moved', night, literalNow + 3 * HOUR, ['32,3\u00a0TB', '32.3\u00a0TB', 'dato di 3 ore fa']],
		['archives.done', night, literalNow + 3 * HOUR, ['—', '—', 'non noto: ultimo dato di 3 ore fa']],
		['archives.rate', night, literalNow + 3 * HOUR, ['—', '—', 'non noto: ultimo dato di 3 ore fa']],
		['service.state/ps', night, literalNow + 3 * HOUR, ['—', '—', 'non noto: ultimo dato di 3 ore fa']],
		['bodies.moved', night, literalNow + 8 * 24 * HOUR, ['—', '—', 'non noto']],
	])('%s is printed as it is known', (key, board, at, row) => {
		expect(told(board, at).row(key)).toEqual(row);
	});

	it('says of how many it is when some do not report', () => {
		const board = boardLiteral({ bodies: estates(0.7, null, 0.6) });
		expect(told(board).row('bodies.moved')).toEqual(['65\u00a0%', '65%', '2 di 3 aziende']);
		expect(told(board).find('bodies.moved')).toMatchObject({ completeness: { counted: 2, of: 3 }, standing: 'blind' });
		const [silent = ''] = Object.keys(board.archives);
		const { row, find } = told(withSilentArchive(board, silent, 3 * HOUR));
		expect(row('archives.done')[2]).toBe('dato di 3 ore fa; 5 di 6 archivi');
		expect(find('archives.done')?.completeness).toEqual({ counted: 5, of: 6 });
	});

	it('says with a course what it says with the figure that it leads to', () => {
		const night = boardLiteral();
		const [silent = '', ...others] = Object.keys(night.archives);
		const courseOf = (board: Board) => told(board).courses.find(({ key }) => key === 'archives.moved');
		expect(courseOf(night)?.note).toBeNull();
		expect(courseOf(withSilentArchive(night, silent, 3 * HOUR))?.note?.it).toBe('dato di 3 ore fa');
		const quiet = new Set(others.slice(0, 3));
		const archives = Object.fromEntries(Object.entries(night.archives).map(([id, one]) => [id, quiet.has(id) ? { ...one, figures: {} } : one]));
		expect(courseOf({ ...night, archives })).toMatchObject({
			completeness: { counted: 3, of: 6 },
			note: { it: '3 di 6 archivi', en: '3 of 6 archives' },
		});
	});

	it('never says that a whole is reached which is not', () => {
		expect(told(boardLiteral({ bodies: estates(0.999, 1, 1) })).row('bodies.moved')[0]).toBe('99\u00a0%');
		expect(told(boardLiteral({ bodies: estates(1, 1, 1) })).row('bodies.moved')[0]).toBe('100\u00a0%');
	});

	it('names the time that nobody observed', () => {
		const { find } = told(breakdownLiteral(), breakdownNow);
		expect(find('services.availability')?.note).toEqual({
			it: 'non osservati: fino a 21 minuti per servizio',
			en: 'not observed: up to 21 minutes per service',
		});
	});

	it('never names more time that nobody observed than there was: of services side by side the longest', () => {
		const minutes = (unknown: readonly number[]): string | null | undefined => {
			const night = boardLiteral();
			const services = Object.entries(night.services).slice(0, unknown.length);
			const unseen = services.map(([id, one], i) => [
				id,
				{ ...one, bookedTo: literalNow, night: { ...noAvailability, up: 3 * HOUR, unknown: (unknown[i] ?? 0) * 60_000 } },
			]);
			return told({ ...night, services: Object.fromEntries(unseen) }).row('services.availability')[2];
		};
		expect(minutes([19, 19])).toBe('non osservati: fino a 19 minuti per servizio');
		expect(minutes([0, 7, 3])).toBe('non osservati: fino a 7 minuti per servizio');
		expect(minutes([19])).toBe('non osservati: 19 minuti');
		expect(minutes([0, 0.5])).toBeNull();
	});

	it('says of when the estates are, once that is not this hour', () => {
		const at = (hours: number) => told(boardLiteral({ bodies: estates(0.71, 0.58, 0.66) }), literalNow + hours * HOUR);
		expect(at(0.9).find('bodies.moved')?.note).toBeNull();
		expect([at(5).row('bodies.moved'), at(5).row('bodies.moved/asl-2')]).toEqual([
			['65\u00a0%', '65%', 'dato di 5 ore fa'],
			['58\u00a0%', '58%', 'dato di 5 ore fa'],
		]);
	});

	it('tells the bookings of the whole of yesterday, where they were told up to midnight', () => {
		const night = boardLiteral();
		const { ps } = night.services;
		if (ps === undefined) throw new Error('no service');
		const midnight = Date.parse('2025-10-22T00:00:00+02:00');
		const withHours = (byHour: Readonly<Record<string, number>>): Board => ({
			...night,
			services: { ps: { ...ps, bookings: { expected: null, growth: null, byHour } } },
		});
		const key = 'service.bookingsYesterday/ps';
		const whole = withHours({ [midnight / HOUR - 2]: 69_000, [midnight / HOUR - 1]: 70_412, [midnight / HOUR]: 300 });
		const { row, find } = told(whole, literalNow, sayOf({ 'service.bookings': { roundTo: 100 } }));
		expect([row(key), find(key)?.at, find(key)?.label.it]).toEqual([['70.400', '70,400', null], midnight, `${ps.label}, prenotazioni di ieri`]);
		expect(told(withHours({ [midnight / HOUR - 2]: 69_000 })).find(key)).toBeUndefined();
		expect(told(whole, literalNow, sayOf({ 'service.bookings': { press: 'internal' } })).find(key)).toBeUndefined();
	});

	it('calls whom a failure hits, and rooms, in English as the plan says', () => {
		const labels = { 'dependant/medici': 'Family doctors', 'site/ps-0': 'Emergency room 0' };
		const say = press.parse({ labels, policy: { 'site.present': { press: 'public' } } });
		const { find } = told(breakdownLiteral({ sites: { 'ps-0': siteFacts('PS 0', 12, 20, { census: censusLiteral(12) }) } }), breakdownNow, say);
		const said = ['dependants.state/medici', 'dependants.blocked/medici', 'site.present/ps-0'].map((key) => find(key)?.label.en);
		expect(said).toEqual(['Family doctors', 'Family doctors: blocked', 'Emergency room 0']);
	});

	it('calls subjects in English as the plan says', () => {
		const labels = { 'service/ps': 'Emergency room', 'body/asl-1': 'Health authority 1' };
		const { find } = told(boardLiteral({ bodies: estates(0.5) }), literalNow, press.parse({ labels }));
		const said = ['service.state/ps', 'service.downMinutes/ps', 'bodies.moved/asl-1', 'service.state/cce'].map((key) => find(key)?.label.en);
		expect(said).toEqual(['Emergency room', 'Emergency room, minutes without service', 'Health authority 1', find('service.state/cce')?.label.it]);
	});
});

const sheetRow = {
	digest: '',
	state: 'released',
	author: 'autore',
	draftedAt: 0,
	number: 1,
	year: 2025,
	releasedBy: 'altro',
	releasedAt: 0,
	embargoUntil: null,
	supersededBy: null,
	withdrawn: null,
	statement: null,
} as const;

const boards: readonly (readonly [string, Board, number])[] = [
	['a night', boardLiteral({ bodies: estates(0.7, null), sites: lazioSites() }), literalNow],
	['a night of which nothing was heard for hours', boardLiteral({ sites: lazioSites() }), literalNow + 5 * HOUR],
	['three days of failure', breakdownLiteral(), breakdownNow],
	['a room that cannot look', blindLiteral(), breakdownNow],
];

describe.each(boards)('%s', (_, board, at) => {
	const everything = sayOf(Object.fromEntries(Object.keys(measures).map((name) => [name, { press: 'public' }])));
	const { figures, courses } = told(board, at, everything);

	it('gives each figure one key of the catalogue, words in both languages and a method', () => {
		expect(new Set(figures.map(({ key }) => key)).size).toBe(figures.length);
		for (const one of figures) {
			expect([one.key, familyOf(one.key)?.family.is]).not.toEqual([one.key, undefined]);
			for (const words of [one.label, one.text, one.method, one.note ?? one.text])
				expect([one.key, words.it.trim() !== '', words.en.trim() !== '']).toEqual([one.key, true, true]);
		}
	});

	it('puts a note wherever something is not known, and a value nowhere there', () => {
		for (const { key, text, value, share, note, isSuppressed, completeness } of figures) {
			if (text.it === '—') expect([key, value, share, note === null]).toEqual([key, null, null, false]);
			if (isSuppressed) expect([key, value, share]).toEqual([key, null, null]);
			if (completeness && completeness.counted < completeness.of) expect([key, note === null]).toEqual([key, false]);
		}
	});

	it('tells of no later moment, and gives the same twice', () => {
		for (const one of figures) expect([one.key, (one.at ?? at) <= at]).toEqual([one.key, true]);
		for (const { points } of courses) expect(points.every(([point]) => point <= at)).toBe(true);
		expect(told(board, at, everything).figures).toEqual(figures);
	});

	it('without a plan’s word tells nothing that the measures keep inside', () => {
		const inside = figureFamilies.filter(({ measure }) => measure !== null && measures[measure].press === 'internal').map(({ name }) => name);
		const { figures: open, courses: curves, counts } = told(board, at);
		expect(inside).toEqual(['sites.presentTotal', 'site.present', 'flow.state', 'facility.temperature']);
		for (const { key } of [...open, ...curves]) expect(inside).not.toContain(key.split('/')[0]);
		expect(counts).toBeNull();
	});
});

describe('the policy', () => {
	const failing = breakdownLiteral();
	it('keeps inside what the plan keeps inside', () => {
		const { figures } = told(failing, breakdownNow, sayOf({ 'dependant.up': { press: 'internal' } }));
		expect(figures.filter(({ key }) => key.startsWith('dependants.'))).toEqual([]);
	});

	it('rounds', () => {
		expect(told(failing, breakdownNow, sayOf({ 'dependant.up': { roundTo: 100 } })).row('dependants.blocked/medici')[0]).toBe('7.800');
	});

	it('opens a facility’s temperature, in half degrees', () => {
		const { courses } = told(failing, breakdownNow, sayOf({ 'facility.temperature': { press: 'public' } }));
		const values = courses.flatMap(({ points }) => points.map(([, value]) => value ?? 0));
		expect(values.length).toBeGreaterThan(20);
		expect(values.every((value) => (value * 2) % 1 === 0)).toBe(true);
	});

	it('hides small counts of people, and what would give them away, from one look to the next', () => {
		const say = sayOf({ 'site.present': { press: 'public' } });
		const sites = (...present: readonly number[]): Board =>
			boardLiteral({
				sites: Object.fromEntries(present.map((many, i) => [`ps-${i}`, siteFacts(`PS ${i}`, many, 20, { census: censusLiteral(many) })])),
			});
		const printed = (one: ReturnType<typeof told>): string =>
			one.figures
				.filter(({ key }) => key.startsWith('site.present/') || key === 'sites.presentTotal')
				.map(({ text }) => text.it)
				.join(' | ');
		const first = told(sites(3, 12, 40), literalNow, say);
		expect(printed(first)).toBe('55 | meno di 5 | non indicato | 40');
		const next = told(sites(8, 12, 40), literalNow, say, first.counts);
		expect(printed(next)).toBe('60 | non indicato | non indicato | 40');
	});

	it('where nobody reports yet it remembers nothing, and hides nothing once they do', () => {
		const say = sayOf({ 'site.present': { press: 'public' } });
		const sites = (...present: readonly number[]): Board =>
			boardLiteral({
				sites: Object.fromEntries(present.map((many, i) => [`ps-${i}`, siteFacts(`PS ${i}`, many, 20, { census: censusLiteral(many) })])),
			});
		const silent = told(sites(12, 40), literalNow + 48 * HOUR, say);
		expect(silent.row('sites.presentTotal')[0]).toBe('—');
		expect(silent.counts).toBeNull();
		expect(told(sites(12, 40), literalNow, say, silent.counts).row('sites.presentTotal')[0]).toBe('52');
	});

	it('remembers what a sheet of the same day told of the same rooms', () => {
		const say = sayOf({ 'site.present': { press: 'public' } });
		const sites = (...present: readonly number[]) =>
			Object.fromEntries(present.map((many, i) => [`ps-${i}`, siteFacts(`PS ${i}`, many, 20, { census: censusLiteral(many) })]));
		const before = boardLiteral({ sites: sites(8, 12, 40) });
		const content = {
			template: 'blank',
			title: { it: 'Prima', en: '' },
			heroes: [],
			chart: null,
			lists: [{ title: { it: 'Presenti', en: '' }, keys: ['sites.presentTotal', 'site.present/ps-0', 'site.present/ps-1', 'site.present/ps-2'] }],
			sentences: [],
			facts: false,
			incident: null,
		} as const;
		const made = freezeSheet({ id: 'prima', content, view: { board: before, press: say, at: literalNow - HOUR }, position: { seq: 1, hash: '' } });
		if (!made.ok) throw new Error(made.message);
		const after = boardLiteral({ sites: sites(3, 12, 40), press: { count: 1, rows: { prima: { ...sheetRow, frozen: made.value } } } });
		const total = (board: Board): string | undefined => told(board, literalNow, say).row('sites.presentTotal')[0] ?? undefined;
		// Who remembers 12 and 40 could take them from the total.
		expect(total(after)).toBe('non indicato');
		expect(total({ ...after, press: { count: 0, rows: {} } })).toBe('55');
		// More hidden than the record alone asks for is borne out; more told is not.
		const view = { board: { ...after, press: { count: 0, rows: {} } }, press: say, at: literalNow };
		const sheetOf = (rest: Partial<PressView>) => {
			const frozen = freezeSheet({ id: 'dopo', content, view: { ...view, ...rest }, position: { seq: 2, hash: '' } });
			if (!frozen.ok) throw new Error(frozen.message);
			return frozen.value;
		};
		expect(verifyFrozen(sheetOf({ isForgotten: true }), view)).toEqual([]);
		expect(verifyFrozen(sheetOf({}), { ...view, isForgotten: true })).not.toEqual([]);
		// A sheet of an earlier moment than that of one that is known by now.
		const earlier = { ...after, press: { count: 0, rows: {} } };
		const known = (hours: number) =>
			pressFigures({
				board: earlier,
				press: say,
				at: literalNow,
				sheets: { prima: { ...sheetRow, frozen: { ...made.value, at: literalNow + hours * HOUR } } },
			}).figures.find(({ key }) => key === 'sites.presentTotal')?.text.it;
		expect([known(1), known(23), known(24)]).toEqual(['non indicato', 'non indicato', '55']);
	});
});
