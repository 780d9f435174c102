// The restore order as a table: priority, when it was stopped and given back (minutes of the night; – for not), and who was given back too early.
import { expect, it } from 'vitest';
import { brokenOrder } from '../../shared/restore-order.ts';

const NIGHT = 1000;
/** `ps 1 0-` is stopped at 0 and still out; `cce 2 0-30` was given back at 30; `lab 3 --` was never stopped. */
function services(notation: string) {
	return Object.fromEntries(
		notation.split(', ').map((one) => {
			const [id = '', priority = '', times = ''] = one.split(' ');
			const [stopped = '', restored = ''] = times.split('-');
			const at = (text: string): number | null => (text === '' ? null : NIGHT + Number(text));
			return [id, { priority: Number(priority), stoppedAt: at(stopped), restoredAt: at(restored) }];
		}),
	);
}

it.each([
	['nothing is out', 'ps 1 -, cce 2 -', ''],
	['all are out', 'ps 1 0-, cce 2 0-', ''],
	['the first is back first', 'ps 1 0-20, cce 2 0-', ''],
	['the second is back while the first is out', 'ps 1 0-, cce 2 0-30', 'cce before ps'],
	['both are back, the second had been first: it is over', 'ps 1 0-40, cce 2 0-30', ''],
	['the first went down again after the second was back', 'ps 1 50-, cce 2 0-30', ''],
	['of the same urgency', 'ps 1 0-, sala 1 0-30', ''],
	['was never stopped', 'ps 1 0-, cce 2 -30', ''],
	[
		'the most urgent that waits is told first',
		'cce 2 0-, ps 1 0-, lab 3 0-9, ris 4 0-8',
		'lab before ps, ris before ps, lab before cce, ris before cce',
	],
])('%s', (_what, notation, told) => {
	expect(
		brokenOrder(services(notation), NIGHT)
			.map(({ early, waiting }) => `${early} before ${waiting}`)
			.join(', '),
	).toBe(told);
});

it('counts all marks where the night’s beginning is not known', () => {
	expect(brokenOrder(services('ps 1 0-, cce 2 0-30'))).toEqual([{ early: 'cce', waiting: 'ps' }]);
});

it('is of this night: what was given back before it is none of its', () => {
	const before = { ps: { priority: 1, stoppedAt: 500, restoredAt: null }, cce: { priority: 2, stoppedAt: 500, restoredAt: 600 } };
	expect(brokenOrder(before, NIGHT)).toEqual([]);
	expect(brokenOrder(before, 550)).toEqual([{ early: 'cce', waiting: 'ps' }]);
});
