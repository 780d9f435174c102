// Probes a mail server: its greeting, EHLO, where the plan says so TLS with its certificate, QUIT. Sends no mail and names nobody.
import * as z from 'zod/mini';
import type { BlindCode } from '../../shared/sample.ts';
import { subjectOf } from '../../shared/subject.ts';
import type { ConnectorKind, Reader, ReaderContext } from './connector.ts';
import { certified, converse, type Secured } from './converse.ts';
import { expected, expectedCertificate, type Finding, isInTime, probed, probeLook } from './probe.ts';
import { host, port } from './settings.ts';
import { type SmtpReply, takeReply } from './smtp-reply.ts';

const smtpSettings = z
	.strictObject({
		...probed,
		host,
		port: z._default(port, 25),
		/** `on`: from the first byte, as on port 465. */
		tls: z._default(z.enum(['off', 'starttls', 'on'], 'off, starttls or on'), 'off'),
		/** The name on the certificate, where it is not the host's. */
		name: z.optional(host),
		/** What Regia calls itself in EHLO. */
		as: z._default(host, 'regia.invalid'),
		expect: z.prefault(z.strictObject({ ...expected, ...expectedCertificate }), {}),
	})
	.check(
		z.refine(({ tls, expect }) => tls !== 'off' || expect.certDays === undefined, {
			path: ['expect', 'certDays'],
			error: 'days of a certificate with tls: starttls or on',
		}),
	);
type SmtpSettings = z.infer<typeof smtpSettings>;

const MAX_BYTES = 65_536;

/** A reply that is not the one that was due: 4yz is for now, 5yz turns away. */
function otherwise({ code }: SmtpReply): BlindCode {
	if (code >= 500) return 'unauthorised';
	return code >= 400 ? 'unreachable' : 'bad-answer';
}

function probe(mine: SmtpSettings, signal: AbortSignal, { now, targets }: ReaderContext): Promise<Finding> {
	const name = mine.name ?? mine.host;
	return converse({ host: mine.host, port: mine.port, signal, targets, maxBytes: MAX_BYTES }, async (line) => {
		let secured: Secured | null = mine.tls === 'on' ? await line.secure(name) : null;
		const greeting = await line.hear(takeReply);
		if (greeting.code !== 220) return { up: false, why: otherwise(greeting) };
		line.send(`EHLO ${mine.as}\r\n`);
		let hello = await line.hear(takeReply);
		if (hello.code === 250 && mine.tls === 'starttls') {
			if (!hello.words.slice(1).includes('STARTTLS')) {
				await line.farewell('QUIT\r\n');
				return { up: false, why: 'not-found' };
			}
			line.send('STARTTLS\r\n');
			const ready = await line.hear(takeReply);
			if (ready.code !== 220) return { up: false, why: otherwise(ready) };
			secured = await line.secure(name);
			line.send(`EHLO ${mine.as}\r\n`);
			hello = await line.hear(takeReply);
		}
		const latencyMs = line.elapsedMs();
		await line.farewell('QUIT\r\n');
		const { isFine, certDays } = certified(secured, mine.expect, now());
		if (hello.code !== 250) return { up: false, latencyMs, certDays, why: otherwise(hello) };
		return { up: isFine && isInTime(latencyMs, mine.expect.maxLatency), latencyMs, certDays };
	});
}

export const smtpConnector: ConnectorKind = {
	kind: 'smtp',
	polled: true,
	settings: smtpSettings,
	subjects: (settings) => [subjectOf('service', smtpSettings.parse(settings).service)],
	open(settings, context): Reader {
		const mine = smtpSettings.parse(settings);
		return {
			async read(signal) {
				const finding = await probe(mine, signal, context);
				return probeLook(mine, finding, context.now());
			},
			async close() {},
		};
	},
};
