// The port that HL7 comes in by, plain or by TLS: how many may be connected, for how long in silence, how fast. Knows no message.
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { type Conversation, openConversation, type TakeVisits } from './mllp-conversation.ts';
import { LARGEST_FRAME_BYTES } from './mllp-framer.ts';
import { createMllpReader, type ReaderCounts } from './mllp-reader.ts';
import type { Senders } from './mllp-sender.ts';
import { openTurnedAway } from './mllp-turned-away.ts';
import type { VisitKeys } from './visit-keys.ts';

export type MllpLimits = {
	readonly connections: number;
	/** A peer that says nothing for so long is let go; it may come again. */
	readonly idleMs: number;
	/** A frame that has begun ends within this. */
	readonly frameMs: number;
	readonly unanswered: number;
	readonly frameBytes: number;
};

/** An hour: a small emergency room may have nothing to say for long, and not every sender connects again by itself. */
export const usualMllpLimits: MllpLimits = {
	connections: 128,
	idleMs: 3_600_000,
	frameMs: 60_000,
	unanswered: 64,
	frameBytes: LARGEST_FRAME_BYTES,
};
const KEEP_ALIVE_AFTER_MS = 30_000;
const DRAIN_MS = 3000;
const MOST_UNREAD_ANSWERS_BYTES = 262_144;

export type MllpListenerSetup = {
	readonly senders: Senders;
	readonly keys: VisitKeys;
	readonly take: TakeVisits;
	readonly now: () => number;
	readonly host: string;
	readonly port: number;
	/** Certificate and key (PEM); with `ca`, peers show a certificate of theirs. Null: plain. */
	readonly tls: Pick<TlsOptions, 'cert' | 'key' | 'ca'> | null;
	/** A rehearsal takes test messages as well. */
	readonly isRehearsal: boolean;
	readonly limits?: Partial<MllpLimits>;
	/** Where a line for who runs Regia goes. */
	readonly told?: (message: string) => void;
};

export type MllpCounts = ReaderCounts & {
	readonly connections: number;
	/** Peers that were not let in, and that were let go in silence or in the middle of a frame. */
	readonly turnedAway: number;
	readonly idled: number;
	/** Messages that our own reading failed over: a fault of Regia. */
	readonly stumbled: number;
};

export type MllpListener = {
	readonly port: number;
	counts(): MllpCounts;
	/** A renewed certificate, for those who connect from now on. */
	renew(tls: Pick<TlsOptions, 'cert' | 'key' | 'ca'>): void;
	/** Hears nothing more, answers what it has heard, and closes. */
	stop(): Promise<void>;
};

/** `hush`: nothing more is heard of it, whatever it still sends. */
type Peer = { readonly socket: Socket; readonly conversation: Conversation; hush(): void };

/** Rejects where the address can't be listened on. */
export async function openMllpListener(setup: MllpListenerSetup): Promise<MllpListener> {
	const limits = { ...usualMllpLimits, ...setup.limits };
	const { senders, keys, take, now } = setup;
	const reader = createMllpReader({ senders, keys, processing: setup.isRehearsal ? ['P', 'T'] : ['P'] });
	const peers = new Set<Peer>();
	/** Also those whose handshake is still under way. */
	const sockets = new Set<Socket>();
	const tally = { turnedAway: 0, idled: 0, stumbled: 0 };
	const sayTurnedAway = openTurnedAway(limits.connections, now, setup.told ?? (() => undefined));
	let isStopping = false;

	function turnAway(socket: Socket): boolean {
		const isPermitted = senders.permits(socket.remoteAddress ?? '');
		if (!isStopping && sockets.size < limits.connections && isPermitted) {
			sockets.add(socket);
			socket.once('close', () => sockets.delete(socket));
			return false;
		}
		tally.turnedAway++;
		if (!isStopping) sayTurnedAway(isPermitted ? 'full' : 'not-permitted');
		socket.destroy();
		return true;
	}

	function letGo(socket: Socket): void {
		tally.idled++;
		socket.destroy();
	}

	function welcome(socket: Socket): void {
		const peer = socket.remoteAddress ?? '';
		let midFrame: NodeJS.Timeout | undefined;
		socket.setNoDelay(true);
		socket.setKeepAlive(true, KEEP_ALIVE_AFTER_MS);
		let mayRead = true;
		let isHushed = false;
		// Who does not read its answers is not read either.
		const adjust = (): void => {
			if (isHushed) return;
			if (mayRead && !isStopping && socket.writableLength < MOST_UNREAD_ANSWERS_BYTES) socket.resume();
			else socket.pause();
		};
		/** The answers to one batch leave in one packet. */
		let isHeld = false;
		const holdTogether = (): void => {
			if (isHeld) return;
			isHeld = true;
			socket.cork();
			setImmediate(() => {
				isHeld = false;
				socket.uncork();
			});
		};
		const conversation = openConversation({
			reader,
			take,
			now,
			peer,
			largestFrameBytes: limits.frameBytes,
			mostUnanswered: limits.unanswered,
			write(bytes) {
				if (!socket.writable) return;
				holdTogether();
				socket.write(bytes);
				adjust();
			},
			stumble() {
				tally.stumbled++;
			},
			flow(isOpen) {
				mayRead = isOpen;
				adjust();
			},
		});
		/** Unless it is we who do not read on. */
		function endFrame(): void {
			if (conversation.unanswered() === 0) letGo(socket);
			else midFrame = setTimeout(endFrame, limits.frameMs);
		}
		const hush = (): void => {
			isHushed = true;
			socket.pause();
		};
		const one = { socket, conversation, hush };
		peers.add(one);
		socket.on('data', (chunk) => {
			if (isHushed) return;
			conversation.hear(chunk);
			if (!conversation.isMidFrame()) {
				clearTimeout(midFrame);
				midFrame = undefined;
			} else midFrame ??= setTimeout(endFrame, limits.frameMs);
		});
		socket.on('drain', adjust);
		// Who waits for our answer is not idle.
		socket.setTimeout(limits.idleMs, () => {
			if (conversation.unanswered() === 0 || socket.writableLength > 0) letGo(socket);
		});
		// It has said all, and may still read what it is answered.
		socket.on('end', () => {
			void conversation.settled().then(() => socket.end());
		});
		socket.on('error', () => socket.destroy());
		socket.on('close', () => {
			clearTimeout(midFrame);
			conversation.end();
			peers.delete(one);
		});
	}

	const server: Server = setup.tls
		? createTlsServer({ ...setup.tls, allowHalfOpen: true, requestCert: setup.tls.ca !== undefined, handshakeTimeout: 10_000 }, welcome)
		: createServer({ allowHalfOpen: true }, (socket) => {
				if (!turnAway(socket)) welcome(socket);
			});
	// By TLS the bare connection comes first: it is counted before it may shake hands.
	if (setup.tls) {
		server.on('connection', turnAway);
		server.on('tlsClientError', (_error: Error, socket: Socket) => socket.destroy());
	}

	const listening = Promise.withResolvers<void>();
	server.once('error', listening.reject);
	server.listen(setup.port, setup.host, listening.resolve);
	await listening.promise;
	server.off('error', listening.reject);
	server.on('error', () => undefined);

	return {
		port: (server.address() as AddressInfo).port,
		counts: () => ({ ...reader.counts(), ...tally, connections: peers.size }),
		renew(tls) {
			if ('setSecureContext' in server && typeof server.setSecureContext === 'function') server.setSecureContext(tls);
		},
		async stop() {
			isStopping = true;
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			for (const { hush } of peers) hush();
			const answered = Promise.all(
				[...peers].map(async ({ socket, conversation }) => {
					await conversation.settled();
					// What comes from now on has nobody to answer it: it is let by unheard, to be sent again.
					conversation.end();
					socket.end();
					socket.resume();
				}),
			);
			const patience = setTimeout(() => destroyAll(sockets), DRAIN_MS);
			await answered;
			// Said and sent; a peer that keeps its end open is not waited for.
			setTimeout(() => destroyAll(sockets), DRAIN_MS / 10).unref();
			await closed;
			clearTimeout(patience);
		},
	};
}

function destroyAll(sockets: Iterable<Socket>): void {
	for (const socket of sockets) socket.destroy();
}
