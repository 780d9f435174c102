// Probes a port: does it accept a connection, and how fast. Says nothing to it and reads nothing from it.
import { createConnection } from 'node:net';
import * as z from 'zod/mini';
import { subjectOf } from '../../shared/subject.ts';
import { causeOf } from './cause.ts';
import type { ConnectorKind, Reader } from './connector.ts';
import { expected, type Finding, findingOf, isInTime, probed, probeLook } from './probe.ts';
import { host, port } from './settings.ts';
import { anyTarget, type Targets } from './targets.ts';

const tcpSettings = z.strictObject({ ...probed, host, port, expect: z.prefault(z.strictObject(expected), {}) });
type TcpSettings = z.infer<typeof tcpSettings>;

function probe(settings: TcpSettings, signal: AbortSignal, targets: Targets = anyTarget): Promise<Finding> {
	const { promise, resolve } = Promise.withResolvers<Finding>();
	if (signal.aborted) return Promise.resolve(findingOf('timeout'));
	if (!targets.mayBe(settings.host)) return Promise.resolve(findingOf('forbidden'));
	const started = performance.now();
	const socket = createConnection({ host: settings.host, port: settings.port, lookup: targets.lookup });
	const settle = (finding: Finding): void => {
		signal.removeEventListener('abort', onAbort);
		socket.destroy();
		resolve(finding);
	};
	const onAbort = (): void => settle(findingOf('timeout'));
	signal.addEventListener('abort', onAbort);
	socket.on('error', (error) => settle(findingOf(causeOf(error))));
	socket.on('connect', () => {
		const latencyMs = performance.now() - started;
		settle({ up: isInTime(latencyMs, settings.expect.maxLatency), latencyMs });
	});
	return promise;
}

export const tcpConnector: ConnectorKind = {
	kind: 'tcp',
	polled: true,
	settings: tcpSettings,
	subjects: (settings) => [subjectOf('service', tcpSettings.parse(settings).service)],
	open(settings, context): Reader {
		const mine = tcpSettings.parse(settings);
		return {
			async read(signal) {
				const finding = await probe(mine, signal, context.targets);
				return probeLook(mine, finding, context.now());
			},
			async close() {},
		};
	},
};
