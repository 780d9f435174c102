// The public status page as HTML: no script, no cookie, nothing from elsewhere, below 30 kB whatever the plan and the room write. Pure.
import { createHash } from 'node:crypto';
import { formatAge, formatClock, formatDay, formatMoment, formatNumber, formatZone, type Language } from '../../shared/format.ts';
import { statusEn } from '../../shared/words/en-status.ts';
import { statusIt } from '../../shared/words/it-status.ts';
import { fill } from '../../shared/words/words.ts';
import type { PublicRow, PublicState, StatusSheet } from './status-sheet.ts';

const style = `:root{color-scheme:light dark;--bg:#fff;--ink:#17202a;--mid:#3c4a58;--line:#d5dbe1;--good:#1d7a68;--bad:#c62828;--watch:#8a5a00;--panel:#f5f7f9}
@media(prefers-color-scheme:dark){:root{--bg:#14181d;--ink:#eef1f4;--mid:#aeb7c1;--line:#323a44;--good:#5fb7a6;--bad:#ff6a5e;--watch:#f2b134;--panel:#1b2027}}
*{box-sizing:border-box}body{margin:0 auto;max-width:46rem;padding:1rem;background:var(--bg);color:var(--ink);font:1.0625rem/1.45 "Titillium Web",system-ui,"Segoe UI",Roboto,Arial,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.2;margin:.5rem 0}h2{font-size:1.1rem;margin:1.75rem 0 .25rem}p{margin:.4rem 0}ul{list-style:none;margin:0;padding:0}
li{padding:.6rem 0;border-top:1px solid var(--line)}.row{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem}
.row>span:last-child{color:var(--mid)}.row>.bad{color:var(--bad)!important;font-weight:600}.row>.watch{color:var(--watch)!important}.row>.good{color:var(--good)!important}
.mid,p>time,li>time,footer{color:var(--mid)}.note time{color:inherit}.text{margin:.2rem 0;white-space:pre-line}.past .text{text-decoration:line-through}.note{color:var(--watch);font-weight:600}
.badge{display:inline-block;padding:.1rem .6rem;border:2px solid var(--watch);color:var(--watch);font-weight:700;letter-spacing:.05em}
.stale{padding:.6rem .8rem;background:var(--panel);border-left:4px solid var(--watch)}a{color:inherit}header{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:.5rem}
footer{margin-top:2rem;padding-top:.6rem;border-top:1px solid var(--line);font-size:.9375rem}
@media print{:root{--bg:#fff;--ink:#000;--mid:#222;--line:#999;--good:#000;--bad:#000;--watch:#000;--panel:#fff}a{display:none}li{break-inside:avoid}}`;

/** Nothing but this one style may be used by the page. */
export const statusPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
// Characters that turn the order of what follows could make a sentence read as another.
const unseen = /(?![\n\t])[\p{Cc}\p{Cf}]/gu;
const escaped = (text: string): string => text.replace(unseen, '').replace(/[&<>"']/g, (one) => entities[one] ?? '');

const wordsOf = (language: Language): typeof statusEn => (language === 'en' ? statusEn : statusIt);

const shapes: Readonly<Record<PublicState, readonly [shape: string, style: string]>> = {
	working: ['✓', 'good'],
	disturbed: ['▲', 'watch'],
	planned: ['–', 'mid'],
	down: ['◆', 'bad'],
	unknown: ['?', 'mid'],
};

/** Bytes that each list may take; what does not fit is counted and left out. */
const ROWS_BYTES = 6500;
const SENTENCES_BYTES = 9000;
const STOPS_BYTES = 3000;

const FEW_SECONDS_MS = 15_000;

type Scribe = { readonly sheet: StatusSheet; readonly language: Language };

/** It never changes under its reader (WCAG 2.2.4): who wants it anew asks for it. */
export function renderStatus(sheet: StatusSheet, language: Language): string {
	const words = wordsOf(language);
	const scribe = { sheet, language };
	const { title, contact, rehearsal, silentMs, services, dependants, stops, sentences, asOf, zone } = sheet;
	const stale = silentMs === 'never' ? words.neverHeard : silentMs === null ? null : fill(words.stale, { age: formatAge(silentMs, language) });
	const body = [
		`<header>${rehearsal ? `<strong class="badge">${words.rehearsal}</strong>` : '<span></span>'}${otherLanguage(language)}</header>`,
		`<h1>${escaped(title)}</h1>`,
		rehearsal ? `<p class="note">${words.rehearsalLine}</p>` : '',
		`<p>${words.asOf} <time datetime="${new Date(asOf).toISOString()}">${formatClock(asOf, zone, true)} ${formatZone(asOf, zone)}, ${formatDay(asOf, zone)}</time></p>`,
		stale === null ? '' : `<p class="stale" role="status">${stale}</p>`,
		section(
			words.services,
			fitting(
				services.map((row) => rowOf(row, scribe, false)),
				ROWS_BYTES,
				language,
			),
		),
		section(
			words.dependants,
			fitting(
				dependants.map((row) => rowOf(row, scribe, true)),
				ROWS_BYTES,
				language,
			),
		),
		section(
			words.plannedTitle,
			fitting(
				stops.map(
					({ label, from, to }) =>
						`<li class="row"><span>${escaped(label)}</span><span>${fill(words.plannedRow, { from: timeOf(from, scribe), to: timeOf(to, scribe) })}</span></li>`,
				),
				STOPS_BYTES,
				language,
			),
		),
		`<h2>${words.said}</h2>${sentences.length === 0 ? `<p class="mid">${words.noneSaid}</p>` : saidOf(scribe)}`,
		`<footer>${contact === null ? '' : `<p>${words.contact} ${escaped(contact)}</p>`}<p><a href="?lang=${language}">${words.refresh}</a></p></footer>`,
	];
	return pageOf(title, language, body.join('\n'));
}

/** For a plan that publishes nothing. */
export function renderNothing(language: Language): string {
	const words = wordsOf(language);
	return pageOf(words.nothingTitle, language, `<h1>${words.nothingTitle}</h1>\n<p>${words.nothing}</p>`);
}

const pageOf = (title: string, language: Language, body: string): string => `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title><style>${style}</style></head>
<body><main>
${body}
</main></body>
</html>
`;

function otherLanguage(language: Language): string {
	const { tag, label } = wordsOf(language).other;
	return `<a href="?lang=${tag}" lang="${tag}" hreflang="${tag}">${label}</a>`;
}

const section = (title: string, items: string): string => (items === '' ? '' : `<h2>${title}</h2>${items}`);

function fitting(items: readonly string[], most: number, language: Language): string {
	if (items.length === 0) return '';
	let bytes = 0;
	const kept = items.filter((item) => {
		bytes += Buffer.byteLength(item);
		return bytes <= most;
	});
	const left = items.length - kept.length;
	return `<ul>${kept.join('\n')}</ul>${left === 0 ? '' : `<p class="mid">${fill(wordsOf(language).more, { count: left })}</p>`}`;
}

const timeOf = (at: number, { sheet: { zone } }: Scribe): string =>
	`<time datetime="${new Date(at).toISOString()}">${formatDay(at, zone)} ${formatMoment(at, zone)}</time>`;

function rowOf(row: PublicRow, scribe: Scribe, isDependant: boolean): string {
	const [shape, kind] = shapes[row.state];
	const count = row.count === null ? '' : ` <span class="mid">(${formatNumber(row.count, scribe.language)})</span>`;
	return `<li class="row" data-state="${row.state}"><span>${escaped(row.label)}${count}</span><span class="${kind}">${shape} ${stateOf(row, scribe, isDependant)}</span></li>`;
}

function stateOf({ state, since, until, ageMs }: PublicRow, scribe: Scribe, isDependant: boolean): string {
	const { language } = scribe;
	const words = wordsOf(language);
	// The page is kept for a while: tenths of a second would say more than it knows.
	const age = ageMs !== null && ageMs < FEW_SECONDS_MS ? words.few : formatAge(ageMs, language);
	const from = since === null ? '' : timeOf(since, scribe);
	if (state === 'working') return fill(isDependant ? words.canWork : words.working, { age });
	if (state === 'disturbed') return fill(words.disturbed, { age });
	if (state === 'unknown') return ageMs === null ? words.unknown : fill(words.unknownSince, { age });
	if (state === 'planned' && until !== null && since !== null) return fill(words.planned, { since: from, until: timeOf(until, scribe) });
	if (state === 'planned') return words.plannedNow;
	if (since === null) return isDependant ? words.blockedUnsince : words.downUnsince;
	return fill(isDependant ? words.blocked : words.down, { since: from });
}

function saidOf(scribe: Scribe): string {
	const words = wordsOf(scribe.language);
	const items = scribe.sheet.sentences.map(({ at, text, noLongerSince, corrected }) => {
		const past = noLongerSince === null ? '' : `<p class="note">▲ ${fill(words.noLonger, { at: timeOf(noLongerSince, scribe) })}</p>`;
		const again =
			past !== '' || corrected === undefined
				? ''
				: `<p class="note">${fill(words.again, { from: timeOf(corrected.from, scribe), until: timeOf(corrected.until, scribe) })}</p>`;
		// Said in Italian, whatever the page's language: for whoever reads it aloud.
		return `<li${past === '' ? '' : ' class="past"'}>${timeOf(at, scribe)}<p class="text" lang="it">${escaped(text)}</p>${past}${again}</li>`;
	});
	return fitting(items, SENTENCES_BYTES, scribe.language);
}
