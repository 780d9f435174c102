// A sender of HL7 that does not wait for one answer before the next message, as busy wards' systems do. Knows framing alone; imports nothing of the product.
import { connect } from 'node:net';

const FRAME_END = Buffer.from([0x1c, 0x0d]);

export type ErPipe = {
	/** Resolves with the answers' codes, counted, once every message is answered. */
	send(messages: readonly Buffer[]): Promise<Readonly<Record<string, number>>>;
	close(): void;
};

/** `atOnce`: how many may be unanswered. */
export async function openPipe(port: number, atOnce = 400): Promise<ErPipe> {
	const socket = connect(port, '127.0.0.1');
	await new Promise<void>((resolve, reject) => {
		socket.once('connect', resolve);
		socket.once('error', reject);
	});
	socket.setNoDelay(true);
	let rest = Buffer.alloc(0);
	let heard: (code: string) => void = () => undefined;
	let fail: (why: Error) => void = () => undefined;
	socket.on('error', (error) => fail(error));
	socket.on('close', () => fail(new Error('the server closed the connection')));
	socket.on('data', (piece) => {
		rest = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
		let from = 0;
		for (let end = rest.indexOf(FRAME_END, from); end !== -1; end = rest.indexOf(FRAME_END, from)) {
			heard(/MSA\|([A-Z]{2})/.exec(rest.toString('latin1', from, end))?.[1] ?? 'no code');
			from = end + FRAME_END.length;
		}
		rest = rest.subarray(from);
	});
	return {
		send(messages) {
			const counts: Record<string, number> = {};
			if (messages.length === 0) return Promise.resolve(counts);
			let [sent, answered] = [0, 0];
			return new Promise((resolve, reject) => {
				const feed = (): void => {
					const pieces: Buffer[] = [];
					while (sent < messages.length && sent - answered < atOnce) {
						pieces.push(Buffer.from([0x0b]), messages[sent] ?? Buffer.alloc(0), FRAME_END);
						sent += 1;
					}
					if (pieces.length > 0) socket.write(Buffer.concat(pieces));
				};
				fail = reject;
				heard = (code) => {
					counts[code] = (counts[code] ?? 0) + 1;
					answered += 1;
					if (answered === messages.length) resolve(counts);
					else if (sent - answered <= atOnce / 2) feed();
				};
				feed();
			});
		},
		close() {
			fail = () => undefined;
			socket.destroy();
		},
	};
}
