// Whether Regia itself can see: by the sources that the plan names for it (rule 3). Pure.
import type { Board, SourceFacts } from './board.ts';
import type { ObserverNow } from './breakdown-now.ts';

/** What fails, silent or not: it cannot be read, or its heartbeats say that it sees nothing. */
export const isDown = ({ why, beat }: Pick<SourceFacts, 'why' | 'beat'>): boolean => why !== null || beat === 0;

/** Since when a canary fails; null while it answers, or has not had the time to. Silence counts from our own start on: before it nobody looked. */
function failsSince(canary: SourceFacts, startedAt: number | null, now: number): number | null {
	const { failingSince, downSince, talkedAt, staleAfterMs } = canary;
	if (isDown(canary)) return Math.min(failingSince ?? now, downSince ?? now);
	if (talkedAt === null) return null;
	const silentAt = Math.max(talkedAt, startedAt ?? 0) + staleAfterMs;
	return now > silentAt ? silentAt : null;
}

/** One that never spoke proves nothing while another has: its plan may be wrong. Without a canary nobody can say that Regia is blind. */
export function judgeObserver({ canaries, sources, startedAt }: Pick<Board, 'canaries' | 'sources' | 'startedAt'>, now: number): ObserverNow {
	const known = canaries.flatMap((id) => (sources[id] === undefined ? [] : [sources[id]]));
	const spoke = known.filter(({ talkedAt }) => talkedAt !== null);
	const since = (spoke.length > 0 ? spoke : known).map((one) => failsSince(one, startedAt, now));
	const isBlind = since.length > 0 && since.every((one) => one !== null);
	return { isBlind, since: isBlind ? Math.max(...since.map((one) => one ?? 0)) : null };
}
