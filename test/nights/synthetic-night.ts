// An invented night, whole: its plan, everything that was said during it, and when it was truly over. Imports nothing of the server:
// what it knows of the forecast is nothing at all.
import type { Draft } from '../../shared/entry.ts';
import { planSchema } from '../../shared/plan.ts';
import { diceOf } from './synthetic-chance.ts';
import { type CopyCourse, type CopyPlan, planCopy, playCopy } from './synthetic-copy.ts';
import { type Family, families } from './synthetic-families.ts';
import { planRunbook, playRunbook, type SyntheticTask } from './synthetic-runbook.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** One of them is the night on which the clocks go back. */
const evenings = [Date.UTC(2025, 9, 21, 17), Date.UTC(2025, 9, 25, 20), Date.UTC(2025, 10, 15, 19)] as const;

export type SyntheticNight = {
	readonly seed: number;
	readonly family: Family;
	readonly start: number;
	readonly lines: readonly { readonly seen: number; readonly draft: Draft }[];
	/** When all was done and verified, and each part of it. */
	readonly finish: number;
	readonly archives: ReadonlyMap<string, CopyCourse>;
	readonly gates: ReadonlyMap<string, number>;
	readonly services: ReadonlyMap<string, number>;
	readonly taskCount: number;
	/** The end that the plan had. */
	readonly plannedEnd: number;
};

export function syntheticNight(seed: number, family: Family = families[seed % families.length] as Family): SyntheticNight {
	const dice = diceOf(seed);
	const start = evenings[dice.whole(0, 2)] as number;
	const kind = dice.uniform();
	const hasTasks = kind > 0.2;
	const hasArchives = kind < 0.87;
	const copies = Array.from({ length: hasArchives ? dice.whole(1, 4) : 0 }, (_, i) => planCopy(`a${i}`, dice));
	const inRunbook = hasTasks ? copies.filter(() => dice.chance(0.6)) : [];
	const courses = new Map<string, CopyCourse>();
	const tasks = hasTasks ? planRunbook(start, inRunbook, dice) : [];
	const play = (copy: CopyPlan, at: number): number => {
		const course = playCopy(copy, family, at, dice);
		courses.set(copy.id, course);
		return course.verifiedAt;
	};
	for (const copy of copies) if (!inRunbook.includes(copy)) play(copy, start + Math.round(dice.uniform(1, 20) * MINUTE));
	const played = playRunbook(tasks, start, family, dice, (id, at) => {
		const copy = copies.find((one) => one.id === id);
		return copy ? play(copy, at) : at;
	});
	const ends = [...[...played.values()].map(({ endedAt }) => endedAt), ...[...courses.values()].map(({ verifiedAt }) => verifiedAt)];
	const marks = tasks.flatMap((task) => {
		const { startedAt, endedAt } = played.get(task.id) ?? { startedAt: start, endedAt: start };
		return [marked(task.id, 'started', startedAt), marked(task.id, 'done', endedAt)];
	});
	const said = [...courses].flatMap(([id, { reports }]) => reports.map((report) => ({ seen: report.at + 150, draft: batchOf(id, report) })));
	const plannedEnds = [...tasks.map((task) => task.plannedStart + task.durationMs), ...copies.map((copy) => start + copy.rehearsedMs[0])];
	const endOf = (pick: (task: SyntheticTask) => string | null): Map<string, number> =>
		new Map(tasks.flatMap((task) => (pick(task) === null ? [] : [[pick(task) as string, played.get(task.id)?.endedAt ?? start] as const])));
	return {
		seed,
		family,
		start,
		lines: [{ seen: start - HOUR, draft: planned(start, tasks, copies) }, ...[...marks, ...said].sort((a, b) => a.seen - b.seen)],
		finish: Math.max(...ends),
		archives: courses,
		gates: endOf((task) => task.gate),
		services: endOf((task) => task.restores),
		taskCount: tasks.length,
		plannedEnd: Math.max(...plannedEnds),
	};
}

const marked = (task: string, state: 'started' | 'done', at: number): { seen: number; draft: Draft } => ({
	seen: at,
	draft: { kind: 'mark', mark: { kind: 'task', task, state }, by: 'invented', at },
});

function batchOf(id: string, { at, isBlind, moved, verified, total }: CopyCourse['reports'][number]): Draft {
	const one = (measure: 'archive.bytesMoved' | 'archive.bytesVerified' | 'archive.bytesTotal', value: number) =>
		isBlind
			? ({ subject: `archive/${id}`, measure, value: null, at, why: 'timeout' } as const)
			: ({ subject: `archive/${id}`, measure, value, at } as const);
	const samples = [one('archive.bytesMoved', moved), one('archive.bytesTotal', total), one('archive.bytesVerified', verified)];
	return { kind: 'samples', source: id, samples };
}

const iso = (at: number): string => new Date(at).toISOString();
const ms = (length: number): string => `${length}ms`;

function planned(start: number, tasks: readonly SyntheticTask[], copies: readonly CopyPlan[]): Draft {
	const entries = <T>(all: readonly T[], turn: (one: T) => [string, unknown]) => Object.fromEntries(all.map(turn));
	const plan = planSchema.parse({
		programme: { id: 'invented', name: 'Invented' },
		cutover: { id: 'night', name: 'Night', window: { start: iso(start), end: iso(start + 10 * HOUR) } },
		archives: entries(copies, (copy) => [copy.id, { label: copy.id, total: `${copy.plannedTotal} B`, staleAfter: '3min', advanceWithin: '10min' }]),
		services: entries(
			tasks.filter((task) => task.restores !== null),
			(task) => [task.restores ?? '', { label: task.restores, priority: 1 }],
		),
		gates: entries(
			tasks.filter((task) => task.gate !== null),
			(task) => [task.gate ?? '', { label: task.gate, criteria: {}, positions: { lead: { label: 'Lead', role: 'commander' } } }],
		),
		tasks: entries(tasks, (task) => [
			task.id,
			{
				label: task.id,
				kind: task.kind,
				stream: task.stream,
				start: iso(task.plannedStart),
				duration: ms(task.durationMs),
				...(task.rehearsed === null ? {} : { rehearsed: { p50: ms(task.rehearsed[0]), p90: ms(task.rehearsed[1]) } }),
				after: task.after,
				...(task.fixed === null ? {} : { fixed: iso(task.fixed) }),
				...(task.archive === null ? {} : { archive: task.archive }),
				...(task.gate === null ? {} : { gate: task.gate }),
				...(task.restores === null ? {} : { restores: task.restores }),
			},
		]),
		sources: entries(copies, (copy) => [copy.id, { kind: 'push', label: copy.id }]),
	});
	return { kind: 'plan', plan, text: '', digest: `night-${start}`, by: 'invented', rehearsal: true };
}
