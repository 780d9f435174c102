// A real clock for rehearsals that stands still until told: the earliest timer fires next.
import type { Timers } from '../../server/rehearsal/runner.ts';

export type FakeTime = Timers & {
	/** Lets everything that is under way settle, then fires timers up to `ms` from now, one after the other. */
	pass(ms: number): Promise<void>;
	waiting(): number;
};

export const settle = async (): Promise<void> => {
	for (let i = 0; i < 60; i++) await Promise.resolve();
};

export function createFakeTime(): FakeTime {
	let now = 0;
	const timers = new Map<object, { readonly at: number; readonly then: () => void }>();
	return {
		now: () => now,
		after(ms, then) {
			const key = {};
			timers.set(key, { at: now + ms, then });
			return () => timers.delete(key);
		},
		async pass(ms) {
			const until = now + ms;
			for (;;) {
				await settle();
				const [next] = [...timers].sort(([, a], [, b]) => a.at - b.at);
				if (!next || next[1].at > until) break;
				now = Math.max(now, next[1].at);
				timers.delete(next[0]);
				next[1].then();
			}
			now = until;
			await settle();
		},
		waiting: () => timers.size,
	};
}
