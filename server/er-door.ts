// The one way of visits into the record: what waits while a commit is under way is the next batch; who sent it is answered once that is
// durable, and the same message again gets the same answer. Knows no wire and no message's text.
import type { ErRefusalCode } from '../shared/er.ts';
import type { ErEvent } from './domain/er-event.ts';

/** One message as its reader left it: events without a person, or why it was not taken. */
export type ErMessage = {
	/** The plan's source, whose lamps it lights. */
	readonly source: string;
	/** A keyed digest of what makes it the same message (at most 200 characters); null where it can't come twice. */
	readonly message: string | null;
	readonly events: readonly ErEvent[];
	/** One code for each part of it that was refused: a message, a resource of a bundle. All of its parts: it is not remembered, so that it may be sent again. */
	readonly refused?: readonly ErRefusalCode[];
	/** When it reached our door, ms UTC on the board's clock. */
	readonly heardAt: number;
	/** What its sender is told, and told again when it repeats it: closed words (AA, AE), never a text of its own. */
	readonly answer: string;
	/** What its connector must know again after a restart; the last one of a batch is kept. */
	readonly memory?: unknown;
};

/** `answer` is the first one's where it is `repeated`. Not ok: nothing of it was kept, and it may be sent again. `busy`: too many wait already. */
export type ErTaken =
	| { readonly ok: true; readonly answer: string; readonly repeated: boolean }
	| { readonly ok: false; readonly code: 'journal-full' | 'journal-failing' | 'closed' | 'busy' };

export type ErDoor = {
	/** Resolves once the message is durable or refused by the record; never rejects for what a sender does. */
	take(message: ErMessage): Promise<ErTaken>;
	/** Deletes the visits whose time is over (48 h after their departure) and the messages older than three days. */
	forget(): Promise<void>;
	/** Takes nothing more; resolves when all that was taken is answered. */
	close(): Promise<void>;
};
