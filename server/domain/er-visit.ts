// One visit: what its words amount to when they are read in event time. Any order of arrival gives the same state. Knows no other visit.
import type { TriageCode } from '../../shared/er.ts';
import type { ErArea, ErOutcome } from './er-event.ts';
import { standingOf } from './er-standing.ts';
import { ANYWHERE, inEventTime, timeOf, type Word } from './er-word.ts';

export type Place = 'waiting' | 'treatment' | 'observation' | 'boarding' | 'lapsed' | 'gone' | 'erased' | 'unknown';

/** A stay that has ended because the visit went on at another site. */
export type FormerStay = {
	readonly site: string;
	readonly arrivedAt: number | null;
	readonly leftAt: number;
	readonly triage: TriageCode;
	readonly outcome: ErOutcome | null;
	readonly bedAt: number | null;
};

export type VisitState = {
	readonly place: Place;
	readonly site: string | null;
	/** Null where nobody told: it was found here by a move, an update or its end. No arrival is counted then. */
	readonly arrivedAt: number | null;
	/** Since when it is known to be here: its arrival, else the first word that found it. It waits for at least as long. */
	readonly since: number | null;
	readonly triage: TriageCode;
	/** Since when a bed elsewhere is decided on; set while it boards. */
	readonly boardingSince: number | null;
	readonly leftAt: number | null;
	/** When it was given up waiting for its end; null while it is not (er-lapse.ts). */
	readonly lapsedAt: number | null;
	readonly outcome: ErOutcome | null;
	/** The first move from waiting to treatment. */
	readonly bedAt: number | null;
	readonly former: readonly FormerStay[];
};

type Stay = {
	site: string;
	/** The word that found it here, or moved it here. */
	foundAt: number;
	area: Exclude<ErArea, 'elsewhere'>;
	bedAt: number | null;
	end: Word | null;
	triage: TriageCode;
};

const unknown: VisitState = {
	place: 'unknown',
	site: null,
	arrivedAt: null,
	since: null,
	triage: 'none',
	boardingSince: null,
	leftAt: null,
	lapsedAt: null,
	outcome: null,
	bedAt: null,
	former: [],
};

export function foldVisit(words: readonly Word[]): VisitState {
	const { words: standing, restored } = standingOf(words);
	if (standing.length === 0) return words.some(({ act }) => act === 'erase') ? { ...unknown, place: 'erased' } : unknown;
	const told = standing.toSorted(inEventTime);
	const stays: Stay[] = [];
	let triage: TriageCode = 'none';
	for (const word of told) {
		if (word.triage !== null) triage = word.triage;
		step(stays, word, restored.has(word));
		const last = stays.at(-1);
		if (last) last.triage = triage;
	}
	return stays.length === 0 ? { ...unknown, triage } : stateOf(stays, told);
}

/**
 * What a word does to the stays. It begins one where the visit is not known yet, unless it speaks of a place elsewhere. Who has left
 * comes back by a new arrival that was said after the leave; who was moved elsewhere comes back by being moved into an emergency room.
 */
function step(stays: Stay[], word: Word, isRestored: boolean): void {
	const { act, area, site } = word;
	const stay = stays.at(-1);
	if (act === 'leave' || area === 'elsewhere') {
		const isEnd = act === 'leave' || act === 'transfer' || act === 'admit' || act === 'discharge-class';
		if (stay && isEnd && stay.end === null && (stay.site === site || site === ANYWHERE)) stay.end = word;
		// The end of a visit that nobody told of is a departure all the same; that of one who was in a ward is not.
		if (!stay && act === 'leave' && area !== 'elsewhere')
			stays.push({ site, foundAt: timeOf(word), area: 'waiting', bedAt: null, end: word, triage: 'none' });
		return;
	}
	const entered = {
		site,
		foundAt: timeOf(word),
		area: area ?? (act === 'admit' ? 'treatment' : 'waiting'),
		bedAt: null,
		end: null,
		triage: 'none',
	} as const;
	if (!stay) {
		stays.push({ ...entered });
		return;
	}
	const end = stay.end;
	if (act === 'update' || act === 'pend' || act === 'unpend') {
		if (act === 'update' && end === null && stay.site === site) moveTo(stay, area, word.at);
		return;
	}
	if (isRestored || (end !== null && !comesBack(word, end))) return;
	if (stay.site !== site) {
		if (act === 'arrive' || area !== null) {
			stay.end ??= word;
			stays.push({ ...entered });
		}
		return;
	}
	if (end !== null) stay.area = 'waiting';
	stay.end = null;
	moveTo(stay, area, word.at);
}

const comesBack = (word: Word, end: Word): boolean => (word.act === 'arrive' ? word.sentAt > end.sentAt : end.act !== 'leave' && word.area !== null);

function moveTo(stay: Stay, area: ErArea | null, at: number): void {
	if (area === null || area === 'elsewhere') return;
	if (stay.area === 'waiting' && area === 'treatment') stay.bedAt ??= at;
	stay.area = area;
}

function stateOf(stays: readonly Stay[], told: readonly Word[]): VisitState {
	const ended = stays.map((stay, i) => {
		const arrivedAt = i === 0 ? arrivalOf(stay, told) : stay.foundAt;
		const leftAt = stay.end === null ? null : Math.max(timeOf(stay.end), arrivedAt ?? Number.NEGATIVE_INFINITY);
		const boardingSince = boardingOf(stay.site, told);
		return { ...stay, arrivedAt, leftAt, boardingSince, outcome: stay.end && outcomeOf(stay, stay.end, boardingSince, told) };
	});
	const former: FormerStay[] = [];
	for (const { site, arrivedAt, leftAt, triage, outcome, bedAt } of ended.slice(0, -1))
		if (leftAt !== null) former.push({ site, arrivedAt, leftAt, triage, outcome, bedAt });
	const last = ended.at(-1);
	if (!last) return unknown;
	const { site, arrivedAt, leftAt, outcome, bedAt, triage } = last;
	const since = arrivedAt ?? last.foundAt;
	const boardingSince = leftAt === null ? last.boardingSince : null;
	const place = leftAt !== null ? 'gone' : boardingSince !== null ? 'boarding' : last.area;
	return { place, site, arrivedAt, since, triage, boardingSince, leftAt, lapsedAt: null, outcome, bedAt, former };
}

/**
 * When the first stay began: for each of its numbers what the update said last corrects it, until an admission (from then on the
 * beginning told may be the admission's); else the earliest of its arrivals; else what any word tells. The earliest of its numbers
 * stands. Who is found here by a word that tells no beginning may have been here for long: no arrival is known.
 */
function arrivalOf(stay: Stay, told: readonly Word[]): number | null {
	const admittedAt =
		told.find(({ act, site, area }) => act === 'admit' && site === stay.site && area !== 'elsewhere')?.at ?? Number.POSITIVE_INFINITY;
	const byNumber = new Map<string, { corrected: Word | null; arrived: number; mentioned: number }>();
	for (const word of told) {
		if (word.site !== stay.site || word.area === 'elsewhere' || (word.act !== 'arrive' && word.arrivedAt === null)) continue;
		const known = byNumber.get(word.number) ?? { corrected: null, arrived: Number.POSITIVE_INFINITY, mentioned: Number.POSITIVE_INFINITY };
		byNumber.set(word.number, known);
		if (word.act === 'arrive') known.arrived = Math.min(known.arrived, timeOf(word));
		else known.mentioned = Math.min(known.mentioned, word.arrivedAt ?? known.mentioned);
		const isCorrection = word.act === 'update' && word.at < admittedAt;
		if (isCorrection && (known.corrected === null || word.sentAt >= known.corrected.sentAt)) known.corrected = word;
	}
	let earliest = Number.POSITIVE_INFINITY;
	for (const { corrected, arrived, mentioned } of byNumber.values())
		earliest = Math.min(earliest, corrected?.arrivedAt ?? (arrived === Number.POSITIVE_INFINITY ? mentioned : arrived));
	return earliest === Number.POSITIVE_INFINITY ? null : earliest;
}

function boardingOf(site: string, told: readonly Word[]): number | null {
	let since: number | null = null;
	for (const word of told)
		if ((word.act === 'pend' || word.act === 'admit') && (word.site === site || word.site === ANYWHERE) && (since === null || word.at < since))
			since = word.at;
	return since;
}

function outcomeOf(stay: Stay, end: Word, boardingSince: number | null, told: readonly Word[]): ErOutcome | null {
	if (end.site !== stay.site && end.site !== ANYWHERE) return 'transferred';
	if (end.outcome !== null) return end.outcome;
	if (end.act === 'admit' || (boardingSince !== null && boardingSince <= end.at)) return 'admitted';
	if (end.act !== 'leave') return 'transferred';
	return told.findLast(({ act, outcome }) => act === 'update' && outcome !== null)?.outcome ?? null;
}
