// Waits for a condition with a deadline. For conditions outside this process, where there is no event to wait on.
import { setTimeout as pause } from 'node:timers/promises';

/** Asks again every few milliseconds; rejects with `what` when the deadline has passed. */
export async function until<T>(what: string, ask: () => T | Promise<T>, deadlineMs = 10_000): Promise<NonNullable<T>> {
	const end = performance.now() + deadlineMs;
	for (;;) {
		const found = await ask();
		if (found !== null && found !== undefined && found !== false) return found;
		if (performance.now() > end) throw new Error(`not within ${deadlineMs} ms: ${what}`);
		await pause(10);
	}
}
