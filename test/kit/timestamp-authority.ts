// A time-stamping authority on this machine, for tests: openssl's own, behind HTTP. Its certificates live as long as its folder.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { temporaryFolder } from './server.ts';

export type Authority = {
	readonly address: string;
	/** How many answers were asked for. */
	asked(): number;
	/** Changes what is answered: another's answer, garbage, a status. Null: as it should be. */
	spoil(how: ((answer: Buffer, query: Buffer) => { readonly status: number; readonly body: Buffer } | null) | null): void;
	/** What openssl says of a kept answer for this data. */
	verify(answer: Buffer, data: Uint8Array): string;
	close(): Promise<void>;
};

const config = (folder: string): string => `[tsa]
default_tsa = tsa_one
[tsa_one]
dir = ${folder}
serial = ${folder}/serial
crypto_device = builtin
signer_cert = ${folder}/tsa.pem
certs = ${folder}/ca.pem
signer_key = ${folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[req]
distinguished_name = dn
[dn]
[v3_ca]
basicConstraints = critical,CA:true
[v3_tsa]
extendedKeyUsage = critical,timeStamping
`;

export async function openAuthority(openssl: string): Promise<Authority> {
	const folder = temporaryFolder('tsa');
	const at = (name: string): string => join(folder, name);
	const run = (...args: string[]): Buffer => execFileSync(openssl, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
	writeFileSync(at('tsa.cnf'), config(folder));
	writeFileSync(at('serial'), '01\n');
	const key = (name: string) => ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', at(name), '-config', at('tsa.cnf')];
	run('req', '-x509', ...key('ca.key'), '-subj', '/CN=Prova CA', '-days', '2', '-extensions', 'v3_ca', '-out', at('ca.pem'));
	run('req', ...key('tsa.key'), '-subj', '/CN=Prova TSA', '-out', at('tsa.csr'));
	const sign = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-extfile', at('tsa.cnf'), '-extensions', 'v3_tsa'];
	run('x509', '-req', '-in', at('tsa.csr'), ...sign, '-days', '2', '-out', at('tsa.pem'));

	let count = 0;
	let spoiled: Parameters<Authority['spoil']>[0] = null;
	const http = createServer(async (request, response) => {
		const pieces: Buffer[] = [];
		for await (const piece of request) pieces.push(piece as Buffer);
		const query = Buffer.concat(pieces);
		count += 1;
		writeFileSync(at('query.tsq'), query);
		run('ts', '-reply', '-config', at('tsa.cnf'), '-queryfile', at('query.tsq'), '-out', at('answer.tsr'));
		const answer = readFileSync(at('answer.tsr'));
		const { status, body } = spoiled?.(answer, query) ?? { status: 200, body: answer };
		response.writeHead(status, { 'content-type': 'application/timestamp-reply' }).end(body);
	});
	await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
	return {
		address: `http://127.0.0.1:${(http.address() as AddressInfo).port}/tsa`,
		asked: () => count,
		spoil(how) {
			spoiled = how;
		},
		verify(answer, data) {
			writeFileSync(at('kept.tsr'), answer);
			writeFileSync(at('data'), data);
			try {
				return run('ts', '-verify', '-in', at('kept.tsr'), '-data', at('data'), '-CAfile', at('ca.pem'), '-untrusted', at('tsa.pem')).toString();
			} catch (error) {
				return String((error as { stdout?: Buffer }).stdout ?? '') || 'Verification: FAILED';
			}
		},
		close: () => new Promise((resolve) => http.close(() => resolve())),
	};
}
