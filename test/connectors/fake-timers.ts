// Timers that move only when told to, with a clock to match. Each step lets promises settle.
import type { Timers } from '../../server/connectors/poller.ts';

export type FakeTimers = Timers & {
	now(): number;
	/** Moves the clock on by so many ms, running what falls due, in order. */
	pass(ms: number): Promise<void>;
	/** Moves the clock at once: nothing runs in between, as when the machine stood still. */
	jump(ms: number): void;
};

const settle = async (): Promise<void> => {
	for (let i = 0; i < 20; i += 1) await Promise.resolve();
};

export function fakeTimers(start = 1_000_000): FakeTimers {
	let now = start;
	let count = 0;
	const waiting = new Map<unknown, { readonly due: number; run(): void }>();
	return {
		now: () => now,
		set(run, ms) {
			count += 1;
			waiting.set(count, { due: now + ms, run });
			return count;
		},
		clear: (timer) => void waiting.delete(timer),
		jump(ms) {
			now += ms;
		},
		async pass(ms) {
			const end = now + ms;
			await settle();
			for (;;) {
				const [next] = [...waiting].filter(([, { due }]) => due <= end).sort(([, a], [, b]) => a.due - b.due);
				if (!next) break;
				waiting.delete(next[0]);
				now = Math.max(now, next[1].due);
				next[1].run();
				await settle();
			}
			now = Math.max(now, end);
			await settle();
		},
	};
}
