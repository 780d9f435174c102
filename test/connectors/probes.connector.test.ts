// The probes against services that are well, slow, wrong, gone, or out of reach for reasons of our own.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { httpConnector } from '../../server/connectors/http.connector.ts';
import { tcpConnector } from '../../server/connectors/tcp.connector.ts';
import { tlsConnector } from '../../server/connectors/tls.connector.ts';
import { assertClean, connectorContract, contextOf, MARKER } from '../contracts/connector-contract.ts';
import { freePort } from '../kit/free-port.ts';
import { opensslPath, startWebService, type WebService } from '../kit/web-service.ts';

const httpOf = (port: number): Record<string, unknown> => ({ service: 'ris', url: `http://127.0.0.1:${port}/health` });
const portOf = (port: number): Record<string, unknown> => ({ service: 'ris', host: '127.0.0.1', port });
const withService = (make: (port: number) => Record<string, unknown>) => async () => {
	const service = await startWebService();
	service.behave({ kind: 'answer', status: 200, body: MARKER, headers: { 'x-patient': MARKER } });
	return { settings: make(service.port), end: () => service.goDown() };
};

connectorContract('http', {
	connector: httpConnector,
	settings: httpOf,
	mistakes: [
		['no service', { service: undefined }, 'service'],
		['a service id in capitals', { service: 'RIS' }, 'service'],
		['a side that is neither', { side: 'left' }, 'side'],
		['an address of another scheme', { url: 'ftp://a/' }, 'url'],
		['a secret in the address', { url: 'http://user:secret@a/' }, 'url'],
		['a status that is none', { expect: { status: [99] } }, 'expect.status.0'],
		['a latency without a unit', { expect: { maxLatency: 300 } }, 'expect.maxLatency'],
		['an empty text to match', { expect: { bodyMatch: '' } }, 'expect.bodyMatch'],
	],
	faults: { silent: 'down', garbage: 'down', endless: 'up', refused: 'down' },
	endlessHead: 'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n',
	healthy: withService(httpOf),
});

connectorContract('tcp', {
	connector: tcpConnector,
	settings: portOf,
	mistakes: [
		['port 0', { port: 0 }, 'port'],
		['a port too high', { port: 70_000 }, 'port'],
		['a host with a space', { host: 'a b' }, 'host'],
	],
	faults: { silent: 'up', garbage: 'up', endless: 'up', refused: 'down' },
	endlessHead: '',
	healthy: withService(portOf),
});

connectorContract('tls', {
	connector: tlsConnector,
	settings: (port) => ({ ...portOf(port), expect: { trusted: false } }),
	mistakes: [
		['days that are not whole', { expect: { certDays: 1.5 } }, 'expect.certDays'],
		['a port as text', { port: '443' }, 'port'],
	],
	faults: { silent: 'down', garbage: 'down', endless: 'down', refused: 'down' },
	endlessHead: '',
	healthy:
		opensslPath === null
			? null
			: async () => {
					const service = await startWebService({ certificateDays: 30 });
					return { settings: { ...portOf(service.port), expect: { trusted: false } }, end: () => service.goDown() };
				},
});

const figures = async (
	settings: Record<string, unknown>,
	connector = httpConnector,
	timeoutMs = 3000,
): Promise<Record<string, number | null | string>> => {
	const reader = connector.open(settings, contextOf());
	const look = await reader.read(AbortSignal.timeout(timeoutMs));
	await reader.close();
	assertClean(look);
	const found: Record<string, number | null | string> = look.ok ? {} : { why: look.why };
	for (const { measure, value } of look.readings ?? []) found[measure.slice('service.'.length)] = value;
	return found;
};

describe('a web probe', () => {
	let service: WebService;
	beforeAll(async () => {
		service = await startWebService();
	});
	afterAll(() => service.goDown());

	const answer = (status: number, body: string, headers: Record<string, string> = {}) => ({ kind: 'answer', status, body, headers }) as const;
	test.each([
		['any 2xx where nothing else is asked', answer(204, ''), {}, 1],
		['a server error', answer(500, MARKER), {}, 0],
		['a redirect to a sign-in page', answer(302, '', { location: `/${MARKER}` }), {}, 0],
		['a redirect where the plan expects it', answer(302, ''), { status: [302] }, 1],
		['a status that is not the expected one', answer(200, ''), { status: [204] }, 0],
		['the text that is asked for', answer(200, `${MARKER} status=ready`), { bodyMatch: 'status=ready' }, 1],
		['another text', answer(200, `${MARKER} status=starting`), { bodyMatch: 'status=ready' }, 0],
		['an answer slower than allowed', answer(200, ''), { maxLatency: '0ms' }, 0],
	] as const)('judges %s', async (_, behaviour, expectation, up) => {
		service.behave(behaviour);
		expect((await figures({ service: 'ris', url: service.url, expect: expectation })).up).toBe(up);
	});

	test('does not know whether the text stands beyond what it reads', async () => {
		service.behave({ kind: 'endless', text: MARKER });
		const found = await figures({ service: 'ris', url: service.url, expect: { bodyMatch: 'status=ready' } });
		expect(found).toEqual({ why: 'too-large', up: null });
	});

	test('sees a service go down and come back, and opens a connection of its own each time', async () => {
		service.behave(answer(200, ''));
		const settings = { service: 'ris', url: service.url, side: 'new' };
		expect((await figures(settings)).upNew).toBe(1);
		await service.goDown();
		expect(await figures(settings)).toEqual({ upNew: 0 });
		await service.comeBack();
		const found = await figures({ ...settings, side: 'old' });
		expect(found.upOld).toBe(1);
		expect(found.latencyOld).toBeGreaterThan(0);
	});

	test('is blind, not bad, where this machine cannot find the name', async () => {
		expect(await figures({ service: 'ris', url: 'http://no-such-host.invalid/' })).toEqual({ why: 'observer-blind', up: null });
		expect(await figures({ service: 'ris', host: 'no-such-host.invalid', port: 443 }, tcpConnector)).toEqual({ why: 'observer-blind', up: null });
		expect(await figures({ service: 'ris', host: 'no-such-host.invalid', port: 443 }, tlsConnector)).toEqual({ why: 'observer-blind', up: null });
	});
});

describe.skipIf(opensslPath === null)('a certificate', () => {
	let service: WebService;
	beforeAll(async () => {
		service = await startWebService({ certificateDays: 30 });
	});
	afterAll(() => service.goDown());

	test('that nobody vouches for is not answering, and its days are told all the same', async () => {
		const settings = { service: 'ris', host: '127.0.0.1', port: service.port };
		expect(await figures(settings, tlsConnector)).toMatchObject({ up: 0, certDays: 29 });
		expect((await figures({ service: 'ris', url: service.url })).up).toBe(0);
	});

	test('counts where the plan takes it as it is, and has its least number of days', async () => {
		const settings = { service: 'ris', host: '127.0.0.1', port: service.port };
		expect(await figures({ ...settings, expect: { trusted: false } }, tlsConnector)).toMatchObject({ up: 1, certDays: 29 });
		expect(await figures({ ...settings, expect: { trusted: false, certDays: 45 } }, tlsConnector)).toMatchObject({ up: 0, certDays: 29 });
		expect(await figures({ service: 'ris', url: service.url, expect: { trusted: false } })).toMatchObject({ up: 1, certDays: 29 });
	});

	test('is not found where no TLS is spoken', async () => {
		const plain = await startWebService();
		expect(await figures({ service: 'ris', host: '127.0.0.1', port: plain.port }, tlsConnector)).toEqual({ up: 0 });
		await plain.goDown();
		expect(await figures({ service: 'ris', host: '127.0.0.1', port: await freePort() }, tlsConnector)).toEqual({ up: 0 });
	});
});
