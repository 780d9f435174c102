// Who speaks HL7 to us over MLLP: only the settings of one sender live here. mllp-listener.ts receives for all of them on one port.
import * as z from 'zod/mini';
import { triageCodes } from '../../shared/er.ts';
import { network, zone } from '../../shared/plan-values.ts';
import { subjectOf } from '../../shared/subject.ts';
import type { ConnectorKind } from './connector.ts';
import { fallbackCharset } from './hl7-charset.ts';
import { parseCodedPath } from './hl7-codes.ts';
import { id } from './settings.ts';

const word = z.string().check(z.minLength(1), z.maxLength(180), z.regex(/^[^|^~\\&\r\n]+$/, 'a name as MSH gives it, without | ^ ~ \\ &'));
const location = z
	.string()
	.check(z.regex(/^(?=.*[^^])[^|~\\&\r\n]{1,180}$/, 'the beginning of a PV1-3, as PS or PS^BOX or ^^^HSM; an empty component stands for any'));
const area = z.enum(['waiting', 'treatment', 'observation', 'elsewhere']);
const path = z
	.string()
	.check(
		z.refine((text: string) => parseCodedPath(text) !== null, 'a place as PV2-25, ZPS-2.1 or OBX[3.1=11283-9]-5.1, in PV1, PV2, OBX or a Z segment'),
	);
const code = z.string().check(z.minLength(1), z.maxLength(40));
const disposition = z.enum(['home', 'admitted', 'transferred', 'unseen', 'left', 'died', 'other', 'observation']);

export const mllpSettings = z
	.strictObject({
		/** MSH-3.1 and MSH-4.1 of its messages; the source that names more of them is meant. */
		application: z.optional(word),
		facility: z.optional(word),
		/** The emergency room that it speaks of, where its locations don't say. */
		site: z.optional(id),
		/** Beginnings of PV1-3 → which emergency room that is, and which part of it; the longest one that fits counts. */
		locations: z._default(z.record(location, z.strictObject({ site: z.optional(id), area: z.optional(area) })), {}),
		zone: z._default(zone, 'Europe/Rome'),
		/** For messages that don't say theirs and are no UTF-8. */
		charset: fallbackCharset,
		/** Where the triage stands; the first place that says one counts. */
		triage: z._default(z.array(path), ['OBX[3.1=11283-9]-5.1']),
		/** Codes of its own, beside the national ones and the colours' letters. */
		triageCodes: z._default(z.record(code, z.enum(triageCodes)), {}),
		/** PV1-36 → how it ended, beside the ministry's 1 to 11. */
		outcomes: z._default(z.record(code, disposition), {}),
		/** From where it may speak; anywhere that reaches the port, where left out. */
		addresses: z.optional(z.array(network).check(z.minLength(1))),
	})
	.check(
		z.refine(
			({ site, locations }) => site !== undefined || Object.keys(locations).length > 0,
			'a "site", or "locations" that each name theirs, as site: san-martino',
		),
		z.refine(
			({ site, locations }) => site !== undefined || Object.values(locations).every((one) => one.site !== undefined),
			'a "site" for the locations that name none',
		),
	);
export type MllpSettings = z.infer<typeof mllpSettings>;

export const mllpConnector: ConnectorKind = {
	kind: 'mllp',
	polled: false,
	settings: mllpSettings,
	subjects(settings) {
		const { site, locations } = mllpSettings.parse(settings);
		const sites = [site, ...Object.values(locations).map((one) => one.site)].filter((one) => one !== undefined);
		return [...new Set(sites)].map((one) => subjectOf('site', one));
	},
	open() {
		throw new Error('an mllp source is not opened: it speaks to us');
	},
};
