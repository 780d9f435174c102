// Quiet hours of a channel, in a zone: whether they hold now, and when they end. Pure.
import { clockAt, instantsOf } from './zoned-time.ts';

export type QuietHours = { readonly from: string; readonly to: string };

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

const ofDay = (written: string): number => {
	const [hours = 0, minutes = 0] = written.split(':').map(Number);
	return (hours * 60 + minutes) * MINUTE_MS;
};

/** The instant at which the quiet hours that hold now end; null outside them. From and to alike: there are none. */
export function quietUntil({ from, to }: QuietHours, zone: string, now: number): number | null {
	const clock = clockAt(now, zone);
	const midnight = Math.floor(clock / DAY_MS) * DAY_MS;
	const [begins, ends, here] = [ofDay(from), ofDay(to), clock - midnight];
	if (begins === ends) return null;
	const isOverMidnight = begins > ends;
	const isQuiet = isOverMidnight ? here >= begins || here < ends : here >= begins && here < ends;
	if (!isQuiet) return null;
	const end = midnight + ends + (isOverMidnight && here >= begins ? DAY_MS : 0);
	// A clock that skips this time shows it an hour later; in a doubled hour the first that is yet to come counts.
	const shown = [...instantsOf(end, zone), ...instantsOf(end + 60 * MINUTE_MS, zone)];
	return shown.find((instant) => instant > now) ?? now + MINUTE_MS;
}
