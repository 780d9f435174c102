// GET /p/:id and its files, and GET /p/live/:name: what anybody may read of press sheets, from cache, however many ask.
import { createHash } from 'node:crypto';
import type { Language } from '../../shared/format.ts';
import type { PressFacts } from '../../shared/press.ts';
import type { SheetFormat } from '../../shared/sheet.ts';
import { wasPublic } from '../domain/sheet-life.ts';
import type { DrawnFiles, LiveFigures } from './press-door.ts';
import { type FileDigest, livePolicy, type PublicState, pressPolicy, renderLivePage, renderNoSheet, renderSheetPage } from './press-page.ts';
import type { Parts, Reply, Request, Route } from './route.ts';
import { languageOf } from './status.route.ts';

/** A sheet may be withdrawn at any moment: neither a browser nor what is between says for long that it holds. */
const KEPT_S = 5;
const LIVE_KEPT_S = 30;
const PAGES_KEPT = 500;
/** From a sheet to what took the place of what took its place. */
const MOST_STEPS = 50;

const address = /^([0-9a-z]{4}-[0-9a-z]{4})(?:\.(png|pdf|html|json))?$/i;
const fileTypes = { png: 'image/png', pdf: 'application/pdf', html: 'text/html; charset=utf-8' } as const;
const formatsOf = { png: ['wide', 'square'], pdf: ['a4', 'wide'], html: ['wide'] } as const satisfies Record<
	keyof typeof fileTypes,
	readonly SheetFormat[]
>;

/** What was released, as long as it and its successor stay as they are. */
type Page = { readonly facts: PressFacts; readonly state: PublicState; readonly text: Buffer; readonly etag: string; readonly status: number };
const pages = new WeakMap<Parts, Map<string, Page>>();
const livePages = new WeakMap<LiveFigures, Map<Language, { readonly text: Buffer; readonly etag: string }>>();

const etagOf = (bytes: Uint8Array | string): string => `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
const etagsOfFiles = new WeakMap<Uint8Array, string>();
/** Files are read into memory once and asked for by many. */
function etagOfFile(bytes: Uint8Array): string {
	const known = etagsOfFiles.get(bytes) ?? etagOf(bytes);
	etagsOfFiles.set(bytes, known);
	return known;
}

function page(
	text: string | Buffer,
	status: number,
	rest: { readonly etag?: string; readonly policy?: string; readonly maxAgeS?: number } = {},
): Reply {
	const { etag = etagOf(text), policy = pressPolicy, maxAgeS = KEPT_S } = rest;
	const headers = {
		'Cache-Control': `public, max-age=${maxAgeS}`,
		ETag: etag,
		Vary: 'Accept-Language',
		'Content-Security-Policy': policy,
	};
	return { status, text, type: 'text/html; charset=utf-8', headers };
}

const nothing = (language: Language, which: 'sheet' | 'live' = 'sheet'): Reply => page(renderNoSheet(language, which), 404);
const later = (language: Language): Reply => ({
	status: 503,
	text: renderNoSheet(language, 'later'),
	type: 'text/html; charset=utf-8',
	headers: { 'Retry-After': '60', 'Content-Security-Policy': pressPolicy },
});

/** A successor under embargo has not taken its place yet, and one that was never out never does; what took theirs may be out already. */
async function stateOf(facts: PressFacts, parts: Parts, now: number): Promise<PublicState> {
	if (facts.state === 'withdrawn') return { is: 'withdrawn' };
	let by = facts.supersededBy;
	for (let steps = 0; by !== null && steps < MOST_STEPS; steps += 1) {
		const found = parts.press.sheet(by);
		const next: PressFacts | null = found instanceof Promise ? await found : found;
		if (next === null) break;
		if (wasPublic(next, now)) return { is: 'superseded', by };
		by = next.supersededBy;
	}
	return { is: 'holds' };
}

const isSame = (a: PublicState, b: PublicState): boolean => a.is === b.is && (a.is !== 'superseded' || b.is !== 'superseded' || a.by === b.by);

/** As it was released, whatever became of it: the files that people hold are those. */
const asReleased = (facts: PressFacts): PressFacts => ({ ...facts, state: 'released', supersededBy: null, withdrawn: null });

/** Under watermark once it is superseded; not before its successor is out. */
const asShown = (facts: PressFacts, state: PublicState): PressFacts => (state.is === 'holds' ? asReleased(facts) : facts);

async function digestsOf(facts: PressFacts, language: Language, parts: Parts): Promise<readonly FileDigest[] | 'busy'> {
	const { id } = facts.frozen;
	const listed: FileDigest[] = [];
	for (const [kind, formats] of Object.entries(formatsOf) as [keyof typeof formatsOf, readonly SheetFormat[]][]) {
		for (const format of formats) {
			const drawn = await parts.press.draw(asReleased(facts), language, format);
			if (!drawn.ok && drawn.code === 'busy') return 'busy';
			if (!drawn.ok) return [];
			const bytes = drawn.files[kind];
			const query = new URLSearchParams({ lang: language, ...(formats.length > 1 ? { format } : {}) });
			listed.push({
				name: `${id}-${language}-${format}.${kind}`,
				href: `/p/${id}.${kind}?${query}`,
				sha256: createHash('sha256').update(bytes).digest('hex'),
				bytes: bytes.length,
			});
		}
	}
	return listed;
}

async function pageOf(facts: PressFacts, state: PublicState, language: Language, parts: Parts): Promise<Reply> {
	const mine = pages.get(parts) ?? new Map<string, Page>();
	pages.set(parts, mine);
	const key = `${facts.frozen.id} ${language}`;
	const known = mine.get(key);
	// Facts are replaced and never changed: the same ones say the same.
	if (known && known.facts === facts && isSame(known.state, state)) return page(known.text, known.status, known);
	const sheet = await parts.press.laidOut(facts, language);
	if (sheet === null) return nothing(language);
	const files = await digestsOf(facts, language, parts);
	const other = await parts.press.laidOut(facts, language === 'it' ? 'en' : 'it');
	const html = renderSheetPage({ facts, sheet, state, files: files === 'busy' ? [] : files, isInBoth: other !== null }, language);
	const status = state.is === 'withdrawn' ? 410 : 200;
	const text = Buffer.from(html);
	if (files === 'busy') return page(text, status, { maxAgeS: 1 });
	if (mine.size >= PAGES_KEPT) mine.delete(mine.keys().next().value ?? '');
	const made = { facts, state, text, etag: etagOf(text), status };
	mine.set(key, made);
	return page(text, status, made);
}

async function fileOf(
	kind: keyof typeof fileTypes,
	facts: PressFacts,
	state: PublicState,
	{ language, request, parts }: { readonly language: Language; readonly request: Request; readonly parts: Parts },
): Promise<Reply> {
	if (state.is === 'withdrawn') return pageOf(facts, state, language, parts);
	const asked = request.query.get('format');
	const formats: readonly SheetFormat[] = formatsOf[kind];
	const format = asked === null ? formats[0] : formats.find((one) => one === asked);
	if (format === undefined) return nothing(language);
	const drawn = await parts.press.draw(asShown(facts, state), language, format);
	if (!drawn.ok) return drawn.code === 'busy' ? later(language) : nothing(language);
	const bytes = drawn.files[kind as keyof DrawnFiles];
	return {
		status: 200,
		text: bytes,
		type: fileTypes[kind],
		headers: {
			'Cache-Control': `public, max-age=${KEPT_S}`,
			ETag: etagOfFile(bytes),
			Vary: 'Accept-Language',
			'Content-Security-Policy': kind === 'html' ? selfContained : "default-src 'none'",
			'Content-Disposition': `inline; filename="${facts.frozen.id}-${language}-${format}.${kind}"`,
		},
	};
}

/** The sheet as a page carries its own style, typeface and picture in it. */
const selfContained =
	"default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

function dataOf(facts: PressFacts, state: PublicState): Reply {
	const { frozen, digest, number, year, releasedAt, embargoUntil, withdrawn } = facts;
	const json = {
		id: frozen.id,
		state: state.is === 'holds' ? 'released' : state.is,
		supersededBy: state.is === 'superseded' ? state.by : null,
		withdrawn: withdrawn === null ? null : { at: new Date(withdrawn.at).toISOString(), reason: withdrawn.reason },
		number,
		year,
		releasedAt: releasedAt === null ? null : new Date(Math.max(releasedAt, embargoUntil ?? 0)).toISOString(),
		digest,
		frozen,
	};
	const text = JSON.stringify(json);
	return {
		status: state.is === 'withdrawn' ? 410 : 200,
		text,
		type: 'application/json; charset=utf-8',
		headers: { 'Cache-Control': `public, max-age=${KEPT_S}`, ETag: etagOf(text), 'Content-Security-Policy': "default-src 'none'" },
	};
}

function liveOf(request: Request, parts: Parts): Reply {
	const language = languageOf(request);
	const figures = parts.press.live(request.params.name ?? '');
	if (figures === null) return nothing(language, 'live');
	const mine = livePages.get(figures) ?? new Map();
	livePages.set(figures, mine);
	const known = mine.get(language);
	if (known) return page(known.text, 200, { etag: known.etag, policy: livePolicy, maxAgeS: LIVE_KEPT_S });
	const text = Buffer.from(renderLivePage(figures, language));
	const made = { text, etag: etagOf(text) };
	mine.set(language, made);
	return page(text, 200, { etag: made.etag, policy: livePolicy, maxAgeS: LIVE_KEPT_S });
}

export const routes: readonly Route[] = [
	{
		method: 'GET',
		path: '/p/live/:name',
		action: 'page.read',
		isCached: true,
		summary: 'A public page of live figures that the plan’s `press.live` defines, reckoned at most once a minute, as HTML without script.',
		query: { lang: 'it or en; left out: by Accept-Language' },
		answers: { '200': 'the page', '304': 'it is as it was', '404': 'the plan has no such page' },
		handle: async (request, parts) => liveOf(request, parts),
	},
	{
		method: 'GET',
		path: '/p/:id',
		action: 'page.read',
		isCached: true,
		summary:
			'A released press sheet, and whether it still holds: as a page, or with .png, .pdf, .html or .json behind its id as that. Nothing before its release or under its embargo.',
		query: { lang: 'it or en; left out: by Accept-Language', format: '.png: wide or square; .pdf: a4 or wide' },
		answers: {
			'200': 'the sheet',
			'304': 'it is as it was',
			'404': 'no such sheet is out',
			'410': 'it was withdrawn, and why',
			'503': 'its files are being drawn',
		},
		async handle(request, parts) {
			const asked = languageOf(request);
			const parsed = address.exec(request.params.id ?? '');
			if (parsed === null) return nothing(asked);
			const [, id = '', kind] = parsed;
			const now = parts.clock().now;
			const found = parts.press.sheet(id.toLowerCase());
			const facts = found instanceof Promise ? await found : found;
			if (facts === null || !wasPublic(facts, now)) return nothing(asked);
			const state = await stateOf(facts, parts, now);
			if (kind?.toLowerCase() === 'json') return dataOf(facts, state);
			const language: Language = facts.frozen.content.title[asked].trim() === '' ? 'it' : asked;
			if (kind === undefined) return pageOf(facts, state, language, parts);
			return fileOf(kind.toLowerCase() as keyof typeof fileTypes, facts, state, { language, request, parts });
		},
	},
];
