// A service's latency over time, with axes: for the desk. Loaded only where it is shown.
import { memo } from 'react';
import { CartesianGrid, Line, LineChart, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { formatClock, formatNumber, type Language } from '../../../shared/format.ts';
import { sameShape } from '../../store/same-shape.ts';
import { type ChartSpec, timeTicks, valueTicks } from './chart-spec.ts';
import styles from './er-chart.module.css';

export type LatencyChartProps = {
	readonly spec: ChartSpec;
	/** The chart's stretch, ms UTC. */
	readonly from: number;
	readonly to: number;
	/** The highest value, ms. */
	readonly top: number;
	readonly zone: string;
	readonly language: Language;
	readonly label: string;
};

const tick = { fontSize: 14, fill: 'var(--mid)' };

export const LatencyChart = memo(function LatencyChart({ spec, from, to, top, zone, language, label }: LatencyChartProps) {
	const values = valueTicks(top);
	const times = timeTicks(from, to);
	return (
		<div className={styles.chart} role="img" aria-label={label}>
			<ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 600, height: 220 }}>
				<LineChart data={[...spec.points]} accessibilityLayer={false} margin={{ top: 12, right: 12, bottom: 0, left: 4 }}>
					<CartesianGrid vertical={false} stroke="var(--line)" />
					<XAxis
						dataKey="at"
						type="number"
						domain={[from, to]}
						tickFormatter={(at: number) => formatClock(at, zone)}
						tick={tick}
						stroke="var(--line)"
						ticks={[...times]}
						minTickGap={24}
					/>
					<YAxis
						domain={[0, values.at(-1) ?? top]}
						ticks={[...values]}
						tickFormatter={(value: number) => `${formatNumber(value, language)} ms`}
						tick={tick}
						stroke="none"
						width={78}
					/>
					<Line dataKey="value" type="linear" stroke="var(--data)" strokeWidth={2} dot={false} isAnimationActive={false} connectNulls={false} />
				</LineChart>
			</ResponsiveContainer>
		</div>
	);
}, sameShape);
