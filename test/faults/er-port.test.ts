// The port for HL7 messages, by a real process: said at the start, refused with the remedy, by TLS alone where that is asked for, and
// ended in order while wards send.
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { helpText, readConfig } from '../../server/config.ts';
import { freePort } from '../kit/free-port.ts';
import { startRegia, temporaryFolder } from '../kit/server.ts';
import { until } from '../kit/until.ts';
import { certificate, opensslPath } from '../kit/web-service.ts';
import { openPipe } from '../nights/er-pipe.ts';
import { countedIn } from './kit/er-census.ts';
import { adtOf, erPlan } from './kit/er-plan.ts';
import { startErSender } from './kit/er-sender.ts';
import { ask } from './kit/http.ts';
import { nightPlan } from './kit/night-plan.ts';
import { say } from './kit/scale.ts';

const arrival = (visit: string): Buffer => adtOf({ trigger: 'A04', facility: 'ps0', visit, at: Date.now() - 60_000 });

describe('what says where HL7 messages are listened for', () => {
	const usual = { port: null, host: '127.0.0.1', tls: null };
	test.each([
		{ given: [], environment: {}, mllp: usual },
		{ given: ['--mllp-port', '6661', '--mllp-host', '10.1.2.3'], environment: {}, mllp: { ...usual, port: 6661, host: '10.1.2.3' } },
		{ given: [], environment: { REGIA_MLLP_PORT: '0', REGIA_MLLP_HOST: '::1' }, mllp: { ...usual, port: 0, host: '::1' } },
		{ given: ['--mllp-port', '1'], environment: { REGIA_MLLP_PORT: '2' }, mllp: { ...usual, port: 1 } },
		{ given: ['--mllp-tls-cert', 'c', '--mllp-tls-key', 'k'], environment: {}, mllp: { ...usual, tls: { cert: 'c', key: 'k' } } },
		{ given: ['--mllp-tls-cert', 'c'], environment: { REGIA_MLLP_TLS_KEY: 'k' }, mllp: { ...usual, tls: { cert: 'c', key: 'k' } } },
	])('reads $given and $environment', ({ given, environment, mllp }) => {
		expect(readConfig(given, environment)).toMatchObject({ ok: true, config: { mllp, tls: null } });
	});

	test.each([
		{ given: ['--mllp-port', '70000'], mistake: /--mllp-port \(or REGIA_MLLP_PORT\) is "70000"/ },
		{ given: ['--mllp-tls-key', 'k'], mistake: /--mllp-tls-cert and --mllp-tls-key go together/ },
	])('refuses $given', ({ given, mistake }) => {
		const read = readConfig(given, {});
		expect(read.ok === false && read.mistakes.join('\n')).toMatch(mistake);
	});

	test('is in the help with its twins', () => {
		for (const name of ['PORT', 'HOST', 'TLS_CERT', 'TLS_KEY']) expect(helpText()).toContain(`REGIA_MLLP_${name}`);
	});
});

describe('the port for HL7 messages', () => {
	test('is not opened where the plan has no source of them', async () => {
		const regia = await startRegia({ plan: nightPlan() });
		expect(regia.output()).not.toContain('mllp');
		expect(await regia.stop()).toBe(0);
	});

	test('stops the start with the remedy where something else listens there', async () => {
		const port = await freePort();
		const other = createServer().listen(port, '127.0.0.1');
		await until('the other listens', () => other.listening);
		const start = startRegia({ plan: erPlan(1), flags: ['--mllp-port', String(port)] });
		await expect(start).rejects.toThrow(/ended with 2[\s\S]*EADDRINUSE[\s\S]*give another port with --mllp-port \(REGIA_MLLP_PORT\)/);
		other.close();
	});

	test.skipIf(opensslPath === null)('speaks TLS alone where it has a certificate, and names the flags of one that cannot be used', async () => {
		const folder = temporaryFolder('mllp-tls');
		const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
		const flags = ['--mllp-tls-cert', files.cert, '--mllp-tls-key', files.key];
		await expect(startRegia({ plan: erPlan(1), flags })).rejects.toThrow(/--mllp-tls-cert and --mllp-tls-key cannot be used \(ENOENT\)/);
		const pair = certificate(3);
		writeFileSync(files.cert, pair.cert);
		writeFileSync(files.key, pair.key);
		const regia = await startRegia({ plan: erPlan(1), flags });
		const port = regia.mllpPort();
		const told = await new Promise<string>((resolve, reject) => {
			const socket = connectTls({ host: '127.0.0.1', port, ca: pair.cert, checkServerIdentity: () => undefined }, () => socket.write(arrival('v1')));
			socket.once('data', (piece) => {
				resolve(piece.toString());
				socket.destroy();
			});
			socket.once('error', reject);
		});
		expect(told).toContain('MSA|AA|A04-v1');
		const plain = await openPipe(port);
		await expect(plain.send([arrival('v2').subarray(1, -2)])).rejects.toThrow();
		plain.close();
		expect(await regia.stop()).toBe(0);
		expect(await countedIn(regia.data)).toMatchObject({ arrivals: 1 });
	});

	test('ends in order while wards send: what it still heard is kept and answered, and the exit is 0', async () => {
		const regia = await startRegia({ plan: erPlan(2) });
		const senders = ['ps0', 'ps1'].map((facility) => startErSender(regia.mllpPort(), facility));
		const answered = (): number => senders.reduce((sum, one) => sum + one.acknowledged().arrivals, 0);
		await until('messages acknowledged', () => answered() >= 300);
		const token = regia.token({ kind: 'person', name: 'controllo', duties: [{ role: 'viewer' }] });
		const { text } = await ask(`${regia.url}/metrics`, { token });
		expect(text).toMatch(/^regia_mllp\{what="connections"\} 2$/m);
		expect(text).toMatch(/^regia_mllp\{what="unknownSender"\} 0$/m);
		expect(await regia.stop()).toBe(0);
		for (const one of senders) one.drop();
		const { arrivals, visits, broken } = await countedIn(regia.data);
		say('er end in order', `${answered()} arrivals answered AA, ${arrivals} in the census`);
		expect({ arrivals, visits, broken }).toEqual({ arrivals: answered(), visits: arrivals, broken: null });
	});
});
