// Marks, one after the other: each is looked at on the board that the one before it left, and only then written. Knows no wire.
import type { Board } from '../shared/board.ts';
import type { FrozenDraft } from '../shared/entry.ts';
import type { Mark, SentMark } from '../shared/mark.ts';
import type { MarkRefusal } from '../shared/mark-refusal.ts';
import { admitMark } from './domain/admit-mark.ts';
import type { Arms } from './domain/arm.ts';
import type { BatchOutcome } from './domain/batch.ts';
import { armedActOf, notArmed } from './domain/gate-arm.ts';
import type { Journal } from './journal/journal.ts';
import type { Recorder } from './recorder.ts';

export type MarkOutcome = BatchOutcome | MarkRefusal;

/** `by`: its name in the record; `caller`: who it is and by which credentials, as in `Arms`. */
export type MarkMaker = { readonly by: string; readonly caller: string; readonly from: string };

/** `frozen`: beside a press sheet's draft, which is taken with it alone. */
export type MarkRoom = (sent: SentMark, maker: MarkMaker, key?: string, frozen?: FrozenDraft) => Promise<MarkOutcome>;

export type MarkRoomParts = {
	readonly recorder: Pick<Recorder, 'board' | 'mark' | 'facts'>;
	readonly journal: Pick<Journal, 'isKept'>;
	readonly arms: Pick<Arms, 'spend'>;
	/** Press sheets that a mark speaks of and that have left the board. */
	pastSheets?(mark: Mark): Promise<Board['press']['rows']>;
	now(): number;
	/** Told of every mark that is durable, and by whom. */
	kept?(by: string): void;
};

export function openMarkRoom({ recorder, journal, arms, pastSheets, now, kept }: MarkRoomParts): MarkRoom {
	let last: Promise<unknown> = Promise.resolve();

	function refusalOf({ mark, nonce }: SentMark, { by, caller }: MarkMaker, past: Board['press']['rows'], isComposed: boolean): MarkRefusal | null {
		const { board: whole } = recorder.board();
		const board = mark.kind === 'press' ? withSheets(whole, past) : whole;
		const refusal = admitMark(mark, { board, now: now(), by, isComposed, press: recorder.facts().plan?.press ?? null });
		const act = refusal === null ? armedActOf(mark, board) : null;
		if (act === null) return refusal;
		return nonce !== undefined && arms.spend(nonce, { ...act, caller }) ? null : notArmed;
	}

	async function take(sent: SentMark, maker: MarkMaker, key?: string, frozen?: FrozenDraft): Promise<MarkOutcome> {
		// A repeat is answered as it was the first time, whatever has become of the board since, and its nonce with it.
		const isRepeat = key !== undefined && (await journal.isKept(key));
		const past = (await pastSheets?.(sent.mark)) ?? {};
		const refusal = isRepeat ? null : refusalOf(sent, maker, past, frozen !== undefined);
		if (refusal) return refusal;
		const outcome = await recorder.mark(sent.mark, maker.by, key, maker.from, frozen);
		if (outcome.ok && !outcome.repeated) kept?.(maker.by);
		return outcome;
	}

	return (sent, maker, key, frozen) => {
		const mine = last.then(() => take(sent, maker, key, frozen));
		last = mine.catch(() => undefined);
		return mine;
	};
}

/** What stands on the board is newer than what left it. */
export const withSheets = (board: Board, past: Board['press']['rows']): Board => ({
	...board,
	press: { ...board.press, rows: { ...past, ...board.press.rows } },
});
