// One task in full: what it waits for, how it went in rehearsal, what was marked on it, and what may be marked now.
import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { Link, useSearch } from 'wouter';
import { NOTE_MAX_CHARACTERS } from '../../shared/mark.ts';
import type { Whose } from '../../shared/me.ts';
import { fill } from '../../shared/words/words.ts';
import { useSlice, useWords } from '../store/hooks.ts';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import { ActButton } from './act-button.tsx';
import { mayMark, useDuties } from './desk-duties.ts';
import { useFocusAfter, useFocusOnce } from './desk-focus.ts';
import { useMarks } from './desk-marks.tsx';
import { useRunbookWords } from './desk-words.ts';
import { actsOf, needsReason, type TaskAct } from './runbook-acts.ts';
import styles from './runbook-task.module.css';
import { taskModel } from './runbook-task-model.ts';

export function RunbookTask({ id }: { readonly id: string }) {
	const { words, language } = useWords();
	const own = useRunbookWords();
	const duties = useDuties();
	const search = useSearch();
	const heading = useRef<HTMLHeadingElement | null>(null);
	const model = useSlice((state) => taskModel(state, id, words, own, language));
	const back = `/runbook${search === '' ? '' : `?${search}`}`;
	// Whoever asked for it is taken to it; a heading takes the focus only so.
	useEffect(() => heading.current?.focus(), []);
	if (model === null) {
		return (
			<p className={styles.none}>
				{own.task.notFound} <Link href={back}>{own.task.openInTable}</Link>
			</p>
		);
	}
	const of = { team: model.team };
	const may = mayMark(duties, of);
	return (
		<TileFrame
			name="task"
			title={model.kind}
			standing={model.standing}
			aside={
				<Link className={styles.close} href={back}>
					{own.close}
				</Link>
			}
		>
			<div className={styles.top}>
				<h2 ref={heading} tabIndex={-1}>
					{model.label}
				</h2>
				<p className={styles.state}>
					{model.standing !== 'good' && <Shape of={model.standing} />} {model.state}
				</p>
			</div>
			<dl className={styles.facts}>
				{model.facts.map(([label, value]) => (
					<div key={label}>
						<dt>{label}</dt>
						<dd>{value}</dd>
					</div>
				))}
				<Tasks label={own.task.after} tasks={model.after} none={own.task.afterNone} search={search} />
				{model.before.length > 0 && <Tasks label={own.task.before} tasks={model.before} none="" search={search} />}
			</dl>
			{may && model.status !== null && (
				<Acts heading={heading} id={id} label={model.label} of={of} acts={actsOf({ status: model.status, gate: model.gate })} />
			)}
			{model.gate !== null && (
				<p>
					<Link href="/gates">{own.nav.gates} →</Link>
				</p>
			)}
			{!may && duties.barred !== 'nobody' && <p className={styles.none}>{fill(own.notYours, { who: model.whose })}</p>}
			<h3>{own.task.history}</h3>
			{model.history.length === 0 && <p className={styles.none}>{own.task.noHistory}</p>}
			<ol className={styles.history}>
				{model.history.map(({ seq, time, text, by, isTakenBack }) => (
					<li key={seq} data-undone={isTakenBack || undefined}>
						<span>{time}</span>
						<span>{text}</span>
						<span>
							{by}
							{isTakenBack && ` · ${own.task.takenBack}`}
						</span>
					</li>
				))}
			</ol>
			{model.isHistoryCut && <p className={styles.none}>{own.task.historyLeftOut}</p>}
		</TileFrame>
	);
}

type TasksProps = {
	readonly label: string;
	readonly tasks: readonly { readonly id: string; readonly label: string; readonly state: string; readonly isOver: boolean }[];
	readonly none: string;
	readonly search: string;
};

function Tasks({ label, tasks, none, search }: TasksProps) {
	return (
		<div>
			<dt>{label}</dt>
			<dd>
				{tasks.length === 0 && none}
				<ul>
					{tasks.map((task) => (
						<li key={task.id}>
							<Link href={`/runbook/${task.id}${search === '' ? '' : `?${search}`}`}>{task.label}</Link>{' '}
							<span className={styles.quiet}>· {task.state}</span>
						</li>
					))}
				</ul>
			</dd>
		</div>
	);
}

type ActsProps = {
	readonly heading: RefObject<HTMLHeadingElement | null>;
	readonly id: string;
	readonly label: string;
	readonly of: Whose;
	readonly acts: readonly TaskAct[];
};

function Acts({ heading, id, label, of, acts }: ActsProps) {
	const own = useRunbookWords();
	const { send, isSending } = useMarks();
	const [asked, setAsked] = useState<'skipped' | 'failed' | null>(null);
	const isBusy = isSending(`task/${id}`);
	const { used } = useFocusAfter(() => heading.current?.focus());
	const act = (state: TaskAct): void => {
		used();
		if (needsReason(state)) setAsked(state);
		else if (!isBusy) void send({ kind: 'task', task: id, state });
	};
	const reasoned = async (reason: string): Promise<void> => {
		if (asked === null || isBusy) return;
		const outcome = await send({ kind: 'task', task: id, state: asked, reason });
		// What was written stays until the server has it.
		if (outcome.ok) setAsked(null);
	};
	return (
		<>
			<div className={styles.acts}>
				{acts.map((one) => (
					<ActButton
						key={one}
						action="marks.make"
						of={of}
						aria-disabled={isBusy}
						aria-expanded={needsReason(one) ? asked === one : undefined}
						aria-label={fill(own.actOf, { act: own.act[one], task: label })}
						onClick={() => act(one)}
					>
						{own.act[one]}
					</ActButton>
				))}
				{isBusy && <span className={styles.quiet}>{own.sending}</span>}
			</div>
			{asked !== null && <ReasonForm key={asked} act={asked} of={of} onSend={reasoned} onCancel={() => setAsked(null)} />}
		</>
	);
}

type ReasonProps = {
	readonly act: 'skipped' | 'failed';
	readonly of: Whose;
	readonly onSend: (reason: string) => void;
	readonly onCancel: () => void;
};

function ReasonForm({ act, of, onSend, onCancel }: ReasonProps) {
	const own = useRunbookWords();
	const field = useFocusOnce<HTMLInputElement>();
	const submit = (event: FormEvent<HTMLFormElement>): void => {
		event.preventDefault();
		const reason = field.current?.value.trim() ?? '';
		if (reason !== '') onSend(reason);
	};
	return (
		<form className={styles.reason} onSubmit={submit}>
			<label>
				{own.reasonFor[act]}
				<input ref={field} name="reason" required maxLength={NOTE_MAX_CHARACTERS} autoComplete="off" />
			</label>
			<p className={styles.quiet}>{own.noNames}</p>
			<ActButton action="marks.make" of={of} type="submit">
				{own.act[act]}
			</ActButton>
			<button type="button" data-quiet onClick={onCancel}>
				{own.cancel}
			</button>
		</form>
	);
}
