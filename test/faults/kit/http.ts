// Requests to a Regia under test, and what its answers hold. Knows no test's expectations.

export type Answer = { readonly status: number; readonly headers: Headers; readonly text: string; readonly json: unknown };

export type Ask = {
	readonly method?: string;
	readonly token?: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string | Uint8Array<ArrayBuffer>;
};

const ANSWER_LIMIT_MS = 20_000;

export async function ask(url: string, { method, token, headers, body }: Ask = {}): Promise<Answer> {
	const answer = await fetch(url, {
		method: method ?? (body === undefined ? 'GET' : 'POST'),
		headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
		...(body === undefined ? {} : { body }),
		signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
	});
	const text = await answer.text();
	return { status: answer.status, headers: answer.headers, text, json: jsonOf(text) };
}

function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

export type Row = { readonly subject: string; readonly measure: string; readonly value: number; readonly at: string };

export const moved = (archive: string, value: number, atMs: number): Row => ({
	subject: `archive/${archive}`,
	measure: 'archive.bytesMoved',
	value,
	at: new Date(atMs).toISOString(),
});

export const postSamples = (url: string, token: string, samples: readonly unknown[], key?: string): Promise<Answer> =>
	ask(`${url}/api/samples`, {
		token,
		body: JSON.stringify({ samples }),
		headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { 'idempotency-key': key }) },
	});

/** Null where nobody answers. */
export const healthOf = (url: string): Promise<number | null> =>
	fetch(`${url}/api/health`, { signal: AbortSignal.timeout(2000) }).then(
		async (answer) => {
			await answer.text();
			return answer.status;
		},
		() => null,
	);
