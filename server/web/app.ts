// The only importer of express: meets routes with HTTP, refuses what may not be, serves the client, turns every fault into a problem document.
import { readdirSync } from 'node:fs';
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Response, type Request as WebRequest } from 'express';
import servePacked from 'express-static-gzip';
import helmet from 'helmet';
import { isForged } from '../domain/forgery.ts';
import type { Limits } from '../domain/limits.ts';
import { credentialsOf, type Identify, mayDo, type Who } from '../domain/may.ts';
import type { DoorWatch } from '../domain/watch-door.ts';
import { callerOf } from './caller.ts';
import type { ClientAddresses } from './client-address.ts';
import { isDecodable } from './decodable.ts';
import type { Door } from './door.ts';
import { drained } from './drained.ts';
import { nestsDeeper } from './nesting.ts';
import { readBody } from './read-body.ts';
import { type Parts, type Problem, problem, type Reply, type Route } from './route.ts';

export type AppOptions = {
	readonly parts: Parts;
	readonly routes: readonly Route[];
	readonly identify: Identify;
	/** The built client; served as static files, with its page for every path that is no file. */
	readonly clientFolder: string;
	readonly limits: Limits;
	readonly watch: DoorWatch;
	readonly door: Pick<Door, 'known' | 'isSecure'>;
	readonly addresses: Pick<ClientAddresses, 'of'>;
	/** A fault that is ours: for the log, never for the wire. */
	fault(error: unknown): void;
};

/** Reads every `*.route.ts` of this folder. */
export async function readRoutes(): Promise<readonly Route[]> {
	const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.route.ts'));
	const modules = await Promise.all(files.sort().map((name) => import(`./${name}`) as Promise<{ route?: Route; routes?: readonly Route[] }>));
	return modules.flatMap((one) => one.routes ?? (one.route ? [one.route] : []));
}

const noSuchPage = problem(404, 'no-such-page', 'No such page', 'the pages are / and /wall/cutover, and they are read with GET').problem;

const tooMany = problem(429, 'too-many', 'Too many requests', 'Wait a minute, then go on with a valid token.').problem;
/** After its answer, a request that is still being sent has this long to end. */
const LEAVE_WITHIN_MS = 2000;

export function createApp(options: AppOptions): Express {
	const { routes, clientFolder, fault, watch, limits } = options;
	const app = express();
	app.disable('x-powered-by');
	app.set('query parser', false);
	app.use(securityHeaders(options.door.isSecure));
	app.use(bounds(limits));
	for (const route of routes) {
		const handler = handlerOf(route, options);
		if (route.method === 'GET') app.get(route.path, handler);
		else if (route.method === 'POST') app.post(route.path, handler);
		else app.all(route.path, handler);
	}
	app.use((request, response, next) => {
		if (watch.admits({ kind: 'nobody' }, options.addresses.of(request), performance.now())) next();
		else sendAway(response);
	});
	app.use('/api', (_request, response) =>
		sendProblem(response, problem(404, 'no-such-route', 'No such address', 'see /api/openapi.json for what there is').problem),
	);
	app.use((request, _response, next) => next(isDecodable(request.path) ? undefined : Object.assign(new URIError(), { status: 400 })));
	app.use(servePacked(clientFolder, { enableBrotli: true, orderPreference: ['br', 'gz'], index: false, serveStatic: { setHeaders: cacheAssets } }));
	// The ward's page is a page of its own: it opens again without a network, and loads no wall.
	app.get(['/field/', '/field/:site'], (_request, response, next) => {
		response.set('Cache-Control', 'no-cache').sendFile('field.html', { root: clientFolder }, (error) => error && next(error));
	});
	app.get('/{*page}', (request, response, next) => {
		if (!request.accepts('html')) return sendProblem(response, noSuchPage);
		response.set('Cache-Control', 'no-cache').sendFile('index.html', { root: clientFolder }, (error) => error && next(error));
	});
	app.use((_request, response) => sendProblem(response, noSuchPage));
	app.use(onFault(fault));
	return app;
}

/** Too many headers are refused before anything is looked at; and whoever goes on sending after the answer is left. */
function bounds({ headers }: Limits): RequestHandler {
	return (request, response, next) => {
		const { socket } = request;
		response.once('finish', () => {
			if (request.complete || socket.destroyed) return;
			const leave = setTimeout(() => request.complete || socket.destroy(), LEAVE_WITHIN_MS);
			socket.once('close', () => clearTimeout(leave));
		});
		if (request.rawHeaders.length <= 2 * headers) return next();
		response.set('Connection', 'close');
		sendProblem(response, problem(431, 'headers-too-large', 'Too many headers', `send at most ${headers} headers`).problem);
	};
}

function sendAway(response: Response): void {
	response.set({ Connection: 'close', 'Retry-After': '60' });
	sendProblem(response, tooMany);
}

/** On plain http a wall must not be told to ask for https: it would stay blank. */
function securityHeaders(isSecure: boolean): RequestHandler {
	return helmet({
		contentSecurityPolicy: {
			useDefaults: false,
			directives: {
				'default-src': ["'self'"],
				'connect-src': ["'self'"],
				'img-src': ["'self'", 'data:'],
				'object-src': ["'none'"],
				'base-uri': ["'none'"],
				'form-action': ["'self'"],
				'frame-ancestors': ["'self'"],
				...(isSecure ? { 'upgrade-insecure-requests': [] } : {}),
			},
		},
		strictTransportSecurity: isSecure ? { maxAge: 15_552_000, includeSubDomains: false } : false,
	});
}

function cacheAssets(response: { setHeader(name: string, value: string): void }, path: string): void {
	response.setHeader('Cache-Control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
}

/** Read by anybody at any time, whatever else was refused to their address. */
const alwaysOpen = new Set(['page.read', 'health.read', 'schema.read']);

function handlerOf(route: Route, { parts, identify, watch, limits, door, addresses }: AppOptions): RequestHandler {
	/** A heartbeat shows its token in its path. */
	const senderOf = (request: WebRequest, who: Who): Who => {
		const { token } = request.params;
		return route.action === 'heartbeat.send' && typeof token === 'string' ? identify(credentialsOf(request.headers, token)) : who;
	};
	return async (request, response) => {
		const address = addresses.of(request);
		const credentials = credentialsOf(request.headers);
		if (isForged(request.method, credentials, route.action === 'session.make')) return sendProblem(response, forged);
		await parts.people.settle(credentials);
		const who = identify(credentials);
		const sender = senderOf(request, who);
		const now = performance.now();
		const isStranger = sender.kind === 'nobody';
		if (!isStranger) door.known(request.socket);
		const isAdmitted = route.isCached ? watch.admitsReader(address, now) : watch.admits(sender, address, now);
		if (!isAdmitted) return sendAway(response);
		if (isStranger && !alwaysOpen.has(route.action)) {
			if (watch.isShut(address, now)) return sendAway(response);
			response.once('finish', () => {
				const { statusCode } = response;
				if (statusCode === 401 || statusCode === 403 || (statusCode === 404 && route.action === 'heartbeat.send')) watch.refused(address, now);
			});
		}
		if (!mayDo(who, route.action)) {
			const unknown = who.kind === 'nobody';
			const refusal = unknown
				? problem(401, 'unauthorised', 'A token is needed', 'Send a valid token as Authorization: Bearer.')
				: problem(403, 'not-permitted', 'Not permitted', 'This token may not do that.');
			if (unknown) response.set('WWW-Authenticate', 'Bearer');
			return sendProblem(response, refusal.problem);
		}
		// A public page is kept by caches between: nobody's cookie may be in it.
		const renewed = route.action === 'page.read' ? null : parts.people.renew(credentials, request.method === 'POST');
		if (renewed !== null) response.set('Set-Cookie', renewed);
		const leaving = new AbortController();
		response.on('close', () => leaving.abort());
		await send(
			response,
			await route.handle(
				{
					method: request.method,
					params: request.params as Record<string, string>,
					query: queryOf(request),
					header: (name) => request.get(name) ?? null,
					who,
					credentials,
					from: address || 'unknown',
					caller: callerOf(who, credentials),
					body: () => boundedBody(request, isStranger, limits, route.packing),
					signal: leaving.signal,
				},
				parts,
			),
			leaving.signal,
		);
	};
}

/** JSON that nests too deep is refused unread. Lines of JSON are judged line by line by whoever reads them. */
async function boundedBody(request: WebRequest, isStranger: boolean, limits: Limits, packing?: string): Promise<Buffer | Problem> {
	const { socket } = request;
	const late = isStranger ? setTimeout(() => socket.destroy(), limits.anonymousBodyWithinMs) : undefined;
	const body = await readBody(request, isStranger ? limits.anonymousBodyBytes : undefined, packing);
	clearTimeout(late);
	if (!Buffer.isBuffer(body) || packing !== undefined || /ndjson|jsonl/.test(request.get('content-type') ?? '') || !nestsDeeper(body, limits.nesting))
		return body;
	return problem(400, 'malformed', 'The body nests too deep', `at most ${limits.nesting} levels of brackets`).problem;
}

const forged = problem(
	403,
	'other-site',
	'Not from our own page',
	'A request that changes something and shows a cookie needs an Origin (or Sec-Fetch-Site) of this very address.',
).problem;

function queryOf(request: WebRequest): URLSearchParams {
	const mark = request.originalUrl.indexOf('?');
	return new URLSearchParams(mark < 0 ? '' : request.originalUrl.slice(mark + 1));
}

async function send(response: Response, reply: Reply, signal: AbortSignal): Promise<void> {
	response.set('Cache-Control', 'no-store');
	if ('headers' in reply && reply.headers) response.set(reply.headers);
	if (reply.cookies) response.set('Set-Cookie', [...reply.cookies]);
	if ('problem' in reply) return sendProblem(response, reply.problem);
	response.status(reply.status);
	if ('json' in reply) response.json(reply.json);
	else if ('text' in reply) response.set('Content-Type', reply.type).send(reply.text);
	else {
		response.set('Content-Type', reply.type).flushHeaders();
		for await (const piece of reply.stream) {
			if (signal.aborted) break;
			if (!response.write(piece)) await drained(response);
		}
		response.end();
	}
}

function sendProblem(response: Response, { status, code, title, detail, ...extra }: Problem): void {
	response
		.status(status)
		.set('Content-Type', 'application/problem+json')
		.send(JSON.stringify({ type: `/api/problems/${code}`, title, status, detail, code, ...extra }));
}

/** Express's own refusals (a path that can't be decoded, a file that is not there) keep their status; all else is ours: 500, and the log. */
function onFault(fault: AppOptions['fault']): ErrorRequestHandler {
	return (error: unknown, _request, response, next) => {
		if (response.headersSent) return next(error);
		const status = typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number' ? error.status : 500;
		if (status >= 400 && status < 500)
			return sendProblem(response, problem(status, 'bad-request', 'Not understood', 'the request could not be read').problem);
		fault(error);
		sendProblem(response, problem(500, 'internal', 'The server could not answer', 'Try again; if it stays, see the server log.').problem);
	};
}
