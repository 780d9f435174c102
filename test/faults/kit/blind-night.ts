// A night on which Regia's own network is cut: a real Regia with thirty probes and two canaries, the cut, and sight again. Prints what happened as
// one line of JSON. Run in a network namespace of its own (`unshare -n`), where the wire to the services can be cut; or without one, where they
// and the canaries all refuse at once.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import type { Entry } from '../../../shared/entry.ts';
import { startRegia } from '../../kit/server.ts';
import { until } from '../../kit/until.ts';
import { certificate, opensslPath } from '../../kit/web-service.ts';
import { type Asked, counts, type Ports, type ServiceKind } from './blind-counts.ts';
import { ask } from './http.ts';
import { readRecord } from './record.ts';

export type CutReport = {
	readonly how: string;
	/** Until Regia said that it cannot see, and until all was seen again. */
	readonly blindAfterMs: number;
	readonly backAfterMs: number;
	/** Standings of services in the middle of it, and after it. */
	readonly during: Readonly<Record<string, number>>;
	readonly after: Readonly<Record<string, number>>;
	readonly alarms: readonly string[];
};
export type BlindReport = {
	readonly probes: number;
	readonly cuts: readonly CutReport[];
	/** Readings that said down, and that said blind, by reason. */
	readonly downs: readonly string[];
	readonly blind: Readonly<Record<string, number>>;
	/** Alarms that came on, in all of the record. */
	readonly cameOn: readonly string[];
	/** What was told over each channel: to a receiver this side of the cut, and beyond it. */
	readonly near: readonly string[];
	readonly far: readonly string[];
};

const [mode = 'refused', holdMs = '3000', ...hows] = process.argv.slice(2);
const isNamespace = mode === 'namespace';
/** The fault that the test must catch: a plan without canaries, which takes its own blindness for everybody's fall. */
const isPlanted = process.env.REGIA_PLANTED === 'no-canaries';
const secured = opensslPath === null ? null : certificate(30);
const host = isNamespace ? '10.77.0.2' : '127.0.0.1';
const far: string[] = [];

type Told = { readonly kind: string; readonly alarm: string | null };
const short = ({ kind, alarm }: Told): string => `${kind} ${alarm?.split(':')[0] ?? ''}`.trim();

async function startServices(ports: Ports | null): Promise<{ readonly child: ChildProcess; readonly ports: Ports }> {
	const asked: Asked = {
		host: isNamespace ? '0.0.0.0' : host,
		ports,
		certificate: secured && { key: secured.key.toString(), cert: secured.cert.toString() },
	};
	const run = [process.execPath, join(import.meta.dirname, 'blind-services.ts'), JSON.stringify(asked)];
	const [command = '', ...rest] = isNamespace ? ['unshare', '-n', ...run] : run;
	const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
	const open = await new Promise<Ports>((resolve, reject) => {
		createInterface({ input: child.stdout }).on('line', (line) => {
			const { ports: found, got } = JSON.parse(line) as { ports?: Ports; got?: Told };
			if (found) resolve(found);
			if (got) far.push(short(got));
		});
		child.once('exit', () => reject(new Error('the services ended')));
	});
	process.once('exit', () => child.kill('SIGKILL'));
	return { child, ports: open };
}

const ip = (...words: string[]): void => void execFileSync('ip', words);
if (isNamespace) ip('link', 'set', 'lo', 'up');
let services = await startServices(null);
const { ports } = services;
const beyond = (...words: string[]): void => void execFileSync('nsenter', ['-t', String(services.child.pid), '-n', 'ip', ...words]);
if (isNamespace) {
	ip('link', 'add', 'v0', 'type', 'veth', 'peer', 'name', 'v1');
	ip('link', 'set', 'v1', 'netns', String(services.child.pid));
	ip('addr', 'add', '10.77.0.1/24', 'dev', 'v0');
	ip('link', 'set', 'v0', 'up');
	beyond('addr', 'add', '10.77.0.2/24', 'dev', 'v1');
	beyond('link', 'set', 'v1', 'up');
	beyond('link', 'set', 'lo', 'up');
}

/** `near`: this machine has no network; `far`: it has one, and nothing comes back; `refused`: nobody listens any more. */
const cuts: Readonly<Record<string, { cut(): Promise<void> | void; mend(): Promise<void> | void }>> = {
	near: { cut: () => ip('link', 'set', 'v0', 'down'), mend: () => ip('link', 'set', 'v0', 'up') },
	far: { cut: () => beyond('link', 'set', 'v1', 'down'), mend: () => beyond('link', 'set', 'v1', 'up') },
	refused: {
		async cut() {
			services.child.removeAllListeners('exit');
			services.child.kill('SIGKILL');
			await once(services.child, 'exit');
		},
		async mend() {
			services = await startServices(ports);
		},
	},
};

const near: string[] = [];
const receiver = createServer(async (request, response) => {
	let body = '';
	for await (const chunk of request) body += String(chunk);
	near.push(short(JSON.parse(body) as Told));
	response.end('bene');
});
receiver.listen(0, '127.0.0.1');
await once(receiver, 'listening');

const settingsOf: Readonly<Record<ServiceKind, (port: number) => string>> = {
	canary: (port) => `kind: http, settings: { url: "http://${host}:${port}/"`,
	http: (port) => `kind: http, settings: { url: "http://${host}:${port}/"`,
	tcp: (port) => `kind: tcp, settings: { host: ${host}, port: ${port}`,
	tls: (port) =>
		secured === null
			? `kind: tcp, settings: { host: ${host}, port: ${port}`
			: `kind: tls, settings: { host: ${host}, port: ${port}, expect: { trusted: false }`,
	dns: (port) => `kind: dns, settings: { host: ${host}, port: ${port}, name: ps.example.it`,
	smtp: (port) => `kind: smtp, settings: { host: ${host}, port: ${port}, tls: "off"`,
};
const all = Object.keys(counts).flatMap((kind) =>
	(ports[kind as ServiceKind] ?? []).map((port, n) => ({ kind: kind as ServiceKind, port, id: `${kind}-${n}` })),
);
const plan = `programme: { id: buio, name: Prova del buio }
cutover: { id: notte, name: Notte al buio, window: { start: 2025-10-21T19:00:00+02:00, end: 2025-10-22T05:00:00+02:00 } }
services:
${all.map(({ id }) => `  ${id}: { label: ${id}, priority: 1, staleAfter: 30s }`).join('\n')}
sources:
${all.map(({ id, kind, port }) => `  s-${id}: { label: Sonda ${id}, every: 1s, timeout: 800ms, staleAfter: 30s, ${settingsOf[kind](port)}, service: ${id} } }`).join('\n')}
observer: { canaries: [${isPlanted ? '' : 's-canary-0, s-canary-1'}] }
alarms:
  flood: { from: 10, to: 5 }
  builtIn:
    service-down: { onDelay: 0s }
    source-blind: { onDelay: ${Number(holdMs) > 10_000 ? '10s' : '60s'} }
channels:
  vicino: { kind: webhook, label: Vicino, priorities: [1, 2, 3], url: "http://127.0.0.1:${(receiver.address() as AddressInfo).port}/" }
  lontano: { kind: webhook, label: Lontano, priorities: [1, 2, 3], url: "http://${host}:${ports.receiver[0]}/" }
`;

const regia = await startRegia({ plan, flags: ['--rhythm', '250'] });
let isOver = false;
process.once('exit', () => void (isOver || process.kill(regia.pid, 'SIGKILL')));
process.once('SIGTERM', () => process.exit(1));
const viewer = regia.token({ kind: 'person', name: 'controllo', duties: [{ role: 'viewer' }] });

type Shown = {
	readonly services: Readonly<Record<string, { readonly standing: string }>>;
	readonly observer?: { readonly isBlind: boolean };
	readonly alarms: { readonly active: readonly { readonly rule: string }[] };
};
const shown = async (): Promise<Shown> => (await ask(`${regia.url}/api/board`, { token: viewer })).json as Shown;
const standings = (board: Shown): Record<string, number> => {
	const found: Record<string, number> = {};
	for (const { standing } of Object.values(board.services)) found[standing] = (found[standing] ?? 0) + 1;
	return found;
};
const isWell = (board: Shown): boolean => standings(board).good === all.length && board.observer?.isBlind !== true;

const report: CutReport[] = [];
try {
	await until('all is well', async () => isWell(await shown()), 20_000);
	for (const how of hows) {
		const { cut, mend } = cuts[how] ?? cuts.refused ?? { cut: () => undefined, mend: () => undefined };
		let from = performance.now();
		await cut();
		await until('Regia says that it cannot see', async () => isPlanted || (await shown()).observer?.isBlind === true, 15_000);
		const blindAfterMs = Math.round(performance.now() - from);
		await until('every probe has looked', async () => standings(await shown())[isPlanted ? 'bad' : 'blind'] === all.length, 15_000);
		await pause(Number(holdMs));
		const board = await shown();
		from = performance.now();
		await mend();
		await until('all is seen again', async () => isWell(await shown()), 30_000);
		const backAfterMs = Math.round(performance.now() - from);
		await pause(1500);
		const after = await shown();
		report.push({
			how,
			blindAfterMs,
			backAfterMs,
			during: standings(board),
			after: standings(after),
			alarms: board.alarms.active.map(({ rule }) => rule),
		});
	}
	await until('the far receiver has heard of it', () => far.length >= hows.length, 15_000).catch(() => undefined);
	const entries: readonly Entry[] = await readRecord(regia.url, viewer);
	const samples = entries
		.flatMap((entry) => (entry.kind === 'samples' ? entry.samples : []))
		.filter(({ measure }) => measure.startsWith('service.up'));
	const blind: Record<string, number> = {};
	for (const { value, why } of samples) if (value === null) blind[String(why)] = (blind[String(why)] ?? 0) + 1;
	const full: BlindReport = {
		probes: all.length,
		cuts: report,
		downs: samples.filter(({ value }) => value === 0).map(({ subject }) => subject),
		blind,
		cameOn: entries
			.flatMap((entry) => (entry.kind === 'auto' && entry.what === 'alarms' ? entry.changes : []))
			.flatMap((change) => (change.to === 'on' ? [change.rule] : [])),
		near,
		far,
	};
	console.log(JSON.stringify(full));
} finally {
	await regia.stop();
	isOver = true;
	receiver.closeAllConnections();
	receiver.close();
	services.child.removeAllListeners('exit');
	services.child.kill('SIGKILL');
}
