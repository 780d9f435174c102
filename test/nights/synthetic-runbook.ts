// An invented runbook and how it really went: four streams with links across, gates, copies as tasks, services given back.
import type { Dice } from './synthetic-chance.ts';
import type { CopyPlan } from './synthetic-copy.ts';
import type { Family } from './synthetic-families.ts';

const MINUTE = 60_000;
const streams = ['reti', 'basi-dati', 'applicazioni', 'postazioni'] as const;

export type SyntheticTask = {
	readonly id: string;
	readonly stream: string;
	readonly kind: 'task' | 'gate' | 'communication';
	readonly plannedStart: number;
	readonly durationMs: number;
	readonly rehearsed: readonly [p50: number, p90: number] | null;
	readonly after: readonly string[];
	readonly fixed: number | null;
	readonly archive: string | null;
	readonly gate: string | null;
	readonly restores: string | null;
};

export function planRunbook(start: number, copies: readonly CopyPlan[], dice: Dice): SyntheticTask[] {
	const tasks: SyntheticTask[] = [];
	const ends = new Map<string, number>();
	const count = dice.whole(14, 30);
	const copyAt = new Map(copies.map((copy, i) => [Math.round(((i + 1) / (copies.length + 1)) * count * 0.6), copy]));
	const last = new Map<string, string>();
	const unfollowed = new Set<string>();
	for (let i = 0; i < count; i += 1) {
		const copy = copyAt.get(i) ?? null;
		const stream = copy ? 'basi-dati' : (streams[dice.whole(0, 3)] ?? 'reti');
		const isGate = copy === null && i > 4 && i % 9 === 0;
		const after = new Set<string>();
		const before = last.get(stream);
		if (before !== undefined && (copy === null || dice.chance(0.5))) after.add(before);
		for (let link = 0; link < 2; link += 1) {
			const other = tasks[dice.whole(Math.max(0, i - 7), Math.max(0, i - 1))];
			if (other && dice.chance(0.35)) after.add(other.id);
		}
		if (isGate) for (const id of [...unfollowed].slice(0, 6)) after.add(id);
		const p50 = copy ? copy.rehearsedMs[0] : isGate ? dice.uniform(3, 8) * MINUTE : Math.exp(dice.uniform(Math.log(5), Math.log(50))) * MINUTE;
		const rehearsed = copy ? copy.rehearsedMs : dice.chance(0.8) ? ([Math.round(p50), Math.round(p50 * dice.uniform(1.2, 1.9))] as const) : null;
		const ready = Math.max(start, ...[...after].map((id) => ends.get(id) ?? start));
		const durationMs = Math.ceil((p50 * (rehearsed ? 1.15 : 1)) / MINUTE) * MINUTE;
		const plannedStart = Math.ceil(ready / (5 * MINUTE)) * 5 * MINUTE;
		const id = `t${i}`;
		tasks.push({
			id,
			stream,
			kind: isGate ? 'gate' : dice.chance(0.06) && copy === null ? 'communication' : 'task',
			plannedStart,
			durationMs,
			rehearsed,
			after: [...after],
			fixed: copy === null && dice.chance(0.04) ? plannedStart : null,
			archive: copy?.id ?? null,
			gate: isGate ? `g${i}` : null,
			restores: !isGate && copy === null && dice.chance(0.1) ? `s${i}` : null,
		});
		ends.set(id, plannedStart + durationMs);
		last.set(stream, id);
		for (const one of after) unfollowed.delete(one);
		unfollowed.add(id);
	}
	return tasks;
}

export type Played = { readonly startedAt: number; readonly endedAt: number };

/** `copyFrom` plays the copy that begins at that moment, and tells when it is verified. */
export function playRunbook(
	tasks: readonly SyntheticTask[],
	start: number,
	family: Family,
	dice: Dice,
	copyFrom: (archive: string, at: number) => number,
): ReadonlyMap<string, Played> {
	const played = new Map<string, Played>();
	const night = family.night[0] + family.night[1] * dice.normal();
	const pace = new Map(streams.map((stream) => [stream as string, night + family.stream * dice.normal()]));
	const handOverMs = dice.uniform(0.3, 3) * MINUTE;
	for (const task of tasks) {
		const ready = Math.max(start, task.fixed ?? 0, ...task.after.map((id) => played.get(id)?.endedAt ?? start));
		const startedAt = Math.round(ready + -Math.log(dice.uniform()) * handOverMs);
		if (task.archive !== null) {
			played.set(task.id, { startedAt, endedAt: copyFrom(task.archive, startedAt) + Math.round(dice.uniform(5, 60) * 1000) });
			continue;
		}
		const middle = task.rehearsed?.[0] ?? task.durationMs;
		// p90 of a normal law lies 1.2816 deviations above its middle.
		const spread = task.rehearsed ? Math.log(task.rehearsed[1] / task.rehearsed[0]) / 1.2816 : 0.35;
		const own = family.isHeavy ? spread * (dice.normal() / Math.sqrt((dice.normal() ** 2 + dice.normal() ** 2) / 2)) : spread * dice.normal();
		const trouble = dice.chance(family.trouble) ? dice.uniform(...family.troubleTimes) : 1;
		const tookMs = middle * Math.exp((pace.get(task.stream) ?? night) + Math.max(-2, Math.min(2.5, own))) * trouble;
		played.set(task.id, { startedAt, endedAt: startedAt + Math.max(1000, Math.round(tookMs)) });
	}
	return played;
}
