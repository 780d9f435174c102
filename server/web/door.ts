// The door: the HTTP or HTTPS server with its bounds, and a place for each connection until it has shown a valid token.
// Knows neither routes nor tokens; app.ts and the stream tell it who is known.
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { Limits } from '../domain/limits.ts';
import type { DoorWatch } from '../domain/watch-door.ts';
import { type TlsFiles, watchTlsFiles } from './tls-files.ts';
import { openTurns } from './turns.ts';
import { refuseUnreadable } from './unreadable-request.ts';

export type End = { readonly remoteAddress?: string | undefined; readonly remotePort?: number | undefined };

export type Door = {
	readonly http: Server;
	readonly isSecure: boolean;
	/** This connection has shown a valid token: it no longer takes a place among those of its address that have not. */
	known(end: End): void;
	/** At once for a connection that has shown one; for others when their turn comes. */
	inTurn(end: End, run: () => void): void;
	close(): void;
};

export type DoorOptions = {
	readonly limits: Limits;
	readonly watch: DoorWatch;
	readonly tls: TlsFiles | null;
	/** A proxy's connections carry many people's requests: those are bounded one by one (app.ts). */
	isProxy(end: End): boolean;
	/** For the log: what became of a certificate that changed. */
	told(message: string, error?: unknown): void;
};

/** One that came this long ago and has shown nothing makes room for a newcomer; before that the newcomer has to go. */
const GRACE_MS = 1000;
const CHECK_EVERY_MS = 1000;

export const addressOf = ({ remoteAddress }: End): string => (remoteAddress ?? '').replace(/^::ffff:/, '');

export function openDoor({ limits, watch, tls, isProxy, told }: DoorOptions): Door {
	const bounds = {
		maxHeaderSize: limits.headerBytes,
		headersTimeout: limits.headersWithinMs,
		requestTimeout: limits.requestWithinMs,
		keepAliveTimeout: limits.keepAliveMs,
		connectionsCheckingInterval: CHECK_EVERY_MS,
	};
	const files = tls === null ? null : watchTlsFiles(tls, told);
	const http: Server = files
		? createTlsServer({ ...bounds, ...files.current(), minVersion: 'TLSv1.2', handshakeTimeout: limits.headersWithinMs })
		: createServer(bounds);
	files?.follow((context) => (http as ReturnType<typeof createTlsServer>).setSecureContext({ ...context, minVersion: 'TLSv1.2' }));
	// One more than allowed are read, so that too many are seen.
	http.maxHeadersCount = limits.headers + 1;
	http.maxConnections = limits.connections;
	http.on('clientError', refuseUnreadable);

	const strangers = new Map<string, Map<number, { readonly socket: Socket; readonly since: number }>>();

	http.on('connection', (socket: Socket) => {
		const address = addressOf(socket);
		const port = socket.remotePort;
		if (isProxy(socket)) return;
		const now = performance.now();
		if (port === undefined || !watch.connects(address, now)) {
			socket.destroy();
			return;
		}
		const mine = strangers.get(address) ?? new Map();
		if (mine.size >= limits.unprovenAnAddress) {
			const [oldest] = mine.values();
			if (now - oldest.since < GRACE_MS) {
				socket.destroy();
				return;
			}
			mine.delete(oldest.socket.remotePort ?? -1);
			oldest.socket.destroy();
		}
		mine.set(port, { socket, since: now });
		strangers.set(address, mine);
		socket.once('close', () => leave(address, port));
	});

	function leave(address: string, port: number): void {
		const mine = strangers.get(address);
		mine?.delete(port);
		if (mine?.size === 0) strangers.delete(address);
	}

	const turns = openTurns(limits.strangersATurn);
	const isStranger = (end: End): boolean => strangers.get(addressOf(end))?.has(end.remotePort ?? -1) === true;

	return {
		http,
		isSecure: files !== null,
		known: (end) => leave(addressOf(end), end.remotePort ?? -1),
		inTurn: (end, run) => (isStranger(end) ? turns(run) : run()),
		close: () => files?.stop(),
	};
}
