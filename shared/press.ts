// What is told to the press: what people choose and write, and the figures as they stood. Shapes and closed words for both ends.
import type { PressPolicy } from './plan-press.ts';
import type { Standing } from './standing.ts';

export const sheetTemplates = ['cutover', 'milestone', 'incident', 'blank'] as const;
export type SheetTemplate = (typeof sheetTemplates)[number];
export const sheetStates = ['draft', 'released', 'superseded', 'withdrawn'] as const;
export type SheetState = (typeof sheetStates)[number];

/** Words in both languages. Without an English title there is no English sheet; all else stands as it is in the language that it was written in. */
export type InBoth = { readonly it: string; readonly en: string };

/** What people choose and write. Figures are named by their keys and never typed; words are. */
export type SheetContent = {
	readonly template: SheetTemplate;
	readonly title: InBoth;
	/** At most four figures in large digits; `caption` in place of the figure's own label. */
	readonly heroes: readonly { readonly key: string; readonly caption: InBoth | null }[];
	/** A figure that has a course; null for none. */
	readonly chart: string | null;
	/** At most three, of at most eight figures each. */
	readonly lists: readonly { readonly title: InBoth; readonly keys: readonly string[] }[];
	/** At most six. */
	readonly sentences: readonly InBoth[];
	/** Whether the programme's facts stand on it, with their sources. */
	readonly facts: boolean;
	readonly incident: string | null;
};

/** A figure as the board had it at a moment, after the press policy. Its key is `name` or `name/id`, as `archives.moved` or `service.bookings/recup`. */
export type PressFigure = {
	readonly key: string;
	readonly label: InBoth;
	/** As it is printed: rounded, suppressed ("meno di 5"), or "—" where it is not known. */
	readonly text: InBoth;
	/** What is printed, as a number; null where it is not known or suppressed. Never more than what the text says. */
	readonly value: number | null;
	/** 0 to 1 where it is a share of something; null where not. */
	readonly share: number | null;
	/** How it is counted. */
	readonly method: InBoth;
	/** When its oldest input was so; null where it has none. */
	readonly at: number | null;
	/** "37 di 39"; null where everything is in it by its nature. */
	readonly completeness: { readonly counted: number; readonly of: number } | null;
	readonly standing: Standing;
	readonly isSuppressed: boolean;
	/** Stale, incomplete or not known: then its note stands beside it wherever it is used. */
	readonly note: InBoth | null;
};

/**
 * A course for a chart: instants and values after the press policy; null is a gap. How it is counted, its age, its completeness and its note
 * are those of a figure; a sheet of the first form has none of them.
 */
export type PressCourse = Partial<Pick<PressFigure, 'method' | 'at' | 'completeness' | 'note'>> & {
	readonly key: string;
	readonly label: InBoth;
	readonly points: readonly (readonly [at: number, value: number | null])[];
};

/** By which rules a sheet is worded and laid out. One of an earlier form keeps its own: what was published stays as it was. */
export const SHEET_FORM = 2;

/** What the programme says of itself. `sourceEn`: left out where the plan names it in Italian alone. */
export type ProgrammeFact = { readonly label: InBoth; readonly value: InBoth; readonly source: string; readonly sourceEn?: string };

/** All that a sheet says, frozen: what its digest is of. */
export type FrozenSheet = {
	readonly id: string;
	readonly content: SheetContent;
	/** The moment that it speaks of, and the record's place then. */
	readonly at: number;
	readonly seq: number;
	readonly hash: string;
	/** Of each measure that it tells, by which rule: no later one of the plan may be stricter when it is released. Left out in old ones. */
	readonly policy?: Readonly<Record<string, PressPolicy>>;
	readonly zone: string;
	readonly rehearsal: boolean;
	readonly plan: { readonly id: string; readonly name: string; readonly digest: string };
	readonly figures: readonly PressFigure[];
	readonly course: PressCourse | null;
	readonly facts: readonly ProgrammeFact[];
	/** Left out: the first. */
	readonly form?: number;
};

/** A sheet on the board. Keyed by its id, as `7f3k-92qd`. */
export type PressFacts = {
	readonly frozen: FrozenSheet;
	/** Of the frozen sheet in its canonical form: SHA-256, hex. */
	readonly digest: string;
	readonly state: SheetState;
	readonly author: string;
	readonly draftedAt: number;
	/** Within its year, from 1; null before it is released. */
	readonly number: number | null;
	readonly year: number | null;
	readonly releasedBy: string | null;
	readonly releasedAt: number | null;
	/** Not to be published before; null for at once. */
	readonly embargoUntil: number | null;
	readonly supersededBy: string | null;
	readonly withdrawn: { readonly at: number; readonly by: string; readonly reason: string } | null;
	/** The sentence in the ledger of what was said; null before it is released. */
	readonly statement: string | null;
};

export const SHEETS_ON_BOARD = 50;
