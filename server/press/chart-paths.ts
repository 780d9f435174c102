// A trend as the paths of a line and of what lies under it: the same curve as the dashboard's. Knows no page.
import { area, curveMonotoneX, line } from 'd3-shape';
import type { SheetChart } from '../../shared/sheet.ts';

type Point = readonly [at: number, value: number | null];

export type Plot = {
	readonly line: string;
	readonly area: string;
	/** px from the left, of an instant; px from the top, of a value. */
	x(at: number): number;
	y(value: number): number;
};

/** In a box of width × height px. Gaps are holes. The foot is 0, or lower where a value is. */
export function plotOf({ points, levels }: Pick<SheetChart, 'points' | 'levels'>, width: number, height: number): Plot {
	const values = [...points.map(([, value]) => value ?? 0), ...levels.map(({ value }) => value)];
	const top = Math.max(0, ...values);
	const foot = Math.min(0, ...values);
	const from = points[0]?.[0] ?? 0;
	const span = Math.max(1, (points.at(-1)?.[0] ?? 0) - from);
	const x = (at: number): number => ((at - from) / span) * width;
	const y = (value: number): number => height - ((value - foot) / (top - foot || 1)) * height;
	const isDefined = ([, value]: Point): boolean => value !== null;
	const across = ([at]: Point): number => x(at);
	const up = ([, value]: Point): number => y(value ?? 0);
	return {
		line: line<Point>().defined(isDefined).x(across).y(up).curve(curveMonotoneX)([...points]) ?? '',
		area: area<Point>().defined(isDefined).x(across).y0(y(0)).y1(up).curve(curveMonotoneX)([...points]) ?? '',
		x,
		y,
	};
}
