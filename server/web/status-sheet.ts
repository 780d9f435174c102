// What of the board anybody may read, by the plan's `status` section: reduced here, so that the page cannot show more. Pure: told the time.
import type { Board, ServiceFacts } from '../../shared/board.ts';
import type { StatementFacts } from '../../shared/board-incident.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { Plan } from '../../shared/plan.ts';

export type Published = NonNullable<Plan['status']>;

/** `disturbed`: it answers, and something is wrong with it that is the room's to know. */
export type PublicState = 'working' | 'disturbed' | 'planned' | 'down' | 'unknown';
export type PublicRow = {
	readonly label: string;
	readonly state: PublicState;
	readonly since: number | null;
	/** End of the planned stop that it is in. */
	readonly until: number | null;
	readonly ageMs: number | null;
	/** How many they are; null where nobody says, or they are too few to be counted in public. */
	readonly count: number | null;
};
export type PublicStop = { readonly label: string; readonly from: number; readonly to: number };
export type PublicSentence = { readonly at: number; readonly text: string; readonly noLongerSince: number | null } & Pick<
	StatementFacts,
	'corrected'
>;

export type StatusSheet = {
	readonly title: string;
	readonly contact: string | null;
	readonly rehearsal: boolean;
	readonly asOf: number;
	readonly zone: string;
	/** How long nothing new is known; null while news comes in, `never` where none ever did. */
	readonly silentMs: number | 'never' | null;
	readonly services: readonly PublicRow[];
	readonly dependants: readonly PublicRow[];
	readonly stops: readonly PublicStop[];
	readonly sentences: readonly PublicSentence[];
};

/** Below it a group could be told by who is in it (the press policy's smallest count). */
const SMALLEST_COUNT = 5;
const DEFAULT_ZONE = 'Europe/Rome';

type Moment = { readonly board: Board; readonly judged: BoardNow; readonly journal: { readonly writes: boolean; readonly since: number } };

/** Ids that the plan publishes and no longer has are left out. */
export function statusSheetOf(published: Published, { board, judged, journal }: Moment): StatusSheet {
	const { now } = judged;
	const known = (id: string): boolean => Object.hasOwn(board.services, id);
	return {
		title: published.title,
		contact: published.contact ?? null,
		rehearsal: board.rehearsal,
		asOf: now,
		zone: (board.follows === null ? undefined : board.cutovers[board.follows]?.zone) ?? DEFAULT_ZONE,
		silentMs: silenceOf(board, judged, journal),
		services: published.services.filter(known).map((id) => serviceRow(id, board.services[id], judged)),
		dependants: published.dependants.filter((id) => Object.hasOwn(board.dependants, id)).map((id) => dependantRow(id, board, judged, published)),
		stops: published.services
			.filter(known)
			.flatMap((id) => stopsOf(board.services[id], now))
			.sort((a, b) => a.from - b.from),
		sentences: saidBy(board, now).toSorted((a, b) => b.at - a.at),
	};
}

/** What is under embargo is said once that is over, and never where its sheet was withdrawn before. */
const saidBy = ({ statements }: Board, now: number): StatusSheet['sentences'] =>
	Object.values(statements.rows).flatMap(({ at, text, audience, contradicted, corrected, withdrawnAt }) => {
		if (audience !== 'public' || at > now || (withdrawnAt !== undefined && withdrawnAt < at)) return [];
		const ends = [contradicted?.at, withdrawnAt].filter((end) => end !== undefined);
		return [{ at, text, noLongerSince: ends.length === 0 ? null : Math.min(...ends), ...(corrected && { corrected }) }];
	});

function silenceOf(board: Board, { now, observer }: BoardNow, journal: Moment['journal']): StatusSheet['silentMs'] {
	const heard = Object.values(board.sources).flatMap(({ talkedAt, staleAfterMs }) =>
		talkedAt === null ? [] : [{ ageMs: now - talkedAt, staleAfterMs }],
	);
	if (heard.length === 0) return 'never';
	// Each source has a rhythm of its own: a page fed every five minutes is not old after two.
	const isHeard = heard.some(({ ageMs, staleAfterMs }) => ageMs <= staleAfterMs);
	const silences = isHeard ? [] : [Math.min(...heard.map(({ ageMs }) => ageMs))];
	if (!journal.writes) silences.push(now - journal.since);
	if (observer.isBlind) silences.push(now - (observer.since ?? now));
	return silences.length === 0 ? null : Math.max(0, ...silences);
}

function serviceRow(id: string, facts: ServiceFacts | undefined, { services, observer, now }: BoardNow): PublicRow {
	const one = services[id];
	// Of an outage that Regia did not see the whole of, when it began, and not when it was seen again.
	const since = (one?.up === false ? one.outage?.since : null) ?? one?.since ?? null;
	const row = { label: facts?.label ?? id, since, until: null, ageMs: one?.ageMs ?? null, count: null };
	// Where one of the sides is not heard, or Regia sees nothing at all, nothing is said to work (rules 1 and 3).
	if (one === undefined || one.up === null || one.standing === 'blind' || observer.isBlind) return { ...row, state: 'unknown', since: null };
	if (one.up) return { ...row, state: one.standing === 'bad' ? 'disturbed' : 'working' };
	const until = plannedUntil(facts, now);
	return until === null ? { ...row, state: 'down' } : { ...row, state: 'planned', until };
}

/** The end of the planned stop that it is in; null outside one. */
const plannedUntil = (facts: ServiceFacts | undefined, now: number): number | null =>
	facts?.planned.find(([from, to]) => now >= from && now <= to)?.[1] ?? null;

function dependantRow(id: string, board: Board, { breakdown, observer, now }: BoardNow, { services }: Published): PublicRow {
	const one = breakdown?.dependants[id];
	const count = board.dependants[id]?.count ?? null;
	const row = {
		label: board.dependants[id]?.label ?? id,
		since: one?.since ?? null,
		until: null,
		ageMs: one?.ageMs ?? null,
		count: count !== null && count >= SMALLEST_COUNT ? count : null,
	};
	if (one === undefined || one.state === 'unknown' || observer.isBlind) return { ...row, state: 'unknown', since: null };
	if (one.state === 'working') return { ...row, state: 'working' };
	// Blocked by nothing but stops that were planned: no failure. Until when is said of published services alone.
	if (one.standing !== 'watch') return { ...row, state: 'down' };
	const ends = services.flatMap((service) => (one.by.includes(`service/${service}`) ? [plannedUntil(board.services[service], now)] : []));
	const until = Math.max(...ends.map((end) => end ?? 0), 0);
	return { ...row, state: 'planned', until: until === 0 ? null : until };
}

const stopsOf = (facts: ServiceFacts | undefined, now: number): readonly PublicStop[] =>
	(facts?.planned ?? []).filter(([, to]) => to > now).map(([from, to]) => ({ label: facts?.label ?? '', from, to }));
