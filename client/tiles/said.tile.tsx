// What the public was told, and whether it still holds. On a wall with little room the one sentence that most needs correcting.
import { fill } from '../../shared/words/words.ts';
import { useBreakdownWords } from '../store/breakdown-words.ts';
import { useJudged, useWords } from '../store/hooks.ts';
import { zoneOf } from '../store/selectors.ts';
import { leadOf } from './incident-model.ts';
import styles from './rows.module.css';
import { saidRows, saidThatFit } from './said-model.ts';
import { Shape } from './shape.tsx';
import { TileFrame } from './tile-frame.tsx';
import { rowsThatFit, useRoom } from './use-room.ts';
import { LINE_REM } from './use-rows.ts';

export function SaidTile({ wished, isLine }: { readonly wished: string | null; readonly isLine: boolean }) {
	const { words, language } = useWords();
	const own = useBreakdownWords();
	const [box, room] = useRoom(!isLine);
	const rows = useJudged((judged) => {
		const { breakdown, now } = judged;
		if (breakdown === null) return [];
		const lead = leadOf(breakdown.incidents, wished);
		return saidRows(breakdown.statements, lead?.id ?? null, { now, zone: zoneOf(judged), language, own });
	});
	if (rows === null) return null;
	const fit = isLine
		? 1
		: rowsThatFit(
				rows.map(() => LINE_REM),
				room,
			);
	const shown = saidThatFit(rows, fit);
	const left = rows.length - shown.length;
	return (
		<TileFrame
			name="said"
			kind={isLine ? 'line' : 'list'}
			title={isLine && left > 0 ? `${own.said.title}, ${fill(own.said.more, { shown: shown.length, all: rows.length })}` : own.said.title}
			aside={left > 0 && !isLine ? fill(words.archives.leftOut, { count: left }) : undefined}
		>
			<div ref={box} className={styles.box}>
				{rows.length === 0 && <p className={styles.none}>{own.said.none}</p>}
				<ol>
					{shown.map((row) => (
						<li key={row.id} className={styles.row} data-statement={row.id} data-mark={row.mark}>
							{!isLine && <span className={styles.time}>{row.time}</span>}
							<span className={styles.text}>{row.text}</span>
							<span className={`${styles.state} ${row.mark === 'good' || row.mark === 'confirmed' ? styles.quiet : styles[row.mark]}`}>
								<Shape of={row.mark} /> {isLine ? row.short : row.verdict}
							</span>
						</li>
					))}
				</ol>
			</div>
		</TileFrame>
	);
}
