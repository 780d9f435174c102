// The rows of a wall's list: in an order that changes only when a standing does, as many as have room, and how many are left out.
import { useRef } from 'react';
import { type Ranked, type StickyOrder, stickyOrder } from '../store/sticky-order.ts';
import { rowsThatFit } from './use-room.ts';

export const LINE_REM = 1.66;
export const SHORT_LINE_REM = 1.5;

/** `room`: the box's height in rem; null: all are shown. `isTight`: the lines stand closer, so that one more has room. */
export function useRows<T extends Ranked>(
	rows: readonly T[],
	room: number | null,
	lineRem = LINE_REM,
): { readonly shown: readonly T[]; readonly left: readonly T[]; readonly isTight: boolean } {
	const order = useRef<StickyOrder | null>(null);
	order.current = stickyOrder(order.current, rows, performance.now());
	const byId = new Map(rows.map((row) => [row.id, row]));
	const all = order.current.ids.flatMap((id) => byId.get(id) ?? []);
	const fitting = (rem: number): number =>
		rowsThatFit(
			all.map(() => rem),
			room,
		);
	const [loose, tight] = [fitting(lineRem), fitting(SHORT_LINE_REM)];
	return { shown: all.slice(0, tight), left: all.slice(tight), isTight: tight > loose };
}
