// The fields of one claim that a sentence makes: its kind decides which.
import { incidentNatures } from '../../shared/breakdown.ts';
import { isMeasure, measureOf } from '../../shared/measures.ts';
import { fill } from '../../shared/words/words.ts';
import { useBreakdownDeskWords } from '../store/breakdown-desk-words.ts';
import { useWords } from '../store/hooks.ts';
import { type ClaimDraft, claimKinds, measuresOf } from './claims-model.ts';
import styles from './incidents.module.css';
import { MomentField } from './moment-field.tsx';
import { SubjectField, type SubjectKindHere } from './subject-choice.tsx';

const kindsOf: Readonly<Record<'restored' | 'working' | 'figure', readonly SubjectKindHere[]>> = {
	restored: ['service', 'dependant'],
	working: ['service', 'dependant'],
	figure: ['service', 'facility', 'flow', 'dependant'],
};

type ClaimFieldsProps = {
	readonly draft: ClaimDraft;
	readonly place: number;
	readonly onChange: (part: Partial<ClaimDraft>) => void;
	readonly onRemove: () => void;
};

export function ClaimFields({ draft, place, onChange, onRemove }: ClaimFieldsProps) {
	const { language } = useWords();
	const own = useBreakdownDeskWords();
	const w = own.statement;
	const { kind } = draft;
	return (
		<fieldset className={styles.claim}>
			<legend>
				{w.claimKind} {place}
			</legend>
			<label>
				{w.claimKind}
				<select value={kind} onChange={({ target }) => onChange({ kind: target.value as ClaimDraft['kind'], subject: '', measure: '' })}>
					{claimKinds.map((one) => (
						<option key={one} value={one}>
							{w.claim[one]}
						</option>
					))}
				</select>
			</label>
			{kind !== 'nature' && (
				<SubjectField label={w.subject} kinds={kindsOf[kind]} value={draft.subject} onChoose={(subject) => onChange({ subject, measure: '' })} />
			)}
			{kind === 'restored' && <MomentField label={w.by} value={draft.by} onChange={({ target }) => onChange({ by: target.value })} />}
			{kind === 'figure' && (
				<>
					<label>
						{w.measure}
						<select value={draft.measure} onChange={({ target }) => onChange({ measure: target.value })}>
							<option value="">—</option>
							{measuresOf(draft.subject).map((name) => (
								<option key={name} value={name}>
									{isMeasure(name) ? measureOf(name)[language] : name}
								</option>
							))}
						</select>
					</label>
					{(['atLeast', 'atMost'] as const).map((bound) => (
						<label key={bound}>
							{w[bound]}
							<input
								inputMode="decimal"
								value={draft[bound]}
								maxLength={16}
								autoComplete="off"
								onChange={({ target }) => onChange({ [bound]: target.value })}
							/>
						</label>
					))}
				</>
			)}
			{kind === 'nature' && (
				<>
					<label>
						{own.incident.natureTitle}
						<select value={draft.isNot ? 'not' : 'is'} onChange={({ target }) => onChange({ isNot: target.value === 'not' })}>
							<option value="is">{w.is}</option>
							<option value="not">{w.isNot}</option>
						</select>
					</label>
					<label>
						{w.claim.nature}
						<select value={draft.nature} onChange={({ target }) => onChange({ nature: target.value as ClaimDraft['nature'] })}>
							{incidentNatures
								.filter((one) => one !== 'unknown')
								.map((one) => (
									<option key={one} value={one}>
										{own.incident.nature[one]}
									</option>
								))}
						</select>
					</label>
				</>
			)}
			<button type="button" data-quiet className={styles.button} aria-label={fill(w.removeClaim, { n: place })} onClick={onRemove}>
				×
			</button>
		</fieldset>
	);
}
