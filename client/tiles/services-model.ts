// A service as a row: who answers, on which side, when it comes back, and the minutes without it, each under its heading. Pure.
import { formatCountdown, formatMoment, type Language } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { ServiceNow } from '../../shared/judge-service.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import { reasonOf, zoneOf } from '../store/selectors.ts';
import type { Mark } from './shape.tsx';

const MINUTE_MS = 60_000;

export type ServiceRow = {
	readonly id: string;
	readonly label: string;
	readonly priority: number;
	readonly standing: ServiceNow['standing'];
	readonly mark: Mark;
	readonly state: string;
	readonly detail: string;
};

/** ✓ only for what was given back by a person's word and answers now, on the new side where sides are told apart. */
const isConfirmed = (one: ServiceNow): boolean =>
	one.standing === 'good' && one.up === true && one.restoredAt !== null && (one.side === 'new' || one.side === 'unknown');

export function serviceRow(
	id: string,
	one: ServiceNow,
	zone: string,
	words: Words,
	language: Language,
	expectedAt: number | null = null,
): ServiceRow {
	const w = words.services;
	const isBlind = one.standing === 'blind';
	const confirmed = isConfirmed(one);
	const answers = one.up === null ? w.unknown : one.up ? w.up : w.down;
	// As planned is as it should be: told in words, without a mark.
	const told = one.reason === null ? answers : (words.reason[one.reason] ?? answers);
	const restored = fill(w.restored, { time: one.restoredAt === null ? '' : formatMoment(one.restoredAt, zone) });
	const stopped = one.stoppedAt !== null && (one.restoredAt === null || one.restoredAt < one.stoppedAt);
	const isDue = (one.restoredAt === null || stopped) && expectedAt !== null && !isBlind;
	const expected = isDue ? fill(words.wall.expected, { time: formatMoment(expectedAt, zone) }) : null;
	const state = confirmed ? restored : isBlind ? w.unknown : one.standing === 'good' ? (expected ?? told) : told;
	const minutes = (['overrun', 'unplanned', 'planned', 'unknown'] as const)
		.filter((kind) => one.downMs[kind] >= MINUTE_MS)
		.map((kind) => `${words.wall.down[kind]} ${formatCountdown(one.downMs[kind])}`);
	const isTold = state === told || (one.reason === 'down-planned' && minutes.length > 0);
	const detail = [
		...(expected === null || state === expected ? [] : [expected]),
		...(confirmed || isBlind || isTold ? [] : [told]),
		...(isBlind ? [reasonOf(one, words, language)] : one.side === 'unknown' ? [] : [w.side[one.side]]),
		...(minutes.length > 0 ? [fill(words.wall.down.total, { kinds: minutes.join(', ') })] : []),
		...(stopped && !isBlind && one.up !== true ? [fill(w.stopped, { time: formatMoment(one.stoppedAt, zone) })] : []),
	];
	return {
		id,
		label: one.label,
		priority: one.priority,
		standing: one.standing,
		mark: confirmed ? 'confirmed' : one.standing,
		state,
		detail: detail.join(' · '),
	};
}

export const serviceRows = (judged: BoardNow, words: Words, language: Language): readonly ServiceRow[] =>
	Object.entries(judged.services)
		.map(([id, one]) => serviceRow(id, one, zoneOf(judged), words, language, judged.forecast.services[id]?.[0] ?? null))
		.sort((a, b) => a.priority - b.priority || (a.id < b.id ? -1 : 1));
