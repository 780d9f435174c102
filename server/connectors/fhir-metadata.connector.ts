// Probes a FHIR server by its own description of itself ([base]/metadata): is it there, of which version, how fast. Keeps none of it.
import * as z from 'zod/mini';
import { subjectOf } from '../../shared/subject.ts';
import { ask } from './ask.ts';
import type { ConnectorKind, Reader, ReaderContext } from './connector.ts';
import { brokenBy } from './converse.ts';
import { parseTree, textIn } from './json-tree.ts';
import { daysLeft, expected, expectedCertificate, type Finding, hasDays, isInTime, probed, probeLook } from './probe.ts';
import { secretName, webAddress } from './settings.ts';

const fhirMetadataSettings = z.strictObject({
	...probed,
	/** The base, as https://fhir.example.it/r4. */
	url: webAddress.check(z.refine((text: string) => URL.parse(text)?.search === '' && !text.includes('#'), 'a base address without ? and #')),
	tokenFrom: z.optional(secretName),
	expect: z.prefault(
		z.strictObject({
			...expected,
			...expectedCertificate,
			/** 4.0 is any 4.0.x. Without it any version will do. */
			fhirVersion: z.optional(z.string().check(z.regex(/^\d{1,2}(\.\d{1,2}){0,2}$/, 'a version of FHIR, as 4.0 or 4.0.1'))),
		}),
		{},
	),
});
type FhirMetadataSettings = z.infer<typeof fhirMetadataSettings>;

/** Descriptions of large servers have some megabytes. */
const MAX_BYTES = 8_388_608;

/** The version that a capability statement tells, or null where it is none. */
export function versionIn(body: string): string | null {
	const tree = parseTree(body);
	const version = textIn(tree, 'fhirVersion');
	return textIn(tree, 'resourceType') === 'CapabilityStatement' &&
		version !== undefined &&
		/^\d{1,2}\.\d{1,2}\.\d{1,2}(-[\w.-]{1,40})?$/.test(version)
		? version
		: null;
}

async function probe(mine: FhirMetadataSettings, signal: AbortSignal, { now, targets, secret }: ReaderContext): Promise<Finding> {
	const token = mine.tokenFrom === undefined ? null : secret(mine.tokenFrom);
	if (token === undefined) return { up: null, why: 'unauthorised' };
	const { expect } = mine;
	const answer = await ask({
		url: `${mine.url.replace(/\/$/, '')}/metadata`,
		signal,
		maxBytes: MAX_BYTES,
		trusted: expect.trusted,
		headers: { accept: 'application/fhir+json', 'user-agent': 'regia', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
		targets,
	});
	if (!answer.ok) return brokenBy(answer.cause);
	const { status, latencyMs } = answer;
	// It is Regia that is not let in.
	if (status === 401 || status === 403) return { up: null, why: 'unauthorised' };
	const certDays = daysLeft(answer.certEnds, now());
	if (status !== 200) return { up: false, latencyMs, certDays, why: status === 404 || status === 410 ? 'not-found' : 'unreachable' };
	if (answer.cut) return { up: null, why: 'too-large' };
	const version = versionIn(answer.body);
	if (version === null) return { up: false, latencyMs, certDays, why: 'bad-answer' };
	const wanted = expect.fhirVersion;
	const isVersion = wanted === undefined || version === wanted || version.startsWith(`${wanted}.`);
	return { up: isVersion && hasDays(certDays, expect.certDays) && isInTime(latencyMs, expect.maxLatency), latencyMs, certDays };
}

export const fhirMetadataConnector: ConnectorKind = {
	kind: 'fhir-metadata',
	polled: true,
	settings: fhirMetadataSettings,
	subjects: (settings) => [subjectOf('service', fhirMetadataSettings.parse(settings).service)],
	open(settings, context): Reader {
		const mine = fhirMetadataSettings.parse(settings);
		return {
			async read(signal) {
				const finding = await probe(mine, signal, context);
				return probeLook(mine, finding, context.now());
			},
			async close() {},
		};
	},
};
