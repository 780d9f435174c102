// A browser's cookies and redirects, as far as a sign-in needs them: one jar a host, `Set-Cookie` obeyed, nothing followed unasked.

export type Visit = { readonly status: number; readonly headers: Headers; readonly text: string; readonly location: string | null };
export type JarAsk = { readonly method?: string; readonly body?: string; readonly headers?: Readonly<Record<string, string>> };

export class CookieJar {
	readonly #cookies = new Map<string, Map<string, string>>();

	cookies(url: string): Map<string, string> {
		const host = new URL(url).host;
		const found = this.#cookies.get(host) ?? new Map<string, string>();
		this.#cookies.set(host, found);
		return found;
	}

	header(url: string): string {
		return [...this.cookies(url)].map(([name, value]) => `${name}=${value}`).join('; ');
	}

	async ask(url: string, { method, body, headers }: JarAsk = {}): Promise<Visit> {
		const cookie = this.header(url);
		const answer = await fetch(url, {
			method: method ?? (body === undefined ? 'GET' : 'POST'),
			redirect: 'manual',
			headers: { ...(cookie === '' ? {} : { cookie }), ...headers },
			...(body === undefined ? {} : { body }),
			signal: AbortSignal.timeout(20_000),
		});
		for (const line of answer.headers.getSetCookie()) this.#take(url, line);
		const location = answer.headers.get('location');
		return { status: answer.status, headers: answer.headers, text: await answer.text(), location: location && new URL(location, url).href };
	}

	/** As a page of this very address does. */
	post(url: string, body: unknown = {}): Promise<Visit> {
		return this.ask(url, { body: JSON.stringify(body), headers: { origin: new URL(url).origin, 'content-type': 'application/json' } });
	}

	#take(url: string, line: string): void {
		const [pair = '', ...attributes] = line.split(/; */);
		const name = pair.slice(0, pair.indexOf('='));
		const value = pair.slice(name.length + 1);
		const isGone = value === '' || attributes.some((one) => /^max-age=0$/i.test(one) || /^expires=Thu, 01 Jan 1970/i.test(one));
		if (isGone) this.cookies(url).delete(name);
		else this.cookies(url).set(name, value);
	}
}

/** From a sign-out in Regia to the provider's page, and its button; resolves with where one ends up. */
export async function signOutAtProvider(jar: CookieJar, address: string): Promise<string | null> {
	const page = await jar.ask(address);
	const action = /action="([^"]+)"/.exec(page.text)?.[1];
	const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
	if (action === undefined) throw new Error(`no way out at ${page.status}: ${page.text.slice(0, 300)}`);
	const body = new URLSearchParams({ xsrf, logout: 'yes' }).toString();
	return (await jar.ask(action, { body, headers: { 'content-type': 'application/x-www-form-urlencoded' } })).location;
}

/** Goes to the provider, fills in its form, and comes back: everything that a browser does. */
export async function signInByProvider(jar: CookieJar, regia: string, person: string): Promise<Visit> {
	let visit = await jar.ask(`${regia}/auth/sign-in`);
	for (let hop = 0; hop < 12; hop += 1) {
		if (visit.location?.includes('/interaction/')) {
			visit = await jar.ask(visit.location, { body: `name=${person}`, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
			continue;
		}
		if (visit.location === null) throw new Error(`the provider's way ends at ${visit.status}: ${visit.text.slice(0, 300)}`);
		if (visit.location.startsWith(regia) && !visit.location.includes('/auth/')) return visit;
		visit = await jar.ask(visit.location);
	}
	throw new Error('the sign-in goes in a circle');
}
