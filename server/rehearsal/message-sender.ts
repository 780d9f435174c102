// Sends HL7 messages over MLLP, one connection a source, and waits for each answer. Knows framing and the answer's code, no message's content.
import { connect, type Socket } from 'node:net';

const START = 0x0b;
const END = Buffer.from([0x1c, 0x0d]);
const ANSWER_LIMIT_MS = 10_000;

export type MessageSender = {
	/** Resolves with MSA-1 of the answer; rejects where none came, and the next one begins on a new connection. */
	deliver(source: string, message: string): Promise<string>;
	close(): void;
};

const codeOf = (answer: string): string | null => /[\r\n]MSA\|([A-Z]{2})/.exec(answer)?.[1] ?? null;

export function openMessageSender(port: number, host = '127.0.0.1'): MessageSender {
	const open = new Map<string, Socket>();
	const drop = (source: string, socket: Socket): void => {
		socket.destroy();
		if (open.get(source) === socket) open.delete(source);
	};
	const socketOf = (source: string): Socket => {
		const known = open.get(source);
		if (known && !known.destroyed) return known;
		const socket = connect(port, host);
		socket.setNoDelay(true);
		// Each delivery listens for itself; in between nothing is lost with the connection.
		socket.on('error', () => drop(source, socket));
		open.set(source, socket);
		return socket;
	};
	return {
		deliver(source, message) {
			const socket = socketOf(source);
			return new Promise((resolve, reject) => {
				let answer = Buffer.alloc(0);
				const done = (then: () => void): void => {
					clearTimeout(limit);
					socket.off('data', onData);
					socket.off('close', onClose);
					then();
				};
				const fail = (why: string): void =>
					done(() => {
						drop(source, socket);
						reject(new Error(why));
					});
				const onClose = (): void => fail('the connection was closed before an answer came');
				const onData = (piece: Buffer): void => {
					answer = Buffer.concat([answer, piece]);
					const end = answer.indexOf(END);
					if (end === -1) return;
					const code = codeOf(answer.subarray(answer.indexOf(START) + 1, end).toString('latin1'));
					if (code === null) fail('the answer has no code');
					else done(() => resolve(code));
				};
				const limit = setTimeout(() => fail('no answer in time'), ANSWER_LIMIT_MS);
				socket.on('data', onData);
				socket.on('close', onClose);
				socket.write(Buffer.concat([Buffer.from([START]), Buffer.from(message), END]));
			});
		},
		close() {
			for (const socket of open.values()) socket.destroy();
			open.clear();
		},
	};
}
