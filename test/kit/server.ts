// A real Regia in its own process on a free loopback port, for tests: started, asked, drained or killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TokenGrant } from '../../server/domain/token.ts';
import { openTokenStore } from '../../server/journal/token-store.ts';
import { folderOfRun, keepEvidence, keepFiles, noticeSecrets, registerSecret } from './evidence.ts';
import './wire-tap.ts';

const root = join(import.meta.dirname, '../..');

export type RegiaOptions = {
	/** The plan as YAML; without it the flags say what to rehearse. */
	readonly plan?: string;
	readonly data?: string;
	readonly port?: number;
	readonly flags?: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
};

export type RunningRegia = {
	readonly url: string;
	readonly port: number;
	readonly data: string;
	readonly pid: number;
	/** Made in the data folder, as the command line does. */
	token(grant: TokenGrant): string;
	/** Where it listens for HL7 messages; throws where the plan has no source of them. */
	mllpPort(): number;
	/** Everything that the process has printed so far. */
	output(): string;
	/** SIGTERM; resolves with the exit status. */
	stop(): Promise<number | null>;
	kill(): Promise<void>;
};

const START_LIMIT_MS = 30_000;

const folders: string[] = [];
process.once('exit', () => {
	for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Gone with the run, which searches it first; outside one with the process that asked for it. */
export function temporaryFolder(name: string): string {
	const ofRun = folderOfRun(name);
	if (ofRun !== null) return ofRun;
	const folder = mkdtempSync(join(tmpdir(), `regia-${name}-`));
	folders.push(folder);
	return folder;
}

export async function startRegia(options: RegiaOptions = {}): Promise<RunningRegia> {
	const data = options.data ?? temporaryFolder('data');
	const flags = ['--port', String(options.port ?? 0), '--mllp-port', '0', '--data', data, ...(options.flags ?? [])];
	if (options.plan !== undefined) {
		const file = join(temporaryFolder('plan'), 'plan.yaml');
		writeFileSync(file, options.plan);
		flags.push('--plan', file);
	}
	const child = spawn(process.execPath, [join(root, 'server/start.mjs'), ...flags], {
		cwd: root,
		env: { ...process.env, ...options.env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	for (const [name, value] of Object.entries(options.env ?? {})) if (/PASSWORD|SECRET|TOKEN/.test(name)) registerSecret('password', value);
	let output = '';
	const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
	const url = await new Promise<string>((resolve, reject) => {
		const listen = (chunk: Buffer): void => {
			output += chunk.toString();
			keepEvidence('log', chunk);
			noticeSecrets(chunk.toString());
			const found = /(https?):\/\/(?:127\.0\.0\.1|0\.0\.0\.0):(\d+)/.exec(output);
			if (found) resolve(`${found[1]}://127.0.0.1:${found[2]}`);
		};
		child.stdout.on('data', listen);
		child.stderr.on('data', listen);
		void ended.then((code) => reject(new Error(`Regia ended with ${code} before it served:\n${output}`)));
		setTimeout(() => reject(new Error(`Regia did not serve within ${START_LIMIT_MS} ms:\n${output}`)), START_LIMIT_MS).unref();
	});
	return {
		url,
		port: Number(new URL(url).port),
		data,
		pid: child.pid ?? 0,
		token(grant) {
			const store = openTokenStore(data);
			try {
				const { secret } = store.make(grant, Date.now());
				noticeSecrets(secret);
				return secret;
			} finally {
				store.close();
			}
		},
		mllpPort() {
			const found = /mllp {2}\S+:(\d+)/.exec(output)?.[1];
			if (found === undefined) throw new Error(`Regia listens for no HL7 messages:\n${output}`);
			return Number(found);
		},
		output: () => output,
		stop: () => end(child, 'SIGTERM', ended, options.data),
		async kill() {
			await end(child, 'SIGKILL', ended, options.data);
		},
	};
}

/** A folder that the test brought along may be gone before the run ends. */
async function end(child: ChildProcess, signal: NodeJS.Signals, ended: Promise<number | null>, data: string | undefined): Promise<number | null> {
	child.kill(signal);
	const code = await ended;
	if (data !== undefined) keepFiles(data);
	return code;
}
