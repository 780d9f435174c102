// What a heartbeat amounts to, whoever's dialect it came in. Keeps no text of the sender.
import type { Reading } from '../../shared/sample.ts';
import { subjectOf } from '../../shared/subject.ts';

/** Whom it speaks for: a service where the plan's push source names one, else only the source itself. */
export type Speaker = { readonly source: string; readonly service?: string | undefined };

export const MAX_LATENCY_MS = 1e11;

export function heartbeatReadings({ source, service }: Speaker, up: boolean, latencyMs: number | null, at: number): readonly Reading[] {
	const value = up ? 1 : 0;
	if (service === undefined) return [{ subject: subjectOf('source', source), measure: 'source.beat', value, at }];
	const subject = subjectOf('service', service);
	const readings: Reading[] = [{ subject, measure: 'service.up', value, at }];
	if (latencyMs !== null) readings.push({ subject, measure: 'service.latency', value: latencyMs, unit: 'ms', at });
	return readings;
}
