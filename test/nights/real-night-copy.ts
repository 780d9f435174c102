// The copy of a real night and its check run, by rclone's remote control; and what rclone itself says of them. Knows nothing of Regia.
import type { Rclone } from '../kit/rclone.ts';
import { until } from '../kit/until.ts';
import { CHECK_GROUP, COPY_GROUP, NEW_SIDE, OLD_SIDE } from './real-night-plan.ts';

export type CopyStats = {
	readonly bytes: number;
	readonly totalBytes: number;
	readonly transfers: number;
	readonly checks: number;
	readonly errors: number;
};

export type Copy = {
	begin(): Promise<void>;
	/** rclone's own counters of the copy. */
	stats(): Promise<CopyStats>;
	hasEnded(): Promise<boolean>;
	/** Compares every file by its checksum and copies nothing; resolves with what rclone counted. The same in every version of rclone. */
	check(patienceMs: number): Promise<{ readonly checks: number; readonly differ: number; readonly errors: number }>;
	/** What rclone finds on the new side. */
	size(): Promise<{ readonly files: number; readonly bytes: number }>;
	/** SIGKILL. */
	silence(): Promise<void>;
};

type Answer = Record<string, unknown>;

function figureOf(answer: Answer, name: string): number {
	const value = answer[name];
	if (typeof value !== 'number') throw new Error(`rclone's answer has no ${name}: ${JSON.stringify(answer)}`);
	return value;
}

export function copyBy(daemon: Rclone): Copy {
	const sides = { srcFs: OLD_SIDE, dstFs: NEW_SIDE, _async: true };
	let job = 0;

	const statsOf = async (group: string): Promise<Answer> => daemon.call('core/stats', { group });
	async function ended(id: number): Promise<boolean> {
		const status = await daemon.call('job/status', { jobid: id });
		if (status.finished === true && status.success !== true) throw new Error(`rclone failed: ${String(status.error)}`);
		return status.finished === true;
	}

	return {
		async begin() {
			job = figureOf(await daemon.call('sync/copy', { ...sides, _group: COPY_GROUP }), 'jobid');
		},
		async stats() {
			const told = await statsOf(COPY_GROUP);
			const read = (name: string): number => figureOf(told, name);
			return { bytes: read('bytes'), totalBytes: read('totalBytes'), transfers: read('transfers'), checks: read('checks'), errors: read('errors') };
		},
		hasEnded: () => ended(job),
		async check(patienceMs) {
			const config = { CheckSum: true, DryRun: true };
			const id = figureOf(await daemon.call('sync/copy', { ...sides, _group: CHECK_GROUP, _config: config }), 'jobid');
			await until('the check run ends', () => ended(id), patienceMs);
			const told = await statsOf(CHECK_GROUP);
			return { checks: figureOf(told, 'checks'), differ: figureOf(told, 'totalTransfers'), errors: figureOf(told, 'errors') };
		},
		async size() {
			const told = await daemon.call('operations/size', { fs: NEW_SIDE });
			return { files: figureOf(told, 'count'), bytes: figureOf(told, 'bytes') };
		},
		silence: () => daemon.kill(),
	};
}
