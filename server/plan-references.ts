// What a schema cannot see: that names lead somewhere, and that instants lie in order. Reads a plan that may be half wrong, and says all.
import { size } from '../shared/plan-values.ts';
import { matchesGlob, parseSubject, type SubjectKind } from '../shared/subject.ts';
import { suggest } from './domain/nearest.ts';
import { checkBreakdown } from './plan-breakdown.ts';
import { checkGates } from './plan-gates.ts';
import { valueAt } from './plan-issues.ts';
import { checkPress } from './plan-press.ts';
import { durationAt, gather, instantAt, isTree, LONGEST_WINDOW_MS, listAt, type ReferenceMistake, type Say, treeAt } from './plan-reading.ts';
import { checkRollback } from './plan-rollback.ts';
import { checkSites } from './plan-sites.ts';
import { checkTasks } from './plan-tasks.ts';
import type { Path } from './plan-yaml.ts';

type Span = { readonly from: number; readonly to: number };

const LARGEST_BYTES = 1e18;

export function checkReferences(data: unknown): ReferenceMistake[] {
	return gather((say) => checkAll(data, say));
}

function checkAll(data: unknown, say: Say): void {
	checkWindow(data, say);
	checkPhases(data, say);
	for (const section of ['archives', 'services', 'sources']) checkName(data, section, 'team', 'teams', say);
	checkName(data, 'archives', 'service', 'services', say);
	checkName(data, 'sources', 'canary', 'sources', say);
	for (const id of Object.keys(treeAt(data, 'archives'))) {
		const total = size.safeParse(valueAt(data, ['archives', id, 'total'])).data;
		if (total !== undefined && total > LARGEST_BYTES) say(['archives', id, 'total'], '"total" is more than can be counted', 'at most 1000 PB');
	}
	for (const id of Object.keys(treeAt(data, 'services'))) {
		checkPlanned(data, id, say);
		const weights = listAt(data, 'services', id, 'bookings', 'hours');
		if (weights.length > 0 && weights.every((one) => one === 0))
			say(['services', id, 'bookings', 'hours'], 'the hours weigh nothing', 'at least one weight above 0');
	}
	for (const id of Object.keys(treeAt(data, 'sources'))) checkSource(data, id, say);
	for (const id of Object.keys(treeAt(data, 'teams'))) {
		if (durationAt(data, 'teams', id, 'callEvery') === 0) say(['teams', id, 'callEvery'], '"callEvery" is no time at all', 'more than 0, as 30min');
	}
	checkSites(data, say);
	checkTasks(data, say);
	checkGates(data, say);
	checkRollback(data, say);
	checkBreakdown(data, say);
	checkPress(data, say);
}

function checkWindow(data: unknown, say: Say): void {
	const path = ['cutover', 'window', 'end'];
	const start = instantAt(data, 'cutover', 'window', 'start');
	const end = instantAt(data, ...path);
	if (start === null || end === null) return;
	if (end <= start) say(path, 'the window ends before it starts', 'an "end" after "start"; mind the day after midnight and the offset');
	else if (end - start > LONGEST_WINDOW_MS) say(path, 'the window is longer than 7 days', 'an "end" at most 7 days after "start"');
}

function checkPhases(data: unknown, say: Say): void {
	const start = instantAt(data, 'cutover', 'window', 'start');
	const end = instantAt(data, 'cutover', 'window', 'end');
	const ids = new Set<unknown>();
	let before: number | null = null;
	listAt(data, 'cutover', 'phases').forEach((phase, index) => {
		const path = ['cutover', 'phases', index] as const;
		const id = isTree(phase) ? phase.id : undefined;
		if (typeof id === 'string' && ids.has(id))
			say([...path, 'id'], `the phase "${id.slice(0, 80)}" is there twice`, 'give each phase an id of its own');
		ids.add(id);
		const at = instantAt(data, ...path, 'at');
		if (at === null) return;
		const isInside = (start === null || at >= start) && (end === null || at <= end);
		if (!isInside) say([...path, 'at'], 'the phase lies outside the window', 'a moment between the window\'s "start" and "end"');
		else if (before !== null && at < before)
			say([...path, 'at'], 'the phase begins before the one above it', 'list the phases in the order of their moments');
		before = at;
	});
}

/** `<section>.<any>.<key>` names one of `<target>`. */
function checkName(data: unknown, section: string, key: string, target: string, say: Say): void {
	const known = Object.keys(treeAt(data, target));
	for (const id of Object.keys(treeAt(data, section))) {
		const name = valueAt(data, [section, id, key]);
		if (typeof name !== 'string') continue;
		const path = [section, id, key];
		if (section === target && name === id) say(path, `"${id}" names itself as its ${key}`, 'name another one, or take the line out');
		else if (!known.includes(name)) {
			const message = `"${name.slice(0, 80)}" is not among the ${target}`;
			say(path, message, suggest(name, known, `add it under "${target}", or take the line out`));
		}
	}
}

function checkPlanned(data: unknown, id: string, say: Say): void {
	const spans: Span[] = [];
	listAt(data, 'services', id, 'planned').forEach((_, index) => {
		const path = ['services', id, 'planned', index] as const;
		const from = instantAt(data, ...path, 'from');
		const to = instantAt(data, ...path, 'to');
		if (from === null || to === null) return;
		if (to <= from) say([...path, 'to'], 'the planned downtime ends before it begins', 'a "to" after "from"');
		else if (to - from > LONGEST_WINDOW_MS) say([...path, 'to'], 'the planned downtime is longer than 7 days', 'a "to" at most 7 days after "from"');
		else if (spans.some((one) => from < one.to && one.from < to)) {
			say([...path, 'from'], 'the planned downtime overlaps one above it', 'join the two, or let one begin where the other ends');
		} else spans.push({ from, to });
	});
}

function checkSource(data: unknown, id: string, say: Say): void {
	const path = ['sources', id] as const;
	for (const key of ['every', 'timeout']) {
		if (durationAt(data, ...path, key) === 0) say([...path, key], `"${key}" is no time at all`, 'more than 0, as 5s');
	}
	const every = durationAt(data, ...path, 'every');
	const stale = durationAt(data, ...path, 'staleAfter');
	if (every !== null && stale !== null && stale <= every) {
		say(
			[...path, 'staleAfter'],
			'"staleAfter" is not longer than "every": the source would look silent between two reports',
			'several times "every"',
		);
	}
}

const sectionOf: Readonly<Partial<Record<SubjectKind, string>>> = {
	archive: 'archives',
	service: 'services',
	site: 'sites',
	facility: 'facilities',
	network: 'networks',
	dependant: 'dependants',
	flow: 'flows',
	channel: 'channels',
	body: 'bodies',
	source: 'sources',
};

/** The subjects that a plan knows, as kind/id. */
export function subjectsOf(data: unknown): string[] {
	const all = Object.entries(sectionOf).flatMap(([kind, section]) => Object.keys(treeAt(data, section)).map((id) => `${kind}/${id}`));
	for (const kind of ['programme', 'cutover']) {
		const id = valueAt(data, [kind, 'id']);
		if (typeof id === 'string') all.push(`${kind}/${id}`);
	}
	return all;
}

/** Where a text stands inside the settings; the settings themselves, where it stands nowhere as such. */
function pathTo(value: unknown, text: string, path: Path): Path | null {
	if (value === text) return path;
	if (typeof value !== 'object' || value === null) return null;
	for (const [key, one] of Object.entries(value)) {
		const found = pathTo(one, text, [...path, Array.isArray(value) ? Number(key) : key]);
		if (found) return found;
	}
	return null;
}

/** Every subject that a source's settings speak about is in the plan. A pattern has to match something. */
export function checkSubjects(data: unknown, source: string, subjects: readonly string[], known: readonly string[]): ReferenceMistake[] {
	const root = ['sources', source, 'settings'];
	const settings = valueAt(data, root);
	const mistakes: ReferenceMistake[] = [];
	for (const subject of new Set(subjects)) {
		if (subject.includes('*') ? known.some((one) => matchesGlob(subject, one)) : known.includes(subject)) continue;
		const parts = parseSubject(subject);
		const id = parts.ok ? parts.value.id : subject;
		const path = pathTo(settings, subject, root) ?? pathTo(settings, id, root) ?? root;
		const kin = parts.ok ? known.filter((one) => one.startsWith(`${parts.value.kind}/`)) : known;
		const remedy = suggest(subject, kin, 'add it to the plan, or take it out of the settings');
		mistakes.push({ path, message: `"${subject.slice(0, 120)}" is not in the plan`, remedy });
	}
	return mistakes;
}
