// Probes an HL7 v2 listener by MLLP: sends a header that speaks of nobody and waits for its acknowledgement. Keeps nothing of the answer.
import { randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { subjectOf } from '../../shared/subject.ts';
import type { ConnectorKind, Reader, ReaderContext } from './connector.ts';
import { certified, converse, type Heard, type Secured } from './converse.ts';
import { type Hl7Message, readMessage } from './hl7-message.ts';
import { createFramer } from './mllp-framer.ts';
import { expected, expectedCertificate, type Finding, isInTime, probed, probeLook } from './probe.ts';
import { host, port } from './settings.ts';

const codes = ['AA', 'AE', 'AR', 'CA', 'CE', 'CR'] as const;
type AckCode = (typeof codes)[number];

const kindOfMessage = z.string().check(z.regex(/^[A-Z][A-Z0-9]{2}$/, 'three capitals or digits, as NMD or N02'));
const named = z.string().check(z.regex(/^[A-Za-z0-9 ._-]{1,64}$/, 'a name of letters, digits, blanks, dots and hyphens, at most 64'));

const mllpEchoSettings = z
	.strictObject({
		...probed,
		host,
		port,
		tls: z._default(z.enum(['off', 'on'], 'off or on'), 'off'),
		/** The name on the certificate, where it is not the host's. */
		name: z.optional(host),
		/** Of the message, which is its header and nothing else: a notice of a listener's own state (NMD^N02) unless the plan says otherwise. */
		type: z._default(kindOfMessage, 'NMD'),
		trigger: z._default(kindOfMessage, 'N02'),
		version: z._default(z.string().check(z.regex(/^2\.\d(\.\d)?$/, 'a version of HL7 v2, as 2.5')), '2.5'),
		processing: z._default(z.enum(['P', 'T', 'D'], 'P, T or D'), 'P'),
		/** MSH-3 and MSH-4, MSH-5 and MSH-6. */
		from: z.prefault(z.strictObject({ application: z._default(named, 'REGIA'), facility: z._default(named, 'REGIA') }), {}),
		to: z.prefault(z.strictObject({ application: z.optional(named), facility: z.optional(named) }), {}),
		expect: z.prefault(
			z.strictObject({
				...expected,
				...expectedCertificate,
				/** Which acknowledgements count as answering; who refuses the message has answered too. */
				codes: z._default(z.array(z.enum(codes, codes.join(', '))).check(z.minLength(1, 'at least one code')), [...codes]),
			}),
			{},
		),
	})
	.check(
		z.refine(({ tls, expect }) => tls !== 'off' || expect.certDays === undefined, {
			path: ['expect', 'certDays'],
			error: 'days of a certificate with tls: on',
		}),
	);
type MllpEchoSettings = z.infer<typeof mllpEchoSettings>;

const MAX_BYTES = 65_536;
const meanings = new Map<string, AckCode>(codes.map((code) => [code, code]));

/** One segment, without a person in it. */
export function pingOf({ type, trigger, version, processing, from, to }: MllpEchoSettings, id: string, now: number): string {
	const at = `${new Date(now).toISOString().replace(/\D/g, '').slice(0, 14)}+0000`;
	const parties = [from.application, from.facility, to.application ?? '', to.facility ?? ''].join('|');
	return `\x0bMSH|^~\\&|${parties}|${at}||${type}^${trigger}|${id}|${processing}|${version}\r\x1c\r`;
}

/** The first frame, where it is a message; who talks without a frame is not waited for. */
export function takeMessage(bytes: Buffer): Heard<Hl7Message> {
	const framer = createFramer(MAX_BYTES);
	const [frame] = framer.push(bytes);
	if (framer.junk() > 0 && frame === undefined) return 'wrong';
	if (frame === undefined) return 'more';
	if (frame.kind !== 'whole') return 'wrong';
	const read = readMessage(frame.bytes, 'windows-1252');
	return read.ok ? { value: read.message, length: bytes.length } : 'wrong';
}

/** What an answer acknowledges this message with; null where it is another's, or no acknowledgement. */
export function codeIn(answer: Hl7Message, id: string): AckCode | null {
	const field = (nth: number) => ({ segment: 'MSA', field: nth, component: 1, where: null });
	const isMine = answer.coded(field(2), new Map([[id, true]])) === true;
	const code = answer.coded(field(1), meanings);
	return isMine && code !== 'cleared' ? code : null;
}

function probe(mine: MllpEchoSettings, signal: AbortSignal, { now, targets }: ReaderContext): Promise<Finding> {
	return converse({ host: mine.host, port: mine.port, signal, targets, maxBytes: MAX_BYTES }, async (line) => {
		const secured: Secured | null = mine.tls === 'on' ? await line.secure(mine.name ?? mine.host) : null;
		const id = randomBytes(8).toString('hex').toUpperCase();
		line.send(pingOf(mine, id, now()));
		const code = codeIn(await line.hear(takeMessage), id);
		const latencyMs = line.elapsedMs();
		const { isFine, certDays } = certified(secured, mine.expect, now());
		if (code === null) return { up: false, latencyMs, certDays, why: 'bad-answer' };
		if (!mine.expect.codes.includes(code)) return { up: false, latencyMs, certDays, why: 'unauthorised' };
		return { up: isFine && isInTime(latencyMs, mine.expect.maxLatency), latencyMs, certDays };
	});
}

export const mllpEchoConnector: ConnectorKind = {
	kind: 'mllp-echo',
	polled: true,
	settings: mllpEchoSettings,
	subjects: (settings) => [subjectOf('service', mllpEchoSettings.parse(settings).service)],
	open(settings, context): Reader {
		const mine = mllpEchoSettings.parse(settings);
		return {
			async read(signal) {
				const finding = await probe(mine, signal, context);
				return probeLook(mine, finding, context.now());
			},
			async close() {},
		};
	},
};
