// A crowd in a process of its own: so many requests a second over a few dozen connections, each answer counted by its status and its length
// of time. argv: port, paths, requests a second, seconds.
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { answer } from '../bench/part.ts';

export type CrowdEnd = {
	readonly asked: number;
	readonly statuses: Readonly<Record<string, number>>;
	readonly p50Ms: number;
	readonly p99Ms: number;
	readonly seconds: number;
};

const [, , port, pathList = '', perSecondText = '1', secondsText = '1'] = process.argv;
const paths = pathList.split(',');
const perSecond = Number(perSecondText);
const seconds = Number(secondsText);
const CONNECTIONS = 64;
const TICK_MS = 10;

async function run(): Promise<CrowdEnd> {
	const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
	const statuses: Record<string, number> = {};
	const took: number[] = [];
	const open = new Set<Promise<void>>();
	const one = (nth: number): Promise<void> =>
		new Promise((resolve) => {
			const began = performance.now();
			const end = (how: string): void => {
				statuses[how] = (statuses[how] ?? 0) + 1;
				took.push(performance.now() - began);
				resolve();
			};
			const call = request({ host: '127.0.0.1', port, path: paths[nth % paths.length], agent }, (reply) => {
				reply.resume();
				reply.once('end', () => end(String(reply.statusCode)));
			});
			call.once('error', () => end('cut'));
			call.end();
		});
	const began = performance.now();
	let asked = 0;
	while (performance.now() - began < seconds * 1000) {
		const due = Math.floor(((performance.now() - began) / 1000) * perSecond);
		for (; asked < due; asked += 1) {
			const mine = one(asked);
			open.add(mine);
			void mine.then(() => open.delete(mine));
		}
		await pause(TICK_MS);
	}
	await Promise.all(open);
	agent.destroy();
	const sorted = took.toSorted((a, b) => a - b);
	const at = (share: number): number => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN) * 10) / 10;
	return { asked, statuses, p50Ms: at(0.5), p99Ms: at(0.99), seconds: Math.round((performance.now() - began) / 100) / 10 };
}

answer({}, { run }, () => {});
