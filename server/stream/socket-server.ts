// The only importer of socket.io: rooms an audience, the beat, and screens that are too slow. Socket.IO's own recovery is not used.
import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Server, type Socket } from 'socket.io';
import type { Position } from '../../shared/entry.ts';
import {
	type Ack,
	type Audience,
	audiences,
	type ClientEvents,
	type EventName,
	eventSchemas,
	handshakeSchema,
	type ServerEvents,
	type Vitals,
} from '../../shared/events.ts';
import type { SentMark } from '../../shared/mark.ts';
import { defaultLimits } from '../domain/limits.ts';
import { type Credentials, credentialsOf, eventActions, type Identify, mayDo, mayWatch, type Who } from '../domain/may.ts';
import { type GateParts, openGate } from './gate.ts';
import { startHeart } from './heart.ts';
import { BEATS_KEPT, type Publisher } from './publisher.ts';

export type StreamParts = {
	readonly publisher: Publisher;
	readonly identify: Identify;
	mark(sent: SentMark, maker: { readonly who: Who; readonly credentials: Credentials; readonly from: string }): Promise<Ack<{ seq: number }>>;
	since(at: Position): Promise<{ entries: number; marks: number }>;
	vitals(screen: string, vitals: Vitals): void;
	/** Where a handshake came from, for the record; left out: from its peer. */
	addressOf?(asked: Pick<IncomingMessage, 'socket' | 'headers'>): string;
	/** A fault in an event's handling: for the log, never for the wire. */
	fault(error: unknown): void;
} & Partial<GateParts>;

export type Stream = {
	readonly clients: () => number;
	/** What was sent: beats, snapshots, deltas of screens that came back, and how many beats those merged. */
	readonly counts: { beats: number; snapshots: number; resumes: number; merged: number };
	/** Tells every screen that the server goes, then closes. */
	close(retryMs: number): Promise<void>;
};

/** Packets that wait in a screen's own buffer before it is taken out of the beat and given merged deltas instead. */
const WAITING_PACKETS = 3;
const MAX_EVENT_BYTES = 65_536;
/** A revoked token ends its connections within this. */
const RIGHTS_CHECKED_EVERY_MS = 1000;
/** How long a screen has for its part of the leave-taking; one that does not read never takes it. */
const LEAVE_WITHIN_MS = 1000;

/** What it showed of itself, and not who it was: a token may be revoked while it is connected. */
/** `sameCredentials`: equal where two screens show the same credentials. */
type Screen = { readonly credentials: Credentials; readonly sameCredentials: string; readonly audience: Audience; behindFrom: Position | null };
type Wire = Socket<ClientEvents, ServerEvents, Record<string, never>, Screen>;

class HandshakeRefused extends Error {
	readonly data: { readonly code: string; readonly message: string };
	constructor(code: string, message: string) {
		super(code);
		this.data = { code, message };
	}
}

export function openStream(http: HttpServer, parts: StreamParts): Stream {
	const { publisher, limits = defaultLimits } = parts;
	const gate = openGate<Wire>({ ...parts, limits });
	const io = new Server<ClientEvents, ServerEvents, Record<string, never>, Screen>(http, {
		path: '/live',
		serveClient: false,
		perMessageDeflate: false,
		maxHttpBufferSize: MAX_EVENT_BYTES,
		pingInterval: 10_000,
		pingTimeout: 8000,
		connectTimeout: limits.handshakeWithinMs,
		allowRequest: gate.connection,
	});
	const counts = { beats: 0, snapshots: 0, resumes: 0, merged: 0 };
	const behind = new Set<Wire>();
	const wires = new Set<Duplex>();
	http.on('upgrade', (_request, wire: Duplex) => {
		wires.add(wire);
		wire.once('close', () => wires.delete(wire));
	});

	const judge = (socket: Wire, next: (error?: Error) => void): unknown => {
		const parsed = handshakeSchema.safeParse(socket.handshake.auth);
		if (!parsed.success)
			return next(new HandshakeRefused('bad-handshake', 'auth is { token, audience: wall|desk|field|press, at: { epoch, seq, hash } | null }'));
		const { token, audience, at } = parsed.data;
		const credentials = credentialsOf(socket.handshake.headers, token ?? null);
		const who = parts.identify(credentials);
		if (!mayDo(who, 'stream.watch')) return next(new HandshakeRefused('unauthorised', 'this stream needs a token that is valid and not revoked'));
		if (!mayWatch(who, audience)) return next(new HandshakeRefused('not-permitted', 'this token is for another audience'));
		// A session's cookie is replaced while the connection stands: from here on the session itself is asked for.
		const lasting = 'session' in who ? { ...credentials, family: who.session } : credentials;
		socket.data = { credentials: lasting, sameCredentials: JSON.stringify(lasting), audience, behindFrom: at ?? null };
		next();
	};
	io.use(gate.handshake(judge, () => new HandshakeRefused('too-many', 'too many screens with this token')));

	/** The beat at which an audience last had a screen: one that comes back soon finds its chain going on. */
	const lastWatched = new Map<Audience, number>();
	const isWatched = (audience: Audience): boolean => counts.beats - (lastWatched.get(audience) ?? Number.NEGATIVE_INFINITY) <= BEATS_KEPT;

	const setAside = (socket: Wire, from: Position | null): void => {
		socket.leave(socket.data.audience);
		socket.data.behindFrom = from;
		behind.add(socket);
	};

	/** Brings one screen to the last beat and back into it; one that does not read what it asked for waits, and so does its answer. */
	const follow = (socket: Wire, at: Position | null): void => {
		if (waiting(socket) >= WAITING_PACKETS) {
			setAside(socket, at);
			return;
		}
		const { audience } = socket.data;
		// Nobody watched it until now: its chain stood still.
		if (!isWatched(audience)) publisher.beat(audience);
		const frame = publisher.resume(audience, at);
		if (frame.kind === 'snapshot') counts.snapshots += 1;
		else counts.resumes += 1;
		counts.merged += frame.kind === 'delta' ? (frame.merged ?? 0) : 0;
		socket.emit('frame', frame);
		socket.data.behindFrom = null;
		behind.delete(socket);
		lastWatched.set(audience, counts.beats);
		socket.join(audience);
	};

	io.on('connection', (socket) => {
		follow(socket, socket.data.behindFrom);
		socket.on('disconnect', () => behind.delete(socket));
		const mayAsk = gate.events(socket, () => waiting(socket));
		listen(socket, parts, follow, mayAsk);
	});

	const beat = (): void => {
		for (const audience of audiences) {
			if (!isWatched(audience)) continue;
			if (io.sockets.adapter.rooms.has(audience)) lastWatched.set(audience, counts.beats);
			const before = publisher.position(audience);
			const frame = publisher.beat(audience);
			for (const id of io.sockets.adapter.rooms.get(audience) ?? []) {
				const socket = io.sockets.sockets.get(id);
				if (!socket || waiting(socket) < WAITING_PACKETS) continue;
				setAside(socket, before);
			}
			io.to(audience).emit('frame', frame);
		}
		for (const socket of behind) if (waiting(socket) === 0) follow(socket, socket.data.behindFrom);
		counts.beats += 1;
	};
	const stopHeart = startHeart(publisher.rhythmMs, beat);

	/** Asks once for each token, not for each screen: asking costs as much as sending a frame, and many screens share a token. */
	const showOutRevoked = (): void => {
		const asked = new Map<string, Who>();
		try {
			for (const socket of io.sockets.sockets.values()) {
				const { credentials, sameCredentials, audience } = socket.data;
				let who = asked.get(sameCredentials);
				if (who === undefined) {
					who = parts.identify(credentials);
					asked.set(sameCredentials, who);
				}
				if (!mayWatch(who, audience)) socket.disconnect(true);
			}
		} catch (error) {
			parts.fault(error);
		}
	};
	const rights = setInterval(showOutRevoked, RIGHTS_CHECKED_EVERY_MS);

	return {
		clients: () => io.engine.clientsCount,
		counts,
		async close(retryMs) {
			stopHeart();
			clearInterval(rights);
			io.emit('bye', { retryMs });
			await new Promise((resolve) => setTimeout(resolve, 50));
			io.disconnectSockets(true);
			io.engine.close();
			const end = performance.now() + LEAVE_WITHIN_MS;
			while (wires.size > 0 && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 10));
			for (const wire of wires) wire.destroy();
		},
	};
}

/** engine.io queues packets while its transport is not writable: what lies there has not reached the kernel. */
const waiting = (socket: Wire): number => (socket.conn as unknown as { writeBuffer: readonly unknown[] }).writeBuffer.length;

type Answer = (ack: Ack) => void;

/** Every event: a known name, a payload that fits its schema, someone who may, an answer in any case. */
function listen(socket: Wire, parts: StreamParts, follow: (socket: Wire, at: Position) => void, mayAsk: () => boolean): void {
	const who = () => parts.identify(socket.data.credentials);
	const handlers: { [E in EventName]: (payload: never) => Promise<Ack> } = {
		mark: (sent: SentMark) =>
			parts.mark(sent, { who: who(), credentials: socket.data.credentials, from: parts.addressOf?.(socket.request) ?? socket.handshake.address }),
		vitals: async (vitals: Vitals) => {
			parts.vitals(`${socket.data.audience}/${socket.id}`, vitals);
			return { ok: true };
		},
		resume: async (at: Position) => {
			follow(socket, at);
			return { ok: true };
		},
		since: async (at: Position) => ({ ok: true, ...(await parts.since(at)) }),
	};
	const anySocket = socket as unknown as { onAny(listener: (event: string, ...args: unknown[]) => void): void };
	anySocket.onAny((event, ...args) => {
		const last = args.at(-1);
		const answer: Answer = typeof last === 'function' ? (last as Answer) : () => undefined;
		if (!mayAsk()) return answer({ ok: false, code: 'too-many', message: 'too many events: slow down' });
		if (!Object.hasOwn(eventSchemas, event))
			return answer({ ok: false, code: 'unknown-event', message: `events are ${Object.keys(eventSchemas).join(', ')}` });
		const name = event as EventName;
		if (!mayDo(who(), eventActions[name])) return answer(notPermitted);
		const parsed = eventSchemas[name].safeParse(args[0]);
		if (!parsed.success) {
			const issue = parsed.error.issues[0];
			return answer({
				ok: false,
				code: 'malformed',
				message: `${name}: ${issue?.path.join('.') || 'payload'}: ${issue?.message ?? 'not as expected'}`,
			});
		}
		handlers[name](parsed.data as never).then(answer, (error: unknown) => {
			parts.fault(error);
			answer({ ok: false, code: 'internal', message: 'The server could not do this. Try again.' });
		});
	});
}

const notPermitted: Ack<never> = { ok: false, code: 'not-permitted', message: 'This token may not do that.' };
