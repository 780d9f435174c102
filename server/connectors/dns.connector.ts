// Probes a name server: asks it one name of one type, and compares where the plan says what must come. What it says stays here.
import { randomInt } from 'node:crypto';
import * as z from 'zod/mini';
import type { BlindCode } from '../../shared/sample.ts';
import { subjectOf } from '../../shared/subject.ts';
import type { ConnectorKind, Reader, ReaderContext } from './connector.ts';
import { brokenBy, converse, type Heard } from './converse.ts';
import { askByDatagram } from './dns-datagram.ts';
import { answerAs, type DnsAnswer, type DnsQuestion, nameAs, readAnswer, recordTypeNames, writeQuestion } from './dns-message.ts';
import { expected, type Finding, isInTime, probed, probeLook } from './probe.ts';
import { host, port } from './settings.ts';

const domainName = z
	.string()
	.check(z.refine((text: string) => nameAs(text) !== null, 'a name of the DNS, as ps.example.it or _ldap._tcp.example.it'));

const dnsSettings = z
	.strictObject({
		...probed,
		/** The name server. */
		host,
		port: z._default(port, 53),
		/** What it is asked. */
		name: domainName,
		type: z._default(z.enum(recordTypeNames, recordTypeNames.join(', ')), 'A'),
		/** By datagrams, and by TCP where the answer is too long for one; or by TCP alone. */
		transport: z._default(z.enum(['udp', 'tcp'], 'udp or tcp'), 'udp'),
		/** `false`: what it knows itself, without asking others. */
		recursive: z._default(z.boolean(), true),
		expect: z.prefault(
			z.strictObject({
				...expected,
				/** All of these must come, in any order; without it any answer will do. MX as `10 mail.example.it`, SRV as `10 5 389 dc.example.it`. */
				answers: z.optional(z.array(z.string().check(z.minLength(1), z.maxLength(1000))).check(z.minLength(1, 'at least one answer'))),
				/** And no others. */
				only: z._default(z.boolean(), false),
			}),
			{},
		),
	})
	.check(
		z.refine(({ type, expect }) => (expect.answers ?? []).every((one) => answerAs(type, one) !== null), {
			path: ['expect', 'answers'],
			error: 'answers of the asked type: an address, a name, MX as 10 mail.example.it, SRV as 10 5 389 dc.example.it',
		}),
		z.refine(({ expect }) => !expect.only || expect.answers !== undefined, {
			path: ['expect', 'only'],
			error: 'only, beside the answers that must come',
		}),
	);
type DnsSettings = z.infer<typeof dnsSettings>;

const MAX_BYTES = 65_537;

/** NXDOMAIN is not found, REFUSED turns away, the others say that the server can't. */
function otherwise(code: number): BlindCode {
	if (code === 3) return 'not-found';
	return code === 5 ? 'unauthorised' : 'unreachable';
}

const takeAnswer =
	(question: DnsQuestion) =>
	(bytes: Buffer): Heard<DnsAnswer> => {
		if (bytes.length < 2) return 'more';
		const end = 2 + bytes.readUInt16BE(0);
		if (bytes.length < end) return 'more';
		const answer = readAnswer(bytes.subarray(2, end), question);
		return answer === null ? 'wrong' : { value: answer, length: end };
	};

async function probe(mine: DnsSettings, signal: AbortSignal, context: ReaderContext): Promise<Finding> {
	const { targets } = context;
	const { host: server, port: at, expect, type } = mine;
	const question: DnsQuestion = { id: randomInt(65_536), name: nameAs(mine.name) ?? '', type, isRecursive: mine.recursive };
	const bytes = writeQuestion(question);
	const started = performance.now();

	const judge = ({ code, answers }: DnsAnswer): Finding => {
		const latencyMs = performance.now() - started;
		if (code !== 0) return { up: false, latencyMs, why: otherwise(code) };
		if (answers.length === 0) return { up: false, latencyMs, why: 'not-found' };
		const wanted = (expect.answers ?? []).map((one) => answerAs(type, one));
		const isAll = wanted.every((one) => one !== null && answers.includes(one));
		const isOnly = !expect.only || answers.every((one) => wanted.includes(one));
		return isAll && isOnly ? { up: isInTime(latencyMs, expect.maxLatency), latencyMs } : { up: false, latencyMs, why: 'bad-answer' };
	};

	if (mine.transport === 'udp') {
		const againMs = Math.max(100, context.source.timeout / 4);
		const told = await askByDatagram({ host: server, port: at, bytes, againMs, signal, targets, read: (one) => readAnswer(one, question) });
		if (!told.ok) return brokenBy(told.cause);
		if (!told.value.isCut) return judge(told.value);
	}
	return converse({ host: server, port: at, signal, targets, maxBytes: MAX_BYTES }, async (line) => {
		line.send(Buffer.concat([Buffer.of(bytes.length >> 8, bytes.length & 255), bytes]));
		const answer = await line.hear(takeAnswer(question));
		return answer.isCut ? { up: null, why: 'too-large' } : judge(answer);
	});
}

export const dnsConnector: ConnectorKind = {
	kind: 'dns',
	polled: true,
	settings: dnsSettings,
	subjects: (settings) => [subjectOf('service', dnsSettings.parse(settings).service)],
	open(settings, context): Reader {
		const mine = dnsSettings.parse(settings);
		return {
			async read(signal) {
				const finding = await probe(mine, signal, context);
				return probeLook(mine, finding, context.now());
			},
			async close() {},
		};
	},
};
