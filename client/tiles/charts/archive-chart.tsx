// Moved and verified over time, with axes: the desk's chart, and the only importer of Recharts. Loaded only where it is shown.
import { memo } from 'react';
import { Area, CartesianGrid, ComposedChart, Line, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { byteUnitFor, formatBytesIn, formatClock, formatNumber, type Language } from '../../../shared/format.ts';
import { sameShape } from '../../store/same-shape.ts';
import styles from './archive-chart.module.css';
import { type BandPoint, type ChartSpec, timeTicks, valueTicks } from './chart-spec.ts';

export type ArchiveChartProps = {
	readonly moved: ChartSpec;
	readonly verified: ChartSpec;
	/** Where what is verified is expected to go. */
	readonly band: readonly BandPoint[];
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

type Row = { at: number; moved: number | null; verified: number | null; band: readonly [number, number] | null };
const tick = { fontSize: 14, fill: 'var(--mid)' };

export const ArchiveChart = memo(function ArchiveChart({
	moved,
	verified,
	band,
	from,
	to,
	now,
	top,
	inBytes,
	zone,
	language,
	label,
}: ArchiveChartProps) {
	const rows: Row[] = moved.points.map((point, i) => ({ at: point.at, moved: point.value, verified: verified.points[i]?.value ?? null, band: null }));
	for (const { at, low, high } of band) rows.push({ at, moved: null, verified: null, band: [low, high] });
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
