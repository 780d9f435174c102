// The probe of mail servers against servers that greet, refuse, stall, break off and speak TLS; and its reader of replies against wounded ones.
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { smtpConnector } from '../../server/connectors/smtp.connector.ts';
import { takeReply } from '../../server/connectors/smtp-reply.ts';
import { connectorContract, MARKER } from '../contracts/connector-contract.ts';
import { certificate, opensslPath } from '../kit/web-service.ts';
import { chanceOf, figuresOf, lookAt, probeRules, startTalker, wound } from './probe-kit.ts';

type Replies = Readonly<Record<string, string>>;
const sound: Replies = {
	'': `220-${MARKER} ESMTP\r\n220 ready\r\n`,
	EHLO: `250-${MARKER} greets you\r\n250-SIZE 1000\r\n250-STARTTLS\r\n250 8BITMIME\r\n`,
	STARTTLS: '220 go ahead\r\n',
	QUIT: '221 bye\r\n',
};

/** Answers each command by its first word; `heard` gathers what was said. */
const talks =
	(replies: Replies, heard: string[] = [], tls?: ReturnType<typeof certificate>) =>
	(socket: Socket): void => {
		const listen = (one: Socket): void => {
			one.on('error', () => {});
			one.on('data', (chunk: Buffer) => {
				for (const command of chunk.toString('latin1').split('\r\n').filter(Boolean)) {
					heard.push(command);
					const word = command.split(' ')[0] ?? '';
					const reply = replies[word];
					if (reply !== undefined) one.write(reply);
					if (word === 'STARTTLS' && tls !== undefined && reply?.startsWith('220') === true) {
						one.removeAllListeners('data');
						listen(new TLSSocket(one, { isServer: true, ...tls }));
					}
				}
			});
		};
		listen(socket);
		if (replies[''] !== undefined) socket.write(replies['']);
	};

const settings = (port: number): Record<string, unknown> => ({ service: 'posta', host: '127.0.0.1', port });
const withTls =
	(tls: string, expectation: object = {}) =>
	(port: number) => ({ ...settings(port), tls, expect: expectation });
const months = opensslPath === null ? undefined : certificate(30);

connectorContract('smtp', {
	connector: smtpConnector,
	// By TLS, so that Regia speaks first: the contract's targets answer what they hear.
	settings: withTls('on'),
	mistakes: [
		['no host', { host: undefined }, 'host'],
		['a port that is none', { port: 0 }, 'port'],
		['another kind of TLS', { tls: 'yes' }, 'tls'],
		['a name that would break a line', { as: 'a\r\nMAIL FROM:<x>' }, 'as'],
		['days of a certificate without TLS', { tls: 'off', expect: { certDays: 10 } }, 'expect.certDays'],
	],
	faults: { silent: 'down', garbage: 'down', endless: 'down', refused: 'down' },
	endlessHead: '',
	healthy: async () => {
		const talker = await startTalker(talks(sound));
		return { settings: settings(talker.port), end: () => talker.end() };
	},
});

probeRules('smtp', smtpConnector, (port, host) => ({ ...settings(port), host }));

describe('a mail server', () => {
	test('is greeted and left, and sent no mail', async () => {
		const heard: string[] = [];
		const found = await lookAt(smtpConnector, settings, talks(sound, heard));
		expect(found).toMatchObject({ up: 1 });
		expect(found.latency).toBeGreaterThan(0);
		expect(heard).toEqual(['EHLO regia.invalid', 'QUIT']);
	});

	test.each([
		['turns away at the door', { '': `554 ${MARKER} no\r\n` }, 'unauthorised'],
		['has no room for now', { '': '421 too many\r\n' }, 'unreachable'],
		['does not take EHLO', { ...sound, EHLO: '502 what?\r\n' }, 'unauthorised'],
		['greets as if it went on', { '': '250 hello\r\n' }, 'bad-answer'],
		['talks another protocol', { '': `SSH-2.0-${MARKER}\r\n` }, 'bad-answer'],
		['changes its code within a reply', { '': '220-a\r\n250 b\r\n' }, 'bad-answer'],
		['never ends its line', { '': `220 ${'x'.repeat(3000)}` }, 'bad-answer'],
		['never ends its reply', { '': `220-${MARKER}\r\n`.repeat(300) }, 'bad-answer'],
	] as const)('that %s is down, and why', async (_what, replies, code) => {
		expect(await lookAt(smtpConnector, settings, talks(replies))).toMatchObject({ up: 0, code });
	});

	test('that stops half way through its greeting is down', async () => {
		const half = (end: boolean) => (socket: Socket) => {
			socket.write('220-first line\r\n220 sec');
			if (end) socket.end();
		};
		expect(await lookAt(smtpConnector, settings, half(true))).toMatchObject({ up: 0, code: 'unreachable' });
		expect(await lookAt(smtpConnector, settings, half(false), { timeoutMs: 200 })).toMatchObject({ up: 0, code: 'timeout' });
	});

	test('that is slower than allowed is down, with its latency', async () => {
		const found = await lookAt(smtpConnector, withTls('off', { maxLatency: '0ms' }), talks(sound));
		expect(found).toMatchObject({ up: 0 });
		expect(found.latency).toBeGreaterThan(0);
	});

	test('whose greeting comes in single bytes answers', async () => {
		const trickle = (socket: Socket): void => {
			socket.setNoDelay(true);
			talks({ ...sound, '': undefined as unknown as string })(socket);
			for (const byte of Buffer.from(sound[''] ?? '')) socket.write(Buffer.of(byte));
		};
		expect(await lookAt(smtpConnector, settings, trickle)).toMatchObject({ up: 1 });
	});

	test('that offers no STARTTLS where the plan wants it is down', async () => {
		const plain = { ...sound, EHLO: '250 hello\r\n' };
		expect(await lookAt(smtpConnector, withTls('starttls'), talks(plain))).toMatchObject({ up: 0, code: 'not-found' });
	});

	test('that talks on in the clear after STARTTLS is not believed', async () => {
		const injected = { ...sound, STARTTLS: '220 go\r\n250 injected\r\n' };
		expect(await lookAt(smtpConnector, withTls('starttls'), talks(injected))).toMatchObject({ up: 0, code: 'bad-answer' });
	});

	test('that takes STARTTLS and then speaks no TLS is down', async () => {
		expect(await lookAt(smtpConnector, withTls('starttls'), talks(sound), { timeoutMs: 300 })).toMatchObject({ up: 0, code: 'timeout' });
	});
});

describe.skipIf(months === undefined)('a mail server with TLS', () => {
	test.each([
		['starttls', { trusted: false }, 1],
		['starttls', { trusted: false, certDays: 45 }, 0],
		['starttls', {}, 0],
	] as const)('by %s is judged by its certificate: %j → %i', async (tls, expectation, up) => {
		const heard: string[] = [];
		const found = await lookAt(smtpConnector, withTls(tls, expectation), talks(sound, heard, months));
		expect(found).toMatchObject({ up, certDays: 29 });
		expect(heard).toEqual(['EHLO regia.invalid', 'STARTTLS', 'EHLO regia.invalid', 'QUIT']);
	});

	test('from the first byte is as well', async () => {
		const expectation = { trusted: false, certDays: 20 };
		expect(await lookAt(smtpConnector, withTls('on', expectation), talks(sound), { tls: months as NonNullable<typeof months> })).toMatchObject({
			up: 1,
			certDays: 29,
		});
		expect(await lookAt(smtpConnector, withTls('on', expectation), talks(sound), { timeoutMs: 1000 })).toMatchObject({ up: 0 });
	});
});

describe('the reader of replies', () => {
	const replies = Object.values(sound).map((one) => Buffer.from(one, 'latin1'));

	test('gives the same however the bytes are chopped', () => {
		for (const reply of replies) {
			for (let cut = 0; cut < reply.length; cut++) expect(takeReply(reply.subarray(0, cut)), String(cut)).toBe('more');
			expect(takeReply(reply)).toMatchObject({ length: reply.length });
		}
	});

	test('stands 20,000 wounded replies: more, wrong, or a code within its bytes', () => {
		const below = chanceOf(25);
		const seen = { more: 0, wrong: 0, read: 0 };
		for (let nth = 0; nth < 20_000; nth++) {
			const bytes = wound(replies[below(replies.length)] ?? Buffer.alloc(0), below);
			const found = takeReply(bytes);
			if (typeof found === 'string') seen[found] += 1;
			else {
				seen.read += 1;
				expect(found.length).toBeLessThanOrEqual(bytes.length);
				expect(found.value.code).toBeGreaterThanOrEqual(200);
			}
		}
		expect(Math.min(seen.more, seen.wrong, seen.read)).toBeGreaterThan(500);
	});
});

test('a mail server that nobody holds is down by refusal', async () => {
	const talker = await startTalker(() => {});
	await talker.end();
	expect(await figuresOf(smtpConnector, settings(talker.port))).toMatchObject({ up: 0, code: 'unreachable' });
});
