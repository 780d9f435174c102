// The three pages: how large they are, what they keep free, and how large their letters are. In px of the picture.
import type { SheetFormat } from '../../shared/sheet.ts';

export type Page = {
	readonly format: SheetFormat;
	readonly width: number;
	readonly height: number;
	/** Free at the sides, above and below. */
	readonly side: number;
	readonly above: number;
	readonly below: number;
	/** Wishes; `floor` is the smallest letter on the page. */
	readonly title: number;
	readonly subtitle: number;
	readonly value: number;
	readonly caption: number;
	readonly heading: number;
	readonly body: number;
	readonly small: number;
	readonly floor: number;
	readonly heroesInRow: number;
	/** Of the paper's page, in points. */
	readonly points: readonly [width: number, height: number];
};

export const pages: Record<SheetFormat, Page> = {
	wide: {
		format: 'wide',
		width: 1920,
		height: 1080,
		side: 72,
		above: 60,
		below: 48,
		title: 50,
		subtitle: 27,
		value: 84,
		caption: 25,
		heading: 27,
		body: 25,
		small: 20,
		floor: 18,
		heroesInRow: 4,
		points: [960, 540],
	},
	square: {
		format: 'square',
		width: 1080,
		height: 1080,
		side: 56,
		above: 56,
		below: 46,
		title: 46,
		subtitle: 26,
		value: 76,
		caption: 25,
		heading: 25,
		body: 24,
		small: 20,
		floor: 19,
		heroesInRow: 2,
		points: [540, 540],
	},
	// 150 dots an inch: 18 px are 8.6 points.
	a4: {
		format: 'a4',
		width: 1240,
		height: 1754,
		side: 100,
		above: 92,
		below: 72,
		title: 50,
		subtitle: 27,
		value: 84,
		caption: 26,
		heading: 27,
		body: 25,
		small: 20,
		floor: 18,
		heroesInRow: 2,
		points: [595.28, 841.89],
	},
};

/** Colours of the page that no plan changes (light tokens of every screen). */
export const tone = { text: '#17202a', mid: '#3c4a58', line: '#d5dbe1', track: '#e3e8ed', watch: '#8a5a00', bad: '#c62828' } as const;
