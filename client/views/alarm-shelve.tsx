// Shelving one alarm: for how long and why. One of priority 1 is armed: held, or pressed by key and confirmed.
import { type FormEvent, useMemo, useState } from 'react';
import type { Mark } from '../../shared/mark.ts';
import { fill } from '../../shared/words/words.ts';
import { useBreakdownDeskWords } from '../store/breakdown-desk-words.ts';
import { useJudged, useScreen } from '../store/hooks.ts';
import { zoneOf } from '../store/selectors.ts';
import { ActButton } from './act-button.tsx';
import styles from './alarms.module.css';
import type { AlarmRow } from './alarms-model.ts';
import { ArmedButton } from './desk-armed.tsx';
import { useFocusOnce } from './desk-focus.ts';
import { useMarks } from './desk-marks.tsx';
import { MomentField } from './moment-field.tsx';
import { momentOfText, textOfMoment } from './zoned-moment.ts';

const MINUTE_MS = 60_000;
const lengths = [15, 60] as const;
const REASON_CHARACTERS = 200;

export function ShelveForm({ row, onDone }: { readonly row: AlarmRow; readonly onDone: () => void }) {
	const own = useBreakdownDeskWords();
	const { board } = useScreen();
	const { send } = useMarks();
	const zone = useJudged(zoneOf) ?? 'Europe/Rome';
	const first = useFocusOnce<HTMLSelectElement>();
	const [length, setLength] = useState<string>('15');
	const [moment, setMoment] = useState(() => textOfMoment((board.getState().pace?.now ?? 0) + 120 * MINUTE_MS, zone));
	const [reason, setReason] = useState('');
	const text = reason.trim();
	// Counted from the last change here: what is armed is the very mark that is confirmed.
	const mark = useMemo((): Extract<Mark, { kind: 'alarm' }> | null => {
		const now = board.getState().pace?.now ?? 0;
		const ends = length === 'moment' ? momentOfText(moment, zone) : now + Number(length) * MINUTE_MS;
		return ends === null || text === '' ? null : { kind: 'alarm', alarm: row.id, act: 'shelve', until: ends, reason: text };
	}, [board, length, moment, zone, text, row.id]);
	const submit = async (event: FormEvent): Promise<void> => {
		event.preventDefault();
		if (mark === null || row.priority === 1) return;
		const outcome = await send(mark);
		if (outcome.ok) onDone();
	};
	const w = own.alarm.shelve;
	const about = `${row.label}, ${row.name}`;
	return (
		<form className={styles.form} onSubmit={submit} aria-label={fill(w.title, { alarm: about })}>
			<label>
				{w.for}
				<select ref={first} value={length} onChange={({ target }) => setLength(target.value)}>
					{lengths.map((minutes) => (
						<option key={minutes} value={minutes}>
							{minutes < 60 ? fill(own.minutes, { count: minutes }) : fill(own.hours, { count: minutes / 60 })}
						</option>
					))}
					<option value="moment">{own.moment}</option>
				</select>
			</label>
			{length === 'moment' && <MomentField label={own.momentAt} value={moment} onChange={({ target }) => setMoment(target.value)} required />}
			<label className={styles.wide}>
				{w.reason}
				<input value={reason} onChange={({ target }) => setReason(target.value)} required maxLength={REASON_CHARACTERS} autoComplete="off" />
			</label>
			<p className={styles.quiet}>
				{row.priority === 1 && `${w.armed} `}
				{own.noNames}
			</p>
			<p role="alert" className={styles.trouble}>
				{length === 'moment' && momentOfText(moment, zone) === null && own.badMoment}
			</p>
			<div className={styles.acts}>
				{row.priority === 1 ? (
					<ArmedButton
						action="alarms.mark"
						of={row.of}
						mark={mark ?? { kind: 'alarm', alarm: row.id, act: 'unshelve' }}
						label={w.submit}
						about={about}
						confirmHow={fill(w.confirmHow, { alarm: about })}
						isShut={mark === null}
					/>
				) : (
					<ActButton action="alarms.mark" of={row.of} type="submit" disabled={mark === null}>
						{w.submit}
					</ActButton>
				)}
				<button type="button" data-quiet onClick={onDone}>
					{own.cancel}
				</button>
			</div>
		</form>
	);
}
