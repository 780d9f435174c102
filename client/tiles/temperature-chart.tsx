// A room's temperature as a line for walls: gaps stay gaps, dashed lines are what it is held against, an upright one is when the cooling failed.
import { memo } from 'react';
import { sameShape } from '../store/same-shape.ts';
import styles from './temperature.module.css';
import { type Drawing, pathOfDrawing } from './temperature-model.ts';

const WIDTH = 480;
const HEIGHT = 100;
/** Two words of the axis need so much of its height between them. */
const APART = 0.3;

export type TemperatureChartProps = {
	readonly drawing: Drawing;
	readonly label: string;
	/** Said below the course, the more urgent first: as many as have room. */
	readonly facts: readonly string[];
	readonly watch: string;
	readonly limit: string;
	readonly failed: string;
	readonly from: string;
	readonly now: string;
};

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

export const TemperatureChart = memo(function TemperatureChart({ drawing, label, facts, watch, limit, failed, from, now }: TemperatureChartProps) {
	const limitAt = drawing.limit === null ? null : Math.min(drawing.limit, drawing.watch - APART);
	const across = (y: number) => ({ x1: 0, x2: WIDTH, y1: y * HEIGHT, y2: y * HEIGHT });
	return (
		<figure className={styles.chart}>
			<p className={styles.marker} aria-hidden="true">
				{drawing.failed !== null && (
					<span style={drawing.failed < 0.5 ? { left: percent(drawing.failed) } : { right: percent(1 - drawing.failed) }}>{failed}</span>
				)}
			</p>
			<p className={styles.lines} aria-hidden="true">
				<span className={styles.watch} style={{ top: percent(drawing.watch) }}>
					{watch}
				</span>
				{limitAt !== null && (
					<span className={styles.bad} style={{ top: percent(limitAt) }}>
						{limit}
					</span>
				)}
			</p>
			<svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
				<line className={`${styles.held} ${styles['held-watch']}`} {...across(drawing.watch)} data-line="watch" />
				{drawing.limit !== null && <line className={`${styles.held} ${styles['held-limit']}`} {...across(drawing.limit)} data-line="limit" />}
				{drawing.failed !== null && (
					<line className={styles.failed} x1={drawing.failed * WIDTH} x2={drawing.failed * WIDTH} y1={0} y2={HEIGHT} data-line="failed" />
				)}
				<path className={styles.course} d={pathOfDrawing(drawing, WIDTH, HEIGHT)} />
			</svg>
			<p className={styles.ends}>
				<span aria-hidden="true">{from}</span>
				<span className={styles.facts}>
					{facts.map((text) => (
						<span key={text}>{text}</span>
					))}
				</span>
				<span aria-hidden="true">{now}</span>
			</p>
		</figure>
	);
}, sameShape);
