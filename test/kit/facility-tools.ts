// The real tools that facilities' readings come from, each started by a test on a free loopback port, killed and started again: Prometheus,
// Alertmanager, NUT's upsd with a dummy UPS, Mosquitto. Null paths where they are missing.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { findTool } from './tool.ts';
import { until } from './until.ts';

const apt = (name: string): string => `apt-get install ${name}`;
export const prometheusPath = findTool('prometheus', apt('prometheus'));
export const alertmanagerPath = findTool('prometheus-alertmanager', apt('prometheus-alertmanager'));
export const mosquittoPath = findTool('mosquitto', apt('mosquitto'), ['/usr/sbin']);
// Debian's /usr/sbin/upsd asks the machine's own configuration first.
export const upsdPath = findTool('upsd', apt('nut-server'), ['/lib/nut', '/usr/lib/nut']);
const dummyUpsPath = findTool('dummy-ups', apt('nut-server'), ['/lib/nut', '/usr/lib/nut']);

const folders: string[] = [];
process.once('exit', () => {
	for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Of this process; gone with it. Only its owner reads it: upsd says so otherwise. */
function folderFor(tool: string): string {
	const folder = mkdtempSync(join(tmpdir(), `regia-${tool}-`));
	folders.push(folder);
	return folder;
}

export async function endChild(child: ChildProcess | undefined): Promise<void> {
	if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
	const ended = once(child, 'exit');
	child.kill('SIGKILL');
	await ended;
}

export const takesConnections = (port: number): Promise<boolean> =>
	new Promise((resolve) => {
		const socket = createConnection(port, '127.0.0.1');
		socket.once('connect', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', () => resolve(false));
	});

const answers = (url: string): Promise<boolean> =>
	fetch(url, { signal: AbortSignal.timeout(1000) }).then(
		async (answer) => (await answer.text()) !== '' && answer.ok,
		() => false,
	);

const START_WITHIN_MS = 30_000;

export type Tool = {
	readonly port: number;
	/** SIGKILL, as a crash does. */
	kill(): Promise<void>;
	/** Again on the same port, with what it had; resolves when it is ready. */
	start(): Promise<void>;
	/** For good: nothing of it is left. */
	end(): Promise<void>;
};

type Program = { readonly path: string | null; readonly flags: readonly string[]; readonly env?: Readonly<Record<string, string>> };

async function startTool(folder: string, port: number, programs: readonly Program[], isReady: () => Promise<boolean>): Promise<Tool> {
	let children: ChildProcess[] = [];
	process.once('exit', () => {
		for (const one of children) one.kill('SIGKILL');
	});
	const tool: Tool = {
		port,
		async kill() {
			await Promise.all(children.map(endChild));
			children = [];
		},
		async start() {
			for (const { path, flags, env } of programs) {
				if (path === null) throw new Error('the tool is missing');
				const child = spawn(path, flags, { stdio: 'ignore', env: { ...process.env, ...env } });
				children.push(child);
			}
			await until(`${programs[0]?.path} is ready`, isReady, START_WITHIN_MS);
		},
		async end() {
			await tool.kill();
			rmSync(folder, { recursive: true, force: true });
		},
	};
	await tool.start();
	return tool;
}

/** `config` as YAML; `at`: a port that was free a moment ago, for whoever has to know it before. */
export async function startPrometheus(config: string, at?: number): Promise<Tool> {
	const folder = folderFor('prometheus');
	const port = at ?? (await freePort());
	writeFileSync(join(folder, 'prometheus.yml'), config);
	const flags = [
		`--config.file=${folder}/prometheus.yml`,
		`--storage.tsdb.path=${folder}/data`,
		`--web.listen-address=127.0.0.1:${port}`,
		'--storage.remote.flush-deadline=1s',
	];
	return startTool(folder, port, [{ path: prometheusPath, flags }], () => answers(`http://127.0.0.1:${port}/-/ready`));
}

export async function startAlertmanager(config: string, at?: number): Promise<Tool> {
	const folder = folderFor('alertmanager');
	const port = at ?? (await freePort());
	writeFileSync(join(folder, 'alertmanager.yml'), config);
	const flags = [
		`--config.file=${folder}/alertmanager.yml`,
		`--storage.path=${folder}/data`,
		`--web.listen-address=127.0.0.1:${port}`,
		'--cluster.listen-address=',
	];
	return startTool(folder, port, [{ path: alertmanagerPath, flags }], () => answers(`http://127.0.0.1:${port}/-/ready`));
}

export type Ups = Tool & {
	/** What the dummy UPS says from now on (within two seconds). */
	say(ups: string, variables: Readonly<Record<string, string | number>>): void;
	/** Ends the driver of one UPS alone: upsd stays. `kill` is upsd alone, and `end` is all of it. */
	killDriver(ups: string): Promise<void>;
};

/** upsd with a dummy driver for each UPS, whose state is a file. */
export async function startUps(all: Readonly<Record<string, Readonly<Record<string, string | number>>>>): Promise<Ups> {
	const folder = folderFor('nut');
	const port = await freePort();
	const { username } = userInfo();
	const env = { NUT_CONFPATH: folder, NUT_STATEPATH: folder, NUT_ALTPIDPATH: folder };
	const write = (name: string, text: string): void => writeFileSync(join(folder, name), text, { mode: 0o600 });
	const say: Ups['say'] = (ups, variables) => {
		const lines = Object.entries(variables).map(([name, value]) => `${name}: ${value}\n`);
		write(`${ups}.dev`, `${lines.join('')}TIMER 1\n`);
	};
	for (const [ups, variables] of Object.entries(all)) say(ups, variables);
	write(
		'ups.conf',
		`maxretry = 1\n${Object.keys(all)
			.map((ups) => `[${ups}]\ndriver = dummy-ups\nport = ${ups}.dev\nmode = dummy-loop\n`)
			.join('')}`,
	);
	write('upsd.conf', `LISTEN 127.0.0.1 ${port}\nMAXAGE 3\n`);
	write('upsd.users', '[regia]\npassword = parola\nupsmon secondary\n');
	const drivers = new Map<string, ChildProcess>();
	process.once('exit', () => {
		for (const one of drivers.values()) one.kill('SIGKILL');
	});
	const tool = await startTool(folder, port, [{ path: upsdPath, flags: ['-F', '-u', username], env }], () => takesConnections(port));
	for (const ups of Object.keys(all)) {
		const flags = ['-a', ups, '-F', '-u', username];
		drivers.set(ups, spawn(dummyUpsPath ?? '', flags, { stdio: 'ignore', env: { ...process.env, ...env } }));
	}
	return {
		...tool,
		say,
		killDriver: (ups) => endChild(drivers.get(ups)),
		async end() {
			await Promise.all([...drivers.values()].map(endChild));
			await tool.end();
		},
	};
}

/** `passwords`: whoever is not in it, is not let in; left out: anybody is. */
export async function startMosquitto(passwordFile?: string, acl?: string): Promise<Tool> {
	const folder = folderFor('mosquitto');
	const port = await freePort();
	const lines = [`listener ${port} 127.0.0.1`, `allow_anonymous ${passwordFile === undefined}`, 'persistence false', `user ${userInfo().username}`];
	if (passwordFile !== undefined) {
		writeFileSync(join(folder, 'passwords'), passwordFile, { mode: 0o600 });
		lines.push(`password_file ${folder}/passwords`);
	}
	if (acl !== undefined) {
		writeFileSync(join(folder, 'acl'), acl, { mode: 0o600 });
		lines.push(`acl_file ${folder}/acl`);
	}
	writeFileSync(join(folder, 'mosquitto.conf'), `${lines.join('\n')}\n`);
	return startTool(folder, port, [{ path: mosquittoPath, flags: ['-c', join(folder, 'mosquitto.conf')] }], () => takesConnections(port));
}
