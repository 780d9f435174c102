// What each ADT message means for the census: trigger, class, location, moment, triage, outcome, merges. A row a case.
import { describe, expect, test } from 'vitest';
import { openSenders } from '../../server/connectors/mllp-sender.ts';
import type { ErEvent } from '../../server/domain/er-event.ts';
import { type Changes, expectNoPerson, framed, HEARD_AT, hl7, identifiers, keys, settings, talk, tell } from './hl7-kit.ts';

async function eventsOf(changes: Changes, more: Parameters<typeof talk>[1] = {}): Promise<readonly ErEvent[]> {
	const { answers, handed, all } = await talk([framed(hl7(changes))], more);
	expect(answers).toEqual(['AA']);
	expectNoPerson(all + JSON.stringify(handed));
	return handed.flatMap(({ events }) => events);
}
const type = (trigger: string): Changes => ({ 'MSH-9': `ADT^${trigger}` });

type Row = readonly [what: string, changes: Changes, events: readonly string[]];

const triggers: readonly Row[] = [
	['A04 begins a visit', type('A04'), ['arrive san-martino/waiting 20:15']],
	['A01 of class E begins one', type('A01'), ['arrive san-martino/waiting 20:15']],
	['A01 of class I in the emergency room is an admission', { ...type('A01'), 'PV1-2': 'I' }, ['admit san-martino/waiting 20:15']],
	['A01 of class I in a ward is none of ours', { ...type('A01'), 'PV1-2': 'I', 'PV1-3': 'MED^12' }, []],
	[
		'A01 of class I in a ward, from here',
		{ ...type('A01'), 'PV1-2': 'I', 'PV1-3': 'MED^12', 'PV1-6': 'PS^BOX' },
		['admit san-martino/elsewhere 20:15'],
	],
	[
		'A01 of class I that came by the emergency room',
		{ ...type('A01'), 'PV1-2': 'I', 'PV1-3': 'MED^12', 'PV1-14': '7' },
		['admit san-martino/elsewhere 20:15'],
	],
	['A02 into a bay', { ...type('A02'), 'PV1-3': 'PS^BOX^4' }, ['transfer san-martino/treatment 20:15']],
	['A02 into observation', { ...type('A02'), 'PV1-3': 'OBI^2' }, ['transfer san-martino/observation 20:15']],
	['A02 into a ward', { ...type('A02'), 'PV1-3': 'MED^12' }, ['transfer san-martino/elsewhere 20:15']],
	['A02 of an inpatient from here', { ...type('A02'), 'PV1-2': 'I', 'PV1-3': 'MED^1', 'PV1-6': 'PS^BOX' }, ['transfer san-martino/elsewhere 20:15']],
	['A02 of an inpatient from nobody knows where', { ...type('A02'), 'PV1-2': 'I', 'PV1-3': 'MED^1' }, ['transfer san-martino/elsewhere 20:15']],
	['A02 between wards', { ...type('A02'), 'PV1-2': 'I', 'PV1-3': 'MED^1', 'PV1-6': 'CHI^2' }, []],
	['A02 to another emergency room', { ...type('A02'), 'PV1-3': 'X^1^1^HGA' }, ['transfer galliera 20:15']],
	['A03 ends it', { ...type('A03'), 'PV1-36': '1' }, ['leave san-martino/waiting 20:15 home']],
	['A03 of a ward ends nothing here', { ...type('A03'), 'PV1-2': 'I', 'PV1-3': 'MED^1', 'PV1-6': 'CHI^2' }, []],
	['A03 of an inpatient from here', { ...type('A03'), 'PV1-2': 'I', 'PV1-3': 'MED^1' }, ['leave san-martino/elsewhere 20:15']],
	['A03 into observation goes on', { ...type('A03'), 'PV1-36': '10' }, ['transfer san-martino/observation 20:15']],
	['A05 is announced only', type('A05'), []],
	['A06 still here boards', { ...type('A06'), 'PV1-2': 'I', 'PV1-3': 'PS^BOX^2' }, ['admit san-martino/treatment 20:15']],
	['A06 in a ward has left', { ...type('A06'), 'PV1-2': 'I', 'PV1-3': 'MED^2' }, ['admit san-martino/elsewhere 20:15']],
	['A06 without a location stays where it was', { ...type('A06'), 'PV1-2': 'I', 'PV1-3': '' }, ['admit san-martino 20:15']],
	['A07 takes that back', type('A07'), ['discharge-class san-martino/waiting 20:15']],
	['A08 tells more', { ...type('A08'), 'PV1-3': 'PS^BOX' }, ['update san-martino/treatment 20:15']],
	['A08 of an outpatient is none of ours', { ...type('A08'), 'PV1-2': 'O', 'PV1-3': 'AMB^1' }, []],
	['an outpatient in the emergency room is one of ours', { ...type('A04'), 'PV1-2': 'O', 'PV1-3': 'PS^BOX' }, ['arrive san-martino/treatment 20:15']],
	['no class, in the emergency room', { ...type('A04'), 'PV1-2': '' }, ['arrive san-martino/waiting 20:15']],
	['no class, in a clinic', { ...type('A04'), 'PV1-2': '', 'PV1-3': 'AMB' }, []],
	['class E in a place nobody maps', { ...type('A04'), 'PV1-3': 'TENDA' }, ['arrive san-martino 20:15']],
	['A09 does not remove', type('A09'), []],
	['A10 does not bring', type('A10'), []],
	['A11 erases', type('A11'), ['erase san-martino/waiting 20:15']],
	['A23 erases', type('A23'), ['erase san-martino/waiting 20:15']],
	['A12 takes a transfer back', type('A12'), ['cancel-transfer san-martino/waiting 20:15']],
	['A13 takes an end back', type('A13'), ['cancel-leave san-martino/waiting 20:15']],
	['A14 awaits a bed', type('A14'), ['pend san-martino/waiting 20:15']],
	['A15 awaits a bed elsewhere', { ...type('A15'), 'PV1-42': 'MED^1' }, ['pend san-martino/waiting 20:15']],
	['A15 within the emergency room awaits none', { ...type('A15'), 'PV1-42': 'PS^BOX' }, ['update san-martino/waiting 20:15']],
	['A16 awaits its end', type('A16'), ['pend san-martino/waiting 20:15']],
	['A08 of who has been discharged tells an end', { ...type('A08'), 'PV1-45': '20251021195000' }, ['update san-martino/waiting 20:15 other']],
	['A08 of such a one that says how', { ...type('A08'), 'PV1-45': '20251021195000', 'PV1-36': '1' }, ['update san-martino/waiting 20:15 home']],
	['A16 to go home awaits no bed', { ...type('A16'), 'PV1-36': '1' }, ['update san-martino/waiting 20:15 home']],
	['A25 takes A16 back', type('A25'), ['unpend san-martino/waiting 20:15']],
	['A26 takes A15 back', type('A26'), ['unpend san-martino/waiting 20:15']],
	['A27 takes A14 back', type('A27'), ['unpend san-martino/waiting 20:15']],
	['A28 is a person only', { ...type('A28'), PV1: null }, []],
	['A31 is a person only', { ...type('A31'), PV1: null }, []],
	['A38 takes an announcement back', type('A38'), []],
];

const moments: readonly Row[] = [
	['EVN-6 is when it happened', { 'EVN-6': '20251021195000', 'PV1-44': '20251021195500' }, ['arrive san-martino/waiting 19:50 (19:55)']],
	['an arrival without EVN-6 is when the visit began', { 'PV1-44': '20251021195500' }, ['arrive san-martino/waiting 19:55']],
	['an end without EVN-6 is when the visit ended', { ...type('A03'), 'PV1-45': '20251021200000' }, ['leave san-martino/waiting 20:00']],
	['an update is not when the visit began', { ...type('A08'), 'PV1-44': '20251021195500' }, ['update san-martino/waiting 20:15 (19:55)']],
	['EVN-2 is when it was recorded', { 'EVN-2': '20251021201300' }, ['arrive san-martino/waiting 20:13']],
	['MSH-7 is what is left', { 'EVN-2': '' }, ['arrive san-martino/waiting 20:15']],
	['EVN-2 stands in for MSH-7', { 'MSH-7': '', 'EVN-2': '20251021201300' }, ['arrive san-martino/waiting 20:13']],
	['a day is no moment', { 'EVN-6': '20251021', 'EVN-2': '20251021201400' }, ['arrive san-martino/waiting 20:14']],
	['an offset of the field', { 'EVN-6': '20251021181000+0000' }, ['arrive san-martino/waiting 20:10']],
	["MSH-7's offset for the others", { 'MSH-7': '20251021181500+0000', 'EVN-2': '20251021181400', 'EVN-6': '' }, ['arrive san-martino/waiting 20:14']],
	["the field's own before MSH-7's", { 'MSH-7': '20251021181500+0000', 'EVN-6': '20251021201000+0200' }, ['arrive san-martino/waiting 20:10']],
	['an odd offset', { 'EVN-6': '20251021202500+0215' }, ['arrive san-martino/waiting 20:10']],
	["an inpatient's beginning is the admission's", { ...type('A08'), 'PV1-2': 'I', 'PV1-44': '20251021195500' }, ['update san-martino/waiting 20:15']],
	[
		'a beginning after the moment is a slip',
		{ ...type('A03'), 'PV1-45': '20251021190000', 'PV1-44': '20251021200000' },
		['leave san-martino/waiting 19:00'],
	],
];

const codes: readonly Row[] = [
	['triage in OBX', { OBX: '1|CE|11283-9^ACUITY^LN||2^arancione' }, ['arrive san-martino/waiting 2 20:15']],
	['another OBX is none', { OBX: '1|CE|8310-5^TEMP^LN||3' }, ['arrive san-martino/waiting 20:15']],
	['the first place that says one counts', { OBX: '1|CE|11283-9^ACUITY^LN||2', ZPS: '1|4' }, ['arrive san-martino/waiting 2 20:15']],
	['the next place where the first says nothing known', { OBX: '1|CE|11283-9^ACUITY^LN||Q', ZPS: '1|4' }, ['arrive san-martino/waiting 4 20:15']],
	['triage in a Z segment', { ZPS: '1|3' }, ['arrive san-martino/waiting 3 20:15']],
	['triage in PV2-25', { PV2: `${'|'.repeat(24)}5` }, ['arrive san-martino/waiting 5 20:15']],
	['red', { ZPS: '1|R' }, ['arrive san-martino/waiting 1 20:15']],
	['yellow of before', { ZPS: '1|G' }, ['arrive san-martino/waiting 2 20:15']],
	['green', { ZPS: '1|V' }, ['arrive san-martino/waiting 4 20:15']],
	['white in a word', { ZPS: '1|bianco' }, ['arrive san-martino/waiting 5 20:15']],
	['black has no target', { ZPS: '1|N' }, ['arrive san-martino/waiting none 20:15']],
	['X is not made', { ZPS: '1|X' }, ['arrive san-martino/waiting none 20:15']],
	['an explicit null takes it back', { ZPS: '1|""' }, ['arrive san-martino/waiting none 20:15']],
	['an empty one says nothing', { ZPS: '1|' }, ['arrive san-martino/waiting 20:15']],
	['a code of the sender', { ZPS: '1|giallo3' }, ['arrive san-martino/waiting 3 20:15']],
	['a word of JavaScript', { ZPS: '1|constructor' }, ['arrive san-martino/waiting 20:15']],
	...(
		[
			['1', 'home'],
			['02', 'admitted'],
			['3', 'transferred'],
			['4', 'died'],
			['5', 'left'],
			['6', 'unseen'],
			['7', 'left'],
			['8', 'other'],
			['9', 'died'],
			['11', 'transferred'],
			['dim', 'home'],
		] as const
	).map(([said, outcome]): Row => [`PV1-36 ${said}`, { ...type('A03'), 'PV1-36': said }, [`leave san-martino/waiting 20:15 ${outcome}`]]),
	['PV1-36 unknown', { ...type('A03'), 'PV1-36': 'Q' }, ['leave san-martino/waiting 20:15']],
];

describe('ADT', () => {
	test.each([...triggers, ...moments, ...codes])('%s', async (_what, changes, events) => {
		expect((await eventsOf(changes)).map(tell)).toEqual(events);
	});

	test('of a sender without a map stays where it is until it is said to be elsewhere', async () => {
		const senders = openSenders({ one: { site: 'galliera', facility: 'HSM' } });
		const told = async (changes: Changes) => (await eventsOf(changes, { senders })).map(tell);
		expect(await told({})).toEqual(['arrive galliera 20:15']);
		expect(await told({ ...type('A02'), 'PV1-3': 'X' })).toEqual(['transfer galliera 20:15']);
		expect(await told({ ...type('A06'), 'PV1-2': 'I', 'PV1-3': 'X', 'PV1-6': 'X' })).toEqual(['admit galliera 20:15']);
		expect(await told({ ...type('A06'), 'PV1-2': 'I', 'PV1-3': 'Y', 'PV1-6': 'X' })).toEqual(['admit galliera/elsewhere 20:15']);
	});

	test('of a sender of several emergency rooms is refused where it does not say which', async () => {
		const senders = openSenders({ hub: { locations: { A: { site: 'a' }, B: { site: 'b', area: 'treatment' } } } });
		expect((await talk([framed(hl7({ 'PV1-3': 'C' }))], { senders })).answers).toEqual(['AE unknown-site']);
		expect((await eventsOf({ 'PV1-3': 'B^1' }, { senders })).map(tell)).toEqual(['arrive b/treatment 20:15']);
		const away = { ...type('A02'), 'PV1-3': 'MED', 'PV1-6': 'A^1' };
		expect((await eventsOf(away, { senders })).map(tell)).toEqual(['transfer a/elsewhere 20:15']);
	});
});

describe('numbers', () => {
	const visit = (number: string, authority = 'HSM') => keys.visit(authority, number);
	const patient = (number: string, authority = 'HSM') => keys.patient(authority, number);
	const [, number = '', account = ''] = identifiers;

	test('of a visit are its own, by who gave them out', async () => {
		const [event] = await eventsOf({});
		expect([event?.visit, event?.patient]).toEqual([visit(number), patient(identifiers[0] ?? '')]);
		expect((await eventsOf({ 'PV1-19': `${number}^^^ALTRO` }))[0]?.visit).toBe(visit(number, 'ALTRO'));
		expect((await eventsOf({ 'PV1-19': '' }))[0]?.visit).toBe(visit(account));
		const [byPatient, again] = [{ 'PV1-44': '20251021200130' }, { 'PV1-44': '202510212001', 'MSH-10': 'M9' }];
		const without = { 'PV1-19': '', 'PID-18': '' };
		const first = await eventsOf({ ...without, ...byPatient });
		expect((await eventsOf({ ...without, ...again }))[0]?.visit).toBe(first[0]?.visit);
		expect(first[0]?.visit).not.toBe(visit(number));
	});

	const merge = (trigger: string, mrg: string, more: Changes = {}): Changes => ({ 'MSH-9': `ADT^${trigger}`, MRG: mrg, ...more });
	const [, , , oldPatient = '', oldVisit = ''] = identifiers;
	test.each([
		['A40 of a patient alone', merge('A40', oldPatient, { PV1: null }), ['merge-patient']],
		['A40 with visits', merge('A40', `${oldPatient}||||${oldVisit}`), ['merge-visit', 'merge-patient']],
		['A18', merge('A18', oldPatient), ['merge-patient']],
		['A34', merge('A34', oldPatient), ['merge-patient']],
		['A47', merge('A47', oldPatient), ['merge-patient']],
		['A42', merge('A42', `${identifiers[0]}||||${oldVisit}`), ['merge-visit']],
		['A50', merge('A50', `${identifiers[0]}||||${oldVisit}^^^HSM`), ['merge-visit']],
		['A45 of the same visit', merge('A45', `${oldPatient}||||${number}`), ['merge-patient']],
		['A44 of the same account', merge('A44', `${oldPatient}||${account}`, { 'PV1-19': '' }), ['merge-patient']],
		['A41 of accounts', merge('A41', `${identifiers[0]}||${oldVisit}`, { 'PV1-19': '' }), ['merge-visit']],
		['A35 of accounts, where visits have numbers', merge('A35', `${identifiers[0]}||${oldVisit}`), []],
		['A40 into itself', merge('A40', `${identifiers[0]}||||${number}`), []],
	] as const)('%s go on under others', async (_what, changes, acts) => {
		const events = await eventsOf(changes);
		expect(events.map(({ act }) => act)).toEqual(acts);
		for (const { act, visit: from, patient: whose, into } of events) {
			if (act === 'merge-visit') expect([from, into]).toEqual([visit(oldVisit), changes['PV1-19'] === '' ? visit(account) : visit(number)]);
			else expect([whose, into]).toEqual([patient(oldPatient), patient(identifiers[0] ?? '')]);
		}
	});

	test('of visits known by patient and beginning go on with the patient', async () => {
		const bare = { 'PV1-19': '', 'PID-18': '', 'PV1-44': '20251021200100' };
		const [before] = await eventsOf({ ...bare, 'PID-3': oldPatient });
		const [after] = await eventsOf(bare);
		const merged = await eventsOf({ ...merge('A40', oldPatient), ...bare });
		expect(merged.map(({ act }) => act)).toEqual(['merge-visit', 'merge-patient']);
		expect([merged[0]?.visit, merged[0]?.into]).toEqual([before?.visit, after?.visit]);
	});

	test('of several patients in one merge are each their own', async () => {
		const { handed } = await talk([framed(`${hl7(merge('A40', oldPatient, { PV1: null }))}PID|1||TERZO^^^HSM\rMRG|QUARTO\r`)]);
		expect(handed[0]?.events.map(({ patient: whose, into }) => [whose, into])).toEqual([
			[patient(oldPatient), patient(identifiers[0] ?? '')],
			[patient('QUARTO'), patient('TERZO')],
		]);
	});

	test('in a swap of two patients move both', async () => {
		const swap = `${hl7({ ...type('A17'), 'PV1-3': 'PS^BOX' })}PID|2||TERZO^^^HSM\rPV1|2|E|PS^SALA||||||||||||||||VIS-2\r`;
		const { handed } = await talk([framed(swap)]);
		expect(handed[0]?.events.map(tell)).toEqual(['transfer san-martino/treatment 20:15', 'transfer san-martino/waiting 20:15']);
		expect(handed[0]?.events[1]?.visit).toBe(visit('VIS-2'));
	});
});

describe('the doubled hour of 26 October 2025', () => {
	const local = (time: string): string => `20251026${time}`;
	/** The instant of a clock time in the first (summer) or second pass. */
	const first = (time: string): number => Date.parse(`2025-10-26T${time}+02:00`);
	const second = (time: string): number => Date.parse(`2025-10-26T${time}+01:00`);

	test.each([
		['heard live in the first pass', first('02:30:02'), { 'MSH-7': local('023000'), 'EVN-2': local('022900') }, first('02:29:00')],
		['heard live in the second pass', second('02:30:02'), { 'MSH-7': local('023000'), 'EVN-2': local('022900') }, second('02:29:00')],
		['with an offset', second('02:30:02'), { 'MSH-7': local('023000+0200'), 'EVN-2': local('022900') }, first('02:29:00')],
		['an event before what was told, over the seam', second('02:05:02'), { 'MSH-7': local('020500'), 'EVN-2': local('025500') }, first('02:55:00')],
		['before the hour', first('01:59:02'), { 'MSH-7': local('015900'), 'EVN-2': local('015900') }, first('01:59:00')],
		['after the hour', second('03:10:02'), { 'MSH-7': local('031000'), 'EVN-2': local('031000') }, second('03:10:00')],
		['told after it, the nearer one', second('03:10:02'), { 'MSH-7': local('031000'), 'EVN-6': local('023000') }, second('02:30:00')],
		['midnight of that day', first('01:00:00'), { 'MSH-7': local('005900'), 'EVN-2': local('0000') }, first('00:00:00')],
	] as const)('%s', async (_what, heardAt, changes, at) => {
		expect((await eventsOf(changes, { heardAt }))[0]?.at).toBe(at);
	});

	test('is told by the order of arrival where it is heard late', async () => {
		const said = ['015000', '021500', '024500', '021000', '025900', '030500'].map((time, index) =>
			framed(hl7({ 'MSH-7': local(time), 'EVN-2': local(time), 'MSH-10': `D${index}` })),
		);
		const { handed } = await talk(said, { heardAt: second('06:00:00') });
		const at = handed.flatMap(({ events }) => events.map((one) => one.at));
		expect(at).toEqual([first('01:50:00'), first('02:15:00'), first('02:45:00'), second('02:10:00'), second('02:59:00'), second('03:05:00')]);
	});

	test('does not move a beginning that an update tells again', async () => {
		const [update] = await eventsOf(
			{ ...type('A08'), 'MSH-7': local('031000'), 'EVN-2': '', 'PV1-44': local('023000') },
			{ heardAt: second('03:10:01') },
		);
		expect(update?.arrivedAt).toBeNull();
	});
});

test('what happened is never told as now', async () => {
	const [event] = await eventsOf({ 'EVN-6': '20251021195000' });
	expect(event).toMatchObject({ at: HEARD_AT - 26 * 60_000, sentAt: HEARD_AT - 60_000, site: settings.site });
});
