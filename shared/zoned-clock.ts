// Clock times of a zone and the instants they stand for. Pure. A clock shows some times twice a year twice, or not at all: that is said.

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
	const known = formats.get(zone);
	if (known) return known;
	const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const;
	const made = new Intl.DateTimeFormat('en-US', {
		timeZone: zone,
		calendar: 'gregory',
		numberingSystem: 'latn',
		hourCycle: 'h23',
		era: 'short',
		...parts,
	});
	formats.set(zone, made);
	return made;
}

/** What the zone's clocks show at an instant, as ms since 1970 of that clock. */
export function clockAt(instant: number, zone: string): number {
	const named = Object.fromEntries(
		formatOf(zone)
			.formatToParts(instant)
			.map(({ type, value }) => [type, value]),
	);
	const year = named.era === 'BC' ? 1 - Number(named.year) : Number(named.year);
	const shown = Date.UTC(year, Number(named.month) - 1, Number(named.day), Number(named.hour), Number(named.minute), Number(named.second));
	return shown + (((instant % 1000) + 1000) % 1000);
}

const DAY_MS = 86_400_000;

/** All instants at which the zone's clocks show this, first to last: none in a skipped hour, two in a doubled one. */
export function instantsOf(clock: number, zone: string): readonly number[] {
	const offsets = new Set([clock - DAY_MS, clock, clock + DAY_MS].map((near) => clockAt(near, zone) - near));
	return [...offsets]
		.map((offset) => clock - offset)
		.filter((instant) => clockAt(instant, zone) === clock)
		.sort((a, b) => a - b);
}
