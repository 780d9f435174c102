// Reads what a sender posts as samples: JSON or lines of JSON → readings and malformed rows by index. Never throws, keeps no outside text.
import * as z from 'zod/mini';
import type { Reading, Refusal } from '../../shared/sample.ts';

export const MAX_SAMPLE_ROWS = 5000;

export type SampleRows = {
	readonly ok: true;
	/** How many rows there were, malformed ones included. */
	readonly count: number;
	/** Each with its index in what was sent. */
	readonly rows: readonly { readonly index: number; readonly reading: Reading }[];
	readonly malformed: readonly Refusal[];
};
/** Nothing of it could be read: the sender gets 400 (`malformed`) or 413 (`too-large`) with this message. */
export type UnreadableSamples = { readonly ok: false; readonly code: 'malformed' | 'too-large'; readonly message: string };
export type ParsedSamples = SampleRows | UnreadableSamples;
export type SampleFormat = 'json' | 'ndjson';

const rowSchema = z.strictObject({
	subject: z.string().check(z.minLength(1), z.maxLength(100)),
	measure: z.string().check(z.minLength(1), z.maxLength(100)),
	/** 1e999 reads as infinite: a number, but none that admission takes (not-finite). */
	value: z.custom<number>((value) => typeof value === 'number'),
	unit: z.optional(z.string().check(z.minLength(1), z.maxLength(20))),
	at: z.iso.datetime({ offset: true }),
});

const remedies: Readonly<Record<string, string>> = {
	subject: 'subject: a text kind/id of at most 100 characters, as archive/cce-db',
	measure: 'measure: a text of at most 100 characters, as archive.bytesMoved',
	value: 'value: a number, without quotes',
	unit: 'unit: leave it out, or a text of at most 20 characters, as B',
	at: 'at: a moment with its offset, as 2025-10-21T19:00:00+02:00',
};

const unreadable = (code: UnreadableSamples['code'], message: string): UnreadableSamples => ({ ok: false, code, message });
const tooMany = (): UnreadableSamples => unreadable('too-large', `at most ${MAX_SAMPLE_ROWS} rows in one request: send the rest in the next`);

const notJson = Symbol('not JSON');
function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return notJson;
	}
}

function mistakeIn(issue: z.core.$ZodIssue | undefined): string {
	if (issue?.code === 'unrecognized_keys') return 'a row has subject, measure, value, at and perhaps unit, and nothing else';
	return remedies[String(issue?.path[0])] ?? 'a row is an object with subject, measure, value and at';
}

function readRow(row: unknown): Reading | string {
	if (row === notJson) return 'a line is one object in JSON';
	const parsed = rowSchema.safeParse(row);
	if (!parsed.success) return mistakeIn(parsed.error.issues[0]);
	const { at: moment, unit, ...rest } = parsed.data;
	const at = Date.parse(moment);
	if (!Number.isFinite(at)) return mistakeIn({ code: 'custom', path: ['at'], message: '', input: undefined });
	return unit === undefined ? { ...rest, at } : { ...rest, unit, at };
}

function rowsOf(text: string, format: SampleFormat): readonly unknown[] | UnreadableSamples {
	if (format === 'ndjson') {
		const lines: string[] = [];
		for (const line of text.split('\n')) {
			if (line.trim() === '') continue;
			if (lines.length === MAX_SAMPLE_ROWS) return tooMany();
			lines.push(line);
		}
		return lines.map(parseJson);
	}
	const body = parseJson(text);
	if (body === notJson) return unreadable('malformed', 'the body is not JSON; send {"samples":[…]}');
	if (typeof body !== 'object' || body === null || !('samples' in body) || !Array.isArray(body.samples)) {
		return unreadable('malformed', 'the body must be an object with a list, {"samples":[…]}');
	}
	if (Object.keys(body).length > 1) return unreadable('malformed', 'the body has samples and nothing else');
	return body.samples;
}

export function parseSamples(text: string, format: SampleFormat): ParsedSamples {
	const found = rowsOf(text.replace(/^\uFEFF/, ''), format);
	if ('ok' in found) return found;
	if (found.length === 0) return unreadable('malformed', 'there are no rows in it');
	if (found.length > MAX_SAMPLE_ROWS) return tooMany();
	const rows: { index: number; reading: Reading }[] = [];
	const malformed: Refusal[] = [];
	found.forEach((row, index) => {
		const read = readRow(row);
		if (typeof read === 'string') malformed.push({ index, code: 'malformed', message: read });
		else rows.push({ index, reading: read });
	});
	return { ok: true, count: found.length, rows, malformed };
}
