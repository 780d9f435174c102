// Who is blocked and who is not. The blocked first, then those of whom nobody knows.
import { fill } from '../../shared/words/words.ts';
import { useBreakdownWords } from '../store/breakdown-words.ts';
import { useJudged, useWords } from '../store/hooks.ts';
import { dependantRow, sumWorking } from './dependants-model.ts';
import styles from './rows.module.css';
import { Shape } from './shape.tsx';
import { TileFrame } from './tile-frame.tsx';
import { useRoom } from './use-room.ts';
import { LINE_REM, SHORT_LINE_REM, useRows } from './use-rows.ts';

export function DependantsTile({ isShort }: { readonly isShort: boolean }) {
	const { words, language } = useWords();
	const own = useBreakdownWords();
	const [box, room] = useRoom(true);
	const rows = useJudged(({ breakdown }) => Object.entries(breakdown?.dependants ?? {}).map(([id, one]) => dependantRow(id, one, own, language)));
	const fit = useRows(rows ?? [], room, isShort ? SHORT_LINE_REM : LINE_REM);
	if (rows === null) return null;
	const { shown, summed, left } = sumWorking(fit.shown, fit.left, own, language);
	return (
		<TileFrame name="dependants" title={own.dependants.title} aside={left > 0 ? fill(words.archives.leftOut, { count: left }) : undefined}>
			<div ref={box} className={styles.box}>
				{rows.length === 0 && <p className={styles.none}>{own.dependants.none}</p>}
				<ul className={fit.isTight ? styles.tight : undefined}>
					{shown.map((row) => (
						<li
							key={row.id}
							className={`${styles.row} ${row.mark === 'blind' ? styles.hatched : ''}`}
							data-subject={`dependant/${row.id}`}
							data-standing={row.standing}
						>
							<span className={styles.label}>{row.label}</span>
							<span className={`${styles.state} ${styles[row.mark]}`}>
								<Shape of={row.mark} /> {isShort ? row.short : row.text}
							</span>
						</li>
					))}
					{summed !== null && (
						<li className={styles.row} data-summed data-standing="good">
							<span className={styles.label} data-people>
								{summed.labels}
							</span>
							<span className={`${styles.state} ${styles.confirmed}`}>
								<Shape of="confirmed" /> {summed.text}
							</span>
						</li>
					)}
				</ul>
			</div>
		</TileFrame>
	);
}
