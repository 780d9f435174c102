// A press sheet as it is laid out: every word and figure as it is printed, nothing left to decide, nothing left to look up.
import type { Language } from './format.ts';

export const sheetFormats = ['wide', 'square', 'a4'] as const;
/** 1920 × 1080 px, 1080 × 1080 px, A4 upright. */
export type SheetFormat = (typeof sheetFormats)[number];

/** `note`: what must be known with it (its age, "37 di 39 strutture", how it is counted); null where it says all by itself. */
export type SheetFigure = { readonly value: string; readonly caption: string; readonly note: string | null };

export type SheetChart = {
	readonly title: string;
	/** Instants in ms UTC and values; null is a gap, drawn as one. */
	readonly points: readonly (readonly [at: number, value: number | null])[];
	/** Gridlines and the axis below, as they are written. */
	readonly levels: readonly { readonly value: number; readonly label: string }[];
	readonly ticks: readonly { readonly at: number; readonly label: string }[];
};

/** `share`: 0 to 1, drawn as a bar; null where it is none. */
export type SheetRow = { readonly label: string; readonly value: string; readonly share: number | null };
export type SheetList = { readonly title: string; readonly rows: readonly SheetRow[] };

export type Sheet = {
	/** As people type it: `7F3K-92QD`. */
	readonly id: string;
	readonly language: Language;
	readonly rehearsal: boolean;
	readonly title: string;
	readonly subtitle: string;
	/** At most four. */
	readonly heroes: readonly SheetFigure[];
	readonly chart: SheetChart | null;
	readonly lists: readonly SheetList[];
	readonly sentences: readonly string[];
	/** How the figures were come by, and from where facts are taken. */
	readonly notes: readonly string[];
	readonly footer: {
		readonly issuer: string;
		/** "approvato da due responsabili alle 11:04"; of a draft that it is one. */
		readonly approved: string;
		/** Where it can be checked, without its scheme; and the same as an address for the code. */
		readonly verify: string;
		readonly address: string;
		/** Of the data, not of this file: hex. */
		readonly digest: string;
	};
	readonly look: SheetLook;
	/** Places whose words are in the other language, for nobody wrote them in this one: `sentences.0`, `heroes.1.caption`, `lists.0.title`. */
	readonly inOther?: readonly string[];
	/** Laid across it: a draft, withdrawn, superseded. Null on one that holds. */
	readonly watermark: string | null;
};

/** Colours as #rrggbb, checked for contrast on white; the logo as a file's bytes in base64, of a kind that was checked. */
export type SheetLook = {
	readonly ink: string;
	readonly accent: string;
	readonly logo: { readonly kind: 'png' | 'svg'; readonly base64: string; readonly alt: string } | null;
};

/** What a sheet becomes. */
export type SheetFiles = {
	readonly svg: string;
	readonly png: Uint8Array;
	readonly pdf: Uint8Array;
	readonly html: string;
	/** For e-mail and social posts. */
	readonly text: string;
};
