// A small FHIR server: holds the newest version of each Encounter, answers searches page by page, and can be told to misbehave.
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

type Resource = Readonly<Record<string, unknown>>;

export type FhirServer = {
	readonly url: string;
	readonly port: number;
	/** The questions so far: path and query, and what they showed of themselves. */
	readonly asked: { readonly url: string; readonly authorization: string | null }[];
	/** Puts an Encounter in its place of the one of the same id. */
	put(resource: Resource): void;
	/** Before the answer to the nth question from now on; an answer of its own where it gives one. */
	onAsk(does: ((nth: number, response: ServerResponse) => boolean) | null): void;
	/** Later pages are not to be had any more. */
	expirePages(): void;
	/** As a server that knows no _sort. */
	isSorted: boolean;
	/** What its links begin with. */
	linkBase: string | null;
	end(): Promise<void>;
};

const lastUpdatedOf = (resource: Resource): string => {
	const { meta } = resource;
	return typeof meta === 'object' && meta !== null && 'lastUpdated' in meta ? String(meta.lastUpdated) : '';
};

export async function startFhirServer(): Promise<FhirServer> {
	const held = new Map<unknown, Resource>();
	const pages = new Map<string, { rest: readonly unknown[]; count: number }>();
	const asked: { url: string; authorization: string | null }[] = [];
	let does: ((nth: number, response: ServerResponse) => boolean) | null = null;
	let nth = 0;
	let made = 0;
	const sockets = new Set<Socket>();
	const server = createServer((request, response) => {
		asked.push({ url: request.url ?? '', authorization: request.headers.authorization ?? null });
		nth += 1;
		if (does?.(nth, response)) return;
		const url = new URL(request.url ?? '', fhir.url);
		const page = url.searchParams.get('_getpages');
		if (page !== null) {
			const rest = pages.get(page);
			if (rest) send(response, rest.rest, rest.count);
			else response.writeHead(410, { 'content-type': 'application/fhir+json' }).end('{"resourceType":"OperationOutcome"}');
			return;
		}
		const from = Date.parse((url.searchParams.get('_lastUpdated') ?? '').replace(/^ge/, ''));
		const classes = (url.searchParams.get('class') ?? '').split(',');
		const found = [...held.values()].filter((one) => {
			const { class: coding } = one;
			const code = typeof coding === 'object' && coding !== null && 'code' in coding ? String(coding.code) : '';
			return Date.parse(lastUpdatedOf(one)) >= from && classes.includes(code);
		});
		// A page names its resources, and tells them as they are when it is asked for.
		const ids = (fhir.isSorted ? found.toSorted((a, b) => (lastUpdatedOf(a) < lastUpdatedOf(b) ? -1 : 1)) : found).map(({ id }) => id);
		send(response, ids, Number(url.searchParams.get('_count')));
	});

	function send(response: ServerResponse, ids: readonly unknown[], count: number): void {
		const rest = ids.slice(count);
		const links: unknown[] = [{ relation: 'self', url: `${fhir.url}/Encounter` }];
		if (rest.length > 0) {
			made += 1;
			pages.set(String(made), { rest, count });
			links.push({ relation: 'next', url: `${fhir.linkBase ?? fhir.url}?_getpages=${made}` });
		}
		const entry = ids.slice(0, count).map((id) => ({ resource: held.get(id), search: { mode: 'match' } }));
		const bundle = { resourceType: 'Bundle', type: 'searchset', total: ids.length, link: links, ...(entry.length > 0 ? { entry } : {}) };
		response.writeHead(200, { 'content-type': 'application/fhir+json' }).end(JSON.stringify(bundle));
	}

	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.on('error', () => {});
		socket.on('close', () => sockets.delete(socket));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	const port = address !== null && typeof address === 'object' ? address.port : 0;
	const fhir: FhirServer = {
		url: `http://127.0.0.1:${port}/r4`,
		port,
		asked,
		put: (resource) => {
			held.delete(resource.id);
			held.set(resource.id, resource);
		},
		onAsk(next) {
			does = next;
			nth = 0;
		},
		expirePages: () => pages.clear(),
		isSorted: true,
		linkBase: null,
		async end() {
			const closed = once(server, 'close');
			server.close();
			for (const socket of sockets) socket.destroy();
			await closed;
		},
	};
	return fhir;
}
