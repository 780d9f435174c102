// What a schema cannot see of the emergency rooms: that names lead somewhere, that counts come before they are too old, that weights weigh.

import { VISIT_LAPSES_MS } from '../shared/er.ts';
import { suggest } from './domain/nearest.ts';
import { checkNamed, durationAt, listAt, numberAt, type Say, treeAt } from './plan-reading.ts';

const DAY_MS = 86_400_000;

export function checkSites(data: unknown, say: Say): void {
	for (const id of Object.keys(treeAt(data, 'sites'))) {
		checkNamed(data, ['sites', id, 'body'], 'bodies', say);
		checkNamed(data, ['sites', id, 'service'], 'services', say);
		checkNeighbours(data, id, say);
		checkRhythm(data, id, say);
		const watch = numberAt(data, 'sites', id, 'occupancy', 'watch');
		const bad = numberAt(data, 'sites', id, 'occupancy', 'bad');
		if (watch !== null && bad !== null && bad < watch)
			say(['sites', id, 'occupancy', 'bad'], 'it is too full before it is to be watched', 'a share of the spaces from "watch" on, as 1.1');
	}
	listAt(data, 'access', 'groups').forEach((_, index) => {
		checkNamed(data, ['access', 'groups', index, 'site'], 'sites', say);
	});
	for (const key of ['hours', 'weekdays']) {
		const weights = listAt(data, 'er', key);
		if (weights.length > 0 && weights.every((one) => one === 0))
			say(['er', key], `the ${key} weigh nothing`, 'at least one weight above 0, or take the line out');
	}
}

function checkNeighbours(data: unknown, id: string, say: Say): void {
	const known = Object.keys(treeAt(data, 'sites'));
	const named = new Set<string>();
	listAt(data, 'sites', id, 'neighbours').forEach((name, index) => {
		if (typeof name !== 'string') return;
		const path = ['sites', id, 'neighbours', index] as const;
		if (name === id) say(path, `"${id}" names itself as its neighbour`, 'name another one, or take it out');
		else if (!known.includes(name))
			say(path, `"${name.slice(0, 80)}" is not among the sites`, suggest(name, known, 'add it under "sites", or take it out'));
		else if (named.has(name)) say(path, `the neighbour "${name}" is there twice`, 'take one of the two out');
		named.add(name);
	});
}

/** Between two counts, and between two messages, a site is not to look blind. */
function checkRhythm(data: unknown, id: string, say: Say): void {
	const path = ['sites', id, 'paper'] as const;
	if (durationAt(data, 'sites', id, 'staleAfter') === 0) say(['sites', id, 'staleAfter'], '"staleAfter" is no time at all', 'more than 0, as 30min');
	const lapses = durationAt(data, 'sites', id, 'visitLapses');
	if (lapses !== null && lapses < DAY_MS)
		say(['sites', id, 'visitLapses'], '"visitLapses" is less than a day: who waits for a bed would be taken out of the count', 'at least 24h, as 7d');
	const fills = durationAt(data, 'sites', id, 'fillsWithin');
	if (fills !== null && fills > (lapses ?? VISIT_LAPSES_MS))
		say(['sites', id, 'fillsWithin'], '"fillsWithin" is longer than a visit may be silent: it would lapse before the census is full', '24h, or 0s');
	const every = durationAt(data, ...path, 'every');
	const stale = durationAt(data, ...path, 'staleAfter');
	if (every === 0) say([...path, 'every'], '"every" is no time at all', 'more than 0, as 15min');
	else if (every !== null && stale !== null && stale <= every)
		say([...path, 'staleAfter'], '"staleAfter" is not longer than "every": the site would go blind between two counts', 'a little more than "every"');
}
