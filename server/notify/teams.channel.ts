// Microsoft Teams by a webhook of its workflows: an Adaptive Card in the shape of a message. The address is the credential.
import type { Plan } from '../../shared/plan.ts';
import type { NoticeMessage } from '../domain/notice-message.ts';
import { type Channel, noSecret, type Outside, type Sent } from './channel.ts';
import { sentBy } from './http-answer.ts';

type TeamsPlan = Extract<Plan['channels'][string], { kind: 'teams' }>;

const colours: Readonly<Record<number, string>> = { 1: 'Attention', 2: 'Warning' };

/** Text of a card is Markdown: what could be read as a link or as emphasis is not. */
const plain = (text: string): string => text.replace(/[\\`*_[\]<>#~|]/g, (one) => `\\${one}`);

export function teamsBody({ id, title, lines, link, linkText, kind, priority }: NoticeMessage): string {
	const isOver = kind === 'off' || kind === 'test' || kind === 'digest';
	const color = isOver ? 'Default' : (colours[priority ?? 3] ?? 'Default');
	const card = {
		$schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
		type: 'AdaptiveCard',
		version: '1.4',
		body: [
			{ type: 'TextBlock', size: 'Medium', weight: 'Bolder', wrap: true, color, text: plain(title) },
			...lines.map((line) => ({ type: 'TextBlock', wrap: true, spacing: 'Small', text: plain(line) })),
		],
		...(link === null ? {} : { actions: [{ type: 'Action.OpenUrl', title: linkText, url: link }] }),
	};
	return JSON.stringify({
		type: 'message',
		// No receiver reads it; whoever looks at two alike messages sees that they are one.
		summary: id,
		attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: card }],
	});
}

/** The older connectors answer 200 and say in the body that the message was turned away. */
const toldInBody = /HTTP error (\d{3})/;

export function openTeams({ urlFrom }: TeamsPlan, { post, secret, now }: Outside): Channel {
	return {
		async send(message, signal): Promise<Sent> {
			const url = secret(urlFrom);
			if (url === undefined || !/^https?:$/.test(URL.parse(url)?.protocol ?? '')) return noSecret;
			const headers = { 'content-type': 'application/json', 'user-agent': 'regia', 'idempotency-key': message.id };
			const answer = await post({ url, headers, body: teamsBody(message), signal });
			const told = answer.ok && answer.status === 200 ? toldInBody.exec(answer.body)?.[1] : undefined;
			return sentBy(told !== undefined && answer.ok ? { ...answer, status: Number(told) } : answer, now());
		},
	};
}
