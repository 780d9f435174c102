// The values a plan is written in: durations, sizes, instants, ids, labels. Each says in its error what would be right.
import * as z from 'zod/mini';
import { idPattern } from './subject.ts';

const unitMs: Record<string, number> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 };
const unitBytes: Record<string, number> = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, PB: 1e15 };

const durationPattern = /^(\d+(?:\.\d+)?) ?(ms|s|min|m|h|d)$/;
const sizePattern = /^(\d+(?:\.\d+)?) ?(B|kB|MB|GB|TB|PB)$/;

/** `90s`, `5 min`, `1.5h` → ms. */
export const duration = z.pipe(
	z.string().check(z.regex(durationPattern, 'a duration with its unit, as 90s, 5min or 1.5h')),
	z.transform((text: string): number => {
		const [, figure, unit] = durationPattern.exec(text) ?? [];
		return Math.round(Number(figure) * (unitMs[unit ?? ''] ?? Number.NaN));
	}),
);

/** `18.4 TB` (decimal units: 1 TB = 10^12 bytes) → whole bytes. */
export const size = z.pipe(
	z.string().check(z.regex(sizePattern, 'a size with its decimal unit, as 18.4 TB or 800 GB')),
	z.transform((text: string): number => {
		const [, figure, unit] = sizePattern.exec(text) ?? [];
		return Math.round(Number(figure) * (unitBytes[unit ?? ''] ?? Number.NaN));
	}),
);

/** An instant with its offset, so that the doubled hour of October is never guessed at → ms UTC. */
export const instant = z.pipe(
	z.iso.datetime({ offset: true, error: 'a moment with its offset, as 2025-10-21T19:00:00+02:00' }),
	z.transform((text: string): number => Date.parse(text)),
);

export const id = z.string().check(z.regex(idPattern, 'an id of a–z, 0–9 and hyphens, at most 60'));
export const label = z.string().check(z.minLength(1, 'a label that is not empty'), z.maxLength(80, 'a label of at most 80 characters'));
export const mapOf = <T extends z.ZodMiniType>(value: T) => z.record(id, value);

export const zone = z.string().check(
	z.refine((name: string) => {
		try {
			return new Intl.DateTimeFormat('en', { timeZone: name }) !== null;
		} catch {
			return false;
		}
	}, 'a time zone by its IANA name, as Europe/Rome'),
);

export const network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], 'an address or a network, as 10.0.0.5 or 10.1.0.0/16');
