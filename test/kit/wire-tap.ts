// Listens to what the clients of a test are told, whatever library they use: refusals and the stream are kept for the search at the run's
// end, secrets that are handed out or shown are noticed. Changes nothing that is said.
import { Socket } from 'node:net';
import { keepEvidence, noticeSecrets } from './evidence.ts';

/** What a connection brings at the moment: a screen's frames, a refusal, or an answer that may rightly hand out a secret. */
type Brings = 'frame' | 'answer' | 'fine';
const brings = new WeakMap<Socket, Brings>();
const SHOWN_AT_MOST = 4096;

function hear(socket: Socket, chunk: Buffer): void {
	if (chunk.subarray(0, 9).toString('latin1') === 'HTTP/1.1 ') {
		const status = Number(chunk.subarray(9, 12).toString('latin1'));
		brings.set(socket, status === 101 ? 'frame' : status >= 400 ? 'answer' : 'fine');
		noticeSecrets(chunk.toString('latin1'));
	}
	const kind = brings.get(socket);
	if (kind === 'frame' || kind === 'answer') keepEvidence(kind, chunk);
}

function show(text: unknown): void {
	const shown = typeof text === 'string' ? text : text instanceof Uint8Array ? Buffer.from(text.buffer, text.byteOffset, text.byteLength) : null;
	if (shown !== null && shown.length <= SHOWN_AT_MOST && shown.includes('"code"')) noticeSecrets(shown.toString('latin1'));
}

type Tapped = { push(chunk: unknown, encoding?: BufferEncoding): boolean; write(chunk: unknown, ...rest: unknown[]): boolean };
const socket = Socket.prototype as unknown as Tapped;
const { push, write } = socket;
socket.push = function (this: Socket, chunk, encoding) {
	if (Buffer.isBuffer(chunk) && chunk.length > 0) hear(this, chunk);
	return push.call(this as unknown as Tapped, chunk, encoding);
};
socket.write = function (this: Socket, chunk, ...rest) {
	show(chunk);
	return write.call(this as unknown as Tapped, chunk, ...rest);
};
