// What a probe of a service found, as readings. Knows neither how it was looked for nor who else looks.
import * as z from 'zod/mini';
import { duration } from '../../shared/plan-values.ts';
import type { BlindCode, Reading } from '../../shared/sample.ts';
import { subjectOf } from '../../shared/subject.ts';
import { blindBy, type Cause } from './cause.ts';
import type { Look } from './connector.ts';
import { id } from './settings.ts';

/** The settings that every probe has. */
export const probed = { service: id, side: z.optional(z.enum(['old', 'new'], 'old or new')) };

export const expected = { maxLatency: z.optional(duration) };

/** For certificates: `certDays` is the least that still counts as answering; `trusted: false` accepts a certificate of unknown origin. */
export const expectedCertificate = {
	certDays: z.optional(z.int().check(z.gte(0, 'a number of days, 0 or more'))),
	trusted: z._default(z.boolean(), true),
};

export type Probed = { readonly service: string; readonly side?: 'old' | 'new' | undefined };

/** `up: false`: the target was reached and is not as it must be, or refused, or did not answer in time; `why`, where the probe can tell these apart. */
export type Finding =
	| { readonly up: boolean; readonly latencyMs?: number; readonly certDays?: number | null; readonly why?: BlindCode }
	| { readonly up: null; readonly why: BlindCode };

const DAY_MS = 86_400_000;

/** Whole days left; negative once it has ended. */
export const daysLeft = (certEnds: number | null, now: number): number | null => (certEnds === null ? null : Math.floor((certEnds - now) / DAY_MS));

/** What a failed conversation says of its target: nothing, where the failure is this machine's own, or the plan does not let it be asked. */
export const findingOf = (cause: Cause): Finding => (cause === 'ours' || cause === 'forbidden' ? { up: null, why: blindBy(cause) } : { up: false });

const suffix = { old: 'Old', new: 'New' } as const;

export function probeLook({ service, side }: Probed, finding: Finding, at: number): Look {
	const subject = subjectOf('service', service);
	const which = side ? suffix[side] : '';
	const measure = `service.up${which}`;
	if (finding.up === null) return { ok: false, why: finding.why, readings: [{ subject, measure, value: null, at, why: finding.why }] };
	const told = finding.up || finding.why === undefined ? {} : { why: finding.why };
	const readings: Reading[] = [{ subject, measure, value: finding.up ? 1 : 0, at, ...told }];
	if (finding.latencyMs !== undefined) {
		readings.push({ subject, measure: `service.latency${which}`, value: Math.round(finding.latencyMs * 10) / 10, unit: 'ms', at });
	}
	if (typeof finding.certDays === 'number') {
		readings.push({ subject, measure: 'service.certDays', value: finding.certDays, unit: 'day', at });
	}
	return { ok: true, readings };
}

/** Whether an answer came within what the plan expects of it. */
export const isInTime = (latencyMs: number, maxLatencyMs: number | undefined): boolean => maxLatencyMs === undefined || latencyMs <= maxLatencyMs;

/** A certificate with fewer days than the plan demands counts as not answering. */
export const hasDays = (left: number | null, least: number | undefined): boolean => least === undefined || (left !== null && left >= least);
