// Sends one mark and says what became of it: kept under a seq, or refused and why. Never guesses: the board shows it once the server does.

import type { Mark } from '../../shared/mark.ts';
import { nightOf } from '../../shared/words/desk-words.ts';
import type { RunbookWords } from '../../shared/words/runbook-words.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import type { Answered, Ask } from '../store/hooks.ts';

export type Outcome = { readonly ok: true; readonly seq: number } | { readonly ok: false; readonly code: string; readonly detail: string };

/** An answer that got lost is asked for again under the same key: the server keeps the mark once. */
const AGAIN_AFTER_MS: readonly number[] = [800, 2500];

/** Not `randomUUID`: a laptop on the room's own network reaches Regia over plain http, where browsers withhold it. */
export const newKey = (): string => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

export async function sendMark(ask: Ask, mark: Mark, nonce?: string): Promise<Outcome> {
	const key = newKey();
	const { path, body } = roadOf(mark, nonce);
	let answer = await ask('POST', path, body, key);
	for (const wait of AGAIN_AFTER_MS) {
		if (answer.status !== 0) break;
		await new Promise((resolve) => setTimeout(resolve, wait));
		answer = await ask('POST', path, body, key);
	}
	return outcomeOf(answer);
}

/** A one-use nonce for a mark that is armed before it is made; where that is refused, its outcome. */
export async function armMark(ask: Ask, mark: Mark): Promise<{ readonly nonce: string } | Extract<Outcome, { ok: false }>> {
	const answer = await ask('POST', '/api/arm', { mark: toWire(mark) });
	const { nonce } = (answer.json ?? {}) as { nonce?: string };
	if (answer.status === 200 && nonce !== undefined) return { nonce };
	const outcome = outcomeOf(answer);
	return outcome.ok ? { ok: false, code: 'other', detail: String(answer.status) } : outcome;
}

/** A sheet's acts have an address of their own; every other mark goes through one door. */
function roadOf(mark: Mark, nonce?: string): { readonly path: string; readonly body: object } {
	if (mark.kind !== 'press') return { path: '/api/marks', body: nonce === undefined ? toWire(mark) : { mark: toWire(mark), nonce } };
	const { kind: _kind, act, sheet, ...rest } = toWire(mark) as typeof mark;
	return { path: `/api/press/${sheet}/${act}`, body: { nonce, ...rest } };
}

const instants: readonly string[] = ['embargoUntil', 'promise', 'until', 'since', 'due', 'saidAt', 'by', 'awareAt', 'at'];

/** On the wire an instant is written out, with its offset. */
const toWire = (mark: Mark): object =>
	JSON.parse(JSON.stringify(mark, (key, value) => (typeof value === 'number' && instants.includes(key) ? new Date(value).toISOString() : value)));

function outcomeOf({ status, json }: Answered): Outcome {
	const { seq, code, detail } = (typeof json === 'object' && json !== null ? json : {}) as { seq?: number; code?: string; detail?: string };
	if (status === 202 && seq !== undefined) return { ok: true, seq };
	if (status === 0) return { ok: false, code: 'unreachable', detail: '' };
	return { ok: false, code: code ?? (status === 401 ? 'unauthorised' : 'other'), detail: detail ?? String(status) };
}

/** In the reader's language, with what to do; the server's own sentence only where no words of ours are known. */
export function sayRefusal({ code, detail }: Extract<Outcome, { ok: false }>, words: Words, own: RunbookWords): string {
	const known: Readonly<Record<string, string>> = { ...own.refused, ...nightOf(words).refused };
	return known[code] ?? fill(own.refused.other ?? '{detail}', { detail });
}
