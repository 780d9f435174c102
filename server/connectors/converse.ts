// A bounded conversation with one port: connects where the plan permits it, sends, hears whole answers, may turn to TLS. Knows no protocol.
import { createConnection, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { blindBy, type Cause, causeOf } from './cause.ts';
import { daysLeft, type Finding, findingOf, hasDays } from './probe.ts';
import { anyTarget, type Targets } from './targets.ts';

export type Where = {
	readonly host: string;
	readonly port: number;
	readonly signal: AbortSignal;
	/** How much may be heard in all; who says more talks garbage. */
	readonly maxBytes: number;
	readonly targets?: Targets | undefined;
};

/** What the bytes heard so far begin with: a whole answer and how long it is, part of one, or none. */
export type Heard<T> = { readonly value: T; readonly length: number } | 'more' | 'wrong';

export type Secured = { readonly certEnds: number | null; readonly isTrusted: boolean };

/** `hear` and `secure` reject with what only `converse` catches. */
export type Line = {
	send(bytes: Buffer | string): void;
	hear<T>(take: (bytes: Buffer) => Heard<T>): Promise<T>;
	/** From here on by TLS; an untrusted certificate is looked at all the same. */
	secure(name: string): Promise<Secured>;
	/** The last words: waits for an answer or the end, but not for long. */
	farewell(bytes: Buffer | string): Promise<void>;
	elapsedMs(): number;
};

class Broken extends Error {
	readonly why: Cause;
	constructor(why: Cause) {
		super(why);
		this.why = why;
	}
}

const FAREWELL_MS = 200;

/** As `findingOf`, with the closed code of what went wrong. */
export function brokenBy(cause: Cause): Finding {
	const finding = findingOf(cause);
	return finding.up === null ? finding : { ...finding, why: blindBy(cause) };
}

type Certified = { readonly certDays?: number | undefined; readonly trusted: boolean };

/** Whether a certificate is what the plan expects, and its days; where none was shown none may be expected. */
export function certified(secured: Secured | null, expect: Certified, now: number): { readonly isFine: boolean; readonly certDays: number | null } {
	const certDays = daysLeft(secured?.certEnds ?? null, now);
	return { isFine: (secured === null || secured.isTrusted || !expect.trusted) && hasDays(certDays, expect.certDays), certDays };
}

export type Talked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly cause: Cause };

/** Never rejects for what the outside does. The connection is its own, and closed at the end. */
export async function talkTo<T>(where: Where, talk: (line: Line) => Promise<T>): Promise<Talked<T>> {
	if (where.signal.aborted) return { ok: false, cause: 'timeout' };
	if (!(where.targets ?? anyTarget).mayBe(where.host)) return { ok: false, cause: 'forbidden' };
	const { line, close } = openLine(where);
	try {
		return { ok: true, value: await talk(line) };
	} catch (error) {
		if (error instanceof Broken) return { ok: false, cause: error.why };
		throw error;
	} finally {
		close();
	}
}

/** A conversation that finds out whether a service answers. */
export async function converse(where: Where, talk: (line: Line) => Promise<Finding>): Promise<Finding> {
	const talked = await talkTo(where, talk);
	return talked.ok ? talked.value : brokenBy(talked.cause);
}

function openLine({ host, port, signal, maxBytes, targets = anyTarget }: Where): { readonly line: Line; close(): void } {
	const started = performance.now();
	let heard: Buffer = Buffer.alloc(0);
	let total = 0;
	let fault: Cause | null = null;
	let waiting: (() => void) | null = null;
	let socket: Socket = createConnection({ host, port, lookup: targets.lookup });

	const wake = (): void => {
		waiting?.();
		waiting = null;
	};
	const news = (): Promise<void> => {
		const { promise, resolve } = Promise.withResolvers<void>();
		waiting = resolve;
		return promise;
	};
	const fail = (cause: Cause): void => {
		fault ??= cause;
		socket.destroy();
		wake();
	};
	const onData = (chunk: Buffer): void => {
		total += chunk.length;
		if (total > maxBytes) fail('garbage');
		else {
			heard = heard.length === 0 ? chunk : Buffer.concat([heard, chunk]);
			wake();
		}
	};
	const onClose = (): void => fail('refused');
	const listen = (one: Socket): void => {
		one.on('data', onData);
		one.on('error', (error) => fail(causeOf(error)));
		one.on('close', onClose);
	};
	const onAbort = (): void => fail('timeout');
	signal.addEventListener('abort', onAbort);
	listen(socket);
	socket.once('connect', wake);

	const line: Line = {
		send(bytes) {
			socket.write(bytes);
		},
		async hear(take) {
			for (;;) {
				const found = take(heard);
				if (found === 'wrong') throw new Broken('garbage');
				if (found !== 'more') {
					heard = heard.subarray(found.length);
					return found.value;
				}
				if (fault !== null) throw new Broken(fault);
				await news();
			}
		},
		async secure(name) {
			while (socket.connecting && fault === null) await news();
			if (fault !== null) throw new Broken(fault);
			// What was said before the handshake could be anybody's.
			if (heard.length > 0) throw new Broken('garbage');
			const plain = socket;
			plain.off('data', onData);
			plain.off('close', onClose);
			const tls = connectTls({ socket: plain, host: name, rejectUnauthorized: false, ...(isIP(name) === 0 ? { servername: name } : {}) });
			socket = tls;
			listen(tls);
			let isSecure = false;
			tls.once('secureConnect', () => {
				isSecure = true;
				wake();
			});
			while (!isSecure && fault === null) await news();
			if (fault !== null) throw new Broken(fault);
			const ends = Date.parse(tls.getPeerCertificate().valid_to ?? '');
			return { certEnds: Number.isFinite(ends) ? ends : null, isTrusted: tls.authorized };
		},
		async farewell(bytes) {
			if (fault !== null) return;
			socket.write(bytes);
			const timer = setTimeout(wake, FAREWELL_MS);
			await news();
			clearTimeout(timer);
		},
		elapsedMs: () => performance.now() - started,
	};
	return {
		line,
		close() {
			signal.removeEventListener('abort', onAbort);
			socket.destroy();
		},
	};
}
