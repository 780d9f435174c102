// What was said about an incident, each sentence beside what the data make of it, and a form for the next one.
import { type StatementAudience, statementAudiences } from '../../shared/breakdown.ts';
import type { Claim } from '../../shared/mark-breakdown.ts';
import { useBreakdownDeskWords } from '../store/breakdown-desk-words.ts';
import { useJudged, useScreen } from '../store/hooks.ts';
import { zoneOf } from '../store/selectors.ts';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import { ClaimFields } from './claim-fields.tsx';
import { CLAIMS_AT_MOST, type ClaimDraft, claimOf, newClaim } from './claims-model.ts';
import { MarkForm } from './incident-form.tsx';
import type { StatementRow } from './incident-parts-model.ts';
import styles from './incidents.module.css';
import { LongText } from './long-text.tsx';
import { emptyStatement, useStatementDraft } from './statement-draft.ts';

const TEXT_MOST = 500;
const audienceIn = (text: string): StatementAudience => statementAudiences.find((one) => one === text) ?? 'public';

export function IncidentStatements({ incident, rows }: { readonly incident: string; readonly rows: readonly StatementRow[] }) {
	const own = useBreakdownDeskWords();
	const w = own.statement;
	return (
		<TileFrame name="statements" title={w.title}>
			{rows.length === 0 && <p className={styles.none}>{w.none}</p>}
			<ul>
				{rows.map((row) => (
					<li key={row.id} className={styles.said} data-statement={row.id} data-verdict={row.mark}>
						<span className={styles.time}>{row.time}</span>
						<span>
							«{row.text}» <span className={styles.quiet}>{row.audience}</span>
						</span>
						<span className={styles.verdict}>
							<Shape of={row.mark} /> {row.verdict}
							{row.why !== null && <small className={styles.quiet}>{row.why}</small>}
						</span>
					</li>
				))}
			</ul>
			<StatementForm incident={incident} />
		</TileFrame>
	);
}

function StatementForm({ incident }: { readonly incident: string }) {
	const own = useBreakdownDeskWords();
	const { board } = useScreen();
	const zone = useJudged(zoneOf) ?? 'Europe/Rome';
	const { draft, put } = useStatementDraft(incident);
	const { claims } = draft;
	const setClaims = (all: readonly ClaimDraft[]): void => put({ claims: all });
	const w = own.statement;
	const change = (key: number, part: Partial<ClaimDraft>): void => setClaims(claims.map((one) => (one.key === key ? { ...one, ...part } : one)));
	return (
		<MarkForm
			action="statements.make"
			title={w.form}
			submit={w.submit}
			isBegun={draft !== emptyStatement}
			onKept={() => put(emptyStatement)}
			onCancelled={() => put(emptyStatement)}
			read={({ text }) => {
				const words = text('text');
				if (words === '') return { wrong: w.missing };
				const made = claims.map((one) => claimOf(one, incident, zone));
				if (made.includes(null)) return { wrong: w.incomplete };
				return {
					kind: 'statement',
					statement: `d-${Math.round(board.getState().pace?.now ?? 0).toString(36)}`,
					text: words,
					audience: audienceIn(text('audience')),
					incident,
					claims: made.filter((one): one is Claim => one !== null),
					linked: [],
				};
			}}
		>
			<LongText label={w.text} name="text" most={TEXT_MOST} isRequired initial={draft.text} onWrite={(text) => put({ text })} />
			<label>
				{w.audienceTitle}
				<select name="audience" value={draft.audience} onChange={({ target }) => put({ audience: audienceIn(target.value) })}>
					{statementAudiences.map((one) => (
						<option key={one} value={one}>
							{w.audience[one]}
						</option>
					))}
				</select>
			</label>
			<p className={styles.quiet}>{w.claims}</p>
			{claims.map((one, at) => (
				<ClaimFields
					key={one.key}
					draft={one}
					place={at + 1}
					onChange={(part) => change(one.key, part)}
					onRemove={() => setClaims(claims.filter(({ key }) => key !== one.key))}
				/>
			))}
			{claims.length < CLAIMS_AT_MOST && (
				<div className={styles.acts}>
					<button type="button" data-quiet onClick={() => setClaims([...claims, newClaim(1 + Math.max(0, ...claims.map(({ key }) => key)))])}>
						{w.addClaim}
					</button>
				</div>
			)}
		</MarkForm>
	);
}
