// One figure for the press, made whole: its note follows from its age and its completeness and is never left to whoever uses it. Pure.
import type { Board } from '../../shared/board.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { PressPlan } from '../../shared/plan-press.ts';
import type { InBoth, PressFigure } from '../../shared/press.ts';
import type { Standing } from '../../shared/standing.ts';
import { figureFamilies } from './press-catalogue.ts';
import { type PressRule, pressRule } from './press-policy.ts';
import { agedNote, joinNotes, notKnown, partNote, unknownNote } from './press-words.ts';
import type { PublishedTable } from './small-counts.ts';

/**
 * A board with the plan's say on the press in force then, at a moment (ms UTC). `counts`: what a page that is made anew time and again last
 * told of people in emergency rooms. `sheets`: all that are known by now, also those made later than the board; left out: the board's own.
 * `isForgotten`: what was told of people is not known, so that nothing is told of them.
 */
export type PressView = {
	readonly board: Board;
	readonly press: PressPlan | null;
	readonly at: number;
	readonly counts?: PublishedTable | null;
	readonly sheets?: Board['press']['rows'];
	readonly isForgotten?: boolean;
};
export type JudgedView = PressView & { readonly now: BoardNow };

/** What a subject (`service/recup`) is called: in English as the plan says for the press, without its word as it is called everywhere. */
export const namedFor = ({ press }: Pick<PressView, 'press'>, subject: string, label: string): InBoth => ({
	it: label,
	en: press?.labels !== undefined && Object.hasOwn(press.labels, subject) ? (press.labels[subject] ?? label) : label,
});

export type FigureDraft = {
	readonly key: string;
	readonly label: InBoth;
	readonly method: InBoth;
	/** Null: not known. Rounded as the policy has it. */
	readonly printed: { readonly value: number | null; readonly text: InBoth } | null;
	readonly share?: number | null;
	readonly standing: Standing;
	/** Of the oldest input; null where it has none, or never had any. */
	readonly ageMs: number | null;
	/** That input is too old to be of now. */
	readonly isStale?: boolean;
	/** With what is counted: "37 di 39 strutture". */
	readonly part?: { readonly counted: number; readonly of: number; readonly things: InBoth };
	readonly suppressed?: InBoth | null;
	/** What else must be known with it. */
	readonly also?: InBoth | null;
};

export function makeFigure(draft: FigureDraft, at: number): PressFigure {
	const { key, label, method, printed, part, standing, ageMs } = draft;
	const suppressed = draft.suppressed ?? null;
	const isPart = part !== undefined && part.counted < part.of;
	const note = joinNotes([
		printed === null && suppressed === null ? unknownNote(ageMs) : draft.isStale && ageMs !== null ? agedNote(ageMs) : null,
		isPart && printed !== null ? partNote(part.counted, part.of, part.things) : null,
		draft.also ?? null,
	]);
	return {
		key,
		label,
		text: suppressed ?? printed?.text ?? notKnown,
		value: suppressed === null ? (printed?.value ?? null) : null,
		share: suppressed === null && printed !== null ? (draft.share ?? null) : null,
		method,
		at: ageMs === null ? null : at - ageMs,
		completeness: part === undefined ? null : { counted: part.counted, of: part.of },
		standing,
		isSuppressed: suppressed !== null,
		note,
	};
}

/** The rule of a figure's family, by its name: `of` tells apart the whole from its parts. */
export function ruleOf(name: string, { press }: PressView): PressRule {
	const family = figureFamilies.find((one) => one.name === name);
	if (family === undefined) throw new Error(`no figure is called ${name}`);
	return pressRule(family.measure, press);
}
