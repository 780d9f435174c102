// Drives a scenario through the public interfaces in lock-step virtual time: nothing comes due before what was due is acknowledged.
// Knows no server: `post` is HTTP, `timers` the real clock, both handed in.
import type { RehearsalClock } from './rehearsal-clock.ts';
import type { Scenario, ScenarioMark } from './scenario.ts';

/** `body` is the answer's text, where it has one. */
export type Answered = { readonly status: number; readonly body?: string };
export type Post = (path: string, body: string, token: string, headers: Readonly<Record<string, string>>) => Promise<Answered>;

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
	| { readonly kind: 'refused'; readonly path: string; readonly status: number; readonly at: number; readonly why?: string };

export type Rehearsing = {
	/** Resolves when the night is over, was stopped, or was refused; never rejects. */
	readonly done: Promise<Outcome>;
	/** No new batch; resolves when the one under way is answered. */
	stop(): Promise<void>;
};

export type RehearsalSetup = {
	readonly scenario: Scenario;
	readonly clock: RehearsalClock;
	/** `body` is JSON. Resolves with the answer; rejects where there was none. */
	readonly post: Post;
	readonly tokenOf: (source: string) => string;
	/** One HL7 message over MLLP, as this source. Resolves with the answer's code, rejects where there was none. */
	readonly deliver?: (source: string, message: string) => Promise<string>;
	/** Who makes a mark: a person's token; the rehearsal's own commander's where the scenario names nobody. */
	readonly markToken: (by: string | undefined) => string;
	/** Told of a mark that cannot be made as the night stands; the rehearsal goes on without it. */
	passedOver?(mark: ScenarioMark['mark'], refusal: Extract<Outcome, { kind: 'refused' }>): void;
	/** Resolves once the server has written what it notes by itself at this moment; the clock stands until then. */
	settle?(): Promise<void>;
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
const NOT_ARMED = 428;
/** The night stands otherwise than the script has it: somebody who takes part in it has marked something else. */
const NOT_NOW = 409;
/** A nonce may run out while the server cannot write. */
const ARM_TRIES = 5;
/** A message that is not taken may be for later, and its answer does not say so: after so many times it is the scenario's fault. */
const MESSAGE_TRIES = 8;

function wordIn(body: string | undefined, key: 'nonce' | 'detail'): string | null {
	try {
		const word = (JSON.parse(body ?? '') as Record<string, unknown>)[key];
		return typeof word === 'string' ? word : null;
	} catch {
		return null;
	}
}

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

	/** Sends until there is an answer that is not for later; the clock stands meanwhile. Null when stopped. */
	async function send(path: string, body: object, token: string, key?: string): Promise<Answered | null> {
		const headers = { 'content-type': 'application/json', ...(key === undefined ? {} : { 'idempotency-key': key }) };
		for (let pause = BACK_OFF_MS; !isStopped; pause = Math.min(2 * pause, BACK_OFF_MAX_MS)) {
			const answer = await setup.post(path, JSON.stringify(body), token, headers).catch(() => ({ status: 0 }));
			if (!isPassing(answer.status)) return answer;
			await backOff(pause);
		}
		return null;
	}

	function faultOf(path: string, answer: Answered | null): Outcome | null {
		if (answer === null || (answer.status >= 200 && answer.status < 300)) return null;
		const why = wordIn(answer.body, 'detail');
		return { kind: 'refused', path, status: answer.status, at: clock.now(), ...(why === null ? {} : { why }) };
	}

	/** Real time until what went unanswered is sent again. */
	async function backOff(pause: number): Promise<void> {
		const until = timers.now() + pause;
		while (!isStopped && timers.now() < until) await wait(until - timers.now());
	}

	async function sendMessage(source: string, message: string): Promise<Outcome | null> {
		let refused = 0;
		for (let pause = BACK_OFF_MS; !isStopped; pause = Math.min(2 * pause, BACK_OFF_MAX_MS)) {
			const code = (await setup.deliver?.(source, message).catch(() => null)) ?? null;
			if (code === 'AA') return null;
			if (code !== null) refused += 1;
			if (code !== null && refused >= MESSAGE_TRIES) return { kind: 'refused', path: `mllp/${source}`, status: 0, at: clock.now(), why: code };
			await backOff(pause);
		}
		return null;
	}

	/** What has to be armed is answered so: it is armed as the same person, and sent again under its key. */
	async function sendMark({ mark, by }: ScenarioMark, key: string): Promise<Outcome | null> {
		const token = setup.markToken(by);
		let path = '/api/marks';
		let answer = await send(path, mark, token, key);
		for (let tries = 0; tries < ARM_TRIES && answer?.status === NOT_ARMED; tries += 1) {
			const armed = await send('/api/arm', { mark }, token);
			const nonce = wordIn(armed?.body, 'nonce');
			if (nonce === null) path = '/api/arm';
			answer = nonce === null ? armed : await send(path, { mark, nonce }, token, key);
		}
		const fault = faultOf(path, answer);
		if (fault?.kind !== 'refused' || fault.status !== NOT_NOW) return fault;
		setup.passedOver?.(mark, fault);
		return null;
	}

	/**
	 * One after the other, each answered before the next: the same seed gives the same journal. Messages and counts follow what the
	 * sources said, marks follow them, and what the server notes by itself follows all.
	 */
	async function sendAll(instant: number): Promise<Outcome | null> {
		for (const { source, samples } of scenario.batchesAt(instant)) {
			const answer = await send('/api/samples', { samples }, setup.tokenOf(source), `${scenario.id}:${source}:${instant}`);
			const fault = faultOf('/api/samples', answer);
			if (fault || isStopped) return fault;
		}
		for (const { source, messages } of setup.deliver ? (scenario.messagesAt?.(instant) ?? []) : []) {
			for (const message of messages) {
				const fault = await sendMessage(source, message);
				if (fault || isStopped) return fault;
			}
		}
		for (const { source, site, count } of scenario.countsAt?.(instant) ?? []) {
			const path = `/api/er/${site}/count`;
			const fault = faultOf(path, await send(path, count, setup.tokenOf(source), `${scenario.id}:count:${site}:${instant}`));
			if (fault || isStopped) return fault;
		}
		for (const [index, one] of scenario.marksAt(instant).entries()) {
			const fault = await sendMark(one, `${scenario.id}:mark:${instant}:${index}`);
			if (fault || isStopped) return fault;
		}
		await setup.settle?.();
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
