// Which archives are under way, which begin with a task of the runbook, and which cannot be told, and why.
import type { ForecastGap } from '../../shared/board-night.ts';
import { type ForecastArchive, type ForecastInput, isCounted } from './forecast-input.ts';
import type { Model } from './forecast-model.ts';
import { lengthOf } from './forecast-pace.ts';
import { atWork } from './forecast-rate.ts';
import { checkRatioOf, isOutrun, type Transfer, transferOf } from './forecast-transfer.ts';

export type Gap = Exclude<ForecastGap, 'nothing-planned'>;
export type Transfers = {
	readonly underWay: ReadonlyMap<string, Transfer>;
	readonly untold: ReadonlyMap<string, Gap>;
	/** Verified: a task that ends with one of them needs nothing but its mark. */
	readonly complete: ReadonlySet<string>;
	/** Silent, bridged or not; also one that never spoke, or says nothing while its task runs, which only the plan can tell. */
	readonly blind: readonly string[];
};

/** Past this, silence is not bridged any more. */
export const BRIDGED_FOR_MS = 1_800_000;
/** As on the tile: three times the time it may stand still, and it is stuck. */
const STUCK_AFTER = 3;

export function planTransfers({ archives, tasks, now, turnedBack }: ForecastInput, model: Model): Transfers {
	const underWay = new Map<string, Transfer>();
	const untold = new Map<string, Gap>();
	const blind: string[] = [];
	const complete = new Set(archives.filter((archive) => archive.complete).map(({ id }) => id));
	if (turnedBack) return { underWay, untold, complete, blind };
	const ratio = checkRatioOf(archives, model);
	const hasOpenTask = tasks.some((task) => isCounted(task, false) && task.state !== 'done' && task.state !== 'skipped');
	for (const archive of archives) {
		const task = tasks.find((one) => one.archive === archive.id && isCounted(one, false) && one.state !== 'done' && one.state !== 'skipped');
		const length = task ? lengthOf(task, model) : null;
		const stuckAt = Math.max(archive.advancedAt ?? 0, task?.startedAt ?? 0) + STUCK_AFTER * archive.advanceWithinMs;
		const hasBegun = atWork(archive.moved).length > 1 && (task?.state === 'running' || now <= stuckAt);
		// Not begun, or copied in advance and resting: its task says when and how long.
		const isOfTask = !hasBegun && length !== null && !archive.complete;
		const isResting = isOfTask && task?.state !== 'running' && archive.silentSince !== 0;
		if (archive.silentSince !== null && !isResting) blind.push(archive.id);
		if (archive.complete || isOfTask) continue;
		const expected = length && { ms: Math.exp(length.middle), variance: Math.max(length.spread, model.rateFromRehearsal) ** 2 };
		const transfer = transferOf(archive, now, expected, ratio, model);
		const gap = gapOf(archive, transfer, { now, stuckAt, hasOpenTask });
		if (gap !== null || transfer === null) untold.set(archive.id, gap ?? 'blind');
		else underWay.set(archive.id, transfer);
	}
	return { underWay, untold, complete, blind };
}

type Moment = { readonly now: number; readonly stuckAt: number; readonly hasOpenTask: boolean };

function gapOf(archive: ForecastArchive, transfer: Transfer | null, { now, stuckAt, hasOpenTask }: Moment): Gap | null {
	const { silentSince, advancedAt } = archive;
	if (silentSince !== null && now - silentSince > BRIDGED_FOR_MS) return 'blind';
	// Changes end with the write freeze, which a runbook with work left is still to bring.
	if (archive.outrun && !hasOpenTask) return 'will-not-converge';
	if (transfer !== null && isOutrun(transfer)) return 'will-not-converge';
	if (silentSince === null && advancedAt !== null && now > stuckAt) return 'never-advances';
	return null;
}
