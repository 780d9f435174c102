// The public's live pages: a few figures each, reckoned at most once a minute however many ask. What was hidden once stays hidden, on all of
// them, over refreshes and restarts: a figure that comes and goes would give away what it was in between.
import type { PressFigure } from '../shared/press.ts';
import { familyOf } from './domain/press-catalogue.ts';
import { type PressView, pressFigures } from './domain/press-figures.ts';
import { isForgotten, keepMemory, type LiveMemory } from './press-memory.ts';
import type { LiveFigure, LiveFigures } from './web/press-door.ts';

export type PressLiveParts = {
	view(): PressView;
	/** What was told and hidden, and where that is kept. */
	readonly memory: LiveMemory;
	readonly file: string;
};

const KEPT_MS = 60_000;
type Pages = ReadonlyMap<string, LiveFigures>;
export function openPressLive({ view, memory, file }: PressLiveParts): (name: string) => LiveFigures | null {
	let kept: { readonly at: number; readonly pages: Pages } | null = null;

	return (name) => {
		const at = performance.now();
		if (kept === null || at - kept.at >= KEPT_MS) {
			kept = { at, pages: pagesOf(view(), memory, () => keepMemory(file, memory)) };
		}
		return kept.pages.get(name) ?? null;
	};
}

/** `memory` changes in place; `keep` is called before anything is shown, and says whether it could. */
export function pagesOf(view: PressView, memory: LiveMemory, keep: () => boolean): Pages {
	const asked = Object.entries(view.press?.live ?? {});
	if (asked.length === 0) return new Map();
	const { figures: all, counts } = pressFigures({ ...view, counts: memory.counts, isForgotten: isForgotten(memory, view.at, view.at) });
	let made = new Map(all.map((one) => [one.key, one]));
	for (const key of new Set(asked.flatMap(([, { figures, progress }]) => [...figures, ...(progress === undefined ? [] : [progress])]))) {
		if (made.get(key)?.isSuppressed && !isOfRooms(key)) memory.hidden.add(key);
	}
	memory.counts = counts ?? memory.counts;
	// What cannot be remembered is not told.
	if (!keep()) made = new Map(pressFigures({ ...view, isForgotten: true }).figures.map((one) => [one.key, one]));
	const cutover = view.board.follows === null ? undefined : view.board.cutovers[view.board.follows];
	const figureOf = (key: string): LiveFigure => liveFigure(key, made.get(key), memory.hidden.has(key));
	return new Map(
		asked.map(([name, { title, figures, progress }]) => [
			name,
			{
				title: { it: title.it, en: title.en ?? title.it },
				at: view.at,
				zone: cutover?.zone ?? 'UTC',
				rehearsal: view.board.rehearsal,
				figures: figures.map(figureOf),
				progress: progress === undefined ? null : figureOf(progress),
				issuer: view.press?.issuer ?? 'Regia',
			},
		]),
	);
}

/** Their table keeps in mind by itself what was told of them (small-counts.ts). */
export const isOfRooms = (key: string): boolean => familyOf(key)?.family.measure === 'site.present';

const withheld = { it: 'non indicato', en: 'not given' } as const;
/** Said whether it is small now or was once: which of the two would tell. */
const protective = {
	it: 'per non far ricavare numeri piccoli, di adesso o di prima',
	en: 'so that no small number, of now or of before, can be worked out',
} as const;
const missing = { it: 'non disponibile', en: 'not available' } as const;

function liveFigure(key: string, figure: PressFigure | undefined, isWithheld: boolean): LiveFigure {
	if (figure === undefined) {
		return { key, label: { it: key, en: key }, text: missing, share: null, note: null, standing: 'blind', isSuppressed: false, at: null };
	}
	const { label, text, share, note, standing, isSuppressed, at } = figure;
	if (isWithheld) return { key, label, text: withheld, share: null, note: protective, standing, isSuppressed: true, at };
	return { key, label, text, share, note, standing, isSuppressed, at };
}
