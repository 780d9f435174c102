// Sources: whether each talks, moves and advances, and what of it was refused. Also keeps what a connector must remember.
import type { SourceFacts } from '../../shared/board.ts';
import type { CensusDraft, SamplesDraft } from '../../shared/entry.ts';
import type { Plan } from '../../shared/plan.ts';
import type { RefusalCode } from '../../shared/sample.ts';

export type SourceCell = { live: SourceFacts; retired: boolean; memory: unknown };
export type SourceCells = Record<string, SourceCell>;

const unheard = {
	talkedAt: null,
	movedAt: null,
	advancedAt: null,
	why: null,
	failingSince: null,
	accepted: 0,
	late: 0,
	refused: {},
	aheadMs: 0,
	wentBack: 0,
	beat: null,
	archives: [],
};

export function planSources(cells: SourceCells, plan: Plan): void {
	for (const [id, cell] of Object.entries(cells)) cell.retired = plan.sources[id] === undefined;
	for (const [id, one] of Object.entries(plan.sources)) {
		const planned = {
			label: one.label,
			kind: one.kind,
			team: one.team ?? null,
			everyMs: one.every,
			staleAfterMs: one.staleAfter,
			moveWithinMs: one.moveWithin,
			advanceWithinMs: one.advanceWithin,
		};
		const cell = cells[id];
		if (cell) cell.live = { ...cell.live, ...planned };
		else cells[id] = { live: { ...unheard, ...planned }, retired: false, memory: undefined };
	}
}

/** A sender that the plan doesn't name is shown all the same: by its token's name, with the usual limits. */
export function sourceCell(cells: SourceCells, id: string): SourceCell {
	cells[id] ??= {
		live: { ...unheard, label: id, kind: 'push', team: null, everyMs: 5000, staleAfterMs: 60_000, moveWithinMs: 120_000, advanceWithinMs: 300_000 },
		retired: false,
		memory: undefined,
	};
	return cells[id];
}

/** What a batch's samples amounted to, as found while they were folded. */
export type BatchEffect = {
	moved: boolean;
	advanced: boolean;
	wentBack: number;
	aheadMs: number;
	archives: string[];
	tellsOfMore: boolean;
	newest: number;
	beat: number | null;
};

export function applyBatch(cell: SourceCell, batch: SamplesDraft, seen: number, effect: BatchEffect): void {
	const { downSince, ...before } = cell.live;
	if (batch.memory !== undefined) cell.memory = batch.memory;
	const beat = effect.beat ?? before.beat;
	const refused: Partial<Record<RefusalCode, number>> = { ...before.refused };
	for (const [, code] of batch.refused ?? []) refused[code] = (refused[code] ?? 0) + 1;
	const failing = batch.why !== undefined;
	const heard = !failing && batch.samples.length > 0;
	const at = Math.min(effect.newest, seen);
	const archives = effect.archives.filter((id) => !before.archives.includes(id));
	cell.live = {
		...before,
		talkedAt: heard ? seen : before.talkedAt,
		movedAt: effect.moved ? at : (before.movedAt ?? (heard ? at : null)),
		advancedAt: effect.advanced ? at : before.advancedAt,
		why: failing ? (batch.why ?? null) : heard ? null : before.why,
		failingSince: failing ? (before.failingSince ?? seen) : heard ? null : before.failingSince,
		accepted: before.accepted + batch.samples.length,
		late: before.late + (batch.late ?? 0),
		refused,
		aheadMs: heard ? Math.max(0, effect.aheadMs) : before.aheadMs,
		wentBack: before.wentBack + effect.wentBack,
		beat,
		...(beat === 0 ? { downSince: downSince ?? seen } : {}),
		...(effect.tellsOfMore ? { tellsOfMore: true } : {}),
		archives: archives.length > 0 ? [...before.archives, ...archives] : before.archives,
	};
}

/** Messages about visits. Who only sends what has to be refused does not talk; who only repeats itself does. */
export function applyMessages(cell: SourceCell, { messages, sites, refused = [], late = 0, memory }: CensusDraft, seen: number): void {
	const before = cell.live;
	if (memory !== undefined) cell.memory = memory;
	const counts = { ...before.refused };
	for (const [code, count] of refused) counts[code] = (counts[code] ?? 0) + count;
	const heard = messages > 0 || sites.length > 0 || refused.length === 0;
	const moved = sites.flatMap(({ changes, heardAt }) => (changes.length > 0 && heardAt !== null ? [Math.min(heardAt, seen)] : []));
	cell.live = {
		...before,
		talkedAt: heard ? seen : before.talkedAt,
		movedAt: moved.length > 0 ? Math.max(...moved, before.movedAt ?? Number.NEGATIVE_INFINITY) : (before.movedAt ?? (heard ? seen : null)),
		why: heard ? null : before.why,
		failingSince: heard ? null : before.failingSince,
		accepted: before.accepted + messages,
		late: before.late + late,
		refused: counts,
	};
}
