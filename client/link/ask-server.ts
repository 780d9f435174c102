// A question to the server's API, with the cookie that the browser keeps. Knows no page.
export type Answered = { readonly status: number; readonly json: unknown };

export async function askServer(method: 'GET' | 'POST', path: string, body?: object, key?: string): Promise<Answered> {
	try {
		const answer = await fetch(path, {
			method,
			headers: {
				accept: 'application/json',
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
				...(key === undefined ? {} : { 'idempotency-key': key }),
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const text = await answer.text();
		return { status: answer.status, json: text === '' ? null : JSON.parse(text) };
	} catch {
		return { status: 0, json: null };
	}
}
