// Reads a heartbeat in Uptime Kuma's dialect: `?status=up|down&msg=…&ping=<ms>`. The message may hold anything and is not looked at.
import type { Result } from '../../shared/result.ts';
import { ok, refuse } from '../../shared/result.ts';
import type { Reading } from '../../shared/sample.ts';
import { heartbeatReadings, MAX_LATENCY_MS, type Speaker } from './heartbeat.ts';

/** An absent status is `up` and an empty ping is none: the address that Kuma proposes ends in `ping=`. */
export function kumaHeartbeat(query: Readonly<Record<string, unknown>>, speaker: Speaker, now: number): Result<readonly Reading[]> {
	const { status = 'up', ping = '' } = query;
	if (status !== 'up' && status !== 'down') return refuse('malformed', 'status is up or down');
	if (typeof ping !== 'string' || !/^(\d{1,12}(\.\d{1,9})?)?$/.test(ping) || Number(ping) > MAX_LATENCY_MS) {
		return refuse('malformed', 'ping is a number of milliseconds from 0 to 100000000000, or empty');
	}
	return ok(heartbeatReadings(speaker, status === 'up', ping === '' ? null : Number(ping), now));
}
