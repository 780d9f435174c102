// What a schema cannot see of the gates: that each criterion can be looked at and met, and that somebody may vote.
import { isMeasure, type Measure, measureOf, measures } from '../shared/measures.ts';
import { parseSubject } from '../shared/subject.ts';
import { suggest } from './domain/nearest.ts';
import { type Waits, waitsFor } from './domain/runbook-graph.ts';
import { checkNamed, DAY_MS, durationAt, instantAt, numberAt, type Say, textAt, treeAt } from './plan-reading.ts';
import { waitsIn } from './plan-tasks.ts';
import type { Path } from './plan-yaml.ts';

export function checkGates(data: unknown, say: Say): void {
	const waits = waitsIn(data);
	const places = new Map([...waits.keys()].map((task) => [textAt(data, 'tasks', task, 'gate') ?? '', task]));
	for (const id of Object.keys(treeAt(data, 'gates'))) {
		const gate = ['gates', id];
		const criteria = Object.keys(treeAt(data, ...gate, 'criteria'));
		for (const one of criteria) checkCriterion(data, [...gate, 'criteria', one], { task: places.get(id) ?? null, waits }, say);
		checkPositions(data, id, say);
		if (criteria.length === 0 && 'criteria' in treeAt(data, ...gate)) {
			say([...gate, 'criteria'], 'the gate has no criteria: nothing would stand behind a go', 'add at least one', 'key');
		}
		if (durationAt(data, ...gate, 'voteHolds') === 0) say([...gate, 'voteHolds'], '"voteHolds" is no time at all', 'more than 0, as 30min');
		const until = instantAt(data, ...gate, 'until');
		const [start, end] = [instantAt(data, 'cutover', 'window', 'start'), instantAt(data, 'cutover', 'window', 'end')];
		if (until !== null && ((start !== null && until < start) || (end !== null && until > end + DAY_MS))) {
			say([...gate, 'until'], '"until" lies outside the window', 'a moment of this night; mind the date');
		}
	}
}

function checkPositions(data: unknown, id: string, say: Say): void {
	const path = ['gates', id, 'positions'];
	const positions = Object.keys(treeAt(data, ...path));
	if (positions.length === 0 && 'positions' in treeAt(data, 'gates', id))
		say(path, 'nobody may vote at this gate', 'add at least one position', 'key');
	for (const one of positions) {
		checkNamed(data, [...path, one, 'team'], 'teams', say);
		const { team, role } = treeAt(data, ...path, one);
		if (team === undefined && role === undefined) say([...path, one], 'nobody holds this position', 'add "team" or "role"', 'key');
	}
	const minimum = numberAt(data, 'gates', id, 'minimum');
	if (minimum !== null && positions.length > 0 && minimum > positions.length) {
		say(['gates', id, 'minimum'], `${minimum} votes are needed, and there are ${positions.length} positions`, `at most ${positions.length}`);
	}
}

type Place = { readonly task: string | null; readonly waits: Waits };

function checkCriterion(data: unknown, path: Path, place: Place, say: Say): void {
	const one = treeAt(data, ...path);
	const bounds = ['atLeast', 'atMost'].filter((key) => one[key] !== undefined);
	if (one.task !== undefined) {
		for (const key of ['subject', 'measure', 'of', ...bounds]) {
			if (one[key] !== undefined)
				say([...path, key], 'a criterion is about a task or about a measure, not both', 'take the one or the other out', 'key');
		}
		checkTaskCriterion(data, path, place, say);
		return;
	}
	if (one.subject === undefined || one.measure === undefined) {
		say(path, 'the criterion does not say what it is about', 'add "subject" and "measure", or "task"', 'key');
		return;
	}
	if (bounds.length === 0) say(path, 'the criterion has no bounds: nothing could fail it', 'add "atLeast" or "atMost"', 'key');
	const [low, high] = [numberAt(data, ...path, 'atLeast'), numberAt(data, ...path, 'atMost')];
	if (low !== null && high !== null && low > high) {
		say([...path, 'atLeast'], `at least ${low} and at most ${high} is nothing at all`, '"atLeast" not above "atMost"');
	}
	const measure = checkMeasured(data, path, 'measure', say);
	const whole = one.of === undefined ? null : checkMeasured(data, path, 'of', say);
	if (one.of !== undefined && one.of === one.measure)
		say([...path, 'of'], 'a measure is always the whole of itself', 'name the measure of the whole');
	else if (measure && whole && measure.unit !== whole.unit) {
		say([...path, 'of'], `a share of ${whole.unit} cannot be told in ${measure.unit}`, 'a measure of the same unit');
	}
	if (measure && one.of === undefined) {
		if (low !== null && low > measure.max) say([...path, 'atLeast'], 'the measure is never that high', `at most ${measure.max}`);
		if (high !== null && high < measure.min) say([...path, 'atMost'], 'the measure is never that low', `at least ${measure.min}`);
	}
	if (durationAt(data, ...path, 'maxAge') === 0) say([...path, 'maxAge'], '"maxAge" is no time at all', 'more than 0, as 2min');
}

function checkTaskCriterion(data: unknown, path: Path, { task: own, waits }: Place, say: Say): void {
	checkNamed(data, [...path, 'task'], 'tasks', say);
	const task = textAt(data, ...path, 'task');
	if (task === null || own === null) return;
	if (task === own) say([...path, 'task'], 'this is the gate’s own task, done by passing the gate', 'name a task before the gate');
	else if (waitsFor(waits, task, own) && !waitsFor(waits, own, task)) {
		say([...path, 'task'], `"${task}" comes after the gate, and would never be done before it`, 'name a task before the gate');
	}
}

/** A subject of the plan and one of its measures; null where they are not there, which is then said. */
export function checkMeasured(data: unknown, path: Path, key: 'measure' | 'of', say: Say): Measure | null {
	const name = textAt(data, ...path, key);
	const subject = textAt(data, ...path, 'subject');
	const kind = subject === null ? null : checkSubject(data, [...path, 'subject'], key === 'measure' ? say : () => {});
	if (name === null) return null;
	if (!isMeasure(name)) {
		const known = Object.keys(measures).filter((one) => kind === null || one.startsWith(`${kind}.`));
		say([...path, key], `no measure is called "${name.slice(0, 80)}"`, suggest(name, known, 'see the measures in /api/openapi.json'));
		return null;
	}
	const measure = measureOf(name);
	if (kind !== null && measure.kind !== kind) {
		const known = Object.keys(measures).filter((one) => one.startsWith(`${kind}.`));
		const remedy = known.length > 0 ? `one of: ${known.join(', ')}` : 'another subject: this kind has no measures';
		say([...path, key], `"${name}" is measured of a subject of the kind ${measure.kind}, not of a ${kind}`, remedy);
		return null;
	}
	return measure;
}

const sections: Readonly<Record<string, string>> = { archive: 'archives', service: 'services', source: 'sources' };

/** The kind of a subject that can be measured; null where the plan does not have it, which is then said. */
function checkSubject(data: unknown, path: Path, say: Say): string | null {
	const subject = textAt(data, ...path) ?? '';
	const known = Object.entries(sections).flatMap(([kind, section]) => Object.keys(treeAt(data, section)).map((id) => `${kind}/${id}`));
	const parts = parseSubject(subject);
	if (parts.ok && known.includes(subject)) return parts.value.kind;
	const kin = parts.ok ? known.filter((one) => one.startsWith(`${parts.value.kind}/`)) : [];
	say(path, `"${subject.slice(0, 120)}" is not in the plan`, suggest(subject, kin.length > 0 ? kin : known, 'add it to the plan'));
	return null;
}
