// The shared rhythm of polled sources: beat, time-out, back-off, one read at a time. Knows nothing of what a source says.
import type { PlanSource } from '../../shared/plan.ts';
import type { BlindCode } from '../../shared/sample.ts';
import { blindBy, causeOf } from './cause.ts';
import type { Look, Reader } from './connector.ts';
import { answersIn, blindLook, doubtLook } from './look.ts';

export type Timers = {
	set(run: () => void, ms: number): unknown;
	clear(timer: unknown): void;
};

export type PollerSetup = {
	readonly reader: Reader;
	readonly source: Pick<PlanSource, 'every' | 'timeout' | 'canary'>;
	/** ms UTC. */
	now(): number;
	/** 0 ≤ x < 1, for the jitter. */
	random(): number;
	/** Resolves once the look is durable. A look whose emit rejects is dropped, and the source is read again at the next beat. */
	emit(look: Look): Promise<void>;
	/**
	 * Whether something known to be good answers right now; null where that is not known, `unasked` where the plan names nothing. Asked only
	 * when a probe finds its target down.
	 */
	canaryAnswers?(): Promise<boolean | null | 'unasked'> | boolean | null | 'unasked';
	readonly timers?: Timers;
	/** How long an exact look may take. */
	readonly exactTimeoutMs?: number;
};

export type Poller = {
	/** Ends within the time-out: the read under way is aborted, its look is not emitted, the reader is closed. */
	stop(): Promise<void>;
	/** Takes and emits an exact look beside the ordinary ones; null where the reader knows none, or after stop. */
	readExact(): Promise<Look | null>;
	/** For those whose canary this is: looks now (joining a read under way) and says whether the target answers. Never asks a canary itself. */
	answersNow(): Promise<boolean | null>;
};

const JITTER = 0.1;
const SLOWEST_MS = 30_000;
/** After the time-out a reader that heeds the signal may still hand on what it found (a probe: that nobody answered). */
const GRACE_MS = 250;
const EXACT_TIMEOUT_MS = 600_000;

const systemTimers: Timers = {
	set: (run, ms) => setTimeout(run, ms),
	clear: (timer) => clearTimeout(timer as NodeJS.Timeout),
};

export function startPoller(setup: PollerSetup): Poller {
	const { reader, source, now, random } = setup;
	const timers = setup.timers ?? systemTimers;
	const stopping = new AbortController();
	const slowest = Math.max(SLOWEST_MS, 4 * source.every);
	let failures = 0;
	let beat: unknown;
	let reading: Promise<Look> | null = null;
	/** A read that did not heed its time-out is still under way: none is started beside it. */
	let hangs = false;
	let exact: Promise<Look | null> | null = null;
	let turn: Promise<void> = Promise.resolve();
	let lastGood: Look | null = null;
	let isKnownDown = false;

	/** Resolves with the read's look, or a blind one: at the time-out, when it throws, when it rejects. */
	function bounded(read: (signal: AbortSignal) => Promise<Look>, timeoutMs: number): Promise<Look> {
		const { promise, resolve } = Promise.withResolvers<Look>();
		const abort = new AbortController();
		const due = now() + timeoutMs;
		const waiting: unknown[] = [];
		const settle = (look: Look): void => {
			for (const timer of waiting) timers.clear(timer);
			stopping.signal.removeEventListener('abort', onStop);
			resolve(look);
		};
		const overrun = (why: BlindCode, graceMs: number): void => {
			// Our own process stood still for as long as the time-out: that is no news of the target.
			const late = now() - due > Math.max(1000, timeoutMs);
			waiting.push(timers.set(() => settle(blindLook(why)), graceMs));
			if (late) settle(blindLook('observer-blind'));
			abort.abort(new DOMException(why, 'TimeoutError'));
		};
		const onStop = (): void => overrun('stopped', Math.min(GRACE_MS, timeoutMs));
		stopping.signal.addEventListener('abort', onStop);
		waiting.push(timers.set(() => overrun('timeout', GRACE_MS), timeoutMs));
		const failed = (error: unknown): void => settle(blindLook(abort.signal.aborted ? 'timeout' : blindBy(causeOf(error))));
		try {
			read(abort.signal).then(settle, failed);
		} catch (error) {
			failed(error);
		}
		return promise;
	}

	async function readAlone(signal: AbortSignal): Promise<Look> {
		hangs = true;
		try {
			return await reader.read(signal);
		} finally {
			hangs = false;
		}
	}

	function readOnce(): Promise<Look> {
		if (reading === null && hangs) return Promise.resolve(blindLook('timeout'));
		reading ??= bounded(readAlone, source.timeout).finally(() => {
			reading = null;
		});
		return reading;
	}

	/** New bad news is looked at once more when the canary has answered: the look before may have been our own blindness, just over. */
	async function weigh(first: Look): Promise<Look> {
		let look = first;
		for (let isConfirmed = isKnownDown; ; isConfirmed = true) {
			if (!look.ok || answersIn(look) !== false) return look;
			const answers = setup.canaryAnswers ? await setup.canaryAnswers() : source.canary === undefined ? 'unasked' : null;
			if (answers === 'unasked') return look;
			if (answers !== true) return doubtLook(look, now());
			if (isConfirmed || stopping.signal.aborted) return look;
			look = await readOnce();
		}
	}

	/** One at a time and in order. Whether it became durable. */
	function handOn(look: Look): Promise<boolean> {
		const mine = turn.then(async () => {
			if (stopping.signal.aborted) return false;
			const full = look.ok ? look : blindLook(look.why, look.readings, lastGood, now());
			await setup.emit(full);
			if (look.ok) lastGood = look;
			return true;
		});
		turn = mine.then(
			() => undefined,
			() => undefined,
		);
		return mine.catch(() => false);
	}

	function pauseMs(): number {
		const jitter = 1 - JITTER + 2 * JITTER * random();
		return failures === 0 ? source.every * jitter : Math.min(source.every * 2 ** Math.min(failures, 30) * jitter, slowest);
	}

	async function onBeat(): Promise<void> {
		const began = now();
		const look = await weigh(await readOnce());
		isKnownDown = look.ok && answersIn(look) === false;
		await handOn(look);
		// While Regia itself cannot see, no target is spared by looking less often, and sight comes back with the next look.
		failures = look.ok || look.why === 'observer-blind' ? 0 : failures + 1;
		if (!stopping.signal.aborted) beat = timers.set(() => void onBeat(), Math.max(0, pauseMs() - Math.max(0, now() - began)));
	}

	async function takeExact(): Promise<Look | null> {
		const read = reader.readExact?.bind(reader);
		if (!read || stopping.signal.aborted) return null;
		const look = await bounded(read, setup.exactTimeoutMs ?? EXACT_TIMEOUT_MS);
		await handOn(look);
		return look;
	}

	let exactBeat: unknown;
	function scheduleExact(everyMs: number): void {
		exactBeat = timers.set(() => {
			void takeExactOnce().finally(() => {
				if (!stopping.signal.aborted) scheduleExact(everyMs);
			});
		}, everyMs);
	}

	function takeExactOnce(): Promise<Look | null> {
		exact ??= takeExact().finally(() => {
			exact = null;
		});
		return exact;
	}

	if (reader.exactEveryMs !== undefined) scheduleExact(reader.exactEveryMs);
	// Sources that start together spread over the first beat.
	beat = timers.set(() => void onBeat(), source.every * JITTER * random());

	return {
		async stop() {
			timers.clear(beat);
			timers.clear(exactBeat);
			stopping.abort();
			await Promise.allSettled([reading, exact]);
			const bound = Promise.withResolvers<void>();
			const timer = timers.set(bound.resolve, Math.max(0, source.timeout - GRACE_MS));
			await Promise.race([Promise.allSettled([turn, reader.close()]), bound.promise]);
			timers.clear(timer);
		},
		readExact: takeExactOnce,
		async answersNow() {
			if (stopping.signal.aborted) return null;
			return answersIn(await readOnce());
		},
	};
}
