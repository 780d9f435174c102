// Figures as people read them, in Italian and English. Knows no board and no time but the one it is given.

export type Language = 'it' | 'en';
export const languages: readonly Language[] = ['it', 'en'];

/** What stands for a figure that is not known. Never 0, never blank (rule 1). */
export const UNKNOWN = '—';

const locale: Record<Language, string> = { it: 'it-IT', en: 'en-GB' };
const formats = new Map<string, Intl.NumberFormat>();

export function formatNumber(value: number | null, language: Language, decimals = 0): string {
	if (value === null) return UNKNOWN;
	const key = `${language}${decimals}`;
	let format = formats.get(key);
	if (!format) {
		format = new Intl.NumberFormat(locale[language], { minimumFractionDigits: decimals, maximumFractionDigits: decimals, useGrouping: 'always' });
		formats.set(key, format);
	}
	return format.format(value);
}

const byteUnits = [
	['PB', 1e15],
	['TB', 1e12],
	['GB', 1e9],
	['MB', 1e6],
	['kB', 1e3],
	['B', 1],
] as const;
export type ByteUnit = (typeof byteUnits)[number][0];

/** The unit that `value` reads best in: decimal, 1 TB = 10^12 bytes. */
export const byteUnitFor = (value: number): ByteUnit => byteUnits.find(([, one]) => Math.abs(value) >= one)?.[0] ?? 'B';

/** The bare figure of `bytes` in `unit`; never rounds up to a whole that is not reached. */
export function formatBytesIn(bytes: number | null, unit: ByteUnit, language: Language, decimals = unit === 'B' ? 0 : 2): string {
	if (bytes === null) return UNKNOWN;
	const one = byteUnits.find(([name]) => name === unit)?.[1] ?? 1;
	const step = 10 ** decimals;
	return formatNumber(Math.floor((bytes / one) * step + 1e-9) / step, language, decimals);
}

export function formatBytes(bytes: number | null, language: Language, decimals?: number): string {
	if (bytes === null) return UNKNOWN;
	const unit = byteUnitFor(bytes);
	return `${formatBytesIn(bytes, unit, language, decimals)} ${unit}`;
}

export const formatRate = (bytesPerSecond: number | null, language: Language): string =>
	bytesPerSecond === null ? UNKNOWN : `${formatBytes(bytesPerSecond, language)}/s`;

/** Hours and minutes, as 2:46; a minus sign when it is over. Rounds towards zero: a countdown never promises more than is left. */
export function formatCountdown(ms: number | null): string {
	if (ms === null) return UNKNOWN;
	const minutes = Math.floor(Math.abs(ms) / 60_000);
	return `${ms < 0 && minutes > 0 ? '−' : ''}${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

/** Elapsed or to go on absolute time, as T+7:13:45 or T−0:05:00 (rule 11). */
export function formatTPlus(ms: number): string {
	const seconds = Math.floor(Math.abs(ms) / 1000);
	const two = (n: number): string => String(n).padStart(2, '0');
	return `T${ms < 0 ? '−' : '+'}${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** An age in one unit: 0,4 s · 40 s · 22 min · 3 h · 2 g (d). */
export function formatAge(ms: number | null, language: Language): string {
	if (ms === null) return UNKNOWN;
	if (ms < 10_000) return `${formatNumber(Math.floor(ms / 100) / 10, language, 1)} s`;
	if (ms < 60_000) return `${Math.floor(ms / 1000)} s`;
	if (ms < 5_400_000) return `${Math.floor(ms / 60_000)} min`;
	if (ms < 172_800_000) return `${Math.floor(ms / 3_600_000)} h`;
	return `${Math.floor(ms / 86_400_000)} ${language === 'it' ? 'g' : 'd'}`;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Local time of day in `zone`, 24 hours, as 02:13 or 02:13:45. */
export function formatClock(instant: number | null, zone: string, seconds = false): string {
	if (instant === null) return UNKNOWN;
	const key = `${zone}${seconds}`;
	let clock = clocks.get(key);
	if (!clock) {
		clock = new Intl.DateTimeFormat('en-GB', {
			timeZone: zone,
			hour: '2-digit',
			minute: '2-digit',
			...(seconds ? { second: '2-digit' } : {}),
			hourCycle: 'h23',
		});
		clocks.set(key, clock);
	}
	return clock.format(instant);
}

const days = new Map<string, Intl.DateTimeFormat>();

/** dd/mm/yyyy in `zone`. */
export function formatDay(instant: number, zone: string): string {
	let day = days.get(zone);
	if (!day) {
		day = new Intl.DateTimeFormat('en-GB', { timeZone: zone, day: '2-digit', month: '2-digit', year: 'numeric' });
		days.set(zone, day);
	}
	return day.format(instant);
}

const zones = new Map<string, Intl.DateTimeFormat>();

/** The zone's abbreviation at that instant (CEST, CET), which tells the doubled hour of October apart. */
export function formatZone(instant: number, zone: string): string {
	let one = zones.get(zone);
	if (!one) {
		one = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'short' });
		zones.set(zone, one);
	}
	return one.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}

const HOUR_MS = 3_600_000;

/** Every zone's clocks change at a quarter of an hour, so within one a clock is doubled throughout or not at all. */
const QUARTER_MS = 900_000;
const doubled = new Map<string, boolean>();

function isDoubled(instant: number, zone: string): boolean {
	const quarter = Math.floor(instant / QUARTER_MS);
	const key = `${zone}${quarter}`;
	const known = doubled.get(key);
	if (known !== undefined) return known;
	const clock = formatClock(quarter * QUARTER_MS, zone);
	const told = [-HOUR_MS, HOUR_MS].some((apart) => formatClock(quarter * QUARTER_MS + apart, zone) === clock);
	doubled.set(key, told);
	return told;
}

/** Local time of day, with its zone in the hour that comes twice when the clocks go back: 02:58 CEST, and 02:58 CET an hour later. */
export function formatMoment(instant: number | null, zone: string, seconds = false): string {
	const clock = formatClock(instant, zone, seconds);
	return instant !== null && isDoubled(instant, zone) ? `${clock} ${formatZone(instant, zone)}` : clock;
}
