// A screen as the client's pure code makes it: frames through applyFrame, `resume` where one does not follow on, a position at every attempt.
// Can be made to drop its connection, to stop reading its socket, and to lose a frame silently.
import { io, type Socket } from 'socket.io-client';
import type { Position } from '../../../shared/entry.ts';
import type { Audience, ClientEvents, ServerEvents } from '../../../shared/events.ts';
import { applyFrame, type Followed, type Frame } from '../../../shared/frame.ts';

export type ScreenCounts = {
	frames: number;
	snapshots: number;
	/** Deltas that brought it on after a connection or a question. */
	resumes: number;
	/** Frames that stood for several, after an absence; and while connected, when it was too slow. */
	mergedAway: number;
	mergedSlow: number;
	epochs: number;
	/** Frames that did not follow on. */
	gaps: number;
	/** Frames that took the board back within an epoch. */
	backward: number;
};

export type Screen = {
	readonly socket: Socket<ServerEvents, ClientEvents>;
	readonly counts: ScreenCounts;
	readonly last: () => Frame | null;
	readonly state: () => Followed | null;
	readonly refusal: () => { readonly code: string } | null;
	drop(): void;
	comeBack(): void;
	/** Stops reading the connection's TCP socket, as a hung screen does. */
	stall(): void;
	goOn(): void;
	/** Loses the next frame that says something, without a word. */
	loseOne(): void;
	close(): void;
};

export type ScreenOptions = {
	readonly url: string;
	readonly token?: string;
	readonly audience: Audience;
	readonly headers?: Readonly<Record<string, string>>;
	readonly onFrame?: (frame: Frame, screen: Followed | null) => void;
};

const RETRY_MS = 300;

type Tcp = { pause(): void; resume(): void };
type WithTransport = { readonly transport?: { readonly ws?: { readonly _socket?: Tcp } } };

export function openScreen({ url, token, audience, headers, onFrame }: ScreenOptions): Screen {
	const counts: ScreenCounts = { frames: 0, snapshots: 0, resumes: 0, mergedAway: 0, mergedSlow: 0, epochs: 0, gaps: 0, backward: 0 };
	let followed: Followed | null = null;
	let last: Frame | null = null;
	let isFirst = true;
	let asking = false;
	let losing = false;
	let retry: ReturnType<typeof setTimeout> | undefined;
	let refusal: { code: string } | null = null;
	const position = (): Position | null => followed?.position ?? null;
	const socket: Socket<ServerEvents, ClientEvents> = io(url, {
		path: '/live',
		transports: ['websocket'],
		forceNew: true,
		reconnectionDelay: 100,
		reconnectionDelayMax: 400,
		auth: (give: (auth: object) => void) => give({ token: token ?? null, audience, at: position() }),
		...(headers === undefined ? {} : { extraHeaders: { ...headers } }),
	});
	// Kept here: a socket that was dropped has no engine to take it from.
	const tcp = (): Tcp | undefined => (socket.io.engine as unknown as WithTransport | undefined)?.transport?.ws?._socket;

	function count(frame: Frame, before: Followed | null): void {
		counts.frames += 1;
		if (frame.kind === 'snapshot') counts.snapshots += 1;
		else if (isFirst) counts.resumes += 1;
		if (frame.kind === 'delta' && frame.merged !== undefined) {
			if (isFirst) counts.mergedAway += 1;
			else counts.mergedSlow += 1;
		}
		if (before && before.position.epoch !== frame.epoch) counts.epochs += 1;
		else if (before && frame.to < before.position.seq) counts.backward += 1;
		isFirst = false;
	}

	function askAgain(): void {
		const at = position();
		if (asking || !at) return;
		asking = true;
		isFirst = true;
		socket.emit('resume', at, () => {
			asking = false;
		});
	}

	socket.on('connect', () => {
		isFirst = true;
		asking = false;
	});
	socket.on('connect_error', (error: Error & { data?: { code: string } }) => {
		if (error.data) refusal = error.data;
		else if (!socket.active) retrySoon();
	});
	socket.on('frame', (frame) => {
		if (losing && frame.kind === 'delta' && frame.to > frame.from) {
			losing = false;
			return;
		}
		const next = applyFrame(followed, frame);
		last = frame;
		if (next === null) {
			// While an answer is on its way, what comes before it does not follow on either.
			if (!asking) counts.gaps += 1;
			askAgain();
			return;
		}
		count(frame, followed);
		followed = next;
		onFrame?.(frame, followed);
	});
	// As client/link does: closed on purpose at the other end, or an attempt that the library gives up, are left to us.
	const retrySoon = (): void => {
		clearTimeout(retry);
		retry = setTimeout(() => socket.connect(), RETRY_MS);
	};
	socket.on('disconnect', (reason) => {
		if (reason === 'io server disconnect') retrySoon();
	});
	socket.on('bye', () => {
		socket.disconnect();
		retrySoon();
	});

	return {
		socket,
		counts,
		last: () => last,
		state: () => followed,
		refusal: () => refusal,
		drop: () => socket.disconnect(),
		comeBack: () => socket.connect(),
		stall: () => tcp()?.pause(),
		goOn: () => tcp()?.resume(),
		loseOne() {
			losing = true;
		},
		close() {
			clearTimeout(retry);
			socket.close();
		},
	};
}
