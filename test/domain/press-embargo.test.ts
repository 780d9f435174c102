// A sheet's sentence under embargo: until its moment nothing on the board tells of it, and withdrawn before, it never was, also long after
// its sheet has left the board.
import { expect, test } from 'vitest';
import { applyEntry, boardOf, emptyFacts } from '../../server/projections/fold.ts';
import { statusSheetOf } from '../../server/web/status-sheet.ts';
import type { Entry, MarkDraft } from '../../shared/entry.ts';
import { judge } from '../../shared/judge.ts';
import type { Mark } from '../../shared/mark.ts';
import { type FrozenSheet, SHEETS_ON_BOARD } from '../../shared/press.ts';

const HOUR = 3_600_000;
const now = Date.parse('2025-07-25T09:00:00Z');
const SAYS = 'Parole sotto embargo';

function record() {
	const facts = emptyFacts();
	let at = now;
	const make = (mark: Mark, by = 'person/approva', frozen?: MarkDraft['frozen']): void => {
		const entry = { v: 1, seq: facts.seq + 1, seen: at, kind: 'mark', mark, by, at, ...(frozen === undefined ? {} : { frozen }) };
		applyEntry(facts, entry as unknown as Entry);
	};
	const draft = (sheet: string, incident: string | null = null): void => {
		const content = { template: 'blank', title: { it: SAYS, en: '' }, heroes: [], chart: null, lists: [], sentences: [], facts: false, incident };
		const frozen = { id: sheet, content, at, seq: 1, hash: 'a', zone: 'UTC', figures: [], course: null, facts: [] } as unknown as FrozenSheet;
		make({ kind: 'press', act: 'draft', sheet }, 'person/autore', { sheet: frozen, digest: 'd', claims: [] });
	};
	return {
		make,
		draft,
		release: (sheet: string, inHours: number) =>
			make({ kind: 'press', act: 'release', sheet, ...(inHours === 0 ? {} : { embargoUntil: at + inHours * HOUR }) }),
		withdraw: (sheet: string) => make({ kind: 'press', act: 'withdraw', sheet, reason: 'errore' }),
		pass: (hours: number) => {
			at += hours * HOUR;
			make({ kind: 'note', text: 'passa il tempo' });
		},
		fill: () => {
			for (let n = 0; n <= SHEETS_ON_BOARD; n += 1) draft(`altro-${n}`);
		},
		/** All that tells of it but the sheets themselves, which the views take out. */
		tells: (): boolean => JSON.stringify({ ...boardOf(facts), press: null }).includes(SAYS),
		status: () => {
			const board = boardOf(facts);
			const published = { title: 'Stato', services: [], dependants: [] } as unknown as Parameters<typeof statusSheetOf>[0];
			const { sentences } = statusSheetOf(published, { board, judged: judge(board, at), journal: { writes: true, since: now } });
			return sentences.map(({ noLongerSince }) => (noLongerSince === null ? 'holds' : `until ${(noLongerSince - now) / HOUR}`));
		},
	};
}

test('until its moment neither the sentences nor an incident’s timeline tell of it, and then both do', () => {
	const r = record();
	r.make({ kind: 'incident', act: 'open', incident: 'guasto', title: 'Un guasto' } as Mark);
	r.draft('uno', 'guasto');
	r.release('uno', 2);
	expect([r.tells(), r.status()]).toEqual([false, []]);
	r.pass(1);
	expect([r.tells(), r.status()]).toEqual([false, []]);
	r.pass(1);
	expect([r.tells(), r.status()]).toEqual([true, ['holds']]);
});

test('without an embargo it is told at once', () => {
	const r = record();
	r.draft('uno');
	r.release('uno', 0);
	expect([r.tells(), r.status()]).toEqual([true, ['holds']]);
});

test('withdrawn under embargo it never comes, also when its sheet has left the board', () => {
	const r = record();
	r.make({ kind: 'incident', act: 'open', incident: 'guasto', title: 'Un guasto' } as Mark);
	r.draft('uno', 'guasto');
	r.release('uno', 2);
	r.withdraw('uno');
	r.fill();
	r.pass(3);
	expect([r.tells(), r.status()]).toEqual([false, []]);
});

test.each([
	['on the board', false],
	['off it', true],
])('withdrawn after it was said it no longer holds: its sheet %s', (_, isFull) => {
	const r = record();
	r.draft('uno');
	r.release('uno', 0);
	if (isFull) r.fill();
	r.pass(1);
	r.withdraw('uno');
	r.fill();
	expect(r.status()).toEqual(['until 1']);
});
