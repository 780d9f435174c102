// What several tiles ask of the state. Pure; language comes in from outside.

import { formatAge, type Language } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { Worst } from '../../shared/judge-worst.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import type { ScreenState } from './board-store.ts';

export const DEFAULT_ZONE = 'Europe/Rome';

export const zoneOf = (judged: BoardNow): string => judged.cutover?.zone ?? DEFAULT_ZONE;

/** Three beats missed: the stream is late, whatever the socket says. */
export const isStreamLate = ({ pace, rhythmMs }: ScreenState): boolean => pace !== null && pace.streamAgeMs > 3 * rhythmMs + 2000;

/** The words of a veil: since when nothing was heard, or that nothing ever was. */
export const silenceOf = (ageMs: number | null, words: Words, language: Language): string =>
	ageMs === null ? words.age.neverReported : fill(words.age.noDataFor, { age: formatAge(ageMs, language) });

const namesOf = (judged: BoardNow): Readonly<Record<string, Readonly<Record<string, { readonly label: string }>>>> => ({
	archive: judged.archives,
	service: judged.services,
	source: judged.sources,
	gate: judged.gates,
	task: judged.runbook.tasks,
	team: judged.lanes,
	site: judged.er?.sites ?? {},
	facility: judged.breakdown?.facilities ?? {},
	network: judged.breakdown?.networks ?? {},
	dependant: judged.breakdown?.dependants ?? {},
	flow: judged.breakdown?.flows ?? {},
});

/** `archive/cce-db` → its label, or the id alone where the plan no longer has it. */
export function labelOf(judged: BoardNow, subject: string): string {
	const [kind = '', id = ''] = subject.split('/');
	return namesOf(judged)[kind]?.[id]?.label ?? (id || subject);
}

/** More people than spaces is not nearly full, also where it is not yet bad. */
const isBeyond = ({ reason, occupancy }: Reasoned): boolean => reason === 'crowded' && occupancy != null && occupancy >= 1;
type Reasoned = { readonly standing: string; readonly reason: string | null; readonly ageMs: number | null; readonly occupancy?: number | null };

/** Why something is not as it should be; silence says how long. */
export function reasonOf(one: Reasoned, words: Words, language: Language): string {
	if (one.reason === null) return words.standing[one.standing as keyof Words['standing']] ?? one.standing;
	if (one.reason === 'silent' || one.reason === 'never-reported') return silenceOf(one.ageMs, words, language);
	const reason = fill(words.reason[isBeyond(one) ? 'overcrowded' : one.reason] ?? one.reason, { age: formatAge(one.ageMs, language) });
	return one.standing === 'blind' && one.ageMs !== null && one.reason !== 'filling' ? `${reason} · ${silenceOf(one.ageMs, words, language)}` : reason;
}

/** Of the list of what needs a decision: an emergency room's reason is by how full it is. */
export function worstReason(one: Worst, { er }: BoardNow, words: Words, language: Language): string {
	const occupancy = one.subject.startsWith('site/') ? (er?.sites[one.subject.slice('site/'.length)]?.occupancy ?? null) : null;
	return reasonOf({ ...one, occupancy }, words, language);
}

/** A share as a whole per cent, rounded down; never 100 before it is confirmed. */
export function percentOf(moved: number | null, total: number | null, done: boolean): number | null {
	if (moved === null || total === null || total <= 0) return null;
	return done ? 100 : Math.min(99, Math.max(0, Math.floor((moved / total) * 100)));
}
