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
	const top = values.at(-1) ?? 1;
	const data = hours.map((hour) => ({ ...hour, unknown: hour.perMinute === null ? top : null }));
	return (
		<div className={styles.chart} role="img" aria-label={label}>
			<ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 600, height: 220 }}>
				<ComposedChart data={data} accessibilityLayer={false} margin={{ top: 12, right: 8, bottom: 0, left: 0 }}>
					<CartesianGrid vertical={false} stroke="var(--line)" />
					<XAxis dataKey="at" tickFormatter={(at: number) => formatClock(at, zone)} tick={tick} stroke="var(--line)" interval={3} />
					<YAxis domain={[0, top]} ticks={[...values]} tick={tick} stroke="none" width={40} />
					{/* An hour without bookings is empty; one of which nobody can say is a column of its own. */}
					<Bar dataKey="unknown" stackId="hour" fill="var(--line)" fillOpacity={0.7} isAnimationActive={false} />
					<Bar dataKey="perMinute" stackId="hour" fill="var(--data)" isAnimationActive={false} />
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
