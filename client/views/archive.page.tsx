// One archive in full: its figures, its course with gaps as gaps, and where the figures come from.

import { lazy, Suspense } from 'react';
import { Link } from 'wouter';
import { deskOf } from '../../shared/words/desk-words.ts';
import { useSlice, useWords } from '../store/hooks.ts';
import { Hero } from '../tiles/hero.tsx';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import { archiveModel } from './archive-model.ts';
import { useRunbookWords } from './desk-words.ts';
import styles from './pages.module.css';

const ArchiveChart = lazy(async () => ({ default: (await import('../tiles/charts/archive-chart.tsx')).ArchiveChart }));

export function ArchivePage({ id }: { readonly id: string }) {
	const { words, language } = useWords();
	const own = useRunbookWords();
	const model = useSlice((state) => archiveModel(state, id, words, own, language));
	if (model === null) return <p className={styles.missing}>{words.archives.notFound}</p>;
	return (
		<>
			<div className={styles.heading}>
				<Link href="/archives">← {deskOf(words).nav.archives}</Link>
				<h2>{model.label}</h2>
				<p>{model.under}</p>
				{model.reason !== null && (
					<p className={styles[model.standing]} data-standing={model.standing}>
						<Shape of={model.standing} /> {model.reason}
					</p>
				)}
			</div>
			<div className={styles.heroes}>
				<TileFrame name="archive-moved" title={words.moved} kind="hero" veil={model.veil}>
					<Hero figure={model.moved}>
						{model.percent}
						{model.beside !== null && ` · ${model.beside}`}
						{model.growing && ` · ${words.totalGrowing}`}
					</Hero>
				</TileFrame>
				<TileFrame name="archive-verified" title={words.verified} kind="hero" veil={model.veil}>
					<Hero figure={model.verified}>
						{model.isDone && (
							<>
								<Shape of="confirmed" /> {words.verified}
							</>
						)}
					</Hero>
				</TileFrame>
				<TileFrame name="archive-rate" title={words.rate} kind="hero" veil={model.veil}>
					<Hero figure={model.rate} />
				</TileFrame>
				<TileFrame name="archive-finish" title={own.forecast.title} kind="hero" veil={model.finish.isBlind ? model.finish.told : null}>
					<Hero figure={model.finish.figure}>{model.finish.told}</Hero>
				</TileFrame>
			</div>
			<TileFrame
				name="archive-chart"
				title={words.archives.chart}
				aside={
					<Legend
						moved={words.moved}
						verified={words.verified}
						band={own.forecast.band}
						ghost={(model.chart?.ghost.length ?? 0) > 0 ? own.forecast.ghost : null}
					/>
				}
			>
				{model.chart === null ? (
					<p className={styles.missing}>{deskOf(words).chart.noData}</p>
				) : (
					<Suspense fallback={<div className={styles.chartRoom} />}>
						<ArchiveChart {...model.chart} language={language} />
						<p className={styles.note}>{deskOf(words).chart.gap}</p>
					</Suspense>
				)}
			</TileFrame>
			<TileFrame name="archive-facts" title={deskOf(words).page.facts}>
				<dl className={styles.facts}>
					{model.facts.map(([label, value]) => (
						<div key={label}>
							<dt>{label}</dt>
							<dd>{value}</dd>
						</div>
					))}
					{model.sources.map((source) => (
						<div key={source.id} data-subject={`source/${source.id}`}>
							<dt>{words.source}</dt>
							<dd>
								<Shape of={source.standing} /> {source.label} · {source.age}
								{source.advances === null ? '' : ` · ${words.sources.advances}: ${source.advances ? words.sources.yes : words.sources.no}`}
							</dd>
						</div>
					))}
				</dl>
			</TileFrame>
		</>
	);
}

function Legend({
	moved,
	verified,
	band,
	ghost,
}: {
	readonly moved: string;
	readonly verified: string;
	readonly band: string;
	readonly ghost: string | null;
}) {
	return (
		<ul className={styles.legend}>
			<li className={styles.movedKey}>{moved}</li>
			<li className={styles.verifiedKey}>{verified}</li>
			<li className={styles.bandKey}>{band}</li>
			{ghost !== null && <li className={styles.ghostKey}>{ghost}</li>}
		</ul>
	);
}
