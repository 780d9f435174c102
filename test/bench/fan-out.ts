// Fan-out: one frame a second to many clients, Regia's whole pipeline beside a bare Socket.IO room and a bare ws loop of the same bytes.
import { setTimeout as pause } from 'node:timers/promises';
import type { Deliveries } from './fan-out-clients.ts';
import type { ServerReady, Side } from './fan-out-server.ts';
import { openPart } from './part.ts';
import type { Row } from './table.ts';

export type FanOutScale = { readonly clients: number; readonly seconds: number; readonly rounds: number };

type Run = Deliveries & { readonly cpu: number; readonly kib: number };

async function run(side: Side, { clients, seconds }: FanOutScale, bytes: number): Promise<Run> {
	const server = await openPart<ServerReady>('fan-out-server.ts', [side, bytes]);
	const { port, tokens } = server.ready;
	const screens = await openPart('fan-out-clients.ts', [side, port, clients, tokens]);
	try {
		const before = await server.ask<number>('rssBytes');
		await screens.ask('connectAll');
		const after = await server.ask<number>('rssBytes');
		await screens.ask('quiet');
		const cpuBefore = await server.ask<number>('cpuSeconds');
		await pause(seconds * 1000);
		const cpuAfter = await server.ask<number>('cpuSeconds');
		const found = await screens.ask<Deliveries>('deliveries');
		return { ...found, cpu: ((cpuAfter - cpuBefore) / found.delivered) * 1e6, kib: (after - before) / clients / 1024 };
	} finally {
		await Promise.all([screens.end(), server.end()]);
	}
}

export async function benchFanOut(scale: FanOutScale): Promise<Row[]> {
	const runs: Record<Side, Run[]> = { regia: [], 'socket.io': [], ws: [] };
	for (let round = 0; round < scale.rounds; round += 1) {
		const regia = await run('regia', scale, 0);
		runs.regia.push(regia);
		// The order of the other two turns, so that neither always comes second.
		const others: Side[] = round % 2 === 0 ? ['socket.io', 'ws'] : ['ws', 'socket.io'];
		for (const side of others) runs[side].push(await run(side, scale, regia.bytes));
	}
	const rowsBeside = (side: 'socket.io' | 'ws', aims: Partial<Record<keyof Run, string>>): Row[] => {
		const row = (unit: string, key: keyof Run, digits: number): Row => ({
			what: unit,
			regia: runs.regia.map((one) => one[key]),
			beside: side,
			other: runs[side].map((one) => one[key]),
			digits,
			aim: aims[key] ?? '',
		});
		return [row('p50, ms', 'p50Ms', 0), row('p99, ms', 'p99Ms', 0), row('CPU s a million deliveries', 'cpu', 1), row('KiB a connection', 'kib', 1)];
	};
	const share = (side: Side): number[] => runs[side].map((one) => (one.delivered / one.expected) * 100);
	const bytes = runs.regia.map((one) => one.bytes).toSorted((a, b) => a - b);
	return [
		{ title: `Fan-out to ${scale.clients.toLocaleString('en')} clients at 1 Hz, ${bytes[Math.floor(bytes.length / 2)]} bytes a frame` },
		{ what: 'delivered, %', regia: share('regia'), beside: 'socket.io', other: share('socket.io'), digits: 1, aim: '' },
		...rowsBeside('socket.io', { p99Ms: '≤ 1.3', cpu: '≤ 1.15' }),
		{ what: 'delivered, %', regia: share('regia'), beside: 'ws', other: share('ws'), digits: 1, aim: '' },
		...rowsBeside('ws', {}),
	];
}
