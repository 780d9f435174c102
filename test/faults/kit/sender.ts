// A sender that does what a good sender does: posts as fast as it is acknowledged, and sends again, under the same key, what was not.
import { setTimeout as pause } from 'node:timers/promises';
import { moved, postSamples } from './http.ts';

export type SentSample = { readonly archive: string; readonly value: number };

export type Sender = {
	/** Every sample of every batch that was answered 202. */
	readonly acknowledged: readonly SentSample[];
	/** Answers other than 202, as status and count. */
	readonly refusals: ReadonlyMap<number, number>;
	/** Stops after the batch on its way is acknowledged. */
	stop(): Promise<void>;
};

export type SenderOptions = {
	readonly url: string;
	readonly token: string;
	readonly archives: readonly string[];
	readonly rowsABatch: number;
	/** The instant of the first sample, ms UTC; the n-th sample of an archive is `stepMs` after the one before. */
	readonly from: number;
	readonly stepMs?: number;
	readonly everyMs?: number;
};

const RETRY_MS = 25;

/** Values count up, so that each sample of an archive can be told from every other. */
export function startSender({ url, token, archives, rowsABatch, from, stepMs = 1, everyMs = 0 }: SenderOptions): Sender {
	const acknowledged: SentSample[] = [];
	const refusals = new Map<number, number>();
	let stopping = false;
	let next = 0;

	async function sendUntilKept(batch: readonly SentSample[], key: string): Promise<void> {
		const rows = batch.map(({ archive, value }) => moved(archive, value, from + value * stepMs));
		for (;;) {
			const answer = await postSamples(url, token, rows, key).catch(() => null);
			if (answer?.status === 202) {
				const { accepted } = answer.json as { accepted: number };
				if (accepted !== batch.length) throw new Error(`${accepted} of ${batch.length} accepted: ${answer.text}`);
				acknowledged.push(...batch);
				return;
			}
			if (answer) refusals.set(answer.status, (refusals.get(answer.status) ?? 0) + 1);
			if (answer && answer.status < 500) throw new Error(`a good batch was refused: ${answer.text}`);
			await pause(RETRY_MS);
		}
	}

	async function run(): Promise<void> {
		for (let n = 0; !stopping; n += 1) {
			const batch: SentSample[] = [];
			for (let row = 0; row < rowsABatch; row += 1) {
				for (const archive of archives) batch.push({ archive, value: next });
				next += 1;
			}
			await sendUntilKept(batch, `${from}-${n}`);
			if (everyMs > 0) await pause(everyMs);
		}
	}

	const running = run();
	// Its failure is told by stop(), and must not end the process before.
	running.catch(() => undefined);
	return {
		acknowledged,
		refusals,
		async stop() {
			stopping = true;
			await running;
		},
	};
}
