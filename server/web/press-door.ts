// What routes may ask about press sheets: the contract between the web and whoever freezes, draws and remembers them. Types alone.
import type { Board } from '../../shared/board.ts';
import type { FrozenDraft, Position } from '../../shared/entry.ts';
import type { Language } from '../../shared/format.ts';
import type { Mark } from '../../shared/mark.ts';
import type { MarkRefusal } from '../../shared/mark-refusal.ts';
import type { PressCourse, PressFacts, PressFigure, SheetContent } from '../../shared/press.ts';
import type { Sheet, SheetFormat } from '../../shared/sheet.ts';
import type { BatchOutcome } from '../domain/batch.ts';

/** An entry, or an instant (ms UTC) that has passed; neither: now. */
export type PressMoment = { readonly seq: number | null; readonly at: number | null };

export type PressCatalogue = {
	readonly position: Position;
	readonly at: number;
	readonly rehearsal: boolean;
	readonly figures: readonly PressFigure[];
	readonly courses: readonly PressCourse[];
	readonly facts: PressFacts['frozen']['facts'];
};

export type PressMaker = { readonly by: string; readonly caller: string; readonly from: string };

/** Why no sheet was drafted: what it names is not there, or it cannot be drawn as it is written (`issues`). */
export type NotComposed = { readonly ok: false; readonly code: string; readonly message: string; readonly issues?: readonly unknown[] };
export type Composed =
	| { readonly ok: true; readonly seq: number; readonly sheet: string; readonly frozen: Omit<FrozenDraft, 'claims'> }
	| { readonly ok: false; readonly why: 'content'; readonly refusal: NotComposed }
	| { readonly ok: false; readonly why: 'mark'; readonly refusal: MarkRefusal | Extract<BatchOutcome, { ok: false }> };

/** A sheet drawn in one form. */
export type DrawnFiles = { readonly png: Buffer; readonly pdf: Buffer; readonly html: Buffer; readonly text: Buffer };
/** `code`: the sheet is not in this language, must be mended (`issues`), or may be asked for again. */
export type Drawn =
	| { readonly ok: true; readonly files: DrawnFiles }
	| {
			readonly ok: false;
			readonly code: 'no-such-language' | 'cannot-be-drawn' | 'busy';
			readonly message: string;
			readonly issues?: readonly unknown[];
	  };

export type PressVerdict = {
	readonly sheet: string;
	readonly seq: number;
	/** Whether the frozen sheet still has the digest that was recorded with it, and the record the hash that it was frozen at. */
	readonly digestHolds: boolean;
	readonly recordHolds: boolean;
	/** Keys of figures that the record says otherwise; `course/…`, `facts`, `plan` among them. */
	readonly differs: readonly string[];
	readonly same: boolean;
};

/** Of one live page, after the press policy; `at` and what is said do not change until it is reckoned anew. */
export type LiveFigures = {
	readonly title: { readonly it: string; readonly en: string };
	readonly at: number;
	readonly zone: string;
	readonly rehearsal: boolean;
	readonly figures: readonly LiveFigure[];
	readonly progress: LiveFigure | null;
	readonly issuer: string;
};
export type LiveFigure = Pick<PressFigure, 'key' | 'label' | 'text' | 'share' | 'note' | 'standing' | 'isSuppressed' | 'at'>;

export type PressDoor = {
	/** Newest state of one, wherever it is kept; at once where it is on the board. Null where there was never such a sheet. */
	sheet(id: string): PressFacts | null | Promise<PressFacts | null>;
	/** Sheets that are not on the board, the last drafted first: at most so many of those drafted before an entry; `older`: before which there are more. */
	past(before: number, most: number): Promise<{ readonly sheets: readonly PressFacts[]; readonly older: number | null }>;
	/** The board with the sheet that a mark speaks of, also where that has left it. */
	boardFor(mark: Mark, board: Board): Promise<Board>;
	catalogue(moment: PressMoment): Promise<PressCatalogue>;
	compose(content: SheetContent, moment: PressMoment, maker: PressMaker, key?: string): Promise<Composed>;
	/** As it is laid out; null in a language that it is not written in. */
	laidOut(facts: PressFacts, language: Language): Promise<Sheet | null>;
	draw(facts: PressFacts, language: Language, format: SheetFormat): Promise<Drawn>;
	/** Null where there was never such a sheet. */
	verify(id: string): Promise<PressVerdict | null>;
	/** Reckoned at most once a minute; null where the plan has no such page. */
	live(name: string): LiveFigures | null;
};
