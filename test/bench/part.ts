// A part of a bench in a process of its own: forked, asked by name, ended. Both ends of the line; knows no bench.
import { fork } from 'node:child_process';
import { join } from 'node:path';

export type Part<Ready> = {
	readonly ready: Ready;
	readonly pid: number;
	ask<T>(question: string): Promise<T>;
	end(): Promise<void>;
};

/** Starts a file of this folder and waits for its first word. What it prints on stderr is shown. */
export async function openPart<Ready>(file: string, args: readonly (string | number)[]): Promise<Part<Ready>> {
	const nodeFlags = (process.env.REGIA_BENCH_NODE_FLAGS ?? '').split(' ').filter((flag) => flag !== '');
	const child = fork(join(import.meta.dirname, file), args.map(String), {
		execArgv: ['--expose-gc', ...nodeFlags],
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
	});
	const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	const heard = (): Promise<unknown> =>
		new Promise((resolve, reject) => {
			const gone = (code: number | null): void => reject(new Error(`${file} ended with ${code}`));
			child.once('exit', gone);
			child.once('message', (message) => {
				child.off('exit', gone);
				resolve(message);
			});
		});
	const ready = (await heard()) as Ready;
	return {
		ready,
		pid: child.pid ?? 0,
		async ask<T>(question: string) {
			const answer = heard();
			child.send(question);
			return (await answer) as T;
		},
		async end() {
			if (child.connected) child.disconnect();
			await ended;
		},
	};
}

/** The part's own end: says what it is ready with, then answers questions until the line is cut. */
export function answer(ready: object, answers: Readonly<Record<string, () => unknown>>, close: () => unknown): void {
	const say = (message: unknown): void => {
		process.send?.(message as object);
	};
	process.on('message', async (question: string) => say((await answers[question]?.()) ?? null));
	process.once('disconnect', async () => {
		await close();
		process.exit(0);
	});
	say(ready);
}
