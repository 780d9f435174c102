// A released sheet that the data contradict is told to the press officer however many sheets came after it, and by the list of sheets too;
// no longer once it is withdrawn or another took its place.
import { expect, test } from 'vitest';
import { contradictedSheets } from '../../client/views/press-contradicted.ts';
import { applyEntry, boardOf, emptyFacts } from '../../server/projections/fold.ts';
import { routes } from '../../server/web/press.route.ts';
import { STATEMENTS_ON_BOARD } from '../../shared/board-incident.ts';
import type { AutoDraft, Entry, MarkDraft } from '../../shared/entry.ts';
import { judge } from '../../shared/judge.ts';
import type { Mark } from '../../shared/mark.ts';
import { type FrozenSheet, SHEETS_ON_BOARD } from '../../shared/press.ts';

const now = Date.parse('2025-07-25T09:00:00Z');
const HOUR = 3_600_000;

function record() {
	const facts = emptyFacts();
	let at = now;
	const append = (entry: object): void => applyEntry(facts, { v: 1, seq: facts.seq + 1, seen: at, at, ...entry } as unknown as Entry);
	const make = (mark: Mark, frozen?: MarkDraft['frozen']): void =>
		append({ kind: 'mark', mark, by: 'person/x', ...(frozen === undefined ? {} : { frozen }) });
	const contradictedIds = (): string[] => {
		const board = boardOf(facts);
		return [...contradictedSheets(board, judge(board, at), at).keys()];
	};
	return {
		facts,
		contradictedIds,
		draft(sheet: string): void {
			const content = {
				template: 'blank',
				title: { it: 'Foglio', en: '' },
				heroes: [],
				chart: null,
				lists: [],
				sentences: [],
				facts: false,
				incident: null,
			};
			const frozen = { id: sheet, content, at, seq: 1, hash: 'a', zone: 'UTC', figures: [], course: null, facts: [] } as unknown as FrozenSheet;
			const claims = [{ kind: 'figure', subject: 'archive/a', measure: 'archive.bytesMoved', atLeast: 5 }] as const;
			make({ kind: 'press', act: 'draft', sheet }, { sheet: frozen, digest: 'd', claims });
		},
		release: (sheet: string, rest: object = {}) => make({ kind: 'press', act: 'release', sheet, ...rest }),
		withdraw: (sheet: string) => make({ kind: 'press', act: 'withdraw', sheet, reason: 'errore' }),
		contradict: (sheet: string) =>
			append({ kind: 'auto', what: 'statement', statement: `sheet-${sheet}`, to: 'contradicted', claim: 0, why: 'outside' } satisfies AutoDraft),
		pass: (hours: number) => {
			at += hours * HOUR;
		},
		at: () => at,
	};
}

/** The sheet, and so many released after it that it has left the board. */
function left(more = SHEETS_ON_BOARD + 1) {
	const r = record();
	r.draft('vecchio');
	r.release('vecchio');
	for (let n = 0; n < more; n += 1) {
		r.draft(`nuovo-${n}`);
		r.release(`nuovo-${n}`);
	}
	expect(boardOf(r.facts).press.rows.vecchio).toBeUndefined();
	return r;
}

test('the 52nd sheet back is told as contradicted, and the list brings it', async () => {
	const r = left();
	expect(r.contradictedIds()).toEqual([]);
	r.contradict('vecchio');
	expect(r.contradictedIds()).toEqual(['vecchio']);
	const route = routes.find(({ method, path }) => method === 'GET' && path === '/api/press');
	const parts = {
		board: () => ({ board: boardOf(r.facts) }),
		head: () => ({ seq: r.facts.seq }),
		press: { sheet: async (id: string) => ({ frozen: { id, content: { title: { it: 'Foglio', en: '' } }, at: now }, draftedAt: now }) },
	};
	const request = { query: new URLSearchParams(), params: {} };
	const reply = (await route?.handle(request as never, parts as never)) as { json: { sheets: { id: string }[]; older: number | null } };
	expect([reply.json.sheets.length, reply.json.sheets.some(({ id }) => id === 'vecchio'), reply.json.older]).toEqual([
		SHEETS_ON_BOARD + 1,
		true,
		r.facts.seq + 1,
	]);
});

test('it stays told after as many sentences as the ledger holds', () => {
	const r = left();
	r.contradict('vecchio');
	for (let n = 0; n <= STATEMENTS_ON_BOARD; n += 1) {
		r.draft(`altro-${n}`);
		r.release(`altro-${n}`);
	}
	expect(r.contradictedIds()).toEqual(['vecchio']);
	r.withdraw('vecchio');
	r.draft('ultimo');
	r.release('ultimo');
	expect([r.contradictedIds(), Object.keys(boardOf(r.facts).statements.rows).length]).toEqual([[], STATEMENTS_ON_BOARD]);
});

test('no longer once another took its place; again where that one was withdrawn before anybody read it', () => {
	const r = left();
	r.contradict('vecchio');
	r.draft('segue');
	r.release('segue', { supersedes: 'vecchio', embargoUntil: r.at() + 2 * HOUR });
	expect(r.contradictedIds()).toEqual([]);
	r.draft('ancora');
	r.release('ancora', { supersedes: 'segue' });
	r.withdraw('segue');
	expect(r.contradictedIds()).toEqual([]);
	r.draft('fine');
	r.release('fine');
	expect(boardOf(r.facts).statements.rows['sheet-vecchio']?.sheet).toEqual({ id: 'vecchio', supersededBy: 'ancora' });
	const other = left();
	other.contradict('vecchio');
	other.draft('segue');
	other.release('segue', { supersedes: 'vecchio', embargoUntil: other.at() + 2 * HOUR });
	other.pass(1);
	other.withdraw('segue');
	expect(other.contradictedIds()).toEqual(['vecchio']);
});
