// Alerts of other systems as counts: a row a message in the shapes that Alertmanager 0.25 and Grafana send, what is counted after it, and what is
// remembered. Its reader gets wounded messages.
import { describe, expect, test } from 'vitest';
import { type Counted, countAlerts } from '../../server/connectors/alert-count.ts';
import { readAlertMessage } from '../../server/connectors/alert-message.ts';
import { alertmanagerConnector, alertSettings } from '../../server/connectors/alertmanager.connector.ts';
import { createVisitKeys } from '../../server/connectors/visit-keys.ts';
import { MARKER } from '../contracts/connector-contract.ts';
import { chanceOf, wound } from './probe-kit.ts';

const NOW = Date.parse('2021-08-14T22:00:00Z');
const HOUR = 3_600_000;
const keys = createVisitKeys(new Uint8Array(32).fill(9));
const digestOf = (text: string): string => keys.digest([text]);
const written = {
	alerts: [
		{ labels: { site: 'ced', kind: 'net' }, subject: 'network/dorsale' },
		{ labels: { site: 'ced' }, subject: 'facility/ced' },
		{ label: 'service', subjects: { ris: 'service/ris', lis: 'service/lis' } },
	],
	alive: { alertname: 'Watchdog' },
	repeat: '1h',
};
const settings = alertSettings.parse(written);

type Told = { readonly name: string; readonly labels?: Record<string, string>; readonly ends?: string; readonly status?: string };
/** What Alertmanager says of an alert, with a person in every text of it. */
const alert = ({ name, labels = { site: 'ced' }, ends = '0001-01-01T00:00:00Z', status = 'firing' }: Told): object => ({
	status,
	labels: { alertname: name, patient: MARKER, ...labels },
	annotations: { summary: MARKER, description: MARKER },
	startsAt: '2021-08-14T21:00:00.764662336Z',
	endsAt: ends,
	generatorURL: `http://prometheus/${MARKER}`,
	fingerprint: Buffer.from(name.padEnd(8, '.')).toString('hex'),
});
const message = (alerts: readonly unknown[], change: object = {}): string =>
	JSON.stringify({
		receiver: MARKER,
		status: 'firing',
		alerts,
		groupLabels: { patient: MARKER },
		commonLabels: { patient: MARKER },
		commonAnnotations: { summary: MARKER },
		externalURL: 'http://vm:34998',
		version: '4',
		groupKey: `{}:{patient="${MARKER}"}`,
		truncatedAlerts: 0,
		...change,
	});

type Messages = readonly (readonly [text: string, at?: number])[];
/** Messages one after the other, as text; what is counted after the last one. */
function tell(...all: Messages): Counted {
	let counted: Counted = { readings: [], refused: [], memory: { at: 0, told: [], groups: {} } };
	for (const [text, at = NOW] of all) {
		const read = readAlertMessage(text, at);
		if (read === undefined) throw new Error('no message');
		counted = countAlerts(read, settings, JSON.parse(JSON.stringify(counted.memory)), digestOf, at);
		expect(JSON.stringify(counted)).not.toMatch(new RegExp(MARKER, 'i'));
	}
	return counted;
}
const counts = ({ readings }: Counted): unknown =>
	Object.fromEntries(readings.map(({ subject, measure, value }) => [`${subject} ${measure}`, value]));
const codes = ({ refused }: Counted): readonly string[] => refused.map(({ code }) => code);
const firing = (...names: readonly string[]): readonly object[] => names.map((name) => alert({ name }));
const CED = 'facility/ced facility.alerts';

describe('alerts', () => {
	test.each<readonly [string, Messages, object]>([
		[
			'count on whom they are about',
			[[message([...firing('a', 'b'), alert({ name: 'c', labels: { service: 'ris' } })])]],
			{ [CED]: 2, 'service/ris service.alerts': 1 },
		],
		[
			'count by the first rule that fits',
			[[message([alert({ name: 'a', labels: { site: 'ced', kind: 'net' } })])]],
			{ 'network/dorsale network.alerts': 1 },
		],
		['count once, in however many groups', [[message(firing('a'))], [message(firing('a', 'b'), { groupKey: 'other' })]], { [CED]: 2 }],
		['count once, sent twice', [[message(firing('a', 'a'))], [message(firing('a'))]], { [CED]: 1 }],
		[
			'end when they are resolved',
			[[message(firing('a', 'b'))], [message([alert({ name: 'a', status: 'resolved' }), ...firing('b')])]],
			{ [CED]: 1 },
		],
		[
			'end in all groups when they are resolved in one',
			[[message(firing('a'))], [message(firing('a'), { groupKey: 'other' })], [message([alert({ name: 'a', status: 'resolved' })])]],
			{ [CED]: 0 },
		],
		['end when their end has come', [[message([alert({ name: 'a', ends: '2021-08-14T21:59:00Z' }), ...firing('b')])]], { [CED]: 1 }],
		[
			'end by themselves',
			[[message([alert({ name: 'a', ends: '2021-08-14T22:10:00Z' })])], [message([], { groupKey: 'other' }), NOW + 600_000]],
			{ [CED]: 0 },
		],
		[
			'go on until their end',
			[[message([alert({ name: 'a', ends: '2021-08-14T22:10:00Z' })])], [message([], { groupKey: 'other' }), NOW + 599_000]],
			{ [CED]: 1 },
		],
		[
			'end where their group no longer tells of them (silenced, or without send_resolved)',
			[[message(firing('a', 'b'))], [message(firing('b'))]],
			{ [CED]: 1 },
		],
		['go on where their group leaves some out', [[message(firing('a', 'b'))], [message(firing('c'), { truncatedAlerts: 1 })]], { [CED]: 3 }],
		[
			'end where their group leaves some out, and says so',
			[[message(firing('a', 'b'))], [message([alert({ name: 'a', status: 'resolved' })], { truncatedAlerts: 1 })]],
			{ [CED]: 1 },
		],
		['of another group go on', [[message(firing('a'))], [message(firing('b'), { groupKey: 'other' })]], { [CED]: 2 }],
		[
			'that nobody repeats are forgotten',
			[[message(firing('a'))], [message(firing('b'), { groupKey: 'other' }), NOW + 2 * HOUR + 600_001]],
			{ [CED]: 1 },
		],
		[
			'that are repeated in time are not',
			[[message(firing('a'))], [message(firing('a')), NOW + 2 * HOUR], [message(firing('b'), { groupKey: 'other' }), NOW + 4 * HOUR]],
			{ [CED]: 2 },
		],
		[
			'that only show that Alertmanager lives count for nobody, and confirm the rest',
			[[message(firing('a'))], [message([alert({ name: 'Watchdog' })], { groupKey: 'w' }), NOW + 60_000]],
			{ [CED]: 1 },
		],
		['of which none was ever told are no zero', [[message([alert({ name: 'Watchdog' })])]], {}],
		['that are only resolved leave a zero', [[message([alert({ name: 'a', status: 'resolved', ends: '2020-01-01T00:00:00Z' })])]], { [CED]: 0 }],
		['of Grafana count alike', [[message(firing('a'), { version: '1', orgId: 1, title: MARKER, state: 'alerting', message: MARKER })]], { [CED]: 1 }],
	])('%s', (_what, messages, expected) => {
		expect(counts(tell(...messages))).toEqual(expected);
	});

	test('that cannot be counted are told by code, and take no others with them', () => {
		const bad = [
			7,
			null,
			{},
			{ ...alert({ name: 'a' }), fingerprint: MARKER },
			{ ...alert({ name: 'a' }), status: MARKER },
			{ ...alert({ name: 'a' }), labels: [] },
		];
		const stranger = alert({ name: 'x', labels: { site: 'altrove' } });
		const prototype = alert({ name: 'x', labels: { service: 'constructor' } });
		const counted = tell([message([...bad, stranger, prototype, ...firing('a')], { truncatedAlerts: 3 })]);
		expect(codes(counted)).toEqual([...bad.map(() => 'malformed'), 'unknown-subject', 'unknown-subject', 'truncated', 'truncated', 'truncated']);
		expect(counts(counted)).toEqual({ [CED]: 1 });
	});

	test('have an instant of their own a message, though two come within a millisecond', () => {
		const [first, second] = [tell([message(firing('a'))]), tell([message(firing('a'))], [message(firing('a', 'b'))])];
		expect((second.readings[0]?.at ?? 0) - (first.readings[0]?.at ?? 0)).toBe(1);
	});

	test('are bounded: of 12,000 no more than 5,000 are counted, in a memory of some 100 kB', () => {
		const many = (from: number): string =>
			message(
				Array.from({ length: 4000 }, (_, n) => alert({ name: `n${from + n}` })),
				{ groupKey: `g${from}` },
			);
		const began = performance.now();
		const counted = tell([many(0)], [many(4000)], [many(8000)]);
		expect(performance.now() - began).toBeLessThan(8000);
		expect(counts(counted)).toEqual({ [CED]: 5000 });
		expect(JSON.stringify(counted.memory).length).toBeLessThan(150_000);
		expect(codes(counted).every((code) => code === 'out-of-range')).toBe(true);
		expect(codes(tell([message(firing('a'), { truncatedAlerts: 1_000_000 })]))).toHaveLength(1000);
	});

	test.each([
		['no JSON', MARKER],
		['nothing', ''],
		['a list', '[]'],
		['another version', message([], { version: '3' })],
		['a version that is no text', message([], { version: 4 })],
		['no group', message([], { groupKey: undefined })],
		['alerts that are no list', message([], { alerts: {} })],
		['fewer than none left out', message([], { truncatedAlerts: -1 })],
		['a text for what was left out', message([], { truncatedAlerts: MARKER })],
	])('are not in a body with %s', (_what, text) => {
		expect(readAlertMessage(text, NOW)).toBeUndefined();
	});

	test('in 20,000 wounded messages are counted or refused, and what was remembered is never worse than forgotten', () => {
		const below = chanceOf(9093);
		const sound = Buffer.from(message([...firing('a', 'b'), alert({ name: 'c', labels: { service: 'lis' }, status: 'resolved' })]));
		const memory = Buffer.from(JSON.stringify(tell([message(firing('a', 'b'))]).memory));
		const seen = { read: 0, none: 0, remembered: 0 };
		for (let nth = 0; nth < 20_000; nth += 1) {
			const read = readAlertMessage(wound(sound, below).toString('utf8'), NOW);
			seen[read === undefined ? 'none' : 'read'] += 1;
			let before: unknown;
			try {
				before = JSON.parse(wound(memory, below).toString('utf8'));
				seen.remembered += 1;
			} catch {
				before = undefined;
			}
			const counted = countAlerts(read ?? { group: 'g', truncated: 0, alerts: [] }, settings, before, digestOf, NOW);
			for (const { value, at } of counted.readings) expect(Number.isSafeInteger(value) && Number.isFinite(at)).toBe(true);
		}
		expect(Math.min(...Object.values(seen))).toBeGreaterThan(100);
	});
});

describe('the settings of an Alertmanager', () => {
	test('name whom its alerts are about', () => {
		expect(alertmanagerConnector.subjects(written)).toEqual(['network/dorsale', 'facility/ced', 'service/ris', 'service/lis']);
		expect(alertmanagerConnector.polled).toBe(false);
		expect(() => alertmanagerConnector.open(written, undefined as never)).toThrow('speaks to us');
	});

	test.each([
		['no rule', { alerts: [] }, 'alerts'],
		['a subject without a count of alerts', { alerts: [{ subject: 'archive/a0' }] }, 'alerts.0.subject'],
		['neither subject nor map', { alerts: [{ labels: { a: 'b' } }] }, 'alerts.0.subject'],
		['a map without a label', { alerts: [{ subjects: { a: 'service/a' } }] }, 'alerts.0.label'],
		['a label that is none', { alerts: [{ labels: { 'a-b': 'c' }, subject: 'service/a' }] }, 'alerts.0.labels'],
		['a rhythm that is none', { repeat: 'spesso' }, 'repeat'],
		['a key nobody knows', { token: 'x' }, ''],
	])('are refused with %s', (_what, change, path) => {
		const parsed = alertmanagerConnector.settings.safeParse({ ...written, ...change });
		expect(parsed.success).toBe(false);
		expect(parsed.success ? '' : parsed.error.issues.map((issue) => issue.path.join('.')).join(' ')).toContain(path);
	});
});
