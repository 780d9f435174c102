// What a try to write found, as readings. A write probe speaks of one side, and of nothing but whether that side accepts writes.
import * as z from 'zod/mini';
import type { BlindCode } from '../../shared/sample.ts';
import { subjectOf } from '../../shared/subject.ts';
import type { Look } from './connector.ts';
import { id } from './settings.ts';

/** The settings that every write probe has. */
export const writeProbed = { service: id, side: z.enum(['old', 'new'], 'old or new') };
type WriteProbed = { readonly service: string; readonly side: 'old' | 'new' };

/** `accepted: false`: the side was asked and refused, or did not answer; `null`: Regia could not ask (rule 3). */
export type WriteFinding =
	| { readonly accepted: true }
	| { readonly accepted: false; readonly why: BlindCode }
	| { readonly accepted: null; readonly why: BlindCode };

const measures = { old: 'service.writeOld', new: 'service.writeNew' } as const;

export function writeLook({ service, side }: WriteProbed, finding: WriteFinding, at: number): Look {
	const told = { subject: subjectOf('service', service), measure: measures[side], at };
	if (finding.accepted === null) return { ok: false, why: finding.why, readings: [{ ...told, value: null, why: finding.why }] };
	return { ok: true, readings: [finding.accepted ? { ...told, value: 1 } : { ...told, value: 0, why: finding.why }] };
}
