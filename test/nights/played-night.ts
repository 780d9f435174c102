// A rehearsal played to its end through the real server, as fast as it goes, and asked for its board at any moment.
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { BoardNow } from '../../shared/judge.ts';
import { type RunningRegia, startRegia } from '../kit/server.ts';
import { until } from '../kit/until.ts';
import type { Shown } from './check-night.ts';

/** Every look costs the night a little time. */
const LOOK_EVERY_MS = 200;
export const NIGHT_LIMIT_MS = 180_000;

/** All three null where it cannot be told. */
export type IsoBand =
	| { readonly p50: string; readonly p80: string; readonly p90: string }
	| { readonly p50: null; readonly p80: null; readonly p90: null };
export type ApiBoard = Shown & {
	readonly rehearsal: boolean;
	readonly seq: number;
	readonly now: string;
	readonly marks: { readonly count: number };
	readonly forecast: Omit<BoardNow['forecast'], 'finish'> & { readonly finish: IsoBand };
	readonly ghost: BoardNow['ghost'];
	readonly rollback: NonNullable<Shown['rollback']> & { readonly standing: string; readonly reason: string | null };
};

export type PlayedNight = {
	boardAt(instant: number): Promise<ApiBoard>;
	board(): Promise<ApiBoard>;
	/** What the server printed. */
	output(): string;
	stop(): Promise<unknown>;
};

/** `to`: no further than this moment, where nothing later is asked. */
export async function playNight(name: string, to = Number.POSITIVE_INFINITY): Promise<PlayedNight> {
	const regia: RunningRegia = await startRegia({ flags: ['--rehearse', name, '--speed', '3600'] });
	const token = regia.token({ kind: 'person', name: 'notte', duties: [{ role: 'viewer' }] });
	async function ask<T>(path: string): Promise<T> {
		const answer = await fetch(`${regia.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
		if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
		return (await answer.json()) as T;
	}
	const began = performance.now();
	await until(
		'the end of the night',
		async () => {
			if (regia.output().includes('refused and stands still')) throw new Error(regia.output());
			await pause(LOOK_EVERY_MS);
			const { speed, now } = await ask<{ speed: number; now: string }>('/api/health');
			return speed === 0 || Date.parse(now) > to;
		},
		NIGHT_LIMIT_MS,
	);
	console.info(`${name}: played in ${Math.round((performance.now() - began) / 100) / 10} s`);
	return {
		boardAt: (instant) => ask(`/api/board?at=${new Date(instant).toISOString()}`),
		board: () => ask('/api/board'),
		output: regia.output,
		stop: () => regia.stop(),
	};
}
