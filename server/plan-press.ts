// What the schema cannot see in the plan's say on the press: that measures and figures are known and may be told, that colours can be read on
// white; and the logo beside the plan, read and looked at. Writes nothing.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMeasure, measures } from '../shared/measures.ts';
import type { Plan } from '../shared/plan.ts';
import type { PressPlan } from '../shared/plan-press.ts';
import { suggest } from './domain/nearest.ts';
import { familyOf, figureFamilies } from './domain/press-catalogue.ts';
import { pressRule } from './domain/press-policy.ts';
import { isTree, listAt, type Say, textAt, treeAt } from './plan-reading.ts';
import { contrast } from './press/contrast.ts';
import { drawLogo } from './press/logo.ts';

const CONTRAST_AT_LEAST = 4.5;
const WHITE = '#ffffff';

/** What has a label of its own on sheets, and the plan's section that it stands in. */
const named = [
	['service', 'services'],
	['body', 'bodies'],
	['facility', 'facilities'],
	['site', 'sites'],
	['dependant', 'dependants'],
	['flow', 'flows'],
] as const;

export function checkPress(data: unknown, say: Say): void {
	for (const name of Object.keys(treeAt(data, 'press', 'policy'))) {
		if (isMeasure(name)) continue;
		const remedy = suggest(name, Object.keys(measures), 'the name of a measure, as /api/openapi.json lists them');
		say(['press', 'policy', name], `"${name.slice(0, 80)}" is no measure`, remedy, 'key');
	}
	for (const subject of Object.keys(treeAt(data, 'press', 'labels'))) {
		const known = named.flatMap(([kind, section]) => Object.keys(treeAt(data, section)).map((id) => `${kind}/${id}`));
		if (known.includes(subject)) continue;
		const remedy = suggest(subject, known, 'a subject of the plan, as service/recup');
		say(['press', 'labels', subject], `"${subject.slice(0, 80)}" is nothing that the press is told of`, remedy, 'key');
	}
	for (const key of ['ink', 'accent']) checkColour(data, key, say);
	checkAddress(data, say);
	for (const page of Object.keys(treeAt(data, 'press', 'live'))) {
		const path = ['press', 'live', page] as const;
		listAt(data, ...path, 'figures').forEach((key, i) => {
			if (typeof key === 'string') checkFigure(data, key, [...path, 'figures', i], say);
		});
		const progress = textAt(data, ...path, 'progress');
		if (progress === null) continue;
		const isKnown = checkFigure(data, progress, [...path, 'progress'], say);
		if (isKnown && !familyOf(progress)?.family.isShare)
			say([...path, 'progress'], `"${progress}" is no share of anything`, 'a figure that can be drawn as a bar, as archives.moved or bodies.moved');
	}
}

function checkColour(data: unknown, key: string, say: Say): void {
	const colour = textAt(data, 'press', key);
	if (colour === null || !/^#[0-9a-f]{6}$/i.test(colour)) return;
	const ratio = contrast(colour, WHITE);
	if (ratio < CONTRAST_AT_LEAST)
		say(['press', key], `${colour} on white has a contrast of ${ratio.toFixed(2)} to 1`, `a darker colour, with at least ${CONTRAST_AT_LEAST} to 1`);
}

/** It is printed, and drawn as a code: an address of its own, with nothing behind it. */
function checkAddress(data: unknown, say: Say): void {
	const given = textAt(data, 'press', 'publicUrl');
	const url = given === null ? null : URL.parse(given);
	if (url === null) return;
	if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
		say(['press', 'publicUrl'], '"publicUrl" carries more than an address', 'where the public reaches Regia alone, as https://sala.example.it');
}

/** Whether there may be such a figure; says why not. */
function checkFigure(data: unknown, key: string, path: readonly (string | number)[], say: Say): boolean {
	const said = `"${key.slice(0, 100)}"`;
	const found = familyOf(key);
	if (found === null || found.family.is === 'course') {
		const names = figureFamilies.filter(({ is }) => is !== 'course').map(({ name, of }) => (of === null ? name : `${name}/${firstOf(data, of)}`));
		say(path, `${said} is no figure for the press`, suggest(key, names, 'see the figures on the page of the press'));
		return false;
	}
	const { family, id } = found;
	if (family.of === 'incidents') {
		say(path, `${said} is of an incident, and none is known before the night`, 'a figure of the plan; incidents are told on sheets');
		return false;
	}
	const known = family.of === null ? [] : Object.keys(treeAt(data, family.of));
	if (family.of !== null && !known.includes(id ?? '')) {
		const meant = suggest(id ?? '', known, `add it under "${family.of}", or take the line out`);
		say(path, `"${(id ?? '').slice(0, 80)}" is not among the ${family.of}`, meant);
		return false;
	}
	if (pressRule(family.measure, policyIn(data)).isPublic) return true;
	say(path, `${said} is internal`, `take it out, or allow it: press: { policy: { ${family.measure}: { press: public } } }`);
	return false;
}

const firstOf = (data: unknown, section: string): string => Object.keys(treeAt(data, section))[0] ?? 'id';

/** As far as it can be read from a plan that may be half wrong. */
function policyIn(data: unknown): Pick<PressPlan, 'policy'> {
	const rows = Object.entries(treeAt(data, 'press', 'policy')).flatMap(([name, row]) =>
		isTree(row) && (row.press === 'public' || row.press === 'internal') ? [[name, { press: row.press }] as const] : [],
	);
	return { policy: Object.fromEntries(rows) };
}

export type ReadLogo = { readonly logo: string | null } | { readonly mistake: string };

const whatIsWrong = {
	size: 'is too large: at most 200 kB and 4000 px a side',
	png: 'is no PNG that can be read',
	svg: 'is no SVG that can be read',
	unsafe: 'holds something that a logo may not',
	pale: 'cannot be seen on white paper: its contrast is below 3 to 1',
} as const;

/** The logo that a plan names (`press.logo`), from the plan's own folder, as base64. Null where it names none. */
export async function readLogo({ press }: Plan, folder: string): Promise<ReadLogo> {
	const named = press?.logo;
	if (named === undefined) return { logo: null };
	const file = join(folder, named.file);
	const wrong = (what: string): ReadLogo => ({ mistake: `press.logo: ${file} ${what}` });
	let base64: string;
	try {
		base64 = (await readFile(file)).toString('base64');
	} catch {
		return wrong('cannot be read — put it beside the plan');
	}
	const drawn = drawLogo({ kind: named.file.endsWith('.svg') ? 'svg' : 'png', base64, alt: named.alt });
	if (!('refused' in drawn)) return { logo: base64 };
	const what = drawn.what === '' ? '' : ` (${drawn.what})`;
	const remedy =
		drawn.refused === 'pale'
			? 'give its dark version, or one on a coloured ground'
			: 'give a PNG, or an SVG of plain shapes with its letters as paths';
	return wrong(`${whatIsWrong[drawn.refused]}${what} — ${remedy}`);
}
