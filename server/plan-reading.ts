// Looks into a plan that may be half wrong: values where they can be read, null or nothing where they cannot. Judges nothing.
import type { PlanMistake } from '../shared/plan.ts';
import { duration, instant } from '../shared/plan-values.ts';
import { suggest } from './domain/nearest.ts';
import { valueAt } from './plan-issues.ts';
import type { Path } from './plan-yaml.ts';

/** `part: 'key'` points at the name itself, where what is wrong is that it is there. */
export type ReferenceMistake = PlanMistake & { readonly message: string; readonly part?: 'key' };
export type Say = (path: Path, message: string, remedy: string, part?: 'key') => void;
export type Tree = Readonly<Record<string, unknown>>;

export const DAY_MS = 86_400_000;
export const LONGEST_WINDOW_MS = 7 * DAY_MS;

export const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);
export const treeAt = (data: unknown, ...path: Path): Tree => {
	const value = valueAt(data, path);
	return isTree(value) ? value : {};
};
export const listAt = (data: unknown, ...path: Path): readonly unknown[] => {
	const value = valueAt(data, path);
	return Array.isArray(value) ? value : [];
};
export const textAt = (data: unknown, ...path: Path): string | null => {
	const value = valueAt(data, path);
	return typeof value === 'string' ? value : null;
};
export const numberAt = (data: unknown, ...path: Path): number | null => {
	const value = valueAt(data, path);
	return typeof value === 'number' ? value : null;
};
export const instantAt = (data: unknown, ...path: Path): number | null => instant.safeParse(valueAt(data, path)).data ?? null;
export const durationAt = (data: unknown, ...path: Path): number | null => duration.safeParse(valueAt(data, path)).data ?? null;

/** Gathers what a check says. */
export function gather(check: (say: Say) => void): ReferenceMistake[] {
	const mistakes: ReferenceMistake[] = [];
	check((path, message, remedy, part) => mistakes.push({ path, message, remedy, ...(part === undefined ? {} : { part }) }));
	return mistakes;
}

/** `<path>` names one of `<target>`. */
export function checkNamed(data: unknown, path: Path, target: string, say: Say): void {
	const name = textAt(data, ...path);
	const known = treeAt(data, target);
	if (name === null || Object.hasOwn(known, name)) return;
	say(path, `"${name.slice(0, 80)}" is not among the ${target}`, suggest(name, Object.keys(known), `add it under "${target}", or take the line out`));
}
