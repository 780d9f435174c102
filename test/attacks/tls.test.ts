// The server's own TLS, by a real process: https with its headers, nothing below TLS 1.2, a certificate changed while it runs.
import { writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { nightPlan } from '../faults/kit/night-plan.ts';
import { type RunningRegia, startRegia, temporaryFolder } from '../kit/server.ts';
import { until } from '../kit/until.ts';
import { certificate, opensslPath } from '../kit/web-service.ts';

const folder = temporaryFolder('tls');
const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
const put = (pair: { readonly cert: Buffer; readonly key: Buffer }): void => {
	writeFileSync(files.cert, pair.cert);
	writeFileSync(files.key, pair.key);
};

/** The certificate that is served, by its fingerprint, over a connection of the given versions; or why there is none. */
const served = (port: number, versions: object = {}): Promise<string> =>
	new Promise((resolve) => {
		const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...versions }, () => {
			resolve(`${socket.getProtocol()} ${socket.getPeerCertificate().fingerprint256}`);
			socket.destroy();
		});
		socket.on('error', () => resolve('refused'));
	});

describe.skipIf(opensslPath === null)('https', () => {
	let regia: RunningRegia;
	beforeAll(async () => {
		put(certificate(30));
		regia = await startRegia({ plan: nightPlan(), flags: ['--tls-cert', files.cert, '--tls-key', files.key], env: { REGIA_LOG: 'info' } });
	});
	afterAll(() => regia.stop());

	test('is served with what belongs to it', async () => {
		expect(regia.url).toMatch(/^https:/);
		const headers = await new Promise<Readonly<Record<string, unknown>>>((resolve, reject) => {
			const asking = request(`${regia.url}/api/health`, { rejectUnauthorized: false, agent: false }, (answer) => {
				answer.resume();
				resolve({ status: answer.statusCode, ...answer.headers });
			});
			asking.on('error', reject).end();
		});
		expect(headers).toMatchObject({ status: 200, 'strict-transport-security': expect.stringContaining('max-age=') });
		expect(headers['content-security-policy']).toContain('upgrade-insecure-requests');
	});

	test.each([
		['TLSv1', false],
		['TLSv1.1', false],
		['TLSv1.2', true],
		['TLSv1.3', true],
	])('speaks %s: %s', async (version, speaks) => {
		const answer = await served(regia.port, { minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' });
		if (speaks) expect(answer).toMatch(new RegExp(`^${version} `));
		else expect(answer).toBe('refused');
	});

	test('a bad certificate changes nothing and is told; a good one is served without a restart', async () => {
		const first = await served(regia.port);
		writeFileSync(files.cert, 'no certificate');
		await until('the log says so', () => regia.output().includes('the new certificate cannot be used'));
		expect(await served(regia.port)).toBe(first);
		const next = certificate(60);
		writeFileSync(files.cert, next.cert);
		expect(await served(regia.port)).toBe(first);
		writeFileSync(files.key, next.key);
		await until('the new one is served', async () => (await served(regia.port)) !== first);
		expect(regia.output()).toContain('the new certificate is in use');
		expect(regia.output()).not.toMatch(/PRIVATE KEY|no certificate"/);
	});
});

describe('plain http', () => {
	test('promises no https: a wall on a closed network would stay blank', async () => {
		const regia = await startRegia({ plan: nightPlan() });
		const { headers } = await fetch(`${regia.url}/api/health`);
		expect(headers.get('strict-transport-security')).toBeNull();
		expect(headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests');
		await regia.stop();
	});

	test('is not fallen back to: half a pair, or one that cannot be used, stops the start', async () => {
		expect(readConfig(['--tls-cert', 'a.pem'], {})).toMatchObject({ ok: false, mistakes: [expect.stringContaining('--tls-key')] });
		expect(readConfig([], { REGIA_TLS_CERT: 'a.pem', REGIA_TLS_KEY: 'b.pem' })).toMatchObject({
			ok: true,
			config: { tls: { cert: 'a.pem', key: 'b.pem' } },
		});
		const flags = ['--tls-cert', '/nulla/cert.pem', '--tls-key', '/nulla/key.pem'];
		await expect(startRegia({ plan: nightPlan(), flags })).rejects.toThrow(/ended with 2[\s\S]*--tls-cert and --tls-key cannot be used/);
	});
});
