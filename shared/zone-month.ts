// Months as a zone's clocks count them: from local midnight to local midnight, also where clocks change. Remembers the months it was asked for.

const DAY_MS = 86_400_000;
const MOST_REMEMBERED = 64;

export type ZoneMonth = { readonly key: string; readonly from: number; readonly to: number };

const formats = new Map<string, Intl.DateTimeFormat>();
const remembered = new Map<string, ZoneMonth[]>();

/** `2021-08`. */
function keyAt(instant: number, zone: string): string {
	let format = formats.get(zone);
	if (!format) {
		format = new Intl.DateTimeFormat('en-US', { timeZone: zone, calendar: 'gregory', numberingSystem: 'latn', year: 'numeric', month: '2-digit' });
		formats.set(zone, format);
	}
	const parts = format.formatToParts(instant);
	const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
	return `${part('year').padStart(4, '0')}-${part('month')}`;
}

/** The first instant from `low` on that is no longer in the month of `low`; `high` is past it. */
function endAfter(low: number, high: number, isPast: (instant: number) => boolean): number {
	let [inside, past] = [low, high];
	while (past - inside > 1) {
		const middle = Math.floor((inside + past) / 2);
		if (isPast(middle)) past = middle;
		else inside = middle;
	}
	return past;
}

/** The month that an instant (ms UTC) lies in, from its first instant to the next one's. */
export function monthAt(instant: number, zone: string): ZoneMonth {
	const known = remembered.get(zone) ?? [];
	const found = known.find(({ from, to }) => instant >= from && instant < to);
	if (found) return found;
	const key = keyAt(instant, zone);
	const month = {
		key,
		from: endAfter(instant - 32 * DAY_MS, instant, (one) => keyAt(one, zone) === key),
		to: endAfter(instant, instant + 32 * DAY_MS, (one) => keyAt(one, zone) !== key),
	};
	if (known.length >= MOST_REMEMBERED) known.length = 0;
	known.push(month);
	remembered.set(zone, known);
	return month;
}
