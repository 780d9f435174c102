// An Encounter's versions as events of one visit: what they amount to, in any order and told twice; what is refused; and that nobody is in them.
import { describe, expect, test } from 'vitest';
import { readEncounter } from '../../server/connectors/fhir-encounter.ts';
import { fhirInstant } from '../../server/connectors/fhir-instant.ts';
import { MARKER } from '../contracts/connector-contract.ts';
import { isFull, say } from '../faults/kit/scale.ts';
import { clock, disposition, encounter, eventsOf, history, instant, keys, period, places, priority, rules, stateOf } from './fhir-visits.ts';

type Version = ReturnType<typeof encounter>;
/** What is expected of the visit once its versions are all told. */
type Expected = {
	readonly place: string;
	readonly arrived?: string | null;
	readonly left?: string | null;
	readonly triage?: string;
	readonly outcome?: string | null;
	readonly bed?: string;
	readonly boarding?: string;
};

const arrived = (at = '10:00', more = {}) => encounter(at, 'arrived', { period: period('10:00'), ...more });
const rows: readonly (readonly [name: string, versions: readonly Version[], expected: Expected])[] = [
	['only planned: nobody is there', [encounter('09:00', 'planned', { period: period('10:00') })], { place: 'unknown' }],
	['arrived', [arrived()], { place: 'waiting', arrived: '10:00', triage: 'none' }],
	[
		'arrived by its history, not by when the Encounter began',
		[arrived('10:06', history(['arrived', '10:05']))],
		{ place: 'waiting', arrived: '10:05' },
	],
	['of a status that nobody knows', [arrived(), encounter('10:05', 'unknown', { period: period('10:00') })], { place: 'waiting', arrived: '10:00' }],
	['triaged', [encounter('10:05', 'triaged', { period: period('10:00'), ...priority('VERDE') })], { place: 'waiting', triage: '4' }],
	[
		'triaged by a code of nobody',
		[encounter('10:05', 'triaged', { period: period('10:00'), ...priority(MARKER) })],
		{ place: 'waiting', triage: 'none' },
	],
	[
		'triaged anew',
		[arrived('10:00', priority('VERDE')), encounter('10:30', 'triaged', { period: period('10:00'), ...priority('ROSSO') })],
		{ place: 'waiting', triage: '1' },
	],
	[
		'triaged, and then a version without a code: what was known stands',
		[arrived('10:00', priority('VERDE')), encounter('10:30', 'triaged', { period: period('10:00') })],
		{ place: 'waiting', triage: '4' },
	],
	[
		'being seen, since its last version where nothing tells better',
		[arrived(), encounter('10:40', 'in-progress', { period: period('10:00') })],
		{ place: 'treatment', bed: '10:40' },
	],
	[
		'being seen, by its history',
		[encounter('10:40', 'in-progress', { period: period('10:00'), ...history(['arrived', '10:00', '10:10'], ['triaged', '10:10', '10:33']) })],
		{ place: 'treatment', arrived: '10:00', bed: '10:33' },
	],
	[
		'being seen, with the present state in the history',
		[encounter('10:40', 'in-progress', history(['arrived', '10:00', '10:33'], ['in-progress', '10:33']))],
		{ place: 'treatment', arrived: '10:00', bed: '10:33' },
	],
	[
		'being seen, since it was in a bay',
		[encounter('10:40', 'in-progress', { period: period('10:00'), ...places(['attesa', '10:00', '10:35'], ['sala-1', '10:35']) })],
		{ place: 'treatment', bed: '10:35' },
	],
	[
		'back in the waiting room after it was seen: no wait for the visit',
		[
			encounter('11:40', 'in-progress', {
				period: period('10:00'),
				...history(['arrived', '10:00', '10:30']),
				...places(['sala-1', '10:30', '11:00'], ['attesa', '11:00']),
			}),
		],
		{ place: 'treatment', bed: '10:30' },
	],
	['on leave: still counted where it was', [arrived(), encounter('10:50', 'onleave', { period: period('10:00') })], { place: 'waiting' }],
	[
		'under observation',
		[encounter('12:00', 'in-progress', { period: period('10:00'), ...history(['arrived', '10:00', '10:30']), ...places(['obi', '11:50']) })],
		{ place: 'observation' },
	],
	[
		'at a place that is only planned',
		[arrived('10:00', { location: [{ status: 'planned', location: { reference: 'Location/obi' }, period: period('10:00') }] })],
		{ place: 'waiting' },
	],
	[
		'at a place told by another base, and by a version',
		[arrived('10:30', { location: [{ location: { reference: 'https://other.example/r4/Location/sala-1/_history/3' }, period: period('10:20') }] })],
		{ place: 'treatment', bed: '10:20' },
	],
	[
		'at a place told by its identifier',
		[arrived('10:30', { location: [{ location: { identifier: { value: 'reparto' } }, period: period('10:20') }] })],
		{ place: 'gone', left: '10:20' },
	],
	[
		'waiting for a bed',
		[arrived(), encounter('12:00', 'in-progress', { period: period('10:00'), ...disposition('ricovero') })],
		{ place: 'boarding', boarding: '12:00' },
	],
	[
		'waiting for a bed, told again later: since the first time',
		['12:00', '13:00'].map((at) => encounter(at, 'in-progress', { period: period('10:00'), ...disposition('ricovero') })),
		{ place: 'boarding', boarding: '12:00' },
	],
	[
		'waiting for a bed no more',
		[
			encounter('12:00', 'in-progress', { period: period('10:00'), ...disposition('ricovero') }),
			encounter('12:30', 'in-progress', { period: period('10:00') }),
		],
		{ place: 'treatment' },
	],
	[
		'an inpatient in the emergency room',
		[
			arrived(),
			encounter('12:00', 'in-progress', {
				class: { code: 'IMP' },
				classHistory: [{ class: { code: 'EMER' }, period: period('10:00', '11:45') }],
				period: period('10:00'),
				...places(['sala-1', '10:30']),
			}),
		],
		{ place: 'boarding', boarding: '11:45' },
	],
	[
		'an inpatient in a ward',
		[
			arrived(),
			encounter('12:00', 'in-progress', {
				class: { code: 'IMP' },
				classHistory: [{ class: { code: 'EMER' }, period: period('10:00', '11:45') }],
				period: period('10:00'),
				...places(['sala-1', '10:30', '11:45'], ['medicina-2', '11:45']),
			}),
		],
		{ place: 'gone', left: '11:45', outcome: 'admitted' },
	],
	[
		'gone home',
		[encounter('12:05', 'finished', { period: period('10:00', '12:00'), ...disposition('home') })],
		{ place: 'gone', arrived: '10:00', left: '12:00', outcome: 'home' },
	],
	[
		'gone against advice',
		[encounter('12:05', 'finished', { period: period('10:00', '12:00'), ...disposition('aadvice') })],
		{ place: 'gone', outcome: 'left' },
	],
	[
		'gone, and its end told again later',
		[encounter('12:05', 'finished', { period: period('10:00', '12:00') }), encounter('12:30', 'finished', { period: period('10:00', '12:20') })],
		{ place: 'gone', left: '12:20' },
	],
	[
		'gone, and its end told again earlier',
		[encounter('12:05', 'finished', { period: period('10:00', '12:00') }), encounter('12:30', 'finished', { period: period('10:00', '11:50') })],
		{ place: 'gone', left: '11:50' },
	],
	[
		'written to after it had left: the leave stands',
		[encounter('12:02', 'in-progress', { period: period('10:00') }), encounter('12:05', 'finished', { period: period('10:00', '12:00') })],
		{ place: 'gone', left: '12:00' },
	],
	[
		'finished by mistake, and there again',
		[arrived(), encounter('12:05', 'finished', { period: period('10:00', '12:00') }), encounter('12:10', 'in-progress', { period: period('10:00') })],
		{ place: 'treatment', arrived: '10:00', left: null },
	],
	['an arrival told anew', [arrived(), encounter('10:20', 'arrived', { period: period('09:50') })], { place: 'waiting', arrived: '09:50' }],
	['an arrival told anew, later', [arrived(), encounter('10:20', 'arrived', { period: period('10:15') })], { place: 'waiting', arrived: '10:15' }],
	['cancelled before it began', [encounter('10:30', 'cancelled')], { place: 'erased' }],
	[
		'left before it was seen, by its history',
		[encounter('11:00', 'cancelled', history(['arrived', '10:00', '10:55']))],
		{ place: 'gone', arrived: '10:00', left: '10:55', outcome: 'unseen' },
	],
	[
		'left before it was seen, by its end',
		[encounter('11:00', 'cancelled', { period: period('10:00', '10:50') })],
		{ place: 'gone', arrived: '10:00', left: '10:50', outcome: 'unseen' },
	],
	[
		'cancelled after it was seen',
		[encounter('11:00', 'cancelled', history(['arrived', '10:00', '10:20'], ['in-progress', '10:20', '10:55']))],
		{ place: 'gone', outcome: 'left' },
	],
	[
		'never was',
		[arrived(), encounter('10:20', 'in-progress', { period: period('10:00') }), encounter('10:30', 'entered-in-error')],
		{ place: 'erased' },
	],
	['without a beginning', [encounter('10:12', 'arrived')], { place: 'waiting', arrived: null }],
	['with a beginning of a day only', [encounter('10:12', 'arrived', { period: { start: '2025-10-21' } })], { place: 'waiting', arrived: null }],
	[
		'with elements of another sort',
		[arrived('10:00', { location: 'x', statusHistory: {}, priority: [1], hospitalization: 3, classHistory: null, serviceProvider: [] })],
		{ place: 'waiting' },
	],
];

const at = (instantMs: number | null): string | null => (instantMs === null ? null : new Date(instantMs).toISOString());

/** Every order of up to four; a seeded shuffle beyond. */
function ordersOf<T>(all: readonly T[]): readonly (readonly T[])[] {
	if (all.length <= 1) return [all];
	return all.flatMap((one, i) => ordersOf([...all.slice(0, i), ...all.slice(i + 1)]).map((rest) => [one, ...rest]));
}

describe('the versions of an Encounter', () => {
	test.each(rows)('%s', (_name, versions, { place, arrived: arrival, left, triage, outcome, bed, boarding }) => {
		for (const order of ordersOf(versions)) {
			const once = order.flatMap((one) => eventsOf(one));
			for (const events of [once, [...once, ...once]]) {
				const state = stateOf(events);
				expect(state.place).toBe(place);
				if (arrival !== undefined) expect(at(state.arrivedAt)).toBe(arrival === null ? null : instant(arrival));
				if (left !== undefined) expect(at(state.leftAt)).toBe(left === null ? null : instant(left));
				if (triage !== undefined) expect(state.triage).toBe(triage);
				if (outcome !== undefined) expect(state.outcome).toBe(outcome);
				if (bed !== undefined) expect(at(state.bedAt)).toBe(instant(bed));
				if (boarding !== undefined) expect(at(state.boardingSince)).toBe(instant(boarding));
			}
		}
	});

	test.each(rows)('%s: leave nobody behind', (_name, versions) => {
		const text = JSON.stringify(versions.map((one) => eventsOf(one)));
		expect(text).not.toMatch(new RegExp(`${MARKER}|enc-1|1970`, 'i'));
	});

	test('are one visit by their id alone, and another one at another source', () => {
		const [one] = eventsOf(arrived());
		const [again] = eventsOf(arrived('10:30', { subject: { reference: 'Patient/2' } }));
		const [other] = eventsOf(arrived('10:00', { id: 'enc-2' }));
		const [elsewhere] = eventsOf(arrived(), { ...rules, source: 'altra' });
		expect(again?.visit).toBe(one?.visit);
		expect(again?.patient).not.toBe(one?.patient);
		expect(new Set([one?.visit, other?.visit, elsewhere?.visit]).size).toBe(3);
	});
});

describe('an Encounter is refused', () => {
	const two = { ...rules, site: undefined, sites: { 'Organization/100': 'san-martino', galliera: 'galliera' } };
	test.each([
		['no object', 'malformed', [1], rules],
		['another resource', 'unknown-type', { ...arrived(), resourceType: 'Patient' }, rules],
		['no id', 'no-visit', { ...arrived(), id: undefined }, rules],
		['an id that is none', 'no-visit', { ...arrived(), id: `${MARKER} letto 3` }, rules],
		['no status', 'malformed', { ...arrived(), status: undefined }, rules],
		['no moment of its version', 'no-time', { ...arrived(), meta: {} }, rules],
		['a moment without its zone', 'no-time', { ...arrived(), meta: { lastUpdated: '2025-10-21T10:00:00' } }, rules],
		['another class', 'unknown-type', { ...arrived(), class: { code: 'AMB' } }, rules],
		['a version from the future', 'future', arrived('23:00'), rules],
		['an arrival in the future', 'future', { ...arrived(), period: period('23:00') }, rules],
		['a site that the plan does not have', 'unknown-site', arrived('10:00', { serviceProvider: { reference: 'Organization/999' } }), two],
		[
			'a site by the name of what every object has',
			'unknown-site',
			arrived('10:00', { serviceProvider: { identifier: { value: 'constructor' } } }),
			two,
		],
	] as const)('with %s: %s', (_name, code, version, told) => {
		expect(readEncounter(version, told, keys, clock('12:00'))).toMatchObject({ ok: false, code });
	});

	test('not where its site is told by who provides the service, or by the place', () => {
		expect(eventsOf(arrived('10:00', { serviceProvider: { reference: 'https://x.example/r4/Organization/100' } }), two)[0]?.site).toBe('san-martino');
		expect(eventsOf(arrived('10:00', { location: [{ location: { identifier: { value: 'galliera' } } }] }), two)[0]?.site).toBe('galliera');
	});
});

describe('FHIR instants', () => {
	test.each([
		['2025-10-26T02:30:00+02:00', '2025-10-26T00:30:00.000Z'],
		['2025-10-26T02:30:00+01:00', '2025-10-26T01:30:00.000Z'],
		['2025-10-21T10:00:00.123456Z', '2025-10-21T10:00:00.123Z'],
		['2025-10-21T10:00Z', '2025-10-21T10:00:00.000Z'],
		['2025-10-21', null],
		['2025-10', null],
		['2025-10-21T10:00:00', null],
		['2025-13-21T10:00:00Z', null],
		['2025-10-21T10:00:00Z; DROP', null],
		[1_761_033_600_000, null],
	])('%s is %s', (written, expected) => {
		expect(at(fhirInstant(written))).toBe(expected);
	});
});

test('a mutated Encounter is read or refused, and never leaves what it held', () => {
	const seeds = rows.flatMap(([, versions]) => versions);
	let state = 20_251_021;
	const chance = (): number => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
	const junk = [MARKER, null, 0, -1, 1e308, '', [], {}, [[MARKER]], { coding: [{ code: MARKER }] }, true, '2025-10-21T10:00:00Z', '__proto__'];
	const mutate = (value: unknown): unknown => {
		if (chance() < 0.06) return junk[Math.floor(chance() * junk.length)];
		if (Array.isArray(value)) return value.map(mutate);
		if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mutate(one)]));
		return value;
	};
	const many = isFull ? 200_000 : 6000;
	let read = 0;
	for (let i = 0; i < many; i += 1) {
		const told = readEncounter(mutate(seeds[i % seeds.length]), rules, keys, clock('23:59'));
		if (told.ok) {
			read += 1;
			for (const { at: instantMs, sentAt } of told.events) expect(Number.isSafeInteger(instantMs) && Number.isSafeInteger(sentAt)).toBe(true);
			stateOf(told.events);
		}
		if (JSON.stringify(told).includes(MARKER)) throw new Error(`seeded mutation ${i} comes out`);
	}
	expect(read).toBeGreaterThan(many / 50);
	expect(read).toBeLessThan(many);
	say('fhir fuzz', `${many} mutated Encounters, ${read} read, the others refused`);
});
