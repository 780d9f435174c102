// What the last forecast amounts to at a moment: never before now, never when it is old. Pure.
import type { Board } from './board.ts';
import type { Band } from './board-night.ts';
import { judgeArchive } from './judge-archive.ts';
import { bandAt, clampBand, isOldForecast } from './judge-band.ts';
import type { ForecastNow } from './judge-night.ts';
import { judgeService } from './judge-service.ts';
import type { Standing } from './standing.ts';

export function judgeForecast(board: Board, now: number): ForecastNow {
	const { forecast } = board;
	const promises = { count: board.promises.count, rows: Object.values(board.promises.rows).toSorted((a, b) => a[0] - b[0]) };
	const unknown = { finish: null, standing: 'blind', marginMs: null, blind: [], drivers: [], gates: {}, services: {}, streams: {} } as const;
	const at = forecast?.at ?? null;
	const ageMs = forecast === null ? null : Math.max(0, now - forecast.at);
	if (isFinished(board, now)) {
		const unseen = unseenBack(board, now);
		if (unseen.length > 0) return { ...unknown, reason: 'blind', blind: unseen, at, ageMs, promises };
		return { ...unknown, reason: 'finished', standing: 'good', at, ageMs, promises };
	}
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
		services: clampAll(stillToCome(forecast.services, board, now), now),
		streams: forecast.streams,
		promises,
	};
}

/** Whether nothing that counts is left to do or to forecast: decided by the facts, never by a forecast. */
export function isFinished(board: Board, now: number): boolean {
	const { tasks, archives } = board;
	const isBack = turnOf(board) !== null;
	const counted = Object.values(tasks).filter((task) => (task.kind === 'rollback') === isBack);
	const copies = isBack ? [] : Object.entries(archives);
	return (
		counted.length + copies.length > 0 &&
		counted.every((task) => task.state === 'done' || task.state === 'skipped') &&
		copies.every(([id, facts]) => judgeArchive(id, facts, now).done)
	);
}

const turnOf = ({ cutovers, follows }: Board): number | null => (follows === null ? null : (cutovers[follows]?.turnedBackAt ?? null));

/** Services that a turned night is to give back and that no probe sees up. Marked is not seen; what nobody looks at is believed. */
function unseenBack(board: Board, now: number): string[] {
	if (turnOf(board) === null) return [];
	const back = new Set(Object.values(board.tasks).flatMap(({ kind, restores }) => (kind === 'rollback' && restores !== null ? [restores] : [])));
	return [...back].flatMap((id) => {
		const facts = board.services[id];
		if (facts === undefined || !(facts.figures.up || facts.figures.upOld || facts.figures.upNew)) return [];
		return judgeService(facts, now).up === true ? [] : [`service/${id}`];
	});
}

/** Without those that are back already, by a mark or seen on the side that the night goes to. */
function stillToCome(bands: Readonly<Record<string, Band>>, board: Board, now: number): Record<string, Band> {
	const turnedAt = turnOf(board);
	const isBack = (id: string): boolean => {
		const facts = board.services[id];
		if (facts === undefined) return false;
		const { restoredAt, stoppedAt } = facts;
		const isMarked = restoredAt !== null && restoredAt >= Math.max(stoppedAt ?? restoredAt, turnedAt ?? restoredAt);
		return isMarked || judgeService(facts, now).side === (turnedAt === null ? 'new' : 'old');
	};
	return Object.fromEntries(Object.entries(bands).filter(([id]) => !isBack(id)));
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
