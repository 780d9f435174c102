// Holds the figures at the end of a real night against what the tools themselves report. Adds rows to the verdict; starts nothing.
import type { Entry } from '../../shared/entry.ts';
import type { MeasureName } from '../../shared/measures.ts';
import type { SeriesPoint } from './real-night-api.ts';
import type { NightSetup, Proven } from './real-night-course.ts';
import { COPY, DATABASE, PORTAL, PROBE_EVERY_MS } from './real-night-plan.ts';

/** A position may stand still and never falls, in a bucket or from one to the next. */
export function isRising(points: readonly SeriesPoint[]): boolean {
	let height = Number.NEGATIVE_INFINITY;
	for (const { min, max } of points) {
		if (min === null || max === null) continue;
		if (min < height) return false;
		height = max;
	}
	return height > Number.NEGATIVE_INFINITY;
}

const lastOf = (points: readonly SeriesPoint[]): number | null => points.findLast((one) => one.last !== null)?.last ?? null;

const looksIn = (journal: readonly Entry[]): readonly number[] =>
	journal.flatMap((entry) =>
		entry.kind === 'samples' && entry.source === 'sonda-portale'
			? entry.samples.filter((one) => one.measure === 'service.up').map((one) => one.at)
			: [],
	);

/** The longest stretch between two looks of the probe, as it was kept: one probe interval. Never more than two beats are forgiven. */
function probeIntervalMs(looks: readonly number[]): number {
	const longest = looks.reduce((most, at, i) => Math.max(most, at - (looks[i - 1] ?? at)), 0);
	return Math.min(longest, 2 * PROBE_EVERY_MS);
}

export async function compareFigures({ room, verdict, scale }: NightSetup, proven: Proven): Promise<void> {
	const { end, checked } = proven;
	const stats = await room.copy.stats();
	const found = await room.copy.size();
	const sides = room.weighSides();
	const copy = end.archives[COPY];
	verdict.holds(
		'rclone: errors, differing files',
		`${stats.errors}, ${checked.differ}`,
		`${copy?.errors ?? '–'}, –`,
		stats.errors === 0 && checked.differ === 0 && copy?.errors === 0,
	);
	verdict.equal('bytes moved (core/stats)', stats.bytes, copy?.moved);
	verdict.equal('bytes to move (core/stats)', stats.totalBytes, copy?.total);
	verdict.equal('bytes on the new side (file system)', sides.new.bytes, copy?.moved);
	verdict.equal('bytes on the old side (file system)', sides.old.bytes, copy?.total);
	verdict.equal('bytes verified (operations/size)', found.bytes, copy?.verified);
	verdict.equal('files moved (core/stats)', stats.transfers, copy?.itemsMoved);
	verdict.equal('files verified (check run)', checked.checks, copy?.itemsVerified);
	verdict.equal('files on the new side (file system)', sides.new.files, copy?.itemsVerified);

	const rows = await room.databases.counts();
	const database = end.archives[DATABASE];
	verdict.equal('rows before the night + written', scale.rows + proven.written, rows.old);
	verdict.equal('rows, old side (count(*))', rows.old, database?.itemsTotal);
	verdict.equal('rows, new side (count(*))', rows.new, database?.itemsMoved);
	verdict.equal('rows verified (both counts)', rows.old === rows.new ? rows.new : null, database?.itemsVerified);

	const series: readonly [subject: string, measure: MeasureName, tool: number][] = [
		[`archive/${COPY}`, 'archive.bytesMoved', stats.bytes],
		[`archive/${COPY}`, 'archive.itemsVerified', checked.checks],
		[`archive/${DATABASE}`, 'archive.itemsMoved', rows.new],
		[`archive/${DATABASE}`, 'archive.itemsVerified', rows.new],
	];
	for (const [subject, measure, tool] of series) {
		const points = await room.api.series(subject, measure, room.startedAt);
		verdict.equal(`series ${measure}, last point`, tool, lastOf(points));
		const reported = points.filter((one) => one.last !== null).length;
		verdict.holds('  never falls', '–', `${reported} points`, isRising(points));
	}

	const looks = looksIn(await room.api.journal());
	const interval = probeIntervalMs(looks);
	const beforeFirst = (looks[0] ?? Number.NaN) - room.startedAt;
	const { unplanned = Number.NaN, unknown = Number.NaN } = end.services[PORTAL]?.downMs ?? {};
	const off = Math.abs(unplanned - proven.downMs);
	const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
	verdict.holds('web service down', inSeconds(proven.downMs), `${inSeconds(unplanned)} (± ${inSeconds(interval)})`, off <= interval);
	verdict.holds('  unknown: before its first look', inSeconds(beforeFirst), inSeconds(unknown), unknown === beforeFirst);
}
