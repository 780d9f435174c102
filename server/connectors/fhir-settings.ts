// What a plan says of a FHIR source: where it is asked, whether it may push, and what its codes and places mean in this house.
import * as z from 'zod/mini';
import { triageCodes } from '../../shared/er.ts';
import { duration } from '../../shared/plan-values.ts';
import { id, secretName, webAddress } from './settings.ts';

const areas = z.enum(['waiting', 'treatment', 'observation', 'elsewhere']);
const outcomes = z.enum(['home', 'admitted', 'transferred', 'unseen', 'left', 'died', 'other']);
const code = z.string().check(z.minLength(1, 'a code that is not empty'), z.maxLength(200, 'a code of at most 200 characters'));
const base = webAddress.check(
	z.refine((text: string) => !/[?#]/.test(text), 'the base of the server, as https://fhir.example.it/r4, without a question in it'),
);

export const fhirSettings = z
	.strictObject({
		/** The server's base, where it is asked by Regia. */
		url: z.optional(base),
		tokenFrom: z.optional(secretName),
		/** Whether a token of this source may send Encounters to POST /api/er/fhir. */
		push: z._default(z.boolean(), false),
		/** All of it is of one site, or it is told by who provides the service, or by the place. */
		site: z.optional(id),
		sites: z.optional(z.record(code, id)),
		/** Places by their reference (Location/12), identifier or logical id → where in the emergency room that is. */
		areas: z._default(z.record(code, areas), {}),
		/** Encounter.priority by its code → the national one. */
		triage: z._default(z.record(code, z.enum(triageCodes)), { '1': '1', '2': '2', '3': '3', '4': '4', '5': '5' }),
		/** hospitalization.dischargeDisposition by its code, beside FHIR's own. */
		outcomes: z._default(z.record(code, outcomes), {}),
		/** Encounter.class of an emergency room; what else is asked for, so that an admission within the same Encounter is seen. */
		classes: z._default(z.array(code).check(z.minLength(1, 'at least one class')), ['EMER']),
		alsoClasses: z._default(z.array(code), []),
		count: z._default(z.int().check(z.gte(1, 'a number from 1 to 1000'), z.lte(1000, 'a number from 1 to 1000')), 200),
		/** How far back the first question reaches, and how far each one reaches back before what is known. */
		reach: z.prefault(duration, '48h'),
		overlap: z.prefault(duration, '2min'),
	})
	.check(
		z.refine(({ url, push }) => url !== undefined || push, { path: ['url'], error: 'the address of a FHIR server to ask, or push: true' }),
		z.refine(({ site, sites }) => (site === undefined) !== (sites === undefined), {
			path: ['site'],
			error: 'either site (an id of the plan) or sites (a map to such ids)',
		}),
	);
export type FhirSettings = z.infer<typeof fhirSettings>;
export type FhirOutcome = z.infer<typeof outcomes>;

/** FHIR R4's own codes (http://terminology.hl7.org/CodeSystem/discharge-disposition). */
export const fhirOutcomes: Readonly<Record<string, FhirOutcome>> = {
	home: 'home',
	'alt-home': 'home',
	'other-hcf': 'transferred',
	hosp: 'other',
	long: 'transferred',
	aadvice: 'left',
	exp: 'died',
	psy: 'transferred',
	rehab: 'transferred',
	snf: 'transferred',
	oth: 'other',
};

export const sitesOf = ({ site, sites }: FhirSettings): readonly string[] => (site === undefined ? [...new Set(Object.values(sites ?? {}))] : [site]);
