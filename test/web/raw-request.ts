// A request written byte by byte, for what no client library would send. Knows no route.
import { connect } from 'node:net';
import type { Answer } from '../faults/kit/http.ts';

const LIMIT_MS = 10_000;

/** Sends `bytes` on a connection of its own and reads until the other end closes, or the answer is whole by its length. */
export function sendRaw(port: number, bytes: string): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
		let got = '';
		const finish = (): void => {
			socket.destroy();
			resolve(parse(got));
		};
		socket.setTimeout(LIMIT_MS, () => socket.destroy(new Error('no answer in time')));
		socket.on('data', (chunk) => {
			got += chunk.toString('latin1');
			const { headers, text, status } = parse(got);
			if (status > 0 && text.length >= Number(headers.get('content-length') ?? Number.POSITIVE_INFINITY)) finish();
		});
		socket.once('end', finish);
		socket.once('error', (error) => (got === '' ? reject(error) : finish()));
	});
}

function parse(got: string): Answer {
	const end = got.indexOf('\r\n\r\n');
	const [first = '', ...lines] = (end < 0 ? got : got.slice(0, end)).split('\r\n');
	const headers = new Headers();
	for (const line of end < 0 ? [] : lines) headers.append(line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim());
	const text = end < 0 ? '' : got.slice(end + 4);
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		json = undefined;
	}
	return { status: end < 0 ? 0 : Number(first.split(' ')[1]), headers, text, json };
}
