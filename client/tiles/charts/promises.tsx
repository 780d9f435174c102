// The history of promised finishes, drawn: a band from p50 to p90 by when it was said. Knows no board.
import { memo } from 'react';
import { sameShape } from '../../store/same-shape.ts';
import styles from './promises.module.css';
import type { PromisesSpec } from './promises-model.ts';

const WIDTH = 600;
const HEIGHT = 150;
const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;
const place = (share: number, size: number): string => (share * size).toFixed(1);

export const Promises = memo(function Promises({ spec, label }: { readonly spec: PromisesSpec; readonly label: string }) {
	const { points, xTicks, yTicks, end } = spec;
	// A promise stands until the next one: steps, not slopes.
	const steps = points.flatMap((point, i) => [point, { ...point, x: points[i + 1]?.x ?? 1 }]);
	const upper = steps.map(({ x, p90 }) => `${place(x, WIDTH)},${place(p90, HEIGHT)}`);
	const lower = steps.map(({ x, p50 }) => `${place(x, WIDTH)},${place(p50, HEIGHT)}`);
	return (
		<div className={styles.chart} role="img" aria-label={label}>
			<div className={styles.yAxis} aria-hidden="true">
				{yTicks.map(({ at, text }) => (
					<span key={at} style={{ top: percent(at) }}>
						{text}
					</span>
				))}
			</div>
			<svg className={styles.drawing} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
				{yTicks.map(({ at }) => (
					<line key={at} className={styles.grid} x1="0" x2={WIDTH} y1={place(at, HEIGHT)} y2={place(at, HEIGHT)} />
				))}
				<polygon className={styles.band} points={[...upper, ...lower.reverse()].join(' ')} />
				<polyline className={styles.p50} points={[...lower].reverse().join(' ')} />
				{end !== null && <line className={styles.end} x1="0" x2={WIDTH} y1={place(end, HEIGHT)} y2={place(end, HEIGHT)} />}
			</svg>
			<div className={styles.xAxis} aria-hidden="true">
				{xTicks.map(({ at, text }) => (
					<span key={at} style={{ left: percent(at) }}>
						{text}
					</span>
				))}
			</div>
		</div>
	);
}, sameShape);
