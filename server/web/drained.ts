// Waits for a slow reader of a long answer.
import type { ServerResponse } from 'node:http';

/** Resolves once the reader has taken what was written, or is gone. */
export function drained(response: ServerResponse): Promise<void> {
	return new Promise((resolve) => {
		const done = (): void => {
			response.off('drain', done).off('close', done);
			resolve();
		};
		response.once('drain', done).once('close', done);
	});
}
