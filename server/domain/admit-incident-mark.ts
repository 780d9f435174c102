// Admission of marks on incidents, statements and legal clocks. Pure.
import type { Mark } from '../../shared/mark.ts';
import type { MarkRefusal } from '../../shared/mark-refusal.ts';
import type { MarkContext } from './admit-mark.ts';

export type IncidentMark = Extract<Mark, { kind: 'incident' | 'statement' | 'clock' }>;
export const admitIncidentMark = (_mark: IncidentMark, _context: MarkContext): MarkRefusal | null => null;
