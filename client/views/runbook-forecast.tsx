// The finish: when, how sure, what it hangs on, who is ahead or behind, and what was promised before. Never a time that is not known.
import { Link } from 'wouter';
import { fill } from '../../shared/words/words.ts';
import { useJudged, useWords } from '../store/hooks.ts';
import { Promises } from '../tiles/charts/promises.tsx';
import { Hero } from '../tiles/hero.tsx';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import { useRunbookWords } from './desk-words.ts';
import styles from './runbook-forecast.module.css';
import { forecastModel } from './runbook-forecast-model.ts';

const useForecast = () => {
	const { language } = useWords();
	const own = useRunbookWords();
	return { own, model: useJudged((judged) => forecastModel(judged, own, language)) };
};

/** The night in four figures: the finish, the margin, tasks done and late. */
export function RunbookHeroes() {
	const { words } = useWords();
	const { own, model } = useForecast();
	const counts = useJudged(({ runbook }) => ({ done: runbook.done, total: runbook.total, late: runbook.late, failed: runbook.failed }));
	if (model === null || counts === null) return null;
	const veil = model.standing === 'blind' ? model.why : null;
	return (
		<div className={styles.heroes}>
			<TileFrame name="finish" title={own.forecast.title} kind="hero" standing={model.standing} veil={veil}>
				<Hero figure={model.figure}>{model.isFinished ? model.why : model.between}</Hero>
			</TileFrame>
			<TileFrame name="margin" title={own.forecast.margin} kind="hero" standing={model.standing} veil={veil}>
				<Hero figure={model.margin}>{model.over ?? model.p80}</Hero>
			</TileFrame>
			<TileFrame name="done" title={own.sinceLeft.done} kind="hero" standing={counts.failed > 0 ? 'bad' : counts.late > 0 ? 'watch' : 'good'}>
				<Hero figure={String(counts.done)} rest={`${words.of} ${counts.total}`}>
					{counts.failed > 0 && (
						<>
							<Shape of="bad" /> {fill(own.sinceLeft.failedTasks, { count: counts.failed })}{' '}
						</>
					)}
					{counts.late > 0 && (
						<>
							<Shape of="watch" /> {counts.late} {own.late}
						</>
					)}
				</Hero>
			</TileFrame>
		</div>
	);
}

export function RunbookForecast() {
	const { own, model } = useForecast();
	if (model === null) return null;
	const w = own.forecast;
	return (
		<TileFrame name="forecast" title={w.detail} standing={model.standing === 'bad' ? 'bad' : 'good'} aside={model.asOf ?? undefined}>
			{model.why !== null && (
				<p className={styles.why}>
					<Shape of={model.standing} /> {model.why}
				</p>
			)}
			{model.between !== null && (
				<p className={styles.finish}>
					<strong>{model.figure}</strong> {model.between} · {model.p80}
				</p>
			)}
			{model.wider !== null && (
				<p className={styles.why}>
					<Shape of="blind" /> {model.wider}
				</p>
			)}
			<h3>{w.drivers}</h3>
			{model.drivers.length === 0 && <p className={styles.quiet}>{w.noDrivers}</p>}
			<ol className={styles.drivers}>
				{model.drivers.map(({ subject, label, href, isLate, at }) => (
					<li key={subject} data-subject={subject}>
						<span>
							{isLate && <Shape of="watch" />} {href === null ? label : <Link href={href}>{label}</Link>}
						</span>
						{at !== null && <span className={styles.quiet}>{at}</span>}
					</li>
				))}
			</ol>
			{model.streams.length > 0 && (
				<>
					<h3>{w.streams}</h3>
					<ul className={styles.streams}>
						{model.streams.map(({ stream, told, factor, beside, isBehind }) => (
							<li key={stream}>
								<span>{stream}</span>
								<span className={isBehind ? styles.behind : undefined}>
									{isBehind && <Shape of="watch" />} {told}
								</span>
								<span className={styles.quiet}>{beside ?? factor}</span>
							</li>
						))}
					</ul>
				</>
			)}
			<h3>{w.promises}</h3>
			{model.promises === null ? (
				<p className={styles.quiet}>{w.noPromises}</p>
			) : (
				<>
					<Promises spec={model.promises} label={fill(w.promisesLabel, model.promises.told)} />
					<p className={styles.quiet}>{fill(w.promised, model.promises.told)}</p>
				</>
			)}
		</TileFrame>
	);
}
