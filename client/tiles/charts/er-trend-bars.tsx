// Who was present by code over the last hours, with axes: for the desk. A quarter of an hour without data is a gap. Loaded only where it is shown.
import { memo } from 'react';
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { triageCodes } from '../../../shared/er.ts';
import { formatClock } from '../../../shared/format.ts';
import { sameShape } from '../../store/same-shape.ts';
import type { ErTrend } from '../er-trend-model.ts';
import { timeTicks, valueTicks } from './chart-spec.ts';
import styles from './er-chart.module.css';

export type ErTrendBarsProps = { readonly trend: ErTrend; readonly zone: string; readonly label: string };

const tick = { fontSize: 14, fill: 'var(--mid)' };
const fillOf = {
	'1': 'var(--triage-1)',
	'2': 'var(--triage-2)',
	'3': 'var(--triage-3)',
	'4': 'var(--triage-4)',
	'5': 'var(--triage-5)',
	none: 'var(--edge)',
};

export const ErTrendBars = memo(function ErTrendBars({ trend: { columns, top }, zone, label }: ErTrendBarsProps) {
	const rows = columns.map(({ at, byCode }) => ({ at, ...Object.fromEntries(triageCodes.map((code, i) => [code, byCode?.[i] ?? null])) }));
	const ticks = timeTicks(columns[0]?.at ?? 0, columns.at(-1)?.at ?? 0);
	const values = valueTicks(top);
	return (
		<div className={styles.chart} role="img" aria-label={label}>
			<ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 600, height: 220 }}>
				<BarChart data={rows} accessibilityLayer={false} margin={{ top: 12, right: 8, bottom: 0, left: 0 }} barCategoryGap={1}>
					<CartesianGrid vertical={false} stroke="var(--line)" />
					<XAxis
						dataKey="at"
						tickFormatter={(at: number) => formatClock(at, zone)}
						tick={tick}
						stroke="var(--line)"
						ticks={[...ticks]}
						minTickGap={24}
					/>
					<YAxis domain={[0, values.at(-1) ?? top]} ticks={[...values]} tick={tick} stroke="none" width={40} />
					{triageCodes.map((code) => (
						<Bar
							key={code}
							dataKey={code}
							stackId="present"
							fill={fillOf[code]}
							stroke={code === '5' ? 'var(--edge)' : 'none'}
							strokeWidth={0.5}
							isAnimationActive={false}
						/>
					))}
				</BarChart>
			</ResponsiveContainer>
		</div>
	);
}, sameShape);
