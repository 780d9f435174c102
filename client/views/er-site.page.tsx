// One emergency room in full: its figures, codes, trend, arrivals, estimates, sources, its counts by hand, and what may be marked of it.
import { lazy, Suspense } from 'react';
import { Link } from 'wouter';
import { triageCodes } from '../../shared/er.ts';
import { fill } from '../../shared/words/words.ts';
import { useErDeskWords } from '../store/er-desk-words.ts';
import { useSlice, useWords } from '../store/hooks.ts';
import { ErBanner } from '../tiles/er-banner.tsx';
import { ErCodeTable } from '../tiles/er-code-table.tsx';
import { CodeChip } from '../tiles/er-codes.tsx';
import { Hero } from '../tiles/hero.tsx';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import styles from './er.module.css';
import { ErActs } from './er-acts.tsx';
import { ErIndices } from './er-indices.tsx';
import { ErPaperLog } from './er-paper-log.tsx';
import { erSiteModel, TREND_HOURS } from './er-site-model.ts';
import { FieldLink } from './field-link.tsx';
import pages from './pages.module.css';

const ErTrendBars = lazy(async () => ({ default: (await import('../tiles/charts/er-trend-bars.tsx')).ErTrendBars }));
const ErArrivalsChart = lazy(async () => ({ default: (await import('../tiles/charts/er-arrivals-chart.tsx')).ErArrivalsChart }));

export function ErSitePage({ id }: { readonly id: string }) {
	const { words, language } = useWords();
	const own = useErDeskWords();
	const model = useSlice((state) => erSiteModel(state, id, words, own, language));
	if (model === null) return <p className={pages.missing}>{own.notFound}</p>;
	const { large } = model;
	const standing = large.blind === null ? 'good' : 'blind';
	return (
		<>
			<div className={pages.heading}>
				<Link href="/er">← {own.title}</Link>
				<h2>{large.label}</h2>
				<p>{model.under}</p>
				{large.reason !== null && (
					<p className={pages[large.standing]} data-standing={large.standing}>
						<Shape of={large.standing} /> {large.reason}
					</p>
				)}
				{large.diversion !== null && <p>{large.diversion}</p>}
			</div>
			{large.banner !== null && <ErBanner banner={large.banner} />}
			<div className={pages.heroes}>
				{large.figures.slice(0, 4).map(({ name, title, figure, context }) => (
					<TileFrame key={name} name={`er-${name}`} title={title} kind="hero" veil={large.blind}>
						<Hero figure={figure}>{context.join(' · ')}</Hero>
					</TileFrame>
				))}
			</div>
			<ErActs id={id} acts={model.acts} diversion={model.diversion} />
			<TileFrame name="er-trend" title={fill(own.trend, { hours: TREND_HOURS })}>
				{model.trend === null ? (
					<p className={pages.missing}>{own.noTrend}</p>
				) : (
					<Suspense fallback={<div className={styles.chartRoom} />}>
						<div className={styles.keys}>
							{triageCodes.map((code) => (
								<CodeChip key={code} code={code} />
							))}
							<span className={styles.quiet}>{own.trendGap}</span>
						</div>
						<ErTrendBars trend={model.trend} zone={model.zone} label={`${fill(own.trend, { hours: TREND_HOURS })}: ${own.trendGap}`} />
					</Suspense>
				)}
			</TileFrame>
			<TileFrame
				name="er-arrivals"
				title={own.page.arrivalsChart}
				aside={model.expectedFrom === null ? own.page.noExpected : own.page.from[model.expectedFrom]}
			>
				{model.arrivals?.some(({ known }) => known !== 'all') && (
					<p className={styles.quiet} data-unheard>
						<span className={styles.hatch} aria-hidden="true" /> {own.page.arrivalsUnheard}
					</p>
				)}
				{model.arrivals === null ? (
					<p className={pages.missing}>{own.page.noArrivals}</p>
				) : (
					<Suspense fallback={<div className={styles.chartRoom} />}>
						<ErArrivalsChart hours={model.arrivals} zone={model.zone} label={`${own.page.arrivalsChart}. ${own.page.arrivalsUnheard}`} />
					</Suspense>
				)}
			</TileFrame>
			<div className={styles.pair}>
				{large.codes !== null && (
					<TileFrame name="er-codes" title={own.table.title} standing={standing}>
						<div className={styles.codes}>
							<ErCodeTable codes={large.codes} isNamed />
						</div>
					</TileFrame>
				)}
				{model.facts.length > 0 && (
					<TileFrame name="er-load" title={own.page.load} standing={standing}>
						<dl className={pages.facts}>
							{model.facts.map(([label, value]) => (
								<div key={label}>
									<dt>{label}</dt>
									<dd>{value}</dd>
								</div>
							))}
						</dl>
					</TileFrame>
				)}
				<ErPaperLog paper={model.paper} reconcile={model.reconcile} />
				<ErIndices indices={model.indices} />
				{model.neighbours.length > 0 && (
					<TileFrame name="er-neighbours" title={own.neighbours}>
						<dl className={pages.facts}>
							{model.neighbours.map((near) => (
								<div key={near.id} data-subject={`site/${near.id}`} data-standing={near.standing}>
									<dt>
										<Link href={`/er/${near.id}`}>{near.label}</Link>
									</dt>
									<dd>
										<Shape of={near.standing} /> {near.figure} {near.context}
									</dd>
								</div>
							))}
						</dl>
					</TileFrame>
				)}
				<TileFrame name="er-sources" title={own.page.sources}>
					{model.sources.length === 0 && <p className={pages.missing}>{own.page.noSources}</p>}
					<dl className={pages.facts}>
						{model.sources.map((source) => (
							<div key={source.id} data-subject={`source/${source.id}`}>
								<dt>{source.label}</dt>
								<dd>
									<Shape of={source.standing} /> {source.age}
								</dd>
							</div>
						))}
					</dl>
				</TileFrame>
				<FieldLink site={id} />
			</div>
		</>
	);
}
