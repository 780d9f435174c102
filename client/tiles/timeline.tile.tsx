// The window as a bar with its gates and phases, where the present stands, when the night may end, and the last moment to go back.
import { fill } from '../../shared/words/words.ts';
import { useJudged, useWords } from '../store/hooks.ts';
import type { Placed } from './place-labels.ts';
import { Shape } from './shape.tsx';
import styles from './timeline.module.css';
import { timelineLabels } from './timeline-labels.ts';
import { type LineMark, timelineModel } from './timeline-model.ts';

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;
const spanOf = ({ left, width }: Placed) => ({ left: percent(left), width: percent(width) });

/** `lengthRem`: how long the line is, so that words are laid without covering one another. */
export function TimelineTile({ lengthRem = 60 }: { readonly lengthRem?: number }) {
	const { words } = useWords();
	const model = useJudged(timelineModel);
	if (model === null) return null;
	const { now, end, finish, back, hours } = model;
	const labels = timelineLabels(model, words, lengthRem);
	const w = words.wall.timeline;
	return (
		<section className={styles.timeline} data-tile="timeline" aria-label={words.timeline.title}>
			<div className={styles.bar} aria-hidden="true">
				{now !== null && <span className={styles.past} style={{ width: percent(Math.min(now, end)) }} />}
				{end < 1 && <span className={styles.over} style={{ left: percent(end), width: percent(1 - end) }} />}
				{finish !== null && <span className={styles.band} style={{ left: percent(finish.from), width: percent(finish.to - finish.from) }} />}
			</div>
			<ol>
				{model.marks.map((mark) => (
					<MarkOnLine key={mark.id} mark={mark} place={labels.marks[mark.id]} isDiamond={mark.kind === 'gate' || !model.hasGates} />
				))}
			</ol>
			{now !== null && (
				<>
					<span className={styles.line} style={{ left: percent(now) }} aria-hidden="true" />
					<span className={styles.now} style={{ left: percent(labels.now.left), width: percent(labels.now.width) }}>
						{labels.now.text}
					</span>
				</>
			)}
			{back !== null && <span className={back.isPassed ? styles.backGone : styles.back} style={{ left: percent(back.at) }} aria-hidden="true" />}
			<ol className={styles.hours}>
				{back !== null && labels.below.back !== undefined && (
					<li
						className={back.isPassed ? styles.gone : styles.backWord}
						style={spanOf(labels.below.back)}
						data-back={back.isPassed ? 'passed' : 'open'}
					>
						{labels.back}
					</li>
				)}
				{finish !== null && (
					<li
						className={styles.finish}
						style={labels.below.finish === undefined ? { left: percent(finish.from) } : spanOf(labels.below.finish)}
						data-finish="band"
					>
						{labels.below.finish !== undefined && <span aria-hidden="true">{labels.finish}</span>}
						<span className="for-ears">{fill(w.finish, { from: finish.fromTime, to: finish.toTime })}</span>
					</li>
				)}
				{hours.map(({ at, text }, index) => {
					const place = labels.below[String(index)];
					return place === undefined ? null : (
						<li key={`${at}${text}`} style={spanOf(place)}>
							{text}
						</li>
					);
				})}
			</ol>
		</section>
	);
}

type MarkProps = { readonly mark: LineMark; readonly place: Placed | undefined; readonly isDiamond: boolean };

function MarkOnLine({ mark: { id, label, at, state, time }, place, isDiamond }: MarkProps) {
	const { words } = useWords();
	const told = state === 'expired' ? words.wall.timeline.expired : state === 'reached' ? words.timeline.reached : words.timeline.planned;
	return (
		<li data-mark={id} data-state={state}>
			{isDiamond ? (
				<svg className={`${styles.diamond} ${styles[state]}`} style={{ left: percent(at) }} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
					<path d="M8 1 15 8 8 15 1 8Z" />
				</svg>
			) : (
				<span className={styles.tick} style={{ left: percent(at) }} aria-hidden="true" />
			)}
			{place === undefined ? (
				<span className="for-ears">{label}</span>
			) : (
				<span
					className={`${styles.label} ${styles[`level${place.level}`]} ${isDiamond ? styles[`${state}Word`] : styles.quietWord}`}
					style={spanOf(place)}
				>
					{state === 'reached' && <Shape of="confirmed" />}
					{state === 'expired' && <Shape of="bad" />} {label}
				</span>
			)}
			<span className="for-ears">, {fill(told, { time })}</span>
		</li>
	);
}
