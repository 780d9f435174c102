// The sending end of the fan-out bench, one of three sides: Regia's whole pipeline, a bare Socket.IO room, a bare ws loop. argv: side, bytes a message.
import { rmSync } from 'node:fs';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import pino from 'pino';
import { Server } from 'socket.io';
import { WebSocketServer } from 'ws';
import { loadRegistry } from '../../server/connectors/registry.ts';
import { readPlan } from '../../server/plan-file.ts';
import { startRegia } from '../../server/regia.ts';
import { temporaryFolder } from '../kit/server.ts';
import { createLoad, planOf, SOURCE, SUBJECTS } from './load.ts';
import { answer } from './part.ts';

export type Side = 'regia' | 'socket.io' | 'ws';
export type ServerReady = { readonly port: number; readonly tokens: string };

const RHYTHM_MS = 1000;
const SIZE = { archives: 30, services: 30 };
/** Four batches a beat; together they make a delta of about 2 KB. */
const FEED_EVERY_MS = 250;
const READINGS_A_BATCH = 3;
/** The screens share this many tokens. */
const TOKENS = 100;

const [, , side, size] = process.argv;

async function serveRegia(): Promise<void> {
	const kinds = await loadRegistry();
	const text = planOf(SIZE);
	const read = readPlan(text, 'bench.yaml', kinds);
	if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
	const dataFolder = temporaryFolder('bench');
	const regia = await startRegia({
		plan: { plan: read.plan, text, digest: read.digest },
		kinds,
		dataFolder,
		host: '127.0.0.1',
		port: 0,
		rhythmMs: RHYTHM_MS,
		open: false,
		clock: null,
		log: pino({ level: 'error' }, pino.destination(2)),
	});
	const load = createLoad(SIZE, 1);
	const submit = (count: number) => regia.recorder.submit({ source: SOURCE, readings: load.next(count, Date.now()), may: SUBJECTS });
	await submit(load.series);
	setInterval(() => void submit(READINGS_A_BATCH), FEED_EVERY_MS);
	const makeToken = (_: unknown, i: number) => regia.tokens.make({ kind: 'display', name: `banco-${i}`, audience: 'wall' }, Date.now()).secret;
	const tokens = Array.from({ length: TOKENS }, makeToken).join(',');
	begin(Number(new URL(regia.url).port), tokens, () => rmSync(dataFolder, { recursive: true, force: true }));
}

/** A message with its stamp, filled up to the same number of bytes. */
function payloadOf(bytes: number): { real: number; fill: string } {
	const empty = { real: Date.now(), fill: '' };
	return { ...empty, fill: 'x'.repeat(Math.max(0, bytes - JSON.stringify(empty).length)) };
}

async function serveSocketIo(bytes: number): Promise<void> {
	const http = createServer();
	const io = new Server(http, { path: '/live', serveClient: false, perMessageDeflate: false, pingInterval: 10_000, pingTimeout: 8000 });
	io.on('connection', (socket) => {
		socket.join('wall');
	});
	const envelope = '42["frame",]'.length;
	setInterval(() => io.to('wall').emit('frame', payloadOf(bytes - envelope)), RHYTHM_MS);
	begin(await listen(http), '');
}

async function serveWs(bytes: number): Promise<void> {
	const http = createServer();
	const sockets = new WebSocketServer({ noServer: true });
	const wires = new Set<Socket>();
	http.on('upgrade', (request, duplex, head) => {
		const wire = duplex as Socket;
		sockets.handleUpgrade(request, wire, head, () => {
			wires.add(wire);
			wire.once('close', () => wires.delete(wire));
		});
	});
	setInterval(() => {
		const frame = textFrame(JSON.stringify(payloadOf(bytes)));
		for (const wire of wires) wire.write(frame);
	}, RHYTHM_MS);
	begin(await listen(http), '');
}

/** One unmasked text frame (RFC 6455, 5.2) of 126 to 65,535 bytes. */
function textFrame(text: string): Buffer {
	const head = Buffer.from([0x81, 126, 0, 0]);
	const body = Buffer.from(text);
	head.writeUInt16BE(body.length, 2);
	return Buffer.concat([head, body]);
}

async function listen(http: HttpServer): Promise<number> {
	await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
	return (http.address() as AddressInfo).port;
}

function begin(port: number, tokens: string, close: () => void = () => {}): void {
	const ready: ServerReady = { port, tokens };
	const cpuSeconds = (): number => {
		const { user, system } = process.cpuUsage();
		return (user + system) / 1e6;
	};
	const rssBytes = (): number => {
		globalThis.gc?.();
		return process.memoryUsage.rss();
	};
	answer(ready, { cpuSeconds, rssBytes }, close);
}

if (side === 'regia') await serveRegia();
else if (side === 'socket.io') await serveSocketIo(Number(size));
else await serveWs(Number(size));
