// The thread that alone writes the record: all appends waiting when a commit ends go into the next transaction, in call order.
// Knows rows, keys and the chain, and nothing of what entries mean.
import { isMainThread, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { chain, digestOf, shortHash } from './chain.ts';
import { type ChainHead, chainHead } from './journal-schema.ts';
import { journalErrorOf, openSqliteDatabase } from './sqlite-database.ts';
import { visitLog } from './visit-log.ts';
import type { AppendJob, RepeatedRow, WriterReply, WriterRequest, WriterSettings } from './writer-messages.ts';

/** Bounds the wait of the first one in a transaction. */
const JOBS_A_TRANSACTION = 1024;
/** After a commit its sender often has the next one ready sooner than this thread could fall asleep and wake. */
const LINGER_MS = 0.2;

export function sqliteWriter({ file, maxPages }: WriterSettings, answer: (reply: WriterReply) => void) {
	const db = openSqliteDatabase(file, maxPages);
	const begin = db.prepare('BEGIN IMMEDIATE');
	const end = db.prepare('COMMIT');
	const insert = db.prepare('INSERT INTO journal (seq, seen, kind, payload, digest, hash, key) VALUES (?, ?, ?, ?, ?, ?, ?)');
	const ascend = db.prepare('INSERT INTO ascent (seq, seen) VALUES (?, ?)');
	const byKey = db.prepare('SELECT seq, seen, kind, payload, hash FROM journal WHERE key = ?');
	const log = visitLog(db);
	const keep = db.prepare('INSERT OR REPLACE INTO checkpoint (seq, version, state) VALUES (?, ?, ?)');
	/** Null after a failed transaction: then the file says where the chain ends, not our memory. */
	let head: ChainHead | null = null;

	function insertJob([seen, kind, payload, key, beside]: AppendJob, last: ChainHead): ChainHead {
		const seq = last.seq + 1;
		const digest = digestOf(payload);
		const link = chain(last.hash, seq, seen, kind, digest);
		insert.run(seq, seen, kind, payload, digest, link, key);
		if (seen < last.seen) ascend.run(seq, seen);
		if (beside) log.keep(beside);
		return { seq, seen, hash: link };
	}

	const notDone = (error: unknown): WriterReply => {
		const { code, message } = journalErrorOf(error, file);
		return { type: 'not-done', code, message };
	};

	function transact(work: () => WriterReply, refusal: (error: unknown) => WriterReply, after?: () => void): void {
		let reply: WriterReply;
		try {
			begin.run();
			reply = work();
			end.run();
			after?.();
		} catch (error) {
			head = null;
			reply = refusal(error);
			try {
				if (db.isTransaction) db.exec('ROLLBACK');
			} catch {
				// The next transaction's failure to begin will roll back again.
			}
		}
		answer(reply);
	}

	return {
		append(jobs: readonly AppendJob[]): void {
			transact(
				() => {
					let last = head ?? chainHead(db);
					const first = last.seq + 1;
					const repeated: RepeatedRow[] = [];
					let hashes = '';
					jobs.forEach((job, index) => {
						const known = job[3] === null ? undefined : byKey.get(job[3]);
						if (known) {
							repeated.push({ ...(known as Omit<RepeatedRow, 'index'>), index, hash: shortHash(known.hash as Uint8Array) });
							return;
						}
						last = insertJob(job, last);
						hashes += shortHash(last.hash);
					});
					head = last;
					return { type: 'committed', count: jobs.length, first, hashes, repeated };
				},
				(error) => {
					const { code, message } = journalErrorOf(error, file);
					return { type: 'refused', count: jobs.length, code, message };
				},
			);
		},
		checkpoint(seq: number, version: string, state: string): void {
			transact(() => {
				keep.run(seq, version, state);
				return { type: 'checkpointed' };
			}, notDone);
		},
		forget(visitsBefore: number, messagesBefore: number): void {
			transact(() => ({ type: 'forgotten', visits: log.forget(visitsBefore, messagesBefore) }), notDone, log.clearTraces);
		},
		close(): void {
			db.close();
			answer({ type: 'closed' });
		},
	};
}

/** Takes what waits at the port; appends that wait together become one transaction. */
function serve(port: NonNullable<typeof parentPort>, settings: WriterSettings): void {
	const answer = (reply: WriterReply) => port.postMessage(reply);
	let writer: ReturnType<typeof sqliteWriter> | undefined;

	function open(): void {
		try {
			writer = sqliteWriter(settings, answer);
			answer({ type: 'ready' });
		} catch (error) {
			const { code, message } = journalErrorOf(error, settings.file);
			answer({ type: 'unready', code, message });
		}
	}

	let jobs: AppendJob[] = [];
	function commit(): void {
		if (jobs.length > 0) writer?.append(jobs);
		jobs = [];
	}

	/** False once closed. */
	function take(request: WriterRequest): boolean {
		if (request.type === 'append') {
			jobs = jobs.length === 0 ? [...request.jobs] : jobs.concat(request.jobs);
			if (jobs.length >= JOBS_A_TRANSACTION) commit();
			return true;
		}
		commit();
		if (request.type === 'open') open();
		else if (request.type === 'checkpoint') writer?.checkpoint(request.seq, request.version, request.state);
		else if (request.type === 'forget') writer?.forget(request.visitsBefore, request.messagesBefore);
		else writer?.close();
		return request.type !== 'close';
	}

	const next = () => receiveMessageOnPort(port)?.message as WriterRequest | undefined;
	let committedAt = Number.NEGATIVE_INFINITY;
	/** Only while it pays: where the one before took longer to come, this thread sleeps. */
	let isBrisk = false;
	function lingerForNext(): WriterRequest | undefined {
		let request = next();
		while (!request && isBrisk) {
			request = next();
			isBrisk = performance.now() - committedAt < LINGER_MS;
		}
		return request;
	}

	port.on('message', (first: WriterRequest) => {
		isBrisk = performance.now() - committedAt < LINGER_MS;
		let request: WriterRequest | undefined = first;
		while (request) {
			if (!take(request)) return port.close();
			request = next();
			if (!request && jobs.length > 0) {
				commit();
				committedAt = performance.now();
				request = lingerForNext();
			}
		}
	});
}

if (!isMainThread && parentPort && (workerData as Partial<WriterSettings> | null)?.file) serve(parentPort, workerData as WriterSettings);
