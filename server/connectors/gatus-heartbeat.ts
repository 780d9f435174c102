// Reads a heartbeat in Gatus' dialect: `?success=true|false&error=…&duration=10s`. The error's text is not looked at.
import type { Result } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import type { Reading } from '../../shared/sample.ts';
import { heartbeatReadings, MAX_LATENCY_MS, type Speaker } from './heartbeat.ts';

/** A duration as Go writes it: `10s`, `1m30s`, `250ms`, `1.5h`. */
const part = /(\d{1,12}(?:\.\d{1,9})?)(ns|us|µs|μs|ms|s|m|h)/g;
const whole = /^(?:\d{1,12}(?:\.\d{1,9})?(?:ns|us|µs|μs|ms|s|m|h)){1,8}$/;
const msOf: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, μs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

function goDurationMs(text: string): number | null {
	if (text === '0') return 0;
	if (!whole.test(text)) return null;
	let sum = 0;
	for (const [, figure, unit] of text.matchAll(part)) sum += Number(figure) * (msOf[unit ?? ''] ?? Number.NaN);
	return sum <= MAX_LATENCY_MS ? sum : null;
}

export function gatusHeartbeat(query: Readonly<Record<string, unknown>>, speaker: Speaker, now: number): Result<readonly Reading[]> {
	const { success, duration = '' } = query;
	if (success !== 'true' && success !== 'false') return refuse('malformed', 'success is true or false');
	const latencyMs = typeof duration === 'string' && duration !== '' ? goDurationMs(duration) : null;
	if (duration !== '' && latencyMs === null) return refuse('malformed', 'duration is a length of time as 10s, 250ms or 1m30s');
	return ok(heartbeatReadings(speaker, success === 'true', latencyMs, now));
}
