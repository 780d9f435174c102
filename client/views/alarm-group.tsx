// A root cause with what hangs on it: one line in place of many, unfolded on demand, and acknowledged all at once.
import { useState } from 'react';
import type { Mark } from '../../shared/mark.ts';
import { fill } from '../../shared/words/words.ts';
import { useBreakdownDeskWords } from '../store/breakdown-desk-words.ts';
import { ActButton } from './act-button.tsx';
import { AlarmLine } from './alarm-row.tsx';
import styles from './alarms.module.css';
import type { AlarmGroupRow } from './alarms-model.ts';
import { useMarks } from './desk-marks.tsx';
import { Priority } from './priority.tsx';
import { useMay } from './use-may.ts';

export function AlarmGroup({ group, onUsed }: { readonly group: AlarmGroupRow; readonly onUsed: () => void }) {
	const own = useBreakdownDeskWords();
	const mayDo = useMay();
	const { sendAll } = useMarks();
	const [isOpen, setIsOpen] = useState(false);
	const [isBusy, setIsBusy] = useState(false);
	const { root, members, worst } = group;
	const w = own.alarm;
	// A team's lead takes what is the team's, and leaves the rest.
	const waiting = [root, ...members].filter(({ acts, of }) => acts.includes('acknowledge') && mayDo('alarms.mark', of));
	const urgent = waiting.filter(({ priority }) => priority === 1).length;
	const takeAll = async (): Promise<void> => {
		if (isBusy) return;
		onUsed();
		setIsBusy(true);
		const marks = waiting.map(({ id }): Mark => ({ kind: 'alarm', alarm: id, act: 'acknowledge' }));
		await sendAll(marks, fill(w.allOf, { count: marks.length, root: `${root.label}, ${root.name}` }));
		setIsBusy(false);
	};
	if (members.length === 0) return <AlarmLine row={root} onUsed={onUsed} />;
	return (
		<AlarmLine row={root} onUsed={onUsed}>
			{worst !== null && (
				<p className={styles.worst} data-worst={worst.id}>
					<Priority of={worst.priority} />
					<span>
						<b>{worst.label}</b> {worst.name} <span className={styles.quiet}>· {w.worst}</span>
					</span>
				</p>
			)}
			<div className={styles.hang}>
				<p>{members.length === 1 ? w.moreOne : fill(w.more, { count: members.length })}</p>
				<button type="button" data-quiet aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
					{isOpen ? w.fold : fill(w.unfold, { count: members.length })}
				</button>
				{waiting.length > 1 && (
					<ActButton action="alarms.mark" of={waiting[0]?.of} aria-disabled={isBusy} onClick={takeAll}>
						{fill(urgent === 0 ? w.act.acknowledgeAll : w.act.acknowledgeAllUrgent, { count: waiting.length, urgent })}
					</ActButton>
				)}
			</div>
			{isOpen && (
				<ul className={styles.members}>
					{members.map((row) => (
						<AlarmLine key={row.id} row={row} onUsed={onUsed} isMember />
					))}
				</ul>
			)}
		</AlarmLine>
	);
}
