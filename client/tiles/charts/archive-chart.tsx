// Moved and verified over time, with axes: the desk's chart, and the only importer of Recharts. Loaded only where it is shown.
import { memo } from 'react';
import { Area, CartesianGrid, ComposedChart, Line, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { byteUnitFor, formatBytesIn, formatClock, formatNumber, type Language } from '../../../shared/format.ts';
import { sameShape } from '../../store/same-shape.ts';
import styles from './archive-chart.module.css';
import { chartRows } from './chart-rows.ts';
import { type BandPoint, type ChartPoint, type ChartSpec, timeTicks, valueTicks } from './chart-spec.ts';

export type ArchiveChartProps = {
	readonly moved: ChartSpec;
	readonly verified: ChartSpec;
	/** Where what is verified is expected to go. */
	readonly band: readonly BandPoint[];
	/** What had been moved in the rehearsal at the same T+; empty where there is none. */
	readonly ghost: readonly ChartPoint[];
	/** The chart's stretch and the present in it, ms UTC. */
	readonly from: number;
	readonly to: number;
	readonly now: number;
	readonly top: number;
	readonly inBytes: boolean;
	readonly zone: string;
	readonly language: Language;
	readonly label: string;
};

const tick = { fontSize: 14, fill: 'var(--mid)' };

export const ArchiveChart = memo(function ArchiveChart({
	moved,
	verified,
	band,
	ghost,
	from,
	to,
	now,
	top,
	inBytes,
	zone,
	language,
	label,
}: ArchiveChartProps) {
	const rows = [...chartRows({ moved, verified, band, ghost }, to)];
	const values = valueTicks(top);
	const times = timeTicks(from, to);
	const unit = byteUnitFor(values[1] ?? top);
	const told = (value: number): string => (inBytes ? `${formatBytesIn(value, unit, language, 0)} ${unit}` : formatNumber(value, language));
	return (
		<div className={styles.chart} role="img" aria-label={label}>
			<ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 600, height: 260 }}>
				<ComposedChart data={rows} accessibilityLayer={false} margin={{ top: 16, right: 12, bottom: 0, left: 4 }}>
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
					<YAxis domain={[0, values.at(-1) ?? top]} ticks={[...values]} tickFormatter={told} tick={tick} stroke="none" width={78} />
					{now < to && <ReferenceLine x={now} stroke="var(--ink)" strokeWidth={1.5} />}
					<Area dataKey="band" type="linear" fill="var(--verified)" fillOpacity={0.35} stroke="none" isAnimationActive={false} activeDot={false} />
					<Line dataKey="moved" type="monotoneX" stroke="var(--data)" strokeWidth={2.5} dot={false} isAnimationActive={false} connectNulls={false} />
					{ghost.length > 0 && (
						<Line
							dataKey="ghost"
							type="linear"
							stroke="var(--mid)"
							strokeWidth={1.5}
							strokeDasharray="3 4"
							dot={false}
							isAnimationActive={false}
							connectNulls={false}
						/>
					)}
					<Line
						dataKey="verified"
						type="monotoneX"
						stroke="var(--verified)"
						strokeWidth={2.5}
						strokeDasharray="7 4"
						dot={false}
						isAnimationActive={false}
						connectNulls={false}
					/>
				</ComposedChart>
			</ResponsiveContainer>
		</div>
	);
}, sameShape);
