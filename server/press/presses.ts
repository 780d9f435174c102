// Press sheets in a process of their own, one at a time, the others wait their turn: on the processors a screen always goes first, which
// no thread of Regia's could promise. Knows no board and no clock.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Sheet, SheetFiles, SheetFormat } from '../../shared/sheet.ts';
import { SheetFault, type SheetIssue } from './sheet-fault.ts';

export type PressQuestion = { readonly sheet: Sheet; readonly format: SheetFormat };
export type PressAnswer = { readonly files: SheetFiles } | { readonly issues: readonly SheetIssue[] } | { readonly failed: string };

export type Presses = {
	/** Rejects with `SheetFault` when the sheet must be mended, with `PressFault` when it may be asked for again. */
	render(sheet: Sheet, format: SheetFormat): Promise<SheetFiles>;
	close(): Promise<void>;
};

export class PressFault extends Error {
	readonly code: 'busy' | 'crashed' | 'closed';
	constructor(code: PressFault['code'], message: string) {
		super(message);
		this.code = code;
	}
}

type Waiting = PressQuestion & { readonly resolve: (files: SheetFiles) => void; readonly reject: (fault: Error) => void };

/** A sheet takes about half of it; more is a mistake of ours, and ends the worker and not Regia. */
const MEMORY_MB = 512;
const WAITING_AT_MOST = 60;
/** A sheet takes well under a second where the processors are free, and waits where they are not; past this the worker is lost. */
const LONGEST_MS = 120_000;

/** `file`: whose code the worker runs; the tests give it one that falls. */
export function openPresses(file: URL = new URL('./press-worker.ts', import.meta.url), longestMs = LONGEST_MS): Presses {
	let worker: ChildProcess | null = null;
	let asked: Waiting | null = null;
	let waiting: Waiting[] = [];
	let closed = false;
	let patience: NodeJS.Timeout | undefined;

	function proceed(): void {
		clearTimeout(patience);
		asked = waiting.shift() ?? null;
		if (asked === null) return;
		worker ??= start();
		const mine = worker;
		keepsAlive(mine, true);
		patience = setTimeout(() => fall(mine, `no answer within ${longestMs} ms`), longestMs);
		mine.send({ sheet: asked.sheet, format: asked.format } satisfies PressQuestion, (error) => {
			if (error) fall(mine, error.message);
		});
	}

	function settle({ resolve, reject, sheet }: Waiting, answer: PressAnswer): void {
		if ('files' in answer) resolve(answer.files);
		else if ('issues' in answer) reject(new SheetFault(answer.issues, sheet.language));
		else reject(new PressFault('crashed', `the sheet could not be drawn: ${answer.failed}`));
	}

	function fall(mine: ChildProcess, cause: string): void {
		if (worker !== mine) return;
		worker = null;
		mine.kill('SIGKILL');
		asked?.reject(new PressFault('crashed', `the presses' worker ended (${cause}); the next sheet starts another`));
		proceed();
	}

	function start(): ChildProcess {
		const mine = fork(fileURLToPath(file), {
			execArgv: [`--max-old-space-size=${MEMORY_MB}`],
			// Typed arrays stay typed arrays on their way.
			serialization: 'advanced',
			// Of Regia's environment, where secrets may stand, it needs nothing but where its tools are.
			env: { PATH: process.env.PATH },
			// What it dies of stands in Regia's log.
			stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
		});
		mine.on('message', (answer: PressAnswer) => {
			if (worker !== mine || asked === null) return;
			keepsAlive(mine, false);
			settle(asked, answer);
			proceed();
		});
		mine.on('error', (error) => fall(mine, error.message));
		mine.on('exit', (code, signal) => fall(mine, signal ?? `exit ${code}`));
		return mine;
	}

	return {
		render(sheet, format) {
			return new Promise((resolve, reject) => {
				if (closed) return reject(new PressFault('closed', 'the presses are closed'));
				if (waiting.length >= WAITING_AT_MOST) return reject(new PressFault('busy', `${WAITING_AT_MOST} sheets wait already: ask again in a minute`));
				waiting.push({ sheet, format, resolve, reject });
				if (asked === null) proceed();
			});
		},
		async close() {
			closed = true;
			clearTimeout(patience);
			const fault = new PressFault('closed', 'the presses are closed');
			const left = asked === null ? waiting : [asked, ...waiting];
			asked = null;
			waiting = [];
			const mine = worker;
			worker = null;
			for (const { reject } of left) reject(fault);
			if (mine === null || mine.exitCode !== null || mine.signalCode !== null) return;
			const ended = once(mine, 'exit');
			keepsAlive(mine, true);
			mine.kill('SIGKILL');
			await ended;
		},
	};
}

/** A question keeps Regia alive, an idle worker does not. */
function keepsAlive(worker: ChildProcess, isAsked: boolean): void {
	if (isAsked) {
		worker.ref();
		worker.channel?.ref();
	} else {
		worker.unref();
		worker.channel?.unref();
	}
}
