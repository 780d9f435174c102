// The public's live pages: a few figures each, reckoned at most once a minute however many ask. What was hidden once stays hidden, on all of
// them, over refreshes and restarts: a figure that comes and goes would give away what it was in between.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { PressFigure } from '../shared/press.ts';
import { familyOf } from './domain/press-catalogue.ts';
import { type PressView, pressFigures } from './domain/press-figures.ts';
import { pressRule } from './domain/press-policy.ts';
import type { LiveFigure, LiveFigures } from './web/press-door.ts';

export type PressLiveParts = {
	view(): PressView;
	/** Where it is remembered what was hidden. */
	readonly file: string;
};

const KEPT_MS = 60_000;
/** Figures of a measure of which small counts are hidden belong together: the whole would give away its parts. */
const groupOf = (key: string): string | null => familyOf(key)?.family.measure ?? null;

type Pages = ReadonlyMap<string, LiveFigures>;

export function openPressLive({ view, file }: PressLiveParts): (name: string) => LiveFigures | null {
	const hidden = new Set(readHidden(file));
	let kept: { readonly at: number; readonly pages: Pages } | null = null;

	return (name) => {
		const at = performance.now();
		if (kept === null || at - kept.at >= KEPT_MS) {
			kept = { at, pages: pagesOf(view(), hidden, () => keepHidden(file, hidden)) };
		}
		return kept.pages.get(name) ?? null;
	};
}

/** `hidden` grows in place; `grew` is told before anything is shown. */
export function pagesOf(view: PressView, hidden: Set<string>, grew: () => void): Pages {
	const asked = Object.entries(view.press?.live ?? {});
	const made = new Map(asked.length === 0 ? [] : pressFigures(view).figures.map((one) => [one.key, one]));
	const shown = new Set(asked.flatMap(([, { figures, progress }]) => [...figures, ...(progress === undefined ? [] : [progress])]));
	const before = hidden.size;
	for (const key of shown) {
		const group = groupOf(key);
		if (group !== null && made.get(key)?.isSuppressed) hidden.add(group);
	}
	if (hidden.size > before) grew();
	const cutover = view.board.follows === null ? undefined : view.board.cutovers[view.board.follows];
	const figureOf = (key: string): LiveFigure => liveFigure(key, made.get(key), isHidden(key, hidden, view));
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

function isHidden(key: string, hidden: ReadonlySet<string>, { press }: PressView): boolean {
	const { family } = familyOf(key) ?? {};
	return family?.measure != null && hidden.has(family.measure) && pressRule(family.measure, press).smallest > 0;
}

const withheld = { it: 'non indicato', en: 'not given' } as const;
const small = { it: 'numeri piccoli, non indicati', en: 'small numbers, not given' } as const;
const missing = { it: 'non disponibile', en: 'not available' } as const;

function liveFigure(key: string, figure: PressFigure | undefined, isWithheld: boolean): LiveFigure {
	if (figure === undefined) {
		return { key, label: { it: key, en: key }, text: missing, share: null, note: null, standing: 'blind', isSuppressed: false, at: null };
	}
	const { label, text, share, note, standing, isSuppressed, at } = figure;
	if (isWithheld || isSuppressed) return { key, label, text: withheld, share: null, note: small, standing, isSuppressed: true, at };
	return { key, label, text, share, note, standing, isSuppressed, at };
}

function readHidden(file: string): readonly string[] {
	try {
		const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
		return Array.isArray(read) ? read.filter((one) => typeof one === 'string') : [];
	} catch {
		return [];
	}
}

/** Where it cannot be kept it is remembered until the next start. */
function keepHidden(file: string, hidden: ReadonlySet<string>): void {
	try {
		writeFileSync(`${file}.new`, JSON.stringify([...hidden]));
		renameSync(`${file}.new`, file);
	} catch {}
}
