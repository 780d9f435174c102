// A real rclone daemon on the loopback, started and ended by the test.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { findTool } from './tool.ts';
import { until } from './until.ts';

export const rclonePath = findTool('rclone', 'apt-get install rclone');

export type Rclone = {
	readonly url: string;
	call(path: string, body?: object): Promise<Record<string, unknown>>;
	/** SIGKILL, as a crash does. */
	kill(): Promise<void>;
};

type Options = { readonly port: number; readonly bwlimit?: string; readonly transfers?: number; readonly user?: string; readonly password?: string };

export async function startRclone(options: Options): Promise<Rclone> {
	if (rclonePath === null) throw new Error('rclone is missing');
	const sign = options.user === undefined ? ['--rc-no-auth'] : ['--rc-user', options.user, '--rc-pass', options.password ?? ''];
	const limit = options.bwlimit === undefined ? [] : ['--bwlimit', options.bwlimit];
	const args = ['rcd', '--rc-addr', `127.0.0.1:${options.port}`, '--config', '/dev/null', '--transfers', String(options.transfers ?? 2)];
	const child: ChildProcess = spawn(rclonePath, [...args, ...sign, ...limit], { stdio: 'ignore' });
	const url = `http://127.0.0.1:${options.port}`;
	const headers = {
		'content-type': 'application/json',
		...(options.user === undefined ? {} : { authorization: `Basic ${btoa(`${options.user}:${options.password ?? ''}`)}` }),
	};
	const call = async (path: string, body: object = {}): Promise<Record<string, unknown>> => {
		const answer = await fetch(`${url}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
		return (await answer.json()) as Record<string, unknown>;
	};
	await until('rclone answers', () => call('core/pid').catch(() => null));
	return {
		url,
		call,
		async kill() {
			if (child.exitCode !== null || child.signalCode !== null) return;
			const ended = once(child, 'exit');
			child.kill('SIGKILL');
			await ended;
		},
	};
}
