// What is on the board of many cells: those that the plan in force has.

export function showAll<C extends { retired: boolean }, T>(cells: Record<string, C>, show: (cell: C) => T): Record<string, T> {
	const shown: Record<string, T> = {};
	for (const id in cells) {
		const cell = cells[id];
		if (cell && !cell.retired) shown[id] = show(cell);
	}
	return shown;
}
