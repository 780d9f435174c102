// The last day's temperature of one facility with its two bounds, drawn by hand: a handful of lines need no chart library.
import { memo } from 'react';
import { formatNumber, type Language } from '../../shared/format.ts';
import { sameShape } from '../store/same-shape.ts';
import styles from './facilities.module.css';
import type { CurveModel } from './facilities-model.ts';
import { sayMoment } from './zoned-moment.ts';

const WIDTH = 400;
const HEIGHT = 150;
const LEFT = 34;
const FOOT = 20;

type CurveProps = { readonly curve: CurveModel; readonly zone: string; readonly label: string; readonly language: Language };

export const FacilityCurve = memo(function FacilityCurve({ curve, zone, label, language }: CurveProps) {
	const { stretches, from, to, watch, limit } = curve;
	const all = stretches.flat().map(([, degrees]) => degrees);
	const low = Math.floor(Math.min(watch, ...all) - 2);
	const high = Math.ceil(Math.max(limit, ...all) + 1);
	const x = (at: number): number => LEFT + ((at - from) / Math.max(1, to - from)) * (WIDTH - LEFT - 4);
	const y = (degrees: number): number => 6 + ((high - degrees) / Math.max(1, high - low)) * (HEIGHT - FOOT - 6);
	const path = (points: CurveModel['stretches'][number]): string =>
		points.map(([at, degrees], n) => `${n === 0 ? 'M' : 'L'}${x(at).toFixed(1)} ${y(degrees).toFixed(1)}`).join('');
	return (
		<svg className={styles.curve} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
			<line className={styles.axis} x1={LEFT} x2={WIDTH} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} />
			{(
				[
					['watch', watch],
					['limit', limit],
				] as const
			).map(([name, degrees]) => (
				<g key={name} className={styles[name]}>
					<line x1={LEFT} x2={WIDTH} y1={y(degrees)} y2={y(degrees)} />
					<text x={LEFT - 4} y={y(degrees) + 4} textAnchor="end">
						{formatNumber(degrees, language)}°
					</text>
				</g>
			))}
			{stretches.map((points) =>
				points.length === 1 ? (
					<circle key={points[0]?.[0]} className={styles.dot} cx={x(points[0]?.[0] ?? from)} cy={y(points[0]?.[1] ?? low)} r="2" />
				) : (
					<path key={points[0]?.[0]} className={styles.line} d={path(points)} />
				),
			)}
			<text x={LEFT} y={HEIGHT - 4}>
				{sayMoment(from, to, zone)}
			</text>
			<text x={WIDTH} y={HEIGHT - 4} textAnchor="end">
				{sayMoment(to, to, zone)}
			</text>
		</svg>
	);
}, sameShape);
