// Each kind of channel against a real receiver on the loopback: what arrives, what an answer means, and where it may lead.
import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openTargets } from '../../server/connectors/targets.ts';
import type { NoticeMessage } from '../../server/domain/notice-message.ts';
import { composeNotice } from '../../server/domain/notice-message.ts';
import { outsideOf } from '../../server/notifications.ts';
import type { Channel, Outside } from '../../server/notify/channel.ts';
import { retryAfterOf } from '../../server/notify/http-answer.ts';
import { openChannel } from '../../server/notify/open-channel.ts';
import { channelFaults, type NoticeFacts } from '../../shared/board-breakdown.ts';
import { type Plan, planSchema } from '../../shared/plan.ts';
import { boardLiteral } from '../kit/board-literal.ts';
import { type MailSink, mailSink, type WebReceiver, webReceiver } from '../kit/receivers.ts';
import { certificate, opensslPath } from '../kit/web-service.ts';

const AT = Date.UTC(2021, 7, 14, 17);
const notice: NoticeFacts = {
	kind: 'on',
	alarm: 'service-down:service:ps',
	rule: 'service-down',
	subject: 'service/ps',
	priority: 1,
	at: AT,
	since: AT,
	notBefore: null,
	count: null,
};
const messageOf = (rest: Partial<NoticeFacts> = {}, rehearsal = false): NoticeMessage =>
	composeNotice({
		channel: 'sala',
		key: '01628960400000-0000000007-0000',
		notice: { ...notice, ...rest },
		board: boardLiteral({ rehearsal }),
		link: 'https://regia.example.it/alarms',
		language: 'it',
	});
const message = messageOf();

const planOf = (settings: object): Plan['channels'][string] => {
	const plan = planSchema.parse({
		programme: { id: 'prova', name: 'Prova' },
		cutover: { id: 'notte', name: 'Notte', window: { start: '2021-08-14T12:00:00+02:00', end: '2021-08-15T12:00:00+02:00' } },
		channels: { sala: { label: 'Sala', ...settings } },
	});
	return plan.channels.sala as Plan['channels'][string];
};

const secrets: Record<string, string> = {};
const outside = (list: readonly string[] = []): Outside => ({ ...outsideOf(openTargets(list)), secret: (name) => secrets[name] });
const open = (settings: object, list: readonly string[] = []): Channel => openChannel(planOf(settings), outside(list));
const soon = (): AbortSignal => AbortSignal.timeout(3000);

let web: WebReceiver;
let mail: MailSink;
beforeAll(async () => {
	web = await webReceiver('{"ok":true,"result":{}}');
	await web.comeUp();
	mail = await mailSink();
	await mail.comeUp();
	secrets.TEAMS_URL = `http://127.0.0.1:${web.port}/workflows/abc?sig=segreto`;
	secrets.BOT_TOKEN = '12345:ABC-def';
	secrets.HOOK_KEY = 'chiave';
});
afterEach(() => {
	web.answer({ status: 200 });
	mail.refuse(null);
});
afterAll(async () => {
	await web.goDown();
	await mail.goDown();
});

const kinds = {
	webhook: () => ({ kind: 'webhook', url: `http://127.0.0.1:${web.port}/hook`, secretFrom: 'HOOK_KEY' }),
	teams: () => ({ kind: 'teams', urlFrom: 'TEAMS_URL' }),
	telegram: () => ({ kind: 'telegram', tokenFrom: 'BOT_TOKEN', chat: '-100123', api: `http://127.0.0.1:${web.port}` }),
} as const;
const byWeb = ['webhook', 'teams', 'telegram'] as const;
const email = () => ({ kind: 'email', host: '127.0.0.1', port: mail.port, tls: 'never', from: 'regia@asl.example.it', to: ['sala@asl.example.it'] });

describe('what arrives', () => {
	test('a webhook, signed over time and body', async () => {
		expect(await open(kinds.webhook()).send(message, soon())).toEqual({ ok: true });
		const { headers, body, path } = web.got.at(-1) ?? expect.fail('nothing arrived');
		expect(path).toBe('/hook');
		expect(headers['idempotency-key']).toBe(message.id);
		const [, t = '', v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['regia-signature'])) ?? [];
		expect(v1).toBe(createHmac('sha256', 'chiave').update(`${t}.${body}`).digest('hex'));
		expect(Math.abs(Date.now() / 1000 - Number(t))).toBeLessThan(10);
		expect(JSON.parse(body)).toMatchObject({
			id: message.id,
			kind: 'on',
			alarm: 'service-down:service:ps',
			priority: 1,
			subject: 'service/ps',
			label: 'Pronto Soccorso',
			at: '2021-08-14T17:00:00.000Z',
			rehearsal: false,
			link: 'https://regia.example.it/alarms',
		});
	});

	test('a card for Teams in the shape of a message', async () => {
		expect(await open(kinds.teams()).send(message, soon())).toEqual({ ok: true });
		const { body, path } = web.got.at(-1) ?? expect.fail('nothing arrived');
		expect(path).toBe('/workflows/abc?sig=segreto');
		const { type, attachments } = JSON.parse(body);
		expect(type).toBe('message');
		expect(attachments).toHaveLength(1);
		expect(attachments[0]).toMatchObject({
			contentType: 'application/vnd.microsoft.card.adaptive',
			content: { type: 'AdaptiveCard', version: '1.4' },
		});
		expect(attachments[0].content.body[0].text).toContain('Pronto Soccorso: non risponde');
		expect(attachments[0].content.actions[0].url).toBe('https://regia.example.it/alarms');
	});

	test('a message of the bot for Telegram', async () => {
		expect(await open(kinds.telegram()).send(message, soon())).toEqual({ ok: true });
		const { body, path } = web.got.at(-1) ?? expect.fail('nothing arrived');
		expect(path).toBe('/bot12345:ABC-def/sendMessage');
		expect(JSON.parse(body)).toMatchObject({ chat_id: '-100123', link_preview_options: { is_disabled: true } });
		expect(JSON.parse(body).text).toContain('[P1] Pronto Soccorso: non risponde');
	});

	test('an e-mail in text and in HTML that no absence notice answers', async () => {
		expect(await open(email()).send(message, soon())).toEqual({ ok: true });
		const { id, subject, raw, to } = mail.got.at(-1) ?? expect.fail('nothing arrived');
		expect(id).toBe(`<${message.id}@asl.example.it>`);
		expect(subject).toBe('[P1] Pronto Soccorso: non risponde');
		expect(to).toEqual(['sala@asl.example.it']);
		expect(raw).toMatch(/^Auto-Submitted: auto-generated/m);
		expect(raw).toMatch(/^Content-Type: text\/plain/m);
		expect(raw).toMatch(/^Content-Type: text\/html/m);
	});

	test.each([
		['on', {}, ['[P1] Pronto Soccorso: non risponde', 'Quando: 14/08/2021 19:00', 'Che fare: Chiamare chi lo gestisce; avvisare chi ne dipende']],
		['off', { at: AT + 600_000 }, ['RIENTRATO: Pronto Soccorso', 'Quando: 14/08/2021 19:10', 'Da: 14/08/2021 19:00', 'Che fare: niente di nuovo']],
		['escalated', { at: AT + 600_000 }, ['NESSUNO HA PRESO IN CARICO: Pronto Soccorso', 'Da: 14/08/2021 19:00', 'Che fare: Chiamare']],
		['escalated', { count: 3 }, ['NESSUNO HA PRESO IN CARICO 3 ALLARMI']],
		['flood', { count: 41 }, ['41 ALLARMI INSIEME, causa probabile: Pronto Soccorso', 'Che fare: cominciare dalla causa']],
		['flood', { alarm: null, rule: null, subject: null, count: 2 }, ['La raffica di allarmi è finita: ancora attivi 2', 'Che fare: guardare']],
		['digest', { alarm: null, rule: null, subject: null, since: null, count: 7 }, ['Avvisi raccolti: 7', 'Che fare: guardare']],
		['test', { alarm: null, rule: null, subject: null, priority: null, since: null }, ['Prova del canale', 'Che fare: niente']],
	] as const)('says what, when, since when and what to do: %s', (kind, rest, expected) => {
		const { title, lines } = messageOf({ kind, ...rest });
		const text = [title, ...lines].join('\n');
		for (const one of expected) expect(text).toContain(one);
		expect(text).toContain('Che fare: ');
	});

	test('begins with PROVA in a rehearsal', () => {
		for (const kind of ['on', 'off', 'escalated', 'flood', 'digest', 'test'] as const) {
			const { title, lines, rehearsal } = messageOf({ kind }, true);
			expect(title).toMatch(/^PROVA · /);
			expect(lines[0]).toContain('Esercitazione');
			expect(rehearsal).toBe(true);
		}
	});

	test('markup in a label is text to whoever reads it', async () => {
		const odd = { ...message, title: '<b>x</b> [qui](http://male.example) *', lines: ['<script>&'] };
		await open(email()).send(odd, soon());
		const html = mail.got.at(-1)?.raw.split('text/html')[1] ?? '<script>';
		expect(html).not.toMatch(/<script>|<b>/);
		expect(html).toContain('&lt;script&gt;&amp;');
		await open(kinds.teams()).send(odd, soon());
		expect(JSON.parse(web.got.at(-1)?.body ?? '').attachments[0].content.body[0].text).toContain('\\[qui\\](http');
	});
});

describe('what an answer means', () => {
	const again = (why: string, retryAfterMs?: number) => ({ ok: false, why, how: 'again', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
	const rows: readonly (readonly [status: number, headers: Readonly<Record<string, string>>, expected: object])[] = [
		[200, {}, { ok: true }],
		[202, {}, { ok: true }],
		[301, { location: 'http://127.0.0.1:1/' }, { ok: false, why: 'bad-answer', how: 'access' }],
		[307, { location: 'http://169.254.169.254/' }, { ok: false, why: 'bad-answer', how: 'access' }],
		[400, {}, { ok: false, why: 'refused', how: 'message' }],
		[401, {}, { ok: false, why: 'unauthorised', how: 'access' }],
		[403, {}, { ok: false, why: 'unauthorised', how: 'access' }],
		[404, {}, { ok: false, why: 'refused', how: 'access' }],
		[408, {}, again('timeout')],
		[413, {}, { ok: false, why: 'refused', how: 'message' }],
		[422, {}, { ok: false, why: 'refused', how: 'message' }],
		[429, { 'retry-after': '7' }, again('refused', 7000)],
		[500, {}, again('refused')],
		[503, { 'retry-after': '1' }, again('refused', 1000)],
	];
	test.each(rows)('%i %j', async (status, headers, expected) => {
		web.answer({ status, headers });
		for (const kind of byWeb) expect(await open(kinds[kind]()).send(message, soon()), kind).toEqual(expected);
	});

	test('a redirect is not followed', async () => {
		const before = web.asked();
		web.answer({ status: 302, headers: { location: `http://127.0.0.1:${web.port}/altrove` } });
		await open(kinds.webhook()).send(message, soon());
		expect(web.asked()).toBe(before + 1);
	});

	test.each([
		['seconds', '120', 120_000],
		['far too long', '999999', 3_600_000],
		['a date', 'Sat, 14 Aug 2021 17:01:00 GMT', 60_000],
		['a date that is past', 'Sat, 14 Aug 2021 16:00:00 GMT', 0],
		['nothing that can be read', 'domani', undefined],
		['less than nothing', '-5', undefined],
		['none', undefined, undefined],
	] as const)('how long to wait: %s', (_what, written, expected) => {
		const ms = retryAfterOf(written, AT);
		if (written === '-5') expect(ms ?? 0).toBe(0);
		else expect(ms).toBe(expected);
	});

	test('Telegram says in its body how long to wait, and what is no word of Telegram is none', async () => {
		web.answer({ status: 429, body: '{"ok":false,"error_code":429,"parameters":{"retry_after":3}}' });
		expect(await open(kinds.telegram()).send(message, soon())).toEqual(again('refused', 3000));
		web.answer({ status: 200, body: '<html>accesso al portale</html>' });
		expect(await open(kinds.telegram()).send(message, soon())).toEqual(again('bad-answer'));
	});

	test('Teams answers 200 and says in its body that it was too much', async () => {
		web.answer({
			status: 200,
			body: 'Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429 with ContextId x',
		});
		expect(await open(kinds.teams()).send(message, soon())).toEqual(again('refused'));
	});

	test.each([
		[421, 'again'],
		[451, 'again'],
		[550, 'message'],
		[554, 'message'],
	])('by e-mail %i: %s', async (status, how) => {
		mail.refuse(status);
		expect(await open(email()).send(message, soon())).toMatchObject({ ok: false, why: 'refused', how });
	});

	test('nobody there, and a secret that is not set', async () => {
		const nobody = { ...email(), port: 1 };
		expect(await open(nobody).send(message, soon())).toEqual(again('unreachable'));
		expect(await open({ kind: 'webhook', url: 'http://127.0.0.1:1/' }).send(message, soon())).toEqual(again('unreachable'));
		for (const one of [
			{ kind: 'teams', urlFrom: 'NOT_SET' },
			{ kind: 'telegram', tokenFrom: 'NOT_SET', chat: '1' },
			{ kind: 'webhook', url: 'http://127.0.0.1:1/', secretFrom: 'NOT_SET' },
			{ ...email(), user: 'regia', passwordFrom: 'NOT_SET' },
		]) {
			expect(await open(one).send(message, soon())).toEqual({ ok: false, why: 'secret-missing', how: 'access' });
		}
	});

	test.skipIf(opensslPath === null)(
		'by e-mail: STARTTLS that is not offered, or whose certificate nobody vouches for, and a wrong password',
		async () => {
			const secured = await mailSink({ tls: certificate(10), user: { name: 'regia', password: 'giusta' } });
			await secured.comeUp();
			try {
				const there = { ...email(), port: secured.port };
				expect(await open({ ...email(), tls: 'starttls' }).send(message, soon())).toMatchObject({ ok: false, how: 'access' });
				expect(await open({ ...there, tls: 'starttls' }).send(message, soon())).toMatchObject({ ok: false });
				secrets.SMTP_PASSWORD = 'sbagliata';
				const mine = { ...there, tls: 'never', user: 'regia', passwordFrom: 'SMTP_PASSWORD' };
				expect(await open(mine).send(message, soon())).toEqual({ ok: false, why: 'unauthorised', how: 'access' });
				secrets.SMTP_PASSWORD = 'giusta';
				expect(await open(mine).send(message, soon())).toEqual({ ok: true });
				expect(secured.got).toHaveLength(1);
			} finally {
				await secured.goDown();
			}
		},
	);

	test('whatever is answered is one of the closed words, and no text of it comes back', async () => {
		const words: readonly string[] = channelFaults;
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom(...byWeb),
				fc.integer({ min: 200, max: 599 }),
				fc.oneof(fc.string({ maxLength: 300 }), fc.json({ maxDepth: 3 }), fc.constant('x'.repeat(40_000)), fc.constant('{"ok":1,"parameters":[]}')),
				fc.oneof(fc.constant(undefined), fc.string({ unit: fc.constantFrom(...'0123456789 -:GMTJan'), maxLength: 20 })),
				async (kind, status, body, retryAfter) => {
					web.answer({ status, body, ...(retryAfter === undefined ? {} : { headers: { 'retry-after': retryAfter } }) });
					const sent = await open(kinds[kind]()).send(message, soon());
					if (sent.ok) return;
					expect(words).toContain(sent.why);
					expect(Object.keys(sent).filter((key) => !['ok', 'why', 'how', 'retryAfterMs'].includes(key))).toEqual([]);
					const wait = sent.retryAfterMs ?? 0;
					expect(wait >= 0 && wait <= 3_600_000).toBe(true);
				},
			),
			{ seed: 1970, numRuns: 150 },
		);
	});
});

describe('where a channel may lead', () => {
	const LIST = ['10.0.0.0/8', 'hooks.example.it'];
	const hosts = [
		'127.0.0.1',
		'localhost',
		'127.1',
		'2130706433',
		'0x7f.0.0.1',
		'0177.0.0.1',
		'[::1]',
		'[::ffff:127.0.0.1]',
		'[::ffff:7f00:1]',
		'0.0.0.0',
	];
	test.each(hosts)('%s is not permitted, and nobody is asked', async (host) => {
		const before = web.asked();
		const url = `http://${host}:${web.port}/hook`;
		secrets.ODD_URL = url;
		const bare = host.replace(/^\[|\]$/g, '');
		for (const one of [
			{ kind: 'webhook', url },
			{ kind: 'teams', urlFrom: 'ODD_URL' },
			{ kind: 'telegram', tokenFrom: 'BOT_TOKEN', chat: '1', api: url },
			{ ...email(), host: bare },
		]) {
			expect(await open(one, LIST).send(message, soon()), one.kind).toEqual({ ok: false, why: 'not-permitted', how: 'access' });
		}
		expect(web.asked()).toBe(before);
	});

	test('a listed name that leads to this machine is not permitted', async () => {
		const lying = openTargets(LIST, ((_host: string, _options: object, give: (error: null, found: readonly object[]) => void) =>
			give(null, [{ address: '127.0.0.1', family: 4 }])) as never);
		const before = web.asked();
		const trapped: Outside = { ...outsideOf(lying), secret: (name) => secrets[name] };
		for (const one of [
			{ kind: 'webhook', url: `http://hooks.example.it:${web.port}/` },
			{ ...email(), host: 'hooks.example.it' },
		]) {
			expect(await openChannel(planOf(one), trapped).send(message, soon())).toEqual({ ok: false, why: 'not-permitted', how: 'access' });
		}
		expect(web.asked()).toBe(before);
	});

	test('what is listed is asked', async () => {
		expect(await open(kinds.webhook(), ['127.0.0.0/8']).send(message, soon())).toEqual({ ok: true });
		expect(await open(email(), ['127.0.0.1']).send(message, soon())).toEqual({ ok: true });
	});
});
