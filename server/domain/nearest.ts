// The nearest known word to a mistyped one. Pure.

/** Longer words are compared with nothing: a slip of the hand is short, and the work grows with the square. */
const LONGEST = 80;
const MOST_CANDIDATES = 500;

/** Letters to change, add, drop, or swap with their neighbour (optimal string alignment). */
function distance(a: string, b: string): number {
	let before: number[] = [];
	let above = Array.from({ length: b.length + 1 }, (_, i) => i);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const same = a[i - 1] === b[j - 1] ? 0 : 1;
			let best = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + same);
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (before[j - 2] ?? 0) + 1);
			row.push(best);
		}
		before = above;
		above = row;
	}
	return above[b.length] ?? 0;
}

/** The known word that `word` most likely meant, or undefined where none is near (more than a third of it differs, at least two). */
export function nearest(word: string, known: readonly string[]): string | undefined {
	if (word.length > LONGEST) return undefined;
	let best: string | undefined;
	let fewest = Math.max(2, Math.floor(word.length / 3)) + 1;
	for (const one of known.slice(0, MOST_CANDIDATES)) {
		if (one.length > LONGEST) continue;
		const steps = distance(word.toLowerCase(), one.toLowerCase());
		if (steps < fewest && steps < Math.max(word.length, one.length)) [best, fewest] = [one, steps];
	}
	return best;
}

/** `did you mean "label"?`, or the list of what there is. */
export function suggest(word: string, known: readonly string[], ifNone: string): string {
	const near = nearest(word, known);
	if (near !== undefined) return `did you mean "${near}"?`;
	if (known.length === 0) return ifNone;
	const shown = known.slice(0, 20).join(', ');
	return `one of: ${shown}${known.length > 20 ? `, … (${known.length} in all)` : ''}`;
}
