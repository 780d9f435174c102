// Who is told what, a row a case: what happens to alarms, second by second, and what waits to be sent.
import { describe, expect, test } from 'vitest';
import { type ChannelLiteral, openRoom, planOf, play } from './notice-play.ts';

/** `script → what waits, in order of sending`. */
type Row = readonly [name: string, script: string, expected: string, channel?: ChannelLiteral, rehearsal?: boolean];

function check(script: string, expected: string, channel: ChannelLiteral = {}, rehearsal = false): void {
	const room = openRoom(planOf({ sala: channel }), rehearsal);
	play(script, room);
	expect(room.waiting('sala').join(' ')).toBe(expected);
}

const once: readonly Row[] = [
	['nothing on a quiet night', '0 tick; 60 tick', ''],
	['an alarm that comes on', '0 on:a1', '+a1'],
	['is told once', '0 on:a1; 1 tick; 60 tick; 3600 tick', '+a1'],
	['two at once, the first to come first', '0 on:b2; 5 on:a1', '+b2 +a1'],
	['its end', '0 on:a1; 30 end:a1', '+a1 -a1'],
	['its end, once', '0 on:a1; 30 end:a1; 40 tick; 50 gone:a1; 60 tick', '+a1 -a1'],
	['its end, where it leaves the list at once', '0 on:a1; 30 gone:a1', '+a1 -a1'],
	['its end, where nobody knows of it any more', '0 on:a1; 30 lost:a1', '+a1 -a1'],
	['a priority that the channel is not told of', '0 on:a3; 30 end:a3', '', { priorities: [1, 2] }],
	['and one that it is', '0 on:a3 on:b2', '+b2', { priorities: [1, 2] }],
	['one that comes and goes between two looks', '0 on:a2 end:a2', ''],
	['its own failure is not told over a channel', '0 on:sala', ''],
	['acknowledged after it was told', '0 on:a1; 10 ack:a1; 20 end:a1', '+a1 -a1'],
	['delivered, and still told once', '0 on:a1; 5 sent:sala; 10 tick', ''],
	['delivered, and its end is told', '0 on:a1; 5 sent:sala; 10 end:a1', '-a1'],
];

const again: readonly Row[] = [
	['back after its end, with no bound', '0 on:a1; 10 gone:a1; 20 on:a1', '+a1 -a1 +a1'],
	['back within the bound: whoever was told of the end is told of it', '0 on:a1; 10 gone:a1; 20 on:a1', '+a1 -a1 +a1', { repeatAfter: '10min' }],
	['back within the bound, and over again', '0 on:a1; 10 gone:a1; 20 on:a1; 30 gone:a1; 609 tick', '+a1 -a1 +a1', { repeatAfter: '10min' }],
	['over again, and it stays so', '0 on:a1; 10 gone:a1; 20 on:a1; 30 gone:a1; 610 tick', '+a1 -a1 +a1 -a1', { repeatAfter: '10min' }],
	['over again once the bound has passed', '0 on:a1; 10 gone:a1; 20 on:a1; 611 gone:a1', '+a1 -a1 +a1 -a1', { repeatAfter: '10min' }],
	['back within the bound, and it stays', '0 on:a1; 10 gone:a1; 20 on:a1; 599 tick; 600 tick; 700 tick', '+a1 -a1 +a1', { repeatAfter: '10min' }],
	['back, and somebody has taken it on already', '0 on:a1; 10 gone:a1; 20 on:a1 ack:a1; 600 tick', '+a1 -a1', { repeatAfter: '10min' }],
	['back on the list under its old beginning', '0 on:a1; 10 end:a1; 700 back:a1', '+a1 -a1 +a1', { repeatAfter: '10min' }],
	['to and fro all the hour', '0 on:a2; 60 gone:a2; 120 on:a2; 180 gone:a2; 240 on:a2; 300 gone:a2', '+a2 -a2 +a2', { repeatAfter: '10min' }],
	['another alarm meanwhile', '0 on:a1; 10 gone:a1; 20 on:b1', '+a1 -a1 +b1', { repeatAfter: '10min' }],
	['a new beginning between two looks, within the bound', '0 on:a1; 20 on:a1', '+a1', { repeatAfter: '10min' }],
	['a new beginning between two looks, and its end', '0 on:a1; 20 on:a1; 30 end:a1', '+a1 -a1', { repeatAfter: '10min' }],
];

const silent: readonly Row[] = [
	['shelved before it is told', '0 on:a1 shelve:a1', ''],
	['shelved, and taken out again', '0 on:a1 shelve:a1; 60 unshelve:a1', '+a1'],
	['shelved after it was told, and over', '0 on:a1; 10 shelve:a1; 20 end:a1', '+a1 -a1'],
	['suppressed by planned downtime', '0 on:a1 suppress:a1; 60 tick', ''],
	['suppressed, and freed while it lasts', '0 on:a1 suppress:a1; 60 free:a1', '+a1'],
	['suppressed, and over before it is freed', '0 on:a1 suppress:a1; 60 end:a1 free:a1', ''],
	['escalated while it is shelved', '0 on:a1 shelve:a1; 600 esc:a1', ''],
];

const storm = 'on:a1,b2,c2,d2,e2,f2,g2,h2,i2,j2';
const escalated: readonly Row[] = [
	['unacknowledged', '0 on:a1; 600 esc:a1', '+a1 !a1'],
	['told once', '0 on:a1; 600 esc:a1; 601 tick; 700 tick', '+a1 !a1'],
	['acknowledged at the last moment', '0 on:a1; 600 esc:a1 ack:a1', '+a1'],
	['and then over', '0 on:a1; 600 esc:a1; 700 end:a1', '+a1 !a1 -a1'],
	['a channel for nothing else', '0 on:a1; 600 esc:a1; 700 end:a1', '!a1', { onlyEscalated: true }],
	['a channel for nothing else hears of no other', '0 on:a1 on:b2; 60 gone:b2', '', { onlyEscalated: true }],
	['a channel for nothing else, again another day', '0 on:a1; 600 esc:a1; 700 gone:a1; 800 on:a1; 1400 esc:a1', '!a1 !a1', { onlyEscalated: true }],
	['every channel, also one that is told of P3 alone', '0 on:a1; 600 esc:a1', '!a1', { priorities: [3] }],
	['come back within the bound, and nobody takes it on', '0 on:a1; 10 gone:a1; 20 on:a1; 620 esc:a1', '+a1 -a1 +a1 !a1', { repeatAfter: '1h' }],
	[
		'back unseen on the list under its old beginning, and escalated anew',
		'0 on:a1; 60 esc:a1; 100 end:a1; 160 back:a1; 220 esc:a1',
		'+a1 !a1 -a1 +a1 !a1',
		{ repeatAfter: '30min' },
	],
	[
		'over, and still on the list days later: told no more',
		'0 on:a1; 60 esc:a1; 100 end:a1; 90000 on:b1; 180000 on:c1; 270000 tick',
		'+a1 !a1 -a1 +b1 +c1',
	],
	[
		'over before it could be told: while Regia was blind',
		'0 blind on:sight on:a1; 60 esc:a1; 70 end:a1; 80 sees end:sight; 200 tick',
		'+sight -sight',
	],
	['over before it could be told: in a flood', `0 ${storm},b1 flood; 600 esc:a1; 610 esc:b1 end:b1; 1000 tick`, '~11(a1) !a1'],
	[
		'over before it could be told: told all the same',
		`0 ${storm},b1 flood; 600 esc:a1; 610 esc:b1; 630 end:b1; 660 tick; 670 tick`,
		'~11(a1) !a1 !b1',
	],
	[
		'over before it could be told: also where the flood is over too',
		`0 ${storm},b1 flood; 600 esc:a1; 610 esc:b1; 630 end:b1; 640 calm; 650 tick`,
		'~11(a1) !a1 ~over10 !b1',
	],
	['in quiet hours', '0 on:a1; 700 esc:a1', '+a1 !a1', { quiet: { from: '12:10', to: '12:20' } }],
];

const outages: readonly Row[] = [
	['goes on under another name: nothing is told', '0 on:a1; 60 goes:a1>over; 70 tick', '+a1'],
	['and its end once, by the name that it has', '0 on:a1; 60 goes:a1>over; 90 end:a1^over; 99 tick', '+a1 -a1^over'],
	['and where it left at once', '0 on:a1; 60 goes:a1>long; 90 gone:a1^long; 99 tick', '+a1 -a1^long'],
	['escalated once, by the name that it has', '0 on:a1; 60 goes:a1>over; 90 esc:a1^over; 99 tick; 120 end:a1^over', '+a1 !a1^over -a1^over'],
	['escalated before', '0 on:a1; 60 esc:a1; 70 goes:a1>over; 99 tick', '+a1 !a1'],
	['two at once, as older records have it: the end once', '0 on:a1,a1^over; 60 end:a1; 70 end:a1^over', '+a1 +a1^over -a1^over'],
	['under three names', '0 on:a1; 60 goes:a1>long; 70 goes:a1^long>over; 90 gone:a1^over', '+a1 -a1^over'],
	['more urgent by another name', '0 on:a2; 60 unwatched:a2 on:a2^over; 90 end:a2^over', '+a2 +a2^over -a2^over'],
	['what is no outage has an end of its own', '0 on:a1,a1^cert; 60 end:a1; 70 end:a1^cert', '+a1^cert +a1 -a1 -a1^cert'],
	['the next step of a clock is another thing', '0 on:a1; 60 next:a1; 90 end:a1', '+a1 +a1 -a1', { repeatAfter: '30min' }],
	['nobody watches it any more: no end is told', '0 on:a1; 60 unwatched:a1; 99 tick', '+a1'],
	['watched again, and still so: told', '0 on:a1; 60 unwatched:a1; 99 on:a1', '+a1 +a1', { repeatAfter: '30min' }],
	['for want of room: no end is told', '0 on:a3; 60 full:a3; 99 tick', '+a3'],
];

const hours = { quiet: { from: '12:10', to: '12:20' } };
const quiet: readonly Row[] = [
	['before they begin', '599 on:a2', '+a2', hours],
	['from their first moment', '600 on:a2', '#1@1200', hours],
	['a P1 leaves', '700 on:a1', '+a1', hours],
	['the rest is told together', '700 on:a2; 710 on:b3; 720 on:c2', '#3@1200', hours],
	['a P1 passes what waits for its hour', '700 on:a2; 710 on:b1', '+b1 #1@1200', hours],
	['what came before them and ends in them', '0 on:a2; 700 end:a2', '+a2 #1@1200', hours],
	['what came in them and ends in them is counted once', '700 on:a2; 800 gone:a2', '#1@1200', hours],
	['what came in them and ends after them needs no end', '700 on:a2; 1300 gone:a2', '#1@1200', hours],
	['at their end', '1200 on:a2', '+a2', hours],
	['over midnight, in the evening', '0 on:a2', '#1@68400', { quiet: { from: '11:00', to: '07:00' } }],
	['over midnight, in the morning', '-36000 on:a2', '#1@-18000', { quiet: { from: '22:00', to: '07:00' } }],
	['hours of no length are none', '700 on:a2', '+a2', { quiet: { from: '12:10', to: '12:10' } }],
	['a test is sent', '700 test:sala', '?', hours],
];

const floods: readonly Row[] = [
	['one message in place of ten', `0 ${storm} flood`, '~10(a1)'],
	['told once', `0 ${storm} flood; 1 tick; 60 tick; 600 tick`, '~10(a1)'],
	['its root by the dependency map', `0 ${storm} flood because:a1<e2,b2<e2,c2<e2`, '~10(e2)'],
	['what was told before it stays told', `0 on:a1; 10 on:b2; 20 flood on:c2`, '+a1 +b2 ~3(a1)'],
	['what comes in it waits', `0 ${storm} flood; 60 on:k2,l2`, '~10(a1)'],
	['and is told together later', `0 ${storm} flood; 60 on:k2,l2; 300 tick`, '~10(a1) ~2(k2)'],
	['but not the first P1 of another cause, with all that waits', `0 ${storm} flood; 90 on:k2; 91 on:l1`, '~10(a1) ~2(l1)'],
	['which waits for a minute', `0 ${storm} flood; 30 on:l1; 59 tick`, '~10(a1)'],
	['and no longer', `0 ${storm} flood; 30 on:l1; 59 tick; 60 tick`, '~10(a1) ~1(l1)'],
	['a P1 of a cause that was told waits', `0 ${storm} flood; 90 on:l1 because:l1<a1; 299 tick; 300 tick`, '~10(a1) ~1(l1)'],
	['so does the second of the other cause', `0 ${storm} flood; 90 on:l1; 160 on:m1 because:m1<l1; 389 tick`, '~10(a1) ~1(l1)'],
	['a P1 that is over by then is counted', `0 ${storm} flood; 10 on:k1 because:k1<a1; 40 end:k1; 299 tick; 300 tick; 600 tick`, '~10(a1) ~1(k1)'],
	['also one of another cause', `0 ${storm} flood; 10 on:k1; 40 end:k1; 60 on:l2; 300 tick`, '~10(a1) ~2(l2)'],
	['not one that somebody had taken', `0 ${storm} flood; 10 on:k1; 20 ack:k1; 40 end:k1; 300 tick`, '~10(a1)'],
	['nor a P2', `0 ${storm} flood; 10 on:k2; 40 end:k2; 300 tick`, '~10(a1)'],
	['also where the flood is over first', `0 ${storm} flood; 10 on:k1; 40 end:k1; 100 calm; 400 tick`, '~10(a1) ~over10'],
	['nothing new, nothing told', `0 ${storm} flood; 300 tick; 600 tick`, '~10(a1)'],
	['its end', `0 ${storm} flood; 60 end:b2,c2; 600 calm`, '~10(a1) ~over8'],
	['singles after its end', `0 ${storm} flood; 600 calm; 700 on:k2`, '~10(a1) ~over10 +k2'],
	['what came in it and was not told, after its end', `0 ${storm} flood; 60 on:k2; 100 calm`, '~10(a1) ~over11 +k2'],
	['ends in it are not told one by one', `0 on:a1; 10 flood on:b2; 20 end:a1`, '+a1 ~2(a1)'],
	['but after it, to who was told of the beginning', `0 on:a1; 10 flood on:b2; 20 end:a1; 30 calm`, '+a1 ~2(a1) ~over1 -a1'],
	['escalations in it are counted together', `0 ${storm} flood; 600 esc:a1,b2,c2`, '~10(a1) !a1x3'],
	['escalations in it, one after the other', `0 ${storm} flood; 600 esc:a1; 610 esc:b2; 620 esc:c2; 900 tick`, '~10(a1) !a1 !b2x2'],
	['a second one', `0 ${storm} flood; 60 calm; 120 flood`, '~10(a1) ~over10 ~10(a1)'],
	['a second one before anybody saw the first end', `0 ${storm} flood; 60 flood`, '~10(a1) ~10(a1)'],
	['in quiet hours, of P1 alone', `700 ${storm} on:k1 flood`, '~2(a1) #9@1200', hours],
	['of a priority that the channel is not told of', '0 on:a3,b3,c3 flood', '', { priorities: [1] }],
	['more than five at once are told together, a P1 by itself', `0 ${storm}`, '+a1 #9@0'],
	['five at once are told singly', '0 on:a1,b2,c2,d2,e2', '+a1 +b2 +c2 +d2 +e2'],
	[
		'many ends at once',
		`0 ${storm} flood; 1 calm; 2 on:k2,l2,m2; 3 on:n2,o2,p2; 9 gone:k2,l2,m2,n2,o2,p2`,
		'~10(a1) ~over10 +k2 +l2 +m2 +n2 +o2 +p2 #6@9',
	],
];

const sight: readonly Row[] = [
	['that Regia cannot see is told', '0 blind on:sight', '+sight'],
	['and nothing else', `0 blind on:sight ${storm}`, '+sight'],
	['also where only its alarm says so', `0 on:sight; 10 ${storm}`, '+sight'],
	['no flood either', `0 blind on:sight ${storm} flood; 60 tick`, '+sight'],
	['no ends either', '0 on:a1; 10 blind on:sight; 20 end:a1', '+a1 +sight'],
	['ends come once it sees', '0 on:a1; 10 blind on:sight; 20 end:a1; 30 sees end:sight', '+a1 +sight -a1 -sight'],
	[
		'what came meanwhile and goes by itself is not told',
		`0 blind on:sight ${storm}; 30 sees end:sight; 40 gone:a1,b2,c2,d2,e2,f2,g2,h2,i2,j2; 120 tick`,
		'+sight -sight',
	],
	['what came meanwhile and stays is told a minute later', '0 blind on:sight on:a1; 30 sees gone:sight; 89 tick; 90 tick', '+sight -sight +a1'],
	['what comes after it is told at once', '0 blind on:sight; 30 sees end:sight; 40 on:a1', '+sight -sight +a1'],
	['but a source that is late to be seen again', '0 blind on:sight; 30 sees end:sight; 40 on:fonte; 89 tick', '+sight -sight'],
	['and where it stays so', '0 blind on:sight; 30 sees end:sight; 40 on:fonte; 90 tick', '+sight -sight +fonte'],
];

const rest: readonly Row[] = [
	['a test', '5 test:sala', '?'],
	['a test in line with the others', '0 on:a1; 5 test:sala; 9 on:b1', '+a1 ? +b1'],
	['five tests, and no more', '5 test:sala,sala,sala,sala,sala,sala,sala', '? ? ? ? ?'],
	['a rehearsal stays in the room', '0 on:a1; 5 test:sala', '', {}, true],
	['a rehearsal that may leave it', '0 on:a1; 5 test:sala', '+a1 ?', { inRehearsal: true }, true],
];

const sections: Readonly<Record<string, readonly Row[]>> = {
	'an alarm': once,
	'the same again': again,
	'what nobody wants to hear': silent,
	escalation: escalated,
	'one outage': outages,
	'quiet hours': quiet,
	'a flood': floods,
	'while Regia cannot see': sight,
	'tests and rehearsals': rest,
};

describe.each(Object.keys(sections))('%s', (section) => {
	for (const [name, script, expected, channel, rehearsal] of sections[section] ?? []) test(name, () => check(script, expected, channel, rehearsal));
});

test.each([
	['that last and that are over', `0 ${storm} flood; 60 on:k1; 70 on:l1,m2; 80 on:n1; 90 end:n1; 360 tick`, 'service-down:service:n1'],
	['that are over when the flood is', `0 ${storm} flood; 60 on:k1; 80 on:n1; 90 end:n1; 100 calm`, 'service-down:service:n1'],
])('a message of a flood names the P1 %s', (_name, script, named) => {
	const room = openRoom(planOf({ sala: {} }));
	play(script, room);
	const last = Object.values(room.facts('sala').outbox.rows).at(-1);
	expect(last?.names).toEqual([named]);
	expect(room.facts('sala').told[named]?.[2]).toBe('counted');
});

test('seven hundred P1 that came and went in a flood are told once, though a channel does not remember them all', () => {
	const room = openRoom(planOf({ sala: {} }));
	play('0 flood on:a1', room);
	for (let n = 0; n < 700; n += 1) play(`${10 + n / 10} on:x${n}-1; ${20 + n / 10} end:x${n}-1`, room);
	play('400 tick; 401 sent:sala; 701 tick; 1001 tick; 1301 tick', room);
	expect(room.waiting('sala')).toEqual([]);
});

test('a channel that fails is told over the others', () => {
	const room = openRoom(planOf({ sala: {}, mail: {} }));
	play('0 on:sala', room);
	expect([room.waiting('sala'), room.waiting('mail')]).toEqual([[], ['+sala']]);
});

test('the clocks go forward in quiet hours: they end at the time that the clock shows', () => {
	const plan = planOf({ sala: { quiet: { from: '22:00', to: '02:30' } } });
	const room = openRoom(plan);
	// The night of 28 March 2021: 02:30 is not shown, 03:30 comes in its place.
	const at = Date.UTC(2021, 2, 28, 0, 30);
	room.act('on', 'a2', at);
	room.look(at);
	expect(Object.values(room.facts('sala').outbox.rows)[0]?.notBefore).toBe(Date.UTC(2021, 2, 28, 1, 30));
});

describe('an outbox that nobody empties', () => {
	const fill = (count: number, priorityOf: (n: number) => number) => {
		const room = openRoom(planOf({ sala: {} }));
		for (let n = 0; n < count; n += 1) play(`${n * 10} on:x${n}-${priorityOf(n)}`, room);
		return room;
	};

	test('holds 200 messages, and says how many they stand for', () => {
		const room = fill(450, (n) => (n % 3) + 1);
		const { outbox } = room.facts('sala');
		const rows = Object.values(outbox.rows);
		expect(rows.length).toBe(200);
		expect(outbox.count).toBe(450);
		expect(rows.filter(({ kind, priority }) => kind === 'on' && priority === 1)).toHaveLength(150);
		expect(rows.filter(({ kind }) => kind === 'digest')).toHaveLength(1);
	});

	test('joins the least urgent first', () => {
		const room = fill(220, (n) => (n < 100 ? 2 : 3));
		const rows = Object.values(room.facts('sala').outbox.rows);
		expect(rows.filter(({ kind, priority }) => kind === 'on' && priority === 2)).toHaveLength(100);
		expect(rows.find(({ kind }) => kind === 'digest')).toMatchObject({ priority: 3, count: 21 });
	});

	test('never joins a P1', () => {
		const room = fill(320, () => 1);
		expect(Object.values(room.facts('sala').outbox.rows)).toHaveLength(320);
		expect(room.facts('sala').outbox.count).toBe(320);
	});

	test('leaves the first in line alone: it may be on its way', () => {
		const room = fill(230, () => 3);
		expect(room.waiting('sala')[0]).toBe('+x0-3');
	});
});
