// Hears sensors by way of an MQTT broker: one kept subscription, whose messages since the last look are handed on at each look.
//
// What a broker has retained was said at a time that nobody knows, and would look fresh: it is passed over, unless the payload itself says
// when (`at`). A topic that is silent gives nothing, and its measure goes stale by itself.
import { randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import type { BlindCode, Reading } from '../../shared/sample.ts';
import type { ConnectorKind, Look, Reader, ReaderContext } from './connector.ts';
import { subjectsIn } from './figure-target.ts';
import { heartbeatReadings } from './heartbeat.ts';
import { matchesTopic, readPayload, subjectOfTopic, topicRules } from './mqtt-rules.ts';
import { openSubscription, type Subscription } from './mqtt-subscription.ts';
import { openVoices } from './one-voice.ts';
import { host, port, secretName } from './settings.ts';
import { anyTarget } from './targets.ts';

const mqttSettings = z
	.strictObject({
		host,
		/** Left out: 1883, by TLS 8883. */
		port: z.optional(port),
		tls: z._default(z.enum(['off', 'on'], 'off or on'), 'off'),
		user: z.optional(z.string().check(z.minLength(1, 'a name'), z.maxLength(100, 'a name of at most 100 characters'))),
		passwordFrom: z.optional(secretName),
		topics: topicRules,
	})
	.check(z.refine((one) => one.passwordFrom === undefined || one.user !== undefined, { path: ['user'], error: 'a user beside passwordFrom' }));
type MqttSettings = z.infer<typeof mqttSettings>;

/** Between two looks, of one measure of one subject; the oldest go first. */
const MOST_KEPT = 100;

/** What came since the last look, a list a series. */
type Kept = {
	add(reading: Reading): void;
	take(): readonly Reading[];
};

function openKept(): Kept {
	let kept = new Map<string, Reading[]>();
	return {
		add(reading) {
			const place = `${reading.subject} ${reading.measure}`;
			const list = kept.get(place) ?? [];
			// Of one instant a series has one value: the last one.
			if (list.at(-1)?.at === reading.at) list.pop();
			list.push(reading);
			if (list.length > MOST_KEPT) list.shift();
			kept.set(place, list);
		},
		take() {
			const all = [...kept.values()].flat();
			kept = new Map();
			return all;
		},
	};
}

function openReader(mine: MqttSettings, context: ReaderContext): Reader {
	const kept = openKept();
	const voices = openVoices();
	let subscription: Subscription | null = null;

	function heard(topic: string, payload: Uint8Array, retained: boolean): void {
		const now = context.now();
		for (const rule of mine.topics) {
			const subject = matchesTopic(rule.topic, topic) ? subjectOfTopic(rule, topic) : undefined;
			if (subject === undefined) continue;
			const { measure } = rule;
			const { value, at } = readPayload(payload, rule);
			if (retained && typeof at !== 'number') continue;
			if (!voices.speaks(subject, measure, topic, now)) continue;
			const isRead = value !== null && at !== null;
			kept.add(isRead ? { subject, measure, value, at: at ?? now } : { subject, measure, value: null, at: now, why: 'bad-answer' });
		}
	}

	const all = (why: BlindCode): Look => ({
		ok: false,
		why,
		readings: [
			...kept.take(),
			...mine.topics.flatMap((one) =>
				subjectsIn(one).map((subject): Reading => ({ subject, measure: one.measure, value: null, at: context.now(), why })),
			),
		],
	});

	return {
		async read(signal): Promise<Look> {
			const password = mine.passwordFrom === undefined ? undefined : context.secret(mine.passwordFrom);
			if (mine.passwordFrom !== undefined && password === undefined) return all('unauthorised');
			subscription ??= openSubscription({
				host: mine.host,
				port: mine.port ?? (mine.tls === 'on' ? 8883 : 1883),
				tls: mine.tls === 'on',
				user: mine.user,
				password,
				// Two of one name would put each other out.
				clientId: `regia-${context.id.slice(0, 40)}-${randomBytes(4).toString('hex')}`,
				topics: [...new Set(mine.topics.map((one) => one.topic))],
				targets: context.targets ?? anyTarget,
				connectWithinMs: context.source.timeout,
				heard,
			});
			const why = await subscription.standing(signal);
			if (why !== null) return all(why);
			return { ok: true, readings: [...kept.take(), ...heartbeatReadings({ source: context.id }, true, null, context.now())] };
		},
		async close() {
			await subscription?.close();
		},
	};
}

export const mqttConnector: ConnectorKind = {
	kind: 'mqtt',
	polled: true,
	settings: mqttSettings,
	subjects: (settings) => [...new Set(mqttSettings.parse(settings).topics.flatMap(subjectsIn))],
	open: (settings, context) => openReader(mqttSettings.parse(settings), context),
};
