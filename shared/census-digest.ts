// A census as sorted rows, made once for each census that is looked at: judging it every second then reads short lists. Pure.
import type { CensusFacts } from './board-er.ts';
import { type ByCode, type ByCodeAndMinute, type ByMinute, type TriageCode, triageCodes } from './er.ts';
import type { ByCodeNow } from './er-now.ts';

/** Minutes or hours since 1970, in order, with how many. */
export type Rows = readonly (readonly [when: number, count: number])[];
export type RowsByCode = Readonly<Record<TriageCode, Rows>>;

export type CensusDigest = {
	readonly present: number;
	readonly byCode: ByCodeNow;
	readonly waiting: number;
	readonly waitingByCode: ByCodeNow;
	readonly treatment: number;
	readonly observation: number;
	readonly boarding: number;
	readonly waitingRows: RowsByCode;
	/** The minute of the oldest decision that still waits for a bed. */
	readonly boardingSince: number | null;
	readonly arrivals: RowsByCode;
	readonly departures: RowsByCode;
	readonly arrivalsByHour: Rows;
	readonly unseenByHour: Rows;
	readonly lapsedByHour: Rows;
	/** Hour of departure → rows of ten-minute steps. */
	readonly stays: readonly (readonly [hour: number, steps: Rows])[];
};

const digests = new WeakMap<CensusFacts, CensusDigest>();

export function digestOf(census: CensusFacts): CensusDigest {
	const known = digests.get(census);
	if (known) return known;
	const made = digest(census);
	digests.set(census, made);
	return made;
}

const rowsOf = (map: ByMinute): Rows =>
	Object.entries(map)
		.map(([when, count]) => [Number(when), count] as const)
		.sort((a, b) => a[0] - b[0]);

export const forCodes = <T>(make: (code: TriageCode) => T): Readonly<Record<TriageCode, T>> => ({
	'1': make('1'),
	'2': make('2'),
	'3': make('3'),
	'4': make('4'),
	'5': make('5'),
	none: make('none'),
});

const rowsByCode = (map: ByCodeAndMinute): RowsByCode => forCodes((code) => rowsOf(map[code] ?? {}));

export const sumRows = (rows: Rows): number => rows.reduce((sum, [, count]) => sum + count, 0);
/** Of the rows after `after`, to `to` and with it. */
export const sumWithin = (rows: Rows, after: number, to: number): number =>
	rows.reduce((sum, [when, count]) => (when > after && when <= to ? sum + count : sum), 0);
export const sumCodes = (byCode: ByCode): number => triageCodes.reduce((sum, code) => sum + (byCode[code] ?? 0), 0);

function digest(census: CensusFacts): CensusDigest {
	const waitingRows = rowsByCode(census.waiting);
	const boardingRows = rowsByCode(census.boarding);
	const waitingByCode = forCodes((code) => sumRows(waitingRows[code]));
	const boardingByCode = forCodes((code) => sumRows(boardingRows[code]));
	const byCode = forCodes((code) => waitingByCode[code] + boardingByCode[code] + (census.treatment[code] ?? 0) + (census.observation[code] ?? 0));
	const since = triageCodes.flatMap((code) => boardingRows[code].filter(([, count]) => count > 0).map(([minute]) => minute));
	return {
		present: sumCodes(byCode),
		byCode,
		waiting: sumCodes(waitingByCode),
		waitingByCode,
		treatment: sumCodes(census.treatment),
		observation: sumCodes(census.observation),
		boarding: sumCodes(boardingByCode),
		waitingRows,
		boardingSince: since.length === 0 ? null : Math.min(...since),
		arrivals: rowsByCode(census.arrivals),
		departures: rowsByCode(census.departures),
		arrivalsByHour: rowsOf(census.arrivalsByHour),
		unseenByHour: rowsOf(census.unseenByHour),
		lapsedByHour: rowsOf(census.lapsedByHour),
		stays: Object.entries(census.stays).map(([hour, steps]) => [Number(hour), rowsOf(steps)] as const),
	};
}
