// Admission of marks on alarms: what stands on the list, and a shelf with an end. Pure.
import type { Mark } from '../../shared/mark.ts';
import type { MarkRefusal } from '../../shared/mark-refusal.ts';
import type { MarkContext } from './admit-mark.ts';

export const admitAlarmMark = (_mark: Extract<Mark, { kind: 'alarm' }>, _context: MarkContext): MarkRefusal | null => null;
