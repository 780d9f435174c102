// Tries whether a web service accepts writes: one request that the plan describes, and, where it says so, one that takes the write back.
// What could not be taken back is taken back first, before anything is written again: a probe never piles up. Keeps no answer.
import * as z from 'zod/mini';
import { subjectOf } from '../../shared/subject.ts';
import { type Answer, ask } from './ask.ts';
import { blindBy } from './cause.ts';
import type { ConnectorKind, Reader, ReaderContext } from './connector.ts';
import { secretName, webAddress } from './settings.ts';
import { type WriteFinding, writeLook, writeProbed } from './write-probe.ts';

const headerName = z.string().check(z.regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'the name of a header'));
const headerValue = z.string().check(z.maxLength(1000), z.regex(/^[\x20-\x7e]*$/, 'a header’s value: printable letters of ASCII, in one line'));
const statuses = z.array(z.int().check(z.gte(100), z.lte(599))).check(z.minLength(1, 'at least one status'));

/** By these a caller shows who it is. */
const secretHeader = /^(authorization|proxy-authorization|cookie|x-api-key|api-key|.*(token|secret|password).*)$/i;
/** By these the two ends agree where a request ends. */
const framing = /^(connection|content-length|expect|keep-alive|te|trailer|transfer-encoding|upgrade)$/i;
const isPlain = (name: string): boolean => !secretHeader.test(name) && !framing.test(name);
const plainName = headerName.check(
	z.refine(
		isPlain,
		'a header that neither frames the request nor holds a secret: secrets stand in headersFrom, by the name of an environment variable',
	),
);
const secretHeaderName = headerName.check(z.refine((name: string) => !framing.test(name), 'a header that does not frame the request'));

const request = {
	url: webAddress,
	headers: z._default(z.record(plainName, headerValue), {}),
	/** Header → the environment variable that holds its whole value, as `Bearer …`. */
	headersFrom: z._default(z.record(secretHeaderName, secretName), {}),
	body: z.optional(z.string().check(z.maxLength(16_384, 'a body of at most 16384 characters'))),
};

const shape = z.strictObject({
	...writeProbed,
	...request,
	method: z._default(z.enum(['POST', 'PUT', 'PATCH', 'DELETE'], 'POST, PUT, PATCH or DELETE'), 'POST'),
	expect: z.prefault(
		z.strictObject({
			/** That mean the write was taken; without it any 2xx. Redirects are not followed. */
			status: z.optional(statuses),
			/** That mean it was refused by the service, where they would else be Regia's own lack of rights (401, 403, 407). */
			refused: z.optional(statuses),
			trusted: z._default(z.boolean(), true),
		}),
		{},
	),
	/**
	 * With the write's own headers. `url`: without it the place that the answer to a POST names (Location, on the same origin), and of a PUT,
	 * PATCH or DELETE the write's own. A POST's own address is a collection: it is never asked to take itself back.
	 */
	takeBack: z.optional(
		z.strictObject({
			method: z._default(z.enum(['DELETE', 'POST', 'PUT', 'PATCH'], 'DELETE, POST, PUT or PATCH'), 'DELETE'),
			url: z.optional(webAddress),
			body: request.body,
			status: z.optional(statuses),
		}),
	),
});
const httpWriteSettings = shape.check(
	z.refine(({ method, takeBack }) => method !== 'PATCH' || takeBack === undefined || takeBack.method !== 'DELETE' || takeBack.url !== undefined, {
		path: ['takeBack', 'method'],
		error: 'a PATCH is taken back by another PATCH, a PUT or a POST: DELETE would take away what was there before',
	}),
	// The write's secrets go along.
	z.refine(({ url, takeBack }) => takeBack?.url === undefined || URL.parse(takeBack.url)?.origin === URL.parse(url)?.origin, {
		path: ['takeBack', 'url'],
		error: 'an address on the same host and port as the write',
	}),
);
type HttpWriteSettings = z.infer<typeof httpWriteSettings>;

const MAX_BODY_BYTES = 65_536;
const withoutRights = new Set([401, 403, 407]);
/** A service that says of no write where it stands would be filled by a probe: so long nothing more is written to it. */
export const UNPLACED_FOR_MS = 900_000;
/** Nothing is there (any more): then there is nothing to take back. */
const nothingThere = new Set([404, 410]);
const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/** It took something and does not say where it stands: Regia cannot try without leaving things behind, and says so. */
const unplaced: WriteFinding = { accepted: null, why: 'bad-answer' };

/** All headers, or null where a secret is not set or cannot be sent. */
function headersOf({ headers, headersFrom }: HttpWriteSettings, secret: ReaderContext['secret']): Record<string, string> | null {
	const all: Record<string, string> = { accept: '*/*', 'user-agent': 'regia', ...headers };
	for (const [name, variable] of Object.entries(headersFrom)) {
		const value = secret(variable);
		if (value === undefined || !/^[\x20-\x7e]+$/.test(value)) return null;
		all[name] = value;
	}
	return all;
}

/** What an answer that is not the expected one says: nothing of the service, where Regia could not ask or has no right to. */
function refusal(answer: Answer, refused: readonly number[] = []): WriteFinding {
	if (!answer.ok) {
		const why = blindBy(answer.cause);
		return answer.cause === 'ours' || answer.cause === 'forbidden' ? { accepted: null, why } : { accepted: false, why };
	}
	if (withoutRights.has(answer.status) && !refused.includes(answer.status)) return { accepted: null, why: 'unauthorised' };
	return { accepted: false, why: 'bad-answer' };
}

/** Where the write can be taken back: never on another origin than the write's, whose secrets go along. Null where nobody says where a POST went. */
function placeOf({ method, url, takeBack }: HttpWriteSettings, answer: Answer): string | null {
	if (takeBack?.url !== undefined) return takeBack.url;
	if (method !== 'POST') return url;
	const told = answer.ok ? answer.headers.location : undefined;
	const named = told === undefined ? null : URL.parse(told, url);
	return named !== null && named.origin === new URL(url).origin ? named.href : null;
}

function openProbe(mine: HttpWriteSettings, { secret, targets, now }: ReaderContext): (signal: AbortSignal) => Promise<WriteFinding> {
	/** Where a write may still stand that was not taken back. */
	let owed: string | null = null;
	let unplacedAt = Number.NEGATIVE_INFINITY;
	const { expect, takeBack } = mine;

	return async (signal) => {
		const headers = headersOf(mine, secret);
		if (headers === null) return { accepted: null, why: 'unauthorised' };
		const put = (method: HttpWriteSettings['method'], url: string, body: string | undefined): Promise<Answer> =>
			ask({ method, url, headers, signal, targets, maxBytes: MAX_BODY_BYTES, trusted: expect.trusted, ...(body === undefined ? {} : { body }) });

		/** Null once nothing is owed; else what the failure says: taking back is a write, too. */
		const clear = async (): Promise<WriteFinding | null> => {
			if (owed === null || takeBack === undefined) return null;
			const answer = await put(takeBack.method, owed, takeBack.body);
			const isDone = answer.ok && (takeBack.status?.includes(answer.status) ?? (isSuccess(answer.status) || nothingThere.has(answer.status)));
			if (!isDone) return refusal(answer, expect.refused);
			owed = null;
			return null;
		};

		const before = await clear();
		if (before !== null) return before;
		if (now() - unplacedAt < UNPLACED_FOR_MS) return unplaced;
		const answer = await put(mine.method, mine.url, mine.body);
		const isTaken = answer.ok && (expect.status?.includes(answer.status) ?? isSuccess(answer.status));
		// Nobody knows whether a write without an answer was made; nor, of a POST, where.
		if (isTaken || (!answer.ok && answer.cause === 'timeout')) owed = takeBack === undefined ? null : placeOf(mine, answer);
		if (!isTaken) return refusal(answer, expect.refused);
		if (takeBack !== undefined && owed === null) {
			unplacedAt = now();
			return unplaced;
		}
		return (await clear()) ?? { accepted: true };
	};
}

export const httpWriteConnector: ConnectorKind = {
	kind: 'http-write',
	polled: true,
	settings: httpWriteSettings,
	subjects: (settings) => [subjectOf('service', httpWriteSettings.parse(settings).service)],
	open(settings, context): Reader {
		const mine = httpWriteSettings.parse(settings);
		const tryWrite = openProbe(mine, context);
		return {
			async read(signal) {
				const finding = await tryWrite(signal);
				return writeLook(mine, finding, context.now());
			},
			async close() {},
		};
	},
};
