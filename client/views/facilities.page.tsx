// Facilities side by side: temperature with its course, cooling, power, and what hangs on each. Nothing is done from here.
import { Link } from 'wouter';
import { useBreakdownDeskWords } from '../store/breakdown-desk-words.ts';
import { useJudged, useSlice, useWords } from '../store/hooks.ts';
import { zoneOf } from '../store/selectors.ts';
import { Hero } from '../tiles/hero.tsx';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import styles from './facilities.module.css';
import { type FacilityRow, facilityRows } from './facilities-model.ts';
import { FacilityCurve } from './facility-curve.tsx';
import pages from './pages.module.css';

export function FacilitiesPage() {
	const { language } = useWords();
	const own = useBreakdownDeskWords();
	const rows = useSlice((state) => facilityRows(state, own, language));
	if (rows === null) return null;
	return (
		<>
			<h1 className="for-ears">{own.facility.title}</h1>
			{rows.length === 0 && <p className={pages.missing}>{own.facility.none}</p>}
			<div className={styles.sides}>
				{rows.map((row) => (
					<Facility key={row.id} row={row} />
				))}
			</div>
		</>
	);
}

function Facility({ row }: { readonly row: FacilityRow }) {
	const { words, language } = useWords();
	const own = useBreakdownDeskWords();
	const zone = useJudged(zoneOf) ?? 'Europe/Rome';
	const w = own.facility;
	return (
		<section className={styles.side} data-facility={row.id} data-standing={row.standing}>
			<h2 className={styles.name}>
				{row.label} {row.side !== null && <span className={styles.quiet}>{row.side}</span>}
			</h2>
			{/* Always there, so that what is compared stands side by side. */}
			<p className={pages[row.standing]}>
				<Shape of={row.standing} /> {row.reason ?? words.standing[row.standing]}
			</p>
			<TileFrame name={`temperature-${row.id}`} title={`${w.temperature}, ${row.label}`} kind="hero" standing={row.heat} veil={row.veil}>
				<Hero figure={row.degrees}>{row.limits}</Hero>
			</TileFrame>
			<div className={styles.panel}>
				{row.curve === null ? (
					<p className={pages.missing}>{w.noTrend}</p>
				) : (
					<FacilityCurve curve={row.curve} zone={zone} label={row.chart} language={language} />
				)}
				<dl className={`${pages.facts} ${styles.facts}`}>
					{row.facts.map(([label, value]) => (
						<div key={label}>
							<dt>{label}</dt>
							<dd>{value}</dd>
						</div>
					))}
				</dl>
			</div>
			<div className={styles.panel}>
				<h3 className={styles.quiet}>{w.hangs}</h3>
				{row.hanging.length === 0 && <p className={pages.missing}>{w.nothingHangs}</p>}
				<ul className={styles.hanging}>
					{row.hanging.map(({ subject, label, kind, standing }) => (
						<li key={subject} data-subject={subject} data-standing={standing}>
							<Shape of={standing} />{' '}
							{subject.startsWith('service/') ? <Link href={`/services/${subject.slice('service/'.length)}`}>{label}</Link> : label}{' '}
							<span className={styles.quiet}>{kind}</span>
						</li>
					))}
				</ul>
			</div>
		</section>
	);
}
