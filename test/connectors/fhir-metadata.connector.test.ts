// The probe of FHIR servers by their own description: sound ones, other things, slow, half, too large, with a certificate, with a token.
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fhirMetadataConnector, versionIn } from '../../server/connectors/fhir-metadata.connector.ts';
import { connectorContract, MARKER } from '../contracts/connector-contract.ts';
import { opensslPath, startWebService, type WebService } from '../kit/web-service.ts';
import { chanceOf, figuresOf, lookAt, probeRules, wound } from './probe-kit.ts';

const settings = (port: number): Record<string, unknown> => ({ service: 'fse', url: `http://127.0.0.1:${port}/fhir/r4/` });
const statement = JSON.stringify({
	resourceType: 'CapabilityStatement',
	status: 'active',
	publisher: MARKER,
	fhirVersion: '4.0.1',
	format: ['json'],
	rest: [{ mode: 'server', documentation: MARKER }],
});
const answer = (body: string, status = 200) => ({ kind: 'answer', status, body }) as const;

connectorContract('fhir-metadata', {
	connector: fhirMetadataConnector,
	settings,
	mistakes: [
		['no address', { url: undefined }, 'url'],
		['an address of another scheme', { url: 'ftp://a/' }, 'url'],
		['a secret in the address', { url: 'http://user:secret@a/' }, 'url'],
		['a question in the address', { url: 'http://a/fhir?x=1' }, 'url'],
		['a version that is none', { expect: { fhirVersion: 'R4' } }, 'expect.fhirVersion'],
	],
	faults: { silent: 'down', garbage: 'down', endless: 'too-large', refused: 'down' },
	endlessHead: 'HTTP/1.1 200 OK\r\ncontent-type: application/fhir+json\r\n\r\n',
	healthy: async () => {
		const service = await startWebService();
		service.behave(answer(statement));
		return { settings: settings(service.port), end: () => service.goDown() };
	},
});

probeRules('fhir-metadata', fhirMetadataConnector, (port, host) => ({ service: 'fse', url: `http://${host}:${port}/fhir` }));

describe('a FHIR server', () => {
	let service: WebService;
	beforeAll(async () => {
		service = await startWebService();
	});
	afterAll(() => service.goDown());

	test.each([
		['describes itself', answer(statement), {}, { up: 1 }],
		['is of the wanted version', answer(statement), { fhirVersion: '4.0' }, { up: 1 }],
		['is of that very version', answer(statement), { fhirVersion: '4.0.1' }, { up: 1 }],
		['is of another version', answer(statement), { fhirVersion: '5.0' }, { up: 0 }],
		['is of a version that only begins so', answer(statement.replace('4.0.1', '4.01.1')), { fhirVersion: '4.0' }, { up: 0 }],
		['is slower than allowed', answer(statement), { maxLatency: '0ms' }, { up: 0 }],
		['describes another resource', answer(statement.replace('CapabilityStatement', 'Patient')), {}, { up: 0, code: 'bad-answer' }],
		['does not tell its version', answer('{"resourceType":"CapabilityStatement"}'), {}, { up: 0, code: 'bad-answer' }],
		['answers a page', answer(`<html>${MARKER}</html>`), {}, { up: 0, code: 'bad-answer' }],
		['answers half of it', answer(statement.slice(0, 80)), {}, { up: 0, code: 'bad-answer' }],
		['has no such page', answer(MARKER, 404), {}, { up: 0, code: 'not-found' }],
		['fails', answer(statement, 500), {}, { up: 0, code: 'unreachable' }],
		['leads elsewhere', answer('', 302), {}, { up: 0, code: 'unreachable' }],
		['does not let Regia in', answer(MARKER, 401), {}, { up: null, why: 'unauthorised' }],
		['goes on for ever', { kind: 'endless', text: MARKER } as const, {}, { up: null, why: 'too-large' }],
	] as const)('that %s: %j', async (_what, behaviour, expectation, found) => {
		service.behave(behaviour);
		expect(await figuresOf(fhirMetadataConnector, { service: 'fse', url: service.url, expect: expectation })).toMatchObject(found);
	});

	test('that stops half way is down', async () => {
		const head = 'HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{"resourceType":';
		const half = (end: boolean) => (socket: import('node:net').Socket) => {
			socket.once('data', () => (end ? socket.end(head) : socket.write(head)));
		};
		expect(await lookAt(fhirMetadataConnector, settings, half(false), { timeoutMs: 200 })).toMatchObject({ up: 0, code: 'timeout' });
		expect(await lookAt(fhirMetadataConnector, settings, half(true))).toMatchObject({ up: 0, code: 'unreachable' });
	});

	test('is asked below its base, with the token that the environment holds', async () => {
		const asked: string[] = [];
		const server = createServer((request, response) => {
			asked.push(`${request.method} ${request.url} ${request.headers.accept} ${request.headers.authorization}`);
			response.end(statement);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const address = server.address();
		const port = address !== null && typeof address === 'object' ? address.port : 0;
		expect(await figuresOf(fhirMetadataConnector, { ...settings(port), tokenFrom: 'KNOWN_SECRET', side: 'new' })).toMatchObject({ upNew: 1 });
		expect(asked).toEqual([`GET /fhir/r4/metadata application/fhir+json Bearer ${MARKER}`]);
		expect(await figuresOf(fhirMetadataConnector, { ...settings(port), tokenFrom: 'NOT_SET' })).toEqual({ why: 'unauthorised', up: null });
		expect(asked).toHaveLength(1);
		server.close();
	});

	test.skipIf(opensslPath === null)('by https is judged by its certificate', async () => {
		const secure = await startWebService({ certificateDays: 30 });
		secure.behave(answer(statement));
		const at = { service: 'fse', url: secure.url };
		expect(await figuresOf(fhirMetadataConnector, { ...at, expect: { trusted: false } })).toMatchObject({ up: 1, certDays: 29 });
		expect(await figuresOf(fhirMetadataConnector, { ...at, expect: { trusted: false, certDays: 45 } })).toMatchObject({ up: 0, certDays: 29 });
		expect(await figuresOf(fhirMetadataConnector, at)).toMatchObject({ up: 0 });
		await secure.goDown();
	});
});

test('10,000 wounded statements give a version or none, and never anything else of theirs', () => {
	const below = chanceOf(4);
	const seen = { version: 0, none: 0 };
	for (let nth = 0; nth < 10_000; nth++) {
		const version = versionIn(wound(Buffer.from(statement), below).toString('utf8'));
		if (version !== null) expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.-]+)?$/);
		seen[version === null ? 'none' : 'version'] += 1;
	}
	expect(Math.min(seen.version, seen.none)).toBeGreaterThan(100);
});
