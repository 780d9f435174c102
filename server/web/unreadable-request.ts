// What is answered where bytes on a connection are no HTTP request that can be read: a problem document like any other, then the end.
import type { Socket } from 'node:net';

type Refusal = readonly [status: string, code: string, title: string, detail: string];

const tooLong: Refusal = ['431 Request Header Fields Too Large', 'headers-too-large', 'The headers are too large', 'send less than 16 kB of headers'];
const tooSlow: Refusal = ['408 Request Timeout', 'too-slow', 'The request came too slowly', 'send it again, all at once'];
const unreadable: Refusal = ['400 Bad Request', 'bad-request', 'Not understood', 'the request could not be read'];

const refusals: Readonly<Record<string, Refusal>> = { HPE_HEADER_OVERFLOW: tooLong, ERR_HTTP_REQUEST_TIMEOUT: tooSlow };

/** For the server's `clientError`: no request and no response exist there, so the answer is written by hand. */
export function refuseUnreadable(error: NodeJS.ErrnoException, socket: Pick<Socket, 'writable' | 'end' | 'destroy'>): void {
	if (error.code === 'ECONNRESET' || !socket.writable) {
		socket.destroy();
		return;
	}
	const [status, code, title, detail] = refusals[error.code ?? ''] ?? unreadable;
	const body = JSON.stringify({ type: `/api/problems/${code}`, title, status: Number.parseInt(status, 10), detail, code });
	const headers = ['Content-Type: application/problem+json', `Content-Length: ${Buffer.byteLength(body)}`, 'Connection: close'];
	socket.end(`HTTP/1.1 ${status}\r\n${headers.join('\r\n')}\r\n\r\n${body}`);
}
