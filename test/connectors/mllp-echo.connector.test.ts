// The probe of HL7 listeners against ones that take, refuse, answer somebody else, stall and speak TLS.
import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { type Hl7Message, readMessage } from '../../server/connectors/hl7-message.ts';
import { codeIn, mllpEchoConnector, takeMessage } from '../../server/connectors/mllp-echo.connector.ts';
import { createFramer } from '../../server/connectors/mllp-framer.ts';
import { connectorContract, MARKER } from '../contracts/connector-contract.ts';
import { certificate, opensslPath } from '../kit/web-service.ts';
import { chanceOf, lookAt, probeRules, startTalker, wound } from './probe-kit.ts';

const settings = (port: number): Record<string, unknown> => ({ service: 'integrazione', host: '127.0.0.1', port });
const expecting = (expectation: object) => (port: number) => ({ ...settings(port), expect: expectation });

const ack = (code: string, id: string): string =>
	`\x0bMSH|^~\\&|${MARKER}|HSM|REGIA|REGIA|20251021201500||ACK|7|P|2.5\rMSA|${code}|${id}|${MARKER}\r\x1c\r`;

/** Answers each message with what `reply` makes of its number. */
const listens =
	(reply: (id: string) => string | Buffer, heard: Hl7Message[] = []) =>
	(socket: Socket): void => {
		const framer = createFramer();
		socket.on('data', (chunk: Buffer) => {
			for (const { bytes } of framer.push(chunk)) {
				const read = readMessage(bytes, 'utf-8');
				if (!read.ok) continue;
				heard.push(read.message);
				socket.write(reply(read.message.echo(10).toString('latin1')));
			}
		});
	};

connectorContract('mllp-echo', {
	connector: mllpEchoConnector,
	settings,
	mistakes: [
		['no port', { port: undefined }, 'port'],
		['a type in small letters', { type: 'nmd' }, 'type'],
		['a trigger that would bring a segment', { trigger: 'N02\rPID' }, 'trigger'],
		['a name with a separator', { to: { application: 'a|b' } }, 'to.application'],
		['a code that is none', { expect: { codes: ['AB'] } }, 'expect.codes.0'],
		['no code at all', { expect: { codes: [] } }, 'expect.codes'],
		['days of a certificate without TLS', { expect: { certDays: 10 } }, 'expect.certDays'],
	],
	faults: { silent: 'down', garbage: 'down', endless: 'down', refused: 'down' },
	endlessHead: '\x0bMSH|^~\\&|',
	healthy: async () => {
		const talker = await startTalker(listens((id) => ack('AA', id)));
		return { settings: settings(talker.port), end: () => talker.end() };
	},
});

probeRules('mllp-echo', mllpEchoConnector, (port, host) => ({ ...settings(port), host }));

describe('an HL7 listener', () => {
	test('hears one segment that speaks of nobody, of the kind that the plan says', async () => {
		const heard: Hl7Message[] = [];
		const talk = listens((id) => ack('AA', id), heard);
		expect(await lookAt(mllpEchoConnector, settings, talk)).toMatchObject({ up: 1 });
		const named = { type: 'ZPN', trigger: 'Z01', processing: 'T', version: '2.3.1', to: { application: 'MOTORE', facility: 'HSM' } };
		expect(await lookAt(mllpEchoConnector, (port) => ({ ...settings(port), ...named }), talk)).toMatchObject({ up: 1 });
		expect(heard.map((one) => [one.components('MSH-9').join('^'), one.text('MSH-11'), one.text('MSH-12'), one.echo(5).toString()])).toEqual([
			['NMD^N02', 'P', '2.5', ''],
			['ZPN^Z01', 'T', '2.3.1', 'MOTORE'],
		]);
		for (const one of heard) expect(one.bytes.toString('latin1')).toMatch(/^MSH\|[^\r]*\r$/);
		expect(heard[0]?.text('MSH-10')).not.toBe(heard[1]?.text('MSH-10'));
	});

	test.each(['AA', 'AE', 'AR', 'CA', 'CE', 'CR'])('that answers %s answers', async (code) => {
		expect(
			await lookAt(
				mllpEchoConnector,
				settings,
				listens((id) => ack(code, id)),
			),
		).toMatchObject({ up: 1 });
	});

	test.each([
		['refuses where the plan wants it taken', { codes: ['AA', 'CA'] }, (id: string) => ack('AR', id), 'unauthorised'],
		['answers another message', {}, () => ack('AA', 'ANOTHER'), 'bad-answer'],
		['answers with a code of its own', {}, (id: string) => ack('OK', id), 'bad-answer'],
		['answers without MSA', {}, () => '\x0bMSH|^~\\&|a|b|c|d|20251021||ACK|1|P|2.5\r\x1c\r', 'bad-answer'],
		['answers what is no message', {}, () => `\x0b${MARKER}\x1c\r`, 'bad-answer'],
		['answers without a frame', {}, () => `ERR ${MARKER}\r\n`, 'bad-answer'],
		['answers more than can be one', {}, () => `\x0bMSH|${'x'.repeat(70_000)}`, 'bad-answer'],
	] as const)('that %s is down, and why', async (_what, expectation, reply, code) => {
		expect(await lookAt(mllpEchoConnector, expecting(expectation), listens(reply))).toMatchObject({ up: 0, code });
	});

	test('that stops half way is down', async () => {
		const half = (id: string): string => ack('AA', id).slice(0, 40);
		expect(await lookAt(mllpEchoConnector, settings, listens(half), { timeoutMs: 200 })).toMatchObject({ up: 0, code: 'timeout' });
		const hangsUp = (socket: Socket): void => {
			socket.once('data', () => socket.end('\x0bMSH|^~\\&|'));
		};
		expect(await lookAt(mllpEchoConnector, settings, hangsUp)).toMatchObject({ up: 0, code: 'unreachable' });
	});

	test('that is slower than allowed is down, with its latency', async () => {
		const found = await lookAt(
			mllpEchoConnector,
			expecting({ maxLatency: '0ms' }),
			listens((id) => ack('AA', id)),
		);
		expect(found).toMatchObject({ up: 0 });
		expect(found.latency).toBeGreaterThan(0);
	});

	test.skipIf(opensslPath === null)('by TLS is judged by its certificate', async () => {
		const tls = certificate(30);
		const byTls = (expectation: object) => (port: number) => ({ ...settings(port), tls: 'on', expect: expectation });
		const talk = listens((id) => ack('AA', id));
		expect(await lookAt(mllpEchoConnector, byTls({ trusted: false }), talk, { tls })).toMatchObject({ up: 1, certDays: 29 });
		expect(await lookAt(mllpEchoConnector, byTls({ trusted: false, certDays: 45 }), talk, { tls })).toMatchObject({ up: 0, certDays: 29 });
		expect(await lookAt(mllpEchoConnector, byTls({}), talk, { tls })).toMatchObject({ up: 0, certDays: 29 });
		expect(await lookAt(mllpEchoConnector, byTls({}), talk, { timeoutMs: 300 })).toMatchObject({ up: 0 });
	});
});

test('20,000 wounded acknowledgements are more, wrong or read, and none of another message is taken for the own', () => {
	const below = chanceOf(2575);
	const sound = Buffer.from(ack('AA', '0123456789ABCDEF'), 'latin1');
	const seen = { more: 0, wrong: 0, read: 0, mine: 0 };
	for (let nth = 0; nth < 20_000; nth++) {
		const bytes = wound(sound, below);
		const found = takeMessage(bytes);
		if (typeof found === 'string') seen[found] += 1;
		else {
			seen.read += 1;
			if (codeIn(found.value, '0123456789ABCDEF') !== null) {
				seen.mine += 1;
				expect(bytes.includes('0123456789ABCDEF')).toBe(true);
			}
			expect(codeIn(found.value, 'FEDCBA9876543210')).toBeNull();
		}
	}
	expect(Math.min(...Object.values(seen))).toBeGreaterThan(100);
});
