// Two data centres told of by the real tools, all at once, through a real server: Prometheus that scrapes, writes and is asked, Alertmanager,
// a UPS by NUT, sensors by MQTT, an exporter by itself; each with invented persons in every text that it carries. The board has the figures, the
// server is killed and nothing that was written meanwhile is lost, and the persons are nowhere. A leak that is planted is found.
import { createServer, type Server } from 'node:http';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../faults/kit/http.ts';
import { readRecord } from '../faults/kit/record.ts';
import { say } from '../faults/kit/scale.ts';
import { openScreen, type Screen } from '../faults/kit/screen.ts';
import { facilityPlan } from '../kit/facility-plan.ts';
import {
	alertmanagerPath,
	mosquittoPath,
	prometheusPath,
	startAlertmanager,
	startMosquitto,
	startPrometheus,
	startUps,
	type Tool,
	type Ups,
	upsdPath,
} from '../kit/facility-tools.ts';
import { freePort } from '../kit/free-port.ts';
import { inventPersons, wordsOf } from '../kit/invented-persons.ts';
import { filesUnder, findIn, searchFiles } from '../kit/secret-search.ts';
import { type RunningRegia, startRegia } from '../kit/server.ts';
import { until } from '../kit/until.ts';

const persons = inventPersons(40);
const words = wordsOf(persons);
const [one, two, three] = persons;
if (!one || !two || !three) throw new Error('no persons');

const tools = { prometheus: prometheusPath, alertmanager: alertmanagerPath, 'nut-server': upsdPath, mosquitto: mosquittoPath };
const missing = Object.entries(tools).flatMap(([name, path]) => (path === null ? [name] : []));

/** What the exporter shows, with a person in its help, its labels and beside it. */
let warmth = 23.5;
const exposition = (): string => `# HELP room_celsius ${one.given} ${one.surname}, ${one.complaint}
# TYPE room_celsius gauge
room_celsius{room="ced",probe="${two.surname}",note="${two.taxCode}"} ${warmth}
room_celsius{room="nuovo",probe="${two.given}"} 19
room_celsius{room="${one.record}"} 40
room_humidity_percent{room="ced",nurse="${three.surname}"} 41
# ${three.phone}
patients{name="${one.surname}",born="${one.birthDate}"} 1
`;

/** Settings of one alert in Alertmanager's own words. */
const alertOf = (nth: number, labels: object, ends?: Date): object => ({
	labels: { alertname: `Allarme${nth}`, patient: persons[nth]?.surname ?? '', ...labels },
	annotations: { summary: `${persons[nth]?.given} ${persons[nth]?.surname}`, description: persons[nth]?.complaint ?? '' },
	generatorURL: `http://127.0.0.1/${persons[nth]?.taxCode}`,
	startsAt: new Date(Date.now() - 60_000).toISOString(),
	...(ends === undefined ? {} : { endsAt: ends.toISOString() }),
});

type Figured = Readonly<Record<string, { readonly figures: Readonly<Record<string, readonly (number | null)[] | undefined>> } | undefined>>;
type SourceTold = { readonly why: string | null; readonly refused: Readonly<Record<string, number>> };
type Facts = { readonly facilities: Figured; readonly services: Figured; readonly sources: Readonly<Record<string, SourceTold | undefined>> };

describe.skipIf(missing.length > 0)('the real tools of two data centres', () => {
	let exporter: Server;
	let prometheus: Tool;
	let alertmanager: Tool;
	let ups: Ups;
	let broker: Tool;
	let sensors: MqttClient;
	let regia: RunningRegia;
	let screens: readonly Screen[] = [];
	let port = 0;
	let data = '';
	let plan = '';
	const tokens: Record<string, string> = {};
	const frames: string[] = [];
	const answers: string[] = [];
	const logs: string[] = [];

	const start = (): Promise<RunningRegia> => startRegia({ plan, port, data, flags: ['--rhythm', '250'], env: { REGIA_LOG: 'trace' } });
	const watch = (): readonly Screen[] =>
		(['wall', 'desk', 'field', 'press'] as const).map((audience) =>
			openScreen({ url: regia.url, token: tokens.person ?? '', audience, onFrame: (frame) => frames.push(JSON.stringify(frame)) }),
		);
	async function facts(): Promise<Facts> {
		const { json, text } = await ask(`${regia.url}/api/board`, { token: tokens.person ?? '' });
		answers.push(text);
		return (json as { facts: Facts }).facts;
	}
	const figureOf = async (facility: string, name: string): Promise<number | null | undefined> =>
		(await facts()).facilities[facility]?.figures[name]?.[0];
	const source = async (id: string): Promise<SourceTold | undefined> => (await facts()).sources[id];
	const written = async (): Promise<readonly { readonly value: number | null; readonly at: number }[]> =>
		(await readRecord(regia.url, tokens.person ?? ''))
			.flatMap((entry) => (entry.kind === 'samples' && entry.source === 'prom' ? entry.samples : []))
			.filter(({ subject, measure }) => subject === 'facility/ced' && measure === 'facility.temperature');
	const warn = async (...alerts: readonly object[]): Promise<void> => {
		const answer = await fetch(`http://127.0.0.1:${alertmanager.port}/api/v2/alerts`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(alerts),
		});
		expect(answer.status).toBe(200);
		await answer.text();
	};

	beforeAll(async () => {
		const exporterPort = await freePort();
		exporter = createServer((_request, response) => response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(exposition()));
		exporter.listen(exporterPort, '127.0.0.1');
		port = await freePort();
		const [prometheusPort, alertmanagerPort] = [await freePort(), await freePort()];
		[ups, broker] = await Promise.all([
			startUps({
				uno: { 'ups.status': 'OL', 'battery.runtime': 2400, 'ambient.temperature': 24, 'ups.id': one.surname, 'device.location': two.street },
			}),
			startMosquitto(),
		]);
		plan = facilityPlan({ prometheus: prometheusPort, exporter: exporterPort, upsd: ups.port, broker: broker.port });
		const seed = await startRegia({ plan, port });
		data = seed.data;
		for (const name of ['prom', 'avvisi']) tokens[name] = seed.token({ kind: 'source', name, subjects: ['*'] });
		tokens.person = seed.token({ kind: 'person', name: 'comando', duties: [{ role: 'commander' }] });
		await seed.stop();
		logs.push(seed.output());
		regia = await start();
		const at = `http://127.0.0.1:${port}`;
		[prometheus, alertmanager, sensors] = await Promise.all([
			startPrometheus(
				`global: { scrape_interval: 300ms, scrape_timeout: 300ms, external_labels: { ward: "${three.surname}" } }
scrape_configs: [{ job_name: impianti, static_configs: [{ targets: ["127.0.0.1:${exporterPort}"] }] }]
remote_write:
  - url: ${at}/api/prometheus/write
    authorization: { credentials: ${tokens.prom} }
    queue_config: { batch_send_deadline: 300ms, min_backoff: 100ms, max_backoff: 500ms }
    metadata_config: { send: true, send_interval: 1s }
`,
				prometheusPort,
			),
			startAlertmanager(
				`route: { receiver: regia, group_by: [site, service], group_wait: 100ms, group_interval: 300ms, repeat_interval: 5s }
receivers:
  - name: regia
    webhook_configs: [{ url: "${at}/api/alertmanager", max_alerts: 3, http_config: { authorization: { credentials: ${tokens.avvisi} } } }]
`,
				alertmanagerPort,
			),
			connectAsync({ host: '127.0.0.1', port: broker.port }),
		]);
		screens = watch();
		await until('every screen has a board', () => screens.every((screen) => screen.state() !== null));
	}, 60_000);
	afterAll(async () => {
		for (const screen of screens) screen.close();
		sensors?.end(true);
		await Promise.all([prometheus?.end(), alertmanager?.end(), ups?.end(), broker?.end(), regia?.kill()]);
		exporter?.close();
	});

	test('give their figures to the board, each by its own way', async () => {
		await sensors.publishAsync(
			`sala/${one.surname}/temperatura`,
			JSON.stringify({ t: 25.5, note: `${one.given} ${one.surname}`, patient: one.taxCode }),
		);
		await warn(alertOf(0, { site: 'ced' }), alertOf(1, { site: 'ced' }), alertOf(2, { service: 'ris' }), alertOf(3, { site: 'altrove' }));
		const expected: Readonly<Record<string, readonly [facility: string, name: string, value: number]>> = {
			'Prometheus writes': ['ced', 'temperature', 23.5],
			'Prometheus writes in per cent': ['ced', 'humidity', 0.41],
			'Prometheus writes of the other site': ['nuovo', 'temperature', 19],
			'Prometheus is asked': ['sala-chiesta', 'temperature', 23.5],
			'the exporter is read': ['sala-letta', 'temperature', 23.5],
			'the UPS is asked': ['sala-ups', 'upsRuntime', 2400],
			'and its sensor': ['sala-ups', 'temperature', 24],
			'the broker is heard': ['sala-mqtt', 'temperature', 25.5],
			'alerts are counted': ['ced', 'alerts', 2],
		};
		for (const [what, [facility, name, value]] of Object.entries(expected))
			await until(what, async () => (await figureOf(facility, name)) === value, 20_000);
		await warn(alertOf(0, { site: 'ced' }, new Date(Date.now() - 1000)));
		await until('one is resolved', async () => (await figureOf('ced', 'alerts')) === 1);
		await warn(...[5, 6, 7, 8, 9].map((nth) => alertOf(nth, { site: 'ced' })));
		await until('those that were left out are told of', async () => (await source('avvisi'))?.refused.truncated);
		expect((await source('avvisi'))?.refused['unknown-subject']).toBeGreaterThan(0);
	}, 40_000);

	test('lose nothing while Regia is killed: Prometheus and Alertmanager send it again', async () => {
		await until('Prometheus has written', async () => (await written()).length > 3);
		await regia.kill();
		logs.push(regia.output());
		const died = Date.now();
		warmth = 31.25;
		await warn(alertOf(10, { service: 'lis' }));
		await until('it has been away for a while', () => Date.now() - died > 1500);
		const returned = Date.now();
		regia = await start();
		const meanwhile = await until(
			'what was scraped meanwhile is in the record',
			async () => {
				const found = (await written()).filter(({ at }) => at > died && at < returned);
				return found.length >= 3 ? found : null;
			},
			20_000,
		);
		const instants = (await written()).map(({ at }) => at).toSorted((a, b) => a - b);
		expect(new Set(instants).size).toBe(instants.length);
		const gaps = instants.slice(1).map((at, nth) => at - (instants[nth] ?? at));
		expect(Math.max(...gaps)).toBeLessThan(1500);
		expect(meanwhile.every(({ value }) => value === 23.5 || value === 31.25)).toBe(true);
		await until('the alert of that time counts', async () => (await facts()).services.lis?.figures.alerts?.[0] === 1);
	}, 40_000);

	test('that die are missed, and read again when they are back', async () => {
		await Promise.all([prometheus.kill(), ups.kill(), broker.kill()]);
		for (const id of ['chiesto', 'gruppi', 'sensori']) await until(`${id} is missed`, async () => (await source(id))?.why === 'unreachable');
		await Promise.all([prometheus.start(), ups.start(), broker.start()]);
		for (const id of ['gruppi', 'sensori']) await until(`${id} is back`, async () => (await source(id))?.why === null, 20_000);
	}, 40_000);

	test('leave no person behind, in the record, the log, the frames or the answers', async () => {
		for (const path of ['/api/board', '/api/journal', '/api/health', '/metrics', '/api/audit', '/api/openapi.json'])
			answers.push((await ask(`${regia.url}${path}`, { token: tokens.person ?? '' })).text);
		for (const screen of screens) screen.close();
		screens = watch();
		await until('the screens have it all', () => screens.every((screen) => screen.state() !== null));
		for (const screen of screens) screen.close();
		expect(await regia.stop()).toBe(0);
		logs.push(regia.output());
		const heard = Buffer.from([...answers, ...frames, ...logs].join('\n'));
		expect(findIn(words, heard)).toEqual([]);
		const left = searchFiles(words, filesUnder(data));
		expect(left.leaks).toEqual([]);
		expect([frames.length > 10, answers.length > 10, logs.join('').length > 100, left.bytes > 100_000]).toEqual([true, true, true, true]);
		// What the tools said is full of them, and the same search finds them there.
		expect(findIn(words, Buffer.from(exposition())).length).toBeGreaterThan(8);
		say(
			'facilities',
			`${words.length} words of ${persons.length} invented persons in labels, help, annotations, topics, payloads and UPS variables: searched in ${left.files} files of ${left.bytes} bytes, ${frames.length} frames, ${answers.length} answers, ${logs.join('').length} letters of log: 0 found`,
		);
	});
});

test('a person whom a way would let in is found', async () => {
	const regia = await startRegia({ plan: facilityPlan() });
	const person = regia.token({ kind: 'person', name: 'comando', duties: [{ role: 'commander' }] });
	await ask(`${regia.url}/api/marks`, { token: person, body: JSON.stringify({ kind: 'note', text: `chiamare ${one.given} ${one.surname}` }) });
	await regia.stop();
	expect(searchFiles(words, filesUnder(regia.data)).leaks.map(({ secret }) => secret)).toContain(one.surname);
});
