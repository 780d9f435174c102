// The archives, most urgent first, with what is moved and what is verified. Says how many it leaves out and how many are done.
import { useRef } from 'react';
import { fill } from '../../shared/words/words.ts';
import { useJudged, useWords } from '../store/hooks.ts';
import { type StickyOrder, stickyOrder } from '../store/sticky-order.ts';
import styles from './archives.module.css';
import { type ArchiveRow, archiveRow } from './archives-model.ts';
import { Progress } from './progress.tsx';
import { Shape } from './shape.tsx';
import { TileFrame } from './tile-frame.tsx';
import { rowsThatFit, useRoom } from './use-room.ts';

const QUIET_ROW_REM = 2.1;
const TOLD_ROW_REM = 2.9;

/** `fit`: show only what the box holds, for a wall. */
export function ArchivesTile({ fit = false }: { readonly fit?: boolean }) {
	const { words, language } = useWords();
	const order = useRef<StickyOrder | null>(null);
	const [box, room] = useRoom(fit);
	const rows = useJudged((judged) => Object.entries(judged.archives).map(([id, one]) => archiveRow(id, one, judged, words, language)));
	// In the cutover's minutes nothing changes its place.
	const isLocked = useJudged(({ minute }) => minute !== null) === true;
	if (rows === null) return null;
	order.current = stickyOrder(order.current, rows, performance.now(), isLocked);
	const byId = new Map(rows.map((row) => [row.id, row]));
	const sorted = order.current.ids.map((id) => byId.get(id)).filter((row) => row !== undefined);
	const heights = sorted.map((row) => (row.reason === null ? QUIET_ROW_REM : TOLD_ROW_REM));
	const shown = sorted.slice(0, rowsThatFit(heights, room));
	const left = sorted.length - shown.length;
	const done = rows.filter((row) => row.isDone).length;
	const aside = (
		<>
			<span className="spare">{fill(words.archives.done, { done, of: rows.length })}</span>
			{left > 0 && <span className="spare"> · </span>}
			{left > 0 && fill(words.archives.leftOut, { count: left })}
		</>
	);
	return (
		<TileFrame name="archives" title={words.archives.title} aside={rows.length > 0 ? aside : undefined}>
			<div ref={box} className={styles.box}>
				{rows.length === 0 && <p>{words.archives.none}</p>}
				<ul>
					{shown.map((row) => (
						<Row key={row.id} row={row} verified={words.verified} />
					))}
				</ul>
			</div>
		</TileFrame>
	);
}

function Row({ row, verified }: { readonly row: ArchiveRow; readonly verified: string }) {
	const isBlind = row.standing === 'blind';
	const classes = [styles.row, row.reason === null ? '' : styles.told, isBlind ? styles.blind : ''];
	return (
		<li className={classes.join(' ')} data-subject={`archive/${row.id}`} data-standing={row.standing}>
			<span className={styles.label}>{row.label}</span>
			<span className={styles.bar}>
				<Progress {...row.bar} isBlind={isBlind} />
			</span>
			<span className={styles.figures}>
				{row.figures} <span className={styles.unit}>{row.unit}</span>
			</span>
			<Ending row={row} verified={verified} />
			{row.reason !== null && (
				<span className={`${styles.reason} ${styles[row.standing]}`}>
					<Shape of={row.standing} /> {row.reason}
				</span>
			)}
		</li>
	);
}

/** ✓, or when it will be, or how far it is where that cannot be told. */
function Ending({ row: { isDone, finish, percent }, verified }: { readonly row: ArchiveRow; readonly verified: string }) {
	const { words } = useWords();
	if (isDone) {
		return (
			<span className={styles.percent}>
				<Shape of="confirmed" /> <span className="for-ears">{verified}</span>
			</span>
		);
	}
	if (finish === null) return <span className={styles.percent}>{percent}</span>;
	return (
		<span className={`${styles.percent} ${finish.isLate ? styles.watch : ''}`}>
			{finish.isLate && <Shape of="watch" />} <span aria-hidden="true">{finish.time}</span>
			<span className="for-ears">
				{fill(words.wall.finish, { time: finish.time })}
				{finish.isLate && `, ${words.wall.finishLate}`}
			</span>
		</span>
	);
}
