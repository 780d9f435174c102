// The window as a bar with its phases, and where the present stands. Shows nothing that is only expected but not computed.
import { fill } from '../../shared/words/words.ts';
import { useJudged, useWords } from '../store/hooks.ts';
import { placeLabels } from './place-labels.ts';
import { Shape } from './shape.tsx';
import styles from './timeline.module.css';
import { timelineModel } from './timeline-model.ts';

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;
/** A letter's mean width and a mark's, in rem of the smallest text. */
const LETTER_REM = 0.52;
const MARK_REM = 1.6;
/** The present's line crosses the words' lower row. */
const LINE_SHARE = 0.004;

/** `lengthRem`: how long the line is, so that words are laid without covering one another. */
export function TimelineTile({ lengthRem = 60 }: { readonly lengthRem?: number }) {
	const { words } = useWords();
	const model = useJudged(timelineModel);
	if (model === null) return null;
	const widthOf = (text: string, extra = 0.8): number => (text.length * LETTER_REM + extra) / lengthRem;
	const nowLabel = `${words.now} ${model.nowText}`;
	const nowWidth = widthOf(nowLabel, 1.2);
	const nowLeft = model.now === null ? 0 : Math.min(Math.max(0, model.now - nowWidth / 2), 1 - nowWidth);
	const ahead = model.phases.filter((phase) => !phase.reached);
	const behind = model.phases.filter((phase) => phase.reached).reverse();
	const placed = placeLabels(
		[...ahead, ...behind].map(({ id, label, at }) => ({ id, at, width: widthOf(label, MARK_REM) })),
		[
			model.now === null ? [] : [{ from: model.now - LINE_SHARE, to: model.now + LINE_SHARE }],
			model.now === null ? [] : [{ from: nowLeft, to: nowLeft + nowWidth }],
		],
	);
	return (
		<section className={styles.timeline} data-tile="timeline" aria-label={words.timeline.title}>
			<div className={styles.bar} aria-hidden="true">
				{model.now !== null && <span className={styles.past} style={{ width: percent(Math.min(model.now, model.end)) }} />}
				{model.end < 1 && <span className={styles.over} style={{ left: percent(model.end), width: percent(1 - model.end) }} />}
			</div>
			<ol>
				{model.phases.map((phase) => {
					const place = placed[phase.id];
					const told = fill(phase.reached ? words.timeline.reached : words.timeline.planned, { time: phase.time });
					return (
						<li key={phase.id} data-phase={phase.id} data-reached={phase.reached}>
							<svg
								className={phase.reached ? styles.reached : styles.coming}
								style={{ left: percent(phase.at) }}
								viewBox="0 0 16 16"
								aria-hidden="true"
								focusable="false"
							>
								<path d="M8 1 15 8 8 15 1 8Z" />
							</svg>
							{place === undefined ? (
								<span className="for-ears">{phase.label}</span>
							) : (
								<span
									className={`${styles.label} ${styles[`level${place.level}`]} ${phase.reached ? styles.done : ''}`}
									style={{ left: percent(place.left) }}
								>
									{phase.reached && <Shape of="confirmed" />} {phase.label}
								</span>
							)}
							<span className="for-ears">, {told}</span>
						</li>
					);
				})}
			</ol>
			{model.now !== null && (
				<>
					<span className={styles.line} style={{ left: percent(model.now) }} aria-hidden="true" />
					<span className={styles.now} style={{ left: percent(nowLeft), width: percent(nowWidth) }}>
						{nowLabel}
					</span>
				</>
			)}
			<ol className={styles.hours}>
				{model.hours.map((hour) => (
					<li key={`${hour.at}${hour.text}`} className={hour.edge === null ? styles.hour : styles[hour.edge]} style={{ left: percent(hour.at) }}>
						{hour.text}
					</li>
				))}
			</ol>
		</section>
	);
}
