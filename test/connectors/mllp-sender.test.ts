// The settings of an mllp source: what is refused, whose message it is, which location, from where, and senders that can't be told apart.
import { describe, expect, test } from 'vitest';
import { mllpConnector } from '../../server/connectors/mllp.connector.ts';
import { ambiguousSenders, openSenders } from '../../server/connectors/mllp-sender.ts';
import { loadRegistry } from '../../server/connectors/registry.ts';
import { readPlan } from '../../server/plan-file.ts';
import { settings } from './hl7-kit.ts';

describe('the settings of an mllp source', () => {
	test('are read with their defaults, and name its sites', () => {
		expect(mllpConnector.settings.safeParse({ site: 'galliera' }).data).toMatchObject({
			zone: 'Europe/Rome',
			charset: 'windows-1252',
			locations: {},
		});
		expect(mllpConnector.subjects(settings)).toEqual(['site/san-martino', 'site/galliera']);
		expect(mllpConnector.polled).toBe(false);
	});

	test.each([
		['neither a site nor locations', {}, ''],
		['a location without a site', { locations: { PS: { area: 'waiting' } } }, ''],
		['an area nobody counts', { site: 'a', locations: { PS: { area: 'corridor' } } }, 'locations.PS.area'],
		['a location that is nothing', { site: 'a', locations: { '^^': {} } }, 'locations.^^'],
		['a zone that is none', { site: 'a', zone: 'Europa/Roma' }, 'zone'],
		['a character set that is none', { site: 'a', charset: 'EBCDIC' }, 'charset'],
		['a triage in the person', { site: 'a', triage: ['PID-5'] }, 'triage.0'],
		['a triage nowhere', { site: 'a', triage: ['OBX-'] }, 'triage.0'],
		['a triage code nobody counts', { site: 'a', triageCodes: { R: '6' } }, 'triageCodes.R'],
		['an outcome nobody counts', { site: 'a', outcomes: { '1': 'gone' } }, 'outcomes.1'],
		['an address that is a name', { site: 'a', addresses: ['ps.example.it'] }, 'addresses.0'],
		['no address at all', { site: 'a', addresses: [] }, 'addresses'],
		['a separator in a name', { site: 'a', application: 'A^B' }, 'application'],
		['a key nobody knows', { site: 'a', tls: true }, ''],
	])('are refused with %s', (_what, given, path) => {
		const parsed = mllpConnector.settings.safeParse(given);
		expect(parsed.success ? [] : parsed.error.issues.map((issue) => issue.path.join('.'))).toContain(path);
	});
});

describe('a sender', () => {
	const senders = openSenders({
		any: { site: 'any' },
		program: { site: 'a', application: 'PS' },
		place: { site: 'b', facility: 'HGA' },
		both: { site: 'c', application: 'PS', facility: 'HGA' },
	});
	test.each([
		['PS', 'HGA', 'both'],
		['ALTRO', 'HGA', 'place'],
		['PS', 'ALTRO', 'program'],
		['ALTRO', 'ALTRO', 'any'],
		[null, null, 'any'],
		['ps', 'HGA', 'place'],
	])('%s at %s is %s', (application, facility, source) => {
		expect(senders.find(application, facility)?.source).toBe(source);
	});

	test.each([
		[['PS'], 'san-martino', 'waiting'],
		[['PS', 'SALA', '3'], 'san-martino', 'waiting'],
		[['PS', 'BOX', '3'], 'san-martino', 'treatment'],
		[['PS', 'BOX', '9'], 'san-martino', 'observation'],
		[['X', '1', '1', 'HGA'], 'galliera', null],
		[['PS2'], undefined, undefined],
		[[''], undefined, undefined],
		[[], undefined, undefined],
	])('at %j is in %s', (location, site, area) => {
		const place = openSenders({ one: settings }).find('PSNET', 'HSM')?.placeOf(location);
		expect([place?.site, place?.area]).toEqual([site, area]);
	});

	test.each([
		['10.1.2.3', true],
		['::ffff:10.1.2.3', true],
		['10.2.2.3', false],
		['192.0.2.7', true],
		['192.0.2.8', false],
		['fd00::42', true],
		['fe80::1', false],
		['', false],
	])('from %s may speak: %s', (address, permitted) => {
		const limited = openSenders({ one: { site: 'a', addresses: ['10.1.0.0/16', '192.0.2.7', 'fd00::/8'] } });
		expect([limited.permits(address), limited.find(null, null)?.permits(address)]).toEqual([permitted, permitted]);
	});
});

describe('two sources of one name', () => {
	test('are found; those that differ are not', () => {
		const one = { site: 'a', application: 'PS' };
		expect(
			ambiguousSenders({
				one,
				two: { site: 'b', application: 'PS' },
				three: { ...one, facility: 'HGA' },
				four: { site: 'c' },
				bad: { application: 'PS' },
			}),
		).toEqual([{ source: 'two', like: 'one' }]);
	});

	test('are a mistake of the plan, said with its line', async () => {
		const source = (id: string, site: string): string =>
			`  ${id}:\n    kind: mllp\n    label: ${id}\n    settings: { site: ${site}, facility: HSM }\n`;
		const plan = `programme: { id: p, name: P }
cutover: { id: c, name: C, window: { start: 2025-10-21T19:00:00+02:00, end: 2025-10-22T05:00:00+02:00 } }
sites:
  a: { label: A }
sources:
${source('one', 'a')}${source('two', 'a')}${source('three', 'nowhere').replace('HSM', 'HGA')}`;
		const read = readPlan(plan, 'plan.yaml', await loadRegistry());
		expect(read.ok ? [] : read.mistakes.map(({ line, message }) => `${line}: ${message}`)).toEqual([
			'13: "two" and "one" are the same sender: no message says which of them it is from',
			'17: "site/nowhere" is not in the plan',
		]);
	});
});
