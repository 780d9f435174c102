// Drives a scenario through the public interfaces in lock-step virtual time: nothing comes due before what was due is acknowledged.
// Knows no server: `post` is HTTP, `timers` the real clock, both handed in.
import type { RehearsalClock } from './rehearsal-clock.ts';
import type { Scenario } from './scenario.ts';

export type Post = (path: string, body: string, token: string, headers: Readonly<Record<string, string>>) => Promise<{ readonly status: number }>;

/** The real clock. `after` calls back once and returns how to call it off. */
export type Timers = { now(): number; after(ms: number, then: () => void): () => void };

export const realTimers: Timers = {
	now: () => performance.now(),
	after(ms, then) {
		const timer = setTimeout(then, ms);
		return () => clearTimeout(timer);
	},
};

export type Outcome =
	| { readonly kind: 'ended' | 'stopped' }
	/** The server refused what the scenario says: a fault of plan, token or scenario. The clock stands. */
	| { readonly kind: 'refused'; readonly path: string; readonly status: number; readonly at: number };

export type Rehearsing = {
	/** Resolves when the night is over, was stopped, or was refused; never rejects. */
	readonly done: Promise<Outcome>;
	/** No new batch; resolves when the one under way is answered. */
	stop(): Promise<void>;
};

export type RehearsalSetup = {
	readonly scenario: Scenario;
	readonly clock: RehearsalClock;
	/** `body` is JSON. Resolves with the answer's status; rejects where there was none. */
	readonly post: Post;
	readonly tokenOf: (source: string) => string;
	/** Who makes the marks: a person's token. */
	readonly markToken: string;
	/** Virtual time to go on from; what was due then is sent again, under the same keys. */
	readonly from?: number;
	readonly timers?: Timers;
};

const BACK_OFF_MS = 100;
const BACK_OFF_MAX_MS = 5000;
/** While nothing is due the clock goes on in steps of this much real time, so that a slow rehearsal's clock is seen to run. */
const STEP_MS = 250;
/** Lost real time that may be caught up; what is later than this makes the night longer, never faster. */
const CATCH_UP_MS = 250;
/** Not now, but later: no answer, too many requests, cannot write, disk full. */
const isPassing = (status: number): boolean => status === 0 || status === 429 || status === 502 || status === 503 || status === 507;

export function startRehearsal(setup: RehearsalSetup): Rehearsing {
	const { scenario, clock, timers = realTimers } = setup;
	let isStopped = false;
	const wakers = new Set<() => void>();
	const wakeAll = (): void => {
		for (const wake of [...wakers]) wake();
	};
	const offSpeed = clock.onSpeed(wakeAll);

	/** Real time, cut short by a change of speed and by stop. */
	function wait(ms: number): Promise<void> {
		if (isStopped || ms <= 0) return Promise.resolve();
		return new Promise((resolve) => {
			const wake = (): void => {
				callOff();
				wakers.delete(wake);
				resolve();
			};
			const callOff = timers.after(ms, wake);
			wakers.add(wake);
		});
	}

	/** Sends until it is acknowledged; the clock stands meanwhile. Null once it is, or when stopped. */
	async function send(path: string, body: string, token: string, key: string): Promise<Outcome | null> {
		for (let pause = BACK_OFF_MS; !isStopped; pause = Math.min(2 * pause, BACK_OFF_MAX_MS)) {
			const { status } = await setup
				.post(path, body, token, { 'content-type': 'application/json', 'idempotency-key': key })
				.catch(() => ({ status: 0 }));
			if (status >= 200 && status < 300) return null;
			if (!isPassing(status)) return { kind: 'refused', path, status, at: clock.now() };
			const until = timers.now() + pause;
			while (!isStopped && timers.now() < until) await wait(until - timers.now());
		}
		return null;
	}

	/** One after the other: the same seed gives the same journal. Marks follow what the sources said. */
	async function sendAll(instant: number): Promise<Outcome | null> {
		for (const { source, samples } of scenario.batchesAt(instant)) {
			const key = `${scenario.id}:${source}:${instant}`;
			const fault = await send('/api/samples', JSON.stringify({ samples }), setup.tokenOf(source), key);
			if (fault || isStopped) return fault;
		}
		for (const [index, mark] of scenario.marksAt(instant).entries()) {
			const fault = await send('/api/marks', JSON.stringify(mark), setup.markToken, `${scenario.id}:mark:${instant}:${index}`);
			if (fault || isStopped) return fault;
		}
		return null;
	}

	/** Lets virtual time run up to `instant` at the clock's speed, which may change on the way. `paced`: the real time that `clock.now()` was meant for. */
	async function runTo(instant: number, paced: number): Promise<number> {
		let real = Math.max(paced, timers.now() - CATCH_UP_MS);
		while (!isStopped && clock.now() < instant) {
			const speed = clock.speed();
			const arrival = real + (instant - clock.now()) / speed;
			if (timers.now() >= arrival) {
				clock.advanceTo(instant);
				return arrival;
			}
			await wait(Math.min(arrival - timers.now(), STEP_MS));
			const now = Math.min(timers.now(), arrival);
			if (now <= real) continue;
			// A whole number of ms of virtual time, and the real time that this much took.
			const gone = Math.floor((now - real) * speed);
			clock.advanceTo(Math.min(instant, clock.now() + gone));
			real += gone / speed;
		}
		return real;
	}

	async function run(): Promise<Outcome> {
		let paced = timers.now();
		let last = (setup.from ?? scenario.start) - 1;
		for (;;) {
			const instant = scenario.due(last);
			if (instant === null || isStopped) break;
			paced = await runTo(instant, paced);
			if (isStopped) break;
			const fault = await sendAll(instant);
			if (fault) return fault;
			last = instant;
		}
		if (isStopped) return { kind: 'stopped' };
		clock.advanceTo(scenario.end);
		clock.end();
		return { kind: 'ended' };
	}

	const done = run().finally(offSpeed);
	return {
		done,
		async stop() {
			isStopped = true;
			wakeAll();
			await done;
		},
	};
}
