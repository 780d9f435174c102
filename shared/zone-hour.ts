// Hours of the week as a zone's clocks count them, fast enough to be asked every second. Remembers what it was told of each quarter of an hour.

export const HOUR_MS = 3_600_000;
export const HOURS_A_WEEK = 168;
const QUARTER_MS = 900_000;
const MOST_REMEMBERED = 4096;

const formats = new Map<string, Intl.DateTimeFormat>();
/** Minutes of the week from Monday 00:00 at the start of a quarter of an hour; offsets of all zones change on quarters. */
const remembered = new Map<string, Map<number, number>>();

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function formatOf(zone: string): Intl.DateTimeFormat {
	const known = formats.get(zone);
	if (known) return known;
	const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, weekday: 'short', hour: 'numeric', minute: 'numeric', hourCycle: 'h23' });
	formats.set(zone, made);
	return made;
}

function askMinute(quarter: number, zone: string): number {
	const parts = formatOf(zone).formatToParts(quarter * QUARTER_MS);
	const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
	return (days.indexOf(part('weekday')) * 24 + Number(part('hour'))) * 60 + Number(part('minute'));
}

/** Minutes since Monday 00:00 on the zone's clocks. */
export function minuteOfWeek(instant: number, zone: string): number {
	let quarters = remembered.get(zone);
	if (!quarters) {
		quarters = new Map();
		remembered.set(zone, quarters);
	}
	const quarter = Math.floor(instant / QUARTER_MS);
	let start = quarters.get(quarter);
	if (start === undefined) {
		if (quarters.size >= MOST_REMEMBERED) quarters.clear();
		start = askMinute(quarter, zone);
		quarters.set(quarter, start);
	}
	return start + Math.floor((instant - quarter * QUARTER_MS) / 60_000);
}

/** 0 is Monday 00:00 to 01:00. In the doubled hour of October both are the same hour of the week; the skipped one of March is none. */
export const hourOfWeek = (instant: number, zone: string): number => Math.floor(minuteOfWeek(instant, zone) / 60);

/** How many are expected in the 60 minutes to `now`: the two hours that they cover, each by its part. */
export function expectedTo(now: number, expected: readonly number[], zone: string): number {
	const part = (minuteOfWeek(now, zone) % 60) / 60;
	const here = expected[hourOfWeek(now, zone)] ?? 0;
	const before = expected[hourOfWeek(now - HOUR_MS, zone)] ?? 0;
	return here * part + before * (1 - part);
}

/** How many are expected from one instant to another. */
export function expectedBetween(from: number, to: number, expected: readonly number[], zone: string): number {
	let sum = 0;
	for (let at = from; at < to; ) {
		const next = Math.min(to, (Math.floor(at / QUARTER_MS) + 1) * QUARTER_MS);
		sum += (expected[hourOfWeek(at, zone)] ?? 0) * ((next - at) / HOUR_MS);
		at = next;
	}
	return sum;
}
