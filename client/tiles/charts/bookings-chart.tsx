// Bookings a minute hour by hour beside how many were expected, with axes: for the desk. Loaded only where it is shown.
import { memo } from 'react';
import { Bar, CartesianGrid, ComposedChart, Line, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { formatClock } from '../../../shared/format.ts';
import type { BookingHour } from '../../../shared/judge-programme.ts';
import { sameShape } from '../../store/same-shape.ts';
import { valueTicks } from './chart-spec.ts';
import styles from './er-chart.module.css';

export type BookingsChartProps = { readonly hours: readonly BookingHour[]; readonly zone: string; readonly label: string };

const tick = { fontSize: 14, fill: 'var(--mid)' };

export const BookingsChart = memo(function BookingsChart({ hours, zone, label }: BookingsChartProps) {
	const values = valueTicks(Math.max(1, ...hours.map(({ perMinute, expected }) => Math.max(perMinute ?? 0, expected ?? 0))));
	return (
		<div className={styles.chart} role="img" aria-label={label}>
			<ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 600, height: 220 }}>
				<ComposedChart data={[...hours]} accessibilityLayer={false} margin={{ top: 12, right: 8, bottom: 0, left: 0 }}>
					<CartesianGrid vertical={false} stroke="var(--line)" />
					<XAxis dataKey="at" tickFormatter={(at: number) => formatClock(at, zone)} tick={tick} stroke="var(--line)" interval={3} />
					<YAxis domain={[0, values.at(-1) ?? 1]} ticks={[...values]} tick={tick} stroke="none" width={40} />
					<Bar dataKey="perMinute" fill="var(--data)" isAnimationActive={false} />
					<Line
						dataKey="expected"
						type="step"
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
