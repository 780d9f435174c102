// Alarms, a row a case: what stands on the list at a second, what Regia wrote, what it refused (ISA-18.2).
import { describe, expect, test } from 'vitest';
import { createAlarmWatch } from '../../server/domain/alarm.ts';
import { judge } from '../../shared/judge.ts';
import type { Plan } from '../../shared/plan.ts';
import { factsOf, fill, type Judge, lag, type Make, openPlay, planOf, play, START } from './alarm-play.ts';

/** `60 down ps U` — at second 60 the list; after `|` what Regia wrote, after `!` what it refused. */
type Row = readonly [name: string, script: string, expected: string, plan?: Plan];

function check(script: string, expected: string, plan?: Plan, make?: Make): void {
	const played = play(script, { ...(plan === undefined ? {} : { plan }), ...(make === undefined ? {} : { make }) });
	const [listed = '', rest = ''] = expected.split(' | ');
	const [head = '', refusedBeside = ''] = (rest === '' ? listed : rest).split(' ! ');
	const [second = '', ...list] = (rest === '' ? head : listed).split(' ');
	expect(played.list(Number(second))).toBe(list.join(' '));
	if (rest !== '') expect(played.wrote.join(', ') || '-').toBe(head);
	expect(played.refused.join(', ')).toBe(refusedBeside);
}

const down = '0 ps=1; 10 ps=0; 11..40 tick';
const back = '100 ps=1; 101..220 tick';
const latching = planOf({ builtIn: { 'service-down': { latches: true } } });
const latchingP3 = planOf({ builtIn: { 'service-down': { latches: true, priority: 3 } } });
const own = (rest: object = {}): Plan => planOf({ rules: { lag: { ...lag, ...rest } } });
const banded = own({ deadBand: 4, offDelay: '0s' });
const below = own({ above: undefined, below: 5, deadBand: 2 });
const needing = planOf({}, { dependants: { medici: { label: 'Medici', needs: ['service/cup'], staleAfter: '24h' } } });
const flooding = planOf({ rules: { lag, fill }, flood: { from: 10, to: 5, within: '60s' } });

const delays: readonly Row[] = [
	['nothing on a quiet night', '0 ps=1; 1..100 tick', '100 - | -'],
	['down, but not for long enough', '0 ps=1; 10 ps=0; 11..39 tick', '39 - | -'],
	['down for as long as its delay', down, '40 down ps U | on down ps'],
	['down and back within the delay', '0 ps=1; 10 ps=0; 11..38 tick; 39 ps=1; 40..80 tick', '80 - | -'],
	['down again: the delay begins anew', '0 ps=1; 10 ps=0; 11..38 tick; 39 ps=1; 40 ps=0; 41..69 tick', '69 - | -'],
	['down twice, the second time for long enough', '0 ps=1; 10 ps=0; 11..38 tick; 39 ps=1; 40 ps=0; 41..70 tick', '70 down ps U'],
	['looks far apart: what stands at both ends has lasted', '0 ps=1; 10 ps=0; 60 tick', '60 down ps U'],
	['seen down at one look only', '0 ps=1; ~10 ps=0; 60 tick', '60 - | -'],
	['no delay: on at the first look', '0 ps.old=1 ps.new=1', '0 both ps U | on both ps'],
	['a delay of the plan', '0 ps=0; 5 tick', '5 down ps U', planOf({ builtIn: { 'service-down': { onDelay: '5s' } } })],
	['ends once it is back for as long as its off-delay', `${down}; ${back}`, '220 down ps E | on down ps, ended down ps'],
	['back, but not for long enough', `${down}; 100 ps=1; 101..219 tick`, '219 down ps U | on down ps'],
	['back and down within the off-delay', `${down}; 100 ps=1; 150 ps=0; 151..300 tick`, '300 down ps U | on down ps'],
	['flapping faster than the delays says nothing', '0 ps=1; 10 ps=0; 30 ps=1; 50 ps=0; 70 ps=1; 90 ps=0; 110 ps=1; 111..140 tick', '140 - | -'],
	[
		'flapping faster than the off-delay is one alarm',
		`${down}; 60 ps=1; 120 ps=0; 180 ps=1; 240 ps=0; 300 ps=1; 301..310 tick`,
		'310 down ps U | on down ps',
	],
	['a restart: the delay begins anew', '0 ps=1; 10 ps=0; 11..30 tick; 30 restart; 31..59 tick', '59 - | -'],
	['a restart: what stands, stands', `${down}; 41 restart; 42..60 tick`, '60 down ps U | on down ps'],
	['a restart within the off-delay', `${down}; 100 ps=1; 101..200 tick; 200 restart; 201..319 tick`, '319 down ps U'],
];

const acknowledged: readonly Row[] = [
	['acknowledged', `${down}; 50 ack down ps`, '50 down ps A'],
	['acknowledged twice', `${down}; 50 ack down ps; 51 ack down ps`, '51 down ps A | on down ps ! already'],
	['unknown', '0 ps=1; 50 ack down ps', '50 - | - ! alarm-gone'],
	['acknowledged, then it ends: it leaves', `${down}; 50 ack down ps; ${back}`, '220 - | on down ps, gone down ps'],
	['ends, then it is acknowledged: it leaves', `${down}; ${back}; 230 ack down ps`, '230 - | on down ps, ended down ps'],
	['gone, and acknowledged once more', `${down}; ${back}; 230 ack down ps; 231 ack down ps`, '231 - | on down ps, ended down ps ! alarm-gone'],
	[
		'comes back before anybody saw it: the same one',
		`${down}; ${back}; 300 ps=0; 301..330 tick`,
		'330 down ps U | on down ps, ended down ps, on down ps',
	],
	[
		'comes back after it left: another',
		`${down}; 50 ack down ps; ${back}; 300 ps=0; 301..330 tick`,
		'330 down ps U | on down ps, gone down ps, on down ps',
	],
	['P2 waits for somebody too', '0 lungo=1; 10 lungo=0; 40 tick; 41 ack beyond lungo; 50 lungo=1; 170 tick', '170 down lungo E ! alarm-gone'],
	['P3 leaves by itself', '0 web=1; 10 web=0; 40 tick; 50 web=1; 170 tick', '170 - | on down web, gone down web'],
	[
		'latches: stays when it has ended and was acknowledged',
		`${down}; 50 ack down ps; ${back}`,
		'220 down ps L | on down ps, ended down ps',
		latching,
	],
	['latches: reset too early', `${down}; 50 reset down ps`, '50 down ps U | on down ps ! not-ended', latching],
	[
		'latches: reset before anybody saw it',
		`${down}; ${back}; 230 reset down ps`,
		'230 down ps E | on down ps, ended down ps ! not-acknowledged',
		latching,
	],
	['latches: ended, seen, reset', `${down}; ${back}; 230 ack down ps; 231 reset down ps`, '231 - | on down ps, ended down ps', latching],
	['latches: seen, ended, reset', `${down}; 50 ack down ps; ${back}; 231 reset down ps`, '231 -', latching],
	['latches: comes back: to be seen anew', `${down}; 50 ack down ps; ${back}; 300 ps=0; 330 tick`, '330 down ps U', latching],
	['latches, P3: stays too', `${down}; ${back}`, '220 down ps E', latchingP3],
	['reset of one that does not latch', `${down}; ${back}; 230 reset down ps`, '230 down ps E | on down ps, ended down ps ! not-latching'],
	['P1 that nobody sees is escalated, once', `${down}; 640 tick; 641 tick; 2000 tick`, '2000 down ps U | on down ps, escalated down ps'],
	['P1 that somebody saw is not', `${down}; 639 ack down ps; 640 tick; 2000 tick`, '2000 down ps A | on down ps'],
	['P2 is not', '0 lungo=1; 10 lungo=0; 40 tick; 2000 tick', '2000 beyond lungo U | on down lungo, on beyond lungo'],
	[
		'comes back after it should have been seen: escalated at once',
		`${down}; ${back}; 900 ps=0; 930 tick`,
		'930 down ps U | on down ps, ended down ps, on down ps, escalated down ps',
	],
	[
		'escalated, ended and back unseen: it asks anew, and is not late yet',
		`${down}; 640 tick; 700 ps=1; 820 tick; 900 ps=0; 930 tick; 1529 tick`,
		'1529 down ps U | on down ps, escalated down ps, ended down ps, on down ps',
	],
	[
		'escalated, ended, back, and still nobody: escalated anew, once',
		`${down}; 640 tick; 700 ps=1; 820 tick; 900 ps=0; 930 tick; 1530 tick; 3000 tick`,
		'3000 down ps U | on down ps, escalated down ps, ended down ps, on down ps, escalated down ps',
	],
	[
		'off its shelf after it should have been seen: escalated at once',
		`${down}; 50 shelve down ps 900; 950 tick`,
		'950 down ps U | on down ps, unshelved down ps, escalated down ps',
	],
];

const shelves: readonly Row[] = [
	['shelved: off the list, and named', `${down}; 50 shelve down ps 3600`, '50 down ps sU'],
	['as short as may be', `${down}; 50 shelve down ps 60`, '50 down ps sU'],
	['too short', `${down}; 50 shelve down ps 59`, '50 down ps U | on down ps ! shelf-length'],
	['as long as may be', `${down}; 50 shelve down ps 28800`, '50 down ps sU'],
	['too long', `${down}; 50 shelve down ps 28801`, '50 down ps U | on down ps ! shelf-length'],
	['unknown', '50 shelve down ps 60', '50 - | - ! alarm-gone'],
	['its time is over: it asks again', `${down}; 50 shelve down ps 100; 149 tick; 150 tick`, '150 down ps U | on down ps, unshelved down ps'],
	['a moment before', `${down}; 50 shelve down ps 100; 149 tick`, '149 down ps sU | on down ps'],
	['taken down by hand', `${down}; 50 shelve down ps 100; 60 unshelve down ps`, '60 down ps U | on down ps'],
	['not on a shelf', `${down}; 50 unshelve down ps`, '50 down ps U | on down ps ! not-shelved'],
	['ends on its shelf: somebody still has to see it', `${down}; 50 shelve down ps 3600; ${back}`, '220 down ps sE'],
	[
		'ended on its shelf, which is over',
		`${down}; 50 shelve down ps 300; ${back}; 350 tick`,
		'350 down ps E | on down ps, ended down ps, unshelved down ps',
	],
	['seen, shelved, ended: it leaves', `${down}; 45 ack down ps; 50 shelve down ps 3600; ${back}`, '220 - | on down ps, gone down ps'],
	['comes back on its shelf: it stays there', `${down}; 50 shelve down ps 3600; ${back}; 300 ps=0; 330 tick`, '330 down ps sU'],
	['is not escalated there', `${down}; 50 shelve down ps 3600; 700 tick`, '700 down ps sU | on down ps'],
];

const planned: readonly Row[] = [
	['a planned stop is named, and asks nobody', '0 cup=1; 1000 cup=0; 1030 tick', '1030 down cup pU | on down cup'],
	['back before its end: it leaves', '0 cup=1; 1000 cup=0; 1030 tick; 1100 cup=1; 1220 tick', '1220 - | on down cup, gone down cup'],
	[
		'not back at its end: the overrun asks in its place',
		'0 cup=1; 1000 cup=0; 1030 tick; 1600 tick; 1601 tick',
		'1601 overrun cup U | on down cup, on overrun cup',
	],
	[
		'seen as planned, and not back at its end: the overrun asks all the same',
		'0 cup=1; 1000 cup=0; 1030 tick; 1040 ack down cup; 1601 tick',
		'1601 overrun cup U | on down cup, on overrun cup',
	],
	[
		'a gap after its end: it is the same overrun',
		'0 cup=1; 1000 cup=0; 1030 tick; 1601 tick; 1610 cup=blind; 1640 cup=0; 1641..1900 tick',
		'1900 overrun cup U | on down cup, on overrun cup',
	],
	[
		'no word of the overrun in the plan: being down asks',
		'0 cup=1; 1000 cup=0; 1030 tick; 1601 tick; 1630 tick; 1631 tick',
		'1631 down cup U | on down cup, freed down cup',
		planOf({ builtIn: { 'service-overrun': { off: true } } }),
	],
	[
		'no longer as planned, but not for long enough',
		'0 cup=1; 1000 cup=0; 1030 tick; 1601 tick; 1630 tick',
		'1630 down cup pU | on down cup',
		planOf({ builtIn: { 'service-overrun': { off: true } } }),
	],
	[
		'the overrun’s own delay: being down asks until then',
		'0 cup=1; 1000 cup=0; 1030 tick; 1601 tick; 1631 tick; 1640 ack down cup; 1661 tick',
		'1661 overrun cup U | on down cup, freed down cup, on overrun cup',
		planOf({ builtIn: { 'service-overrun': { onDelay: '60s' } } }),
	],
	[
		'down and back unseen, and then down as planned: somebody still has to see it',
		'0 cup=1; 800 cup=0; 830 tick; 850 cup=1; 970 tick; 1000 cup=0; 1030 tick; 1100 cup=1; 1220 tick',
		'1220 down cup E | on down cup, ended down cup, on down cup, ended down cup',
	],
	[
		'down and seen, and then down as planned: it asks nobody',
		'0 cup=1; 800 cup=0; 830 tick; 840 ack down cup; 850 cup=1; 970 tick; 1000 cup=0; 1030 tick; 1100 cup=1; 1220 tick',
		'1220 - | on down cup, gone down cup, on down cup, gone down cup',
	],
	['down before it began: that was not planned', '0 cup=1; 900 cup=0; 930 tick; 1000 tick', '1000 down cup U | on down cup'],
	[
		'down before it began, and seen: from then on it is planned',
		'0 cup=1; 900 cup=0; 930 tick; 940 ack down cup; 1000 tick',
		'1000 down cup pA | on down cup, suppressed down cup',
	],
	[
		'who needs it is blocked as planned, whatever their own probe says',
		'0 cup=1 medici.reach=1; 1000 cup=0; 1001 medici.reach=0; 1030..1100 tick',
		'1100 down cup pU, blocked medici pU | on down cup, on blocked medici',
		needing,
	],
	[
		'back as planned, and who needs it reaches it a little later',
		'0 cup=1 medici.reach=1; 1000 cup=0; 1001 medici.reach=0; 1030..1100 tick; 1200 cup=1; 1201..1230 tick; 1231 medici.reach=1; 1232..1400 tick',
		'1400 - | on down cup, on blocked medici, gone down cup, gone blocked medici',
		needing,
	],
	[
		'back as planned, and who needs it does not reach it',
		'0 cup=1 medici.reach=1; 1000 cup=0; 1001 medici.reach=0; 1030..1100 tick; 1200 cup=1; 1201..1400 tick',
		'1400 blocked medici U | on down cup, on blocked medici, freed blocked medici, gone down cup',
		needing,
	],
	['both answer in a planned stop: that is no part of the plan', '1000 cup.old=1 cup.new=1', '1000 both cup U'],
	['neither answers in a planned stop', '1000 cup.old=0 cup.new=0; 1030 tick', '1030 none cup pU'],
	['one answers and takes no writes, in a planned stop', '1000 cup.old=1 cup.new=0 cup.wold=0; 1030 tick', '1030 nowrites cup pU'],
];

const sides: readonly Row[] = [
	['both answer', '0 ps.old=1 ps.new=1', '0 both ps U'],
	[
		'both take writes: latches',
		'0 ps.old=1 ps.new=1 ps.wold=1 ps.wnew=1; 10 ack both ps; 11 ack writes ps; 20 ps.old=0 ps.wold=0; 21..200 tick',
		'200 writes ps L',
	],
	['neither answers', '0 ps.old=0 ps.new=0; 30 tick', '30 none ps U | on none ps'],
	['one answers and takes writes', '0 ps.old=1 ps.new=0 ps.wold=1; 60 tick', '60 - | -'],
	['one answers and takes none', '0 ps.old=0 ps.new=1 ps.wnew=0; 30 tick', '30 nowrites ps U | on nowrites ps'],
	['one is not seen', '0 ps.old=0 ps.new=blind; 60 tick', '60 - | -'],
	['longer than it can bear', '0 lungo=0; 30 tick; 61 tick', '61 beyond lungo U | on down lungo, on beyond lungo'],
	['longer than it can bear, and was seen to be down', '0 lungo=0; 30 tick; 40 ack down lungo; 61 tick', '61 beyond lungo A'],
	['longer than it can bear, on its shelf', '0 lungo=0; 30 tick; 40 shelve down lungo 600; 61 tick', '61 beyond lungo sU'],
	[
		'longer than it can bear, and the probe falls silent for a while',
		'0 lungo=0; 30 tick; 61 tick; 70 lungo=blind; 71..300 tick; 301 lungo=0; 302..600 tick',
		'600 beyond lungo U | on down lungo, on beyond lungo',
	],
	[
		'back from longer than it can bear: one alarm ends',
		'0 lungo=0; 30 tick; 61 tick; 100 lungo=1; 101..300 tick',
		'300 beyond lungo E | on down lungo, on beyond lungo, ended beyond lungo',
	],
	['of one side alone, which does not answer', '0 ps.old=0; 30 tick', '30 down ps U | on down ps'],
	['then the other is looked at too', '0 ps.old=0; 30 tick; 40 ps.new=0; 70 tick', '70 none ps U | on down ps, on none ps'],
	['a certificate that runs out', '0 ps=1 ps.cert=13', '0 cert ps U'],
	['alerts of other systems', '0 ps=1 ps.alerts=2; 60 tick; 61 ps.alerts=0; 181 tick', '181 - | on alerts ps, gone alerts ps'],
];

const unseen: readonly Row[] = [
	['falls and is then unseen: it stands', `${down}; 50 ps=blind; 51..600 tick`, '600 down ps U | on down ps'],
	['falls silent: it stands', '0 short=0; 30 tick; 31..500 tick', '500 down short U | on down short'],
	['unseen within the delay: nothing is known', '0 ps=1; 10 ps=0; 20 ps=blind; 21..100 tick', '100 - | -'],
	['unseen, and down again: the delay begins anew', '0 ps=0; 20 ps=blind; 25 ps=0; 54 tick', '54 - | -'],
	['unseen within the off-delay: it is not known to be over', `${down}; 100 ps=1; 150 ps=blind; 151..400 tick; 401 ps=1; 520 tick`, '520 down ps U'],
	['seen to be over at last', `${down}; 50 ps=blind; 500 ps=1; 620 tick`, '620 down ps E | on down ps, ended down ps'],
	['never heard: no alarm about it, but about who should tell', '0 tick; 1..60 tick', '60 source-blind one U | on source-blind one'],
];

const figures: readonly Row[] = [
	['above its bound', '0 a.lag=11', '0 lag a U | on lag a'],
	['on its bound', '0 a.lag=10', '0 - | -'],
	['within the dead band it stands', '0 a.lag=11; 1 a.lag=8; 2..200 tick', '200 lag a U | on lag a', banded],
	['within the dead band it does not come on', '0 a.lag=8; 2..200 tick', '200 - | -', banded],
	['out of the dead band it ends', '0 a.lag=11; 1 a.lag=6', '1 lag a E | on lag a, ended lag a', banded],
	['to and fro over the bound is one alarm', '0 a.lag=11; 1 a.lag=9; 2 a.lag=11; 3 a.lag=9; 4 a.lag=11', '4 lag a U | on lag a', banded],
	['below its bound', '0 a.lag=4; 1 a.lag=6; 2 a.lag=7', '2 lag a E | on lag a, ended lag a', below],
	['blind: neither on nor off', '0 a.lag=11; 1 a.lag=blind; 2..300 tick', '300 lag a U | on lag a', banded],
	[
		'stale: neither on nor off',
		'0 a.lag=11; 90000 tick',
		'90000 lag a U | on lag a',
		planOf({ rules: { lag: { ...lag, deadBand: 4 } }, builtIn: { 'source-blind': { off: true } } }),
	],
	[
		'stale before its delay',
		'0 a.lag=11; 90000 tick',
		'90000 - | -',
		planOf({ rules: { lag: { ...lag, onDelay: '60s' } }, builtIn: { 'source-blind': { off: true } } }),
	],
	['one pattern, many subjects', '0 x1.errors=1 x2.errors=1 a.lag=1', '0 fill x1 U, fill x2 U'],
	['switched off in the plan', '0 ps=0; 60 tick', '60 - | -', planOf({ builtIn: { 'service-down': { off: true } } })],
];

const floods: readonly Row[] = [
	[
		'nine in the window are no flood',
		'0 fill 9',
		`0 ${Array.from({ length: 9 }, (_, n) => `fill x${n} U`).join(', ')} | ${Array.from({ length: 9 }, (_, n) => `on fill x${n}`).join(', ')}`,
		flooding,
	],
	[
		'what is said to be planned counts no more from that very entry on',
		'0 cup=1; 900 cup=0; 929 fill 1; 930 tick; 940 ack down cup; 1000 tick',
		'1000 fill x0 U, down cup pA | on fill x0, on down cup, begins, suppressed down cup, ends',
		planOf({ rules: { lag, fill }, flood: { from: 2, to: 2, within: '10min' } }),
	],
];

describe.each([
	['delays', delays],
	['acknowledged and reset', acknowledged],
	['shelved', shelves],
	['planned', planned],
	['sides', sides],
	['unseen', unseen],
	['figures', figures],
	['floods', floods],
] as const)('%s', (_group, rows) => {
	for (const [name, script, expected, plan] of rows) test(name, () => check(script, expected, plan));
});

test('a flood begins with the tenth within its time and ends below the fifth', () => {
	const played = openPlay({ plan: flooding });
	const since = (): number | null => played.board().alarms.floodSince;
	played.step('0 fill 9');
	played.step('30 fill 10');
	expect([played.wrote.at(-1), since()]).toEqual(['begins', Date.parse('2021-08-14T17:00:30Z')]);
	// At 60 the nine of second 0 are out of the window.
	played.step('59 tick');
	expect(since()).not.toBeNull();
	played.step('60 tick');
	expect([played.wrote.at(-1), since()]).toEqual(['ends', null]);
	expect(played.board().alarms.floods).toEqual([[Date.parse('2021-08-14T17:00:30Z'), Date.parse('2021-08-14T17:01:00Z')]]);
	expect(played.at(60).rates).toMatchObject({ lastTenMinutes: 10, lastHour: 10, peakTenMinutes: 10, inFlood: 30 / 86_400, standing: 0 });
});

test('what is planned, and what comes back unseen, makes no flood', () => {
	const played = play('0 cup=1; 1000 cup=0; 1030 tick', { plan: planOf({ flood: { from: 2, to: 1, within: '10min' } }) });
	played.step('1031 ps.old=1 ps.new=1');
	for (const second of [1040, 1220]) {
		played.step(`${second} ps.new=0`);
		played.step(`${second + 120} tick`);
		played.step(`${second + 140} ps.new=1`);
	}
	expect(played.wrote.filter((one) => one === 'on both ps')).toHaveLength(3);
	expect(played.wrote.filter((one) => one === 'begins')).toEqual([]);
});

test('how often one came on is counted, and from three times on it chatters', () => {
	const played = openPlay();
	for (let n = 0; n < 3; n += 1) {
		played.step(`${n * 600} ps=0`);
		played.step(`${n * 600 + 30} tick`);
		if (n < 2) played.step(`${n * 600 + 100} ps=1`);
		if (n < 2) played.step(`${n * 600 + 220} tick`);
		expect(played.at(n * 600 + 230).rates.chattering).toBe(n === 2 ? 1 : 0);
	}
	expect(factsOf(played, 'down', 'ps')).toMatchObject({ times: 3, since: Date.parse('2021-08-14T17:00:30Z') });
});

test('a new plan without a subject, or without a rule, takes its alarms off the list', () => {
	const versions = {
		senza: { ...planOf({ rules: { fill } }), services: withoutPs() },
		spento: planOf({ rules: { lag }, builtIn: { 'service-down': { off: true } } }),
	};
	for (const [name, left] of [
		['senza', ['gone down ps', 'gone lag a']],
		['spento', ['gone down ps']],
	] as const) {
		const played = play(`${down}; 41 a.lag=20; 50 plan ${name}`, { versions });
		expect(played.wrote.slice(2)).toEqual(left);
		// Nobody may tell that it is over.
		expect(Object.values(played.board().alarms.cleared).map(({ why }) => why)).toEqual(left.map(() => 'unwatched'));
	}
});

test('a new plan under which a service can bear more: being down asks in place of it, and nothing is over', () => {
	const { lungo } = planOf().services;
	const more = { ...planOf(), services: { ...planOf().services, ...(lungo ? { lungo: { ...lungo, tolerable: 3_600_000 } } : {}) } };
	const played = play('0 lungo=0; 30 tick; 61 tick; 70 plan piu; 71..300 tick', { versions: { piu: more } });
	expect(played.wrote).toEqual(['on down lungo', 'on beyond lungo', 'on down lungo']);
	expect(played.list(300)).toBe('down lungo U');
	expect(factsOf(played, 'down', 'lungo')?.since).toBe(START + 30_000);
});
const withoutPs = (): Plan['services'] => Object.fromEntries(Object.entries(planOf().services).filter(([id]) => id !== 'ps'));

/** Blind from 50 to 300. */
const goesBlind: Judge = (board, now) => {
	const judged = judge(board, now);
	const isBlind = now >= START + 50_000 && now < START + 300_000;
	return isBlind ? { ...judged, observer: { isBlind, since: START + 50_000 } } : judged;
};
test.each([
	[
		'comes on alone, and ends with it',
		`${down}; 50 tick; 299 tick; 300 tick`,
		['on down ps', 'on observer-blind prova', 'ended observer-blind prova'],
	],
	['what stood does not end', `${down}; 50 tick; 60 ps=1; 61..299 tick`, ['on down ps', 'on observer-blind prova']],
	[
		'what stood ends once Regia has seen it over for long enough',
		`${down}; 50 tick; 60 ps=1; 61..420 tick`,
		['on down ps', 'on observer-blind prova', 'ended observer-blind prova', 'ended down ps'],
	],
	['nothing about probes comes on', `0 ps=1; 50 tick; 60 ps=0; 61..299 tick`, ['on observer-blind prova']],
	[
		'what fell meanwhile comes on after its delay',
		`0 ps=1; 50 tick; 60 ps=0; 61..330 tick`,
		['on observer-blind prova', 'ended observer-blind prova', 'on down ps'],
	],
	['a shelf ends all the same', `${down}; 45 shelve down ps 60; 50 tick; 110 tick`, ['on down ps', 'on observer-blind prova', 'unshelved down ps']],
] as const)('while Regia is blind: %s', (_name, script, wrote) => {
	expect(play(script, { judged: goesBlind }).wrote).toEqual(wrote);
});

test('what could not be written is noticed again', () => {
	let fails = true;
	const make: Make = (plan) => {
		const watch = createAlarmWatch(plan);
		return { decide: (board, judged, now) => (watch.decide(board, judged, now) && fails ? null : watch.decide(board, judged, now)) };
	};
	const played = play(down, { make });
	expect(played.list(40)).toBe('-');
	fails = false;
	played.step('41 tick');
	expect(played.list(41)).toBe('down ps U');
});

const planted: readonly (readonly [string, Plan, string, string])[] = [
	['an engine without delays', planOf({ builtIn: { 'service-down': { onDelay: '0s' } } }), '0 ps=1; 10 ps=0; 11..39 tick', '39 - | -'],
	[
		'an engine without off-delays',
		planOf({ builtIn: { 'service-down': { offDelay: '0s' } } }),
		`${down}; 100 ps=1; 101..219 tick`,
		'219 down ps U | on down ps',
	],
	['an engine that does not latch', planOf(), `${down}; 50 ack down ps; ${back}`, '220 down ps L | on down ps, ended down ps'],
	['an engine without dead bands', own({ offDelay: '0s' }), '0 a.lag=11; 1 a.lag=8; 2..200 tick', '200 lag a U | on lag a'],
];
test.each(planted)('%s would be caught', (_name, plan, script, expected) => {
	expect(() => check(script, expected, plan)).toThrow();
});
