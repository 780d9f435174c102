// What may be marked of an incident's course: its status, cause, roles and when the next update comes.
import { useId } from 'react';
import { incidentNatures } from '../../shared/breakdown.ts';
import type { Mark } from '../../shared/mark.ts';
import { fill } from '../../shared/words/words.ts';
import { useBreakdownDeskWords } from '../store/breakdown-desk-words.ts';
import { useJudged, useScreen } from '../store/hooks.ts';
import { zoneOf } from '../store/selectors.ts';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import { ActButton } from './act-button.tsx';
import { focusToPanel } from './desk-focus.ts';
import { useMarks } from './desk-marks.tsx';
import { IncidentClose } from './incident-close.tsx';
import { MarkForm } from './incident-form.tsx';
import styles from './incidents.module.css';
import { type IncidentModel, needsCause } from './incidents-model.ts';
import { LongText } from './long-text.tsx';
import { MomentField } from './moment-field.tsx';
import { momentOfText, textOfMoment } from './zoned-moment.ts';

const CAUSE_MOST = 500;
const MINUTE_MS = 60_000;
const steps = [30, 60, 120] as const;

type ActsProps = { readonly model: IncidentModel };
const useIncidentMark = (id: string) => {
	const { send, isSending } = useMarks();
	return {
		isBusy: isSending(`incident/${id}`),
		mark: async (one: Mark): Promise<void> => {
			if (isSending(`incident/${id}`)) return;
			const takeHome = focusToPanel();
			await send(one);
			takeHome();
		},
	};
};

export function IncidentStatus({ model }: ActsProps) {
	const own = useBreakdownDeskWords();
	const { isBusy, mark } = useIncidentMark(model.id);
	const w = own.incident;
	const hint = useId();
	const shut = model.statuses.filter(({ isShut, status }) => isShut && status !== model.now).map(({ label }) => `«${label}»`);
	const set = (status: IncidentModel['now']): void => void mark({ kind: 'incident', incident: model.id, act: 'status', status });
	return (
		<TileFrame name="incident-status" title={w.statusTitle} aside={model.lastsText}>
			<ol className={styles.steps}>
				{model.statuses.map(({ status, label, isReached }) => (
					<li key={status} data-reached={isReached || undefined} aria-current={status === model.now ? 'step' : undefined}>
						{label}
					</li>
				))}
			</ol>
			<div className={styles.acts}>
				{model.statuses
					.filter(({ status }) => status !== model.now)
					.map(({ status, label, isShut }) =>
						status === 'closed' && !isShut ? (
							<IncidentClose key={status} model={model} label={fill(w.setStatus, { status: label })} isBusy={isBusy} onClose={() => set(status)} />
						) : (
							<ActButton
								key={status}
								action="incidents.mark"
								disabled={isShut}
								aria-disabled={isBusy}
								aria-describedby={isShut ? hint : undefined}
								onClick={() => set(status)}
							>
								{fill(w.setStatus, { status: label })}
							</ActButton>
						),
					)}
			</div>
			{shut.length > 0 && (
				<p id={hint} className={styles.quiet}>
					{fill(w.shutStatus, { statuses: shut.join(', ') })}
				</p>
			)}
			<dl className={styles.facts}>
				{model.facts.map(([label, value]) => (
					<div key={label}>
						<dt>{label}</dt>
						<dd>{value}</dd>
					</div>
				))}
			</dl>
		</TileFrame>
	);
}

export function IncidentCause({ model }: ActsProps) {
	const own = useBreakdownDeskWords();
	const w = own.incident;
	// Where the status says that the cause is known, it cannot be unknown.
	const natures = incidentNatures.filter((one) => one !== 'unknown' || !needsCause(model.now));
	return (
		<TileFrame name="incident-cause" title={w.cause}>
			<p className={styles.cause}>{model.cause ?? w.noCause}</p>
			<p className={styles.quiet}>
				{w.natureTitle}: {model.nature}
			</p>
			<MarkForm
				action="incidents.mark"
				title={w.causeForm}
				submit={w.causeForm}
				read={({ text }) => {
					const nature = natures.find((one) => one === text('nature'));
					if (nature === undefined) return { wrong: w.natureMissing };
					return { kind: 'incident', incident: model.id, act: 'cause', nature, ...(text('text') === '' ? {} : { text: text('text') }) };
				}}
			>
				<label>
					{w.natureTitle}
					<select name="nature" defaultValue={model.recorded ?? ''} required>
						{model.recorded === null && <option value="">—</option>}
						{natures.map((one) => (
							<option key={one} value={one}>
								{w.nature[one]}
							</option>
						))}
					</select>
				</label>
				<LongText label={w.causeText} name="text" most={CAUSE_MOST} />
			</MarkForm>
		</TileFrame>
	);
}

export function IncidentRoles({ model }: ActsProps) {
	const own = useBreakdownDeskWords();
	const { isBusy, mark } = useIncidentMark(model.id);
	const w = own.incident;
	return (
		<TileFrame name="incident-roles" title={w.roles}>
			<ul>
				{model.roles.map(({ role, label, who }) => (
					<li key={role} className={styles.role}>
						<span className={styles.quiet}>{label}</span>
						<b>{who ?? w.nobody}</b>
						{model.isOpen && (
							<ActButton
								action={role === 'lead' ? 'incidents.mark' : 'incidents.join'}
								aria-disabled={isBusy}
								aria-label={fill(w.takeOf, { role: label })}
								onClick={() => void mark({ kind: 'incident', incident: model.id, act: 'role', role })}
							>
								{w.take}
							</ActButton>
						)}
					</li>
				))}
			</ul>
		</TileFrame>
	);
}

export function IncidentUpdate({ model }: ActsProps) {
	const own = useBreakdownDeskWords();
	const { board } = useScreen();
	const zone = useJudged(zoneOf) ?? 'Europe/Rome';
	const { isBusy, mark } = useIncidentMark(model.id);
	const w = own.incident;
	const due = (at: number): Mark => ({ kind: 'incident', incident: model.id, act: 'next-update', due: at });
	const sayStep = (minutes: number): string => (minutes < 60 ? fill(own.minutes, { count: minutes }) : fill(own.hours, { count: minutes / 60 }));
	const here = (): number => board.getState().pace?.now ?? 0;
	return (
		<TileFrame name="incident-update" title={w.nextUpdate}>
			<p className={model.isLate ? styles.late : styles.cause}>
				{model.isLate && <Shape of="bad" />} {model.isOpen ? model.update : w.noUpdate}
			</p>
			{model.isOpen && (
				<>
					<div className={styles.acts}>
						{steps.map((minutes) => (
							<ActButton
								key={minutes}
								action="incidents.mark"
								aria-disabled={isBusy}
								aria-label={`${w.setUpdate} ${sayStep(minutes)}`}
								onClick={() => void mark(due(here() + minutes * MINUTE_MS))}
							>
								{sayStep(minutes)}
							</ActButton>
						))}
					</div>
					<MarkForm
						action="incidents.mark"
						title={own.moment}
						submit={own.moment}
						about={w.nextUpdate}
						read={({ text }) => {
							const at = momentOfText(text('due'), zone);
							return at === null ? { wrong: own.badMoment } : due(at);
						}}
					>
						<MomentField label={own.momentAt} name="due" defaultValue={textOfMoment(here() + 60 * MINUTE_MS, zone)} required />
					</MarkForm>
				</>
			)}
		</TileFrame>
	);
}
