// The table at the end of a real night: what the tool says, what Regia says, and whether that is the same.

export type Row = { readonly what: string; readonly tool: string; readonly regia: string; readonly isSame: boolean };

export type Verdict = {
	readonly rows: readonly Row[];
	/** Both exactly the same figure; a figure that is not there is a difference. */
	equal(what: string, tool: number | null | undefined, regia: number | null | undefined): void;
	holds(what: string, tool: string, regia: string, isSame: boolean): void;
	isGood(): boolean;
	table(): string;
};

const figure = (value: number | null | undefined): string => (typeof value === 'number' ? value.toLocaleString('en-US') : '–');

export function createVerdict(): Verdict {
	const rows: Row[] = [];
	return {
		rows,
		equal(what, tool, regia) {
			rows.push({ what, tool: figure(tool), regia: figure(regia), isSame: typeof tool === 'number' && tool === regia });
		},
		holds(what, tool, regia, isSame) {
			rows.push({ what, tool, regia, isSame });
		},
		isGood: () => rows.length > 0 && rows.every((one) => one.isSame),
		table() {
			const cells = [
				['what', 'the tool says', 'Regia says', 'verdict'],
				...rows.map((one) => [one.what, one.tool, one.regia, one.isSame ? 'same' : 'DIFFERENT']),
			];
			const widths = [0, 1, 2, 3].map((i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)));
			const lines = cells.map((row) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | '));
			const rule = widths.map((width) => '-'.repeat(width)).join('-|-');
			return [lines[0], rule, ...lines.slice(1)].join('\n');
		},
	};
}
