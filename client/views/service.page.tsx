// One service in full: its two sides, how long without it, its ledger with the rule, how fast it is, what it hangs on and who hangs on it.
import { lazy, Suspense } from 'react';
import { Link } from 'wouter';
import { useSlice, useWords } from '../store/hooks.ts';
import { useServicesWords } from '../store/services-words.ts';
import { Hero } from '../tiles/hero.tsx';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import er from './er.module.css';
import pages from './pages.module.css';
import styles from './service.module.css';
import type { LinkRow } from './service-links.ts';
import { type LatencyRow, type LedgerRow, type SideRow, serviceModel } from './service-model.ts';
import { Rule } from './services.page.tsx';

const LatencyChart = lazy(async () => ({ default: (await import('../tiles/charts/latency-chart.tsx')).LatencyChart }));

export function ServicePage({ id }: { readonly id: string }) {
	const { words, language } = useWords();
	const own = useServicesWords();
	const model = useSlice((state) => serviceModel(state, id, words, own, language));
	if (model === null) return <p className={pages.missing}>{own.notFound}</p>;
	return (
		<>
			<div className={pages.heading}>
				<Link href="/services">← {own.all}</Link>
				<h2>{model.label}</h2>
				<p>{model.under}</p>
				<p className={pages[model.standing]} data-standing={model.standing}>
					<Shape of={model.standing} /> {model.state}
					{model.since !== null && ` · ${model.since}`}
				</p>
				{model.order.map((line) => (
					<p key={line} className={pages.bad} data-restore-order>
						<Shape of="bad" /> {own.order.title}: {line}
					</p>
				))}
			</div>
			<div className={pages.heroes}>
				<TileFrame name="service-without" title={own.hero.without} kind="hero" standing={model.without.standing}>
					<Hero figure={model.without.figure}>
						{model.without.told.map((line) => (
							<p key={line}>{line}</p>
						))}
					</Hero>
				</TileFrame>
				<TileFrame name="service-left" title={own.hero.left} kind="hero">
					<Hero figure={model.left.figure}>{model.left.told}</Hero>
				</TileFrame>
				<TileFrame name="service-answers" title={own.hero.answers} kind="hero" veil={model.veil}>
					<Hero figure={model.answers} isWords>
						{own.column.writes}: {model.writes}
					</Hero>
				</TileFrame>
				<TileFrame name="service-latency" title={own.hero.latency} kind="hero" veil={model.veil}>
					<Hero figure={model.p95.figure}>{model.p95.told}</Hero>
				</TileFrame>
			</div>
			<TileFrame name="service-sides" title={own.sides.title}>
				<Sides rows={model.sides} />
			</TileFrame>
			<TileFrame name="service-ledger" title={own.ledger.title}>
				<Ledger rows={model.ledger} />
				<Rule text={model.rule} />
			</TileFrame>
			<TileFrame name="service-latencies" title={own.latency.title} aside={own.latency.approximate}>
				{model.latency.length > 0 && <Latencies rows={model.latency} />}
				{model.chart === null ? (
					<p className={pages.missing}>{own.latency.noTrend}</p>
				) : (
					<Suspense fallback={<div className={er.chartRoom} />}>
						<LatencyChart {...model.chart} language={language} />
						<p className={pages.note}>{own.latency.gap}</p>
					</Suspense>
				)}
			</TileFrame>
			<div className={er.pair}>
				<TileFrame name="service-alarms" title={own.alarms.title}>
					{model.alarms.length === 0 && <p className={pages.missing}>{own.alarms.none}</p>}
					<ul className={styles.alarms}>
						{model.alarms.map((alarm) => (
							<li key={alarm.id} data-alarm={alarm.id}>
								<strong className={alarm.priority === 1 ? pages.bad : pages.watch}>
									<Shape of={alarm.priority === 1 ? 'bad' : 'watch'} /> P{alarm.priority} · {alarm.name}
								</strong>
								<span>{alarm.told}</span>
								{alarm.remedy !== null && <span>{alarm.remedy}</span>}
							</li>
						))}
					</ul>
				</TileFrame>
				<Links name="needs" title={own.needs.title} none={own.needs.none} rows={model.needs} />
				<Links name="needed-by" title={own.neededBy.title} none={own.neededBy.none} rows={model.neededBy} />
				<TileFrame name="service-marks" title={own.marks.title}>
					<dl className={pages.facts}>
						{model.facts.map(([label, value]) => (
							<div key={label}>
								<dt>{label}</dt>
								<dd>{value}</dd>
							</div>
						))}
					</dl>
				</TileFrame>
			</div>
		</>
	);
}

function Sides({ rows }: { readonly rows: readonly SideRow[] }) {
	const { sides } = useServicesWords();
	return (
		<table className={styles.table}>
			<caption className="for-ears">{sides.title}</caption>
			<thead>
				<tr>
					<th scope="col">{sides.side}</th>
					<th scope="col">{sides.answers}</th>
					<th scope="col">{sides.writes}</th>
					<th scope="col" className={styles.figure}>
						{sides.latency}
					</th>
					<th scope="col" className={styles.figure}>
						{sides.age}
					</th>
				</tr>
			</thead>
			<tbody>
				{rows.map((row) => (
					<tr key={row.name}>
						<th scope="row">
							{row.isBlind && <Shape of="blind" />} {row.name}
						</th>
						<td className={row.isBlind ? styles.unseen : undefined}>{row.answers}</td>
						<td className={row.isBlind ? styles.unseen : undefined}>{row.writes}</td>
						<td className={styles.figure}>{row.latency}</td>
						<td className={styles.figure}>{row.age}</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}

const headings = ['planned', 'left', 'overrun', 'unplanned', 'unknown', 'up'] as const;

function Ledger({ rows }: { readonly rows: readonly LedgerRow[] }) {
	const { ledger, heading } = useServicesWords();
	const nameOf = (one: (typeof headings)[number]): string => (one === 'left' ? ledger.left : heading[one]);
	return (
		<table className={`${styles.table} ${styles.ledger}`}>
			<caption className="for-ears">{ledger.title}</caption>
			<thead>
				<tr>
					<th scope="col">{ledger.span}</th>
					{headings.map((one) => (
						<th key={one} scope="col" className={styles.figure}>
							{nameOf(one)}
						</th>
					))}
				</tr>
			</thead>
			<tbody>
				{rows.map(({ name, times }) => (
					<tr key={name}>
						<th scope="row">{name}</th>
						{headings.map((one) => (
							<td key={one} data-label={nameOf(one)} className={styles.figure}>
								{times[one]}
							</td>
						))}
					</tr>
				))}
			</tbody>
		</table>
	);
}

function Latencies({ rows }: { readonly rows: readonly LatencyRow[] }) {
	const { latency } = useServicesWords();
	return (
		<table className={styles.table}>
			<caption className="for-ears">{latency.title}</caption>
			<thead>
				<tr>
					<th scope="col">{latency.over}</th>
					{['p50', 'p95', 'p99', latency.count].map((one) => (
						<th key={one} scope="col" className={styles.figure}>
							{one}
						</th>
					))}
				</tr>
			</thead>
			<tbody>
				{rows.map((row) => (
					<tr key={row.name}>
						<th scope="row">{row.name}</th>
						{([row.p50, row.p95, row.p99, row.count] as const).map((figure, i) => (
							<td key={['p50', 'p95', 'p99', 'count'][i]} className={styles.figure}>
								{figure}
							</td>
						))}
					</tr>
				))}
			</tbody>
		</table>
	);
}

type LinksProps = { readonly name: string; readonly title: string; readonly none: string; readonly rows: readonly LinkRow[] };

function Links({ name, title, none, rows }: LinksProps) {
	return (
		<TileFrame name={`service-${name}`} title={title}>
			{rows.length === 0 && <p className={pages.missing}>{none}</p>}
			<dl className={pages.facts}>
				{rows.map((row) => (
					<div key={row.subject} data-subject={row.subject} data-standing={row.standing}>
						<dt>{row.href === null ? row.label : <Link href={row.href}>{row.label}</Link>}</dt>
						<dd className={pages[row.standing]}>
							<Shape of={row.standing} /> {row.state}
						</dd>
					</div>
				))}
			</dl>
		</TileFrame>
	);
}
