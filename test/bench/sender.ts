// A sender on one kept-alive connection that costs as little as can be: requests as ready bytes, answers read only as far as needed.
import { connect } from 'node:net';

/** `POST /api/samples` as it goes over the wire. */
export function requestOf(body: string, token: string): Buffer {
	return Buffer.from(
		`POST /api/samples HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
	);
}

/** Sends all from `connections` senders, each its next when the last was answered; requests a second. Throws on any answer but 202. */
export async function sendAll(port: number, requests: readonly Buffer[], connections: number): Promise<number> {
	let next = 0;
	const began = performance.now();
	const send = (): Promise<void> =>
		new Promise((resolve, reject) => {
			const wire = connect(port, '127.0.0.1');
			let heard = '';
			const sendNext = (): void => {
				const request = requests[next++];
				if (request) wire.write(request);
				else wire.end(resolve);
			};
			wire.setNoDelay(true).once('connect', sendNext).once('error', reject);
			wire.on('data', (chunk) => {
				heard += chunk.toString('latin1');
				const end = endOfAnswer(heard);
				if (end === null) return;
				if (!heard.startsWith('HTTP/1.1 202')) return reject(new Error(heard));
				heard = heard.slice(end);
				sendNext();
			});
		});
	await Promise.all(Array.from({ length: connections }, send));
	return (requests.length / (performance.now() - began)) * 1000;
}

/** Where a whole answer ends, by its length or its last chunk; null while more of it is to come. */
function endOfAnswer(heard: string): number | null {
	const head = heard.indexOf('\r\n\r\n');
	if (head < 0) return null;
	const length = /content-length: (\d+)/i.exec(heard.slice(0, head + 2))?.[1];
	if (length !== undefined) return heard.length >= head + 4 + Number(length) ? head + 4 + Number(length) : null;
	const last = heard.indexOf('\r\n0\r\n\r\n', head);
	return last < 0 ? null : last + 7;
}
