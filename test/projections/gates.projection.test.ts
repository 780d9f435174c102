// The fold of gates: what the plan leaves out, what a sample costs, what an entry may not do, and that a checkpoint is as good as the entries.
import { describe, expect, test } from 'vitest';
import { applyEntry, boardOf, emptyFacts, type Facts } from '../../server/projections/fold.ts';
import type { Draft } from '../../shared/entry.ts';
import { judge } from '../../shared/judge.ts';
import type { Mark } from '../../shared/mark.ts';
import type { MeasureName } from '../../shared/measures.ts';
import { ced, checked, dir, instantAt, lag, openPlay, planOf, START } from '../domain/gate-play.ts';

function fold(...drafts: readonly Draft[]): Facts {
	const facts = emptyFacts();
	for (const [n, draft] of drafts.entries()) applyEntry(facts, { v: 1, seq: n + 1, seen: START + n * 1000, ...draft });
	return facts;
}
const accepted = (gate?: Parameters<typeof planOf>[0]): Draft => ({
	kind: 'plan',
	plan: planOf(gate),
	text: '',
	digest: 'd',
	by: 'prova',
	rehearsal: true,
});
const said = (measure: MeasureName, value: number, subject: 'archive/a' | 'archive/b' = 'archive/a'): Draft => ({
	kind: 'samples',
	source: 'one',
	samples: [{ subject, measure, value, at: START }],
});
const made = (mark: Mark): Draft => ({ kind: 'mark', mark, by: 'prova', at: START });
const decided = (to: 'go' | 'hold' | 'open' | 'expired', gate = 'varco'): Draft => ({
	kind: 'auto',
	what: 'gate',
	gate,
	to,
	why: 'lag',
	evidence: {},
});
const cellOf = (facts: Facts) => facts.gates.cells.varco;

describe('what a plan leaves out', () => {
	const criterion = (literal: object) =>
		fold(accepted({ criteria: { one: { label: 'One', subject: 'archive/a', ...literal } } })).gates.cells.varco?.live.criteria.one;

	test('the minimum is all positions, the task is the one of kind gate that names it', () => {
		const { live } = cellOf(fold(accepted())) ?? {};
		expect([live?.minimum, live?.task, live?.until, live?.voteHoldsMs]).toEqual([2, 'passaggio', null, 600_000]);
	});

	test.each([
		['the archive’s own limit', { measure: 'archive.lag', atMost: 5 }, 60_000, undefined, 's'],
		['the archive’s own limit of what a check proved', { measure: 'archive.bytesVerified', atLeast: 1 }, 300_000, undefined, 'B'],
		['each its own, in a share', { measure: 'archive.bytesVerified', of: 'archive.bytesTotal', atLeast: 1 }, 300_000, 60_000, 'share'],
		['the plan’s, for both', { measure: 'archive.bytesVerified', of: 'archive.bytesTotal', atLeast: 1, maxAge: '10s' }, 10_000, 10_000, 'share'],
		['the measure’s, where the archive has none', { subject: 'archive/b', measure: 'archive.bytesVerified', atLeast: 1 }, 900_000, undefined, 'B'],
	] as const)('how old evidence may be: %s', (_name, literal, maxAgeMs, ofMaxAgeMs, unit) => {
		const found = criterion(literal);
		expect([found?.maxAgeMs, found?.ofMaxAgeMs, found?.unit]).toEqual([maxAgeMs, ofMaxAgeMs, unit]);
	});
});

describe('a sample', () => {
	test('finds the criteria that it is about by its subject and measure, and no gate is touched by another', () => {
		const facts = fold(accepted({ criteria: { lag, checked } }));
		expect(facts.gates.watched).toEqual({
			'archive/a': {
				'archive.lag': [['varco', 'lag']],
				'archive.bytesVerified': [['varco', 'checked']],
				'archive.bytesTotal': [['varco', 'checked']],
			},
		});
		const before = cellOf(facts)?.live;
		const next = (draft: Draft): void => applyEntry(facts, { v: 1, seq: facts.seq + 1, seen: START, ...draft });
		next(said('archive.errors', 1));
		next(said('archive.lag', 1, 'archive/b'));
		expect(cellOf(facts)?.live).toBe(before);
		next(said('archive.lag', 1));
		expect(cellOf(facts)?.live.criteria.lag?.figure).toEqual([1, START, START]);
		expect(cellOf(facts)?.live.criteria.checked).toBe(before?.criteria.checked);
	});

	test('leaves a board that was shown before as it was', () => {
		const facts = fold(accepted(), said('archive.lag', 1));
		const shown = boardOf(facts);
		const copy = structuredClone(shown);
		applyEntry(facts, { v: 1, seq: 3, seen: START + 9000, ...said('archive.lag', 9) });
		applyEntry(facts, { v: 1, seq: 4, seen: START + 9000, ...made({ kind: 'vote', gate: 'varco', position: 'ced', vote: 'hold' }) });
		expect(shown).toEqual(copy);
	});
});

describe('an entry that comes too late, or names what there is not', () => {
	const vote: Mark = { kind: 'vote', gate: 'varco', position: 'ced', vote: 'go' };
	const pass: Mark = { kind: 'task', task: 'passaggio', state: 'done' };
	const rows: readonly (readonly [string, readonly Draft[], object])[] = [
		['a vote on a gate that there is not', [made({ ...vote, gate: 'constructor' })], { votes: {} }],
		['a vote for a position that there is not', [made({ ...vote, position: 'constructor' })], { votes: {} }],
		['a vote after it was closed', [decided('expired'), made(vote)], { votes: {}, closed: ['expired', START + 1000, 'auto'] }],
		['a decision after it was closed', [decided('expired'), decided('go')], { decided: null }],
		['a decision on a gate that there is not', [decided('go', 'constructor'), decided('go', 'altro')], { decided: null }],
		['passing while nothing is decided', [made(pass)], { closed: null }],
		['passing while it is on hold', [decided('hold'), made(pass)], { closed: null }],
		['passing after the go fell', [decided('go'), decided('open'), made(pass)], { closed: null, reopened: [1, START + 2000, 'lag'] }],
		['running out of time after it was passed', [decided('go'), made(pass), decided('expired')], { closed: ['passed', START, 'prova'] }],
		['taking back the passing', [decided('go'), made(pass), made({ kind: 'undo', seq: 3 })], { closed: null, decided: { state: 'go' } }],
		['taking back what is no vote', [made(vote), made({ kind: 'undo', seq: 1 })], { votes: { ced: ['go', START, 'prova'] } }],
		['taking back a vote that fell with its go', [made(vote), decided('go'), decided('open'), made({ kind: 'undo', seq: 2 })], { votes: {} }],
		['taking back a vote twice', [made(vote), made({ kind: 'undo', seq: 2 }), made({ kind: 'undo', seq: 2 })], { votes: {} }],
	];
	test.each(rows)('%s', (_name, drafts, expected) => {
		expect(cellOf(fold(accepted(), ...drafts))?.live).toMatchObject(expected);
		const { votes } = expected as { votes?: object };
		if (votes !== undefined) expect(cellOf(fold(accepted(), ...drafts))?.live.votes).toEqual(votes);
	});
});

test('from a checkpoint at any entry the board is the same, at any moment', () => {
	const { facts, step } = openPlay(planOf({ criteria: { lag: { ...lag, holdFor: '10s' } }, positions: { ced, dir } }));
	const copies: { readonly line: number; readonly facts: Facts }[] = [];
	const script =
		'0 lag=3; 5 lag=3; 10 lag=3; 11 ced:go; 12 dir:go; 13 lag=blind; 20 lag=3; 31 ced:go; 32 ced:undo; 33 ced:hold; 40 lag=3; 41 ced:go; 42 dir:go; 43 varco:done';
	const lines = script.split('; ');
	for (const [line, text] of lines.entries()) {
		copies.push({ line, facts: JSON.parse(JSON.stringify(facts)) as Facts });
		step(text);
	}
	expect(boardOf(facts).gates.varco?.closed?.[0]).toBe('passed');
	for (const copy of copies) {
		const resumed = openPlay(undefined, {}, copy.facts);
		for (const text of lines.slice(copy.line)) resumed.step(text);
		for (const second of [43, 60, 200, 700]) {
			const now = Date.parse(instantAt(second));
			expect(judge(boardOf(resumed.facts), now).gates).toEqual(judge(boardOf(facts), now).gates);
		}
	}
});
