// Cold start: from the start of the process to its first answer, with a plan of 100 services and 30 archives, beside a bare HTTP server; and memory.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { startRegia } from '../kit/server.ts';
import { createLoad, planOf, SOURCE, SUBJECTS } from './load.ts';
import { requestOf, sendAll } from './sender.ts';
import type { Row } from './table.ts';

const SIZE = { archives: 30, services: 100 };
const bareServer = `require('node:http').createServer((q, r) => r.end('{}')).listen(0, '127.0.0.1', function () { console.log(this.address().port) })`;

type Start = { readonly ms: number; readonly rssMb: number };

async function startOfRegia(): Promise<Start> {
	const plan = planOf(SIZE);
	const began = performance.now();
	const regia = await startRegia({ plan });
	await demandOk(`${regia.url}/api/health`);
	const ms = performance.now() - began;
	const token = regia.token({ kind: 'source', name: SOURCE, subjects: SUBJECTS });
	const load = createLoad(SIZE, 4);
	const rows = (at: number) => load.next(load.series, at).map((one) => ({ ...one, at: new Date(one.at).toISOString() }));
	const requests = [-2000, -1000, 0].map((ago) => requestOf(JSON.stringify({ samples: rows(Date.now() + ago) }), token));
	await sendAll(regia.port, requests, 1);
	const rssMb = rssOf(regia.pid);
	await regia.stop();
	rmSync(regia.data, { recursive: true, force: true });
	return { ms, rssMb };
}

async function startOfBare(): Promise<Start> {
	const began = performance.now();
	const child = spawn(process.execPath, ['-e', bareServer], { stdio: ['ignore', 'pipe', 'inherit'] });
	const [port] = (await once(child.stdout, 'data')) as [Buffer];
	await demandOk(`http://127.0.0.1:${port.toString().trim()}/`);
	const ms = performance.now() - began;
	const rssMb = rssOf(child.pid ?? 0);
	child.kill();
	await once(child, 'exit');
	return { ms, rssMb };
}

async function demandOk(address: string): Promise<void> {
	const answer = await fetch(address);
	await answer.text();
	if (answer.status !== 200) throw new Error(`${address} answered ${answer.status}`);
}

/** Resident memory in MB (10^6 bytes); NaN where there is no /proc. */
function rssOf(pid: number): number {
	try {
		const kib = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
		return (Number(kib) * 1024) / 1e6;
	} catch {
		return Number.NaN;
	}
}

export async function benchColdStart(rounds: number): Promise<Row[]> {
	const regia: Start[] = [];
	const other: Start[] = [];
	await startOfBare();
	for (let round = 0; round < rounds; round += 1) {
		regia.push(await startOfRegia());
		other.push(await startOfBare());
	}
	const row = (what: string, key: keyof Start, aim: string): Row => ({
		what,
		regia: regia.map((one) => one[key]),
		beside: 'bare node:http',
		other: other.map((one) => one[key]),
		digits: 0,
		aim,
	});
	return [
		{ title: `Cold start, ${SIZE.services} services and ${SIZE.archives} archives` },
		row('process start to first answer, ms', 'ms', '< 1,000 ms'),
		row('memory, every series fed, MB', 'rssMb', '< 150 MB'),
	];
}
