// Messages about alarms through a real Regia: every kind of channel with its receiver away for a while, and the process killed between sending
// and recording. Delivered once, in order, escalated when nobody takes the alarm on.
import { rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import type { Entry } from '../../shared/entry.ts';
import { mailSink, webReceiver } from '../kit/receivers.ts';
import { type RunningRegia, startRegia, temporaryFolder } from '../kit/server.ts';
import { until } from '../kit/until.ts';
import { ask, postSamples } from './kit/http.ts';
import { readRecord } from './kit/record.ts';
import { say, scaled } from './kit/scale.ts';

/** Alarms are looked at in the screens' rhythm. */
const fast = ['--rhythm', '250'];
const folders: string[] = [];
afterAll(() => {
	for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const planOf = (channels: string, escalateAfter: string): string => `programme: { id: avvisi, name: Prova degli avvisi }
cutover:
  id: notte
  name: Notte degli avvisi
  window: { start: 2025-10-21T19:00:00+02:00, end: 2025-10-22T05:00:00+02:00 }
services:
  ps: { label: Pronto Soccorso, priority: 1, staleAfter: 1h }
  cup: { label: Prenotazioni, priority: 2, staleAfter: 1h }
  lab: { label: Laboratorio, priority: 1, staleAfter: 1h }
sources:
  sonda: { kind: push, label: Sonda, staleAfter: 1h }
alarms:
  escalateAfter: ${escalateAfter}
  flood: { from: 1000, to: 500 }
  builtIn:
    service-down: { onDelay: 0s, offDelay: 0s }
    restore-order: { off: true }
channels:
${channels}
`;

type Told = { readonly id: string; readonly kind: string; readonly alarm: string | null };
const aboutServices = ({ alarm }: Told): boolean => alarm?.startsWith('service-down') === true;
const short = ({ kind, alarm }: Told): string => `${kind} ${alarm?.split(':')[2]}`;

type Channels = Readonly<Record<string, { readonly waiting: number; readonly failingSince: string | null; readonly why: string | null }>>;
type Shown = {
	readonly channels: Channels;
	readonly alarms: { readonly active: readonly { readonly id: string; readonly escalatedAt: string | null }[] };
};
const shownBy = async (regia: RunningRegia, token: string): Promise<Shown> => (await ask(`${regia.url}/api/board`, { token })).json as Shown;
const channelsOf = async (regia: RunningRegia, token: string): Promise<Channels> => (await shownBy(regia, token)).channels;

const up = (service: string, value: number) => ({ subject: `service/${service}`, measure: 'service.up', value, at: new Date().toISOString() });

test('four kinds of receiver that are away, then unwilling, then well: each message once, in order, and the escalation', async () => {
	const [hook, teams, telegram, chief] = await Promise.all([1, 2, 3, 4].map(() => webReceiver('{"ok":true}')));
	const mail = await mailSink();
	if (!hook || !teams || !telegram || !chief) throw new Error('no receivers');
	const web = [hook, teams, telegram, chief];
	const plan = planOf(
		`  posta: { kind: email, label: Posta, host: 127.0.0.1, port: ${mail.port}, tls: never, from: regia@asl.example.it, to: [sala@asl.example.it] }
  gancio: { kind: webhook, label: Gancio, url: "http://127.0.0.1:${hook.port}/", secretFrom: HOOK_SECRET }
  teams: { kind: teams, label: Teams, urlFrom: TEAMS_SECRET_URL }
  telegram: { kind: telegram, label: Telegram, tokenFrom: BOT_TOKEN, chat: "-100", api: "http://127.0.0.1:${telegram.port}" }
  capo: { kind: webhook, label: Capo, onlyEscalated: true, url: "http://127.0.0.1:${chief.port}/" }`,
		// Later than the last of the three comes on, also on a slow machine: their order is what is asked.
		'10s',
	);
	const env = {
		HOOK_SECRET: 'chiave-del-gancio-9f3a',
		TEAMS_SECRET_URL: `http://127.0.0.1:${teams.port}/workflows/flusso-segreto-71c2`,
		BOT_TOKEN: '998877:codice-segreto-5d1e',
		REGIA_LOG: 'debug',
	};
	const regia = await startRegia({ plan, env, flags: fast });
	try {
		const token = regia.token({ kind: 'person', name: 'turno', duties: [{ role: 'alarm-operator' }] });
		const probe = regia.token({ kind: 'source', name: 'sonda', subjects: ['service/*'] });
		const mark = (one: object) =>
			ask(`${regia.url}/api/marks`, { token, body: JSON.stringify(one), headers: { 'content-type': 'application/json' } });
		const activeOf = async (id: string) => (await shownBy(regia, token)).alarms.active.find((one) => one.id === id);

		await postSamples(regia.url, probe, [up('ps', 1), up('cup', 1), up('lab', 1)]);
		for (const service of ['ps', 'cup', 'lab']) {
			await postSamples(regia.url, probe, [up(service, 0)]);
			await until(`${service} is down`, () => activeOf(`service-down:service:${service}`), 8000);
		}
		expect((await mark({ kind: 'alarm', alarm: 'service-down:service:lab', act: 'acknowledge' })).status).toBe(202);
		await until('it is escalated', async () => (await activeOf('service-down:service:ps'))?.escalatedAt, 15_000);
		await postSamples(regia.url, probe, [up('cup', 1)]);
		await Promise.all(web.map((one) => one.comeUp()));
		for (const one of web) one.answer({ status: 503, headers: { 'retry-after': '1' } });
		await until('nobody there', async () => (await channelsOf(regia, token)).posta?.why === 'unreachable');
		await mail.comeUp();
		await until('the others are unwilling', async () => {
			const all = await channelsOf(regia, token);
			return ['gancio', 'teams', 'telegram'].every((id) => all[id]?.why === 'refused');
		});
		await until('that is an alarm', () => activeOf('channel-failing:channel:gancio'), 8000);
		for (const one of web) one.answer({ status: 200 });
		await until(
			'all is delivered, and well',
			async () => Object.values(await channelsOf(regia, token)).every((one) => one.waiting === 0 && one.failingSince === null),
			40_000,
		);

		const due = ['on ps', 'on cup', 'on lab', 'escalated ps', 'off cup'];
		const byHook = hook.got.map(({ body }) => JSON.parse(body) as Told);
		expect(byHook.filter(aboutServices).map(short)).toEqual(due);
		expect(new Set(byHook.map(({ id }) => id)).size).toBe(byHook.length);
		const line = /(Pronto Soccorso|Prenotazioni|Laboratorio): non risponde/;
		const titlesDue = [/^\[P1\] Pronto/, /^\[P2\] Prenot/, /^\[P1\] Labor/, /NESSUNO HA PRESO IN CARICO: Pronto/, /RIENTRATO: Prenot/];
		const titles = {
			teams: teams.got.map(({ body }) => String(JSON.parse(body).attachments[0].content.body[0].text).replace(/\\/g, '')),
			telegram: telegram.got.map(({ body }) => String(JSON.parse(body).text.split('\n')[0])),
			posta: mail.got.map(({ subject }) => subject),
		};
		for (const [kind, all] of Object.entries(titles)) {
			const mine = all.filter((one) => line.test(one));
			expect(mine, kind).toHaveLength(titlesDue.length);
			mine.forEach((one, index) => {
				expect(one, kind).toMatch(titlesDue[index] ?? /$./);
			});
		}
		expect(new Set(mail.got.map(({ id }) => id)).size).toBe(mail.got.length);
		expect(chief.got.map(({ body }) => short(JSON.parse(body)))).toEqual(['escalated ps']);

		expect((await mark({ kind: 'channel', channel: 'gancio', act: 'test' })).status).toBe(202);
		// Another alarm's end may come in between.
		const isTest = ({ body }: { readonly body: string }): boolean => (JSON.parse(body) as { kind: string }).kind === 'test';
		await until('the test arrives', () => hook.got.some(isTest));
		expect(JSON.parse(hook.got.find(isTest)?.body ?? '{}')).toMatchObject({ kind: 'test', rehearsal: false });

		// Secrets of channels are in no log, on no board, in no entry.
		const told = [regia.output(), JSON.stringify(await readRecord(regia.url, token)), (await ask(`${regia.url}/api/board`, { token })).text].join(
			'\n',
		);
		for (const secret of ['chiave-del-gancio-9f3a', 'flusso-segreto-71c2', 'codice-segreto-5d1e']) expect(told).not.toContain(secret);
		say(
			'notices',
			`${byHook.length} by webhook, ${teams.got.length} Teams, ${telegram.got.length} Telegram, ${mail.got.length} e-mail, 1 escalated alone`,
		);
	} finally {
		await regia.stop();
		await Promise.all([...web.map((one) => one.goDown()), mail.goDown()]);
	}
});

/** A receiver that takes each message and waits to answer until it is told to. */
async function slowReceiver() {
	const got: Told[] = [];
	const held: ServerResponse[] = [];
	let holds = false;
	const server = createServer(async (request, response) => {
		let body = '';
		for await (const chunk of request) body += String(chunk);
		const told = JSON.parse(body) as Told;
		expect(request.headers['idempotency-key']).toBe(told.id);
		got.push(told);
		if (holds) held.push(response);
		else response.end('ok');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		port: (server.address() as AddressInfo).port,
		got,
		hold(next: boolean): void {
			holds = next;
		},
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

test(`kill -9 between sending and recording, ${scaled(12, 2)} times: that one message again with its id, no other, none lost`, async () => {
	const receiver = await slowReceiver();
	const data = temporaryFolder('notices-kill');
	folders.push(data);
	const plan = planOf(`  gancio: { kind: webhook, label: Gancio, repeatAfter: 0s, url: "http://127.0.0.1:${receiver.port}/" }`, '1h');
	let regia = await startRegia({ plan, data, flags: fast });
	const viewer = regia.token({ kind: 'person', name: 'controllo', duties: [{ role: 'viewer' }] });
	const probe = regia.token({ kind: 'source', name: 'sonda', subjects: ['service/*'] });
	const kills = scaled(12, 2);
	for (let kill = 0; kill < kills; kill += 1) {
		const before = receiver.got.length;
		receiver.hold(true);
		await postSamples(regia.url, probe, [up('ps', 0)]);
		await until('it is sent', () => receiver.got.length > before);
		await regia.kill();
		receiver.hold(false);
		regia = await startRegia({ plan, data, flags: fast });
		await until('it is sent again', () => receiver.got.length > before + 1);
		await until('it is recorded', async () => (await channelsOf(regia, viewer)).gancio?.waiting === 0);
		// Back and gone from the list, so that the next one is another.
		await postSamples(regia.url, probe, [up('ps', 1)]);
		await until('its end is sent', () => receiver.got.at(-1)?.kind === 'off');
		await until('its end is recorded', async () => (await channelsOf(regia, viewer)).gancio?.waiting === 0);
	}
	const entries = await readRecord(regia.url, viewer);
	await regia.stop();
	await receiver.close();
	const noticed = entries
		.flatMap((entry: Entry) => (entry.kind === 'auto' && entry.what === 'notices' ? entry.notices : []))
		.filter(({ count }) => count !== 0);
	const ids = receiver.got.map(({ id }) => id);
	const doubled = ids.filter((id, index) => ids.indexOf(id) !== index);
	expect(new Set(ids).size).toBe(noticed.length);
	expect(doubled).toHaveLength(kills);
	// In order, and what came twice came twice in a row.
	expect(receiver.got.filter(({ id }, index) => ids.indexOf(id) === index).map(({ kind }) => kind)).toEqual(
		Array.from({ length: 2 * kills }, (_, n) => (n % 2 === 0 ? 'on' : 'off')),
	);
	for (const id of doubled) expect(ids.lastIndexOf(id) - ids.indexOf(id)).toBe(1);
	say('notices', `${kills} kills, ${new Set(ids).size} messages, ${doubled.length} of them twice with one id`);
});
