// A JSON body read through its schema, or the problem that says what is wrong with it and where. Never echoes what was sent.
import type * as z from 'zod/mini';
import { type Problem, problem, type Request } from './route.ts';

export async function readJson<T>(
	request: Pick<Request, 'body'>,
	schema: z.ZodMiniType<T>,
): Promise<{ readonly value: T } | { readonly problem: Problem }> {
	const body = await request.body();
	if (!Buffer.isBuffer(body)) return { problem: body };
	let raw: unknown;
	try {
		raw = JSON.parse(body.toString('utf8'));
	} catch {
		return problem(400, 'malformed', 'The body cannot be read', 'the body is one JSON object');
	}
	const parsed = schema.safeParse(raw);
	if (parsed.success) return { value: parsed.data };
	const [issue] = parsed.error.issues;
	// The schema library's own words would name a key that was sent.
	const message = issue?.code === 'unrecognized_keys' ? 'a key that is not known here; the known ones are in /api/openapi.json' : issue?.message;
	return problem(400, 'malformed', 'Not as expected', `${issue?.path.join('.') || 'body'}: ${message ?? 'not as expected'}`);
}
