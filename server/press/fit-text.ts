// Breaks a text into lines that fit a width: smaller down to a floor, then over more lines, then not at all. Never within a word.
import { type Weight, widthOf } from './typeface.ts';

export type Fitted = { readonly lines: readonly string[]; readonly size: number };
export type Room = {
	readonly width: number;
	readonly weight: Weight;
	/** px; the first is the wish, the last the floor. */
	readonly sizes: readonly number[];
	readonly lines: number;
	/** Lines of like length, for titles and captions; running text fills each line, but leaves no word alone in the last. */
	readonly balance?: 'lines' | 'last';
};

const amount = /^[-−+]?\d[\d.,]*$/;
const unit = /^(%|‰|€|[kMGTP]?B|ms|min|s|h|mln|mld)[.,;:)]*$/;

/** A figure and its unit are one word to a reader. */
function wordsIn(text: string): readonly string[] {
	const words: string[] = [];
	for (const word of text.split(' ')) {
		const before = words.at(-1);
		if (before !== undefined && amount.test(before) && unit.test(word)) words[words.length - 1] = `${before}\u00a0${word}`;
		else words.push(word);
	}
	return words;
}

function wrap(words: readonly string[], width: number, weight: Weight, size: number): readonly string[] | null {
	const lines: string[] = [];
	let line = '';
	for (const word of words) {
		if (widthOf(word, weight, size) > width) return null;
		const longer = line === '' ? word : `${line} ${word}`;
		if (line !== '' && widthOf(longer, weight, size) > width) {
			lines.push(line);
			line = word;
		} else line = longer;
	}
	return [...lines, line];
}

/** Of the width: a last line shorter than this looks lost. */
const LOST = 0.3;

function balanced(words: readonly string[], fitted: readonly string[], { width, weight, balance }: Room, size: number): readonly string[] {
	let best = fitted;
	for (let narrower = width * 0.96; narrower > width * 0.4; narrower -= width * 0.04) {
		const lines = wrap(words, narrower, weight, size);
		const isEnough = balance === 'last' && widthOf(best.at(-1) ?? '', weight, size) > width * LOST;
		if (isEnough || lines === null || lines.length > fitted.length) return best;
		best = lines;
	}
	return best;
}

/** Null where even the floor does not fit. */
export function fitText(text: string, room: Room): Fitted | null {
	const words = wordsIn(text);
	for (const size of room.sizes) {
		const lines = wrap(words, room.width, room.weight, size);
		if (lines === null || lines.length > room.lines) continue;
		return { lines: room.balance !== undefined && lines.length > 1 ? balanced(words, lines, room, size) : lines, size };
	}
	return null;
}

/** From the wish down to the floor, in steps that an eye can tell. */
export function sizesFrom(wish: number, floor: number): readonly number[] {
	const sizes: number[] = [];
	for (let size = Math.max(wish, floor); size > floor; size = Math.floor(size * 0.93)) sizes.push(size);
	return [...sizes, floor];
}
