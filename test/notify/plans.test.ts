// What a plan may say of channels, and which of them are opened at all: targets, rehearsals, none.
import { describe, expect, test } from 'vitest';
import { loadRegistry } from '../../server/connectors/registry.ts';
import { openNotifications } from '../../server/notifications.ts';
import { readPlan } from '../../server/plan-file.ts';
import { planOf } from '../domain/notice-play.ts';
import { bend, soundPlan } from '../plan/sound-plan.ts';

const kinds = await loadRegistry();
const mail = 'from: regia@asl.example.it, to: [sala@asl.example.it]';
const listed = 'access: { targets: [mail.example.it, "*.hooks.example.it"] }';
const mistakesOf = (channel: string, access = listed): readonly string[] => {
	const read = readPlan(
		bend('host: 127.0.0.1', 'host: mail.example.it', `${soundPlan}\n${access}\nchannels:\n  sala: { label: Sala, ${channel} }\n`),
		'piano.yaml',
		kinds,
	);
	return read.ok ? [] : read.mistakes.map(({ path, message }) => `${path}: ${message}`);
};

describe('a channel in a plan', () => {
	test.each([
		['mail to a listed host', `kind: email, host: mail.example.it, ${mail}`, []],
		[
			'mail to another',
			`kind: email, host: mail.altrove.example, ${mail}`,
			['channels.sala.host: "mail.altrove.example" is not among the permitted targets'],
		],
		['a webhook below a listed name', 'kind: webhook, url: "https://a.hooks.example.it/x"', []],
		['a webhook of another name', 'kind: webhook, url: "https://10.1.2.3/x"', ['channels.sala.url: "10.1.2.3" is not among the permitted targets']],
		[
			'a bot, where its usual host is not listed',
			'kind: telegram, tokenFrom: BOT_TOKEN, chat: "1"',
			['channels.sala: "api.telegram.org" is not among the permitted targets'],
		],
		['a bot that leads to a listed host', 'kind: telegram, tokenFrom: BOT_TOKEN, chat: "1", api: "https://bot.hooks.example.it"', []],
		['an address in the environment is judged when it is dialled', 'kind: teams, urlFrom: TEAMS_URL', []],
	] as const)('%s', (_what, channel, expected) => {
		expect(mistakesOf(channel)).toEqual(expected);
	});

	test('without a list all may be told', () => {
		expect(mistakesOf('kind: telegram, tokenFrom: BOT_TOKEN, chat: "1"', '')).toEqual([]);
	});
});

test.each([
	['a plan without channels', {}, false, false],
	['a night', { sala: {} }, false, true],
	['a rehearsal', { sala: {} }, true, false],
	['a rehearsal that may leave the room', { sala: { inRehearsal: true } }, true, true],
] as const)('%s', async (_what, channels, isRehearsal, isOpen) => {
	const unasked = (): never => expect.fail('nobody has anything to say');
	const nobody = { facts: () => ({ breakdown: { channels: {} } }), board: unasked, append: unasked } as never;
	const log = { warn: unasked, info: unasked };
	const notifier = openNotifications({ plan: planOf(channels), recorder: nobody, isRehearsal, log, now: () => 0 });
	expect(notifier !== null).toBe(isOpen);
	await notifier?.stop();
});
