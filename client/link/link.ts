// The wire: the only place that knows socket.io-client. Connects, resumes by position, comes back. Clears nothing, judges nothing.
import { io, type Socket } from 'socket.io-client';
import type { Position } from '../../shared/entry.ts';
import type { Audience, ClientEvents, ServerEvents, Vitals } from '../../shared/events.ts';
import type { Frame } from '../../shared/frame.ts';

export type LinkState = 'connecting' | 'live' | 'offline' | 'refused';

export type LinkPorts = {
	/** Whose board this screen shows; asked for at every attempt. */
	readonly audience: () => Audience;
	/** Where this screen stands; asked for at every attempt. */
	readonly position: () => Position | null;
	readonly onFrame: (frame: Frame) => void;
	readonly onState: (state: LinkState) => void;
	/** Another server than the one that served the page; for tests. */
	readonly address?: string;
};

export type Link = { askAgain(): void; say(vitals: Vitals): void; reconnect(): void; close(): void };

const ASK_AGAIN_AFTER_MS = 2000;
const RETRY_MS = 3000;
const jittered = (ms: number): number => ms * (0.5 + Math.random());

export function createLink({ audience, position, onFrame, onState, address }: LinkPorts): Link {
	const options = {
		path: '/live',
		transports: ['websocket', 'polling'],
		tryAllTransports: true,
		reconnectionDelay: 500,
		reconnectionDelayMax: 5000,
		auth: (give: (auth: object) => void) => give({ audience: audience(), at: position() }),
	};
	const socket: Socket<ServerEvents, ClientEvents> = address === undefined ? io(options) : io(address, options);
	let retry: ReturnType<typeof setTimeout> | undefined;
	let asked = Number.NEGATIVE_INFINITY;

	const retryIn = (ms: number): void => {
		clearTimeout(retry);
		retry = setTimeout(() => socket.connect(), ms);
	};

	socket.on('connect', () => {
		asked = Number.NEGATIVE_INFINITY;
		onState('live');
	});
	socket.on('frame', onFrame);
	socket.on('disconnect', (reason) => {
		onState('offline');
		// Closed on purpose at the other end: the library leaves coming back to us.
		if (reason === 'io server disconnect') retryIn(jittered(RETRY_MS));
	});
	socket.on('connect_error', (error: Error & { data?: { code?: string } }) => {
		if (error.data?.code === 'unauthorised' || error.data?.code === 'not-permitted') return onState('refused');
		onState('offline');
		if (!socket.active) retryIn(jittered(RETRY_MS));
	});
	socket.on('bye', ({ retryMs }) => {
		socket.disconnect();
		onState('offline');
		retryIn(jittered(retryMs));
	});

	const reconnect = (): void => {
		socket.disconnect();
		socket.connect();
	};

	return {
		/** One question at a time: deltas that come before the answer do not follow on either. */
		askAgain() {
			const now = performance.now();
			if (!socket.connected || now - asked < ASK_AGAIN_AFTER_MS) return;
			asked = now;
			const at = position();
			if (at === null) return reconnect();
			socket.emit('resume', at, (answer) => {
				if (!answer.ok) reconnect();
			});
		},
		say(vitals) {
			if (socket.connected) socket.volatile.emit('vitals', vitals, () => undefined);
		},
		reconnect,
		close() {
			clearTimeout(retry);
			socket.disconnect();
		},
	};
}
