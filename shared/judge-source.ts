// A source's three lamps at a moment: it talks, its figures move, its position advances. Null: it has nothing of that kind to show.
import type { SourceFacts } from './board.ts';
import type { SiteFacts } from './board-er.ts';
import type { ArchiveNow } from './judge-archive.ts';
import type { BlindCode, RefusalCode } from './sample.ts';
import type { Standing } from './standing.ts';

export type SourceNow = {
	readonly label: string;
	readonly kind: string;
	readonly talks: boolean | null;
	readonly moves: boolean | null;
	readonly advances: boolean | null;
	readonly standing: Standing;
	readonly ageMs: number | null;
	readonly why: BlindCode | null;
	/** Why it stands as it does while it talks, or that its silence is planned; `why` says why it does not talk. */
	readonly reason: 'says-down' | 'not-advancing' | 'went-back' | 'sites-on-paper' | null;
	readonly aheadMs: number;
	readonly accepted: number;
	readonly late: number;
	readonly wentBack: number;
	readonly refused: Readonly<Partial<Record<RefusalCode, number>>>;
};

const within = (instant: number | null, limitMs: number, now: number): boolean | null => (instant === null ? null : now - instant <= limitMs);

/** What a system that is off is like to whoever asks it. */
const off: readonly (BlindCode | null)[] = [null, 'timeout', 'unreachable'];

/** Whether all that a source tells of are emergency rooms whose system is off: then its silence is as planned, and no news. */
export const isOnPaper = (id: string, { archives, tellsOfMore, why }: SourceFacts, sites: readonly SiteFacts[]): boolean => {
	const fed = sites.filter(({ sources }) => sources.includes(id));
	const isAlone = tellsOfMore === undefined && archives.length === 0 && off.includes(why);
	return isAlone && fed.length > 0 && fed.every(({ dark }) => dark !== null && dark.restoredAt === null);
};

/**
 * `onPaper`: as above. `archives`: those it feeds, judged; when all are done, or it feeds none, there is nothing that would have to move or advance,
 * and those lamps are not asked for.
 */
export function judgeSource(facts: SourceFacts, archives: readonly ArchiveNow[], now: number, onPaper = false): SourceNow {
	const talks = facts.why !== null ? false : within(facts.talkedAt, facts.staleAfterMs, now);
	const finished = archives.every((one) => one.done);
	const moves = talks === true && !finished ? within(facts.movedAt, facts.moveWithinMs, now) : null;
	const advances = talks === true && !finished ? within(facts.advancedAt, facts.advanceWithinMs, now) : null;
	let standing: Standing = 'good';
	let reason: SourceNow['reason'] = null;
	if (talks !== true) [standing, reason] = ['blind', onPaper ? 'sites-on-paper' : null];
	else if (facts.beat === 0) [standing, reason] = ['bad', 'says-down'];
	else if (advances === false) [standing, reason] = ['watch', 'not-advancing'];
	else if (facts.wentBack > 0 && !finished) [standing, reason] = ['watch', 'went-back'];
	return {
		label: facts.label,
		kind: facts.kind,
		talks,
		moves,
		advances,
		standing,
		ageMs: facts.talkedAt === null ? null : Math.max(0, now - facts.talkedAt),
		why: facts.why,
		reason,
		aheadMs: facts.aheadMs,
		accepted: facts.accepted,
		late: facts.late,
		wentBack: facts.wentBack,
		refused: facts.refused,
	};
}
