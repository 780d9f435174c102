// What a sheet says is held against the data afterwards: a share and a count of one day that fall below what was printed, and no hair more.
import { describe, expect, it, test } from 'vitest';
import { figureFamilies } from '../../server/domain/press-catalogue.ts';
import { type PressView, pressFigures } from '../../server/domain/press-figures.ts';
import { claimsOf } from '../../server/domain/sheet-claims.ts';
import type { Board, Figure } from '../../shared/board.ts';
import { judgeClaim } from '../../shared/judge-statement.ts';
import { press } from '../../shared/plan-press.ts';
import { checkedNames, isCheckedLater } from '../../shared/press-checked.ts';
import { boardLiteral, literalNow } from '../kit/board-literal.ts';
import { sheetContent } from '../kit/press-literal.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const estates = (at: number, ...shares: readonly (number | null)[]): Board['bodies'] =>
	Object.fromEntries(
		shares.map((share, i) => [
			`asl-${i + 1}`,
			{ label: `ASL ${i + 1}`, estateMoved: share === null ? null : ([share, at, at] as unknown as Figure) },
		]),
	);

/** `bookings`: since midnight, reported at `at`. */
function boardWith({ bodies = {}, bookings }: { readonly bodies?: Board['bodies']; readonly bookings?: readonly [many: number, at: number] }): Board {
	const board = boardLiteral({ bodies });
	const { ps } = board.services;
	if (!ps || bookings === undefined) return board;
	const told = { figures: { ...ps.figures, bookings: [bookings[0], bookings[1], bookings[1]] as unknown as Figure } };
	const growing = { expected: null, growth: null, byHour: {} };
	return { ...board, services: { ...board.services, ps: { ...ps, ...told, bookings: growing } } };
}

const viewOf = (board: Board, policy: Record<string, unknown> = {}, at = literalNow): PressView => ({ board, press: press.parse({ policy }), at });
const claimed = (key: string, view: PressView) => {
	const content = { ...sheetContent, heroes: [{ key, caption: null }], lists: [], chart: null };
	return claimsOf({ content, figures: pressFigures(view).figures, at: view.at }, view);
};

/** What the data of a later board say of a sheet with this one figure, released at its moment. */
function verdictOf(key: string, view: PressView, later: Board, now = view.at + HOUR): string {
	const claims = claimed(key, view);
	const statement = { at: view.at, incident: null, claims, kept: {}, contradicted: null } as unknown as Parameters<typeof judgeClaim>[0];
	const said = { services: {}, networks: {}, dependants: {} } as unknown as Parameters<typeof judgeClaim>[3];
	return claims.map((_, place) => judgeClaim(statement, place, later, said, now).verdict).join() || 'nothing';
}

describe('a share that was told', () => {
	const view = viewOf(boardWith({ bodies: estates(literalNow, 0.71, 0.58, 0.66) }));
	const later = literalNow + HOUR;
	it.each([
		['the mean, as it was', 'bodies.moved', [0.71, 0.58, 0.66], 'holds'],
		['the mean, one a little less', 'bodies.moved', [0.71, 0.58, 0.656], 'holds'],
		['the mean, where others make up for one', 'bodies.moved', [0.79, 0.5, 0.66], 'holds'],
		['the mean, below what was printed', 'bodies.moved', [0.71, 0.58, 0.64], 'contradicted'],
		['the mean, while one is not heard of', 'bodies.moved', [0.71, 0.2, null], 'unknown'],
		['of one, printed the same', 'bodies.moved/asl-2', [0.71, 0.576, 0.66], 'holds'],
		['of one, below what was printed', 'bodies.moved/asl-2', [0.71, 0.57, 0.66], 'contradicted'],
		['of one, more', 'bodies.moved/asl-2', [0.1, 0.6, 0.1], 'holds'],
	])('%s', (_name, key, shares, verdict) => {
		expect(verdictOf(key, view, boardWith({ bodies: estates(later, ...shares) }))).toBe(verdict);
	});

	it('of a whole falls with the first hair; of hardly anything it may be as little as it was', () => {
		const [whole, hardly] = [1, 0.001].map((share) => viewOf(boardWith({ bodies: estates(literalNow, share) })));
		const now = (share: number): Board => boardWith({ bodies: estates(later, share) });
		expect([verdictOf('bodies.moved', whole as PressView, now(1)), verdictOf('bodies.moved', whole as PressView, now(0.999))]).toEqual([
			'holds',
			'contradicted',
		]);
		expect([verdictOf('bodies.moved', hardly as PressView, now(0.001)), verdictOf('bodies.moved', hardly as PressView, now(0))]).toEqual([
			'holds',
			'contradicted',
		]);
	});
});

describe('a count since midnight', () => {
	// 10:00 in Rome; the clocks go back in the night before the 26th, and forward before 30 March 2025.
	const day = (date: string): number => Date.parse(`${date}T08:00:00Z`);
	const view = (date: string, policy: Record<string, unknown> = {}): PressView =>
		viewOf(boardWith({ bookings: [23_333, day(date)] }), policy, day(date));
	const after = (date: string, many: number, hours: number): readonly [Board, number] => {
		const at = day(date) + hours * HOUR;
		return [boardWith({ bookings: [many, at] }), at];
	};
	it.each([
		['more', '2025-10-22', {}, 23_334, 1, 'holds'],
		['less', '2025-10-22', {}, 23_332, 1, 'contradicted'],
		['less than was printed in hundreds', '2025-10-22', { 'service.bookings': { roundTo: 100 } }, 23_240, 1, 'contradicted'],
		['what is printed the same in hundreds', '2025-10-22', { 'service.bookings': { roundTo: 100 } }, 23_260, 1, 'holds'],
		['the next day, which begins anew', '2025-10-22', {}, 12, 15, 'unknown'],
		['just before midnight, of a clock that runs ahead', '2025-10-22', {}, 3, 13.95, 'unknown'],
		['the evening of a day of 25 hours', '2025-10-26', {}, 3, 13, 'contradicted'],
		['the next day after one of 23 hours', '2025-03-30', {}, 3, 14.5, 'unknown'],
	])('%s', (_name, date, policy, many, hours, verdict) => {
		const [board, at] = after(date, many, hours);
		expect(verdictOf('service.bookings/ps', view(date, policy), board, at)).toBe(verdict);
	});

	it('that was not told, as too few, is not held', () => {
		const few = viewOf(boardWith({ bookings: [3, literalNow] }), { 'service.bookings': { smallest: 5 } });
		expect(claimed('service.bookings/ps', few)).toEqual([]);
	});
});

test('what is of its moment alone claims nothing, and the page that says so knows every name', () => {
	const view = viewOf(boardWith({ bodies: estates(literalNow, 0.5) }));
	const ofTheMoment = pressFigures(view).figures.filter(({ key }) => !isCheckedLater(key));
	expect(ofTheMoment.map(({ key }) => key)).toContain('services.availability');
	for (const { key } of ofTheMoment) expect(claimed(key, view), key).toEqual([]);
	const names = new Set(figureFamilies.map(({ name }) => name));
	expect(checkedNames.filter((name) => !names.has(name))).toEqual([]);
});
