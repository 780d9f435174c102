// The latest of what people did and decided, newest first. Knows no form to make one.
import { formatClock } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { Mark } from '../../shared/mark.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import { useJudged, useWords } from '../store/hooks.ts';
import { labelOf, zoneOf } from '../store/selectors.ts';
import styles from './marks.module.css';
import { TileFrame } from './tile-frame.tsx';

const SHOWN = 8;

function textOf(mark: Mark, judged: BoardNow, words: Words): string {
	if (mark.kind === 'note') return mark.subject === undefined ? mark.text : `${labelOf(judged, mark.subject)}: ${mark.text}`;
	if (mark.kind === 'phase') {
		const phase = judged.cutover?.phases.find((one) => one.id === mark.phase)?.label ?? mark.phase;
		return fill(words.journal[mark.state], { phase });
	}
	return fill(words.journal[mark.state], { service: labelOf(judged, `service/${mark.service}`) });
}

function marksModel(judged: BoardNow, words: Words) {
	return {
		count: judged.marks.count,
		rows: judged.marks.last.slice(0, SHOWN).map((row) => ({
			seq: row.seq,
			time: formatClock(row.at, zoneOf(judged)),
			by: row.by.replace(/^[a-z]+\//, ''),
			text: textOf(row.mark, judged, words),
		})),
	};
}

export function MarksTile() {
	const { words } = useWords();
	const model = useJudged((judged) => marksModel(judged, words));
	if (model === null) return null;
	return (
		<TileFrame name="marks" title={words.journal.title} aside={model.count > 0 ? fill(words.journal.count, { count: model.count }) : undefined}>
			{model.rows.length === 0 && <p className={styles.none}>{words.journal.none}</p>}
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
