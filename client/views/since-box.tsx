// "Since you left", in a few lines beside every page; the whole of it has a page of its own.
import { Link } from 'wouter';
import { formatMoment } from '../../shared/format.ts';
import { fill } from '../../shared/words/words.ts';
import { useJudged, useWords } from '../store/hooks.ts';
import { zoneOf } from '../store/selectors.ts';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import { useRunbookWords } from './desk-words.ts';
import styles from './since.module.css';
import { useBefore } from './since-before.ts';
import { useLeftAt } from './since-looked.tsx';
import { sinceModel } from './since-model.ts';

const GATES_SHOWN = 3;

export function SinceBox() {
	const { words, language } = useWords();
	const own = useRunbookWords();
	const leftAt = useLeftAt();
	const before = useBefore(leftAt);
	const model = useJudged((judged) => {
		if (before.state !== 'known') return null;
		const { gates, decisions, tasks, forecast, alarms } = sinceModel(before.board, judged, words, own, language);
		return {
			gates,
			decisions: decisions.length,
			done: tasks.done.length,
			failed: tasks.failed.length,
			forecast: forecast.line,
			alarms: alarms.length,
		};
	});
	const time = useJudged((judged) => (leftAt === null ? null : formatMoment(leftAt, zoneOf(judged))));
	const w = own.sinceLeft;
	return (
		<TileFrame name="since" title={time === null ? w.title : fill(w.titleAt, { time })} aside={<Link href="/since">{w.more} →</Link>}>
			{leftAt === null && <p className={styles.quiet}>{w.first}</p>}
			{before.state === 'loading' && <p className={styles.quiet}>{w.loading}</p>}
			{before.state === 'refused' && <p className={styles.quiet}>{before.code === 'before-the-record' ? w.tooEarly : w.failed}</p>}
			{model !== null && (
				<ul className={styles.box}>
					{model.gates.slice(-GATES_SHOWN).map((line) => (
						<li key={line.key}>
							{line.text}, {line.time}
						</li>
					))}
					{model.done + model.failed > 0 && <li>{fill(w.summaryTasks, { done: model.done, failed: model.failed })}</li>}
					<li>{model.forecast}</li>
					{model.decisions > 0 && (
						<li>
							{w.decisions}: {model.decisions}
						</li>
					)}
					<li>
						{model.alarms > 0 && <Shape of="watch" />} {model.alarms === 0 ? w.noAlarms : fill(w.alarmsCount, { count: model.alarms })}
					</li>
				</ul>
			)}
		</TileFrame>
	);
}
