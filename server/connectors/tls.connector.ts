// Probes a TLS port: does the handshake succeed, is the certificate one we trust, how many days has it left.
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import * as z from 'zod/mini';
import { subjectOf } from '../../shared/subject.ts';
import { causeOf } from './cause.ts';
import type { ConnectorKind, Reader, ReaderContext } from './connector.ts';
import { daysLeft, expected, expectedCertificate, type Finding, findingOf, hasDays, isInTime, probed, probeLook } from './probe.ts';
import { host, port } from './settings.ts';
import { anyTarget } from './targets.ts';

const tlsSettings = z.strictObject({
	...probed,
	host,
	port,
	/** The name asked for, where it is not the host's. */
	name: z.optional(host),
	expect: z.prefault(z.strictObject({ ...expected, ...expectedCertificate }), {}),
});
type TlsSettings = z.infer<typeof tlsSettings>;

function probe(settings: TlsSettings, signal: AbortSignal, { now, targets = anyTarget }: ReaderContext): Promise<Finding> {
	const { promise, resolve } = Promise.withResolvers<Finding>();
	if (signal.aborted) return Promise.resolve(findingOf('timeout'));
	if (!targets.mayBe(settings.host)) return Promise.resolve(findingOf('forbidden'));
	const { expect } = settings;
	const name = settings.name ?? settings.host;
	const started = performance.now();
	// An untrusted certificate is looked at all the same: its days are worth knowing.
	const socket = connect({
		host: settings.host,
		port: settings.port,
		lookup: targets.lookup,
		rejectUnauthorized: false,
		...(isIP(name) === 0 ? { servername: name } : {}),
	});
	const settle = (finding: Finding): void => {
		signal.removeEventListener('abort', onAbort);
		socket.destroy();
		resolve(finding);
	};
	const onAbort = (): void => settle(findingOf('timeout'));
	signal.addEventListener('abort', onAbort);
	socket.on('error', (error) => settle(findingOf(causeOf(error))));
	socket.on('close', () => settle(findingOf('refused')));
	socket.on('secureConnect', () => {
		const latencyMs = performance.now() - started;
		const ends = Date.parse(socket.getPeerCertificate().valid_to ?? '');
		const certDays = daysLeft(Number.isFinite(ends) ? ends : null, now());
		const fine = (socket.authorized || !expect.trusted) && hasDays(certDays, expect.certDays) && isInTime(latencyMs, expect.maxLatency);
		settle({ up: fine, latencyMs, certDays });
	});
	return promise;
}

export const tlsConnector: ConnectorKind = {
	kind: 'tls',
	polled: true,
	settings: tlsSettings,
	subjects: (settings) => [subjectOf('service', tlsSettings.parse(settings).service)],
	open(settings, context): Reader {
		const mine = tlsSettings.parse(settings);
		return {
			async read(signal) {
				const finding = await probe(mine, signal, context);
				return probeLook(mine, finding, context.now());
			},
			async close() {},
		};
	},
};
