// Marks, one after the other: each is looked at on the board that the one before it left, and only then written. Knows no wire.
import type { Mark } from '../shared/mark.ts';
import type { MarkRefusal } from '../shared/mark-refusal.ts';
import { admitMark } from './domain/admit-mark.ts';
import type { BatchOutcome } from './domain/batch.ts';
import type { Journal } from './journal/journal.ts';
import type { Recorder } from './recorder.ts';

export type MarkOutcome = BatchOutcome | MarkRefusal;

export type MarkRoom = (mark: Mark, by: string, key?: string, from?: string) => Promise<MarkOutcome>;

export function openMarkRoom(recorder: Pick<Recorder, 'board' | 'mark'>, journal: Pick<Journal, 'isKept'>, now: () => number): MarkRoom {
	let last: Promise<unknown> = Promise.resolve();

	async function take(mark: Mark, by: string, key?: string, from?: string): Promise<MarkOutcome> {
		// A repeat is answered as it was the first time, whatever has become of the board since.
		const isRepeat = key !== undefined && (await journal.isKept(key));
		const refusal = isRepeat ? null : admitMark(mark, { board: recorder.board().board, now: now(), by });
		return refusal ?? recorder.mark(mark, by, key, from);
	}

	return (mark, by, key, from) => {
		const mine = last.then(() => take(mark, by, key, from));
		last = mine.catch(() => undefined);
		return mine;
	};
}
