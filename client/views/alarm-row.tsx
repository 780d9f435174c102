// One alarm of the list: what it is, what to do, and what may be done with it from here.
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import type { Mark } from '../../shared/mark.ts';
import { fill } from '../../shared/words/words.ts';
import { useBreakdownDeskWords } from '../store/breakdown-desk-words.ts';
import { ActButton } from './act-button.tsx';
import { ShelveForm } from './alarm-shelve.tsx';
import styles from './alarms.module.css';
import type { AlarmAct, AlarmRow } from './alarms-model.ts';
import { useMarks } from './desk-marks.tsx';
import { MayDo } from './may-do.tsx';
import { Priority } from './priority.tsx';

type RowProps = {
	readonly row: AlarmRow;
	/** Before an act, so that the focus finds its way when the button goes. */
	readonly onUsed: () => void;
	/** Fold-out and acts for what hangs on it. */
	readonly children?: ReactNode;
	readonly isPast?: boolean;
	/** Stands under what explains it. */
	readonly isMember?: boolean;
};

const markOf = (act: Exclude<AlarmAct, 'shelve'>, alarm: string): Mark => ({ kind: 'alarm', alarm, act });

export function AlarmLine({ row, onUsed, children, isPast = false, isMember = false }: RowProps) {
	const own = useBreakdownDeskWords();
	const { send, isSending } = useMarks();
	const [isAsked, setIsAsked] = useState(false);
	const w = own.alarm;
	const isBusy = isSending(`alarm/${row.id}`);
	const sayAct = (act: string): string => fill(w.actOf, { act, alarm: row.name, subject: row.label });
	const acts = (act: AlarmAct): void => {
		if (act === 'shelve') setIsAsked(!isAsked);
		else {
			onUsed();
			if (!isBusy) void send(markOf(act, row.id));
		}
	};
	return (
		<li className={styles.row} data-row data-alarm={row.id} data-waiting={row.isWaiting || undefined}>
			<Priority of={row.priority} />
			<div className={styles.what}>
				<p className={styles.name}>
					<b>{row.label}</b> {row.name}
					{row.value !== null && <span className={styles.quiet}> · {row.value}</span>}
					{row.isFirst && (
						<abbr className={styles.first} title={w.firstOf}>
							{w.first}
						</abbr>
					)}
				</p>
				<p className={styles.state}>
					{row.state} <span className={styles.quiet}>· {row.since}</span>
				</p>
				{!isMember && row.root !== null && <p className={styles.quiet}>{row.root}</p>}
				{row.notes.map((note) => (
					<p key={note} className={styles.quiet}>
						{note}
					</p>
				))}
				{row.remedy !== '' && <p className={styles.remedy}>{row.remedy}</p>}
			</div>
			{!isPast && (
				<div className={styles.acts}>
					{row.acts.map((act) => (
						<ActButton
							key={act}
							action="alarms.mark"
							of={row.of}
							aria-disabled={isBusy}
							aria-expanded={act === 'shelve' ? isAsked : undefined}
							aria-label={sayAct(w.act[act])}
							onClick={() => acts(act)}
						>
							{w.act[act]}
						</ActButton>
					))}
					<MayDo action="incidents.mark">
						<Link className={styles.link} href={`/incidents?alarm=${encodeURIComponent(row.id)}`} aria-label={sayAct(w.act.incident)}>
							{w.act.incident}
						</Link>
					</MayDo>
				</div>
			)}
			{isAsked && row.acts.includes('shelve') && <ShelveForm row={row} onDone={() => setIsAsked(false)} />}
			{children}
		</li>
	);
}
