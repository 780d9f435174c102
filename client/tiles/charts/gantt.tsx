// A runbook's bars, our own SVG: one small drawing a row, and only of the rows in the window. Knows no words but those it is given.
import { memo } from 'react';
import type { RunbookWords } from '../../../shared/words/runbook-words.ts';
import { fill } from '../../../shared/words/words.ts';
import { sameShape } from '../../store/same-shape.ts';
import { useVisibleRows } from '../use-visible-rows.ts';
import styles from './gantt.module.css';
import type { GanttBar, GanttLine, GanttRow, GanttSpec } from './gantt-model.ts';

export const GANTT_ROW_PX = 34;
const HEAD_PX = 32;
const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;

export type GanttProps = {
	readonly spec: GanttSpec;
	/** The row that is brought into sight at first. */
	readonly startAt: number;
	readonly words: RunbookWords;
	readonly onOpen: (id: string) => void;
};

export function Gantt({ spec, startAt, words, onOpen }: GanttProps) {
	const { rows, ticks, now, end, back } = spec;
	const { box, first, end: last } = useVisibleRows(rows.length, GANTT_ROW_PX, HEAD_PX, startAt);
	const w = words.gantt;
	return (
		<>
			<ul className={styles.legend}>
				{(['planned', 'rehearsed', 'actual', 'forecast', 'critical'] as const).map((one) => (
					<li key={one}>
						<svg width="26" height="12" aria-hidden="true" focusable="false">
							{one === 'critical' ? (
								<rect className={styles.criticalEdge} x="1" y="1" width="24" height="10" />
							) : (
								<rect className={styles[one]} x="1" y="3" width="24" height="6" />
							)}
						</svg>
						{w[one]}
					</li>
				))}
				{back !== null && (
					<li>
						<i className={styles.backKey} />
						{fill(w.back, { time: back.time })}
					</li>
				)}
				{end !== null && (
					<li>
						<i className={styles.endKey} />
						{fill(w.end, { time: end.time })}
					</li>
				)}
			</ul>
			<section
				ref={box}
				className={styles.box}
				style={{ height: HEAD_PX + rows.length * GANTT_ROW_PX + 2 }}
				aria-label={w.label}
				data-gantt={rows.length}
			>
				<div className={styles.head} aria-hidden="true">
					<div className={styles.axis}>
						{ticks.map(({ at, text }) => (
							<span key={at} style={{ left: percent(at) }}>
								{text}
							</span>
						))}
					</div>
				</div>
				<div className={styles.rows} style={{ height: rows.length * GANTT_ROW_PX }}>
					<div className={styles.lines} aria-hidden="true">
						{ticks.map(({ at }) => (
							<i key={at} className={styles.tick} style={{ left: percent(at) }} />
						))}
						<Line line={end} name="endLine" />
						<Line line={back} name="backLine" />
						<Line line={now} name="nowLine" />
					</div>
					<ol>
						{rows.slice(first, last).map((row, i) => (
							<Row key={row.id} row={row} topPx={(first + i) * GANTT_ROW_PX} words={words} onOpen={onOpen} />
						))}
					</ol>
				</div>
			</section>
		</>
	);
}

const Line = ({ line, name }: { readonly line: GanttLine | null; readonly name: string }) =>
	line === null ? null : <i className={styles[name]} data-line={name} style={{ left: percent(line.at) }} />;

type RowProps = { readonly row: GanttRow; readonly topPx: number; readonly words: RunbookWords; readonly onOpen: (id: string) => void };

const Row = memo(function Row({ row, topPx, words, onOpen }: RowProps) {
	return (
		<li className={styles.row} style={{ transform: `translateY(${topPx}px)` }} data-task={row.id} data-critical={row.isCritical || undefined}>
			<button type="button" data-quiet className={styles.label} onClick={() => onOpen(row.id)}>
				{row.label}
				<span className="for-ears">, {timesOf(row, words)}</span>
			</button>
			<svg className={styles.bars} aria-hidden="true" focusable="false">
				{row.isCritical && <Bar bar={hullOf(row)} className={styles.criticalEdge} y={2} height={30} />}
				<Bar bar={row.planned} className={styles.planned} y={5} height={6} />
				<Bar bar={row.actual} className={styles.actual} y={13} height={8} />
				<Bar bar={row.forecast} className={row.isLate ? styles.forecastLate : styles.forecast} y={13} height={8} />
				<Bar bar={row.rehearsed} className={styles.rehearsed} y={25} height={3} />
				<Bar bar={row.tail} className={styles.tail} y={25} height={3} />
			</svg>
		</li>
	);
}, sameShape);

type BarProps = { readonly bar: GanttBar; readonly className: string | undefined; readonly y: number; readonly height: number };

/** The shortest bar is still seen. */
const SHORTEST = 0.002;

const Bar = ({ bar, className, y, height }: BarProps) =>
	bar === null ? null : <rect className={className} x={percent(bar[0])} width={percent(Math.max(SHORTEST, bar[1] - bar[0]))} y={y} height={height} />;

function hullOf({ planned, actual, forecast }: GanttRow): GanttBar {
	const all = [planned, actual, forecast].filter((one) => one !== null);
	return all.length === 0 ? null : [Math.min(...all.map(([from]) => from)), Math.max(...all.map(([, to]) => to))];
}

function timesOf({ status, isLate, isCritical, times: [planned, actual, forecast] }: GanttRow, words: RunbookWords): string {
	const w = words.gantt;
	const parts = [words.status[status]];
	if (isLate) parts.push(words.late);
	if (isCritical) parts.push(words.critical);
	if (planned !== null) parts.push(fill(w.plannedAt, { from: planned[0], to: planned[1] }));
	if (actual !== null)
		parts.push(actual[1] === null ? fill(w.actualFrom, { from: actual[0] }) : fill(w.actualAt, { from: actual[0], to: actual[1] }));
	if (forecast !== null) parts.push(fill(w.forecastAt, { from: forecast[0], to: forecast[1] }));
	return parts.join(', ');
}
