// Reads rows that PostgreSQL gave: figures come as text where they may be large. Anything else is no answer; names never leave.
import * as z from 'zod/mini';

const figure = z.pipe(
	z.union([z.int(), z.string().check(z.regex(/^-?\d{1,16}$/))]),
	z.transform((value: number | string): number => Number(value)),
);
const whole = z.pipe(figure, z.int().check(z.gte(0)));

const parse = <T extends z.ZodMiniType>(schema: T, row: unknown): z.infer<T> | null => {
	const parsed = schema.safeParse(row);
	return parsed.success ? parsed.data : null;
};

const countersSchema = z.object({
	missing: whole,
	estimate: whole,
	inserted: whole,
	deleted: whole,
	live: whole,
	upkeep: whole,
	copying: whole,
	stamp: z.nullable(z.string().check(z.regex(/^[0-9a-f]{64}$/))),
});
/** How many of the plan's tables are not there, and what the server has counted for the others. */
export type CountersRow = z.infer<typeof countersSchema>;
export const countersRow = (row: unknown): CountersRow | null => parse(countersSchema, row);

const exactSchema = z.extend(countersSchema, { rows: whole });
export type ExactRow = z.infer<typeof exactSchema>;
export const exactRow = (row: unknown): ExactRow | null => parse(exactSchema, row);

const writersSchema = z.object({ writing: z.boolean() });
export const writersRow = (row: unknown): boolean | null => parse(writersSchema, row)?.writing ?? null;

const slotSchema = z.object({
	active: z.boolean(),
	// Null where the slot has never confirmed; negative where another reading of the log is a moment older.
	lag_bytes: z.nullable(figure),
	streaming: z.nullable(z.boolean()),
	lag_seconds: z.nullable(z.union([z.number().check(z.gte(0)), z.pipe(z.string().check(z.regex(/^\d{1,12}(\.\d{1,9})?$/)), z.transform(Number))])),
});

export type SlotState = {
	/** Whether somebody reads the slot. */
	readonly active: boolean;
	readonly lagBytes: number | null;
	/** 0 when caught up; null while not known. */
	readonly lagSeconds: number | null;
};

export function slotRow(row: unknown): SlotState | null {
	const read = parse(slotSchema, row);
	if (!read) return null;
	const lagBytes = read.lag_bytes === null ? null : Math.max(0, read.lag_bytes);
	// The server measures a lag only while there is something to apply.
	const idle = lagBytes === 0 || read.streaming === true ? 0 : null;
	return { active: read.active, lagBytes, lagSeconds: read.active ? (read.lag_seconds ?? idle) : null };
}

const subscriptionSchema = z.object({ running: z.boolean() });
export const subscriptionRow = (row: unknown): boolean | null => parse(subscriptionSchema, row)?.running ?? null;
