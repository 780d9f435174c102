// What the schema cannot see in the sections about failures: that needs lead to known subjects and never in a circle, that bounds lie in order.
import { parseSubject } from '../shared/subject.ts';
import { suggest } from './domain/nearest.ts';
import { sortTasks } from './domain/runbook-graph.ts';
import { checkAlarms } from './plan-alarms.ts';
import { checkNamed, durationAt, listAt, numberAt, type Say, textAt, treeAt } from './plan-reading.ts';

/** What fails together with what it stands on. */
const standing = { service: 'services', facility: 'facilities', network: 'networks' } as const;
/** Who needs something touches services and networks: a hot room hits nobody before a service of it falls, and no probe could say that it does not. */
const touching = { service: 'services', network: 'networks' } as const;
type Sections = Readonly<Record<string, string>>;

const needing: readonly (readonly [section: string, kind: string, may: Sections])[] = [
	['services', 'service', standing],
	['facilities', 'facility', standing],
	['networks', 'network', standing],
	['dependants', 'dependant', touching],
	['flows', 'flow', touching],
];

export function checkBreakdown(data: unknown, say: Say): void {
	const all = new Map([standing, touching].map((may) => [may as Sections, subjectsOf(data, may)]));
	for (const [section, kind, may] of needing) {
		const known = all.get(may) ?? new Set();
		for (const id of Object.keys(treeAt(data, section))) {
			checkNeeds(data, [section, id, `${kind}/${id}`], { may, known }, say);
			if (section !== 'services') checkStale(data, section, id, say);
		}
	}
	checkCircles(data, say);
	for (const id of Object.keys(treeAt(data, 'facilities'))) checkBounds(data, id, say);
	for (const id of Object.keys(treeAt(data, 'flows'))) {
		if (durationAt(data, 'flows', id, 'deadline') === 0) say(['flows', id, 'deadline'], '"deadline" is no time at all', 'more than 0, as 24h');
	}
	for (const id of Object.keys(treeAt(data, 'channels'))) checkQuiet(data, id, say);
	checkList(data, ['observer', 'canaries'], 'sources', say);
	checkCanaries(data, say);
	checkList(data, ['status', 'services'], 'services', say);
	checkList(data, ['status', 'dependants'], 'dependants', say);
	checkAlarms(data, say);
}

/** What speaks for a service never says that it is itself down: nothing of it would tell that Regia does not see. */
function checkCanaries(data: unknown, say: Say): void {
	listAt(data, 'observer', 'canaries').forEach((one, index) => {
		if (typeof one !== 'string' || textAt(data, 'sources', one, 'kind') !== 'push') return;
		const service = textAt(data, 'sources', one, 'settings', 'service');
		if (service === null) return;
		const remedy = `name a canary without "service" in its settings, or take "service: ${service}" out of sources.${one}`;
		say(['observer', 'canaries', index], `"${one.slice(0, 80)}" speaks for the service ${service}, not for itself`, remedy);
	});
}

type Allowed = { readonly may: Sections; readonly known: ReadonlySet<string> };

const subjectsOf = (data: unknown, may: Sections): ReadonlySet<string> =>
	new Set(Object.entries(may).flatMap(([kind, section]) => Object.keys(treeAt(data, section)).map((id) => `${kind}/${id}`)));

function checkNeeds(data: unknown, [section, id, subject]: readonly [string, string, string], allowed: Allowed, say: Say): void {
	const seen = new Set<string>();
	listAt(data, section, id, 'needs').forEach((need, index) => {
		if (typeof need !== 'string') return;
		const path = [section, id, 'needs', index] as const;
		const said = `"${need.slice(0, 80)}"`;
		if (need === subject) say(path, `${said} needs itself`, 'take it out');
		else if (seen.has(need)) say(path, `${said} is named twice`, 'take one of the two out');
		else checkNeed(path, need, allowed, say);
		seen.add(need);
	});
}

function checkNeed(path: readonly (string | number)[], need: string, { may, known }: Allowed, say: Say): void {
	if (known.has(need)) return;
	const parts = parseSubject(need);
	if (parts.ok && may[parts.value.kind] === undefined) {
		const { kind } = parts.value;
		const remedy = kind === 'facility' && may === touching ? 'name the services that run there: they need the facility' : 'name what it stands on';
		say(path, `"${need.slice(0, 80)}" is of the kind ${kind}: what is needed here is a ${Object.keys(may).join(' or a ')}`, remedy);
		return;
	}
	const whole = [...known].find((one) => one.endsWith(`/${need}`));
	if (whole !== undefined) {
		say(path, `"${need.slice(0, 80)}" does not say of which kind it is`, `did you mean "${whole}"?`);
		return;
	}
	const kin = parts.ok ? [...known].filter((one) => one.startsWith(`${parts.value.kind}/`)) : [];
	say(path, `"${need.slice(0, 80)}" is not in the plan`, suggest(need, kin.length > 0 ? kin : [...known], 'add it to the plan, or take it out'));
}

function checkCircles(data: unknown, say: Say): void {
	const needs = new Map<string, readonly string[]>();
	const places = new Map<string, readonly [section: string, id: string]>();
	for (const [kind, section] of Object.entries(standing)) {
		for (const id of Object.keys(treeAt(data, section))) {
			needs.set(
				`${kind}/${id}`,
				listAt(data, section, id, 'needs').filter((one) => typeof one === 'string'),
			);
			places.set(`${kind}/${id}`, [section, id]);
		}
	}
	for (const circle of sortTasks(needs).circles) {
		const [first = '', last = ''] = [circle[0], circle.at(-1)];
		const place = places.get(first);
		// What needs itself is told where its line is looked at.
		if (circle.length === 1 || place === undefined) continue;
		const way = [first, ...circle.slice(1).reverse(), first].join(' → ').slice(0, 1000);
		say([...place, 'needs', needs.get(first)?.indexOf(last) ?? 0], `these need each other: ${way}`, 'take one of these arrows out');
	}
}

function checkStale(data: unknown, section: string, id: string, say: Say): void {
	if (durationAt(data, section, id, 'staleAfter') === 0) say([section, id, 'staleAfter'], '"staleAfter" is no time at all', 'more than 0, as 3min');
}

function checkBounds(data: unknown, id: string, say: Say): void {
	const heat = ['facilities', id, 'temperature'] as const;
	const [watch, limit] = [numberAt(data, ...heat, 'watch'), numberAt(data, ...heat, 'limit')];
	if (watch !== null && limit !== null && watch >= limit)
		say([...heat, 'watch'], 'it is too hot before it is to be watched', 'a "watch" below "limit", in °C');
	const power = ['facilities', id, 'upsRuntime'] as const;
	const [early, late] = [durationAt(data, ...power, 'watch'), durationAt(data, ...power, 'bad')];
	if (early !== null && late !== null && late >= early)
		say([...power, 'bad'], 'the batteries are too low before they are to be watched', 'a "bad" shorter than "watch"');
}

function checkQuiet(data: unknown, id: string, say: Say): void {
	const path = ['channels', id, 'quiet'] as const;
	const from = textAt(data, ...path, 'from');
	if (from !== null && from === textAt(data, ...path, 'to'))
		say([...path, 'to'], 'the quiet hours end when they begin', 'another time of day, or take "quiet" out');
}

/** A list of ids of a section, each once. */
function checkList(data: unknown, path: readonly string[], section: string, say: Say): void {
	const seen = new Set<unknown>();
	listAt(data, ...path).forEach((id, index) => {
		if (seen.has(id)) say([...path, index], `"${String(id).slice(0, 80)}" is named twice`, 'take one of the two out');
		else checkNamed(data, [...path, index], section, say);
		seen.add(id);
	});
}
