// What the schema cannot see of a plan's alarms: that each looks at a figure that is there, can come on, can end, and has a name of its own.
import { alarmRules } from '../shared/alarm-rules.ts';
import { isMeasure, type Measure, measureOf, measures } from '../shared/measures.ts';
import { matchesGlob, parseSubject, type SubjectKind } from '../shared/subject.ts';
import { suggest } from './domain/nearest.ts';
import { durationAt, numberAt, type Say, textAt, treeAt } from './plan-reading.ts';
import type { Path } from './plan-yaml.ts';

/** The kinds whose figures the board holds one by one. */
const figured = {
	archive: 'archives',
	service: 'services',
	site: 'sites',
	facility: 'facilities',
	network: 'networks',
	dependant: 'dependants',
	flow: 'flows',
} as const satisfies Partial<Record<SubjectKind, string>>;
const isFigured = (kind: string): kind is keyof typeof figured => Object.hasOwn(figured, kind);

export function checkAlarms(data: unknown, say: Say): void {
	const builtIn = Object.keys(alarmRules);
	for (const name of Object.keys(treeAt(data, 'alarms', 'builtIn'))) {
		if (!builtIn.includes(name))
			say(['alarms', 'builtIn', name], `no built-in alarm is called "${name.slice(0, 80)}"`, suggest(name, builtIn, 'take it out'), 'key');
	}
	const known = subjectsIn(data);
	for (const id of Object.keys(treeAt(data, 'alarms', 'rules'))) {
		const path = ['alarms', 'rules', id];
		if (builtIn.includes(id)) say(path, `"${id}" is a built-in alarm`, 'another name; or change that one under "builtIn"', 'key');
		const measure = checkLooksAt(data, path, known, say);
		checkBounds(data, path, measure, say);
	}
	const flood = ['alarms', 'flood'];
	const [from, to] = [numberAt(data, ...flood, 'from') ?? 10, numberAt(data, ...flood, 'to') ?? 5];
	if (to >= from) {
		const key = numberAt(data, ...flood, 'to') === null ? 'from' : 'to';
		say([...flood, key], `a flood of ${from} that ends below ${to} would never end, or not begin`, 'a "to" below "from", as 10 and 5');
	}
	if (durationAt(data, ...flood, 'within') === 0) say([...flood, 'within'], '"within" is no time at all', 'more than 0, as 10min');
}

const subjectsIn = (data: unknown): string[] =>
	Object.entries(figured).flatMap(([kind, section]) => Object.keys(treeAt(data, section)).map((id) => `${kind}/${id}`));

/** The measure, where there is one and the subject has it. */
function checkLooksAt(data: unknown, path: Path, known: readonly string[], say: Say): Measure | null {
	const subject = textAt(data, ...path, 'subject');
	const name = textAt(data, ...path, 'measure');
	const matched = subject === null ? [] : known.filter((one) => matchesGlob(subject, one));
	if (subject !== null && matched.length === 0) sayUnmatched([...path, 'subject'], subject, known, say);
	if (name === null) return null;
	const kinds = new Set(matched.map((one) => one.slice(0, one.indexOf('/'))));
	const offered = Object.keys(measures).filter((one) => (kinds.size === 0 ? isFigured(kindOf(one)) : kinds.has(kindOf(one))));
	if (!isMeasure(name)) {
		say([...path, 'measure'], `no measure is called "${name.slice(0, 80)}"`, suggest(name, offered, 'see the measures in /api/openapi.json'));
		return null;
	}
	const measure = measureOf(name);
	if (kinds.size > 0 && !kinds.has(measure.kind)) {
		const message = `"${name}" is measured of a subject of the kind ${measure.kind}, not of a ${[...kinds].join(' or a ')}`;
		say([...path, 'measure'], message, `one of: ${offered.join(', ')}`);
		return null;
	}
	return measure;
}

const kindOf = (measure: string): string => measure.slice(0, measure.indexOf('.'));

function sayUnmatched(path: Path, subject: string, known: readonly string[], say: Say): void {
	const said = subject.slice(0, 80);
	const parts = parseSubject(subject);
	if (subject.includes('*')) say(path, `"${said}" matches nothing in the plan`, suggest(subject, known, 'add it to the plan, or take the alarm out'));
	else if (parts.ok && !isFigured(parts.value.kind))
		say(path, `a ${parts.value.kind} has no figures that an alarm could look at`, `a subject of the kind ${Object.keys(figured).join(', ')}`);
	else {
		const kin = parts.ok ? known.filter((one) => one.startsWith(`${parts.value.kind}/`)) : [];
		say(path, `"${said}" is not in the plan`, suggest(subject, kin.length > 0 ? kin : known, 'add it to the plan, or take the alarm out'));
	}
}

/** It can come on, and what has come on can end. */
function checkBounds(data: unknown, path: Path, measure: Measure | null, say: Say): void {
	const [above, below] = [numberAt(data, ...path, 'above'), numberAt(data, ...path, 'below')];
	const rule = treeAt(data, ...path);
	if (rule.above === undefined && rule.below === undefined) {
		say(path, 'the alarm has no bound: nothing could bring it on', 'add "above" or "below"', 'key');
		return;
	}
	const band = numberAt(data, ...path, 'deadBand') ?? 0;
	if (above !== null && below !== null && above <= below) {
		say([...path, 'above'], `above ${above} or below ${below} is everything`, 'an "above" greater than "below": what lies between is well');
		return;
	}
	const isOut = (bound: number | null, isBeyond: boolean, key: 'above' | 'below', word: string): boolean => {
		if (bound !== null && isBeyond) say([...path, key], `the measure is never ${key} ${bound}: this alarm could not come on`, word);
		return bound !== null && isBeyond;
	};
	if (measure !== null) {
		const isHigh = isOut(above, (above ?? 0) >= measure.max, 'above', `less than ${measure.max}`);
		const isLow = isOut(below, (below ?? 0) <= measure.min, 'below', `more than ${measure.min}`);
		if (isHigh || isLow) return;
	}
	const lowest = below ?? measure?.min ?? Number.NEGATIVE_INFINITY;
	const highest = above ?? measure?.max ?? Number.POSITIVE_INFINITY;
	if (band > 0 && band > highest - lowest)
		say([...path, 'deadBand'], 'the dead band is wider than what lies inside the bounds: this alarm would never end', `at most ${highest - lowest}`);
}
