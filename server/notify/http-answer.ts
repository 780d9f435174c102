// What an answer by HTTP says of a message: taken, to be sent again, or turned away. Knows no channel.
import type { Answer, Sent } from './channel.ts';

const MOST_RETRY_AFTER_MS = 3_600_000;

/** `Retry-After` in seconds or as a date; at most an hour, for a receiver's slip must not silence a night. */
export function retryAfterOf(written: string | undefined, now: number): number | undefined {
	if (written === undefined) return undefined;
	const text = written.trim();
	const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
	return Number.isFinite(ms) ? Math.min(Math.max(0, ms), MOST_RETRY_AFTER_MS) : undefined;
}

/** Statuses that are about the way in and not about the message: it stays in line until somebody mends the channel. */
const access = new Set([401, 403, 404, 405, 407, 410]);

export function sentBy(answer: Answer, now: number): Sent {
	if (!answer.ok) return { ok: false, why: answer.why, how: answer.why === 'not-permitted' ? 'access' : 'again' };
	const { status } = answer;
	if (status >= 200 && status < 300) return { ok: true };
	if (status === 408) return { ok: false, why: 'timeout', how: 'again' };
	if (status === 429 || status >= 500) {
		const retryAfterMs = retryAfterOf(answer.retryAfter, now);
		return { ok: false, why: 'refused', how: 'again', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
	}
	if (access.has(status)) return { ok: false, why: status === 404 || status === 405 || status === 410 ? 'refused' : 'unauthorised', how: 'access' };
	if (status >= 400) return { ok: false, why: 'refused', how: 'message' };
	// A redirect leads somewhere that nobody checked; any other status is none that a receiver of messages has.
	return { ok: false, why: 'bad-answer', how: 'access' };
}
