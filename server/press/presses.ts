// Press sheets off the main thread: one at a time in a bounded worker, the others wait their turn. Knows no board and no clock.
import { Worker } from 'node:worker_threads';
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
/** A sheet takes well under a second; past this the worker is lost. */
const LONGEST_MS = 30_000;

/** `file`: whose code the worker runs; the tests give it one that falls. */
export function openPresses(file: URL = new URL('./press-worker.ts', import.meta.url), longestMs = LONGEST_MS): Presses {
	let worker: Worker | null = null;
	let asked: Waiting | null = null;
	let waiting: Waiting[] = [];
	let closed = false;
	let patience: NodeJS.Timeout | undefined;

	function proceed(): void {
		clearTimeout(patience);
		asked = waiting.shift() ?? null;
		if (asked === null) return;
		worker ??= start();
		// A question keeps the process alive, an idle worker does not.
		worker.ref();
		const mine = worker;
		patience = setTimeout(() => fall(mine, `no answer within ${longestMs} ms`), longestMs);
		worker.postMessage({ sheet: asked.sheet, format: asked.format } satisfies PressQuestion);
	}

	function settle({ resolve, reject, sheet }: Waiting, answer: PressAnswer): void {
		if ('files' in answer) resolve(answer.files);
		else if ('issues' in answer) reject(new SheetFault(answer.issues, sheet.language));
		else reject(new PressFault('crashed', `the sheet could not be drawn: ${answer.failed}`));
	}

	function fall(mine: Worker, cause: string): void {
		if (worker !== mine) return;
		worker = null;
		void mine.terminate();
		asked?.reject(new PressFault('crashed', `the presses' worker ended (${cause}); the next sheet starts another`));
		proceed();
	}

	function start(): Worker {
		const mine = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
		mine.on('message', (answer: PressAnswer) => {
			if (worker !== mine || asked === null) return;
			settle(asked, answer);
			mine.unref();
			proceed();
		});
		mine.on('error', (error: unknown) => fall(mine, error instanceof Error ? error.message : String(error)));
		mine.on('exit', (code) => fall(mine, `exit ${code}`));
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
			await mine?.terminate();
		},
	};
}
