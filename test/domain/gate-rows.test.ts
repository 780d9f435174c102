// Gates, a row a case: what stands at a second, what Regia wrote of it, what it refused.
import { describe, expect, test } from 'vitest';
import { ced, checked, counted, dir, er, type GateLiteral, instantAt, lag, type Played, planOf, play } from './gate-play.ts';

/** `30 go` — at second 30 the state; further words are claims of it. */
type Row = readonly [name: string, script: string, expected: string, gate?: GateLiteral];

const holding = { criteria: { lag: { ...lag, holdFor: '60s' } } };
const share = { criteria: { checked } };
const three = { positions: { ced, dir, er } };
const twoOfThree = { ...three, minimum: 2 };
const oneOfThree = { ...three, minimum: 1 };
const timed = { until: instantAt(100) };
const both = '0 lag=3; 1 ced:go; 2 dir:go';
const fresh = Array.from({ length: 12 }, (_, n) => `${50 * (n + 1)} lag=3`).join('; ');

function claim(word: string, played: Played, second: number): unknown {
	const gate = played.at(second);
	const [key = ''] = word.split('=');
	const claims: Readonly<Record<string, unknown>> = {
		canGo: gate.canGo,
		cast: gate.cast,
		standing: gate.standing,
		decided: gate.decided?.state ?? null,
		reopened: gate.reopened?.times ?? 0,
		why: gate.reopened?.why ?? null,
		closed: gate.closed?.how ?? null,
		left: gate.remainingMs === null ? null : gate.remainingMs / 1000,
		runsOut: gate.votes.map((one) => (one.runsOutInMs === null ? '-' : one.runsOutInMs / 1000)).join('/'),
		votes: gate.votes.map((one) => one.vote ?? '-').join('/'),
		evidence: Object.entries(gate.decided?.evidence ?? {})
			.map(([id, one]) => [id, ...one].join('/'))
			.join('+'),
		refused: played.refused.join('/') || null,
		wrote: played.wrote.map((one) => one.replaceAll(' ', '~')).join(',') || null,
	};
	if (key in claims) return claims[key];
	const criterion = gate.criteria.find(({ id }) => id === key.replace(/\..*/, ''));
	const [, field] = key.split('.');
	if (field === 'value') return criterion?.value;
	if (field === 'age') return criterion?.ageMs == null ? null : criterion.ageMs / 1000;
	return field === 'metFor' ? (criterion?.metForMs == null ? null : criterion.metForMs / 1000) : criterion?.reason;
}

function check(script: string, expected: string, gate: GateLiteral): void {
	const played = play(script, planOf(gate));
	const [second = '', state, ...words] = expected.split(' ');
	expect(played.at(Number(second)).state).toBe(state);
	const told = words.map((word) => `${word.split('=')[0]}=${claim(word, played, Number(second))}`);
	expect(told).toEqual(words);
}

const evidenceRows: readonly Row[] = [
	['all met and all voted', both, '2 go standing=good decided=go wrote=go'],
	['a go keeps the values and ages that it was given on', '0 lag=3; 10 ced:go; 12 dir:go', '12 go evidence=lag/3/12000/true'],
	['never reported', '0 tick', '10 waiting lag=never-reported lag.value=null lag.age=null standing=blind canGo=false'],
	['never reported, and go is refused', '1 ced:go; 2 dir:go', '2 waiting refused=criteria-not-met/criteria-not-met cast=0'],
	['outside, and go is refused', '0 lag=9; 1 ced:go', '1 waiting lag=outside lag.value=9 refused=criteria-not-met'],
	['on the bound', '0 lag=5', '1 waiting lag=met'],
	['stale evidence: the value is gone', '0 lag=3', '61 waiting lag=stale lag.value=null lag.age=61 standing=blind canGo=false'],
	['as old as it may be', '0 lag=3', '60 waiting lag=met lag.age=60'],
	['stale evidence, and go is refused', '0 lag=3; 61 ced:go', '61 waiting refused=criteria-not-met'],
	['goes stale under a go, before anybody looks', both, '61 waiting decided=go lag=stale standing=blind'],
	['goes stale under a go, and Regia looks', `${both}; 61 tick`, '61 waiting reopened=1 why=lag decided=null wrote=go,open~lag cast=0'],
	['a flip after go', `${both}; 10 lag=9`, '10 waiting reopened=1 why=lag standing=bad cast=0 wrote=go,open~lag'],
	['a flip after go, before Regia looked', `${both}; ~10 lag=9`, '10 waiting decided=go lag=outside'],
	['a flip and back between two looks', `${both}; ~10 lag=9; ~11 lag=3`, '11 waiting decided=go lag=met'],
	['a flip and back between two looks, and Regia looks', `${both}; ~10 lag=9; 11 lag=3`, '11 waiting reopened=1 why=lag cast=0 wrote=go,open~lag'],
	['silence and news between two looks, as after a restart', `${both}; 590 lag=3`, '590 waiting reopened=1 why=lag'],
	['a value good again is no go again by itself', `${both}; 10 lag=9; 20 lag=3`, '20 waiting canGo=true cast=0 reopened=1'],
	[
		'reopened twice',
		`${both}; 10 lag=9; 20 lag=3; 21 ced:go; 22 dir:go; 30 lag=blind`,
		'30 waiting reopened=2 why=lag lag=cannot-look wrote=go,open~lag,go,open~lag',
	],
	['good again once voted anew', `${both}; 10 lag=9; 20 lag=3; 21 ced:go; 22 dir:go`, '22 go standing=good reopened=1'],
	['a blind reading is not met', '0 lag=3; 10 lag=blind', '10 waiting lag=cannot-look lag.value=null lag.age=10 standing=blind'],
	['a blind reading before any', '0 lag=blind', '1 waiting lag=cannot-look lag.age=null'],
	['a blind reading under a go', `${both}; 10 lag=blind`, '10 waiting why=lag reopened=1'],
];

const durationRows: readonly Row[] = [
	['not long enough', '0 lag=3; 30 lag=3', '59 waiting lag=not-long-enough lag.metFor=59', holding],
	['long enough', '0 lag=3; 30 lag=3', '60 waiting lag=met lag.metFor=60', holding],
	['a value outside begins it anew', '0 lag=3; 30 lag=9; 31 lag=3; 60 lag=3', '90 waiting lag=not-long-enough lag.metFor=59', holding],
	['a blind reading begins it anew', '0 lag=3; 30 lag=blind; 31 lag=3; 60 lag=3', '90 waiting lag=not-long-enough lag.metFor=59', holding],
	['a gap begins it anew', '0 lag=3; 61 lag=3; 100 lag=3', '120 waiting lag=not-long-enough lag.metFor=59', holding],
	['no gap at its limit', '0 lag=3; 60 lag=3', '100 waiting lag=met lag.metFor=100', holding],
	['a late reading from within it that was outside begins it anew', '0 lag=3; 30 lag=3; 40 lag=9@-20', '90 waiting lag=not-long-enough', holding],
	['a late reading from before it does not', '10 lag=3; 40 lag=3; 50 lag=9@-45', '70 waiting lag=met lag.metFor=60', holding],
	['a clock that is behind gains no duration', '0 lag=3@-50', '15 waiting lag=stale', holding],
	[
		'a clock that is behind gains none by many readings',
		'0 lag=3@-30; 20 lag=3@-30; 40 lag=3@-30',
		'59 waiting lag=not-long-enough lag.metFor=59',
		holding,
	],
	['a clock that is behind is older than it says', '0 lag=3@-40', '10 waiting lag=met lag.age=50'],
	['a clock that is ahead gains no freshness', '0 lag=3@+30', '61 waiting lag=stale lag.age=61'],
	['a clock that is ahead gains no duration', '0 lag=3@+30; 30 lag=3@+30', '59 waiting lag=not-long-enough lag.metFor=59', holding],
];

const shareRows: readonly Row[] = [
	['a share', '0 verified=50; 0 total=100', '1 waiting checked=outside checked.value=0.5', share],
	['a whole share', '0 verified=100; 0 total=100', '1 waiting checked=met checked.value=1', share],
	['a share of nothing', '0 verified=0; 0 total=0', '1 waiting checked=cannot-look checked.value=null standing=blind', share],
	['a share of what was never reported', '0 verified=100', '1 waiting checked=never-reported', share],
	['a share whose whole went stale', '0 verified=100; 0 total=100', '61 waiting checked=stale checked.age=61', share],
	['a share whose part may be older than its whole', '0 verified=100; 0 total=100; 50 total=100', '100 waiting checked=met checked.age=100', share],
	['a share whose whole grew', '0 verified=100; 0 total=100; 1 ced:go; 2 dir:go; 5 total=200', '5 waiting reopened=1 why=checked', share],
];

const taskRows: readonly Row[] = [
	['a task not done', '0 tick', '1 waiting counted=not-done', { criteria: { counted } }],
	['a task done', '0 conto:started; 1 conto:done; 2 ced:go; 3 dir:go', '3 go counted=met', { criteria: { counted } }],
	['a task reopened', '1 conto:done; 2 ced:go; 3 dir:go; 4 conto:reopened', '4 waiting why=counted reopened=1', { criteria: { counted } }],
];

const voteRows: readonly Row[] = [
	['one of two', '0 lag=3; 1 ced:go', '2 waiting cast=1 votes=go/- decided=null'],
	['a vote ages out', both, '601 waiting decided=go lag=stale votes=-/go'],
	['a vote ages out under a go', `${both}; ${fresh}; 601 tick`, '601 waiting why=vote/ced reopened=1 lag=met wrote=go,open~vote/ced'],
	['a vote lasts to its limit', `${both}; ${fresh}; 600.9 tick`, '600.9 go votes=go/go'],
	['renewed in time', `${both}; 50 lag=3; 100 lag=3; 150 lag=3; 150 ced:go; 151 dir:go`, '151 go runsOut=599/600'],
	['the same vote twice counts once', '0 lag=3; 1 ced:go; 1 ced:go', '1 waiting cast=1 votes=go/-'],
	['a vote changed', '0 lag=3; 1 ced:hold; 2 dir:go; 3 ced:go', '3 go wrote=hold~vote/ced,go'],
	['one hold stops it', '0 lag=3; 1 ced:go; 2 dir:hold', '2 hold standing=watch wrote=hold~vote/dir'],
	['a hold after go', `${both}; 3 dir:hold`, '3 hold decided=hold reopened=0 votes=go/hold'],
	['a hold taken away after go', `${both}; 3 dir:hold; 4 dir:go`, '4 go reopened=0 wrote=go,hold~vote/dir,go'],
	['a hold and a flip together', `${both}; ~3 dir:hold; 4 lag=9`, '4 hold reopened=1 why=lag votes=-/hold wrote=go,open~lag,hold~vote/dir'],
	['a hold that ages out', '0 lag=3; 1 dir:hold; 601 tick', '601 waiting reopened=0 wrote=hold~vote/dir,open~vote/dir'],
	['a tie of go and hold', '0 lag=3; 1 ced:go; 2 dir:go; 3 er:hold', '3 hold', twoOfThree],
	['a tie of go and back', '0 lag=3; 1 ced:go; 2 dir:back', '2 hold votes=go/back'],
	['as many backs as it takes', '0 lag=3; 1 ced:back; 2 dir:back', '2 back standing=bad wrote=hold~vote/ced,back~vote/dir'],
	['back needs no criterion', '0 lag=blind; 1 ced:back; 2 dir:back', '2 back standing=bad'],
	['hold needs no criterion', '1 ced:hold', '2 hold standing=blind'],
	['one back of minimum one turns it', '0 lag=3; 1 ced:go; 2 er:back', '2 back', oneOfThree],
	['two of three', '0 lag=3; 1 ced:go; 2 er:go', '2 go', twoOfThree],
	['all, where no minimum is named', '0 lag=3; 1 ced:go; 2 er:go', '2 waiting', three],
	['no position of that name', '0 lag=3; 1 nessuno:go', '1 waiting refused=unknown-subject cast=0'],
	['another team’s lead', '0 lag=3; 1 ced:go/altri', '1 waiting refused=not-permitted cast=0'],
	['a commander for a team’s position', '0 lag=3; 1 ced:go/dir', '1 waiting refused=not-permitted cast=0'],
	['a team’s lead for the commander’s', '0 lag=3; 1 dir:go/ced', '1 waiting refused=not-permitted cast=0'],
	['a viewer', '0 lag=3; 1 ced:go/viewer', '1 waiting refused=not-permitted'],
	['a source', '0 lag=3; 1 ced:go/source', '1 waiting refused=not-permitted'],
	['a vote taken back', '0 lag=3; 1 ced:go; 2 ced:undo', '2 waiting cast=0'],
	['a vote taken back to the one before', '0 lag=3; 1 ced:hold; 2 ced:go; 3 ced:undo', '3 hold votes=hold/-'],
	['a vote taken back under a go', `${both}; 3 dir:undo`, '3 waiting reopened=1 why=vote/dir'],
	['a hold taken back opens nothing that was not voted', '0 lag=3; 1 dir:hold; 2 dir:undo', '2 waiting reopened=0 decided=null'],
];

const closingRows: readonly Row[] = [
	['passed at go', `${both}; 3 varco:done`, '3 closed closed=passed standing=good'],
	['passed stays passed when evidence goes', `${both}; 3 varco:done; 10 lag=9; 20 tick`, '900 closed closed=passed standing=good reopened=0'],
	['not passed while waiting', '0 lag=3; 3 varco:done', '3 waiting refused=gate-not-go closed=null'],
	['not passed on a go that fell between two looks', `${both}; ~3 lag=9; ~4 varco:done`, '4 waiting refused=gate-not-go closed=null'],
	['not skipped', `${both}; 3 varco:skipped`, '3 go closed=null'],
	['no vote after it was passed', `${both}; 3 varco:done; 4 dir:hold`, '4 closed refused=gate-closed votes=go/go'],
	['reopened by a person: all vote anew', `${both}; 3 varco:done; 4 varco:reopened`, '4 waiting cast=0 decided=null reopened=0'],
	['runs out of time', '0 lag=3; 1 ced:go; 100 tick', '100 closed closed=expired standing=bad wrote=expired', timed],
	['runs out of time before Regia looks', '0 lag=3; 1 ced:go', '100 closed closed=expired canGo=false standing=bad', timed],
	['a second before', '0 lag=3', '99 waiting left=1', timed],
	['no vote after its time', '0 lag=3; 50 lag=3; ~100 ced:go', '100 closed refused=gate-closed', timed],
	['at go when its time comes', `${both}; 50 lag=3; 100 lag=3; 100 tick`, '100 go', timed],
	['at go past its time, then it falls', `${both}; 50 lag=3; 100 lag=3; 120 lag=9`, '120 closed closed=expired wrote=go,open~lag,expired', timed],
	['passed past its time while at go', `${both}; 50 lag=3; 100 lag=3; 110 varco:done`, '110 closed closed=passed', timed],
	['a hold when its time comes', '0 lag=3; 1 dir:hold; 100 tick', '100 closed closed=expired', timed],
];

const neverRows: readonly Row[] = [
	['no criteria', '1 ced:go; 2 dir:go', '2 waiting canGo=false refused=criteria-not-met/criteria-not-met', { criteria: {} }],
	['no positions', '0 lag=3', '1 waiting canGo=false cast=0', { positions: {} }],
	['a criterion without bounds', '0 lag=3; 1 ced:go', '1 waiting lag=outside', { criteria: { lag: { ...lag, atMost: undefined } } }],
	['a minimum that nobody can reach', both, '2 waiting', { minimum: 3 }],
	[
		'a measure that there is none of',
		'0 lag=3; 1 ced:go',
		'1 waiting lag=never-reported',
		{ criteria: { lag: { ...lag, measure: 'archive.luck' } } },
	],
	[
		'a share of a measure that there is none of',
		'0 lag=3; 1 ced:go',
		'1 waiting lag=never-reported',
		{ criteria: { lag: { ...lag, of: 'archive.luck' } } },
	],
	[
		'one of two criteria',
		'0 lag=3; 1 ced:go',
		'1 waiting errors=never-reported lag=met',
		{ criteria: { lag, errors: { ...lag, measure: 'archive.errors' } } },
	],
];

const all = {
	evidence: evidenceRows,
	duration: durationRows,
	share: shareRows,
	task: taskRows,
	vote: voteRows,
	closing: closingRows,
	never: neverRows,
};

describe.each(Object.entries(all))('%s', (_kind, rows) => {
	test.each(rows.map(([name, script, expected, gate = {}]) => [name, script, expected, gate] as const))('%s', (_name, ...row) => check(...row));
});

test('there are as many rows as were asked for, and more', () => {
	const count = Object.values(all).flat().length;
	console.log(`gates: ${count} rows`);
	expect(count).toBeGreaterThanOrEqual(40);
});

describe('time of a gate', () => {
	test('a gate asks to be looked at a quarter of an hour before its task’s start', () => {
		const { at } = play('2690 lag=3; 2710 lag=3');
		expect([at(2699).standing, at(2700).standing]).toEqual(['good', 'watch']);
	});
});

describe('a change of the plan', () => {
	const next = {
		senza: planOf({ positions: { dir } }),
		altro: planOf({ positions: { ced: { label: 'CED', team: 'altri' }, dir } }),
		stretto: planOf({ criteria: { lag: { ...lag, atMost: 2 } } }),
		nuovo: planOf({ criteria: { lag, errors: { ...lag, measure: 'archive.errors' } } }),
		troppi: planOf({ minimum: 3 }),
		nessuno: planOf({ criteria: {} }),
		via: planOf({}, false),
		stesso: planOf(),
		tempo: planOf({ until: instantAt(500) }),
	};
	const rows: readonly (readonly [string, string, number, object, GateLiteral?])[] = [
		['a position removed takes its vote with it', '0 lag=3; 1 ced:go; 2 plan:senza', 2, { state: 'waiting', cast: 0, minimum: 1 }],
		['a position removed leaves the others’', `${both}; 3 plan:senza`, 3, { state: 'go', cast: 1 }],
		['a position that changed hands has not voted', `${both}; 3 plan:altro`, 3, { state: 'waiting', reopened: { times: 1, why: 'vote/ced' } }],
		['tighter bounds under a go', `${both}; 3 plan:stretto`, 3, { state: 'waiting', reopened: { times: 1, why: 'lag' } }],
		['one more criterion under a go', `${both}; 3 plan:nuovo`, 3, { state: 'waiting', reopened: { why: 'errors' } }],
		['a minimum that is raised beyond all', `${both}; 3 plan:troppi`, 3, { state: 'waiting', reopened: { times: 1, why: 'plan' } }],
		['no criteria any more', `${both}; 3 plan:nessuno`, 3, { state: 'waiting', reopened: { times: 1, why: 'plan' } }],
		['the same gate again', `${both}; 3 plan:stesso`, 3, { state: 'go', cast: 2, reopened: null }],
		['a gate that comes back has read nothing', `${both}; 3 plan:via; 4 plan:stesso`, 4, { state: 'waiting', cast: 0, decided: null }],
		['more time', '0 lag=3; 100 tick; 110 plan:tempo', 110, { state: 'waiting', closed: null }, timed],
	];
	test.each(rows.map(([name, script, second, expected, gate = {}]) => [name, script, second, expected, gate] as const))('%s', (_name, ...row) => {
		const [script, second, expected, gate] = row;
		expect(play(script, planOf(gate), next).at(second)).toMatchObject(expected);
	});

	test('a retired gate is on no board, and samples and votes pass it by', () => {
		const { facts, refused, at } = play('0 lag=3; 1 plan:via; 2 lag=4; 3 ced:go', planOf(), next);
		expect([at(3), refused, Object.keys(facts.gates.watched)]).toEqual([undefined, ['unknown-subject'], []]);
	});
});
