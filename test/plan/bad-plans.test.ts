// Each bad plan has a cause of its own; the mistake stands on the line marked "# here", and says what would be right.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { loadRegistry } from '../../server/connectors/registry.ts';
import { readPlan } from '../../server/plan-file.ts';
import { bend, soundPlan } from './sound-plan.ts';

const kinds = await loadRegistry();

type Row = readonly [cause: string, text: string, path: string, remedy: string];
const rows: readonly Row[] = [
	['a mistyped key', bend('    wave: 2', '    wawe: 2 # here'), 'archives.cce-db.wawe', 'did you mean "wave"?'],
	['a mistyped section', bend('displays:', 'dispays: # here'), 'dispays', 'did you mean "displays"?'],
	[
		'a mistyped key in a list',
		bend('      label: Copia\n      at:', '      lable: Copia # here\n      at:'),
		'cutover.phases.1.lable',
		'did you mean "label"?',
	],
	['a key that resembles none', bend('    wave: 2', '    qwertyuiop: 2 # here'), 'archives.cce-db.qwertyuiop', 'one of: label, wave, team'],
	[
		'a missing label',
		bend('  cartella:\n    label: Cartella clinica\n', '  cartella: # here\n'),
		'services.cartella',
		'add it, as label: Cartella clinica',
	],
	[
		'a missing priority',
		bend('  cartella:\n    label: Cartella clinica\n    priority: 2', '  cartella: # here\n    label: Cartella clinica'),
		'services.cartella',
		'as priority: 1',
	],
	[
		'a missing end of the window',
		bend(
			'  window:\n    start: 2025-10-21T19:00:00+02:00\n    end: 2025-10-22T05:00:00+02:00',
			'  window: # here\n    start: 2025-10-21T19:00:00+02:00',
		),
		'cutover.window',
		'as end: 2025-10-22T05:00:00+02:00',
	],
	['a missing programme', bend('programme: { id: prova, name: Programma di prova }', '# here'), '', 'add it, as programme: {'],
	['a value left empty', bend('    label: Parete', '    label: # here'), 'displays.parete.label', 'a text'],
	['a text for a number', bend('priority: 2', 'priority: alta # here'), 'services.cartella.priority', 'a number'],
	[
		'bookings whose hours weigh nothing',
		bend('    tolerable: 4h', `    tolerable: 4h\n    bookings: { aDay: 70000, hours: [${Array.from({ length: 24 }, () => 0).join(', ')}] } # here`),
		'services.cartella.bookings.hours',
		'at least one weight above 0',
	],
	[
		'bookings with too few hours',
		bend('    tolerable: 4h', '    tolerable: 4h\n    bookings: { aDay: 70000, hours: [1, 2] } # here'),
		'services.cartella.bookings.hours',
		'24 weights, from midnight on',
	],
	['a fraction for a whole number', bend('wave: 2', 'wave: 1.5 # here'), 'archives.cce-db.wave', 'a whole number'],
	['a number that is too small', bend('priority: 2', 'priority: 0 # here'), 'services.cartella.priority', 'more than 0'],
	[
		'a list for a map',
		bend('teams:\n  fornitore-a: { label: Fornitore A }\n  ced: { label: CED, kind: house }', 'teams: [a] # here')
			.replaceAll('    team: ced\n', '')
			.replaceAll('    team: fornitore-a\n', ''),
		'teams',
		'names with what belongs to each',
	],
	['a word that is not among the choices', bend('items: rows', 'items: row # here'), 'archives.cce-db.items', 'did you mean "rows"?'],
	['a duration without a unit', bend('every: 15s', 'every: "15" # here'), 'sources.copia.every', 'as 90s, 5min or 1.5h'],
	['a size in binary units', bend('1.8 TB', '1.8 TiB # here'), 'archives.cce-db.total', 'as 18.4 TB or 800 GB'],
	['a size beyond counting', bend('1.8 TB', '2000 PB # here'), 'archives.cce-db.total', 'at most 1000 PB'],
	[
		'a moment without its offset',
		bend('start: 2025-10-21T19:00:00+02:00', 'start: 2025-10-21T19:00:00 # here'),
		'cutover.window.start',
		'a moment with its offset',
	],
	[
		'a day that is not in the calendar',
		bend('end: 2025-10-22T05:00:00+02:00', 'end: 2025-02-30T05:00:00+02:00 # here'),
		'cutover.window.end',
		'a moment with its offset',
	],
	['an unknown time zone', bend('Europe/Rome', 'Europe/Genova # here'), 'cutover.zone', 'as Europe/Rome'],
	['a resolution of another form', bend('3840x2160', '3840 x 2160 # here'), 'displays.parete.resolution', 'as 3840x2160'],
	['an id with capitals', bend('  parete:', '  Parete: # here'), 'displays.Parete', 'an id of a–z'],
	['a label that is too long', bend('label: Parete', `label: ${'x'.repeat(81)} # here`), 'displays.parete.label', 'at most 80'],
	[
		'a window that ends before it starts',
		bend('end: 2025-10-22T05:00:00+02:00', 'end: 2025-10-21T05:00:00+02:00 # here').replace(/ {2}phases:[\s\S]*?teams:/, 'teams:'),
		'cutover.window.end',
		'after "start"',
	],
	['a window of eight days', bend('end: 2025-10-22T05:00:00+02:00', 'end: 2025-10-29T19:00:01+01:00 # here'), 'cutover.window.end', 'at most 7 days'],
	[
		'a phase outside the window',
		bend('at: 2025-10-21T19:30:00+02:00', 'at: 2025-10-22T05:00:01+02:00 # here'),
		'cutover.phases.1.at',
		'between the window',
	],
	[
		'phases out of order',
		bend('Fermo, at: 2025-10-21T19:00:00+02:00', 'Fermo, at: 2025-10-21T20:00:00+02:00').replace(
			'      at: 2025-10-21T19:30:00+02:00',
			'      at: 2025-10-21T19:30:00+02:00 # here',
		),
		'cutover.phases.1.at',
		'in the order of their moments',
	],
	['a phase twice', bend('    - id: copia', '    - id: fermo # here'), 'cutover.phases.1.id', 'an id of its own'],
	['a team that is not there', bend('    team: ced', '    team: cde # here'), 'archives.cce-db.team', 'did you mean "ced"?'],
	['a source of an unknown team', bend('team: fornitore-a', 'team: fornitrice-a # here'), 'sources.copia.team', 'did you mean "fornitore-a"?'],
	[
		'a service that is not there',
		bend('    service: cartella\n    total', '    service: cartela # here\n    total'),
		'archives.cce-db.service',
		'did you mean "cartella"?',
	],
	['a canary that is not there', bend('canary: porta', 'canary: port # here'), 'sources.copia.canary', 'did you mean "porta"?'],
	['a source as its own canary', bend('canary: porta', 'canary: copia # here'), 'sources.copia.canary', 'name another one'],
	['a kind that no connector reads', bend('kind: tcp', 'kind: tpc # here'), 'sources.porta.kind', 'did you mean "tcp"?'],
	['a mistyped setting', bend('      host: 127.0.0.1', '      hots: 127.0.0.1 # here'), 'sources.porta.settings.hots', 'did you mean "host"?'],
	['a setting out of range', bend('port: 443', 'port: 443000 # here'), 'sources.porta.settings.port', 'a port from 1 to 65535'],
	[
		'a missing setting',
		bend(
			'    settings:\n      service: cartella\n      side: new\n      host: 127.0.0.1',
			'    settings: # here\n      service: cartella\n      side: new',
		),
		'sources.porta.settings',
		'add "host"',
	],
	[
		'settings for a subject that is not there',
		bend('- archive/cce-db', '- archive/cce-dv # here'),
		'sources.copia.settings.subjects.0',
		'did you mean "archive/cce-db"?',
	],
	[
		'settings for a service that is not there',
		bend('      service: cartella\n      side', '      service: cartelle # here\n      side'),
		'sources.porta.settings.service',
		'did you mean "service/cartella"?',
	],
	['a source that would look silent', bend('staleAfter: 60s', 'staleAfter: 10s # here'), 'sources.copia.staleAfter', 'several times "every"'],
	['a rhythm of no time', bend('every: 15s', 'every: 0s # here'), 'sources.copia.every', 'more than 0'],
	[
		'a planned downtime that ends first',
		bend('to: 2025-10-22T02:30:00+02:00', 'to: 2025-10-21T19:30:00+02:00 # here'),
		'services.cartella.planned.0.to',
		'after "from"',
	],
	[
		'planned downtimes that overlap',
		bend(
			'        to: 2025-10-22T02:30:00+02:00',
			'        to: 2025-10-22T02:30:00+02:00\n      - { from: 2025-10-22T02:00:00+02:00, to: 2025-10-22T03:00:00+02:00 } # here',
		),
		'services.cartella.planned.1.from',
		'join the two',
	],
	['a key twice', bend('    wave: 2', '    wave: 2\n    wave: 3 # here'), '', 'keep one of the two'],
	['a tab as indent', bend('    wave: 2', '\twave: 2 # here'), '', 'with spaces, not with tabs'],
	['a tag', bend('wave: 2', 'wave: !!js/function 2 # here'), '', 'take the tag out'],
	['an alias that leads nowhere', bend('wave: 2', 'wave: *due # here'), '', 'write the value out'],
	['an alias that leads to itself', bend('wave: 2', 'wave: &due [*due] # here'), '', 'write the value out'],
	['a second document', `${soundPlan}--- # here\na: 1\n`, '', 'one plan in a file'],
	['a quote that is never closed', bend('name: Notte 1', 'name: "Notte 1 # here'), '', ''],
	['an empty file', '# here\n', '', 'begin with the example'],
	['a list instead of a plan', '- uno # here\n', '', 'begin with the example'],
];

describe.each([
	['without words of its own', () => {}],
	['in English', () => z.config(z.locales.en())],
] as const)('a bad plan, with a schema library %s,', (_, speak) => {
	const before = z.config().localeError;
	beforeEach(() => {
		speak();
	});
	afterEach(() => {
		z.config({ localeError: before });
	});

	test('has a cause of its own in each row', () => {
		expect(rows.length).toBeGreaterThanOrEqual(25);
		expect(new Set(rows.map(([cause]) => cause)).size).toBe(rows.length);
	});

	test.each(rows)('with %s is told by line and remedy', (_, text, path, remedy) => {
		const read = readPlan(text, 'notte.yaml', kinds);
		if (read.ok) throw new Error('the plan is taken for good');
		const line = text.split('\n').findIndex((one) => one.includes('# here')) + 1;
		const mistake = read.mistakes.find((one) => one.line === line && one.path === path && one.remedy.includes(remedy));
		expect(mistake, JSON.stringify(read.mistakes, null, 1)).toBeDefined();
		expect(mistake?.file).toBe('notte.yaml');
		expect(mistake?.column).toBeGreaterThan(0);
	});

	test.each(rows.filter(([, , path]) => path !== ''))('with %s has that mistake alone', (_, text) => {
		const read = readPlan(text, 'notte.yaml', kinds);
		expect(read.ok ? [] : read.mistakes).toHaveLength(1);
	});

	test('gives all of its mistakes at once, by line', () => {
		let text = soundPlan;
		for (const [from, to] of [
			['name: Notte 1', 'nome: Notte 1'],
			['zone: Europe/Rome', 'zone: Roma'],
			['wave: 2', 'wave: -1'],
			['team: ced', 'team: nessuno'],
			['port: 443', 'port: 0'],
			['diagonalInches: 85', 'diagonalInches: big'],
		] as const) {
			text = bend(from, to, text);
		}
		const read = readPlan(text, 'notte.yaml', kinds);
		const lines = read.ok ? [] : read.mistakes.map((one) => one.line);
		expect(lines).toEqual([4, 5, 20, 21, 51, 56]);
	});

	test('with a name that is no id is still read beneath it', () => {
		const read = readPlan(bend('  parete:\n    label: Parete', '  Parete:\n    lable: Parete'), 'notte.yaml', kinds);
		const paths = read.ok ? [] : read.mistakes.map((one) => one.path);
		expect(paths).toEqual(['displays.Parete', 'displays.Parete.lable']);
	});
});
