// GET /status: what anybody may read, as the plan says; rendered at most once in a while, however many ask.
import { createHash } from 'node:crypto';
import type { Language } from '../../shared/format.ts';
import { judge } from '../../shared/judge.ts';
import type { Parts, Reply, Request, Route } from './route.ts';
import { renderNothing, renderStatus, statusPolicy } from './status-page.ts';
import { statusSheetOf } from './status-sheet.ts';

const KEPT_MS = 15_000;

type Rendered = { readonly text: string; readonly status: number; readonly etag: string; readonly at: number };
const kept = new WeakMap<Parts, Map<Language, Rendered>>();

export const route: Route = {
	method: 'GET',
	path: '/status',
	action: 'page.read',
	isCached: true,
	summary: 'The public status page: what the plan’s `status` names and the sentences said to the public, as HTML without script.',
	query: { lang: 'it or en; left out: by Accept-Language' },
	answers: { '200': 'the page', '304': 'it is as it was', '404': 'the plan publishes nothing' },
	async handle(request, parts): Promise<Reply> {
		const { text, status, etag } = renderedFor(languageOf(request), parts);
		return {
			status,
			text,
			type: 'text/html; charset=utf-8',
			headers: {
				'Cache-Control': `public, max-age=${KEPT_MS / 1000}`,
				ETag: etag,
				Vary: 'Accept-Language',
				'Content-Security-Policy': statusPolicy,
			},
		};
	},
};

/** The real clock: a rehearsal's own may run hundreds of times as fast. */
function renderedFor(language: Language, parts: Parts): Rendered {
	const mine = kept.get(parts) ?? new Map<Language, Rendered>();
	kept.set(parts, mine);
	const known = mine.get(language);
	const at = performance.now();
	if (known !== undefined && at - known.at < KEPT_MS) return known;
	const { text, status } = render(language, parts);
	const rendered = { text, status, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`, at };
	mine.set(language, rendered);
	return rendered;
}

function render(language: Language, parts: Parts): Pick<Rendered, 'text' | 'status'> {
	const published = parts.published();
	if (published === null) return { text: renderNothing(language), status: 404 };
	const { board } = parts.board();
	const judged = judge(board, parts.clock().now);
	return { text: renderStatus(statusSheetOf(published, { board, judged, journal: parts.journal() }), language), status: 200 };
}

/** By `?lang=`, else the first of our languages that the browser would rather read; Italian where it says neither. */
export function languageOf(request: Pick<Request, 'query' | 'header'>): Language {
	const asked = request.query.get('lang');
	if (asked === 'it' || asked === 'en') return asked;
	const wanted = (request.header('accept-language') ?? '')
		.slice(0, 200)
		.split(',')
		.map((part, index) => {
			const [tag = '', ...rest] = part.trim().toLowerCase().split(';');
			const q = Number(/q=([\d.]+)/.exec(rest.join(';'))?.[1] ?? 1);
			return { language: tag.split('-')[0], q, index };
		})
		.filter(({ language, q }) => (language === 'it' || language === 'en') && q > 0)
		.sort((a, b) => b.q - a.q || a.index - b.index);
	return wanted[0]?.language === 'en' ? 'en' : 'it';
}
