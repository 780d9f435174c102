// The teams' lanes: when each last spoke, what it promised, when to call it, and a form for its lead to report. A silent team is amber.
import { type FormEvent, useState } from 'react';
import { formatAge, formatMoment, type Language } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import { NOTE_MAX_CHARACTERS } from '../../shared/mark.ts';
import { byWorst } from '../../shared/standing.ts';
import type { RunbookWords } from '../../shared/words/runbook-words.ts';
import { fill } from '../../shared/words/words.ts';
import { useJudged, useWords } from '../store/hooks.ts';
import { zoneOf } from '../store/selectors.ts';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import { ActButton } from './act-button.tsx';
import { ClockInput } from './desk-clock.tsx';
import { mayMark, useDuties } from './desk-duties.ts';
import { useMarks } from './desk-marks.tsx';
import { useRunbookWords } from './desk-words.ts';
import { nextOfClock } from './runbook-clock.ts';
import styles from './runbook-lanes.module.css';

export function lanesModel(judged: BoardNow, own: RunbookWords, language: Language) {
	const w = own.lanes;
	const zone = zoneOf(judged);
	const clock = (at: number): string => formatMoment(at, zone);
	const named = (id: string): string => judged.runbook.tasks[id]?.label ?? id;
	return Object.entries(judged.lanes)
		.map(([id, lane]) => ({
			id,
			label: lane.label,
			standing: lane.standing,
			reason: lane.reason === null ? null : w.reason[lane.reason],
			report: lane.ageMs === null ? w.never : fill(w.ago, { age: formatAge(lane.ageMs, language) }),
			promise: lane.promise === null ? w.noPromise : clock(lane.promise),
			isBroken: lane.reason === 'promise-broken',
			call: lane.callDueAt === null ? w.noCall : lane.callDueAt <= judged.now ? w.callNow : clock(lane.callDueAt),
			isDue: lane.reason === 'silent',
			progress: fill(w.progress, { done: lane.done, total: lane.total }),
			running: lane.running.length > 0 ? fill(w.running, { names: lane.running.map(named).join(', ') }) : null,
			next: lane.next === null ? null : fill(w.next, { name: named(lane.next) }),
		}))
		.sort((a, b) => byWorst(a.standing, b.standing) || (a.label < b.label ? -1 : 1));
}

export function RunbookLanes() {
	const { language } = useWords();
	const own = useRunbookWords();
	const duties = useDuties();
	const [openId, setOpenId] = useState<string | null>(null);
	const lanes = useJudged((judged) => lanesModel(judged, own, language));
	if (lanes === null) return null;
	const w = own.lanes;
	return (
		<TileFrame name="lanes" title={w.title}>
			{lanes.length === 0 && <p className={styles.quiet}>{w.none}</p>}
			<ul>
				{lanes.map((lane) => (
					<li key={lane.id} className={styles.lane} data-team={lane.id} data-standing={lane.standing}>
						<p className={styles.head}>
							<b>{lane.label}</b> <span className={styles.quiet}>{lane.progress}</span>
							{lane.reason !== null && (
								<span className={styles.reason}>
									<Shape of={lane.standing} /> {lane.reason}
								</span>
							)}
							{mayMark(duties, { team: lane.id }) && (
								<ActButton
									action="marks.make"
									of={{ team: lane.id }}
									aria-expanded={openId === lane.id}
									aria-label={fill(w.reportOf, { team: lane.label })}
									onClick={() => setOpenId(openId === lane.id ? null : lane.id)}
								>
									{w.report}
								</ActButton>
							)}
						</p>
						<dl className={styles.facts}>
							<Fact label={w.lastReport} value={lane.report} />
							<Fact label={w.promise} value={lane.promise} isAmber={lane.isBroken} />
							<Fact label={w.call} value={lane.call} isAmber={lane.isDue} />
						</dl>
						{(lane.running ?? lane.next) !== null && <p className={styles.quiet}>{lane.running ?? lane.next}</p>}
						{openId === lane.id && mayMark(duties, { team: lane.id }) && (
							<ReportForm team={lane.id} label={lane.label} onSent={() => setOpenId(null)} />
						)}
					</li>
				))}
			</ul>
		</TileFrame>
	);
}

function Fact({ label, value, isAmber = false }: { readonly label: string; readonly value: string; readonly isAmber?: boolean }) {
	return (
		<div>
			<dt>{label}</dt>
			<dd className={isAmber ? styles.amber : undefined}>{value}</dd>
		</div>
	);
}

function ReportForm({ team, label, onSent }: { readonly team: string; readonly label: string; readonly onSent: () => void }) {
	const own = useRunbookWords();
	const { send, isSending } = useMarks();
	const night = useJudged((judged) => ({ zone: zoneOf(judged), minute: Math.floor(judged.now / 60_000) }));
	const w = own.lanes;
	const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
		event.preventDefault();
		const form = new FormData(event.currentTarget);
		const time = String(form.get('promise') ?? '');
		const text = String(form.get('text') ?? '').trim();
		if (night === null || isSending(`team/${team}`)) return;
		const promise = time === '' ? null : nextOfClock(time, night.minute * 60_000, night.zone);
		const outcome = await send({
			kind: 'report',
			team,
			...(promise === null ? {} : { promise }),
			...(text === '' ? {} : { text }),
		});
		if (outcome.ok) onSent();
	};
	return (
		<form className={styles.form} onSubmit={submit} aria-label={fill(w.reportOf, { team: label })}>
			<ClockInput label={w.promiseAt} name="promise" hasFocus />
			<label className={styles.wide}>
				{w.text}
				<input name="text" maxLength={NOTE_MAX_CHARACTERS} autoComplete="off" />
			</label>
			<ActButton action="marks.make" of={{ team }} type="submit" aria-disabled={isSending(`team/${team}`)}>
				{w.send}
			</ActButton>
			<p className={styles.quiet}>{own.noNames}</p>
		</form>
	);
}
