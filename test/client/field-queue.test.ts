// The queue of counts, a row a case: what an answer makes of a record, in whose time, in which order, what is forgotten and what never is.
import { describe, expect, test } from 'vitest';
import { type Draft, readDraft } from '../../client/store/count-draft.ts';
import {
	backOffMs,
	type ClockHere,
	type CountRecord,
	doorOf,
	inServerTime,
	newRecord,
	settle,
	shownOf,
	stamped,
	timeOf,
	toForget,
	toWire,
	unsentOf,
} from '../../client/store/count-queue.ts';
import { changed, figureOf, isJump, isOldRow, lastSentAt, oldOf, startOf } from '../../client/views/field-model.ts';
import type { FieldSite } from '../../shared/field.ts';

const HOUR = 3_600_000;
const now = Date.UTC(2025, 9, 22, 0, 17);
const byCode = { '1': 2, '2': 9, '3': 17, '4': 15, '5': 4, none: 1 };
const record = (rest: Partial<CountRecord> = {}): CountRecord => ({
	...newRecord({ byCode, boarding: 6 }, 'centro', 'abcdefgh', now, []),
	...rest,
});
const answer = { id: 'abcdefgh', seq: 7, accepted: 1, superseded: false };

describe('an answer', () => {
	type Row = readonly [cause: string, status: number, json: unknown, state: CountRecord['state'], door: string];
	const rows: readonly Row[] = [
		['that names the record', 202, answer, 'received', 'open'],
		['that names it as superseded', 202, { ...answer, superseded: true }, 'received', 'open'],
		['that names another', 202, { ...answer, id: 'zyxwvuts' }, 'unsent', 'offline'],
		['of somebody else’s wall (a hotel’s sign-in page)', 202, null, 'unsent', 'offline'],
		['200 by a proxy', 200, answer, 'unsent', 'offline'],
		['none', 0, null, 'unsent', 'offline'],
		['of a server that stops', 503, { code: 'closed' }, 'unsent', 'offline'],
		['of a journal that cannot write', 503, { code: 'journal-failing' }, 'unsent', 'not-writing'],
		['of a full disk', 507, { code: 'journal-full' }, 'unsent', 'not-writing'],
		['of a fault', 500, { code: 'internal' }, 'unsent', 'offline'],
		['of a gateway', 502, null, 'unsent', 'offline'],
		['too many', 429, { code: 'too-many' }, 'unsent', 'offline'],
		['too slow', 408, null, 'unsent', 'offline'],
		['of a link that is over', 401, { code: 'unauthorised' }, 'unsent', 'over'],
		['of another site', 403, { code: 'not-your-site' }, 'unsent', 'other-site'],
		['of a viewer’s session', 403, { code: 'not-permitted' }, 'unsent', 'other-site'],
		['of a plan without the site', 404, { code: 'unknown-site' }, 'unsent', 'unknown-site'],
		['of an older server', 404, { code: 'no-such-route' }, 'unsent', 'offline'],
		['that refuses the clock', 409, { code: 'count-future' }, 'refused', 'open'],
		['that refuses the age', 409, { code: 'count-late' }, 'refused', 'open'],
		['that refuses the shape', 400, { code: 'malformed' }, 'refused', 'open'],
		['that is sent elsewhere', 302, null, 'unsent', 'offline'],
	];
	test.each(rows)('%s (%i)', (_cause, status, json, state, door) => {
		const settled = settle(record(), { status, json }, now + 60_000);
		expect([settled.record.state, settled.door]).toEqual([state, door]);
		expect(settled.record.receivedAt).toBe(state === 'received' ? now + 60_000 : null);
		expect(settled.record.why).toBe(state === 'refused' ? (json as { code: string }).code : null);
		// Whatever is answered, what was counted stands.
		expect(settled.record).toMatchObject({ id: 'abcdefgh', byCode, boarding: 6, takenAt: now });
	});

	test('200 to a question says nothing against the way', () => {
		expect(doorOf({ status: 200, json: {} })).toBeNull();
	});
});

describe('time', () => {
	const clock = { phoneAt: now, serverAt: now + 90_000, speed: 1 };
	test.each([
		['no server heard: the phone’s', null, now - 5000, now - 5000],
		['a phone 90 s behind', clock, now, now + 90_000],
		['before the server was heard', clock, now - 600_000, now - 510_000],
		['a rehearsal at 60', { ...clock, speed: 60 }, now + 1000, now + 150_000],
	])('%s', (_cause, heard, phone, server) => {
		expect(inServerTime(heard, phone)).toBe(server);
	});

	test('a record’s moment is settled at the first attempt, and stays', () => {
		const once = stamped(record(), clock);
		expect(once.at).toBe(now + 90_000);
		expect(stamped(once, { ...clock, serverAt: now })).toBe(once);
		expect(timeOf(record(), clock)).toBe(now + 90_000);
		expect(toWire(once)).toEqual({ id: 'abcdefgh', at: new Date(now + 90_000).toISOString(), byCode, boarding: 6 });
		expect(toWire({ ...once, forms: 12 }).forms).toBe(12);
		const rehearsal = { ...clock, speed: 3600 };
		expect(stamped(record({ takenAt: now + 400 }), rehearsal).at).toBe(now + 90_000);
		expect(stamped(record({ takenAt: now - 10 }), rehearsal).at).toBe(now + 54_000);
	});

	test.each([
		[1, 1000],
		[2, 2000],
		[3, 4000],
		[5, 15_000],
		[6, 30_000],
		[600, 30_000],
	])('after %i failed tries it waits %i ms', (tries, ms) => {
		expect(backOffMs(tries)).toBe(ms);
	});
});

describe('order', () => {
	test('is that of counting, also where the phone’s clock is set back', () => {
		const one = newRecord({ byCode, boarding: 0 }, 'centro', 'primo-00', now, []);
		const two = newRecord({ byCode, boarding: 1 }, 'centro', 'secondo0', now - HOUR, [one]);
		const three = newRecord({ byCode, boarding: 2 }, 'centro', 'terzo-00', now, [two, one]);
		expect(unsentOf([three, { ...one, state: 'received' }, two]).map(({ id }) => id)).toEqual(['secondo0', 'terzo-00']);
		expect(unsentOf([two, three, one]).map(({ id }) => id)).toEqual(['primo-00', 'secondo0', 'terzo-00']);
		expect(shownOf([one, three, two]).map(({ id }) => id)).toEqual(['terzo-00', 'secondo0', 'primo-00']);
	});

	test('what is unsent is never forgotten nor left out, however old and however many', () => {
		const many = Array.from({ length: 60 }, (_, i) =>
			record({ id: `conteggio-${i}`, order: i, takenAt: now - 40 * HOUR, state: i % 3 === 0 ? 'unsent' : i % 3 === 1 ? 'received' : 'refused' }),
		);
		expect(toForget(many, now).filter(({ state }) => state === 'unsent')).toEqual([]);
		expect(toForget(many, now)).toHaveLength(40);
		expect(toForget(many, now - 39 * HOUR)).toEqual([]);
		const shown = shownOf(many).map(({ state }) => state);
		expect([shown.filter((one) => one === 'unsent').length, shown.filter((one) => one === 'received').length]).toEqual([20, 5]);
	});
});

describe('what the form starts from', () => {
	const known: FieldSite = {
		site: 'centro',
		label: 'Pronto Soccorso Centro',
		short: 'Centro',
		mode: 'paper',
		rehearsal: false,
		zone: 'Europe/Rome',
		now: new Date(now).toISOString(),
		speed: 1,
		paper: { everyMs: 900_000, staleAfterMs: 1_200_000 },
		last: { at: new Date(now - HOUR).toISOString(), byCode: { ...byCode, '1': 5 }, present: 51, boarding: 3, forms: 20 },
	};
	const mine = record({ at: now - 60_000, forms: 31 });
	const start = (site: FieldSite | null, ...records: CountRecord[]) => startOf(site, records, null);

	test.each([
		['nothing at all', start(null), { '1': 0, boarding: 0, told: null }],
		['what the server told', start(known), { '1': 5, boarding: 3, told: 20 }],
		['this phone’s own, newer and unsent', start(known, mine), { '1': 2, boarding: 6, told: 31 }],
		[
			'another phone’s, newer',
			start({ ...known, last: { ...known.last, at: new Date(now).toISOString() } } as FieldSite, mine),
			{ '1': 5, boarding: 3, told: 20 },
		],
		['not what was refused', start(known, { ...mine, state: 'refused' }), { '1': 5, boarding: 3, told: 20 }],
		['no forms of the last dark, once the system is on', start({ ...known, mode: 'feed' }, mine), { '1': 2, boarding: 6, told: null }],
	])('%s; forms are told of, never sent again by themselves', (_cause, { counted, formsTold }, expected) => {
		expect({ '1': counted.byCode['1'], boarding: counted.boarding, told: formsTold }).toEqual(expected);
		expect('forms' in counted).toBe(false);
	});

	describe('figures that are not of now', () => {
		const MINUTE = 60_000;
		const draft = (minutes: number, rest: Partial<Draft> = {}): Draft => ({
			counted: { byCode, boarding: 6 },
			touched: ['1'],
			at: now - minutes * MINUTE,
			from: null,
			...rest,
		});
		const ahead = { phoneAt: now, serverAt: now + HOUR, speed: 1 };
		const fast = { phoneAt: now - MINUTE, serverAt: now, speed: 600 };
		const of = (at: number | null, kept: Draft | null, clock: ClockHere | null = null, site: FieldSite | null = known) =>
			oldOf({ at }, kept, { phone: now, clock, known: site });
		const short = { ...known, paper: { everyMs: 300_000, staleAfterMs: 360_000 } };
		test.each([
			['no count yet', of(null, null), null],
			['a count at the limit', of(now - 20 * MINUTE, null), null],
			['a count past the limit', of(now - 20 * MINUTE - 1, null), { at: now - 20 * MINUTE - 1, of: 'count', asks: true }],
			['a count past a shorter limit', of(now - 7 * MINUTE, null, null, short), { at: now - 7 * MINUTE, of: 'count', asks: true }],
			['a count past the usual limit, where the plan was never heard', of(now - HOUR, null, null, null), { at: now - HOUR, of: 'count', asks: true }],
			['a count past the limit by the server’s clock', of(now, null, ahead), { at: now, of: 'count', asks: true }],
			['a fresh draft from a fresh count', of(now - 9 * MINUTE, draft(1, { from: now - 9 * MINUTE })), null],
			['a fresh draft from an old count', of(now - HOUR, draft(1, { from: now - HOUR })), { at: now - HOUR, of: 'others', asks: false }],
			['a draft that lay there', of(now - HOUR, draft(21)), { at: now - 21 * MINUTE, of: 'draft', asks: true }],
			['a draft that others counted after', of(now - MINUTE, draft(2)), { at: now - 2 * MINUTE, of: 'draft', asks: true }],
			['a draft in a rehearsal’s fast hours', of(null, draft(0), fast), null],
		])('%s', (_cause, old, expected) => {
			expect(old).toEqual(expected);
		});

		test('a row that is changed is of now, the others are as they were', () => {
			const here = { phone: now, clock: null, known };
			const begun = changed(null, '1', { byCode, boarding: 6 }, start(known), here);
			expect(begun).toMatchObject({ touched: ['1'], at: now, from: now - HOUR });
			const more = changed(begun, '2', { byCode, boarding: 6 }, start(known), here);
			const old = of(now - HOUR, more);
			expect(['1', '2', '3'].map((row) => isOldRow(old, more, row))).toEqual([false, false, true]);
			// One that had lain there is itself what its other rows are of.
			const lay = changed(draft(30), '2', { byCode, boarding: 6 }, start(known), here);
			expect(lay).toMatchObject({ touched: ['2'], from: now - 30 * MINUTE });
		});
	});

	describe('a draft that was kept', () => {
		const whole = { counted: { byCode, boarding: 6, forms: 3 }, touched: ['1'], at: now - 1000, from: null };
		test.each([
			['is read', whole, whole],
			['none', null, null],
			['half a day old', { ...whole, at: now - 12 * HOUR }, null],
			['of a time to come', { ...whole, at: now + 1000 }, null],
			['with a figure that is none', { ...whole, counted: { byCode: { ...byCode, '3': 3.5 }, boarding: 6 } }, null],
			['with a code missing', { ...whole, counted: { byCode: { '1': 2 }, boarding: 6 } }, null],
			['of another shape', { counted: 7 }, null],
		])('%s', (_cause, kept, expected) => {
			expect(readDraft(JSON.stringify(kept), now)).toEqual(expected);
			expect(readDraft(`${JSON.stringify(kept)}x`, now)).toBeNull();
		});
	});

	test('the last that the server has is the newest that was received', () => {
		expect(lastSentAt(null, [mine])).toBeNull();
		expect(lastSentAt(known, [mine])).toBe(now - HOUR);
		expect(lastSentAt(known, [{ ...mine, state: 'received' }])).toBe(now - 60_000);
	});

	test.each([
		[48, 48, false],
		[48, 24, false],
		[48, 23, true],
		[48, 72, false],
		[48, 73, true],
		[48, 0, true],
		[2, 6, false],
		[2, 7, true],
		[0, 4, false],
		[0, 5, true],
	])('from %i to %i it asks once more: %s', (before, after, asks) => {
		const counted = (present: number) => ({ byCode: { '1': present, '2': 0, '3': 0, '4': 0, '5': 0, none: 0 }, boarding: 0 });
		expect(isJump({ at: now, counted: counted(before) }, counted(after))).toBe(asks);
		expect(isJump({ at: null, counted: counted(before) }, counted(after))).toBe(false);
	});

	test.each([
		['12', 12],
		['007', 7],
		[' 8 ', 8],
		['0', 0],
		['999', 999],
		['', null],
		['abc', 'wrong'],
		['1a2', 'wrong'],
		['3.5', 'wrong'],
		['3,5', 'wrong'],
		['1e3', 'wrong'],
		['1 2', 'wrong'],
		['1000', 'wrong'],
		['99999', 'wrong'],
		['-3', 'wrong'],
		['٣', 'wrong'],
	])('%j typed is %s', (text, figure) => {
		expect(figureOf(text)).toBe(figure);
	});
});
