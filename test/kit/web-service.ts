// A small web service that can be told how to behave: answer, be slow, talk garbage, go on for ever, go down and come back.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createPlain, type RequestListener } from 'node:http';
import { createServer as createTls } from 'node:https';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTool } from './tool.ts';

export const opensslPath = findTool('openssl', 'apt-get install openssl');

export type Behaviour =
	| { readonly kind: 'answer'; readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> }
	| { readonly kind: 'slow' }
	| { readonly kind: 'garbage'; readonly text: string }
	| { readonly kind: 'endless'; readonly text: string };

export type WebService = {
	readonly port: number;
	readonly url: string;
	behave(behaviour: Behaviour): void;
	goDown(): Promise<void>;
	comeBack(): Promise<void>;
	/** How many requests it has had. */
	asked(): number;
};

/** A certificate of its own making for 127.0.0.1. */
export function certificate(days: number): { readonly key: Buffer; readonly cert: Buffer } {
	if (opensslPath === null) throw new Error('openssl is missing');
	const folder = mkdtempSync(join(tmpdir(), 'regia-certificate-'));
	const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
	const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
	const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', cert];
	try {
		execFileSync(opensslPath, [...made, '-days', String(days), ...subject], { stdio: 'pipe' });
		return { key: readFileSync(key), cert: readFileSync(cert) };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

export async function startWebService({ certificateDays }: { readonly certificateDays?: number } = {}): Promise<WebService> {
	let behaviour: Behaviour = { kind: 'answer', status: 200, body: 'well' };
	let asked = 0;
	const handle: RequestListener = (request, response) => {
		asked += 1;
		request.resume();
		if (behaviour.kind === 'answer') response.writeHead(behaviour.status, behaviour.headers).end(behaviour.body);
		else if (behaviour.kind === 'garbage') request.socket.end(behaviour.text);
		else if (behaviour.kind === 'endless') {
			const { text } = behaviour;
			const more = (): void => {
				while (response.writable && response.write(text.repeat(1000)));
			};
			response.on('drain', more);
			more();
		}
	};
	const server = certificateDays === undefined ? createPlain(handle) : createTls(certificate(certificateDays), handle);
	const sockets = new Set<Socket>();
	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.on('error', () => {});
		socket.on('close', () => sockets.delete(socket));
	});
	server.on('tlsClientError', () => {});
	let port = 0;
	const comeBack = async (): Promise<void> => {
		server.listen(port, '127.0.0.1');
		await once(server, 'listening');
		const address = server.address();
		if (address !== null && typeof address === 'object') port = address.port;
	};
	await comeBack();
	return {
		port,
		url: `${certificateDays === undefined ? 'http' : 'https'}://127.0.0.1:${port}/`,
		behave(next) {
			behaviour = next;
		},
		async goDown() {
			if (!server.listening) return;
			const closed = once(server, 'close');
			server.close();
			for (const socket of sockets) socket.destroy();
			await closed;
		},
		comeBack,
		asked: () => asked,
	};
}
