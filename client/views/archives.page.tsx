// All archives in a table, each with its trend and the way to its own page.

import { Link } from 'wouter';
import { formatRate, type Language } from '../../shared/format.ts';
import { measureOf } from '../../shared/measures.ts';
import { deskOf } from '../../shared/words/desk-words.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import type { ScreenState } from '../store/board-store.ts';
import { useSlice, useWords } from '../store/hooks.ts';
import { type ArchiveRow, archiveRow } from '../tiles/archives-model.ts';
import { type ChartSpec, chartSpec, extentOf } from '../tiles/charts/chart-spec.ts';
import { PathChart } from '../tiles/charts/path-chart.tsx';
import { Progress } from '../tiles/progress.tsx';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import { shareOf } from './archive-share.ts';
import styles from './pages.module.css';

/** A value holds in a small chart for as long as a position is fresh. */
const HOLD_MS = measureOf('archive.bytesMoved').staleAfterMs;
const SPARK_POINTS = 60;

type Line = {
	readonly row: ArchiveRow;
	readonly share: string;
	readonly rate: string;
	readonly moved: ChartSpec;
	readonly verified: ChartSpec;
	readonly top: number;
};

function linesOf({ judged, followed }: ScreenState, words: Words, language: Language): readonly Line[] | null {
	if (judged === null || followed === null) return null;
	const { archives, bucketMs } = followed.board;
	const extent = extentOf(
		Object.values(archives).flatMap(({ trends }) => [trends.moved, trends.verified]),
		bucketMs,
	);
	return Object.entries(judged.archives).map(([id, one]) => {
		const trends = archives[id]?.trends ?? { moved: {}, verified: {} };
		const { from, to } = extent ?? { from: 0, to: 0 };
		return {
			row: archiveRow(id, one, judged, words, language),
			share: shareOf(one, words).told,
			rate: formatRate(one.rate, language),
			moved: chartSpec(trends.moved, bucketMs, from, to, HOLD_MS, SPARK_POINTS),
			verified: chartSpec(trends.verified, bucketMs, from, to, HOLD_MS, SPARK_POINTS),
			top: one.total ?? one.moved ?? 1,
		};
	});
}

export function ArchivesPage() {
	const { words, language } = useWords();
	const lines = useSlice((state) => linesOf(state, words, language));
	if (lines === null) return null;
	const done = lines.filter(({ row }) => row.isDone).length;
	return (
		<TileFrame name="archives-table" title={deskOf(words).nav.archives} aside={fill(words.archives.done, { done, of: lines.length })}>
			{lines.length === 0 && <p>{words.archives.none}</p>}
			<ul className={styles.table}>
				{lines.map(({ row, share, rate, moved, verified, top }) => (
					<li key={row.id} className={styles.archive} data-subject={`archive/${row.id}`} data-standing={row.standing}>
						<Link className={styles.name} href={`/archives/${row.id}`}>
							{row.label}
						</Link>
						<span className={styles.bar}>
							<Progress {...row.bar} isBlind={row.standing === 'blind'} />
						</span>
						<span className={styles.figure}>
							{row.figures} {row.unit}
						</span>
						<span className={styles.figure}>
							<span className="for-ears">{words.rate}</span> {rate}
						</span>
						<span className={styles.percent}>
							{row.isDone ? (
								<>
									<Shape of="confirmed" /> <span className="for-ears">{words.verified}</span>
								</>
							) : (
								share
							)}
						</span>
						<span className={styles.spark}>
							<PathChart
								series={[
									{ name: 'moved', spec: moved },
									{ name: 'verified', spec: verified },
								]}
								top={top}
								label={`${deskOf(words).table.trend}: ${row.label}`}
							/>
						</span>
						{row.reason !== null && (
							<span className={`${styles.reason} ${styles[row.standing]}`}>
								<Shape of={row.standing} /> {row.reason}
							</span>
						)}
					</li>
				))}
			</ul>
		</TileFrame>
	);
}
