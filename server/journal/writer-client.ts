// The journal's end of the line to its writer thread: batches what is sent, matches what is answered. Knows no SQL and no entry.
import { Worker } from 'node:worker_threads';
import { JournalError } from './journal.ts';
import type { AppendJob, RepeatedRow, WriterReply, WriterRequest, WriterSettings } from './writer-messages.ts';

const SHORT = 12;
/** A message is sent when this many wait, so that the writer starts while the rest are still being encoded. */
const JOBS_A_MESSAGE = 16;

/** What became of one append: a place of its own, or the row that its key had before. */
export type Written = { readonly seq: number; readonly hash: string; readonly before: RepeatedRow | null };

type Waiting<T> = { readonly resolve: (value: T) => void; readonly reject: (error: JournalError) => void };

export type WriterClient = {
	/** Opens the file; the thread boots meanwhile. */
	open(): Promise<void>;
	append(job: AppendJob): Promise<Written>;
	checkpoint(seq: number, version: string, state: string): Promise<void>;
	/** Resolves with how many visits went. */
	forget(visitsBefore: number, messagesBefore: number): Promise<number>;
	/** Finishes what was sent. */
	close(): Promise<void>;
	/** Ends the thread at once, where nothing was opened. */
	abandon(): Promise<void>;
};

/** `onHead` hears of every new end of the chain before the appends that made it are resolved. */
export function writerClient(settings: WriterSettings, onHead: (seq: number, hash: string) => void): WriterClient {
	const worker = new Worker(new URL('./sqlite-writer.ts', import.meta.url), { workerData: settings });
	const appends: Waiting<Written>[] = [];
	/** Checkpoints and forgettings, answered in the order they were asked. */
	const asked: Waiting<number>[] = [];
	let opening: Waiting<void> | null = null;
	let closing: Waiting<void> | null = null;
	let outbox: AppendJob[] = [];
	let flushing = false;
	let broken: JournalError | null = null;

	const post = (request: WriterRequest) => worker.postMessage(request);

	function flush(): void {
		flushing = false;
		if (outbox.length === 0) return;
		const jobs = outbox;
		outbox = [];
		post({ type: 'append', jobs });
	}

	function settle(reply: Extract<WriterReply, { type: 'committed' }>): void {
		const fresh = reply.count - reply.repeated.length;
		if (fresh > 0) onHead(reply.first + fresh - 1, reply.hashes.slice(-SHORT));
		let nth = 0;
		let repeats = 0;
		appends.splice(0, reply.count).forEach(({ resolve }, index) => {
			const before = reply.repeated[repeats];
			if (before?.index === index) {
				repeats += 1;
				resolve({ seq: before.seq, hash: before.hash, before });
			} else {
				resolve({ seq: reply.first + nth, hash: reply.hashes.slice(nth * SHORT, (nth + 1) * SHORT), before: null });
				nth += 1;
			}
		});
	}

	function hear(reply: WriterReply): void {
		if (reply.type === 'committed') settle(reply);
		else if (reply.type === 'refused') {
			for (const { reject } of appends.splice(0, reply.count)) reject(new JournalError(reply.code, reply.message));
		} else if (reply.type === 'checkpointed') asked.shift()?.resolve(0);
		else if (reply.type === 'forgotten') asked.shift()?.resolve(reply.visits);
		else if (reply.type === 'not-done') asked.shift()?.reject(new JournalError(reply.code, reply.message));
		else if (reply.type === 'ready') opening?.resolve();
		else if (reply.type === 'unready') opening?.reject(new JournalError(reply.code, reply.message));
		else closing?.resolve();
	}

	/** The thread is gone, by a mistake of ours: what it had not answered is not known to be kept. */
	function fail(cause: string): void {
		broken = new JournalError('failing', `the journal's writer ended (${cause}): restart Regia`);
		outbox = [];
		for (const waiting of [...appends.splice(0), ...asked.splice(0)]) waiting.reject(broken);
		opening?.reject(broken);
		closing?.resolve();
	}

	/** After all that was appended before it. */
	function ask(request: WriterRequest): Promise<number> {
		return new Promise((resolve, reject) => {
			if (broken) return reject(broken);
			flush();
			asked.push({ resolve, reject });
			post(request);
		});
	}

	worker.on('message', hear);
	worker.on('error', (error: unknown) => fail(error instanceof Error ? error.message : String(error)));
	worker.on('exit', (code) => {
		if (!closing) fail(`exit ${code}`);
	});

	return {
		open() {
			return new Promise((resolve, reject) => {
				opening = { resolve, reject };
				if (broken) return reject(broken);
				post({ type: 'open' });
			});
		},
		append(job) {
			return new Promise((resolve, reject) => {
				if (broken) return reject(broken);
				appends.push({ resolve, reject });
				outbox.push(job);
				if (outbox.length >= JOBS_A_MESSAGE) flush();
				else if (!flushing) {
					flushing = true;
					queueMicrotask(flush);
				}
			});
		},
		async checkpoint(seq, version, state) {
			await ask({ type: 'checkpoint', seq, version, state });
		},
		forget: (visitsBefore, messagesBefore) => ask({ type: 'forget', visitsBefore, messagesBefore }),
		async close() {
			flush();
			await new Promise<void>((resolve, reject) => {
				closing = { resolve, reject };
				if (broken) return resolve();
				post({ type: 'close' });
			});
			await worker.terminate();
		},
		async abandon() {
			closing = { resolve: () => {}, reject: () => {} };
			await worker.terminate();
		},
	};
}
