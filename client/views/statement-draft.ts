// A sentence as it is being written, one for each incident: kept in the browser at each change, and gone once the server has it or it is cancelled.
import { useRef, useState } from 'react';
import { incidentNatures, type StatementAudience, statementAudiences } from '../../shared/breakdown.ts';
import { keepText, recallText } from '../store/kept.ts';
import { CLAIMS_AT_MOST, type ClaimDraft, claimKinds } from './claims-model.ts';

export type StatementDraft = { readonly text: string; readonly audience: StatementAudience; readonly claims: readonly ClaimDraft[] };
export const emptyStatement: StatementDraft = { text: '', audience: 'public', claims: [] };

const keyOf = (incident: string): string => `statement-draft.${incident}`;
const texts = ['subject', 'by', 'measure', 'atLeast', 'atMost'] as const;

function isClaim(value: unknown): value is ClaimDraft {
	if (typeof value !== 'object' || value === null) return false;
	const one = value as Record<string, unknown>;
	return (
		typeof one.key === 'number' &&
		typeof one.isNot === 'boolean' &&
		claimKinds.some((kind) => kind === one.kind) &&
		incidentNatures.some((nature) => nature === one.nature) &&
		texts.every((name) => typeof one[name] === 'string')
	);
}

/** What another version of the page kept is no draft. */
export function recallStatement(incident: string): StatementDraft | null {
	try {
		const { text, audience, claims } = JSON.parse(recallText(keyOf(incident)) ?? '{}') as Record<string, unknown>;
		const to = statementAudiences.find((one) => one === audience);
		if (typeof text !== 'string' || to === undefined || !Array.isArray(claims) || !claims.every(isClaim)) return null;
		return { text, audience: to, claims: claims.slice(0, CLAIMS_AT_MOST) };
	} catch {
		return null;
	}
}

const isEmpty = ({ text, claims }: StatementDraft): boolean => text.trim() === '' && claims.length === 0;

export function useStatementDraft(incident: string) {
	const [draft, setDraft] = useState(() => recallStatement(incident) ?? emptyStatement);
	const latest = useRef(draft);
	const put = (part: Partial<StatementDraft>): void => {
		const next = { ...latest.current, ...part };
		latest.current = next;
		setDraft(next);
		keepText(keyOf(incident), isEmpty(next) ? null : JSON.stringify(next));
	};
	return { draft, put };
}
