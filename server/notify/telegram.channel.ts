// Telegram by its bot interface: sendMessage. The token stands in the address, so the address is never said.
import type { Plan } from '../../shared/plan.ts';
import type { NoticeMessage } from '../domain/notice-message.ts';
import { type Channel, noSecret, type Outside, type Sent } from './channel.ts';
import { sentBy } from './http-answer.ts';

type TelegramPlan = Extract<Plan['channels'][string], { kind: 'telegram' }>;

const MOST_LETTERS = 4096;
const MOST_RETRY_AFTER_S = 3600;

/** Without a parse mode: what is written is what is read, and nothing of it becomes a link but the address itself. */
export const telegramBody = (chat: string, { title, lines, link }: NoticeMessage): string =>
	JSON.stringify({
		chat_id: chat,
		text: [title, '', ...lines, ...(link === null ? [] : [link])].join('\n').slice(0, MOST_LETTERS),
		link_preview_options: { is_disabled: true },
	});

type Told = { readonly ok?: unknown; readonly parameters?: { readonly retry_after?: unknown } | null };
function toldBy(body: string): Told | null {
	try {
		const told: unknown = JSON.parse(body);
		return typeof told === 'object' && told !== null ? (told as Told) : null;
	} catch {
		return null;
	}
}

export function openTelegram({ api, tokenFrom, chat }: TelegramPlan, { post, secret, now }: Outside): Channel {
	return {
		async send(message, signal): Promise<Sent> {
			const token = secret(tokenFrom);
			if (token === undefined || !/^[\w:-]{1,200}$/.test(token)) return noSecret;
			const url = `${api.replace(/\/$/, '')}/bot${token}/sendMessage`;
			const headers = { 'content-type': 'application/json', 'user-agent': 'regia', 'idempotency-key': message.id };
			const answer = await post({ url, headers, body: telegramBody(chat, message), signal });
			const sent = sentBy(answer, now());
			const told = answer.ok ? toldBy(answer.body) : null;
			// 200 from somebody who is not Telegram: nobody says that it arrived.
			if (sent.ok) return told?.ok === true ? sent : { ok: false, why: 'bad-answer', how: 'again' };
			const seconds = told?.parameters?.retry_after;
			if (sent.how !== 'again' || typeof seconds !== 'number' || !(seconds >= 0)) return sent;
			return { ...sent, retryAfterMs: Math.min(seconds, MOST_RETRY_AFTER_S) * 1000 };
		},
	};
}
