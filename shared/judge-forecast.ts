// What the last forecast amounts to at a moment: never before now, never when it is old. Pure.
import type { Board } from './board.ts';
import type { Band } from './board-night.ts';
import { judgeArchive } from './judge-archive.ts';
import { bandAt, clampBand, isOldForecast } from './judge-band.ts';
import type { ForecastNow } from './judge-night.ts';
import type { Standing } from './standing.ts';

export function judgeForecast(board: Board, now: number): ForecastNow {
	const { forecast } = board;
	const promises = { count: board.promises.count, rows: Object.values(board.promises.rows).toSorted((a, b) => a[0] - b[0]) };
	const unknown = { finish: null, standing: 'blind', marginMs: null, blind: [], drivers: [], gates: {}, services: {}, streams: {} } as const;
	const at = forecast?.at ?? null;
	const ageMs = forecast === null ? null : Math.max(0, now - forecast.at);
	if (isFinished(board, now)) return { ...unknown, reason: 'finished', standing: 'good', at, ageMs, promises };
	if (forecast === null) return { ...unknown, reason: 'none', at, ageMs, promises };
	if (isOldForecast(forecast, now)) return { ...unknown, reason: 'old', at, ageMs, promises };
	const finish = bandAt(forecast, forecast.finish, now);
	const windowEnd = board.follows === null ? undefined : board.cutovers[board.follows]?.windowEnd;
	return {
		finish,
		reason: finish === null ? (forecast.why ?? 'blind') : null,
		standing: finish === null ? 'blind' : standingOf(finish, windowEnd, forecast.blind.length > 0),
		at,
		ageMs,
		marginMs: finish === null || windowEnd === undefined ? null : windowEnd - finish.p50,
		blind: forecast.blind,
		drivers: forecast.drivers.map((subject) => ({ subject, label: labelOf(board, subject) })),
		gates: clampAll(forecast.gates, now),
		services: clampAll(forecast.services, now),
		streams: forecast.streams,
		promises,
	};
}

/** Whether nothing that counts is left to do: decided by the facts, never by a forecast. */
export function isFinished({ tasks, archives, cutovers, follows }: Board, now: number): boolean {
	const isBack = (follows === null ? null : (cutovers[follows]?.turnedBackAt ?? null)) !== null;
	const counted = Object.values(tasks).filter((task) => (task.kind === 'rollback') === isBack);
	const copies = isBack ? [] : Object.entries(archives);
	return (
		counted.length + copies.length > 0 &&
		counted.every((task) => task.state === 'done' || task.state === 'skipped') &&
		copies.every(([id, facts]) => judgeArchive(id, facts, now).done)
	);
}

function standingOf({ p50, p90 }: { p50: number; p90: number }, windowEnd: number | undefined, isBridged: boolean): Standing {
	if (windowEnd === undefined) return 'blind';
	if (p50 > windowEnd) return 'bad';
	// Never green on silence: a forecast that bridges one is at best a doubt.
	return p90 > windowEnd || isBridged ? 'watch' : 'good';
}

const clampAll = (bands: Readonly<Record<string, Band>>, now: number): Record<string, Band> =>
	Object.fromEntries(Object.entries(bands).map(([id, band]) => [id, clampBand(band, now)]));

function labelOf({ tasks, archives }: Board, subject: string): string {
	const id = subject.slice(subject.indexOf('/') + 1);
	return (subject.startsWith('archive/') ? archives[id]?.label : tasks[id]?.label) ?? subject;
}
