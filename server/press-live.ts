// The public's live pages: a few figures each, reckoned at most once a minute however many ask. What was hidden once stays hidden, on all of
// them, over refreshes and restarts: a figure that comes and goes would give away what it was in between.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { PressFigure } from '../shared/press.ts';
import { familyOf } from './domain/press-catalogue.ts';
import { type PressView, pressFigures } from './domain/press-figures.ts';
import type { PublishedTable } from './domain/small-counts.ts';
import type { LiveFigure, LiveFigures } from './web/press-door.ts';

export type PressLiveParts = {
	view(): PressView;
	/** Where it is remembered what was hidden. */
	readonly file: string;
};

const KEPT_MS = 60_000;
type Pages = ReadonlyMap<string, LiveFigures>;
/** What readers have been told, and not told, so far: `counts` of people in rooms, whose totals would tell of each; `hidden`: keys of other figures. */
export type LiveMemory = { readonly hidden: Set<string>; counts: PublishedTable | null };

export function openPressLive({ view, file }: PressLiveParts): (name: string) => LiveFigures | null {
	const memory = readMemory(file);
	let kept: { readonly at: number; readonly pages: Pages } | null = null;

	return (name) => {
		const at = performance.now();
		if (kept === null || at - kept.at >= KEPT_MS) {
			kept = { at, pages: pagesOf(view(), memory, () => keepMemory(file, memory)) };
		}
		return kept.pages.get(name) ?? null;
	};
}

/** `memory` changes in place; `keep` is called before anything is shown. */
export function pagesOf(view: PressView, memory: LiveMemory, keep: () => void): Pages {
	const asked = Object.entries(view.press?.live ?? {});
	if (asked.length === 0) return new Map();
	const { figures: all, counts } = pressFigures({ ...view, counts: memory.counts });
	const made = new Map(all.map((one) => [one.key, one]));
	for (const key of new Set(asked.flatMap(([, { figures, progress }]) => [...figures, ...(progress === undefined ? [] : [progress])]))) {
		if (made.get(key)?.isSuppressed && !isOfRooms(key)) memory.hidden.add(key);
	}
	memory.counts = counts;
	keep();
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
const isOfRooms = (key: string): boolean => familyOf(key)?.family.measure === 'site.present';

const withheld = { it: 'non indicato', en: 'not given' } as const;
const small = { it: 'numeri piccoli, non indicati', en: 'small numbers, not given' } as const;
const missing = { it: 'non disponibile', en: 'not available' } as const;

function liveFigure(key: string, figure: PressFigure | undefined, isWithheld: boolean): LiveFigure {
	if (figure === undefined) {
		return { key, label: { it: key, en: key }, text: missing, share: null, note: null, standing: 'blind', isSuppressed: false, at: null };
	}
	const { label, text, share, note, standing, isSuppressed, at } = figure;
	if (isWithheld) return { key, label, text: withheld, share: null, note: small, standing, isSuppressed: true, at };
	return { key, label, text, share, note, standing, isSuppressed, at };
}

function readMemory(file: string): LiveMemory {
	try {
		const { hidden, counts } = JSON.parse(readFileSync(file, 'utf8')) as { hidden: readonly string[]; counts: PublishedTable | null };
		return { hidden: new Set(hidden), counts };
	} catch {
		return { hidden: new Set(), counts: null };
	}
}

/** Where it cannot be kept it is remembered until the next start. */
function keepMemory(file: string, { hidden, counts }: LiveMemory): void {
	try {
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(`${file}.new`, JSON.stringify({ hidden: [...hidden], counts }));
		renameSync(`${file}.new`, file);
	} catch {}
}
