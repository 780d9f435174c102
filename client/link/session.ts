// Exchanges an access token for the cookie that the stream accepts. Keeps no token and knows no form.

export type Entered = 'entered' | 'refused' | 'unreachable';

export async function enterSession(token: string): Promise<Entered> {
	try {
		const answer = await fetch('/api/session', {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ token }),
		});
		if (answer.ok) return 'entered';
		return answer.status >= 500 ? 'unreachable' : 'refused';
	} catch {
		return 'unreachable';
	}
}
