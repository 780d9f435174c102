// What a family of alarm conditions is given and tells. Pure.
import type { Board, Figure } from '../../shared/board.ts';
import { isStale } from '../../shared/freshness.ts';
import type { BoardNow } from '../../shared/judge.ts';

export type Condition = {
	readonly rule: string;
	readonly subject: string;
	readonly value: number | null;
	/** A closed word that says more; never a sentence. */
	readonly detail: string | null;
	/** As planned downtime has it. */
	readonly isPlanned: boolean;
};

export type Extra = { readonly value?: number | null; readonly detail?: string | null; readonly isPlanned?: boolean };
/** What a family is given, and tells. `leave`: neither on nor off (Regia cannot look, or within a dead band), of one rule or with null of all about the subject. */
export type Sight = {
	readonly board: Board;
	readonly judged: BoardNow;
	readonly now: number;
	say(rule: string, subject: string, extra?: Extra): void;
	leave(rule: string | null, subject: string): void;
};

/** A figure of the moment: null while unheard, blind or stale. */
export const freshValue = (figure: Figure | undefined, staleAfterMs: number, now: number): number | null =>
	figure === undefined || figure[3] !== undefined || isStale({ at: figure[1], seen: figure[2] }, staleAfterMs, now) ? null : figure[0];
