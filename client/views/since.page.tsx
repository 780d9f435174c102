// "Since you left" in full: gates, decisions, tasks, figures then and now, what is not as it should be. Printed, it is the handover sheet.
import { type FormEvent, useState } from 'react';
import { useSearchParams } from 'wouter';
import { formatDay, formatZone } from '../../shared/format.ts';
import { fill } from '../../shared/words/words.ts';
import { useJudged, useWords } from '../store/hooks.ts';
import { zoneOf } from '../store/selectors.ts';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import { ClockInput } from './desk-clock.tsx';
import { useRunbookWords } from './desk-words.ts';
import styles from './since.module.css';
import { useBefore } from './since-before.ts';
import { clockOf, fromOf, pastOfClock, twinOf } from './since-from.ts';
import { useLeftAt } from './since-looked.tsx';
import { type SinceLine, type SinceModel, sinceModel } from './since-model.ts';

export function SincePage() {
	const { words, language } = useWords();
	const own = useRunbookWords();
	const leftAt = useLeftAt();
	const [search, setSearch] = useSearchParams();
	const night = useJudged(({ cutover, now, rehearsal, ...judged }) => ({
		zone: zoneOf({ ...judged, cutover, now, rehearsal }),
		start: cutover?.windowStart ?? null,
		name: cutover?.name ?? '',
		rehearsal,
		minute: Math.floor(now / 60_000),
	}));
	const from = fromOf(search.get('from'), leftAt, night?.start ?? null);
	const [isUnread, setIsUnread] = useState(false);
	const before = useBefore(from);
	const model = useJudged((judged) => (before.state === 'known' ? sinceModel(before.board, judged, words, own, language) : null));
	if (night === null) return null;
	const w = own.sinceLeft;
	const now = night.minute * 60_000;
	const show = (event: FormEvent<HTMLFormElement>): void => {
		event.preventDefault();
		const text = String(new FormData(event.currentTarget).get('from') ?? '');
		const at = pastOfClock(text, now, night.zone);
		setIsUnread(at === null);
		if (at !== null) setSearch({ from: new Date(at).toISOString() });
	};
	const twin = twinOf(from, now, night.zone);
	return (
		<div className={styles.page}>
			<div className={styles.head}>
				<h1>{w.title}</h1>
				<p className={styles.printed}>
					{night.rehearsal && <b>{words.rehearsal} · </b>}
					{night.name} · {model !== null && fill(w.printed, { from: model.from, to: model.to, day: formatDay(now, night.zone) })}
				</p>
				<form key={from} className={styles.choose} onSubmit={show} noValidate>
					<ClockInput label={w.from} name="from" hasZone initial={clockOf(from, night.zone)} />
					<button type="submit" data-quiet>
						{w.show}
					</button>
					{twin !== null && (
						<button type="button" data-quiet onClick={() => setSearch({ from: new Date(twin).toISOString() })}>
							{fill(w.twin, { time: clockOf(twin, night.zone) })}
						</button>
					)}
					{night.start !== null && (
						<button type="button" data-quiet onClick={() => setSearch({ from: new Date(night.start ?? 0).toISOString() })}>
							{w.fromStart}
						</button>
					)}
					<button type="button" data-quiet disabled={model === null} onClick={() => window.print()}>
						{w.print}
					</button>
				</form>
				{isUnread && (
					<p role="alert" className={styles.trouble}>
						<Shape of="watch" /> {fill(w.unread, { zone: formatZone(now, night.zone) })}
					</p>
				)}
			</div>
			{before.state === 'loading' && <p className={styles.quiet}>{w.loading}</p>}
			{before.state === 'refused' && (
				<p role="alert" className={styles.trouble}>
					<Shape of="watch" /> {{ 'before-the-record': w.tooEarly, future: w.future, failed: w.failed }[before.code]}
				</p>
			)}
			{model !== null && <Summary model={model} />}
		</div>
	);
}

function Summary({ model }: { readonly model: SinceModel }) {
	const own = useRunbookWords();
	const w = own.sinceLeft;
	const tasks = [
		[w.failedTasks, model.tasks.failed],
		[w.finished, model.tasks.done],
		[w.skipped, model.tasks.skipped],
		[w.started, model.tasks.running],
	] as const;
	return (
		<div className={styles.columns}>
			<TileFrame name="since-figures" title={w.figures}>
				<table className={styles.figures}>
					<thead>
						<tr>
							<td />
							<th scope="col">
								{w.before} {model.from}
							</th>
							<th scope="col">
								{w.nowColumn} {model.to}
							</th>
							<th scope="col">{w.change}</th>
						</tr>
					</thead>
					<tbody>
						{model.figures.map((row) => (
							<tr key={row.label}>
								<th scope="row">{row.label}</th>
								<td>{row.before}</td>
								<td>{row.now}</td>
								<td>{row.change}</td>
							</tr>
						))}
					</tbody>
				</table>
			</TileFrame>
			<TileFrame name="since-alarms" title={w.alarms} aside={String(model.alarms.length)}>
				{model.alarms.length === 0 && <p className={styles.quiet}>{w.noAlarms}</p>}
				<ul>
					{model.alarms.slice(0, SHOWN).map((one) => (
						<li key={one.key} className={styles.alarm} data-standing={one.standing}>
							<Shape of={one.standing} /> <b>{one.label}</b> {one.reason}
						</li>
					))}
					{model.alarms.length > SHOWN && <li className={styles.quiet}>{fill(w.leftOut, { count: model.alarms.length - SHOWN })}</li>}
				</ul>
			</TileFrame>
			<Lines name="since-gates" title={w.gates} lines={model.gates} />
			<Lines name="since-decisions" title={w.decisions} lines={[...model.decisions, ...model.notes]} />
			<TileFrame name="since-tasks" title={w.tasks}>
				{tasks.every(([, lines]) => lines.length === 0) && <p className={styles.quiet}>{w.nothing}</p>}
				{tasks.map(
					([title, lines]) =>
						lines.length > 0 && (
							<div key={title}>
								<h3 className={styles.small}>{fill(title, { count: lines.length })}</h3>
								<LineList lines={lines} />
							</div>
						),
				)}
			</TileFrame>
			{model.isCut && <p className={styles.quiet}>{own.task.historyLeftOut}</p>}
		</div>
	);
}

function Lines({ name, title, lines }: { readonly name: string; readonly title: string; readonly lines: readonly SinceLine[] }) {
	const own = useRunbookWords();
	return (
		<TileFrame name={name} title={title}>
			{lines.length === 0 ? <p className={styles.quiet}>{own.sinceLeft.nothing}</p> : <LineList lines={lines} />}
		</TileFrame>
	);
}

/** A sheet has room for so many of one kind; what is left out is counted. */
const SHOWN = 12;

function LineList({ lines }: { readonly lines: readonly SinceLine[] }) {
	const own = useRunbookWords();
	return (
		<ul>
			{lines.slice(-SHOWN).map((line) => (
				<li key={line.key} className={styles.line}>
					<span className={styles.quiet}>{line.time}</span>
					<span>{line.text}</span>
					<span className={styles.quiet}>{line.by}</span>
				</li>
			))}
			{lines.length > SHOWN && <li className={styles.quiet}>{fill(own.sinceLeft.leftOut, { count: lines.length - SHOWN })}</li>}
		</ul>
	);
}
