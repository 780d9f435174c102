// A stage for screens: serves client/dist and plays frames of a board literal over a real socket, on a port of its own. Knows no journal.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { Server } from 'socket.io';
import type { Board } from '../../shared/board.ts';
import { diff } from '../../shared/delta.ts';
import type { ClientEvents, ServerEvents, Vitals } from '../../shared/events.ts';
import type { DeltaFrame, FrameClock, JournalHealth } from '../../shared/frame.ts';
import { literalNow, snapshotOf } from './board-literal.ts';

const dist = join(import.meta.dirname, '../../client/dist');
const types: Record<string, string> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript',
	'.css': 'text/css',
	'.svg': 'image/svg+xml',
	'.woff2': 'font/woff2',
};

/** As strict as the server's own: a page that needs more fails here first. */
const policy =
	"default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'";

export type Stage = {
	readonly address: string;
	readonly vitals: readonly Vitals[];
	/** Path asked for → file sent. */
	readonly sent: ReadonlyMap<string, string>;
	/** The next board; sent as a delta. Time is the literal's, running on. */
	show(board: Board, rest?: { journal?: JournalHealth; clock?: Partial<FrameClock>; merged?: number }): void;
	board(): Board;
	/** From now on nothing is sent, and the connection stays. */
	hush(): void;
	now(): number;
	close(): Promise<void>;
};

export type StageOptions = { readonly refuse?: boolean; readonly startAt?: number; readonly speed?: number; readonly port?: number };

export async function openStage(first: Board, { refuse = false, startAt = literalNow, speed = 1, port = 0 }: StageOptions = {}): Promise<Stage> {
	const from = performance.now();
	const now = (): number => Math.round(startAt + (performance.now() - from) * speed);
	const sent = new Map<string, string>();
	const vitals: Vitals[] = [];
	let board = first;
	let seq = 1;
	let hushed = false;

	const http = createServer((request, response) => serve(new URL(request.url ?? '/', 'http://stage').pathname, response, sent));
	const connections = new Set<Socket>();
	http.on('connection', (one) => {
		connections.add(one);
		one.on('close', () => connections.delete(one));
	});
	const io = new Server<ClientEvents, ServerEvents>(http, { path: '/live', perMessageDeflate: false });
	if (refuse) {
		io.use((_socket, next) => next(Object.assign(new Error('unauthorised'), { data: { code: 'unauthorised' } })));
	}
	const snapshot = () => snapshotOf(board, { to: seq, now: now(), speed });
	io.on('connection', (socket) => {
		if (!hushed) socket.emit('frame', snapshot());
		socket.on('vitals', (one, ack) => {
			vitals.push(one);
			ack({ ok: true });
		});
		socket.on('resume', (_at, ack) => {
			socket.emit('frame', snapshot());
			ack({ ok: true });
		});
	});

	const show: Stage['show'] = (next, { journal, clock, merged } = {}) => {
		const head = { epoch: 'literal', hash: '000000000000', rhythmMs: 1000, journal: journal ?? { writes: true, since: startAt } };
		const frame: DeltaFrame = {
			...head,
			kind: 'delta',
			from: seq,
			to: seq + 1,
			now: now(),
			real: Date.now(),
			speed,
			ops: diff(board, next),
			...clock,
		};
		seq += 1;
		board = next;
		if (!hushed) io.emit('frame', merged === undefined ? frame : { ...frame, merged });
	};
	// Empty frames keep the time, as the server's do.
	const beat = setInterval(() => show(board), 1000);

	await new Promise<void>((ready) => http.listen(port, '127.0.0.1', ready));
	return {
		address: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
		vitals,
		sent,
		show,
		board: () => board,
		now,
		hush: () => {
			hushed = true;
			clearInterval(beat);
		},
		async close() {
			clearInterval(beat);
			const closed = io.close();
			// A browser may hold a connection that no request is on: it must not keep the stage open.
			for (const one of connections) one.destroy();
			await closed;
		},
	};
}

function serve(path: string, response: ServerResponse, sent: Map<string, string>): void {
	const asked = join(dist, normalize(path));
	const isFile = asked.startsWith(dist) && existsSync(asked) && statSync(asked).isFile();
	const file = isFile ? asked : join(dist, 'index.html');
	sent.set(path, file);
	response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'content-security-policy': policy });
	createReadStream(file).pipe(response);
}
