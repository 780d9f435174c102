// What is due: flows, legal clocks, the promised update. Worst first.
import { fill } from '../../shared/words/words.ts';
import { useBreakdownWords } from '../store/breakdown-words.ts';
import { useJudged, useWords } from '../store/hooks.ts';
import { deadlineRows } from './deadlines-model.ts';
import { leadOf } from './incident-model.ts';
import styles from './rows.module.css';
import { Shape } from './shape.tsx';
import { TileFrame } from './tile-frame.tsx';
import { useRoom } from './use-room.ts';
import { LINE_REM, SHORT_LINE_REM, useRows } from './use-rows.ts';

export function DeadlinesTile({ wished, isShort }: { readonly wished: string | null; readonly isShort: boolean }) {
	const { words } = useWords();
	const own = useBreakdownWords();
	const [box, room] = useRoom(true);
	const rows = useJudged(({ breakdown, now }) => (breakdown === null ? [] : deadlineRows(breakdown, leadOf(breakdown.incidents, wished), now, own)));
	const { shown, left, isTight } = useRows(rows ?? [], room, isShort ? SHORT_LINE_REM : LINE_REM);
	if (rows === null) return null;
	return (
		<TileFrame
			name="deadlines"
			title={own.deadlines.title}
			aside={left.length > 0 ? fill(words.archives.leftOut, { count: left.length }) : undefined}
		>
			<div ref={box} className={styles.box}>
				{rows.length === 0 && <p className={styles.none}>{own.deadlines.none}</p>}
				<ul className={isTight ? styles.tight : undefined}>
					{shown.map((row) => (
						<li
							key={row.id}
							className={`${styles.row} ${row.standing === 'blind' ? styles.hatched : ''}`}
							data-deadline={row.id}
							data-standing={row.standing}
						>
							<span className={styles.label} data-people={row.about === null ? undefined : true}>
								{isShort ? row.short.label : row.label}
								{row.about !== null && <span className={styles.quiet}> · {row.about}</span>}
							</span>
							<span className={`${styles.state} ${styles[row.standing]} ${row.standing === 'bad' || row.standing === 'watch' ? styles.strong : ''}`}>
								<Shape of={row.standing} /> {isShort ? row.short.text : row.text}
							</span>
						</li>
					))}
				</ul>
			</div>
		</TileFrame>
	);
}
