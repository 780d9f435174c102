// Arrivals hour by hour beside how many were expected, with axes: for the desk. Loaded only where it is shown.
import { memo, useId } from 'react';
import { Bar, CartesianGrid, ComposedChart, Line, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { formatClock } from '../../../shared/format.ts';
import { sameShape } from '../../store/same-shape.ts';
import { valueTicks } from './chart-spec.ts';
import styles from './er-chart.module.css';

/** `arrived` null: nobody can say; `known` part: nobody can say that these are all. `expected` null: the plan and history say nothing. */
export type ArrivalHour = {
	readonly at: number;
	readonly arrived: number | null;
	readonly known: 'all' | 'part' | 'none';
	readonly expected: number | null;
};
export type ErArrivalsChartProps = { readonly hours: readonly ArrivalHour[]; readonly zone: string; readonly label: string };

const tick = { fontSize: 14, fill: 'var(--mid)' };

export const ErArrivalsChart = memo(function ErArrivalsChart({ hours, zone, label }: ErArrivalsChartProps) {
	const hatch = `hatch${useId().replace(/[^a-z0-9]/gi, '')}`;
	const values = valueTicks(Math.max(1, ...hours.map(({ arrived, expected }) => Math.max(arrived ?? 0, expected ?? 0))));
	const top = values.at(-1) ?? 1;
	// What is not known is hatched over all that it could be, above what is.
	const rows = hours.map((hour) => ({ ...hour, unknown: hour.known === 'all' ? null : top - (hour.arrived ?? 0) }));
	return (
		<div className={styles.chart} role="img" aria-label={label}>
			<ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 600, height: 220 }}>
				<ComposedChart data={rows} accessibilityLayer={false} margin={{ top: 12, right: 8, bottom: 0, left: 0 }}>
					<CartesianGrid vertical={false} stroke="var(--line)" />
					<XAxis dataKey="at" tickFormatter={(at: number) => formatClock(at, zone)} tick={tick} stroke="var(--line)" interval={3} />
					<YAxis domain={[0, top]} ticks={[...values]} tick={tick} stroke="none" width={40} />
					<defs>
						<pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
							<rect width="6" height="6" fill="var(--blind-bg)" />
							<rect width="1.5" height="6" fill="var(--mid)" />
						</pattern>
					</defs>
					<Bar dataKey="arrived" stackId="hour" fill="var(--data)" isAnimationActive={false} />
					<Bar dataKey="unknown" stackId="hour" fill={`url(#${hatch})`} isAnimationActive={false} />
					<Line
						dataKey="expected"
						type="stepAfter"
						stroke="var(--ink)"
						strokeWidth={2}
						strokeDasharray="5 4"
						dot={false}
						isAnimationActive={false}
						connectNulls={false}
					/>
				</ComposedChart>
			</ResponsiveContainer>
		</div>
	);
}, sameShape);
