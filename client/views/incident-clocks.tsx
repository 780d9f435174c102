// An incident's legal clocks: each begins by a person's decision, runs on absolute time, and ends by a protocol number or by another decision.
import { useMemo, useState } from 'react';
import { type ClockLaw, clockLaws } from '../../shared/breakdown.ts';
import type { Mark } from '../../shared/mark.ts';
import { fill } from '../../shared/words/words.ts';
import { useBreakdownDeskWords } from '../store/breakdown-desk-words.ts';
import { useJudged, useScreen } from '../store/hooks.ts';
import { zoneOf } from '../store/selectors.ts';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import { ArmedButton } from './desk-armed.tsx';
import { MarkForm } from './incident-form.tsx';
import type { ClockRow } from './incident-parts-model.ts';
import { WaiveClock } from './incident-waive.tsx';
import styles from './incidents.module.css';
import { MomentField } from './moment-field.tsx';
import { useMay } from './use-may.ts';
import { momentOfText, textOfMoment } from './zoned-moment.ts';

const PROTOCOL_MOST = 80;

type ClocksProps = { readonly incident: string; readonly title: string; readonly rows: readonly ClockRow[] };

export function IncidentClocks({ incident, title, rows }: ClocksProps) {
	const own = useBreakdownDeskWords();
	const w = own.clock;
	return (
		<TileFrame name="clocks" title={w.title}>
			{rows.length === 0 && <p className={styles.none}>{w.none}</p>}
			{rows.map((row) => (
				<section key={row.key} className={styles.clock} data-clock={row.key} data-standing={row.standing}>
					<h3>
						<Shape of={row.standing} /> {w.law[row.law]}
					</h3>
					<p className={styles.quiet}>{row.waived ?? row.aware}</p>
					<ul>
						{row.steps.map((step) => (
							<li key={step.step} className={styles.step} data-step={step.step} data-standing={step.standing}>
								<span>{w.step[row.law][step.step]}</span>
								<span className={styles.quiet}>{step.due}</span>
								<span className={styles.stepState}>
									<Shape of={step.standing} /> {step.state}
								</span>
								{step.isOwed && row.waived === null && <SentForm incident={incident} law={row.law} step={step.step} />}
							</li>
						))}
					</ul>
					{row.waived === null && row.steps.some(({ isOwed }) => isOwed) && <WaiveClock incident={incident} title={title} law={row.law} />}
				</section>
			))}
			<StartClock incident={incident} title={title} begun={rows.map(({ law }) => law)} />
		</TileFrame>
	);
}

type StepProps = { readonly incident: string; readonly law: ClockLaw; readonly step: ClockRow['steps'][number]['step'] };

function SentForm({ incident, law, step }: StepProps) {
	const own = useBreakdownDeskWords();
	const { board } = useScreen();
	const zone = useJudged(zoneOf) ?? 'Europe/Rome';
	const w = own.clock;
	return (
		<MarkForm
			action="clocks.mark"
			title={w.sentForm}
			submit={w.sentForm}
			about={`${w.step[law][step]}, ${w.lawShort[law]}`}
			read={({ text }) => {
				const at = momentOfText(text('at'), zone);
				if (at === null) return { wrong: own.badMoment };
				if (text('protocol') === '') return { wrong: w.needsProtocol };
				return { kind: 'clock', incident, law, act: 'sent', step, protocol: text('protocol'), at };
			}}
		>
			<label>
				{w.protocol}
				<input name="protocol" required maxLength={PROTOCOL_MOST} autoComplete="off" />
			</label>
			<MomentField label={w.sentAt} name="at" defaultValue={textOfMoment(board.getState().pace?.now ?? 0, zone)} required />
		</MarkForm>
	);
}

/** A decision that stands: armed before it is made (decision 12). */
function StartClock({ incident, title, begun }: { readonly incident: string; readonly title: string; readonly begun: readonly ClockLaw[] }) {
	const own = useBreakdownDeskWords();
	const { board } = useScreen();
	const mayDo = useMay();
	const zone = useJudged(zoneOf) ?? 'Europe/Rome';
	const left = clockLaws.filter((law) => !begun.includes(law));
	const [chosen, setChosen] = useState<ClockLaw | null>(null);
	const [aware, setAware] = useState(() => textOfMoment(board.getState().pace?.now ?? 0, zone));
	const law = chosen !== null && left.includes(chosen) ? chosen : left[0];
	const awareAt = momentOfText(aware, zone);
	const mark = useMemo(
		(): Mark | null => (law === undefined || awareAt === null ? null : { kind: 'clock', incident, law, act: 'start', awareAt }),
		[incident, law, awareAt],
	);
	const w = own.clock;
	if (law === undefined || !mayDo('clocks.mark')) return null;
	return (
		<fieldset className={styles.form}>
			<legend>{w.start}</legend>
			<label>
				{w.chooseLaw}
				<select value={law} onChange={({ target }) => setChosen(clockLaws.find((one) => one === target.value) ?? null)}>
					{left.map((one) => (
						<option key={one} value={one}>
							{w.law[one]}
						</option>
					))}
				</select>
			</label>
			<MomentField label={w.awareAt} value={aware} onChange={({ target }) => setAware(target.value)} required />
			<div className={styles.acts}>
				<ArmedButton
					action="clocks.mark"
					mark={mark ?? { kind: 'clock', incident, law, act: 'waive', reason: '' }}
					isShut={mark === null}
					label={w.startButton}
					about={fill(w.startAbout, { law: w.lawShort[law], incident: title })}
					confirmHow={fill(w.startHow, { law: w.lawShort[law], time: aware })}
				/>
			</div>
		</fieldset>
	);
}
