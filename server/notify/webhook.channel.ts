// A webhook of the plan's own: JSON, signed by HMAC-SHA256 over time and body, with the message's id as its idempotency key.
import { createHmac } from 'node:crypto';
import type { Plan } from '../../shared/plan.ts';
import type { NoticeMessage } from '../domain/notice-message.ts';
import { type Channel, noSecret, type Outside } from './channel.ts';
import { sentBy } from './http-answer.ts';

type WebhookPlan = Extract<Plan['channels'][string], { kind: 'webhook' }>;

/** `t` in seconds since 1970; the receiver makes the same of `<t>.<body>` and compares, and refuses a `t` that is long past. */
export const signatureOf = (secret: string, t: number, body: string): string =>
	`t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`;

export const webhookBody = (message: NoticeMessage): string =>
	JSON.stringify({
		id: message.id,
		kind: message.kind,
		alarm: message.alarm,
		priority: message.priority,
		subject: message.subject,
		label: message.label,
		count: message.count,
		title: message.title,
		text: [message.title, ...message.lines].join('\n'),
		at: new Date(message.at).toISOString(),
		rehearsal: message.rehearsal,
		link: message.link,
	});

export function openWebhook({ url, secretFrom }: WebhookPlan, { post, secret, now }: Outside): Channel {
	return {
		async send(message, signal) {
			const key = secretFrom === undefined ? null : secret(secretFrom);
			if (key === undefined || key === '') return noSecret;
			const body = webhookBody(message);
			const signed = key === null ? {} : { 'regia-signature': signatureOf(key, Math.floor(now() / 1000), body) };
			const headers = { 'content-type': 'application/json', 'user-agent': 'regia', 'idempotency-key': message.id, ...signed };
			return sentBy(await post({ url, headers, body, signal }), now());
		},
	};
}
