// Keeps signed times in the record, where the plan names an authority: at its rhythm and at the end. A failure is an audit entry, and stops nothing.
import type { Logger } from 'pino';
import type { Plan } from '../shared/plan.ts';
import type { Journal } from './journal/journal.ts';
import { askTimestamp, type Signed } from './journal/timestamp-authority.ts';
import type { Recorder } from './recorder.ts';

export type Timestamps = {
	/** Asks now; resolves when the answer, or the failure, is in the record, or there was nothing new to sign. */
	stampNow(): Promise<void>;
	/** A last one, within the time that a stop has. */
	stop(): Promise<void>;
};

export type TimestampParts = {
	readonly access: Pick<Plan['access'], 'timestampAuthority' | 'timestampEvery'>;
	readonly recorder: Pick<Recorder, 'append'>;
	readonly journal: Pick<Journal, 'head' | 'linkAt'>;
	readonly log: Pick<Logger, 'warn'>;
	ask?(authority: string, data: Uint8Array, within?: number): Promise<Signed>;
};

const LAST_WITHIN_MS = 2500;
const RETRY_MS = 60_000;

/** Null where the plan names no authority. */
export function keepTimestamps({ access, recorder, journal, log, ask = askTimestamp }: TimestampParts): Timestamps | null {
	const { timestampAuthority: authority, timestampEvery } = access;
	if (authority === undefined) return null;
	const host = new URL(authority).host;
	let signedSeq = 0;
	let isFailing = false;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let onTheWay: Promise<void> = Promise.resolve();

	async function stamp(within?: number): Promise<void> {
		const of = journal.head();
		const link = of.seq > signedSeq ? await journal.linkAt(of.seq) : null;
		if (link === null) return;
		const signed = await ask(authority ?? '', link, within);
		if (signed.ok) {
			isFailing = false;
			const { entry } = await recorder.append({
				kind: 'timestamp',
				of,
				authority: host,
				token: Buffer.from(signed.answer).toString('base64'),
				at: signed.at,
			});
			signedSeq = entry.seq;
			return;
		}
		log.warn({ authority: host, code: signed.code }, 'the record has no signed time');
		// One entry for a run of failures: the record says since when, not how often it was tried.
		if (isFailing) return;
		isFailing = true;
		await recorder.append({
			kind: 'audit',
			act: 'timestamp-failed',
			by: 'regia',
			from: host,
			at: Date.now(),
			detail: { code: signed.code, seq: of.seq },
		});
	}

	const once = (within?: number): Promise<void> => {
		onTheWay = onTheWay.then(() => stamp(within)).catch((error: unknown) => log.warn({ err: error }, 'a signed time could not be kept'));
		return onTheWay;
	};

	const plan = (): void => {
		timer = setTimeout(() => once().then(plan), isFailing ? Math.min(RETRY_MS, timestampEvery) : timestampEvery);
		timer.unref();
	};
	plan();

	return {
		stampNow: () => once(),
		async stop() {
			clearTimeout(timer);
			await once(LAST_WITHIN_MS);
		},
	};
}
