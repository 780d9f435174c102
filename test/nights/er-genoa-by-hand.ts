// San Martino's emergency room through its night, worked by hand: who is there at a minute, what the ward had counted last, what of the
// paper is entered. Imports nothing; the scenario's inputs are repeated here as rules. Run it with node to read the table.

/** Minutes after 19:00 in Genoa, in summer time. */
export const WINDOW_START = Date.UTC(2025, 9, 21, 17, 0);
export const DARK_FROM = 40;
export const RESTORED = 455;
/** On paper a count may be this old. */
const PAPER_LIMIT = 20;
/** Seventy forms, entered evenly over forty minutes. */
export const FORMS = 70;
const ENTRY_MINUTES = 40;

type Stay = { readonly arrived: number; readonly left: number; readonly code: string; readonly codedAt: number; readonly boardsFrom: number };

/** Every quarter of an hour from 19:40, not at 23:10; the last one when the system is back. At 19:28 all are counted for the first time. */
export const counts: readonly number[] = [28, ...quarters(), RESTORED];
function quarters(): number[] {
	const all: number[] = [];
	for (let minute = DARK_FROM; minute < RESTORED; minute += 15) if (minute !== 250) all.push(minute);
	return all;
}

/** Nothing happens in a minute in which the ward counts, were it the missed one: a minute later instead. */
const countingMinutes = new Set([...Array.from({ length: 29 }, (_, k) => 40 + 15 * k), 455]);
const moved = (minute: number): number => (countingMinutes.has(minute) ? minute + 1 : minute);

const stays: Stay[] = [];
// Ninety-six who came before, one every seven minutes back from 18:40.
for (let k = 0; k < 96; k += 1) {
	const arrived = -20 - 7 * k;
	// The eighteen latest still wait: seen one every four minutes from 19:04 on; nobody leaves within the hour after that.
	const seen = k < 18 ? moved(4 + 4 * k) : arrived + 17;
	const left = Math.max(moved(15 + 6 * ((37 * k) % 96)), moved(seen + 61));
	stays.push({
		arrived,
		left,
		code: '324332534231'[k % 12] ?? '',
		codedAt: arrived + 4,
		boardsFrom: k >= 70 ? arrived + 240 : Number.POSITIVE_INFINITY,
	});
}
// Then one every five minutes until the dark, seventy in it, and one every nine minutes from 02:37.
const came: number[] = [2, 7, 12, 17, 22, 27, 32, 37];
for (let k = 0; k < 70; k += 1) came.push(moved(42 + Math.floor((59 * k) / 10)));
for (let minute = 457; minute < 600; minute += 9) came.push(minute);
const lasts: Readonly<Record<string, number>> = { '1': 410, '2': 203, '3': 171, '4': 142, '5': 124 };
for (const [k, arrived] of came.entries()) {
	const code = '3432453423134'[k % 13] ?? '';
	// One of seven waits for a bed elsewhere, which takes until 322 minutes after the arrival.
	const boards = k % 7 === 3;
	const left = moved(arrived + (boards ? 322 : (lasts[code] ?? 0)));
	stays.push({ arrived, left, code, codedAt: moved(arrived + 2), boardsFrom: boards ? moved(arrived + 118) : Number.POSITIVE_INFINITY });
}

export type HandCensus = {
	readonly clock: string;
	readonly minute: number;
	/** ms UTC */
	readonly at: number;
	readonly present: number;
	readonly byCode: Readonly<Record<string, number>>;
	readonly boarding: number;
	readonly counted: number | null;
	/** Arrivals and departures since the last count by hand. */
	readonly movesSince: number;
	/** `paper` with a count that is too old: nothing is known. */
	readonly isBlind: boolean;
	readonly mode: 'feed' | 'paper' | 'catchup';
	/** Forms entered since the restore. */
	readonly entered: number;
};

export function censusByHand(minute: number): HandCensus {
	const here = stays.filter(({ arrived, left }) => arrived <= minute && minute < left);
	const byCode: Record<string, number> = { '1': 0, '2': 0, '3': 0, '4': 0, '5': 0, none: 0 };
	for (const { code, codedAt } of here) {
		const now = codedAt <= minute ? code : 'none';
		byCode[now] = (byCode[now] ?? 0) + 1;
	}
	const counted = counts.findLast((one) => one <= minute) ?? null;
	const since = (moment: number): boolean => counted !== null && moment > counted && moment <= minute;
	const isDark = minute >= DARK_FROM && minute < RESTORED;
	let entered = 0;
	for (let k = 1; k <= FORMS; k += 1) if (RESTORED + Math.floor((k * ENTRY_MINUTES * 4) / FORMS) / 4 <= minute) entered += 1;
	const two = (value: number): string => String(value).padStart(2, '0');
	return {
		clock: `${two((19 + Math.floor(minute / 60)) % 24)}:${two(minute % 60)}`,
		minute,
		at: WINDOW_START + minute * 60_000,
		present: here.length,
		byCode,
		boarding: here.filter(({ boardsFrom }) => boardsFrom <= minute).length,
		counted,
		movesSince: stays.filter(({ arrived }) => since(arrived)).length + stays.filter(({ left }) => since(left)).length,
		isBlind: isDark && (counted === null || minute - counted > PAPER_LIMIT),
		mode: isDark ? 'paper' : minute >= RESTORED && entered < FORMS ? 'catchup' : 'feed',
		entered,
	};
}

/** 19:05, just before and after the dark begins, at counts and between them, around the missed one, around the restore, in the catch-up, after it. */
export const named: readonly HandCensus[] = [5, 28, 39, 41, 55, 80, 160, 234, 254, 256, 265, 390, 454, 456, 475, 494, 510, 570].map(censusByHand);

if (import.meta.main) {
	for (const { clock, present, byCode, counted, movesSince, isBlind, mode, entered } of named)
		console.log(
			clock,
			mode,
			isBlind ? 'blind' : '',
			present,
			JSON.stringify(byCode),
			`counted at ${counted}, ${movesSince} moves since, ${entered} entered`,
		);
}
