// A flood in a process of its own, told over IPC what to do: bad tokens, sockets without a token, slow posts. Tells how each ended.
import { spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import { constants, setPriority } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import WebSocket from 'ws';

export type Flood = { readonly port: number; readonly badTokens: number; readonly sockets: number; readonly slowPosts: number };
export type FloodEnd = Readonly<Record<string, number>>;

const SENDERS = 50;
/** A slow sender gives a byte each so often. */
const SLOW_BYTE_EVERY_MS = 500;
const ended: Record<string, number> = {};
const count = (how: string): void => {
	ended[how] = (ended[how] ?? 0) + 1;
};

/** On a connection of its own that is used again while the server lets it. */
async function badTokens(port: number, many: number): Promise<void> {
	let left = many;
	const sender = async (): Promise<void> => {
		while (left > 0) {
			left -= 1;
			const path = left % 2 === 0 ? '/api/board' : '/api/session';
			await fetch(`http://127.0.0.1:${port}${path}`, {
				method: left % 2 === 0 ? 'GET' : 'POST',
				headers: { authorization: `Bearer regia_${String(left).padStart(10, '0')}_${'x'.repeat(43)}` },
				...(left % 2 === 0 ? {} : { body: JSON.stringify({ token: `regia_${left}` }) }),
			}).then(
				async (answer) => {
					await answer.text();
					count(`request ${answer.status}`);
				},
				() => count('request cut'),
			);
		}
	};
	await Promise.all(Array.from({ length: SENDERS }, sender));
}

async function strangers(port: number, many: number): Promise<void> {
	let left = many;
	const stranger = async (): Promise<void> => {
		while (left > 0) {
			left -= 1;
			await new Promise<void>((resolve) => {
				const socket = new WebSocket(`ws://127.0.0.1:${port}/live/?EIO=4&transport=websocket`, { perMessageDeflate: false });
				let how = 'socket cut';
				socket.on('message', (message) => {
					const text = String(message);
					if (text.startsWith('0')) socket.send('40{"audience":"wall"}');
					if (text.startsWith('44')) how = 'socket refused';
					if (text.startsWith('40')) how = 'socket let in';
				});
				socket.on('error', () => {});
				socket.on('close', () => {
					count(how);
					resolve();
				});
			});
		}
	};
	await Promise.all(Array.from({ length: Math.min(many, 200) }, stranger));
}

function slowPost(port: number): Promise<void> {
	return new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1', () => socket.write('POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n'));
		const timer = setInterval(() => socket.write('x'), SLOW_BYTE_EVERY_MS);
		socket.on('error', () => {});
		socket.on('data', () => {});
		socket.on('close', () => {
			clearInterval(timer);
			count('slow post ended');
			resolve();
		});
	});
}

// Strangers have machines of their own: theirs takes no time away from the server's. Low priority is not enough of that: a slice that has begun
// is let end, milliseconds after somebody else is ready. What is idle gives way at once.
setPriority(constants.priority.PRIORITY_LOW);
spawnSync('chrt', ['--idle', '--all-tasks', '--pid', '0', String(process.pid)]);

process.on('message', async ({ port, badTokens: tokens, sockets, slowPosts }: Flood) => {
	await Promise.all([badTokens(port, tokens), strangers(port, sockets), ...Array.from({ length: slowPosts }, () => slowPost(port))]);
	await pause(0);
	process.send?.(ended);
});
process.once('disconnect', () => process.exit(0));
