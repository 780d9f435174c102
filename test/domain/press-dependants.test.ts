// What the press is told of those who depend on a service: how many are blocked is all or nothing of the plan's count, and the state says which.
import { describe, expect, it } from 'vitest';
import { pressFigures } from '../../server/domain/press-figures.ts';
import { claimsOf } from '../../server/domain/sheet-claims.ts';
import type { Board } from '../../shared/board.ts';
import { press } from '../../shared/plan-press.ts';
import { breakdownLiteral, breakdownNow } from '../kit/breakdown-literal.ts';
import { sheetContent } from '../kit/press-literal.ts';

describe('the policy’s smallest count', () => {
	it('hides of dependants whose own count is below the plan’s smallest how many are blocked, and whether', () => {
		const failing = breakdownLiteral();
		const counted = (count: number | null): Board => ({
			...failing,
			dependants: Object.fromEntries(Object.entries(failing.dependants).map(([id, one]) => [id, { ...one, count }])),
		});
		const say = press.parse({ policy: { 'dependant.up': { smallest: 5 } } });
		const toldOf = (count: number | null, id: string) =>
			pressFigures({ board: counted(count), press: say, at: breakdownNow }).figures.filter(
				({ key }) => key.startsWith('dependants.') && key.endsWith(`/${id}`),
			);
		const rows = (count: number | null, id: string) => toldOf(count, id).map(({ text }) => text.it);
		// All or nothing of as many as the plan says is no small count: 0 is told as 0, as the state says it already.
		expect([rows(3010, 'ospedali'), rows(3010, 'medici')]).toEqual([
			['operativi', '0'],
			['bloccati', '3.010'],
		]);
		expect([rows(5, 'ospedali'), rows(5, 'medici')]).toEqual([
			['operativi', '0'],
			['bloccati', '5'],
		]);
		expect([rows(null, 'ospedali'), rows(null, 'medici')]).toEqual([['operativi'], ['bloccati']]);
		// Those that work and those that are blocked look the same in all that is published of them.
		const of = (id: string) => toldOf(4, id).map((one) => ({ ...one, key: '', label: '', at: 0 }));
		expect(of('medici')).toEqual(of('ospedali'));
		expect(rows(4, 'medici')).toEqual(['non indicato', 'meno di 5']);
		// Rounded away is not none.
		const coarse = press.parse({ policy: { 'dependant.up': { roundTo: 100 } } });
		const roundly = (count: number) =>
			['medici', 'ospedali'].map((id) => {
				const { figures } = pressFigures({ board: counted(count), press: coarse, at: breakdownNow });
				const found = figures.find(({ key }) => key === `dependants.blocked/${id}`);
				return [found?.text.it, found?.value];
			});
		expect(roundly(12)).toEqual([
			['meno di 100', null],
			['0', 0],
		]);
		expect(roundly(7812)[0]).toEqual(['7.800', 7800]);
		// Nor does a sheet say later that the data contradict what it did not tell.
		const claimed = (count: number) => {
			const view = { board: counted(count), press: say, at: breakdownNow };
			const content = { ...sheetContent, heroes: [{ key: 'dependants.state/ospedali', caption: null }], lists: [], chart: null };
			return claimsOf({ content, figures: pressFigures(view).figures, at: view.at }, view).length;
		};
		expect([claimed(5), claimed(4)]).toEqual([1, 0]);
	});
});
