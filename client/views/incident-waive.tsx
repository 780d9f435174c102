// Waiving an incident's legal clock: why nothing more is owed. A decision that stands: held, or pressed by key and confirmed (decision 12).
import { useMemo, useState } from 'react';
import type { ClockLaw } from '../../shared/breakdown.ts';
import type { Mark } from '../../shared/mark.ts';
import { fill } from '../../shared/words/words.ts';
import { useBreakdownDeskWords } from '../store/breakdown-desk-words.ts';
import { ArmedButton } from './desk-armed.tsx';
import styles from './incidents.module.css';
import { useMay } from './use-may.ts';

const REASON_MOST = 500;

type WaiveProps = { readonly incident: string; readonly title: string; readonly law: ClockLaw };

export function WaiveClock({ incident, title, law }: WaiveProps) {
	const own = useBreakdownDeskWords();
	const mayDo = useMay();
	const [isAsked, setIsAsked] = useState(false);
	const [typed, setTyped] = useState('');
	const reason = typed.trim();
	const mark = useMemo((): Mark => ({ kind: 'clock', incident, law, act: 'waive', reason }), [incident, law, reason]);
	const w = own.clock;
	const about = fill(w.startAbout, { law: w.lawShort[law], incident: title });
	if (!mayDo('clocks.mark')) return null;
	return (
		<div className={styles.ask}>
			<button
				type="button"
				data-quiet
				className={styles.button}
				aria-expanded={isAsked}
				aria-label={`${w.waive}: ${about}`}
				onClick={() => setIsAsked(!isAsked)}
			>
				{w.waive}
			</button>
			{isAsked && (
				<fieldset className={styles.form}>
					<legend>{w.waive}</legend>
					<label className={styles.wide}>
						{w.waiveReason}
						<textarea rows={2} maxLength={REASON_MOST} required value={typed} onChange={({ target }) => setTyped(target.value)} />
						<small className={styles.quiet}>{fill(own.characters, { left: REASON_MOST - typed.length })}</small>
					</label>
					<p className={styles.quiet}>{own.noNames}</p>
					<div className={styles.acts}>
						<ArmedButton
							action="clocks.mark"
							mark={mark}
							label={w.waive}
							about={about}
							confirmHow={fill(w.waiveHow, { law: w.lawShort[law], reason })}
							isShut={reason === ''}
						/>
					</div>
				</fieldset>
			)}
		</div>
	);
}
