// What passes between the journal and its writer thread. Appends are answered in the order they were sent, so answers carry counts and no ids.
import type { Beside, JournalError } from './journal.ts';

export type WriterSettings = { readonly file: string; readonly maxPages: number | undefined };

export type AppendJob = readonly [seen: number, kind: string, payload: string, key: string | null, beside?: Beside | undefined];

export type WriterRequest =
	| { readonly type: 'open' }
	| { readonly type: 'append'; readonly jobs: readonly AppendJob[] }
	| { readonly type: 'checkpoint'; readonly seq: number; readonly version: string; readonly state: string }
	| { readonly type: 'forget'; readonly visitsBefore: number; readonly messagesBefore: number }
	| { readonly type: 'close' };

/** An entry that its key had appended before. `index` counts within the answer. */
export type RepeatedRow = {
	readonly index: number;
	readonly seq: number;
	readonly seen: number;
	readonly kind: string;
	readonly payload: string;
	readonly hash: string;
};

type Refusal = { readonly code: JournalError['code']; readonly message: string };

/** `committed`: the new ones among `count` have the seqs from `first` on, and their short hashes in one string, 12 digits each. */
export type WriterReply =
	| { readonly type: 'ready' }
	| ({ readonly type: 'unready' } & Refusal)
	| { readonly type: 'committed'; readonly count: number; readonly first: number; readonly hashes: string; readonly repeated: readonly RepeatedRow[] }
	| ({ readonly type: 'refused'; readonly count: number } & Refusal)
	| { readonly type: 'checkpointed' }
	| { readonly type: 'forgotten'; readonly visits: number }
	/** A checkpoint, or a forgetting. */
	| ({ readonly type: 'not-done' } & Refusal)
	| { readonly type: 'closed' };
