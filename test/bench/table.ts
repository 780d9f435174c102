// One table for the terminal: medians with their spread, and the ratio of each round's pair. Knows no bench.

export type Row =
	| { readonly title: string }
	| {
			readonly what: string;
			/** A figure a round; `other` was measured in the same round. */
			readonly regia: readonly number[];
			readonly beside: string;
			readonly other: readonly number[];
			readonly digits: number;
			/** For the ratio, as `≤ 1.15`, or a figure of its own; printed, never asserted. */
			readonly aim: string;
	  };

const head = ['', 'Regia', 'beside', 'the same', 'ratio', 'aim'] as const;

export function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function spread(values: readonly number[], digits: number): string {
	if (values.length === 0) return '';
	const text = (value: number): string => value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
	return `${text(median(values))} (${text(Math.min(...values))}–${text(Math.max(...values))})`;
}

function cellsOf(row: Row): readonly string[] {
	if ('title' in row) return [row.title];
	const { what, regia, beside, other, digits, aim } = row;
	const ratios = other.map((one, round) => (regia[round] ?? Number.NaN) / one);
	return [`  ${what}`, spread(regia, digits), beside, spread(other, digits), spread(ratios, 2), aim];
}

export function tableOf(rows: readonly Row[]): string {
	const cells = [head, ...rows.map(cellsOf)];
	const widths = head.map((_, column) => Math.max(...cells.filter((line) => line.length > 1).map((line) => line[column]?.length ?? 0)));
	return cells
		.map((line) =>
			line
				.map((cell, column) => (line.length === 1 ? cell : cell.padEnd(widths[column] ?? 0)))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}
