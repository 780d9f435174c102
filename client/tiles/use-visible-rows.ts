// Which rows of a long list stand in its window: only those are drawn. All rows are of one height. Knows no row.
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Rows drawn beyond the window's edges, so that a quick scroll finds them there. */
const SPARE_ROWS = 12;
/** The window moves by steps of this many rows: fewer draws while it scrolls. */
const STEP_ROWS = 6;

export type VisibleRows = {
	readonly box: RefObject<HTMLDivElement | null>;
	readonly first: number;
	/** Not included. */
	readonly end: number;
	/** Brings a row into the window. */
	reveal(index: number): void;
	readonly pageRows: number;
};

/** `headPx`: how much of the box a heading that stays in place covers; `startAt`: the row that stands first at the beginning. */
export function useVisibleRows(count: number, rowPx: number, headPx = 0, startAt = 0): VisibleRows {
	const beginAt = useRef(startAt);
	const box = useRef<HTMLDivElement | null>(null);
	const [{ top, height }, setWindow] = useState({ top: 0, height: 0 });

	const measure = useCallback((): void => {
		const element = box.current;
		if (element === null) return;
		const step = STEP_ROWS * rowPx;
		const next = { top: Math.floor(element.scrollTop / step) * step, height: element.clientHeight };
		setWindow((known) => (known.top === next.top && known.height === next.height ? known : next));
	}, [rowPx]);

	// Once, with the first rows: afterwards the list stays where its reader left it.
	useLayoutEffect(() => {
		if (box.current !== null && beginAt.current > 0) box.current.scrollTop = beginAt.current * rowPx;
		beginAt.current = 0;
		measure();
	}, [measure, rowPx]);
	useEffect(() => {
		const element = box.current;
		if (element === null) return;
		element.addEventListener('scroll', measure, { passive: true });
		const observer = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(measure);
		observer?.observe(element);
		return () => {
			element.removeEventListener('scroll', measure);
			observer?.disconnect();
		};
	}, [measure]);

	const reveal = useCallback(
		(index: number): void => {
			const element = box.current;
			if (element === null) return;
			const from = index * rowPx;
			if (from < element.scrollTop) element.scrollTop = from;
			else if (from + rowPx > element.scrollTop + element.clientHeight - headPx) element.scrollTop = from + rowPx + headPx - element.clientHeight;
			measure();
		},
		[rowPx, headPx, measure],
	);

	const first = Math.max(0, Math.floor(top / rowPx) - SPARE_ROWS);
	const shown = Math.ceil(height / rowPx);
	return { box, first, end: Math.min(count, Math.floor(top / rowPx) + shown + STEP_ROWS + SPARE_ROWS), reveal, pageRows: Math.max(1, shown - 1) };
}
