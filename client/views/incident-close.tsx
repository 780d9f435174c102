// Closing an incident: asked for, told what is still open, and then held for a second; a key presses twice, once for each.
import { useState } from 'react';
import { useBreakdownDeskWords } from '../store/breakdown-desk-words.ts';
import { Shape } from '../tiles/shape.tsx';
import { useRunbookWords } from './desk-words.ts';
import { HoldButton } from './hold-button.tsx';
import styles from './incidents.module.css';
import type { IncidentModel } from './incidents-model.ts';
import { MayDo } from './may-do.tsx';

type CloseProps = { readonly model: IncidentModel; readonly label: string; readonly isBusy: boolean; readonly onClose: () => void };

export function IncidentClose({ model, label, isBusy, onClose }: CloseProps) {
	const own = useBreakdownDeskWords();
	const run = useRunbookWords();
	const [isAsked, setIsAsked] = useState(false);
	const w = own.incident.closing;
	return (
		<MayDo action="incidents.mark">
			<button type="button" data-quiet className={styles.button} aria-expanded={isAsked} onClick={() => setIsAsked(!isAsked)}>
				{label}
			</button>
			{isAsked && (
				<fieldset className={styles.form} data-closing>
					<legend>{label}</legend>
					<div className={styles.wide}>
						{model.stillOpen.length === 0 ? (
							<p>{w.nothing}</p>
						) : (
							<>
								<p>{w.stillOpen}</p>
								<ul className={styles.open}>
									{model.stillOpen.map((one) => (
										<li key={one}>
											<Shape of="watch" /> {one}
										</li>
									))}
								</ul>
							</>
						)}
						<p className={styles.quiet}>{w.how}</p>
					</div>
					<div className={styles.acts}>
						<HoldButton
							label={isBusy ? run.sending : w.hold}
							holding={run.gate.holding}
							about={isBusy ? undefined : `${w.hold}: ${model.title}, ${run.gate.hold}`}
							isBusy={isBusy}
							tone={model.stillOpen.length === 0 ? 'plain' : 'danger'}
							onHeld={onClose}
							onKeyed={onClose}
						/>
						<button type="button" data-quiet onClick={() => setIsAsked(false)}>
							{own.cancel}
						</button>
					</div>
				</fieldset>
			)}
		</MayDo>
	);
}
