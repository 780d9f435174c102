// What an archive's facts amount to at a moment. A copy is done only when verified (decision 17), and never on old evidence.
import type { ArchiveFacts, ArchiveFigure, Board, Figure } from './board.ts';
import { ageOf, isStale } from './freshness.ts';
import type { BandNow } from './judge-band.ts';
import { type MeasureName, measureOf } from './measures.ts';
import type { Standing } from './standing.ts';

export type ArchiveReason = 'never-reported' | 'cannot-look' | 'silent' | 'stuck-at-100' | 'not-advancing' | 'errors' | 'went-back' | 'beyond-total';

/** An input, its age (null: never reported) and the age past which it is stale. */
export type Oldest = { readonly subject: string; readonly measure: MeasureName; readonly ageMs: number | null; readonly limitMs: number };

export type ArchiveNow = {
	readonly label: string;
	/** Bytes, or items where `unit` says so; null while never reported. `total` falls back on the plan's figure. */
	readonly unit: 'B' | 'items';
	readonly total: number | null;
	readonly totalPlanned: boolean;
	readonly moved: number | null;
	readonly verified: number | null;
	readonly itemsTotal: number | null;
	readonly itemsMoved: number | null;
	readonly itemsVerified: number | null;
	readonly delta: { readonly moved: number | null; readonly pending: number | null };
	/** Figures of the moment: null as soon as they are stale. */
	readonly rate: number | null;
	readonly lag: number | null;
	readonly lagBytes: number | null;
	readonly errors: number | null;
	readonly transferring: number | null;
	readonly largestPending: number | null;
	readonly totalGrowing: boolean;
	readonly done: boolean;
	readonly standing: Standing;
	readonly reason: ArchiveReason | null;
	/** The worst age among its inputs, and which one it is. `null` age: never reported. */
	readonly ageMs: number | null;
	readonly oldest: Oldest | null;
	/** When it will be verified, as the forecast says (judge.ts): null where that is old or cannot tell, and once it is done. */
	readonly finish: BandNow | { readonly p50: null; readonly p80: null; readonly p90: null };
};

/** A total that grew within this time is called growing. */
export const TOTAL_GROWING_WITHIN_MS = 300_000;

const inputs = ['bytesMoved', 'bytesTotal', 'bytesVerified', 'itemsMoved', 'itemsTotal', 'itemsVerified'] as const;

function limitOf(facts: ArchiveFacts, figure: ArchiveFigure): number {
	const ownLimit = measureOf(`archive.${figure}`).staleAfterMs;
	return (figure.endsWith('Verified') ? facts.verifiedStaleAfterMs : facts.staleAfterMs) ?? ownLimit;
}

const lastValue = (figure: Figure | undefined): number | null => figure?.[0] ?? null;

/** A figure of the moment: known only while fresh and not reported blind. */
function freshValue(facts: ArchiveFacts, name: ArchiveFigure, now: number): number | null {
	const figure = facts.figures[name];
	if (!figure || figure[3] !== undefined) return null;
	return isStale({ at: figure[1], seen: figure[2] }, limitOf(facts, name), now) ? null : figure[0];
}

type Evidence = { readonly oldest: Oldest | null; readonly stale: boolean; readonly blind: boolean };

function weighEvidence(id: string, facts: ArchiveFacts, now: number): Evidence {
	let oldest: Oldest | null = null;
	let stale = false;
	let blind = false;
	for (const name of inputs) {
		const figure = facts.figures[name];
		if (!figure) continue;
		const ageMs = figure[0] === null ? null : ageOf({ at: figure[1], seen: figure[2] }, now);
		const limitMs = limitOf(facts, name);
		if (ageMs === null || ageMs > limitMs) stale = true;
		if (figure[3] !== undefined) blind = true;
		const mine: Oldest = { subject: `archive/${id}`, measure: `archive.${name}`, ageMs, limitMs };
		if (oldest === null || isOlder(mine, oldest)) oldest = mine;
	}
	return { oldest, stale, blind };
}

/** By the share of its limit that an input has used up: a check of ten minutes ago is younger than a position of one. Never reported is older than any. */
export const isOlder = (a: Oldest, b: Oldest): boolean => b.ageMs !== null && (a.ageMs === null || a.ageMs / a.limitMs > b.ageMs / b.limitMs);

export function judgeArchive(id: string, facts: ArchiveFacts, now: number, sources: Board['sources'] = {}): ArchiveNow {
	const { figures } = facts;
	const unit = figures.bytesMoved || !figures.itemsMoved ? 'B' : 'items';
	const itemsTotal = lastValue(figures.itemsTotal);
	const itemsMoved = lastValue(figures.itemsMoved);
	const itemsVerified = lastValue(figures.itemsVerified);
	const reportedTotal = unit === 'B' ? lastValue(figures.bytesTotal) : itemsTotal;
	const total = reportedTotal ?? (unit === 'B' ? facts.plannedTotal : null);
	const moved = unit === 'B' ? lastValue(figures.bytesMoved) : itemsMoved;
	const verified = unit === 'B' ? lastValue(figures.bytesVerified) : itemsVerified;
	const evidence = weighEvidence(id, facts, now);
	const copied = reportedTotal !== null && reportedTotal > 0 && moved !== null && moved >= reportedTotal;
	const beyond = reportedTotal !== null && Math.max(moved ?? 0, verified ?? 0) > reportedTotal;
	const complete =
		!beyond &&
		copied &&
		verified !== null &&
		verified >= reportedTotal &&
		(itemsTotal === null || itemsVerified === null || itemsVerified >= itemsTotal);
	const { standing, reason } = stand(facts, evidence, {
		copied,
		complete,
		beyond,
		moved,
		now,
		wentBack: facts.sources.some((one) => (sources[one]?.wentBack ?? 0) > 0),
	});
	const blind = standing === 'blind';
	return {
		label: facts.label,
		unit,
		total,
		totalPlanned: reportedTotal === null && total !== null,
		moved,
		verified,
		itemsTotal,
		itemsMoved,
		itemsVerified,
		delta: { moved: lastValue(figures.deltaMoved), pending: freshValue(facts, 'deltaPending', now) },
		rate: blind ? null : (facts.rate?.[0] ?? null),
		lag: freshValue(facts, 'lag', now),
		lagBytes: freshValue(facts, 'lagBytes', now),
		errors: lastValue(figures.errors),
		transferring: freshValue(facts, 'transferring', now),
		largestPending: freshValue(facts, 'largestPending', now),
		totalGrowing: !blind && facts.totalGrewAt !== null && now - facts.totalGrewAt <= TOTAL_GROWING_WITHIN_MS,
		done: complete && !blind,
		standing,
		reason,
		ageMs: evidence.oldest?.ageMs ?? null,
		oldest: evidence.oldest,
		finish: { p50: null, p80: null, p90: null },
	};
}

type Situation = { copied: boolean; complete: boolean; beyond: boolean; moved: number | null; now: number; wentBack: boolean };

function stand(
	facts: ArchiveFacts,
	evidence: Evidence,
	{ copied, complete, beyond, moved, now, wentBack }: Situation,
): { standing: Standing; reason: ArchiveReason | null } {
	if (evidence.oldest === null || moved === null) return { standing: 'blind', reason: evidence.blind ? 'cannot-look' : 'never-reported' };
	if (evidence.stale) return { standing: 'blind', reason: evidence.blind ? 'cannot-look' : 'silent' };
	// More than there is: one of the figures is wrong, and neither proves anything.
	if (beyond) return { standing: 'watch', reason: 'beyond-total' };
	if (complete) return { standing: 'good', reason: null };
	const still = facts.advancedAt === null ? 0 : now - facts.advancedAt;
	if (still > facts.advanceWithinMs) {
		return { standing: still > 3 * facts.advanceWithinMs ? 'bad' : 'watch', reason: copied ? 'stuck-at-100' : 'not-advancing' };
	}
	if ((facts.figures.errors?.[0] ?? 0) > 0) return { standing: 'watch', reason: 'errors' };
	if (wentBack) return { standing: 'watch', reason: 'went-back' };
	return { standing: 'good', reason: null };
}
