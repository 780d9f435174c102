// What was said and what the data say of it, a row a case: the verdict at a minute, its reason, and what Regia wrote down.
import { describe, expect, test } from 'vitest';
import { decideStatements } from '../../server/domain/statement.ts';
import { applyEntry, emptyFacts } from '../../server/projections/fold.ts';
import { judge } from '../../shared/judge.ts';
import { instantAt, openPlay, type Played, play, START } from './incident-play.ts';

/** `30 s1 holds/works good`: at minute 30, the sentence, its verdict and reason, its standing; then what was written, if it is asked. */
type Row = readonly [name: string, script: string, expected: string, wrote?: readonly string[]];

function check(script: string, expected: string, wrote: readonly string[] | null): void {
	const played = play(script);
	const [minute = '', id = '', verdict, standing] = expected.split(' ');
	const one = played.statement(id, Number(minute));
	expect(`${one?.verdict}/${one?.why} ${one?.standing}`).toBe(`${verdict} ${standing ?? one?.standing}`);
	expect(played.refused).toEqual([]);
	if (wrote) expect(played.wrote).toEqual(wrote);
}

const restored: readonly Row[] = [
	['before its hour nothing is said of it', '0 cup=0; 5 say cup back 60', '6 s1 unknown/not-yet blind', []],
	['nor a second before it', '0 cup=0; 5 say cup back 60; 55 cup=0', '59.99 s1 unknown/not-yet', []],
	['nor at its very hour', '5 say cup back 60; 55 cup=0; 60 tick', '60 s1 unknown/not-yet', []],
	[
		'at the first look after it, down: contradicted',
		'5 say cup back 60; 55 cup=0; 60.01 tick',
		'60.01 s1 contradicted/not-restored bad',
		['s1 contradicted 0 not-restored @60.01'],
	],
	['silent before its hour: not yet', '0 cup=0; 5 say cup back 60', '50 s1 unknown/not-yet'],
	['silent after it: Regia cannot say', '0 cup=0; 5 say cup back 60; 61 tick', '61 s1 unknown/not-seen blind', []],
	['blind after it: Regia cannot say', '5 say cup back 60; 55 cup=0; 58 cup=blind; 61 tick', '61 s1 unknown/not-seen', []],
	['never looked at: Regia cannot say', '5 say cup back 60; 61 tick', '61 s1 unknown/not-seen', []],
	[
		'down before its hour, blind at it, and down when seen again: contradicted then',
		'5 say cup back 60; 57 cup=0; 58 cup=blind; 61 tick; 90 cup=0',
		'90 s1 contradicted/not-restored',
		['s1 contradicted 0 not-restored @90'],
	],
	['up before its hour, not yet for ten minutes: not yet', '0 cup=0; 5 say cup back 60; 40 cup=1; 49.9 cup=1', '49.9 s1 unknown/not-yet', []],
	[
		'up before its hour, for ten minutes: kept',
		'0 cup=0; 5 say cup back 60; 40 cup=1; 50 cup=1',
		'50 s1 kept/restored good',
		['s1 kept 0 restored @50'],
	],
	['up at its very hour: not seen to last yet', '0 cup=0; 5 say cup back 60; 60 cup=1; 61 cup=1', '61 s1 unknown/not-seen', []],
	['up at its very hour, and it stays: kept', '0 cup=0; 5 say cup back 60; 60 cup=1; 70 cup=1', '70 s1 kept/restored', ['s1 kept 0 restored @70']],
	[
		'up for eight seconds before its hour, and down over it: contradicted',
		'0 cup=0; 5 say cup back 10; 9.5 cup=1; 9.63 cup=0; 10 cup=0; 12 cup=0',
		'12 s1 contradicted/not-restored bad',
		['s1 contradicted 0 not-restored @12'],
	],
	[
		'up over its hour, and down before the ten minutes are over: nobody can say',
		'5 say cup back 60; 55 cup=1; 62 cup=0; 70 cup=0',
		'70 s1 unknown/not-seen',
		[],
	],
	[
		'down for a blink over its hour: not contradicted',
		'5 say cup back 60; 50 cup=1; 59.9 cup=0; 60.2 tick; 60.3 cup=1',
		'60.3 s1 unknown/not-seen',
		[],
	],
	[
		'recorded after its hour, up then, and fallen since: another outage, it contradicts nothing',
		'100 cup=1; 110 say@5 cup back 60; 111 cup=0; 120 cup=0',
		'120 s1 unknown/not-seen blind',
		[],
	],
	[
		'of a dependant, recorded after its hour, and fallen since: the same',
		'100 osp=1; 110 say@5 osp back 60; 111 osp=0; 120 osp=0',
		'120 s1 unknown/not-seen blind',
		[],
	],
	[
		'never seen before its hour, and down when seen: nobody can say',
		'5 say cup back 60; 58 cup=blind; 61 tick; 90 cup=0; 95 cup=0',
		'95 s1 unknown/not-seen',
		[],
	],
	[
		'up after its hour, seen down before: contradicted, for good',
		'5 say cup back 60; 59 cup=0; 61 cup=0; 70 cup=1',
		'75 s1 contradicted/not-restored',
		['s1 contradicted 0 not-restored @61'],
	],
	['up a minute late, Regia looking only then: nobody can say', '5 say cup back 60; ~59 cup=0; ~61 cup=1; 61 tick', '61 s1 unknown/not-seen', []],
	['up after silence through its hour: nobody can say', '5 say cup back 60; 40 cup=0; 61 tick; 70 cup=1', '70 s1 unknown/not-seen', []],
	[
		'up since before its hour, looked at only later: kept',
		'5 say cup back 60; ~50 cup=1; ~59 cup=1; ~62 cup=1; 62 tick',
		'62 s1 kept/restored',
		['s1 kept 0 restored @62'],
	],
	[
		'kept stays kept when it falls again',
		'5 say cup back 60; 40 cup=1; 50 cup=1; 51 cup=0; 61 cup=0',
		'61 s1 kept/restored good',
		['s1 kept 0 restored @50'],
	],
	['up for long when it was said: kept at once', '0 cup=1; 9 cup=1; 12 say cup back 60', '12 s1 kept/restored'],
	['a dependant’s own probe counts', '0 osp=0; 5 say osp back 60; 59 osp=0; 61 osp=0', '61 s1 contradicted/not-restored'],
	['a dependant that was restored', '0 osp=0; 5 say osp back 60; 30 osp=1; 40 osp=1', '40 s1 kept/restored'],
	[
		'two promises, one kept: not yet',
		'0 cup=0; 0 osp=0; 5 say cup back 60 + osp back 60; 30 osp=1; 40 tick',
		'40 s1 unknown/not-yet',
		['s1 kept 1 restored @40'],
	],
	[
		'two promises, both kept',
		'5 say cup back 60 + osp back 60; 30 osp=1; 31 cup=1; 40 tick; 41 tick',
		'41 s1 kept/restored',
		['s1 kept 1 restored @40', 's1 kept 0 restored @41'],
	],
	['two promises, one broken', '5 say cup back 60 + osp back 60; 30 osp=1; 59 cup=0; 61 tick', '61 s1 contradicted/not-restored'],
	[
		'two contradicted claims are one contradiction',
		'5 say cup back 60 + osp back 60; 59 cup=0; 59 osp=0; 61 tick',
		'61 s1 contradicted/not-restored',
		['s1 contradicted 0 not-restored @61'],
	],
	[
		'a promise is held to after its incident is closed',
		'1 open service/cup; 2 cause failure; 5 say cup back 60; 6 status closed; 59 cup=0; 61 tick',
		'61 s1 contradicted/not-restored',
	],
];

const about = '0 open service/cup; 1 cause failure; 2 cup=1; 3 say cup works';
const present: readonly Row[] = [
	['works, and it answers', '0 cup=1; 5 say cup works', '6 s1 holds/works good', []],
	['works, and it does not', '0 cup=0; 5 say cup works', '5 s1 contradicted/down bad', ['s1 contradicted 0 down @5']],
	[
		'works, and it falls: for half a minute nothing is held against it',
		'0 cup=1; 5 say cup works; 8 cup=0; 8.49 tick',
		'8.49 s1 unknown/not-seen blind',
		[],
	],
	['works, and it falls later', '0 cup=1; 5 say cup works; 8 cup=0; 8.5 tick', '8.5 s1 contradicted/down', ['s1 contradicted 0 down @8.5']],
	['works, and one sample says otherwise for a second', '0 cup=1; 5 say cup works; 8 cup=0; 8.015 cup=1; 9 tick', '9 s1 holds/works good', []],
	['they work, and one sample says otherwise for a second', '0 osp=1; 5 say osp works; 8 osp=0; 8.015 osp=1; 9 tick', '9 s1 holds/works good', []],
	[
		'contradicted stays so when it answers again',
		'0 cup=1; 5 say cup works; 8 cup=0; 8.5 tick; 9 cup=1',
		'9 s1 contradicted/down bad',
		['s1 contradicted 0 down @8.5'],
	],
	[
		'works, and of its two sides one answers and one is silent',
		'0 cup.old=1; 0 cup.new=1; 5 say cup works; 9 cup.new=1',
		'11 s1 unknown/not-seen blind',
		[],
	],
	[
		'works, and of its two sides one answers and one cannot be looked at',
		'0 cup.old=blind; 0 cup.new=1; 5 say cup works',
		'6 s1 unknown/not-seen blind',
		[],
	],
	['works, last heard at the limit', '0 cup=1; 5 say cup works', '10 s1 holds/works'],
	['works, last heard beyond it: not known', '0 cup=1; 5 say cup works', '10.01 s1 unknown/not-seen blind', []],
	['works, and Regia could not look', '0 cup=1; 5 say cup works; 6 cup=blind', '6 s1 unknown/not-seen', []],
	['works, and nobody ever looked', '5 say cup works', '5 s1 unknown/not-seen', []],
	['silence after a fall contradicts nothing new', '0 cup=1; 5 say cup works; ~6 cup=0', '17 s1 unknown/not-seen', []],
	['a dependant works by its own probe', '0 osp=1; 5 say osp works', '6 s1 holds/works'],
	['a dependant that is hit', '0 osp=1; 5 say osp works; 7 osp=0; 8 tick', '8 s1 contradicted/down'],
	['two work, one of them unseen', '0 cup=1; 5 say cup works + osp works', '6 s1 unknown/not-seen'],
	[
		'two work, one fell',
		'0 cup=1; 0 osp=1; 5 say cup works + osp works; 7 osp=0; 7.5 tick',
		'7.5 s1 contradicted/down',
		['s1 contradicted 1 down @7.5'],
	],
	['about an open incident: for as long as it is open', `${about}; 9000 cup=0; 9001 tick`, '9001 s1 contradicted/down'],
	['about a closed one: a day longer', `${about}; 20 status closed; 1459 cup=0; 1460 tick`, '1460 s1 contradicted/down'],
	['about a closed one: not after that day', `${about}; 20 status closed; 1461 cup=0`, '1461 s1 unknown/over', []],
	[
		'said after it was closed: for a day',
		`${about}; 20 status closed; 40 say cup works; 1479 cup=0; 1480 tick`,
		'1480 s2 contradicted/down',
		['s2 contradicted 0 down @1480'],
	],
	[
		'about one that is reopened: held to again',
		`${about}; 20 status closed; 1500 status detected; 1501 cup=0; 1502 tick`,
		'1502 s1 contradicted/down',
	],
	['about none: for three days', '0 cup=1; 5 say! cup works; 4324 cup=0; 4325 tick', '4325 s1 contradicted/down'],
	['about none: not after them', '0 cup=1; 5 say! cup works; 4326 cup=0', '4326 s1 unknown/over', []],
	['a figure on its bound', '0 temp=30; 5 say temp <= 30', '6 s1 holds/within good'],
	['a figure above it', '0 temp=30; 5 say temp <= 30; 7 temp=30.1', '7 s1 contradicted/outside', ['s1 contradicted 0 outside @7']],
	['a figure that is old', '0 temp=30; 5 say temp <= 30', '10.01 s1 unknown/not-seen'],
	['a figure that could not be read', '0 temp=30; 5 say temp <= 30; 6 temp=blind', '6 s1 unknown/not-seen'],
	['a figure that nobody gave', '5 say temp <= 30', '6 s1 unknown/not-seen'],
	['a flow that is late, as was said', '0 flusso=90000; 5 say flusso >= 86400', '6 s1 holds/within'],
	['and in time a day later: what was said was of its day', '0 flusso=90000; 5 say flusso >= 86400; 1446 flusso=60', '1446 s1 unknown/over', []],
	['within the day it is contradicted', '0 flusso=90000; 5 say flusso >= 86400; 1440 flusso=60', '1440 s1 contradicted/outside'],
];

const natures: readonly Row[] = [
	['is a failure, before anybody recorded a cause', '0 open; 5 say i is failure', '6 s1 unknown/nature-unknown blind', []],
	['is a failure, as recorded', '0 open; 1 cause failure; 5 say i is failure', '6 s1 holds/as-recorded good'],
	[
		'is a failure, and it was an attack',
		'0 open; 5 say i is failure; 9 cause attack; 9.5 tick',
		'9.5 s1 contradicted/other-nature bad',
		['s1 contradicted 0 other-nature @9.5'],
	],
	['is no attack, and it is a failure', '0 open; 1 cause failure; 5 say i not attack', '6 s1 holds/as-recorded'],
	['is no attack, and it is one', '0 open; 5 say i not attack; 9 cause attack; 9.5 tick', '9.5 s1 contradicted/other-nature'],
	['is no attack: unknown is no proof', '0 open; 5 say i not attack', '6 s1 unknown/nature-unknown'],
	[
		'is no attack, and it is marked as one: for half a minute nothing is held against it',
		'0 open; 5 say i not attack; 9 cause attack; 9.49 tick',
		'9.49 s1 unknown/nature-unknown blind',
		[],
	],
	[
		'is no attack, and it was marked as one for two seconds: nothing was ever held against it',
		'0 open; 5 say i not attack; 9 cause attack; 9.033 cause failure; 12 tick',
		'12 s1 holds/as-recorded good',
		[],
	],
	['is no attack, said long after it was recorded as one', '0 open; 1 cause attack; 5 say i not attack', '5 s1 contradicted/other-nature'],
	[
		'what a cause contradicted holds again once the cause is corrected',
		'0 open; 5 say i not attack; 9 cause attack; 9.5 tick; 12 cause failure; 13 tick',
		'13 s1 holds/as-recorded good',
		['s1 contradicted 0 other-nature @9.5'],
	],
	[
		'contradicted stays so when the same cause is told in other words',
		'0 open; 5 say i not attack; 9 cause attack; 9.5 tick; 12 cause attack x; 12.1 tick',
		'12.1 s1 contradicted/other-nature bad',
		['s1 contradicted 0 other-nature @9.5'],
	],
	[
		'corrected, and then an attack after all: contradicted anew',
		'0 open; 5 say i not attack; 9 cause attack; 9.5 tick; 12 cause failure; 20 cause attack; 20.5 tick',
		'20.5 s1 contradicted/other-nature',
		['s1 contradicted 0 other-nature @9.5', 's1 contradicted 0 other-nature @20.5'],
	],
	[
		'a cause that is corrected unsays nothing of what was down',
		'0 open; 1 cause failure; 2 cup=0; 5 say cup works + i not attack; 9 cause attack; 12 cause failure; 13 tick',
		'13 s1 contradicted/down bad',
		['s1 contradicted 0 down @5'],
	],
	['without a claim it is only remembered', '5 say -', '6 s1 unlinked/null blind', []],
];

describe('a promise to be restored', () => {
	test.each(restored.map(([name, script, expected, wrote = null]) => [name, script, expected, wrote] as const))(
		'%s',
		(_name, script, expected, wrote) => check(script, expected, wrote),
	);
});
describe('what works, and what a figure is', () => {
	test.each(present.map(([name, script, expected, wrote = null]) => [name, script, expected, wrote] as const))(
		'%s',
		(_name, script, expected, wrote) => check(script, expected, wrote),
	);
});
describe('what an incident is', () => {
	test.each(natures.map(([name, script, expected, wrote = null]) => [name, script, expected, wrote] as const))(
		'%s',
		(_name, script, expected, wrote) => check(script, expected, wrote),
	);
});

test('“ripristino entro stasera”, said on Monday morning, is contradicted with the first look after midnight, never before', () => {
	const midnight = (Date.parse('2021-08-16T23:59:59.999+02:00') - START) / 60_000;
	const played = openPlay();
	played.step('0 cup=0');
	played.step(`0 say cup back ${midnight}`);
	for (let minute = 5; minute < midnight; minute += 5) played.step(`${minute} cup=0`);
	played.step(`${midnight} tick`);
	expect(played.wrote).toEqual([]);
	expect(played.statement('s1', midnight)?.verdict).toBe('unknown');
	const after = midnight + 1 / 60_000;
	played.step(`${after} tick`);
	expect(played.wrote).toEqual([`s1 contradicted 0 not-restored @${after}`]);
	expect(played.statement('s1', after)?.contradictedAt).toBe(Date.parse('2021-08-17T00:00:00.000+02:00'));
});

test('the newest sentence stands first, also where it was entered late', () => {
	const played = play('5 say -; 20 say -; 21 say@1 -');
	expect(played.judgedAt(30).breakdown?.statements.map(({ id }) => id)).toEqual(['s2', 's1', 's3']);
});

test('what Regia wrote is read back, not decided again', () => {
	const played = play('0 cup=1; 1 open service/cup; 5 say cup works + cup back 60; 10 cup=1; 11 cup=0; 12 tick; 62 say osp works; 63 osp=0; 64 tick');
	const again = emptyFacts();
	for (const entry of played.entries) applyEntry(again, entry);
	expect(again).toEqual(played.facts);
	const now = instantAt(64);
	expect(decideStatements(played.board, judge(played.board, now), now)).toEqual([]);
	expect(played.wrote.length).toBe(3);
});

test('a decision that looks at the clock alone is caught: silence is contradicted by it', () => {
	const planted: typeof decideStatements = (board, judged, now) =>
		Object.entries(board.statements.rows).flatMap(([statement, facts]) =>
			facts.contradicted === null && facts.claims.some((one) => one.kind === 'restored' && now > one.by)
				? [{ kind: 'auto', what: 'statement', statement, to: 'contradicted', claim: 0, why: 'not-restored' } as const]
				: decideStatements(board, judged, now),
		);
	const caught = restored.filter(([, script, expected]) => {
		const played: Played = openPlay(undefined, planted);
		for (const line of script.split(';')) played.step(line.trim());
		const [minute = '', id = '', verdict] = expected.split(' ');
		const one = played.statement(id, Number(minute));
		return `${one?.verdict}/${one?.why}` !== verdict;
	});
	expect(caught.length).toBeGreaterThanOrEqual(5);
});
