// The course of a real night up to its proof: a copy, a service that goes down and comes back, writes that end, a check run, a count.
import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../kit/until.ts';
import type { ApiBoard } from './real-night-api.ts';
import { COPY, DATABASE } from './real-night-plan.ts';
import type { Moment } from './real-night-recording.ts';
import type { Room } from './real-night-room.ts';
import type { NightScale } from './real-night-scale.ts';
import type { Verdict } from './real-night-verdict.ts';
import { picture, sightOf } from './real-night-wall.ts';
import { createWatch, type Watch } from './real-night-watch.ts';

export type NightSetup = {
	readonly room: Room;
	readonly scale: NightScale;
	readonly verdict: Verdict;
	readonly signal: AbortSignal;
	readonly pictureFile: string;
	say(line: string): void;
};

export type Checked = { readonly checks: number; readonly differ: number; readonly errors: number };
/** `downMs`: how long the web service itself was not listening. */
export type Proven = { readonly end: ApiBoard; readonly checked: Checked; readonly downMs: number; readonly written: number; readonly half: Moment };

const BOARD_PATIENCE_MS = 20_000;
const LOOKS_AFTER_PROOF = 4;

export const momentOf = (name: string, { seq, now }: ApiBoard): Moment => ({ name, seq, now: Date.parse(now) });

async function whenSo(watch: Watch, what: string, isSo: (seen: ApiBoard) => boolean): Promise<ApiBoard> {
	return until(
		what,
		async () => {
			const seen = await watch.look();
			return isSo(seen) ? seen : null;
		},
		BOARD_PATIENCE_MS,
	);
}

export async function runToProof(setup: NightSetup): Promise<Proven> {
	const { room, scale, verdict, say } = setup;
	const proof = { copy: false, database: false };
	const watch = createWatch(room.api.board, [
		{ id: COPY, tool: async () => (await room.copy.stats()).bytes, slack: 0, proofBegun: () => proof.copy },
		{ id: DATABASE, tool: room.databases.countOld, slack: 0, proofBegun: () => proof.database },
	]);
	await whenSo(watch, 'every source has been read', (seen) => Object.values(seen.sources).every((one) => one.talks === true));
	say('the copy begins; the new database subscribes; the old one is still written to');
	await room.api.mark({ kind: 'phase', phase: 'copia', state: 'reached' });
	const { downMs, written, half } = await copyThrough(setup, watch);

	const { bytes } = await room.copy.stats();
	const copied = await whenSo(watch, 'the board has every byte', (seen) => seen.archives[COPY]?.moved === bytes);
	say('all is copied and nothing verified; now the check run, and a count of every row');
	const isDone = copied.archives[COPY]?.done !== false;
	verdict.holds('copied and not verified', 'not checked yet', isDone ? 'done' : 'not done', !isDone);
	const { row } = await sightOf(room.wall, COPY);
	// A share below the whole, or a time that is said to be a forecast; never a tick.
	const isOpen = /^\d\d? %$|previsione$/.test(row?.percent ?? '') && !row?.isConfirmed;
	verdict.holds('  what the wall says of it', 'not checked yet', row?.percent ?? 'no row', isOpen);

	await room.api.mark({ kind: 'phase', phase: 'verifica', state: 'reached' });
	proof.copy = true;
	const checked = await room.copy.check(scale.patienceMs);
	const caughtUp = async (): Promise<boolean> => {
		const rows = await room.databases.counts();
		return rows.old === rows.new;
	};
	await until('the subscriber has every row', caughtUp, scale.patienceMs);
	proof.database = true;
	await room.api.exact('replica');
	await whenSo(watch, 'both archives are done', (seen) => seen.rollup.done === 2).catch((error: unknown) => say(String(error)));
	await room.api.mark({ kind: 'phase', phase: 'riapertura', state: 'reached' });
	await until('the wall shows the copy as confirmed', async () => (await sightOf(room.wall, COPY)).row?.isConfirmed === true);

	// What is proven must outlast the ordinary looks that follow.
	let end = await watch.look();
	for (let i = 0; i < LOOKS_AFTER_PROOF; i += 1) {
		await pause(scale.askEveryMs, undefined, { signal: setup.signal });
		end = await watch.look();
	}
	verdict.holds('archives verified', '2 of 2', `${end.rollup.done} of ${end.rollup.of}`, end.rollup.done === 2 && end.rollup.of === 2);
	const { untruths } = watch;
	const told = `${watch.looks()} looks, totals grew ${watch.totalsGrew()}×`;
	verdict.holds('board true all night', told, untruths.length === 0 ? 'no untruth' : `${untruths.length}: ${untruths[0]}`, untruths.length === 0);
	const excess = watch.excess(DATABASE);
	verdict.holds('rows moved above rows in all, at most', '0', String(excess), excess === 0);
	return { end, checked, downMs, written, half };
}

async function copyThrough({ room, scale, signal, pictureFile, say }: NightSetup, watch: Watch): Promise<Omit<Proven, 'end' | 'checked'>> {
	await room.databases.subscribe();
	const writing = room.databases.write(scale.rowsASecond);
	let written: Promise<number> | null = null;
	let down: Promise<number> | null = null;
	let half: Moment | null = null;
	const began = performance.now();
	await room.copy.begin();
	try {
		while (!(await room.copy.hasEnded())) {
			const seen = await watch.look();
			const share = (await room.copy.stats()).bytes / scale.bytes;
			if (share >= scale.downFrom && down === null) {
				say(`the web service goes down for ${scale.downMs / 1000} s`);
				down = takeDown(room, scale.downMs, signal);
				down.catch(() => {});
			}
			if (share >= scale.pictureAt && half === null) {
				half = momentOf('half way', seen);
				await picture(room.wall, pictureFile);
				say(`half way: the wall is pictured in ${pictureFile}`);
			}
			if (share >= scale.writeUntil && written === null) {
				written = writing.stop();
				say(`${await written} rows were written since; now the old database rests`);
			}
			await pause(scale.askEveryMs, undefined, { signal });
		}
	} finally {
		written ??= writing.stop();
	}
	say(`rclone says that it has ended, after ${Math.round((performance.now() - began) / 1000)} s`);
	if (down === null || half === null) throw new Error('the copy was over too soon for what was to happen during it: lower the bandwidth');
	return { downMs: await down, written: await written, half };
}

async function takeDown({ portal }: Room, forMs: number, signal: AbortSignal): Promise<number> {
	await portal.goDown();
	const from = performance.now();
	await pause(forMs, undefined, { signal });
	await portal.comeBack();
	return performance.now() - from;
}
