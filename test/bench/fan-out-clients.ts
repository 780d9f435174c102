// The receiving end of the fan-out bench: many raw ws clients that speak engine.io's and Socket.IO's framing by hand and stamp arrivals.
// argv: side, port, clients, tokens.
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { answer } from './part.ts';

export type Deliveries = {
	readonly delivered: number;
	readonly expected: number;
	readonly p50Ms: number;
	readonly p99Ms: number;
	readonly bytes: number;
};

const [, , side, port, clients, tokenList = ''] = process.argv;
const tokens = tokenList.split(',');
const count = Number(clients);
const CONNECTING_AT_ONCE = 40;
/** How long after a beat all is quiet, and how long a straggler is waited for. */
const QUIET_AFTER_MS = 500;

let from = Number.POSITIVE_INFINITY;
let lastStamp = 0;
let latencies: number[] = [];
let stamps = new Set<number>();
let bytes = 0;

const marker = Buffer.from('"real":');
function receive(message: Buffer): void {
	const found = message.indexOf(marker);
	if (found < 0) return;
	const stamp = Number(message.toString('latin1', found + marker.length, found + marker.length + 13));
	lastStamp = Math.max(lastStamp, stamp);
	if (stamp < from) return;
	latencies.push(Date.now() - stamp);
	stamps.add(stamp);
	bytes += message.length;
}

const PING = 0x32;
function connect(nth: number): Promise<void> {
	const framed = side !== 'ws';
	const address = framed ? `ws://127.0.0.1:${port}/live/?EIO=4&transport=websocket` : `ws://127.0.0.1:${port}/`;
	const socket = new WebSocket(address, { perMessageDeflate: false, skipUTF8Validation: true });
	return new Promise((resolve, reject) => {
		socket.once('error', reject);
		socket.once('close', (code) => reject(new Error(`closed with ${code}`)));
		if (!framed) {
			socket.once('open', () => resolve());
			socket.on('message', receive);
			return;
		}
		socket.on('message', (message: Buffer) => {
			if (message.length > 100 && message[0] === 0x34) return receive(message);
			const text = message.toString();
			if (message[0] === PING) socket.send('3');
			else if (text.startsWith('0'))
				socket.send(side === 'regia' ? `40${JSON.stringify({ token: tokens[nth % tokens.length], audience: 'wall', at: null })}` : '40');
			else if (text.startsWith('40')) resolve();
			else if (text.startsWith('44')) reject(new Error(`refused: ${text}`));
		});
	});
}

async function connectAll(): Promise<number> {
	let begun = 0;
	const connectInTurn = async (): Promise<void> => {
		while (begun < count) {
			begun += 1;
			await connect(begun);
		}
	};
	await Promise.all(Array.from({ length: CONNECTING_AT_ONCE }, connectInTurn));
	return count;
}

/** Resolves between two beats, so that a window holds whole beats. */
async function quiet(): Promise<number> {
	const before = lastStamp;
	while (lastStamp === before) await pause(5);
	await pause(Math.max(0, lastStamp + QUIET_AFTER_MS - Date.now()));
	from = Date.now();
	latencies = [];
	stamps = new Set();
	bytes = 0;
	return from;
}

function deliveries(): Deliveries {
	const sorted = latencies.toSorted((a, b) => a - b);
	const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
	return { delivered: sorted.length, expected: stamps.size * count, p50Ms: at(0.5), p99Ms: at(0.99), bytes: Math.round(bytes / sorted.length) };
}

answer({}, { connectAll, quiet, deliveries }, () => {});
