// Reads the answers of rclone's remote control. File names, error texts and job outputs are in them: only figures leave this file.
import * as z from 'zod/mini';

const figure = z.number().check(z.gte(0), z.lte(Number.MAX_SAFE_INTEGER));
const whole = z.int().check(z.gte(0));

// rclone gives sizes as whole numbers, and -1 where it does not know one. A file that has just begun has no bytes yet.
const inFlight = z.object({ bytes: z.optional(whole), size: z.optional(z.int()) });

const statsSchema = z.object({
	bytes: whole,
	totalBytes: z.int(),
	transfers: whole,
	totalTransfers: z.int(),
	checks: whole,
	totalChecks: z.int(),
	errors: whole,
	elapsedTime: figure,
	transferring: z.optional(z.nullable(z.array(inFlight))),
	checking: z.optional(z.nullable(z.array(z.unknown()))),
});

export type RcloneStats = {
	readonly bytes: number;
	/** May still grow: rclone lists while it copies. */
	readonly totalBytes: number;
	readonly transfers: number;
	readonly totalTransfers: number;
	readonly checks: number;
	readonly totalChecks: number;
	readonly errors: number;
	readonly elapsedMs: number;
	readonly transferring: number;
	readonly checking: number;
	/** Bytes of the files under way, and the most that one of them still lacks. */
	readonly bytesInFlight: number;
	readonly largestPending: number;
};

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** null: this is no answer of `core/stats`. */
export function rcloneStats(text: string): RcloneStats | null {
	const parsed = statsSchema.safeParse(parseJson(text));
	if (!parsed.success) return null;
	const { transferring, checking, elapsedTime, ...counts } = parsed.data;
	const files = transferring ?? [];
	const bytesInFlight = files.reduce((sum, file) => sum + (file.bytes ?? 0), 0);
	if (!Number.isSafeInteger(bytesInFlight)) return null;
	return {
		...counts,
		totalBytes: Math.max(counts.totalBytes, counts.bytes),
		totalTransfers: Math.max(counts.totalTransfers, counts.transfers),
		totalChecks: Math.max(counts.totalChecks, counts.checks),
		elapsedMs: Math.round(elapsedTime * 1000),
		transferring: files.length,
		checking: checking?.length ?? 0,
		bytesInFlight,
		largestPending: files.reduce((most, file) => Math.max(most, (file.size ?? 0) - (file.bytes ?? 0)), 0),
	};
}

const pidSchema = z.object({ pid: whole });
/** The process id of `core/pid`. */
export function rclonePid(text: string): number | null {
	const parsed = pidSchema.safeParse(parseJson(text));
	return parsed.success ? parsed.data.pid : null;
}

const jobsSchema = z.object({ executeId: z.string().check(z.regex(/^[0-9a-fA-F-]{8,64}$/)) });
/** The run's own id, which newer versions give with `job/list`; null where there is none. */
export function rcloneExecuteId(text: string): string | null {
	const parsed = jobsSchema.safeParse(parseJson(text));
	return parsed.success ? parsed.data.executeId : null;
}

const sizeSchema = z.object({ count: whole, bytes: whole });
/** Files and bytes of `operations/size`. */
export function rcloneSize(text: string): { readonly count: number; readonly bytes: number } | null {
	const parsed = sizeSchema.safeParse(parseJson(text));
	return parsed.success ? parsed.data : null;
}
