// How a sheet begins: its template, and the moment that it speaks of.
import { useState } from 'react';
import { type SheetTemplate, sheetTemplates } from '../../shared/press.ts';
import { fill } from '../../shared/words/words.ts';
import { useBreakdownDeskWords } from '../store/breakdown-desk-words.ts';
import { usePressWords } from '../store/press-words.ts';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import { MomentField } from './moment-field.tsx';
import styles from './press.module.css';
import { momentSaid } from './press-list-model.ts';
import { momentOfText, textOfMoment } from './zoned-moment.ts';

type TemplateProps = {
	readonly template: SheetTemplate;
	/** Whether choosing another takes the place of what a person wrote. */
	readonly isWritten: boolean;
	readonly incident: string | null;
	readonly incidents: readonly { readonly id: string; readonly title: string }[];
	readonly onChoose: (template: SheetTemplate, incident: string | null) => void;
};

export function PressTemplate({ template, isWritten, incident, incidents, onChoose }: TemplateProps) {
	const { compose: w } = usePressWords();
	const [asked, setAsked] = useState<readonly [SheetTemplate, string | null] | null>(null);
	const choose = (one: SheetTemplate, of: string | null): void => {
		setAsked(isWritten ? [one, of] : null);
		if (!isWritten) onChoose(one, of);
	};
	const first = incidents[0]?.id ?? null;
	const shown = asked?.[0] ?? template;
	return (
		<TileFrame name="press-template" title={w.template}>
			<fieldset className={styles.choices}>
				<legend className="for-ears">{w.template}</legend>
				{sheetTemplates.map((one) => (
					<label key={one}>
						<input
							type="radio"
							name="template"
							checked={shown === one}
							onChange={() => choose(one, one === 'incident' ? (incident ?? first) : null)}
						/>
						{w.templates[one]}
					</label>
				))}
			</fieldset>
			{shown === 'incident' && incidents.length > 0 && (
				<div className={styles.fields}>
					<label>
						{w.incident}
						<select value={(asked === null ? incident : asked[1]) ?? ''} onChange={({ target }) => choose('incident', target.value || null)}>
							<option value="">—</option>
							{incidents.map(({ id, title }) => (
								<option key={id} value={id}>
									{title}
								</option>
							))}
						</select>
					</label>
				</div>
			)}
			{asked !== null && (
				<fieldset className={styles.asked} aria-label={w.replaceAsk}>
					<p role="status">
						<Shape of="watch" /> {w.replaceAsk}
					</p>
					<button
						type="button"
						data-quiet
						onClick={() => {
							setAsked(null);
							onChoose(...asked);
						}}
					>
						{w.replace}
					</button>
					<button type="button" data-quiet onClick={() => setAsked(null)}>
						{w.cancel}
					</button>
				</fieldset>
			)}
		</TileFrame>
	);
}

type MomentProps = {
	/** As it is typed; empty for now. */
	readonly moment: string;
	readonly zone: string;
	readonly now: () => number;
	readonly read: { readonly at: number; readonly seq: number } | null;
	readonly isBusy: boolean;
	/** Why no figures came; an empty text where the server does not answer. */
	readonly trouble: string | null;
	readonly onRead: (moment: string) => void;
};

export function PressMoment({ moment, zone, now, read, isBusy, trouble, onRead }: MomentProps) {
	const { compose: w } = usePressWords();
	const { badMoment } = useBreakdownDeskWords();
	const [typed, setTyped] = useState(moment);
	const [isPast, setIsPast] = useState(moment !== '');
	const [wrong, setWrong] = useState<string | null>(null);
	const ask = (): void => {
		if (!isPast) {
			onRead('');
			return;
		}
		const at = momentOfText(typed, zone);
		setWrong(at === null ? badMoment : at > now() ? w.future : null);
		if (at !== null && at <= now()) onRead(typed.trim());
	};
	const choose = (past: boolean): void => {
		setIsPast(past);
		setWrong(null);
		if (past && typed === '') setTyped(textOfMoment(now(), zone));
		if (!past) onRead('');
	};
	const told = wrong ?? (trouble === null ? null : fill(w.noFigures, { why: trouble || w.lost }));
	return (
		<TileFrame name="press-moment" title={w.moment}>
			<form
				className={styles.moment}
				noValidate
				onSubmit={(event) => {
					event.preventDefault();
					ask();
				}}
			>
				<fieldset className={styles.choices}>
					<legend className="for-ears">{w.moment}</legend>
					<label>
						<input type="radio" name="when" checked={!isPast} onChange={() => choose(false)} />
						{w.now}
					</label>
					<label>
						<input type="radio" name="when" checked={isPast} onChange={() => choose(true)} />
						{w.past}
					</label>
				</fieldset>
				<div className={styles.fields}>
					{isPast && (
						<MomentField label={fill(w.momentAt, { zone })} name="moment" value={typed} onChange={({ target }) => setTyped(target.value)} required />
					)}
					<button type="submit" data-quiet className={styles.button} aria-disabled={isBusy}>
						{isPast ? w.read : w.readAgain}
					</button>
				</div>
			</form>
			<p role="alert" className={styles.trouble}>
				{told !== null && (
					<>
						<Shape of="watch" /> {told}
					</>
				)}
			</p>
			<p role="status" className={styles.quiet}>
				{isBusy ? w.reading : read === null ? '' : fill(w.readAs, { moment: momentSaid(read.at, zone), seq: read.seq })}
			</p>
		</TileFrame>
	);
}
