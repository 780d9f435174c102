// The contract of a way out: it delivers one message, or says by a closed code why not. It knows no alarm, no record and no other channel.
import type { Socket } from 'node:net';
import type { ChannelFault } from '../../shared/board-breakdown.ts';
import type { NoticeMessage } from '../domain/notice-message.ts';

/**
 * `again`: it may go later; `access`: nothing goes until somebody mends the channel; `message`: this one is turned away for good.
 * `retryAfterMs`: how long the receiver asks to be left alone.
 */
export type Sent =
	| { readonly ok: true }
	| { readonly ok: false; readonly why: ChannelFault; readonly how: 'again' | 'access' | 'message'; readonly retryAfterMs?: number };

export type Channel = {
	/** Never rejects for what the outside does. The same message may be sent twice: it has the same id. */
	send(message: NoticeMessage, signal: AbortSignal): Promise<Sent>;
};

export type Posted = {
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
	readonly signal: AbortSignal;
};
export type Answer =
	| { readonly ok: true; readonly status: number; readonly retryAfter: string | undefined; readonly body: string }
	| { readonly ok: false; readonly why: ChannelFault };

/** What of the outside world a channel is given: every connection is one that the plan permits. */
export type Outside = {
	/** Never rejects; follows no redirect. */
	post(posted: Posted): Promise<Answer>;
	/** Rejects with what `faultOf` names. */
	dial(host: string, port: number, signal: AbortSignal): Promise<Socket>;
	faultOf(error: unknown): ChannelFault;
	/** Never logged, never recorded; undefined where the environment has none of that name. */
	secret(environmentName: string): string | undefined;
	/** ms UTC of the real clock, also in a rehearsal. */
	now(): number;
};

export const noSecret: Sent = { ok: false, why: 'secret-missing', how: 'access' };
