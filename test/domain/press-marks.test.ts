// Marks about press sheets, row by row: who may release what in which state, and which number it gets, also where a year ends.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { admitMark } from '../../server/domain/admit-mark.ts';
import { isSamePerson } from '../../server/domain/admit-press-mark.ts';
import { armedActOf } from '../../server/domain/gate-arm.ts';
import { wasPublic } from '../../server/domain/sheet-life.ts';
import { applyPressMark, emptyPress, type PressCells, showPress } from '../../server/projections/press.projection.ts';
import { type Board, emptyBoard } from '../../shared/board.ts';
import type { Entry, MarkDraft } from '../../shared/entry.ts';
import type { Mark } from '../../shared/mark.ts';
import { type FrozenSheet, type PressFacts, SHEETS_ON_BOARD } from '../../shared/press.ts';

const HOUR = 3_600_000;
const now = Date.parse('2025-07-25T09:00:00Z');

const frozenOf = (id: string, zone = 'Europe/Rome'): FrozenSheet => ({
	id,
	content: {
		template: 'blank',
		title: { it: `Foglio ${id}`, en: '' },
		heroes: [],
		chart: null,
		lists: [],
		sentences: [],
		facts: false,
		incident: null,
	},
	at: now,
	seq: 1,
	hash: 'aaaaaaaaaaaa',
	zone,
	rehearsal: false,
	plan: { id: 'prova', name: 'Prova', digest: 'd' },
	figures: [],
	course: null,
	facts: [],
});

/** A night of marks about sheets, each at its instant. */
function desk(zone?: string) {
	const cells: PressCells = emptyPress();
	let seq = 0;
	const make = (mark: Mark, by: string, at: number, frozen?: MarkDraft['frozen']) => {
		seq += 1;
		const entry = { kind: 'mark', mark, by, at, seq, seen: at, hash: '', ...(frozen === undefined ? {} : { frozen }) } as unknown as Entry &
			MarkDraft;
		return applyPressMark(cells, entry);
	};
	return {
		cells,
		draft: (sheet: string, by = 'person/autore', at = now) =>
			make({ kind: 'press', act: 'draft', sheet }, by, at, { sheet: frozenOf(sheet, zone), digest: `digest-${sheet}`, claims: [] }),
		release: (sheet: string, at = now, rest: { supersedes?: string; embargoUntil?: number } = {}) =>
			make({ kind: 'press', act: 'release', sheet, ...rest }, 'person/approva', at),
		withdraw: (sheet: string, at = now) => make({ kind: 'press', act: 'withdraw', sheet, reason: 'errore' }, 'person/approva', at),
		rows: () => showPress(cells).rows,
		board: (): Board => ({ ...emptyBoard, press: showPress(cells) }),
		states: () =>
			Object.entries(showPress(cells).rows)
				.map(([id, { state, number, year }]) => `${id} ${state}${number === null ? '' : ` ${number}/${year}`}`)
				.join(', '),
	};
}

const ofState: Readonly<Record<string, () => ReturnType<typeof desk>>> = {
	draft: () => {
		const d = desk();
		d.draft('uno');
		return d;
	},
	released: () => {
		const d = ofState.draft?.() ?? desk();
		d.release('uno');
		return d;
	},
	superseded: () => {
		const d = ofState.released?.() ?? desk();
		d.draft('due');
		d.release('due', now, { supersedes: 'uno' });
		return d;
	},
	withdrawn: () => {
		const d = ofState.released?.() ?? desk();
		d.withdraw('uno');
		return d;
	},
};

type Row = readonly [state: string, mark: Mark, by: string, code: string | null];
const release = (rest: object = {}): Mark => ({ kind: 'press', act: 'release', sheet: 'uno', ...rest }) as Mark;
const withdraw = (): Mark => ({ kind: 'press', act: 'withdraw', sheet: 'uno', reason: 'errore' });
const rows: readonly Row[] = [
	['draft', release(), 'person/approva', null],
	['draft', release(), 'person/autore', 'own-sheet'],
	['draft', release(), 'person/Autore', 'own-sheet'],
	['draft', release(), 'person/ autore ', 'own-sheet'],
	['draft', release(), 'person/ａｕｔｏｒｅ', 'own-sheet'],
	['draft', release({ embargoUntil: now + 1 }), 'person/approva', null],
	['draft', release({ embargoUntil: now }), 'person/approva', 'embargo-past'],
	['draft', release({ embargoUntil: now - HOUR }), 'person/approva', 'embargo-past'],
	['draft', release({ supersedes: 'tre' }), 'person/approva', 'unknown-subject'],
	['draft', release({ supersedes: 'constructor' }), 'person/approva', 'unknown-subject'],
	['draft', release({ supersedes: 'uno' }), 'person/approva', 'not-released'],
	['draft', { kind: 'press', act: 'release', sheet: 'tre' }, 'person/approva', 'unknown-subject'],
	['draft', { kind: 'press', act: 'release', sheet: 'constructor' }, 'person/approva', 'unknown-subject'],
	['draft', { kind: 'press', act: 'draft', sheet: 'tre' }, 'person/autore', 'not-composed'],
	['draft', withdraw(), 'person/approva', null],
	['released', release(), 'person/approva', 'already'],
	['released', withdraw(), 'person/autore', null],
	['superseded', release(), 'person/approva', 'already'],
	['superseded', withdraw(), 'person/approva', null],
	['withdrawn', release(), 'person/approva', 'already'],
	['withdrawn', withdraw(), 'person/approva', 'already'],
];

test.each(rows)('a sheet that is %s and %j by %s: %s', (state, mark, by, code) => {
	const board = (ofState[state] ?? desk)().board();
	expect(admitMark(mark, { board, now, by })?.code ?? null).toBe(code);
});

test.each(['draft', 'superseded', 'withdrawn'])('a sheet takes the place of none that is %s', (state) => {
	const d = (ofState[state] ?? desk)();
	d.draft('nuovo');
	const mark: Mark = { kind: 'press', act: 'release', sheet: 'nuovo', supersedes: 'uno' };
	expect(admitMark(mark, { board: d.board(), now, by: 'person/approva' })?.code).toBe('not-released');
});

test('a draft is taken with what the server froze beside it, and once', () => {
	const d = desk();
	const mark: Mark = { kind: 'press', act: 'draft', sheet: 'uno' };
	expect(admitMark(mark, { board: d.board(), now, by: 'person/autore', isComposed: true })).toBeNull();
	d.draft('uno');
	expect(admitMark(mark, { board: d.board(), now, by: 'person/autore', isComposed: true })?.code).toBe('already');
});

test('what is armed names the sheet, the embargo, the one before it and the reason: a nonce is good for nothing else', () => {
	const { board } = desk();
	const subjects = [
		release(),
		release({ embargoUntil: 5 }),
		release({ supersedes: 'due' }),
		withdraw(),
		{ ...withdraw(), reason: 'altro' } as Mark,
	].map((mark) => armedActOf(mark, board())?.subject);
	expect(new Set(subjects).size).toBe(subjects.length);
	expect(armedActOf({ kind: 'press', act: 'draft', sheet: 'uno' }, board())).toBeNull();
});

test('one person is the same however the name is written, and two are not', () => {
	expect(isSamePerson('person/Anna  Prova', 'person/anna prova')).toBe(true);
	expect(isSamePerson('person/anna-1', 'person/anna-2')).toBe(false);
});

describe('a sheet whose successor is withdrawn', () => {
	const later = now + HOUR;
	const chain = (embargoUntil?: number) => {
		const d = desk();
		for (const id of ['a', 'b', 'c', 'd']) d.draft(id);
		d.release('a');
		d.release('b', now, { supersedes: 'a', ...(embargoUntil === undefined ? {} : { embargoUntil }) });
		return d;
	};
	const stand = (d: ReturnType<typeof desk>): string =>
		['a', 'b', 'c'].map((id) => `${d.rows()[id]?.state}${d.rows()[id]?.supersededBy == null ? '' : ` by ${d.rows()[id]?.supersededBy}`}`).join(', ');

	test('under its embargo holds again, and can be superseded', () => {
		const d = chain(later);
		d.withdraw('b', now + 1);
		expect(stand(d)).toBe('released, withdrawn, draft');
		const mark: Mark = { kind: 'press', act: 'release', sheet: 'c', supersedes: 'a' };
		expect(admitMark(mark, { board: d.board(), now, by: 'person/approva' })).toBeNull();
	});

	test('after it was out stays superseded by it', () => {
		const d = chain();
		d.withdraw('b', now + 1);
		expect(stand(d)).toBe('superseded by b, withdrawn, draft');
	});

	test('under its embargo, with a successor of its own, is superseded by that; and holds again once that was never out either', () => {
		const d = chain(later);
		d.release('c', now, { supersedes: 'b', embargoUntil: later });
		d.withdraw('b', now + 1);
		expect(stand(d)).toBe('superseded by c, withdrawn by c, draft'.replace('draft', 'released'));
		d.withdraw('c', now + 2);
		expect(stand(d)).toBe('released, withdrawn by c, withdrawn');
	});
});

describe('numbers', () => {
	test('go up within the year of the plan’s zone and begin anew at its midnight', () => {
		const d = desk('Europe/Rome');
		const marks: [string, string][] = [
			['a', '2025-12-31T22:59:59Z'],
			['b', '2025-12-31T23:00:00Z'],
			['c', '2026-01-01T00:30:00Z'],
			['d', '2026-12-31T22:59:59.999Z'],
			['e', '2026-12-31T23:00:00Z'],
		];
		for (const [id, at] of marks) {
			d.draft(id);
			d.release(id, Date.parse(at));
		}
		expect(d.states()).toBe('a released 1/2025, b released 1/2026, c released 2/2026, d released 3/2026, e released 1/2027');
	});

	test.each([
		['Pacific/Kiritimati', '2025-12-31T10:00:00Z', 2026],
		['America/Los_Angeles', '2026-01-01T07:59:59Z', 2025],
		['UTC', '2025-12-31T23:59:59Z', 2025],
	])('in %s at %s it is %i', (zone, at, year) => {
		const d = desk(zone);
		d.draft('a');
		d.release('a', Date.parse(at));
		expect(d.rows().a?.year).toBe(year);
	});

	test('a clock that goes back at New Year leaves no hole in either year', () => {
		const d = desk('UTC');
		for (const [id, at] of [
			['a', '2026-01-01T00:00:01Z'],
			['b', '2025-12-31T23:59:59Z'],
			['c', '2026-01-01T00:00:02Z'],
		] as const) {
			d.draft(id);
			d.release(id, Date.parse(at));
		}
		expect(d.states()).toBe('a released 1/2026, b released 1/2025, c released 2/2026');
	});

	test('a second release in the record gives no second number, and a withdrawn draft takes none', () => {
		const d = desk();
		for (const id of ['a', 'b', 'c']) d.draft(id);
		d.release('a');
		d.release('a');
		d.withdraw('b');
		d.release('b');
		d.release('c');
		expect(d.states()).toBe('a released 1/2025, b withdrawn, c released 2/2025');
	});

	test('have no holes and no doubles over any order of marks, beyond what the board holds', () => {
		const act = fc.tuple(
			fc.constantFrom('draft', 'release', 'withdraw', 'supersede'),
			fc.integer({ min: 0, max: 90 }),
			fc.integer({ min: 0, max: 90 }),
		);
		fc.assert(
			fc.property(fc.array(act, { maxLength: 300 }), (acts) => {
				const d = desk('UTC');
				const numbers: number[] = [];
				acts.forEach(([what, one, other], n) => {
					const id = `f${one}`;
					const before = d.rows()[id]?.number ?? null;
					const state = d.rows()[id]?.state;
					if (what === 'draft') d.draft(id);
					else if (what === 'withdraw') d.withdraw(id);
					else d.release(id, now + n, what === 'supersede' ? { supersedes: `f${other}` } : {});
					const after = d.rows()[id]?.number ?? null;
					if (before === null && after !== null) numbers.push(after);
					if (state !== undefined && state !== 'draft') expect(d.rows()[id]?.number ?? before).toBe(before);
					expect(Object.keys(d.rows()).length).toBeLessThanOrEqual(SHEETS_ON_BOARD);
				});
				expect(numbers).toEqual(numbers.map((_, n) => n + 1));
			}),
			{ numRuns: 100, seed: 7 },
		);
	});
});

describe('the board', () => {
	test('lets go of what is over first, then of drafts, then of the oldest that holds', () => {
		const d = desk();
		for (let n = 0; n < SHEETS_ON_BOARD; n += 1) d.draft(`f${n}`);
		for (const id of ['f0', 'f1', 'f2']) d.release(id);
		d.withdraw('f2');
		d.draft('g0');
		expect(d.rows().f2).toBeUndefined();
		d.draft('g1');
		expect([d.rows().f0?.state, d.rows().f3]).toEqual(['released', undefined]);
		expect(showPress(d.cells)).toMatchObject({ count: SHEETS_ON_BOARD + 2 });
		expect(Object.keys(d.rows())).toHaveLength(SHEETS_ON_BOARD);
		expect(Object.keys(d.cells.claims)).toHaveLength(SHEETS_ON_BOARD);
	});

	test('a release is a sentence in the ledger, said when its embargo is over', () => {
		const d = desk();
		expect(d.draft('a')).toBeNull();
		expect(d.release('a', now, { embargoUntil: now + HOUR })).toMatchObject({
			statement: 'sheet-a',
			audience: 'public',
			saidAt: now + HOUR,
			text: 'Foglio a',
		});
		expect(d.rows().a?.statement).toBe('sheet-a');
		expect(d.release('a')).toBeNull();
		expect(d.withdraw('a')).toBeNull();
	});

	test('what is frozen is never touched by what becomes of it', () => {
		const d = desk();
		d.draft('a');
		const frozen = d.rows().a?.frozen;
		d.release('a');
		d.draft('b');
		d.release('b', now, { supersedes: 'a' });
		d.withdraw('a');
		expect(d.rows().a?.frozen).toBe(frozen);
		expect(d.rows().a).toMatchObject({ digest: 'digest-a', number: 1, supersededBy: 'b', state: 'withdrawn' });
	});
});

test.each<readonly [string, Partial<PressFacts>, number, boolean]>([
	['never released', {}, now, false],
	['released', { releasedAt: now }, now, true],
	['under embargo', { releasedAt: now, embargoUntil: now + HOUR }, now + HOUR - 1, false],
	['out of embargo', { releasedAt: now, embargoUntil: now + HOUR }, now + HOUR, true],
	['withdrawn under embargo', { releasedAt: now, embargoUntil: now + HOUR, withdrawn: { at: now + 1, by: 'x', reason: 'y' } }, now + 2 * HOUR, false],
	['withdrawn once out', { releasedAt: now, embargoUntil: now + HOUR, withdrawn: { at: now + HOUR, by: 'x', reason: 'y' } }, now + 2 * HOUR, true],
])('%s: whether the public ever read it', (_name, rest, at, isOut) => {
	const d = desk();
	d.draft('a');
	const facts = d.rows().a;
	if (!facts) throw new Error('no sheet');
	expect(wasPublic({ ...facts, ...rest }, at)).toBe(isOut);
});
