// The loop that empties the outboxes: of each channel the first in line, one at a time, until it is taken. What came of it goes into the record;
// told and not yet recorded, it is sent again with the same id. Knows no kind of channel and no alarm.
import type { ChannelFacts, ChannelFault, NoticeFacts } from '../../shared/board-breakdown.ts';
import type { AutoDraft } from '../../shared/entry.ts';
import type { NoticeMessage } from '../domain/notice-message.ts';
import type { Channel, Sent } from './channel.ts';

type Outcome = Extract<AutoDraft, { what: 'delivered' | 'channel' }>;

export type Pace = {
	/** How often the outboxes are looked at, how long one sending may take. */
	readonly lookMs: number;
	readonly sendMs: number;
	/** After a failure it waits so long, doubled each time up to the most; a fifth more or less by chance. */
	readonly firstMs: number;
	readonly mostMs: number;
	/** Failing so long, it is said in the record. */
	readonly failingAfterMs: number;
	/** Where nobody mends the way in for so long, messages older than that are given up. */
	readonly giveUpMs: number;
};

export const usualPace: Pace = { lookMs: 250, sendMs: 20_000, firstMs: 1000, mostMs: 60_000, failingAfterMs: 5000, giveUpMs: 86_400_000 };

/** Digests grow until they are due; what joined in the last moment is in the record by then. */
const DIGEST_GRACE_MS = 2000;
const STOP_WITHIN_MS = 2000;
/** Turned away so often it is given up, and nobody gets it: that is counted, and the channel fails until the next one is taken. */
const MOST_TURNED_AWAY = 3;

export type NotifierParts = {
	readonly channels: Readonly<Record<string, Channel>>;
	facts(channel: string): ChannelFacts | undefined;
	compose(channel: string, key: string, notice: NoticeFacts): NoticeMessage;
	/** Resolves once it is durable; rejects where the journal cannot write. */
	record(outcome: Outcome): Promise<unknown>;
	/** Whether Regia itself cannot see: then that nothing leaves says nothing of a channel (rule 3). */
	isBlind(): boolean;
	/** As alarms have it: a rehearsal's. */
	now(): number;
	/** ms that only ever grow, and 0 ≤ x < 1. */
	elapsed(): number;
	random(): number;
	/** For the log: closed codes alone. */
	told(channel: string, what: 'failing' | 'well' | 'refused', why: ChannelFault | null): void;
	readonly pace?: Pace;
};

export type Notifier = {
	/** Lets a sending under way end, but not for long. */
	stop(): Promise<void>;
};

type Line = {
	tries: number;
	failingFrom: number | null;
	why: ChannelFault | null;
	/** How often the first in line was turned away. */
	turnedAway: number;
	/** Not before; by `elapsed`. */
	notBefore: number;
	/** Taken by the receiver, and not in the record yet. */
	unrecorded: Outcome | null;
	/** The sending under way. */
	busy: Promise<void> | null;
};

export function startNotifier(parts: NotifierParts): Notifier {
	const { channels, facts, compose, record, isBlind, now, elapsed, random, told, pace = usualPace } = parts;
	const stopping = new AbortController();
	const lines = new Map<string, Line>();
	let wasBlind = false;
	for (const id of Object.keys(channels))
		lines.set(id, { tries: 0, failingFrom: null, why: null, turnedAway: 0, notBefore: 0, unrecorded: null, busy: null });

	/** The order of the keys is the order of sending: nothing is passed over but what must wait for its hour. */
	function firstInLine(id: string): readonly [key: string, notice: NoticeFacts] | null {
		const rows = facts(id)?.outbox.rows ?? {};
		let first: string | null = null;
		for (const [key, { notBefore, kind }] of Object.entries(rows)) {
			const isDue = notBefore === null || now() >= notBefore + (kind === 'digest' ? DIGEST_GRACE_MS : 0);
			if (isDue && (first === null || key < first)) first = key;
		}
		const notice = first === null ? undefined : rows[first];
		return first === null || notice === undefined ? null : [first, notice];
	}

	/** A receiver that says how long to wait is believed, in both directions. */
	function waitAfter(line: Line, retryAfterMs?: number): void {
		line.tries += 1;
		const backOff = Math.min(pace.firstMs * 2 ** Math.min(line.tries - 1, 30), pace.mostMs);
		line.notBefore = elapsed() + Math.max(pace.firstMs, retryAfterMs ?? backOff) * (0.8 + 0.4 * random());
	}

	async function onFailure(line: Line, id: string, { why, how, retryAfterMs }: Extract<Sent, { ok: false }>, key: string, at: number) {
		line.why = why;
		line.failingFrom ??= elapsed() - (how === 'again' ? 0 : pace.failingAfterMs);
		line.turnedAway += how === 'message' ? 1 : 0;
		waitAfter(line, retryAfterMs);
		await sayFailing(id, line);
		const isGivenUp = line.turnedAway >= MOST_TURNED_AWAY || (how === 'access' && now() - at > pace.giveUpMs);
		if (!isGivenUp) return;
		line.turnedAway = 0;
		line.unrecorded = { kind: 'auto', what: 'delivered', channel: id, notices: [key], refused: why };
		told(id, 'refused', why);
		await settle(line);
	}

	/** Not at the first slip; but at once where waiting does not help. */
	async function sayFailing(id: string, { failingFrom, why }: Line): Promise<void> {
		if (failingFrom === null || elapsed() - failingFrom < pace.failingAfterMs || isBlind()) return;
		const said = facts(id);
		if (said === undefined || (said.failingSince !== null && said.why === why)) return;
		told(id, 'failing', why);
		await record({ kind: 'auto', what: 'channel', channel: id, state: 'failing', why });
	}

	/** Until it is in the record nothing else is sent: after a restart only this one can come twice. */
	async function settle(line: Line): Promise<void> {
		if (line.unrecorded === null) return;
		await record(line.unrecorded);
		line.unrecorded = null;
	}

	async function sendFirst(id: string, line: Line, channel: Channel): Promise<void> {
		await settle(line);
		const first = firstInLine(id);
		if (first === null || stopping.signal.aborted) return;
		const [key, notice] = first;
		const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(pace.sendMs)]);
		const sent = await channel.send(compose(id, key, notice), signal);
		if (!sent.ok) {
			if (!stopping.signal.aborted) await onFailure(line, id, sent, key, notice.notBefore ?? notice.at);
			return;
		}
		Object.assign(line, { tries: 0, failingFrom: null, why: null, turnedAway: 0 });
		line.unrecorded = { kind: 'auto', what: 'delivered', channel: id, notices: [key] };
		await settle(line);
		if (facts(id)?.failingSince === null) return;
		told(id, 'well', null);
		await record({ kind: 'auto', what: 'channel', channel: id, state: 'well', why: null });
	}

	async function empty(id: string, line: Line, channel: Channel): Promise<void> {
		try {
			await sayFailing(id, line);
			while (!stopping.signal.aborted && elapsed() >= line.notBefore && (line.unrecorded !== null || firstInLine(id) !== null)) {
				await sendFirst(id, line, channel);
			}
		} catch {
			// The journal cannot write and says so itself; what was sent is recorded when it can.
			waitAfter(line);
		}
	}

	function look(): void {
		const sees = !isBlind();
		// What was tried without sight proves nothing: each begins anew, and at once.
		if (sees && wasBlind) for (const line of lines.values()) Object.assign(line, { tries: 0, failingFrom: null, why: null, notBefore: 0 });
		wasBlind = !sees;
		for (const [id, line] of lines) {
			const channel = channels[id];
			if (channel === undefined || line.busy !== null) continue;
			line.busy = empty(id, line, channel).finally(() => {
				line.busy = null;
			});
		}
	}

	const looks = setInterval(look, pace.lookMs);
	return {
		async stop() {
			clearInterval(looks);
			const ended = Promise.all([...lines.values()].map(({ busy }) => busy));
			const timer = setTimeout(() => stopping.abort(), STOP_WITHIN_MS);
			const over = Promise.withResolvers<void>();
			stopping.signal.addEventListener('abort', () => over.resolve());
			await Promise.race([ended, over.promise]);
			clearTimeout(timer);
			stopping.abort();
			await ended;
		},
	};
}
