// Receivers of messages on the loopback, as real as they come: an SMTP sink and web receivers that can be away, refuse and come back.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { SMTPServer } from 'smtp-server';
import { freePort } from './free-port.ts';

export type Received = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string; readonly at: number };

export type WebReceiver = {
	readonly port: number;
	readonly got: readonly Received[];
	/** How it answers from now on; `cut`: it takes the message and breaks off. */
	answer(how: { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string } | 'cut'): void;
	/** All that came, taken or not. */
	asked(): number;
	comeUp(): Promise<void>;
	goDown(): Promise<void>;
};

/** Nobody listens until it comes up. `body`: what it says when it takes a message. */
export async function webReceiver(body: string): Promise<WebReceiver> {
	const port = await freePort();
	const well = { status: 200, body };
	let how: Parameters<WebReceiver['answer']>[0] = well;
	let asked = 0;
	const got: Received[] = [];
	const server = createServer(async (request, response) => {
		asked += 1;
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const one = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString(), at: Date.now() };
		if (how === 'cut') {
			got.push(one);
			request.socket.destroy();
			return;
		}
		if (how.status >= 200 && how.status < 300) got.push(one);
		response.writeHead(how.status, { connection: 'close', ...how.headers }).end(how.body ?? body);
	});
	return {
		port,
		got,
		answer(next) {
			how = next;
		},
		asked: () => asked,
		async comeUp() {
			how = well;
			server.listen(port, '127.0.0.1');
			await once(server, 'listening');
		},
		async goDown() {
			if (!server.listening) return;
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};
}

export type Mail = { readonly id: string; readonly subject: string; readonly raw: string; readonly to: readonly string[] };
export type MailSink = {
	readonly port: number;
	readonly got: readonly Mail[];
	/** The SMTP status that it refuses messages with; null: it takes them. */
	refuse(status: number | null): void;
	comeUp(): Promise<void>;
	goDown(): Promise<void>;
};

const headerOf = (raw: string, name: string): string => {
	const folded = new RegExp(`^${name}: ((?:.|\\r\\n[ \\t])*)`, 'im').exec(raw)?.[1] ?? '';
	return folded.replace(/\r\n[ \t]/g, ' ').trim();
};

/** RFC 2047, as far as mail from here needs it. */
const decoded = (text: string): string =>
	text.replace(/\?=\s+=\?/g, '?==?').replace(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_all, how: string, coded: string) =>
		how.toLowerCase() === 'b'
			? Buffer.from(coded, 'base64').toString()
			: Buffer.from(
					coded.replace(/_/g, ' ').replace(/=([0-9A-F]{2})/g, (_hex, two: string) => String.fromCharCode(Number.parseInt(two, 16))),
					'latin1',
				).toString(),
	);

/** `tls`: it offers STARTTLS with this certificate. `user`: who must sign in. */
export async function mailSink(
	options: { readonly tls?: { key: Buffer; cert: Buffer }; readonly user?: { name: string; password: string } } = {},
): Promise<MailSink> {
	const port = await freePort();
	let refusal: number | null = null;
	const got: Mail[] = [];
	let server: SMTPServer | null = null;
	const open = (): SMTPServer => {
		const one = new SMTPServer({
			disabledCommands: [...(options.tls ? [] : ['STARTTLS']), ...(options.user ? [] : ['AUTH'])],
			...(options.tls ?? {}),
			authOptional: options.user === undefined,
			allowInsecureAuth: true,
			onAuth: ({ username, password }, _session, done) =>
				username === options.user?.name && password === options.user?.password
					? done(null, { user: username })
					: done(Object.assign(new Error('no'), { responseCode: 535 })),
			onData(stream, session, done) {
				const chunks: Buffer[] = [];
				stream.on('data', (chunk: Buffer) => chunks.push(chunk));
				stream.on('end', () => {
					if (refusal !== null) return done(Object.assign(new Error('not now'), { responseCode: refusal }));
					const raw = Buffer.concat(chunks).toString();
					got.push({
						id: headerOf(raw, 'Message-ID'),
						subject: decoded(headerOf(raw, 'Subject')),
						raw,
						to: session.envelope.rcptTo.map(({ address }) => address),
					});
					done();
				});
			},
		});
		one.on('error', () => undefined);
		return one;
	};
	return {
		port,
		got,
		refuse(status) {
			refusal = status;
		},
		async comeUp() {
			refusal = null;
			const one = open();
			server = one;
			await new Promise<void>((resolve) => one.listen(port, '127.0.0.1', resolve));
		},
		async goDown() {
			const one = server;
			server = null;
			if (one) await new Promise<void>((resolve) => one.close(resolve));
		},
	};
}
