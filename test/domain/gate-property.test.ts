// No sequence of marks, readings and time leaves a gate at go while a criterion is unmet or blind, also between two looks of Regia.
// Random nights by a seed, through the real admission, fold, decisions and judge, beside a truth reckoned from what was said.
import { expect, test } from 'vitest';
import type { GateNow } from '../../shared/judge-night.ts';
import { isFull, say, scaled } from '../faults/kit/scale.ts';
import { ced, counted, dir, er, instantAt, lag, openPlay, planOf } from './gate-play.ts';
import { openTruth, type Rules, type Truth } from './gate-truth.ts';

const NIGHTS = scaled(3000, 250);
const STEPS = 120;
const rules: Rules = { maxAge: 60, voteHolds: 300, minimum: 2, series: { lag: { atMost: 5, holdFor: 30 }, errors: { atMost: 0, holdFor: 0 } } };

const criteria = {
	lag: { ...lag, holdFor: '30s' },
	errors: { label: 'Errors', subject: 'archive/a', measure: 'archive.errors', atMost: 0, maxAge: '60s' },
	counted,
};
const gate = { criteria, positions: { ced, dir, er }, minimum: 2, voteHolds: '300s', until: instantAt(1e6) };
const versions = { uguale: planOf(gate), senza: planOf({ ...gate, positions: { ced, dir } }) };

/** A number in [0, 1) after another, by the seed (mulberry32). */
function chanceBy(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

type Found = { readonly night: number; readonly second: number; readonly against: string; readonly script: string };
type Tally = { looks: number; go: number; reopened: number; passed: number; blind: number; refused: number };
/** `look`: how the state is read; `loses`: a line that the server is not told. */
type Fault = {
	readonly look?: (gate: GateNow, at: (second: number) => GateNow, decidedAt: number) => string;
	readonly loses?: (words: string) => boolean;
};

const weights: readonly (readonly [share: number, words: (chance: () => number) => string])[] = [
	[26, (chance) => `lag=${chance() < 0.06 ? 9 : 3}${skewOf(chance)}`],
	[20, (chance) => `errors=${chance() < 0.04 ? 2 : 0}${skewOf(chance)}`],
	[2, (chance) => `${chance() < 0.5 ? 'lag' : 'errors'}=blind`],
	[28, (chance) => `${pick(['ced', 'dir', 'er'], chance)}:go`],
	[3, (chance) => `${pick(['ced', 'dir', 'er'], chance)}:${pick(['hold', 'back'], chance)}`],
	[3, (chance) => `${pick(['ced', 'dir', 'er'], chance)}:undo`],
	[5, () => 'conto:done'],
	[1, () => 'conto:reopened'],
	[2, () => 'varco:done'],
	[3, () => 'varco:reopened'],
	[1, (chance) => `plan:${pick(['uguale', 'senza', 'uguale'], chance)}`],
	[6, () => 'tick'],
];
const total = weights.reduce((sum, [share]) => sum + share, 0);
const pick = <T>(all: readonly T[], chance: () => number): T => all[Math.floor(chance() * all.length)] as T;
const skewOf = (chance: () => number): string => (chance() < 0.85 ? '' : `@${pick(['+20', '-10', '-40', '-70'], chance)}`);

function wordsBy(chance: () => number): string {
	let left = chance() * total;
	for (const [share, words] of weights) {
		left -= share;
		if (left < 0) return words(chance);
	}
	return 'tick';
}

const gapBy = (chance: () => number): number => {
	const draw = chance();
	return draw < 0.9 ? Math.floor(chance() * 10) : draw < 0.98 ? Math.floor(chance() * 60) : 60 + Math.floor(chance() * 400);
};

/** Tells the truth what the server has taken. */
function tell(truth: Truth, words: string, second: number, isTaken: boolean): void {
	const [, name = '', value = '', skew = '0'] = /^(\w+)=(\w+)(?:@([+-]\d+))?$/.exec(words) ?? [];
	const [whose = '', what = ''] = words.split(':');
	if (name !== '') truth.read(name, value === 'blind' ? null : Number(value), second + Number(skew), second);
	else if (!isTaken) return;
	else if (whose === 'conto') truth.task(what, second);
	else if (what === 'undo') truth.takeBack(whose);
	else if (words === 'plan:senza') truth.removePosition('er');
	else if (['go', 'hold', 'back'].includes(what)) truth.vote(whose, what, second);
}

function playNight(night: number, tally: Tally, { look = ({ state }) => state, loses = () => false }: Fault): Found | null {
	const chance = chanceBy(night + 1);
	const truth = openTruth(rules);
	const played = openPlay(planOf(gate), versions);
	const script: string[] = [];
	let second = 0;
	for (let n = 0; n < STEPS; n += 1) {
		const words = n < 2 ? (['conto:done', 'lag=3'][n] ?? '') : wordsBy(chance);
		const line = `${chance() < 0.4 ? '~' : ''}${second} ${words}`;
		script.push(line);
		const refusedBefore = played.refused.length;
		if (!loses(words)) played.step(line);
		const isTaken = played.refused.length === refusedBefore && !loses(words);
		tell(truth, words, second, isTaken || loses(words));
		if (words === 'varco:done' && isTaken) {
			tally.passed += 1;
			const against = truth.against(second);
			if (against !== null) return { night, second, against: `passed, and ${against}`, script: script.join('; ') };
		}
		const next = second + gapBy(chance);
		// At once, in between, and just before what comes next.
		for (const at of new Set([second, second + Math.floor(chance() * (next - second)), Math.max(second, next - 1)])) {
			const judged = played.at(at);
			tally.looks += 1;
			if (judged.standing === 'blind') tally.blind += 1;
			const state = look(judged, played.at, ((judged.decided?.at ?? 0) - Date.parse(instantAt(0))) / 1000);
			if (state !== 'go') continue;
			tally.go += 1;
			const against = truth.against(at);
			if (against !== null) return { night, second: at, against, script: script.join('; ') };
		}
		second = next;
	}
	const { reopened } = played.at(second);
	tally.reopened += reopened?.times ?? 0;
	tally.refused += played.refused.length;
	return null;
}

function search(nights: number, fault: Fault = {}): { readonly found: Found | null; readonly tally: Tally } {
	const tally: Tally = { looks: 0, go: 0, reopened: 0, passed: 0, blind: 0, refused: 0 };
	for (let night = 0; night < nights; night += 1) {
		const found = playNight(night, tally, fault);
		if (found) return { found, tally };
	}
	return { found: null, tally };
}

test('a gate is never at go while anything stands against it', () => {
	const { found, tally } = search(NIGHTS);
	say('gates', `${NIGHTS} nights of ${STEPS} steps: ${JSON.stringify(tally)}`);
	expect(found).toBeNull();
	// Not by never being at go.
	expect(tally.go).toBeGreaterThan(NIGHTS);
	expect(tally.reopened).toBeGreaterThan(NIGHTS / 5);
	expect(tally.passed).toBeGreaterThan(NIGHTS / 20);
	expect(tally.blind).toBeGreaterThan(NIGHTS);
});

const planted: readonly (readonly [string, Fault])[] = [
	['a judge that trusts what was decided', { look: (one) => (one.closed === null && one.decided?.state === 'go' ? 'go' : one.state) }],
	[
		'a judge that stops ageing once a go was decided',
		{ look: (one, at, decidedAt) => (one.decided?.state === 'go' ? at(decidedAt).state : one.state) },
	],
	['blind readings that are dropped', { loses: (words) => words.endsWith('=blind') }],
	['values outside that are dropped', { loses: (words) => /=(9|2)/.test(words) }],
	['votes taken back that are not', { loses: (words) => words.endsWith(':undo') }],
	['holds that are not heard', { loses: (words) => words.endsWith(':hold') || words.endsWith(':back') }],
	['a task reopened that is not', { loses: (words) => words === 'conto:reopened' }],
];
test.each(planted)('%s would be caught', (name, fault) => {
	const { found } = search(NIGHTS, fault);
	if (!isFull) say('gates', `${name}: ${found ? `night ${found.night}, ${found.against}` : 'not caught'}`);
	expect(found).not.toBeNull();
});
