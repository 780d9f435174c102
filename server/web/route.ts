// The contract of a route: plain data in, plain data out. Routes know no web framework; app.ts is where they meet it.
import type { AuditRow } from '../../shared/audit.ts';
import type { Board } from '../../shared/board.ts';
import type { AuditDraft, Entry, Position } from '../../shared/entry.ts';
import type { ErRefusalCode } from '../../shared/er.ts';
import type { Audience } from '../../shared/events.ts';
import type { FrameClock, JournalHealth } from '../../shared/frame.ts';
import type { SentMark } from '../../shared/mark.ts';
import type { MarkRefusal } from '../../shared/mark-refusal.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Result } from '../../shared/result.ts';
import type { Reading, Refusal } from '../../shared/sample.ts';
import type { Arms } from '../domain/arm.ts';
import type { Batch, BatchOutcome } from '../domain/batch.ts';
import type { ErMessage, ErTaken } from '../domain/er-batch.ts';
import type { ErEvent } from '../domain/er-event.ts';
import type { Action, Credentials, Who } from '../domain/may.ts';
import type { Pairing } from '../domain/pairing.ts';
import type { People } from '../domain/people.ts';
import type { TokenStore } from '../domain/token.ts';
import type { PressDoor } from './press-door.ts';

/** RFC 9457. `type` is a path under /api/problems; extra members say more. */
export type Problem = {
	readonly status: number;
	readonly code: string;
	readonly title: string;
	readonly detail: string;
	readonly [extra: string]: unknown;
};

export type Reply = { readonly cookies?: readonly string[] } & (
	| { readonly status: number; readonly json: unknown; readonly headers?: Readonly<Record<string, string>> }
	| { readonly status: number; readonly text: string | Buffer; readonly type: string; readonly headers?: Readonly<Record<string, string>> }
	/** Written a piece at a time; ends when the generator does, or the reader leaves (`signal`). */
	| { readonly status: number; readonly stream: AsyncIterable<string>; readonly type: string }
	| { readonly problem: Problem; readonly headers?: Readonly<Record<string, string>> }
);

export type Request = {
	readonly method: string;
	readonly params: Readonly<Record<string, string>>;
	readonly query: URLSearchParams;
	header(name: string): string | null;
	readonly who: Who;
	/** What the request showed of itself. */
	readonly credentials: Credentials;
	/** The address that it came from. */
	readonly from: string;
	/** Who it is and by which credentials: what an armed act is bound to. Never shown. */
	readonly caller: string;
	/** The presented secret where the path's shape demands one there (heartbeats); checked by the route. */
	body(): Promise<Buffer | Problem>;
	readonly signal: AbortSignal;
};

/** `by`: a part of the name of who did it. Instants in ms UTC, `to` not included. */
export type AuditAsk = { readonly from: number; readonly to: number; readonly by: string | null; readonly act: string | null };

export type ReadSamples =
	| { readonly ok: true; readonly rows: readonly { readonly index: number; readonly reading: Reading }[]; readonly malformed: readonly Refusal[] }
	| { readonly ok: false; readonly code: 'malformed' | 'too-large'; readonly message: string };

/** A push of Encounters, read: `message` and `missed` as er.take and the answer need them. */
export type ReadEncounters =
	| {
			readonly ok: true;
			readonly message: string | null;
			readonly events: readonly ErEvent[];
			readonly accepted: number;
			readonly refused: readonly { readonly index: number; readonly code: ErRefusalCode; readonly message: string }[];
			readonly missed: number;
	  }
	| { readonly ok: false; readonly code: 'not-a-fhir-source' | 'malformed'; readonly message: string };

/** Who pushes, and what its token lets it speak about. */
export type Pusher = { readonly source: string; readonly subjects: readonly string[]; readonly measures?: readonly string[] | undefined };
/** A push in its sender's own format: in the record as far as it concerns the plan, or why it can never be taken. `beats`: of what was accepted, that it lives. */
export type TakenPush =
	| { readonly ok: true; readonly outcome: BatchOutcome; readonly beats: number }
	| { readonly ok: false; readonly code: 'not-such-a-source' | 'malformed' | 'too-large'; readonly message: string };

/** What routes may ask of the rest of the server; main.ts joins them. */
export type Parts = {
	submit(batch: Batch): Promise<BatchOutcome>;
	mark(
		sent: SentMark,
		maker: { readonly by: string; readonly caller: string; readonly from: string },
		key?: string,
	): Promise<BatchOutcome | MarkRefusal>;
	/** What is told of visits; resolves once it is durable. */
	readonly er: { take(message: ErMessage): Promise<ErTaken> };
	board(): { readonly position: Position; readonly board: Board };
	boardAt(seq: number): Promise<{ readonly position: Position; readonly board: Board }>;
	view(audience: Audience, board: Board): Board;
	seqAt(instant: number): Promise<number>;
	seenAt(seq: number): Promise<number>;
	entries(after: number, until?: number): AsyncIterable<Entry>;
	/** Resolves when the record has grown past `seq`, or the signal aborts. */
	grown(seq: number, signal: AbortSignal): Promise<void>;
	head(): Position;
	clock(): FrameClock;
	journal(): JournalHealth;
	/** What anybody may read, by the plan; null where it publishes nothing. */
	published(): NonNullable<Plan['status']> | null;
	readonly tokens: Pick<TokenStore, 'check' | 'list' | 'make' | 'rotate' | 'revoke' | 'link' | 'exchange'>;
	readonly people: People;
	readonly arms: Arms;
	readonly pairing: Pairing;
	readonly press: PressDoor;
	/** What changed the rules of the room; resolves once it is durable. */
	audit(draft: Omit<AuditDraft, 'kind' | 'at'>): Promise<void>;
	/** Brings changes to tokens into the record; they are durable beside the tokens before that. */
	tellChanges(): Promise<void>;
	auditPage(ask: AuditAsk, before: number, limit: number): Promise<readonly AuditRow[]>;
	auditRows(ask: AuditAsk): AsyncIterable<AuditRow>;
	/** The readers of what sources push; they belong to the connectors. */
	readSamples(text: string, format: 'json' | 'ndjson'): ReadSamples;
	readEncounters(
		text: string,
		sender: { readonly source: string; readonly subjects: readonly string[]; readonly key?: string | undefined },
	): ReadEncounters;
	readonly pushed: {
		prometheus(packed: Buffer, pusher: Pusher): Promise<TakenPush>;
		alerts(text: string, pusher: Pusher): Promise<TakenPush>;
	};
	readHeartbeat(shape: 'kuma' | 'gatus', query: URLSearchParams, source: string): Result<readonly Reading[]>;
	exact(source: string): Promise<boolean>;
	/** Sets a rehearsal's speed; null where this is no rehearsal. */
	setSpeed(speed: number): number | null;
	clients(): number;
	metrics(): Promise<string>;
	planSchema(): Record<string, unknown>;
	routes(): readonly Route[];
};

export type Method = 'GET' | 'POST' | 'ANY';

export type Route = {
	readonly method: Method;
	/** As `/api/push/:token`. */
	readonly path: string;
	readonly action: Action;
	/** A public page that is answered from what is kept: a crowd behind one address may ask for it. */
	readonly isCached?: boolean;
	/** One sentence for /api/openapi.json. */
	readonly summary: string;
	readonly query?: Readonly<Record<string, string>>;
	/** JSON Schema of the body, where the route takes one; and its type, where that is not JSON. */
	readonly body?: Readonly<Record<string, unknown>>;
	readonly bodyType?: string;
	/** The content-encoding that the route unpacks itself: what is packed so is handed to it as it came, and is no JSON. */
	readonly packing?: string;
	readonly answers: Readonly<Record<string, string>>;
	handle(request: Request, parts: Parts): Promise<Reply>;
};

/** An instant that says its offset, in ms UTC; NaN otherwise, for a local time is doubled once a year. */
export const instantOf = (text: string): number => (/(?:Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN);

export const problem = (
	status: number,
	code: string,
	title: string,
	detail: string,
	extra: Readonly<Record<string, unknown>> = {},
): { readonly problem: Problem } => ({
	problem: { ...extra, status, code, title, detail },
});

/** With its sender's name before it, a key stays below what the journal keeps. */
const KEY_MAX = 128;

/** The request's Idempotency-Key as the journal keeps it, undefined where there is none, or what is wrong with it. */
export function keyOf(request: Pick<Request, 'header'>, sender: string): string | undefined | { readonly problem: Problem } {
	const key = request.header('idempotency-key');
	if (key === null) return undefined;
	if (key.length === 0 || key.length > KEY_MAX)
		return problem(400, 'malformed', 'Idempotency-Key', `an Idempotency-Key has 1 to ${KEY_MAX} characters`);
	return `${sender}:${key}`;
}

/** What a refused write is on the wire: 507 when the disk is full, 503 for any other cause, both to be sent again. */
export function unwritten(outcome: Extract<BatchOutcome, { ok: false }>): Reply {
	const status = outcome.code === 'journal-full' ? 507 : 503;
	return { ...problem(status, outcome.code, 'The journal cannot write', outcome.message), headers: { 'Retry-After': '2' } };
}
