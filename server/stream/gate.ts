// What a screen may ask of the stream: to be let in with a valid token, within its token's number of screens; and so many events.
// Whoever is refused is shown out; whoever goes on asking and does not read is too. Knows no event by name.
import type { IncomingMessage } from 'node:http';
import type { Limits } from '../domain/limits.ts';
import { createBucket } from '../domain/rate.ts';

export type GateParts = {
	readonly limits: Limits;
	/** Who showed a valid token, and who did not, by their connection. */
	known?(end: IncomingMessage['socket']): void;
	refused?(asked: Pick<IncomingMessage, 'socket' | 'headers'>): void;
	/** A handshake waits for its turn; left out: none waits. */
	inTurn?(end: IncomingMessage['socket'], run: () => void): void;
};

type Guest = {
	readonly data: { readonly sameCredentials: string };
	readonly request: Pick<IncomingMessage, 'socket' | 'headers'>;
	readonly conn: { close(discard?: boolean): void };
	once(event: 'disconnect', listener: () => void): unknown;
	disconnect(close?: boolean): unknown;
};
type Next = (error?: Error) => void;

/** The answer to a handshake is sent before its connection is closed. */
const SHOWN_OUT_AFTER_MS = 250;

export type Gate<G extends Guest> = {
	/** Lets in every connection, each in its turn. */
	connection(request: IncomingMessage, decide: (error: null, lets: boolean) => void): void;
	/** The judge of a handshake, and what follows from its verdict. `full`: the error of a token that has enough screens. */
	handshake(judge: (guest: G, next: Next) => void, full: () => Error): (guest: G, next: Next) => void;
	/** For one guest: whether its next event may be looked at. `waiting`: the packets that it has not read. */
	events(guest: G, waiting: () => number): () => boolean;
};

export function openGate<G extends Guest>({ limits, known, refused, inTurn }: GateParts): Gate<G> {
	const screens = new Map<string, number>();

	const showOut = (guest: G): void => {
		setTimeout(() => guest.conn.close(), SHOWN_OUT_AFTER_MS).unref();
	};

	return {
		connection(request, decide) {
			const letIn = (): void => decide(null, true);
			if (inTurn) inTurn(request.socket, letIn);
			else letIn();
		},
		handshake: (judge, full) => (guest, next) =>
			judge(guest, (error) => {
				if (error) {
					refused?.(guest.request);
					showOut(guest);
					return next(error);
				}
				known?.(guest.request.socket);
				const token = guest.data.sameCredentials;
				const shown = screens.get(token) ?? 0;
				if (shown >= limits.screensAToken) {
					showOut(guest);
					return next(full());
				}
				next();
			}),
		events(guest, waiting) {
			const token = guest.data.sameCredentials;
			screens.set(token, (screens.get(token) ?? 0) + 1);
			guest.once('disconnect', () => {
				const left = (screens.get(token) ?? 1) - 1;
				if (left > 0) screens.set(token, left);
				else screens.delete(token);
			});
			const bucket = createBucket(limits.events);
			return () => {
				if (waiting() > limits.packetsWaiting) {
					guest.disconnect(true);
					return false;
				}
				return bucket.take(performance.now());
			};
		},
	};
}
