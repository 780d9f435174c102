// The only importer of express: meets routes with HTTP, refuses what may not be, serves the client, turns every fault into a problem document.
import { readdirSync } from 'node:fs';
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Response, type Request as WebRequest } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { credentialsOf, type Identify, mayDo } from '../domain/may.ts';
import { readBody } from './read-body.ts';
import { type Parts, type Problem, problem, type Reply, type Route } from './route.ts';

export type AppOptions = {
	readonly parts: Parts;
	readonly routes: readonly Route[];
	readonly identify: Identify;
	/** The built client; served as static files, with its page for every path that is no file. */
	readonly clientFolder: string;
	/** A fault that is ours: for the log, never for the wire. */
	fault(error: unknown): void;
};

/** Reads every `*.route.ts` of this folder. */
export async function readRoutes(): Promise<readonly Route[]> {
	const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.route.ts'));
	const modules = await Promise.all(files.sort().map((name) => import(`./${name}`) as Promise<{ route?: Route; routes?: readonly Route[] }>));
	return modules.flatMap((one) => one.routes ?? (one.route ? [one.route] : []));
}

/** Refusals a minute and address before it has to wait: guessing is slow, honest senders never see it. */
const REFUSALS_A_MINUTE = 300;

const noSuchPage = problem(404, 'no-such-page', 'No such page', 'the pages are / and /wall/cutover, and they are read with GET').problem;

export function createApp({ parts, routes, identify, clientFolder, fault }: AppOptions): Express {
	const app = express();
	app.disable('x-powered-by');
	app.set('query parser', false);
	app.use(securityHeaders());
	app.use(
		['/api', '/metrics'],
		rateLimit({
			windowMs: 60_000,
			limit: REFUSALS_A_MINUTE,
			skipSuccessfulRequests: true,
			requestWasSuccessful: (_request, response) => response.statusCode !== 401 && response.statusCode !== 403,
			standardHeaders: 'draft-8',
			legacyHeaders: false,
			handler: (_request, response) =>
				sendProblem(response, problem(429, 'too-many', 'Too many refused requests', 'Wait a minute, then use a valid token.').problem),
		}),
	);
	for (const route of routes) {
		const handler = handlerOf(route, parts, identify);
		if (route.method === 'GET') app.get(route.path, handler);
		else if (route.method === 'POST') app.post(route.path, handler);
		else app.all(route.path, handler);
	}
	app.use('/api', (_request, response) =>
		sendProblem(response, problem(404, 'no-such-route', 'No such address', 'see /api/openapi.json for what there is').problem),
	);
	app.use(express.static(clientFolder, { index: false, setHeaders: cacheAssets }));
	app.get('/{*page}', (request, response, next) => {
		if (!request.accepts('html')) return sendProblem(response, noSuchPage);
		response.set('Cache-Control', 'no-cache').sendFile('index.html', { root: clientFolder }, (error) => error && next(error));
	});
	app.use((_request, response) => sendProblem(response, noSuchPage));
	app.use(onFault(fault));
	return app;
}

function securityHeaders(): RequestHandler {
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
			},
		},
		strictTransportSecurity: false,
	});
}

function cacheAssets(response: { setHeader(name: string, value: string): void }, path: string): void {
	response.setHeader('Cache-Control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
}

function handlerOf(route: Route, parts: Parts, identify: Identify): RequestHandler {
	return async (request, response) => {
		const who = identify(credentialsOf(request.headers));
		if (!mayDo(who, route.action)) {
			const unknown = who.kind === 'nobody';
			const refusal = unknown
				? problem(401, 'unauthorised', 'A token is needed', 'Send a valid token as Authorization: Bearer.')
				: problem(403, 'not-permitted', 'Not permitted', 'This token may not do that.');
			if (unknown) response.set('WWW-Authenticate', 'Bearer');
			return sendProblem(response, refusal.problem);
		}
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
					body: () => readBody(request),
					signal: leaving.signal,
				},
				parts,
			),
			leaving.signal,
		);
	};
}

function queryOf(request: WebRequest): URLSearchParams {
	const mark = request.originalUrl.indexOf('?');
	return new URLSearchParams(mark < 0 ? '' : request.originalUrl.slice(mark + 1));
}

async function send(response: Response, reply: Reply, signal: AbortSignal): Promise<void> {
	if ('headers' in reply && reply.headers) response.set(reply.headers);
	response.set('Cache-Control', 'no-store');
	if ('problem' in reply) return sendProblem(response, reply.problem);
	response.status(reply.status);
	if ('json' in reply) response.json(reply.json);
	else if ('text' in reply) response.set('Content-Type', reply.type).send(reply.text);
	else {
		response.set('Content-Type', reply.type).flushHeaders();
		for await (const piece of reply.stream) {
			if (signal.aborted) break;
			if (!response.write(piece)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
		}
		response.end();
	}
}

const once = (response: Response, event: string): Promise<void> => new Promise((resolve) => response.once(event, () => resolve()));

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
