// The services in their restore order: who answers, on which side, when each comes back, and the minutes without.
import { fill } from '../../shared/words/words.ts';
import { useJudged, useWords } from '../store/hooks.ts';
import styles from './services.module.css';
import { serviceRows } from './services-model.ts';
import { Shape } from './shape.tsx';
import { TileFrame } from './tile-frame.tsx';
import { rowsThatFit, useRoom } from './use-room.ts';

const ROW_REM = 2.6;
/** `fit`: show only what the box holds, for a wall. */
export function ServicesTile({ fit = false }: { readonly fit?: boolean }) {
	const { words, language } = useWords();
	const [box, room] = useRoom(fit);
	const rows = useJudged((judged) => serviceRows(judged, words, language));
	if (rows === null) return null;
	const shown = rows.slice(
		0,
		rowsThatFit(
			rows.map(() => ROW_REM),
			room,
		),
	);
	const left = rows.length - shown.length;
	return (
		<TileFrame name="services" title={words.services.title} aside={left > 0 ? fill(words.archives.leftOut, { count: left }) : undefined}>
			<div ref={box} className={styles.box}>
				{rows.length === 0 && <p>{words.services.none}</p>}
				<ol>
					{shown.map((row) => (
						<li key={row.id} className={styles.row} data-subject={`service/${row.id}`} data-standing={row.standing}>
							<span className={styles.priority}>{row.priority}</span>
							<span className={styles.label}>{row.label}</span>
							<span className={`${styles.state} ${styles[row.mark]}`}>
								<Shape of={row.mark} /> {row.state}
							</span>
							<span className={styles.detail}>{row.detail}</span>
						</li>
					))}
				</ol>
			</div>
		</TileFrame>
	);
}
