// Access joined: arms, pairing, the audit, and the changes to tokens told to the journal, whichever process made them.
import { hash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { type AuditRow, auditedKinds, auditRowOf } from '../shared/audit.ts';
import type { AuditDraft } from '../shared/entry.ts';
import { type Arms, createArms } from './domain/arm.ts';
import { CODE_LENGTH, codeAlphabet, createPairing, type Pairing } from './domain/pairing.ts';
import type { TokenStore } from './domain/token.ts';
import { type Journal, JournalError } from './journal/journal.ts';
import type { Recorder } from './recorder.ts';
import type { AuditAsk } from './web/route.ts';

export type Access = {
	readonly arms: Arms;
	readonly pairing: Pairing;
	/** Resolves once it is durable; rejects with JournalError. */
	audit(draft: Omit<AuditDraft, 'kind' | 'at'>): Promise<void>;
	/** Brings what is known of changes to tokens into the journal. What can't be written now stays and is tried again. */
	tell(): Promise<void>;
	/** Rows below seq `before`, newest first. */
	auditPage(ask: AuditAsk, before: number, limit: number): Promise<readonly AuditRow[]>;
	auditRows(ask: AuditAsk): AsyncIterable<AuditRow>;
	stop(): Promise<void>;
};

export type AccessParts = {
	readonly recorder: Pick<Recorder, 'append'>;
	readonly journal: Pick<Journal, 'head' | 'readKinds'>;
	readonly tokens: Pick<TokenStore, 'untold' | 'told'>;
	fault(error: unknown): void;
};

/** Another process's change reaches the journal within this. */
const TELL_EVERY_MS = 1000;
const ENTRIES_A_LOOK = 20_000;

const random = (): string => randomBytes(24).toString('base64url');
const code = (): string => Array.from({ length: CODE_LENGTH }, () => codeAlphabet[randomInt(codeAlphabet.length)]).join('');
const isSame = (a: string, b: string): boolean => timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'));

const fits = (row: AuditRow, { from, to, by, act }: AuditAsk): boolean =>
	row.at >= from && row.at < to && (by === null || row.by.includes(by)) && (act === null || row.act === act);

export function joinAccess({ recorder, journal, tokens, fault }: AccessParts): Access {
	let telling: Promise<void> = Promise.resolve();

	async function tellAll(): Promise<void> {
		for (const { key, ...change } of tokens.untold()) {
			await recorder.append({ kind: 'audit', ...change }, key);
			tokens.told(key);
		}
	}

	const tell = (): Promise<void> => {
		telling = telling.then(tellAll).catch((error: unknown) => {
			if (!(error instanceof JournalError)) fault(error);
		});
		return telling;
	};
	const timer = setInterval(tell, TELL_EVERY_MS);
	timer.unref();

	return {
		arms: createArms(Date.now, random),
		pairing: createPairing({ now: Date.now, code, secret: random, isSame }),
		async audit(draft) {
			await recorder.append({ kind: 'audit', ...draft, at: Date.now() });
		},
		tell,
		async auditPage(ask, before, limit) {
			const found: AuditRow[] = [];
			for (let end = Math.min(before - 1, journal.head().seq); end > 0 && found.length < limit; end -= ENTRIES_A_LOOK) {
				const look: AuditRow[] = [];
				for await (const entry of journal.readKinds(Math.max(0, end - ENTRIES_A_LOOK), end, auditedKinds)) {
					const row = auditRowOf(entry);
					if (row && fits(row, ask)) look.push(row);
				}
				found.push(...look.reverse());
			}
			return found.slice(0, limit);
		},
		async *auditRows(ask) {
			for await (const entry of journal.readKinds(0, journal.head().seq, auditedKinds)) {
				const row = auditRowOf(entry);
				if (row && fits(row, ask)) yield row;
			}
		},
		async stop() {
			clearInterval(timer);
			await tell();
		},
	};
}
