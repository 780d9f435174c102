// One bounded HTTP question: no redirect, no reused connection, a body of limited size. Knows nothing of what is asked.
import { request as askPlain, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as askTls } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { type Cause, causeOf } from './cause.ts';
import { anyTarget, NotPermitted, type Targets } from './targets.ts';

export type Question = {
	readonly url: string;
	readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string;
	readonly signal: AbortSignal;
	readonly maxBytes: number;
	/** Whether the certificate must be one that this machine trusts. */
	readonly trusted?: boolean;
	/** Whom it may be put to; left out: anybody. */
	readonly targets?: Targets | undefined;
};

/** `cut`: the body was longer than allowed, and only its beginning was read. `latencyMs`: to the first byte of the answer. */
export type Answer =
	| {
			readonly ok: true;
			readonly status: number;
			readonly body: string;
			/** The same, for those who know its letters better. */
			readonly bytes: Buffer;
			readonly headers: IncomingHttpHeaders;
			readonly cut: boolean;
			readonly latencyMs: number;
			readonly certEnds: number | null;
	  }
	| { readonly ok: false; readonly cause: Cause };

const certEndsOf = (response: IncomingMessage): number | null => {
	const socket = response.socket as Partial<TLSSocket>;
	const ends = Date.parse(socket.getPeerCertificate?.().valid_to ?? '');
	return Number.isFinite(ends) ? ends : null;
};

/** Never rejects. Each question opens a connection of its own, so that an old one can't hide that new ones fail. */
export function ask(question: Question): Promise<Answer> {
	const { promise, resolve } = Promise.withResolvers<Answer>();
	const started = performance.now();
	const fail = (error: unknown): void => resolve({ ok: false, cause: question.signal.aborted ? 'timeout' : causeOf(error) });
	if (question.signal.aborted) {
		fail(undefined);
		return promise;
	}
	const { body, targets = anyTarget } = question;
	if (!targets.mayBe(URL.parse(question.url)?.hostname ?? '')) {
		fail(new NotPermitted());
		return promise;
	}
	const send = question.url.startsWith('https:') ? askTls : askPlain;
	const outgoing = send(question.url, {
		method: question.method ?? 'GET',
		headers: { ...question.headers, ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }) },
		agent: false,
		lookup: targets.lookup,
		signal: question.signal,
		rejectUnauthorized: question.trusted ?? true,
	});
	outgoing.on('error', fail);
	outgoing.on('response', (response) => {
		const latencyMs = performance.now() - started;
		const certEnds = certEndsOf(response);
		const chunks: Buffer[] = [];
		let length = 0;
		const finish = (cut: boolean): void => {
			const bytes = Buffer.concat(chunks).subarray(0, question.maxBytes);
			const { statusCode: status = 0, headers } = response;
			resolve({ ok: true, status, body: bytes.toString('utf8'), bytes, headers, cut, latencyMs, certEnds });
		};
		response.on('data', (chunk: Buffer) => {
			chunks.push(chunk);
			length += chunk.length;
			if (length <= question.maxBytes) return;
			finish(true);
			response.destroy();
		});
		response.on('end', () => finish(false));
		response.on('error', fail);
		response.on('close', () => fail(undefined));
	});
	outgoing.end(body);
	return promise;
}
