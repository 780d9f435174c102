// The ward's page without a network: keeps its own files, and gives them when the network does not. Knows no count and asks no API.
type Shell = { readonly version: string; readonly files: readonly string[] };
/** What a service worker is, as far as this one needs it: its types are not those of a page. */
type FieldWorker = {
	addEventListener(name: 'install' | 'activate', hear: (event: { waitUntil(work: Promise<unknown>): void }) => void): void;
	addEventListener(name: 'fetch', hear: (event: Fetched) => void): void;
	skipWaiting(): Promise<void>;
	readonly clients: { claim(): Promise<void> };
	readonly location: Location;
};
type Fetched = { readonly request: Request; respondWith(answer: Promise<Response>): void };

const worker = globalThis as unknown as FieldWorker;
/** Put in when it is built (field.vite.config.ts): with each new file this one is new as well, and browsers fetch it. */
const shell = JSON.parse('__FIELD_SHELL__') as Shell;
const PREFIX = 'regia-field-';
const cacheName = `${PREFIX}${shell.version}`;
const PAGE = '/field/';

async function keepShell(): Promise<void> {
	const cache = await caches.open(cacheName);
	await cache.addAll([PAGE, ...shell.files].map((path) => new Request(path, { cache: 'reload' })));
	await worker.skipWaiting();
}

async function dropOlder(): Promise<void> {
	const names = await caches.keys();
	await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== cacheName).map((name) => caches.delete(name)));
	await worker.clients.claim();
}

async function fromShell(request: Request, path: string): Promise<Response> {
	const cache = await caches.open(cacheName);
	return (await cache.match(path)) ?? fetch(request);
}

worker.addEventListener('install', (event) => event.waitUntil(keepShell()));
worker.addEventListener('activate', (event) => event.waitUntil(dropOlder()));
worker.addEventListener('fetch', (event) => {
	const { request } = event;
	const { origin, pathname } = new URL(request.url);
	if (request.method !== 'GET' || origin !== worker.location.origin) return;
	if (request.mode === 'navigate' && pathname.startsWith(PAGE)) event.respondWith(fromShell(request, PAGE));
	else if (shell.files.includes(pathname)) event.respondWith(fromShell(request, pathname));
});

export {};
