// The one way of visits into the record: what waits while a commit is under way is the next batch; who sent it is answered once that is
// durable, and the same message again gets the same answer. Knows no wire and no message's text.
import { censusDraft, type ErMessage, type ErTaken, heardOf, lapseDraft } from './domain/er-batch.ts';
import { type Census, openCensus } from './domain/er-census.ts';
import { type Journal, JournalError } from './journal/journal.ts';
import type { Recorder } from './recorder.ts';

export type { ErMessage, ErTaken } from './domain/er-batch.ts';

export type ErDoor = {
	/** Resolves once the message is durable or can't be kept; never rejects. */
	take(message: ErMessage): Promise<ErTaken>;
	/** Deletes the visits whose time is over (48 h after their departure) and the messages older than three days; gives up those never heard of again. */
	forget(): Promise<void>;
	/** Takes nothing more; resolves when all that was taken is answered. */
	close(): Promise<void>;
};

export type ErDoorParts = {
	readonly recorder: Pick<Recorder, 'append'>;
	readonly journal: Pick<Journal, 'visits' | 'answerTo' | 'forget'>;
	/** For how long nothing may be heard of a visit at a site. */
	lapsesAfter(site: string): number;
	now(): number;
	fault(error: unknown): void;
};

/** Bounds how long the first of a batch waits. */
const MESSAGES_A_BATCH = 512;
const MESSAGES_WAITING = 20_000;
/** A repeat comes soon after its first as a rule; older ones are looked up in the journal. */
const ANSWERS_IN_MEMORY = 10_000;
const MESSAGES_KEPT_MS = 72 * 3_600_000;
/** A source that only repeats itself talks all the same; noted at most this often. */
const TALK_EVERY_MS = 10_000;

type Waiting = { readonly message: ErMessage; readonly resolve: (taken: ErTaken) => void };

function refusedBy(error: unknown): ErTaken {
	if (!(error instanceof JournalError)) return { ok: false, code: 'journal-failing' };
	return { ok: false, code: error.code === 'closed' ? 'closed' : `journal-${error.code}` };
}

function bySource(waiting: readonly Waiting[]): Map<string, Waiting[]> {
	const groups = new Map<string, Waiting[]>();
	for (const one of waiting) {
		const group = groups.get(one.message.source);
		if (group) group.push(one);
		else groups.set(one.message.source, [one]);
	}
	return groups;
}

export function openErDoor({ recorder, journal, lapsesAfter, now, fault }: ErDoorParts): ErDoor {
	/** Null where it may differ from the record: it is read from that before the next batch. */
	let census: Census | null = null;
	let waiting: Waiting[] = [];
	let isDue = false;
	let isClosed = false;
	let last: Promise<void> = Promise.resolve();
	const answers = new Map<string, string>();
	const talkedAt = new Map<string, number>();

	function inTurn(work: () => Promise<void>): Promise<void> {
		const mine = last.then(work);
		last = mine.catch(() => undefined);
		return mine;
	}

	/** All that arrives in the same turn of the loop, or while another batch commits, goes together. */
	function makeDue(): void {
		if (isDue) return;
		isDue = true;
		setImmediate(() => void inTurn(takeBatch));
	}

	async function takeBatch(): Promise<void> {
		isDue = false;
		const batch = waiting.slice(0, MESSAGES_A_BATCH);
		waiting = waiting.slice(MESSAGES_A_BATCH);
		if (waiting.length > 0) makeDue();
		try {
			const { fresh, repeating } = await withoutRepeats(batch);
			await commit(fresh);
			for (const source of repeating) await noteTalk(source);
		} catch (error) {
			refuse(batch, error);
		}
	}

	/** Those that were answered already stay so. */
	function refuse(batch: readonly Waiting[], error: unknown): void {
		if (!(error instanceof JournalError)) fault(error);
		for (const { resolve } of batch) resolve(refusedBy(error));
	}

	/** Answers those that the record has; those that come twice in one batch share an answer. */
	async function withoutRepeats(batch: readonly Waiting[]): Promise<{ fresh: Waiting[]; repeating: Set<string> }> {
		const fresh: Waiting[] = [];
		const repeating = new Set<string>();
		const firsts = new Map<string, Promise<ErTaken>>();
		for (const { message, resolve } of batch) {
			const id = message.message;
			const first = id === null ? undefined : firsts.get(id);
			const before = id === null || first ? null : (answers.get(id) ?? (await journal.answerTo(id)));
			if (first) first.then((taken) => resolve(taken.ok ? { ...taken, repeated: true } : taken));
			else if (before !== null) {
				resolve({ ok: true, answer: before, repeated: true });
				repeating.add(message.source);
			} else {
				const answer = new Promise<ErTaken>((resolve) => fresh.push({ message, resolve }));
				answer.then(resolve);
				if (id !== null) firsts.set(id, answer);
			}
		}
		return { fresh, repeating };
	}

	/** Where one of them is our own undoing, the others are not held up by it. */
	async function commit(fresh: readonly Waiting[]): Promise<void> {
		if (fresh.length === 0) return;
		try {
			census ??= openCensus(await journal.visits(), lapsesAfter);
			await append(fresh, census);
		} catch (error) {
			census = null;
			if (fresh.length === 1 || error instanceof JournalError) return refuse(fresh, error);
			const half = Math.ceil(fresh.length / 2);
			await commit(fresh.slice(0, half));
			await commit(fresh.slice(half));
		}
	}

	/** An entry for each source, all of them on their way before the first is durable. */
	async function append(fresh: readonly Waiting[], to: Census): Promise<void> {
		const groups = [...bySource(fresh)].map(([source, group], nth) => {
			const messages = group.map(({ message }) => message);
			if (nth > 0) to.keep();
			const taken = to.take(
				messages.flatMap(({ events }) => events),
				now(),
			);
			const heard = heardOf(messages);
			return { source, group, heard, draft: censusDraft(source, messages, taken), beside: { visits: taken.visits, gone: taken.gone, heard } };
		});
		const kept = await Promise.allSettled(groups.map(({ draft, beside }) => recorder.append(draft, undefined, beside)));
		if (kept.every(({ status }) => status === 'fulfilled')) to.keep();
		else if (groups.length === 1) to.drop();
		else census = null;
		for (const [nth, { source, group, heard }] of groups.entries()) {
			const outcome = kept[nth];
			if (outcome?.status !== 'fulfilled') {
				refuse(group, outcome?.reason);
				continue;
			}
			talkedAt.set(source, now());
			for (const { message, answer } of heard) remember(message, answer);
			for (const { message, resolve } of group) resolve({ ok: true, answer: message.answer, repeated: false });
		}
	}

	function remember(message: string, answer: string): void {
		answers.set(message, answer);
		if (answers.size <= ANSWERS_IN_MEMORY) return;
		for (const oldest of answers.keys()) return void answers.delete(oldest);
	}

	async function noteTalk(source: string): Promise<void> {
		if (now() - (talkedAt.get(source) ?? Number.NEGATIVE_INFINITY) < TALK_EVERY_MS) return;
		talkedAt.set(source, now());
		await recorder.append(censusDraft(source, [], { sites: [], late: 0 }));
	}

	/** No word came: the entry is nobody's, and its sites are as old as before. */
	async function lapse(): Promise<void> {
		try {
			census ??= openCensus(await journal.visits(), lapsesAfter);
			const { sites, visits, gone } = census.lapse(now());
			if (visits.length > 0) await recorder.append(lapseDraft(sites), undefined, { visits, gone });
			census.keep();
		} catch (error) {
			census = null;
			throw error;
		}
	}

	return {
		take(message) {
			if (isClosed) return Promise.resolve({ ok: false, code: 'closed' });
			if (waiting.length >= MESSAGES_WAITING) return Promise.resolve({ ok: false, code: 'busy' });
			return new Promise((resolve) => {
				waiting.push({ message, resolve });
				makeDue();
			});
		},
		forget: () =>
			inTurn(async () => {
				await journal.forget(now(), now() - MESSAGES_KEPT_MS);
				await lapse();
			}),
		async close() {
			isClosed = true;
			while (waiting.length > 0) await inTurn(takeBatch);
			await last;
		},
	};
}
