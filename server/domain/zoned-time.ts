// Instants as a zone's clocks write them. Pure; which instants a clock time stands for is told by shared/zoned-clock.ts.
import { clockAt } from '../../shared/zoned-clock.ts';

export { clockAt, instantsOf } from '../../shared/zoned-clock.ts';

const two = (figure: number): string => String(figure).padStart(2, '0');

/** An instant as the zone's clocks show it, with its offset: 2025-10-21T19:00:00+02:00. Whole seconds. */
export function writeZoned(instant: number, zone: string): string {
	const clock = clockAt(instant, zone);
	const offset = Math.round((clock - instant) / 60_000);
	const sign = offset < 0 ? '-' : '+';
	return `${new Date(clock).toISOString().slice(0, 19)}${sign}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
}
