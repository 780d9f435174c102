// A chart spec as plain SVG paths: what walls and lists draw. Knows no measure and no axis.
import { curveMonotoneX, line } from 'd3-shape';
import { memo } from 'react';
import { sameShape } from '../../store/same-shape.ts';
import type { ChartPoint, ChartSpec } from './chart-spec.ts';
import styles from './path-chart.module.css';

export type PathSeries = { readonly name: 'moved' | 'verified'; readonly spec: ChartSpec };
export type PathChartProps = { readonly series: readonly PathSeries[]; readonly top: number; readonly label: string };

const WIDTH = 240;
const HEIGHT = 48;

/** The path of one series in a box of width × height, with a hole at every gap. */
export function pathOf({ points }: ChartSpec, top: number, width = WIDTH, height = HEIGHT): string {
	const from = points[0]?.at ?? 0;
	const span = Math.max(1, (points.at(-1)?.at ?? 0) - from);
	const draw = line<ChartPoint>()
		.defined((point) => point.value !== null)
		.x((point) => ((point.at - from) / span) * width)
		.y((point) => height - ((point.value ?? 0) / Math.max(1, top)) * height)
		.curve(curveMonotoneX);
	return draw([...points]) ?? '';
}

export const PathChart = memo(function PathChart({ series, top, label }: PathChartProps) {
	return (
		<svg className={styles.chart} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
			{series.map(({ name, spec }) => (
				<path key={name} className={styles[name]} d={pathOf(spec, top)} />
			))}
		</svg>
	);
}, sameShape);
