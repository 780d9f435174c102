// What a sentence claims, as it is put together in a form, and as a mark carries it. Pure.
import type { IncidentNature } from '../../shared/breakdown.ts';
import type { Claim } from '../../shared/mark-breakdown.ts';
import { type MeasureName, measures } from '../../shared/measures.ts';
import { momentOfText } from './zoned-moment.ts';

export const CLAIMS_AT_MOST = 5;
export const claimKinds = ['restored', 'working', 'figure', 'nature'] as const;
export type ClaimDraft = {
	readonly key: number;
	readonly kind: (typeof claimKinds)[number];
	readonly subject: string;
	readonly by: string;
	readonly measure: string;
	readonly atLeast: string;
	readonly atMost: string;
	readonly nature: IncidentNature;
	readonly isNot: boolean;
};

export const newClaim = (key: number): ClaimDraft => ({
	key,
	kind: 'restored',
	subject: '',
	by: '',
	measure: '',
	atLeast: '',
	atMost: '',
	nature: 'attack',
	isNot: true,
});

/** Of a `kind/id`, in the order of the table. */
export const measuresOf = (subject: string): readonly MeasureName[] =>
	(Object.keys(measures) as MeasureName[]).filter((name) => measures[name].kind === subject.split('/')[0]);

/** A decimal comma is as good as a point. */
const numberOf = (text: string): number => Number(text.trim().replace(',', '.'));

/** Null where it is incomplete. */
export function claimOf(draft: ClaimDraft, incident: string, zone: string): Claim | null {
	const { kind, subject, nature, isNot } = draft;
	if (kind === 'nature') return isNot ? { kind, incident, isNot: nature } : { kind, incident, is: nature };
	if (subject === '') return null;
	if (kind === 'working') return { kind, subject };
	if (kind === 'restored') {
		const by = momentOfText(draft.by, zone);
		return by === null ? null : { kind, subject, by };
	}
	const bounds = { atLeast: draft.atLeast, atMost: draft.atMost };
	const given = Object.entries(bounds).filter(([, text]) => text.trim() !== '');
	if (draft.measure === '' || given.length === 0 || given.some(([, text]) => Number.isNaN(numberOf(text)))) return null;
	return { kind, subject, measure: draft.measure, ...Object.fromEntries(given.map(([name, text]) => [name, numberOf(text)])) };
}
