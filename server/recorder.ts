// The one way into the record: admit → order → append → fold, in that order, for every sender alike.
// Nothing is acknowledged before the journal has it; nothing reaches a screen before that either.
import type { Board } from '../shared/board.ts';
import type { Draft, Entry, FrozenDraft, Position, SamplesDraft } from '../shared/entry.ts';
import type { JournalHealth } from '../shared/frame.ts';
import type { Mark } from '../shared/mark.ts';
import type { Refusal } from '../shared/sample.ts';
import type { SubjectKind } from '../shared/subject.ts';
import { admit } from './domain/admit.ts';
import type { Batch, BatchOutcome } from './domain/batch.ts';
import { kindIn } from './domain/known-subjects.ts';
import { createOrder } from './domain/order.ts';
import { type Appended, type Beside, type Journal, JournalError } from './journal/journal.ts';
import { applyEntry, boardOf, emptyFacts, type Facts, FOLD_VERSION } from './projections/fold.ts';

export type Recorder = {
	submit(batch: Batch): Promise<BatchOutcome>;
	/** `frozen`: of a press sheet's draft, made by the server and never taken from the wire. */
	mark(mark: Mark, by: string, key?: string, from?: string, frozen?: FrozenDraft): Promise<BatchOutcome>;
	/** For the plan, for what Regia itself did, and for visits, which stand beside their entry; throws where the journal can't write. */
	append(draft: Draft, key?: string, beside?: Beside): Promise<Appended>;
	board(): { readonly position: Position; readonly board: Board };
	facts(): Facts;
	health(): JournalHealth;
	/** Keeps a checkpoint of the facts, so that the next start folds only what came after. */
	checkpoint(): Promise<void>;
};

const REFUSED_ROWS_KEPT = 5000;

export async function openRecorder(journal: Journal, now: () => number): Promise<Recorder> {
	const facts = await restoreFacts(journal);
	let position = journal.head();
	let health: JournalHealth = { writes: true, since: now() };
	const order = createOrder(() => facts.series);
	let shown: { position: Position; board: Board } | null = null;

	const onTheWay = new Set<Promise<BatchOutcome>>();

	const kindOf = (subject: string): SubjectKind | null => (facts.plan === null ? null : kindIn(facts.plan, subject));

	const append = async (draft: Draft, key?: string, beside?: Beside): Promise<Appended> => {
		try {
			const appended = await journal.append(draft, now(), key, beside);
			if (!health.writes) health = { writes: true, since: now() };
			if (!appended.repeated) {
				applyEntry(facts, appended.entry);
				position = appended.position;
				shown = null;
			}
			return appended;
		} catch (error) {
			if (error instanceof JournalError && error.code !== 'closed' && health.writes) health = { writes: false, since: now() };
			throw error;
		}
	};

	const commit = async (draft: Draft, key: string | undefined, refused: readonly Refusal[]): Promise<BatchOutcome> => {
		try {
			const { entry, repeated } = await append(draft, key);
			if (repeated) return answerAgain(entry);
			return { ok: true, accepted: entry.kind === 'samples' ? entry.samples.length : 1, seq: entry.seq, refused, repeated };
		} catch (error) {
			if (!(error instanceof JournalError)) throw error;
			return { ok: false, code: error.code === 'closed' ? 'closed' : `journal-${error.code}`, message: journalMessage[error.code] };
		}
	};

	return {
		async submit({ source, readings, indexes, malformed = [], may, measures, key, why, memory }) {
			const admission = admit(readings, { now: now(), kindOf, may, ...(measures === undefined ? {} : { measures }) }, indexes);
			let ordered = order(admission.admitted);
			// A repeat of what is on its way is a duplicate only once that is durable.
			while (ordered.contested) {
				ordered.release();
				await Promise.allSettled(onTheWay);
				ordered = order(admission.admitted);
			}
			const refused = [...malformed, ...admission.refused, ...ordered.refused].sort((a, b) => a.index - b.index);
			const draft: SamplesDraft = {
				kind: 'samples',
				source,
				samples: ordered.samples,
				...(refused.length > 0 ? { refused: refused.slice(0, REFUSED_ROWS_KEPT).map((row) => [row.index, row.code] as const) } : {}),
				...(ordered.late > 0 ? { late: ordered.late } : {}),
				...(why === undefined ? {} : { why }),
				...(memory === undefined ? {} : { memory }),
			};
			const outcome = commit(draft, key, refused);
			onTheWay.add(outcome);
			try {
				return await outcome;
			} finally {
				onTheWay.delete(outcome);
				ordered.release();
			}
		},
		mark: (mark, by, key, from, frozen) =>
			commit({ kind: 'mark', mark, by, at: now(), ...(from === undefined ? {} : { from }), ...(frozen === undefined ? {} : { frozen }) }, key, []),
		append,
		board() {
			shown ??= { position, board: boardOf(facts) };
			return shown;
		},
		facts: () => facts,
		health: () => health,
		checkpoint: async () => journal.saveCheckpoint({ seq: facts.seq, version: FOLD_VERSION, state: facts }),
	};
}

const journalMessage: Record<JournalError['code'], string> = {
	full: 'The disk that holds the journal is full. Nothing of this was kept: free space there and send it again.',
	failing: 'The journal cannot be written. Nothing of this was kept: see the server log, then send it again.',
	closed: 'The server is stopping. Nothing of this was kept: send it again when it is back.',
};

/** A repeat gets the answer that the first one got, from what the entry kept. */
function answerAgain(entry: Entry): BatchOutcome {
	const samples = entry.kind === 'samples' ? entry : null;
	const refused = (samples?.refused ?? []).map(([index, code]) => ({ index, code, message: 'refused when this was first sent' }));
	return { ok: true, accepted: samples ? samples.samples.length : 1, seq: entry.seq, refused, repeated: true };
}

async function restoreFacts(journal: Journal): Promise<Facts> {
	return foldTo(journal, journal.head().seq);
}

/** The facts as they stood at `seq`: the newest checkpoint before it, then replay. */
export async function foldTo(journal: Pick<Journal, 'read' | 'checkpointBefore'>, seq: number): Promise<Facts> {
	const checkpoint = await journal.checkpointBefore(seq, FOLD_VERSION);
	const facts = checkpoint ? (structuredClone(checkpoint.state) as Facts) : emptyFacts();
	for await (const entry of journal.read(facts.seq, seq)) applyEntry(facts, entry);
	return facts;
}
