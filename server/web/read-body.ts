// A request's body, whole and bounded, unpacked where it is gzip. A body that is too large or torn is a problem, never a crash.
import type { IncomingMessage } from 'node:http';
import { createGunzip } from 'node:zlib';
import { type Problem, problem } from './route.ts';

export const BODY_MAX_BYTES = 4_000_000;
export const UNPACKED_MAX_BYTES = 16_000_000;
const DRAINED_MAX_BYTES = 8_000_000;

/** `most`: bytes as sent; unpacked it may be four times as much. `left`: an encoding that is left packed, for a route that unpacks it. */
export async function readBody(message: IncomingMessage, most: number = BODY_MAX_BYTES, left?: string): Promise<Buffer | Problem> {
	const mostUnpacked = Math.min(UNPACKED_MAX_BYTES, 4 * most);
	const sent = (message.headers['content-encoding'] ?? 'identity').toLowerCase();
	const encoding = sent === left ? 'identity' : sent;
	if (encoding !== 'identity' && encoding !== 'gzip') {
		return problem(415, 'unsupported-encoding', 'Unsupported encoding', 'send the body plain or as gzip').problem;
	}
	const tooLarge = problem(
		413,
		'too-large',
		'The body is too large',
		`at most ${most} bytes as sent and ${mostUnpacked} unpacked: send smaller batches`,
	).problem;
	if (Number(message.headers['content-length'] ?? 0) > most) return tooLarge;
	const chunks: Buffer[] = [];
	let packed = 0;
	let size = 0;
	try {
		const source = encoding === 'gzip' ? message.on('data', countPacked).pipe(createGunzip()) : message;
		message.on('error', () => source.destroy());
		message.on('aborted', () => source.destroy(new Error('aborted')));
		for await (const chunk of source as AsyncIterable<Buffer>) {
			size += chunk.length;
			if (encoding === 'gzip' && (size > mostUnpacked || packed > most)) {
				message.unpipe();
				return tooLarge;
			}
			// A sender that is still writing would not read the answer: the rest is let in and dropped, up to a bound.
			if (encoding === 'identity' && size > most + DRAINED_MAX_BYTES) return tooLarge;
			if (size <= most || encoding === 'gzip') chunks.push(chunk);
		}
		return encoding === 'identity' && size > most ? tooLarge : Buffer.concat(chunks);
	} catch {
		return problem(400, 'malformed', 'The body is torn', encoding === 'gzip' ? 'the body says gzip and does not unpack' : 'the body ended early')
			.problem;
	}

	function countPacked(chunk: Buffer): void {
		packed += chunk.length;
	}
}
