// How many small tiles a box holds and how large they may be. Pure; knows no site.

/** The smallest that a tile's words stand in, in letters of the smallest size. */
const TILE_REM = { width: 7.15, height: 4.1 } as const;
const GAP_REM = 0.35;
/** What a tile's edges take of a line; and from which height on a bar stands below words. */
const TILE_EDGE_EM = 1;
const ROOMY_EM = 5.1;
/** Beyond twice its size a tile's figure tells no more. */
const LARGEST = 2;

export type BoxRem = { readonly width: number; readonly height: number };
export type Grid = {
	readonly columns: number;
	readonly rowRem: number | null;
	readonly scale: number;
	readonly shown: number;
	readonly widthEm: number;
	readonly isRoomy: boolean;
};

/** `size` null: nothing can be measured, and all are shown. Where not all fit, the last place tells of the rest. */
export function gridFor(many: number, size: BoxRem | null): Grid {
	if (size === null || many === 0)
		return { columns: Math.max(1, Math.min(8, many)), rowRem: null, scale: 1, shown: many, widthEm: 20, isRoomy: true };
	const most = (room: number, each: number): number => Math.max(1, Math.floor((room + GAP_REM) / (each + GAP_REM)));
	const columnsAtMost = most(size.width, TILE_REM.width);
	const rowsAtMost = most(size.height, TILE_REM.height);
	const wanted = Math.min(many, columnsAtMost * rowsAtMost);
	let best = { columns: columnsAtMost, rows: rowsAtMost, scale: 0 };
	for (let columns = 1; columns <= columnsAtMost; columns += 1) {
		const rows = Math.ceil(wanted / columns);
		if (rows > rowsAtMost) continue;
		const each = (room: number, count: number): number => (room - GAP_REM * (count - 1)) / count;
		const scale = Math.min(each(size.width, columns) / TILE_REM.width, each(size.height, rows) / TILE_REM.height);
		if (scale > best.scale) best = { columns, rows, scale };
	}
	const { columns, rows } = best;
	const rowRem = Math.floor(Math.min((size.height - GAP_REM * (rows - 1)) / rows, TILE_REM.height * LARGEST * 1.3) * 100) / 100;
	const scale = Math.min(LARGEST, Math.max(1, Math.floor(best.scale * 20) / 20));
	return {
		columns,
		rowRem,
		scale,
		shown: many <= wanted ? many : wanted - 1,
		widthEm: (size.width - GAP_REM * (columns - 1)) / columns / scale - TILE_EDGE_EM,
		isRoomy: rowRem / scale >= ROOMY_EM,
	};
}
