// Order: news, history and repeats, also while a batch is on its way and after one that could not be kept.
import { describe, expect, it } from 'vitest';
import { createOrder } from '../../server/domain/order.ts';
import type { SeriesCell } from '../../server/domain/series.ts';
import type { Sample } from '../../shared/sample.ts';

const at = (instant: number): { sample: Sample; index: number } => ({
	index: instant,
	sample: { subject: 'archive/a', measure: 'archive.bytesMoved', value: 1, at: instant },
});
function knows(times: Omit<SeriesCell, 'value' | 'id'>) {
	const series = { 'archive/a': { 'archive.bytesMoved': { value: 1, id: 'a', ...times } } };
	return createOrder(() => series);
}

describe('createOrder', () => {
	it('lets news through and counts none late', () => {
		const { samples, late } = knows({ valueAt: null, newest: 5, recent: [5] })([at(6), at(7)]);
		expect([samples.length, late]).toEqual([2, 0]);
	});

	it('keeps history and counts it late', () => {
		const { samples, late } = knows({ valueAt: null, newest: 5, recent: [5] })([at(3), at(6)]);
		expect([samples.length, late]).toEqual([2, 1]);
	});

	it('refuses an instant that the record has, in old batches and in the same one', () => {
		const order = knows({ valueAt: null, newest: 5, recent: [4, 5] });
		const ordered = order([at(4), at(6), at(6)]);
		expect(ordered.contested).toBe(false);
		expect(ordered.refused.map((one) => [one.index, one.code])).toEqual([
			[4, 'duplicate'],
			[6, 'duplicate'],
		]);
	});

	it('knows a repeat of a first batch also when another has made its series known meanwhile', () => {
		const series: Record<string, Record<string, SeriesCell>> = {};
		const order = createOrder(() => series);
		order([at(6)]);
		series['archive/a'] = { 'archive.bytesMoved': { value: 1, valueAt: null, newest: 9, recent: [9], id: 'a' } };
		expect(order([at(6)])).toMatchObject({ refused: [{ code: 'duplicate' }], contested: true });
	});

	it('refuses a repeat of what is on its way, and lets it be sent again once that failed', () => {
		const order = knows({ valueAt: null, newest: 5, recent: [5] });
		const first = order([at(6)]);
		expect(order([at(6)])).toMatchObject({ refused: [{ code: 'duplicate' }], contested: true });
		first.release();
		expect(order([at(6)]).refused).toHaveLength(0);
	});
});
