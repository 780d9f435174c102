// A mark about a failure as a sentence. Pure.
import type { BoardNow } from '../../shared/judge.ts';
import type { Mark } from '../../shared/mark.ts';
import type { Words } from '../../shared/words/words.ts';

export type BreakdownMark = Extract<Mark, { kind: 'alarm' | 'incident' | 'statement' | 'clock' | 'channel' }>;

export function sayBreakdownMark(mark: BreakdownMark, _judged: BoardNow, _words: Words): string {
	switch (mark.kind) {
		case 'statement':
			return mark.text;
		case 'incident':
			return 'text' in mark && mark.text !== undefined ? mark.text : mark.incident;
		default:
			return mark.kind;
	}
}
