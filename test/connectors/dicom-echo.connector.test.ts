// The probe of DICOM nodes against a real Orthanc and DCMTK's storescp where they are, against what these answered once (recorded), and
// against an acceptor of its own that rejects, aborts, stalls, breaks off, fragments and speaks TLS. Its reader gets wounded bytes.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dicomEchoConnector } from '../../server/connectors/dicom-echo.connector.ts';
import { readAccept, readData, readEchoAnswer, takePdu } from '../../server/connectors/dicom-pdu.ts';
import { connectorContract, MARKER } from '../contracts/connector-contract.ts';
import { freePort } from '../kit/free-port.ts';
import { findTool } from '../kit/tool.ts';
import { until } from '../kit/until.ts';
import { certificate, opensslPath } from '../kit/web-service.ts';
import { chanceOf, figuresOf, lookAt, probeRules, startTalker, wound } from './probe-kit.ts';

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
/** What Orthanc 1.10.1 answered to Regia: A-ASSOCIATE-AC, C-ECHO-RSP in two PDUs as they came, A-RELEASE-RP; and its refusals. */
const recorded = {
	accept: hex(
		'0200000000b8000100004f525448414e4320202020202020202052454749412020202020202020202020000000000000000000000000000000000000000000000000000000000000000010000015312e322e3834302e31303030382e332e312e312e31210000190100000040000011312e322e3834302e31303030382e312e325000003a51000004000040005200001b312e322e3237362e302e373233303031302e332e302e332e362e375500000f4f464649535f44434d544b5f333637',
	),
	echo: [
		hex('040000000054000000500103'),
		hex(
			'0000000004000000420000000000020012000000312e322e3834302e31303030382e312e310000000001020000003080000020010200000001000000000802000000010100000009020000000000',
		),
	],
	release: hex('06000000000400000000'),
	calledUnknown: hex('03000000000400010107'),
	callingUnknown: hex('03000000000400010103'),
	noReason: hex('03000000000400010101'),
	congested: hex('03000000000400020301'),
	abort: hex('07000000000400000000'),
} as const;
const [echoHead, echoCommand] = recorded.echo;
const echo = Buffer.concat(recorded.echo);

/** The recorded echo with these bytes in place of those at `at`. */
const bent = (bytes: Buffer, at: number, ...other: number[]): Buffer =>
	Buffer.concat([bytes.subarray(0, at), Buffer.from(other), bytes.subarray(at + other.length)]);

type Answers = { readonly request?: readonly Buffer[]; readonly echo?: readonly Buffer[]; readonly release?: readonly Buffer[] };
const sound: Answers = { request: [recorded.accept], echo: recorded.echo, release: [recorded.release] };

/** An acceptor that answers each PDU by its type; `heard` gathers what came. */
const accepts =
	(answers: Answers, heard: Buffer[] = []) =>
	(socket: Socket): void => {
		let rest: Buffer = Buffer.alloc(0);
		socket.on('data', (chunk: Buffer) => {
			rest = Buffer.concat([rest, chunk]);
			while (rest.length >= 6 && rest.length >= 6 + rest.readUInt32BE(2)) {
				const one = rest.subarray(0, 6 + rest.readUInt32BE(2));
				rest = rest.subarray(one.length);
				heard.push(one);
				const said = one[0] === 1 ? answers.request : one[0] === 4 ? answers.echo : answers.release;
				for (const bytes of said ?? []) socket.write(bytes);
			}
		});
	};

const settings = (port: number): Record<string, unknown> => ({ service: 'pacs', host: '127.0.0.1', port, called: 'ORTHANC' });

connectorContract('dicom-echo', {
	connector: dicomEchoConnector,
	settings,
	mistakes: [
		['no title', { called: undefined }, 'called'],
		['a title that is too long', { called: 'A'.repeat(17) }, 'called'],
		['a title of blanks', { calling: '  ' }, 'calling'],
		['a title with a backslash', { calling: 'A\\B' }, 'calling'],
		['a port that is none', { port: 0 }, 'port'],
		['days of a certificate without TLS', { expect: { certDays: 10 } }, 'expect.certDays'],
	],
	faults: { silent: 'down', garbage: 'down', endless: 'down', refused: 'down' },
	endlessHead: Buffer.of(2, 0, 0, 0, 0, 200),
	healthy: async () => {
		const talker = await startTalker(accepts(sound));
		return { settings: settings(talker.port), end: () => talker.end() };
	},
});

probeRules('dicom-echo', dicomEchoConnector, (port, host) => ({ ...settings(port), host }));

describe('a DICOM node', () => {
	test('is asked for an association, an echo and a release, and nothing else', async () => {
		const heard: Buffer[] = [];
		const found = await lookAt(dicomEchoConnector, (port) => ({ ...settings(port), calling: 'SALA REGIA' }), accepts(sound, heard));
		expect(found).toMatchObject({ up: 1 });
		expect(found.latency).toBeGreaterThan(0);
		expect(heard.map((one) => one[0])).toEqual([1, 4, 5]);
		const request = heard[0] ?? Buffer.alloc(0);
		expect([request.toString('latin1', 10, 26), request.toString('latin1', 26, 42)]).toEqual(['ORTHANC         ', 'SALA REGIA      ']);
		// Even lengths (PS3.5 7.1.1), the group length right, C-ECHO-RQ without a data set.
		const command = (heard[1] ?? Buffer.alloc(0)).subarray(12);
		expect(command.readUInt32LE(8)).toBe(command.length - 12);
		expect(command.toString('hex', 12)).toBe(
			'0000020012000000312e322e3834302e31303030382e312e3100' + '00000001020000003000' + '00001001020000000100' + '00000008020000000101',
		);
	});

	const fragments = (): readonly Buffer[] => {
		const pdv = (bytes: Buffer, control: number): Buffer => Buffer.concat([Buffer.of(0, 0, 0, bytes.length + 2, 1, control), bytes]);
		const data = (...parts: readonly Buffer[]): Buffer => {
			const body = Buffer.concat(parts);
			return Buffer.concat([Buffer.of(4, 0, 0, 0, 0, body.length), body]);
		};
		return [data(pdv(echoCommand.subarray(0, 10), 1), pdv(echoCommand.subarray(10, 30), 1)), data(pdv(echoCommand.subarray(30), 3))];
	};
	test.each([
		['in one piece', [echo]],
		['byte by byte', [...echo].map((byte) => Buffer.of(byte))],
		['in three fragments and two PDUs', fragments()],
	])('whose echo comes %s answers', async (_what, bytes) => {
		expect(await lookAt(dicomEchoConnector, settings, accepts({ ...sound, echo: bytes }))).toMatchObject({ up: 1 });
	});

	const rejecting = (bytes: Buffer): Answers => ({ request: [bytes] });
	const echoing = (...bytes: readonly Buffer[]): Answers => ({ ...sound, echo: bytes });
	test.each([
		['does not know the called title', rejecting(recorded.calledUnknown), { up: 0, code: 'not-found' }],
		['rejects without a reason', rejecting(recorded.noReason), { up: 0, code: 'unauthorised' }],
		['is congested', rejecting(recorded.congested), { up: 0, code: 'unauthorised' }],
		['does not know Regia: that says nothing of it', rejecting(recorded.callingUnknown), { up: null, why: 'unauthorised' }],
		['rejects in too few bytes', rejecting(hex('030000000002000101')), { up: 0 }],
		['aborts the association', rejecting(recorded.abort), { up: 0, code: 'unreachable' }],
		['aborts the echo', echoing(recorded.abort), { up: 0, code: 'unreachable' }],
		[
			'does not offer verification',
			rejecting(bent(recorded.accept, recorded.accept.indexOf(hex('2100001901')) + 6, 3)),
			{ up: 0, code: 'not-found' },
		],
		['answers with another status', echoing(echoHead, bent(echoCommand, echoCommand.length - 2, 0x22, 1)), { up: 0, code: 'bad-answer' }],
		[
			'answers another message',
			echoing(echoHead, bent(echoCommand, echoCommand.indexOf(hex('2001020000000100')) + 6, 9)),
			{ up: 0, code: 'bad-answer' },
		],
		['answers with another command', echoing(echoHead, bent(echoCommand, echoCommand.indexOf(hex('3080')), 1, 0x80)), { up: 0, code: 'bad-answer' }],
		['sends a data set in its place', echoing(bent(echoHead, 11, 2), echoCommand), { up: 0, code: 'bad-answer' }],
		['uses another context', echoing(bent(echoHead, 10, 3), echoCommand), { up: 0, code: 'bad-answer' }],
		['answers the association with data', rejecting(echo), { up: 0, code: 'bad-answer' }],
		['sends more than was said to be taken', rejecting(hex('020000010000')), { up: 0, code: 'bad-answer' }],
		['sends a PDU of a type that is none', rejecting(hex('080000000000')), { up: 0, code: 'bad-answer' }],
		['talks another protocol', rejecting(Buffer.from(`HTTP/1.1 400 ${MARKER}\r\n\r\n`)), { up: 0, code: 'bad-answer' }],
		[
			'sends fragments without an end',
			echoing(...Array.from({ length: 2000 }, () => Buffer.concat([bent(echoHead, 11, 1), echoCommand]))),
			{ up: 0, code: 'bad-answer' },
		],
	] as const)('that %s', async (_what, answers, found) => {
		expect(await lookAt(dicomEchoConnector, settings, accepts(answers), { timeoutMs: 500 })).toMatchObject(found);
	});

	test.each([
		['the association', 1, { request: [recorded.accept.subarray(0, 90)] }],
		['the echo', 4, { ...sound, echo: [echo.subarray(0, 30)] }],
	] as const)('that stops half way through %s is down', async (_what, last, answers) => {
		expect(await lookAt(dicomEchoConnector, settings, accepts(answers), { timeoutMs: 200 })).toMatchObject({ up: 0, code: 'timeout' });
		const hangsUp = (socket: Socket): void => {
			accepts(answers)(socket);
			socket.on('data', (chunk: Buffer) => chunk[0] === last && socket.end());
		};
		expect(await lookAt(dicomEchoConnector, settings, hangsUp)).toMatchObject({ up: 0, code: 'unreachable' });
	});

	test('that does not answer the release has answered all the same, and one that is slower than allowed has not', async () => {
		expect(await lookAt(dicomEchoConnector, settings, accepts({ ...sound, release: [] }))).toMatchObject({ up: 1 });
		const slow = await lookAt(dicomEchoConnector, (port) => ({ ...settings(port), expect: { maxLatency: '0ms' } }), accepts(sound));
		expect(slow).toMatchObject({ up: 0 });
		expect(slow.latency).toBeGreaterThan(0);
	});

	test.skipIf(opensslPath === null)('by TLS is judged by its certificate', async () => {
		const tls = certificate(30);
		const byTls = (expectation: object) => (port: number) => ({ ...settings(port), tls: 'on', expect: expectation });
		expect(await lookAt(dicomEchoConnector, byTls({ trusted: false }), accepts(sound), { tls })).toMatchObject({ up: 1, certDays: 29 });
		expect(await lookAt(dicomEchoConnector, byTls({ trusted: false, certDays: 45 }), accepts(sound), { tls })).toMatchObject({ up: 0, certDays: 29 });
		expect(await lookAt(dicomEchoConnector, byTls({}), accepts(sound), { tls })).toMatchObject({ up: 0, certDays: 29 });
		expect(await lookAt(dicomEchoConnector, byTls({}), accepts(sound), { timeoutMs: 300 })).toMatchObject({ up: 0 });
	});
});

test('30,000 wounded PDUs are more, wrong or read within their bytes', () => {
	const below = chanceOf(104);
	const seen = { more: 0, wrong: 0, read: 0, accepted: 0, echoed: 0 };
	for (let nth = 0; nth < 30_000; nth++) {
		const bytes = wound(below(2) === 0 ? recorded.accept : echo, below);
		const found = takePdu(bytes);
		if (typeof found === 'string') seen[found] += 1;
		else {
			seen.read += 1;
			expect(found.length).toBeLessThanOrEqual(bytes.length);
			if (readAccept(found.value.body) === 'accepted') seen.accepted += 1;
			const status = readEchoAnswer(Buffer.concat((readData(found.value.body) ?? []).map((one) => one.bytes)));
			if (status !== null) {
				seen.echoed += 1;
				expect(Number.isInteger(status)).toBe(true);
			}
		}
	}
	expect(Math.min(...Object.values(seen))).toBeGreaterThan(100);
});

const orthanc = findTool('Orthanc', 'apt-get install orthanc', ['/usr/sbin']);
const storescp = findTool('storescp', 'apt-get install dcmtk');

/** Started by the test and ended by it; ready once its port takes connections. */
async function startNode(command: string, args: readonly string[], port: number): Promise<ChildProcess> {
	const child = spawn(command, args, { stdio: 'ignore' });
	await until(
		`${command} answers`,
		() =>
			new Promise<boolean>((resolve) => {
				const socket = createConnection(port, '127.0.0.1');
				socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
				socket.on('close', () => socket.destroy());
				socket.once('connect', () => socket.destroy());
			}),
	);
	return child;
}
const endNode = async (child: ChildProcess | undefined): Promise<void> => {
	if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
	const ended = once(child, 'exit');
	child.kill('SIGKILL');
	await ended;
};

describe.skipIf(orthanc === null)('a real Orthanc', () => {
	let folder = '';
	let node: ChildProcess | undefined;
	let port = 0;
	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), 'regia-orthanc-'));
		port = await freePort();
		const configuration = {
			DicomPort: port,
			DicomAet: 'ORTHANC',
			DicomCheckCalledAet: true,
			DicomAlwaysAllowEcho: false,
			DicomModalities: { regia: ['REGIA', '127.0.0.1', 104] },
			HttpServerEnabled: false,
			StorageDirectory: folder,
			IndexDirectory: folder,
			Plugins: [],
		};
		writeFileSync(join(folder, 'orthanc.json'), JSON.stringify(configuration));
		node = await startNode(orthanc ?? '', [join(folder, 'orthanc.json')], port);
	});
	afterAll(async () => {
		await endNode(node);
		rmSync(folder, { recursive: true, force: true });
	});

	test('answers the echo, rejects another title, aborts for who is not listed, and is down once it has ended', async () => {
		const look = (change: object = {}) => figuresOf(dicomEchoConnector, { ...settings(port), ...change });
		expect(await look()).toMatchObject({ up: 1 });
		expect(await look({ called: 'ALTRO' })).toMatchObject({ up: 0, code: 'not-found' });
		expect(await look({ calling: 'NESSUNO' })).toMatchObject({ up: 0, code: 'unreachable' });
		await endNode(node);
		expect(await look()).toEqual({ up: 0, code: 'unreachable' });
	});
});

describe.skipIf(storescp === null)('DCMTK’s storescp', () => {
	test.each([
		['takes the echo', [], { up: 1 }],
		['rejects every association', ['--refuse'], { up: 0, code: 'unauthorised' }],
	] as const)('%s', async (_what, flags, found) => {
		const port = await freePort();
		const node = await startNode(storescp ?? '', [...flags, String(port)], port);
		expect(await figuresOf(dicomEchoConnector, settings(port))).toMatchObject(found);
		await endNode(node);
	});
});
