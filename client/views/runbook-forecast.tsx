// The finish: when, how sure, what it hangs on, who is ahead or behind, and what was promised before. Never a time that is not known.
import { Link } from 'wouter';
import { formatAge, formatClock, formatCountdown, formatNumber, type Language, UNKNOWN } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { RunbookWords } from '../../shared/words/runbook-words.ts';
import { fill } from '../../shared/words/words.ts';
import { useJudged, useWords } from '../store/hooks.ts';
import { labelOf, zoneOf } from '../store/selectors.ts';
import { Promises } from '../tiles/charts/promises.tsx';
import { promisesSpec } from '../tiles/charts/promises-model.ts';
import { Hero } from '../tiles/hero.tsx';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import { useRunbookWords } from './desk-words.ts';
import styles from './runbook-forecast.module.css';
import { sayDuration } from './runbook-model.ts';

const ON_TIME_MS = 60_000;

export function forecastModel(judged: BoardNow, own: RunbookWords, language: Language) {
	const { forecast, runbook } = judged;
	const zone = zoneOf(judged);
	const clock = (at: number): string => formatClock(at, zone);
	const { finish, reason, marginMs } = forecast;
	const why = reason === null ? null : own.forecast.why[reason];
	return {
		standing: forecast.standing,
		why,
		isFinished: reason === 'finished',
		figure: finish === null ? UNKNOWN : clock(finish.p50),
		between: finish === null ? null : fill(own.forecast.between, { p50: clock(finish.p50), p90: clock(finish.p90) }),
		p80: finish === null ? null : fill(own.forecast.p80, { p80: clock(finish.p80) }),
		margin: formatCountdown(marginMs),
		over: marginMs !== null && marginMs < 0 ? fill(own.forecast.over, { time: sayDuration(marginMs) }) : null,
		asOf: forecast.ageMs === null ? null : fill(own.forecast.asOf, { age: formatAge(forecast.ageMs, language) }),
		wider: forecast.blind.length === 0 ? null : fill(own.forecast.wider, { names: forecast.blind.map((one) => nameOf(judged, one)).join(', ') }),
		drivers: forecast.drivers.map(({ subject, label }) => {
			const [kind = '', id = ''] = subject.split('/');
			const task = kind === 'task' ? runbook.tasks[id] : undefined;
			const href = kind === 'task' ? `/runbook/${id}` : kind === 'archive' ? `/archives/${id}` : null;
			return { subject, label, href, isLate: task?.isLate ?? false, at: task?.forecast ? clock(task.forecast[1]) : null };
		}),
		streams: Object.entries(forecast.streams)
			.map(([stream, { factor, aheadMs }]) => ({
				stream,
				isBehind: aheadMs < -ON_TIME_MS,
				aheadMs,
				told:
					Math.abs(aheadMs) < ON_TIME_MS
						? own.forecast.onTime
						: fill(aheadMs > 0 ? own.forecast.ahead : own.forecast.behind, { time: sayDuration(aheadMs) }),
				factor: fill(own.forecast.factor, { factor: formatNumber(factor, language, 2) }),
			}))
			.sort((a, b) => a.aheadMs - b.aheadMs),
		promises: promisesSpec(judged, zone),
	};
}

const nameOf = (judged: BoardNow, subject: string): string =>
	subject.startsWith('task/') ? (judged.runbook.tasks[subject.slice('task/'.length)]?.label ?? subject) : labelOf(judged, subject);

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
						{model.streams.map(({ stream, told, factor, isBehind }) => (
							<li key={stream}>
								<span>{stream}</span>
								<span className={isBehind ? styles.behind : undefined}>
									{isBehind && <Shape of="watch" />} {told}
								</span>
								<span className={styles.quiet}>{factor}</span>
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
