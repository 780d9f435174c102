// The trend by code as stacked columns, for walls: gaps stay gaps. Knows no axis beyond its top and its ends.
import { memo } from 'react';
import { triageCodes } from '../../shared/er.ts';
import { formatClock } from '../../shared/format.ts';
import { sameShape } from '../store/same-shape.ts';
import styles from './er-trend.module.css';
import type { ErTrend } from './er-trend-model.ts';

const WIDTH = 480;
const HEIGHT = 100;

export type ErTrendChartProps = { readonly trend: ErTrend; readonly zone: string; readonly label: string };

export const ErTrendChart = memo(function ErTrendChart({ trend: { columns, top }, zone, label }: ErTrendChartProps) {
	const each = WIDTH / columns.length;
	return (
		<figure className={styles.trend}>
			<p className={styles.top} aria-hidden="true">
				{top}
			</p>
			<svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
				{columns.map(({ at, byCode }, index) => {
					if (byCode === null) return <rect key={at} className={styles.gap} x={index * each} y={0} width={each} height={HEIGHT} data-gap />;
					let y = HEIGHT;
					// The gravest at the foot, where they can be compared.
					return triageCodes.map((code, i) => {
						const height = ((byCode[i] ?? 0) / top) * HEIGHT;
						y -= height;
						return height === 0 ? null : (
							<rect key={code} className={styles[`code-${code}`]} x={index * each} y={y} width={each * 0.86} height={height} />
						);
					});
				})}
			</svg>
			<p className={styles.ends} aria-hidden="true">
				{[0, Math.floor(columns.length / 3), Math.floor((2 * columns.length) / 3)].map((i) => (
					<span key={i}>{formatClock(columns[i]?.at ?? null, zone)}</span>
				))}
				<span>{formatClock((columns.at(-1)?.at ?? 0) + 900_000, zone)}</span>
			</p>
		</figure>
	);
}, sameShape);
