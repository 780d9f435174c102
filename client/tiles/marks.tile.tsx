// The latest of what people did and decided, newest first. Knows no form to make one.

import { formatDay, formatMoment } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import { deskOf } from '../../shared/words/desk-words.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import { useJudged, useWords } from '../store/hooks.ts';
import { zoneOf } from '../store/selectors.ts';
import styles from './marks.module.css';
import { sayBy } from './say-by.ts';
import { sayMark } from './say-mark.ts';
import { TileFrame } from './tile-frame.tsx';

const SHOWN = 8;

/** With its day where that is not today. */
function timeOf(at: number, judged: BoardNow): string {
	const zone = zoneOf(judged);
	const [day, clock] = [formatDay(at, zone), formatMoment(at, zone)];
	return day === formatDay(judged.now, zone) ? clock : `${day.slice(0, 5)} ${clock}`;
}

function marksModel(judged: BoardNow, words: Words) {
	return {
		count: judged.marks.count,
		rows: judged.marks.last.slice(0, SHOWN).map((row) => ({
			seq: row.seq,
			time: timeOf(row.at, judged),
			by: sayBy(row.by, judged, words),
			text: sayMark(row.mark, judged, words),
		})),
	};
}

export function MarksTile() {
	const { words } = useWords();
	const model = useJudged((judged) => marksModel(judged, words));
	if (model === null) return null;
	return (
		<TileFrame
			name="marks"
			title={deskOf(words).journal.title}
			aside={model.count > 0 ? fill(deskOf(words).journal.count, { count: model.count }) : undefined}
		>
			{model.rows.length === 0 && <p className={styles.none}>{deskOf(words).journal.none}</p>}
			<ol>
				{model.rows.map((row) => (
					<li key={row.seq} className={styles.row}>
						<span className={styles.time}>{row.time}</span>
						<span className={styles.text}>{row.text}</span>
						<span className={styles.by}>{row.by}</span>
					</li>
				))}
			</ol>
		</TileFrame>
	);
}
