// Puts one question to one server by datagrams, again and again until it answers: a single one may be lost. Reads no answer itself.
import { createSocket, type Socket } from 'node:dgram';
import { isIP } from 'node:net';
import { type Cause, causeOf } from './cause.ts';
import { anyTarget, NotPermitted, type Targets } from './targets.ts';

export type Asked<T> = {
	readonly host: string;
	readonly port: number;
	readonly bytes: Buffer;
	readonly againMs: number;
	readonly signal: AbortSignal;
	readonly targets?: Targets | undefined;
	/** The answer in a datagram; null: it is something else, which is not waited on any the less. */
	read(datagram: Buffer): T | null;
};
export type Told<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly cause: Cause };

/** One permitted address of the host. */
function addressOf(host: string, targets: Targets): Promise<string> {
	if (isIP(host) !== 0) return Promise.resolve(host);
	const { promise, resolve, reject } = Promise.withResolvers<string>();
	targets.lookup(host, {}, (error, found) => (error || typeof found !== 'string' ? reject(error ?? new NotPermitted()) : resolve(found)));
	return promise;
}

/** Never rejects. */
export async function askByDatagram<T>({ host, port, bytes, againMs, signal, targets = anyTarget, read }: Asked<T>): Promise<Told<T>> {
	if (signal.aborted) return { ok: false, cause: 'timeout' };
	if (!targets.mayBe(host)) return { ok: false, cause: 'forbidden' };
	const { promise, resolve } = Promise.withResolvers<Told<T>>();
	const fail = (error: unknown): void => resolve({ ok: false, cause: signal.aborted ? 'timeout' : causeOf(error) });
	const onAbort = (): void => resolve({ ok: false, cause: 'timeout' });
	signal.addEventListener('abort', onAbort);
	let socket: Socket | null = null;
	let isDone = false;
	let again: NodeJS.Timeout | undefined;
	addressOf(host, targets).then((address) => {
		if (isDone) return;
		const one = createSocket(isIP(address) === 6 ? 'udp6' : 'udp4');
		socket = one;
		one.on('error', fail);
		one.on('message', (datagram) => {
			const value = read(datagram);
			if (value !== null) resolve({ ok: true, value });
		});
		// Connected: only this server's datagrams come in, and its refusal is told.
		one.on('connect', () => {
			if (isDone) return;
			one.send(bytes);
			again = setInterval(() => one.send(bytes), againMs);
		});
		one.connect(port, address);
	}, fail);
	const told = await promise;
	isDone = true;
	signal.removeEventListener('abort', onAbort);
	clearInterval(again);
	(socket as Socket | null)?.close();
	return told;
}
