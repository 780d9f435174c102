// Probes a DICOM node by its own ping, C-ECHO: an association for verification, one echo, a release. Asks for no image and names no patient.
import * as z from 'zod/mini';
import { subjectOf } from '../../shared/subject.ts';
import type { ConnectorKind, Reader, ReaderContext } from './connector.ts';
import { certified, converse, type Line } from './converse.ts';
import { pduTypes, readAccept, readData, readEchoAnswer, readReject, releaseRequest, takePdu, writeEcho, writeRequest } from './dicom-pdu.ts';
import { expected, expectedCertificate, type Finding, isInTime, probed, probeLook } from './probe.ts';
import { host, port } from './settings.ts';

const entity = z
	.string()
	.check(z.regex(/^(?=.*[!-~])[ -[\]-~]{1,16}$/, 'an AE title: 1 to 16 letters, digits and signs of ASCII, without a backslash'));

const dicomEchoSettings = z
	.strictObject({
		...probed,
		host,
		port: z._default(port, 104),
		/** The node's title, and Regia's, which the node may have to know. */
		called: entity,
		calling: z._default(entity, 'REGIA'),
		tls: z._default(z.enum(['off', 'on'], 'off or on'), 'off'),
		/** The name on the certificate, where it is not the host's. */
		name: z.optional(host),
		expect: z.prefault(z.strictObject({ ...expected, ...expectedCertificate }), {}),
	})
	.check(
		z.refine(({ tls, expect }) => tls !== 'off' || expect.certDays === undefined, {
			path: ['expect', 'certDays'],
			error: 'days of a certificate with tls: on',
		}),
	);
type DicomEchoSettings = z.infer<typeof dicomEchoSettings>;

const MAX_BYTES = 65_536;
const SUCCESS = 0;
/** Reasons of the service user (PS3.8 table 9-21). */
const BY_USER = 1;
const CALLING_UNKNOWN = 3;
const CALLED_UNKNOWN = 7;

/** What a node that does not want the association says of the service. */
function rejected(body: Buffer): Finding {
	const said = readReject(body);
	if (said === null) return { up: false, why: 'bad-answer' };
	// It is Regia that is not let in: of the service that says nothing.
	if (said.source === BY_USER && said.reason === CALLING_UNKNOWN) return { up: null, why: 'unauthorised' };
	return { up: false, why: said.source === BY_USER && said.reason === CALLED_UNKNOWN ? 'not-found' : 'unauthorised' };
}

const aborted: Finding = { up: false, why: 'unreachable' };
const garbled: Finding = { up: false, why: 'bad-answer' };

/** The echo's status, or what stands in its place. */
async function hearEcho(line: Line): Promise<number | Finding> {
	const command: Buffer[] = [];
	for (;;) {
		const { type, body } = await line.hear(takePdu);
		if (type === pduTypes.abort) return aborted;
		const fragments = type === pduTypes.data ? readData(body) : null;
		if (fragments === null) return garbled;
		for (const { bytes, isLast } of fragments) {
			command.push(bytes);
			if (isLast) return readEchoAnswer(Buffer.concat(command)) ?? garbled;
		}
	}
}

function probe(mine: DicomEchoSettings, signal: AbortSignal, { now, targets }: ReaderContext): Promise<Finding> {
	return converse({ host: mine.host, port: mine.port, signal, targets, maxBytes: MAX_BYTES }, async (line) => {
		const secured = mine.tls === 'on' ? await line.secure(mine.name ?? mine.host) : null;
		line.send(writeRequest(mine.calling, mine.called));
		const { type, body } = await line.hear(takePdu);
		if (type === pduTypes.reject) return rejected(body);
		if (type === pduTypes.abort) return aborted;
		const association = type === pduTypes.accept ? readAccept(body) : 'wrong';
		if (association === 'wrong') return garbled;
		if (association === 'not-offered') {
			await line.farewell(releaseRequest);
			return { up: false, why: 'not-found' };
		}
		line.send(writeEcho());
		const status = await hearEcho(line);
		if (typeof status !== 'number') return status;
		const latencyMs = line.elapsedMs();
		await line.farewell(releaseRequest);
		const { isFine, certDays } = certified(secured, mine.expect, now());
		if (status !== SUCCESS) return { up: false, latencyMs, certDays, why: 'bad-answer' };
		return { up: isFine && isInTime(latencyMs, mine.expect.maxLatency), latencyMs, certDays };
	});
}

export const dicomEchoConnector: ConnectorKind = {
	kind: 'dicom-echo',
	polled: true,
	settings: dicomEchoSettings,
	subjects: (settings) => [subjectOf('service', dicomEchoSettings.parse(settings).service)],
	open(settings, context): Reader {
		const mine = dicomEchoSettings.parse(settings);
		return {
			async read(signal) {
				const finding = await probe(mine, signal, context);
				return probeLook(mine, finding, context.now());
			},
			async close() {},
		};
	},
};
