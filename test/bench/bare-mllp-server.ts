// The other side of the ER bench: a bare MLLP server that looks for frames' ends, says AA with the message's own number, and keeps nothing.
import { createServer } from 'node:net';
import { answer } from './part.ts';

const FRAME_END = Buffer.from([0x1c, 0x0d]);

const server = createServer((socket) => {
	socket.setNoDelay(true);
	let rest = Buffer.alloc(0);
	socket.on('error', () => socket.destroy());
	socket.on('data', (piece) => {
		rest = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
		let from = 0;
		const answers: string[] = [];
		for (let end = rest.indexOf(FRAME_END, from); end !== -1; end = rest.indexOf(FRAME_END, from)) {
			const header = rest.toString('latin1', from + 1, rest.indexOf('\r', from)).split('|');
			answers.push(`\x0bMSH|^~\\&|REGIA|SALA|${header[2]}|${header[3]}|||ACK|${header[9]}|P|2.5\rMSA|AA|${header[9]}\r\x1c\r`);
			from = end + FRAME_END.length;
		}
		rest = rest.subarray(from);
		if (answers.length > 0) socket.write(answers.join(''), 'latin1');
	});
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = server.address();
answer({ port: typeof address === 'object' && address ? address.port : 0 }, {}, () => server.close());
