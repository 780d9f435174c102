// Probes a web address: who answers, how fast, with which certificate. The body is looked at and never kept; knows no other probe.
import * as z from 'zod/mini';
import { subjectOf } from '../../shared/subject.ts';
import { ask } from './ask.ts';
import type { ConnectorKind, Reader, ReaderContext } from './connector.ts';
import { daysLeft, expected, expectedCertificate, type Finding, findingOf, hasDays, isInTime, probed, probeLook } from './probe.ts';
import { webAddress } from './settings.ts';

const httpSettings = z.strictObject({
	...probed,
	url: webAddress,
	expect: z.prefault(
		z.strictObject({
			...expected,
			...expectedCertificate,
			/** Without it any 2xx will do. Redirects are not followed: a sign-in page is not the service. */
			status: z.optional(z.array(z.int().check(z.gte(100), z.lte(599))).check(z.minLength(1, 'at least one status'))),
			/** A text that the first 256 kB of the answer must hold. */
			bodyMatch: z.optional(z.string().check(z.minLength(1, 'a text that is not empty'), z.maxLength(500, 'a text of at most 500 characters'))),
		}),
		{},
	),
});
type HttpSettings = z.infer<typeof httpSettings>;

const MAX_BODY_BYTES = 262_144;

async function probe({ url, expect }: HttpSettings, signal: AbortSignal, { now, targets }: ReaderContext): Promise<Finding> {
	const headers = { accept: '*/*', 'user-agent': 'regia' };
	const answer = await ask({ url, signal, maxBytes: MAX_BODY_BYTES, trusted: expect.trusted, headers, targets });
	if (!answer.ok) return findingOf(answer.cause);
	const { status, latencyMs } = answer;
	const certDays = daysLeft(answer.certEnds, now());
	const asExpected =
		(expect.status ? expect.status.includes(status) : status >= 200 && status < 300) &&
		isInTime(latencyMs, expect.maxLatency) &&
		hasDays(certDays, expect.certDays);
	const matches = expect.bodyMatch === undefined || answer.body.includes(expect.bodyMatch);
	// What was asked for may stand beyond what we read: then we do not know.
	if (asExpected && !matches && answer.cut) return { up: null, why: 'too-large' };
	return { up: asExpected && matches, latencyMs, certDays };
}

export const httpConnector: ConnectorKind = {
	kind: 'http',
	polled: true,
	settings: httpSettings,
	subjects: (settings) => [subjectOf('service', httpSettings.parse(settings).service)],
	open(settings, context): Reader {
		const mine = httpSettings.parse(settings);
		return {
			async read(signal) {
				const finding = await probe(mine, signal, context);
				return probeLook(mine, finding, context.now());
			},
			async close() {},
		};
	},
};
