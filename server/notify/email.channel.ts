// E-mail by SMTP. The connection is dialled outside and handed in, so that the plan's list of targets holds for it; the only importer of nodemailer.
import { createTransport } from 'nodemailer';
import type { Plan } from '../../shared/plan.ts';
import type { NoticeMessage } from '../domain/notice-message.ts';
import { type Channel, noSecret, type Outside, type Sent } from './channel.ts';

type EmailPlan = Extract<Plan['channels'][string], { kind: 'email' }>;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (one) => escapes[one] ?? one);

export function emailOf(message: NoticeMessage, { from, to }: Pick<EmailPlan, 'from' | 'to'>) {
	const { id, title, lines, link, linkText, priority, kind } = message;
	const isUrgent = priority === 1 && (kind === 'on' || kind === 'escalated' || kind === 'flood');
	const anchor = link === null ? '' : `<p><a href="${escaped(link)}">${escaped(linkText)}</a></p>`;
	return {
		from,
		to: [...to],
		subject: title,
		messageId: `<${id}@${from.slice(from.indexOf('@') + 1)}>`,
		date: new Date(message.at),
		text: [title, '', ...lines, ...(link === null ? [] : ['', link])].join('\n'),
		html: `<!doctype html><html><body><h1 style="font-size:1.2em">${escaped(title)}</h1>${lines.map((line) => `<p>${escaped(line)}</p>`).join('')}${anchor}</body></html>`,
		priority: isUrgent ? ('high' as const) : ('normal' as const),
		// RFC 3834: no absence notice answers it.
		headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', 'List-Id': '<regia.notices>' },
	};
}

type SmtpFault = { readonly code?: unknown; readonly responseCode?: unknown; readonly command?: unknown };

/** RFC 5321: 4yz may be tried again, 5yz not. About the way in unless it comes in answer to the message itself. */
export function sentByFault(error: unknown, { faultOf }: Pick<Outside, 'faultOf'>): Sent {
	const { code, responseCode: status, command }: SmtpFault = typeof error === 'object' && error !== null ? error : {};
	if (code === 'EAUTH') return { ok: false, why: 'unauthorised', how: typeof status === 'number' && status < 500 ? 'again' : 'access' };
	if (typeof status === 'number' && status >= 500) {
		const isMessage = command === 'DATA' || code === 'EMESSAGE';
		return { ok: false, why: status === 530 || status === 535 ? 'unauthorised' : 'refused', how: isMessage ? 'message' : 'access' };
	}
	if (typeof status === 'number' && status >= 400) return { ok: false, why: 'refused', how: 'again' };
	if (code === 'EPROTOCOL' || code === 'EENVELOPE') return { ok: false, why: 'bad-answer', how: 'again' };
	if (code === 'ETLS') return { ok: false, why: 'bad-answer', how: 'access' };
	const why = faultOf(error);
	return { ok: false, why, how: why === 'not-permitted' ? 'access' : 'again' };
}

const SOCKET_MS = 15_000;

export function openEmail(plan: EmailPlan, outside: Outside): Channel {
	const { host, port, tls, user, passwordFrom } = plan;
	return {
		async send(message, signal) {
			const pass = passwordFrom === undefined ? '' : outside.secret(passwordFrom);
			if (pass === undefined) return noSecret;
			let close = (): void => undefined;
			try {
				const connection = await outside.dial(host, port, signal);
				connection.on('error', () => undefined);
				close = () => void connection.destroy();
				signal.addEventListener('abort', close);
				const transport = createTransport({
					host,
					port,
					secure: tls === 'always',
					requireTLS: tls === 'starttls',
					ignoreTLS: tls === 'never',
					connectionTimeout: SOCKET_MS,
					greetingTimeout: SOCKET_MS,
					socketTimeout: SOCKET_MS,
					disableFileAccess: true,
					disableUrlAccess: true,
					...(user === undefined ? {} : { auth: { user, pass } }),
					getSocket: (_options: unknown, give: (error: Error | null, socket: { connection: typeof connection }) => void) =>
						give(null, { connection }),
				});
				await transport.sendMail(emailOf(message, plan));
				return { ok: true };
			} catch (error) {
				if (signal.aborted) return { ok: false, why: 'timeout', how: 'again' };
				return sentByFault(error, outside);
			} finally {
				signal.removeEventListener('abort', close);
				close();
			}
		},
	};
}
