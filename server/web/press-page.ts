// The public's page of a press sheet as HTML, and that of live figures: real text, no script, no cookie, nothing from elsewhere. Pure.
import { createHash } from 'node:crypto';
import { formatClock, formatDay, formatMoment, formatNumber, formatZone, type Language } from '../../shared/format.ts';
import type { PressFacts } from '../../shared/press.ts';
import type { Sheet } from '../../shared/sheet.ts';
import { pressPublicEn } from '../../shared/words/en-press-public.ts';
import { pressPublicIt } from '../../shared/words/it-press-public.ts';
import { fill } from '../../shared/words/words.ts';
import type { LiveFigure, LiveFigures } from './press-door.ts';

const style = `:root{color-scheme:light;--ink:#17324d;--mid:#3c4a58;--line:#d5dbe1;--bad:#b3261e;--good:#1d6a4f}
*{box-sizing:border-box}body{margin:0 auto;max-width:52rem;padding:1rem;background:#fff;color:var(--ink);font:1.0625rem/1.45 "Titillium Web",system-ui,"Segoe UI",Roboto,Arial,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.8rem;line-height:1.2;margin:.5rem 0}h2{font-size:1.1rem;margin:1.75rem 0 .25rem}p{margin:.4rem 0}dl,ul{margin:0;padding:0;list-style:none}
header{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.5rem}.state{padding:.6rem .8rem;border-left:5px solid var(--good);background:#f2f7f5;font-weight:600}
.state.past{border-color:var(--bad);background:#fbf1f0;color:var(--bad)}.stamp{display:block;font-size:1.6rem;letter-spacing:.15em}
.badge{display:inline-block;padding:.1rem .6rem;border:2px solid var(--bad);color:var(--bad);font-weight:700;letter-spacing:.05em}
.heroes{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:1rem;margin:1rem 0}.heroes div{display:flex;flex-direction:column}
.heroes dd{order:-1;margin:0;font-size:2.4rem;line-height:1.1;font-weight:700}.heroes dd.note{order:1;font-size:.9rem;font-weight:400;color:var(--mid);line-height:1.35}
.rows div{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem;padding:.4rem 0;border-top:1px solid var(--line)}.rows dd{margin:0;font-weight:600}
.files li{margin:.5rem 0}.mid,footer{color:var(--mid)}img{display:block;width:100%;height:auto;border:1px solid var(--line)}code{font-size:.85rem}progress{width:100%;height:1.4rem;accent-color:#0066cc}
a{color:#0050a0}footer{margin-top:2rem;padding-top:.6rem;border-top:1px solid var(--line);font-size:.9375rem}`;

/** Nothing but this one style, and pictures of our own, may be used by the page. */
export const pressPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`;
/** Live pages are made to be shown on other sites. */
export const livePolicy = pressPolicy.replace("frame-ancestors 'self'", 'frame-ancestors *');

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
// Characters that turn the order of what follows could make a sentence read as another.
const unseen = /(?![\n\t])[\p{Cc}\p{Cf}]/gu;
const escaped = (text: string): string => text.replace(unseen, '').replace(/[&<>"']/g, (one) => entities[one] ?? '');

type Words = typeof pressPublicEn;
const wordsOf = (language: Language): Words => (language === 'en' ? pressPublicEn : pressPublicIt);

/** How it stands for the public: a sheet that is to follow under an embargo has not taken its place yet. */
export type PublicState = { readonly is: 'holds' } | { readonly is: 'superseded'; readonly by: string } | { readonly is: 'withdrawn' };
export type FileDigest = { readonly name: string; readonly href: string; readonly sha256: string; readonly bytes: number };

export type SheetPage = {
	readonly facts: PressFacts;
	readonly sheet: Sheet;
	readonly state: PublicState;
	/** Empty where they cannot be drawn now. */
	readonly files: readonly FileDigest[];
	/** Whether it is written in the other language too. */
	readonly isInBoth: boolean;
};

const timeOf = (at: number, zone: string): string =>
	`<time datetime="${new Date(at).toISOString()}">${formatDay(at, zone)} ${formatMoment(at, zone)}</time>`;

/** Seen below a figure's caption, and read after it. */
const noted = (note: string | null): string => (note === null ? '' : `<dd class="note">${escaped(note)}</dd>`);

export function renderSheetPage({ facts, sheet, state, files, isInBoth }: SheetPage, language: Language): string {
	const words = wordsOf(language);
	const { frozen, number, year, releasedAt, digest } = facts;
	const { id, zone, seq, hash } = frozen;
	const lang = (path: string): string => (sheet.inOther?.includes(path) ? ` lang="${words.other.tag}"` : '');
	const figures = (rows: Sheet['heroes']): string =>
		rows.length === 0
			? ''
			: `<dl class="heroes">${rows.map(({ caption, value, note }, i) => `<div><dt${lang(`heroes.${i}.caption`)}>${escaped(caption)}</dt><dd>${escaped(value)}</dd>${noted(note)}</div>`).join('')}</dl>`;
	const body = [
		headOf(words, sheet.rehearsal, isInBoth),
		`<p class="mid">${escaped(sheet.footer.issuer)} · ${fill(words.sheet, { id: escaped(sheet.id) })}${number === null || year === null ? '' : ` · ${fill(words.number, { number, year })}`}</p>`,
		`<h1>${escaped(sheet.title)}</h1>`,
		sheet.rehearsal ? `<p>${words.rehearsalLine}</p>` : '',
		`<p>${escaped(sheet.subtitle)}</p>`,
		stateOf(facts, state, words, language),
		releasedAt === null ? '' : `<p class="mid">${fill(words.released, { at: timeOf(Math.max(releasedAt, facts.embargoUntil ?? 0), zone) })}</p>`,
		figures(sheet.heroes),
		...sheet.lists.map(({ title, rows }, i) => `<h2${lang(`lists.${i}.title`)}>${escaped(title)}</h2>${rowsOf(rows)}`),
		...sheet.sentences.map((one, i) => `<p${lang(`sentences.${i}`)}>${escaped(one)}</p>`),
		state.is === 'withdrawn' || files.length === 0
			? ''
			: `<h2>${words.picture}</h2><img src="/p/${id}.png?lang=${language}" width="1920" height="1080" loading="lazy" alt="${escaped(sheet.title)}">`,
		sheet.notes.length === 0 ? '' : `<h2>${words.methods}</h2>${sheet.notes.map((one) => `<p class="mid">${escaped(one)}</p>`).join('')}`,
		`<h2>${words.files}</h2>${files.length === 0 ? `<p>${words.noFiles}</p>` : `<p>${state.is === 'holds' ? words.filesLine : words.filesFirstLine}</p>${filesOf(files, language, state.is === 'holds')}`}`,
		`<h2>${words.verify}</h2><p>${words.verifyData} <code>${digest}</code>. ${words.verifyHow}</p><p>${fill(words.verifyRecord, { seq, hash: `<code>${escaped(hash)}</code>` })} <a href="/p/${id}.json">${words.data}</a></p>`,
		`<footer>${fill(words.by, { issuer: escaped(sheet.footer.issuer) })}</footer>`,
	];
	return pageOf(sheet.title, language, body.join('\n'), '', state.is);
}

function headOf(words: Words, isRehearsal: boolean, isInBoth: boolean): string {
	const { tag, label } = words.other;
	const other = isInBoth ? `<a href="?lang=${tag}" lang="${tag}" hreflang="${tag}">${label}</a>` : '';
	return `<header>${isRehearsal ? `<strong class="badge">${words.rehearsal}</strong>` : '<span></span>'}${other}</header>`;
}

function stateOf({ frozen: { zone }, withdrawn }: PressFacts, state: PublicState, words: Words, language: Language): string {
	if (state.is === 'holds') return `<p class="state" role="status">${words.holds}</p>`;
	if (state.is === 'superseded') {
		const link = `<a href="/p/${state.by}?lang=${language}">${escaped(state.by.toUpperCase())}</a>`;
		return `<p class="state past" role="status"><span class="stamp">${words.superseded}</span>${fill(words.supersededBy, { id: link })}</p>`;
	}
	const said = withdrawn === null ? '' : fill(words.withdrawnAt, { at: timeOf(withdrawn.at, zone), reason: escaped(withdrawn.reason) });
	return `<p class="state past" role="status"><span class="stamp">${words.withdrawn}</span>${said}</p>`;
}

const rowsOf = (rows: readonly { readonly label: string; readonly value: string }[]): string =>
	`<dl class="rows">${rows.map(({ label, value }) => `<div><dt>${escaped(label)}</dt><dd>${escaped(value)}</dd></div>`).join('')}</dl>`;

/** Once it no longer holds, other files are served than those that the digests are of. */
const filesOf = (files: readonly FileDigest[], language: Language, areServed: boolean): string =>
	`<ul class="files">${files.map(({ name, href, sha256, bytes }) => `<li>${areServed ? `<a href="${escaped(href)}">${escaped(name)}</a>` : escaped(name)} <span class="mid">${formatNumber(Math.ceil(bytes / 1000), language)} kB</span><br><code>${sha256}</code></li>`).join('')}</ul>`;

/** `isRefreshed`: it asks for itself anew every minute. */
export function renderLivePage({ title, at, zone, rehearsal, figures, progress, issuer }: LiveFigures, language: Language): string {
	const words = wordsOf(language);
	const body = [
		headOf(words, rehearsal, true),
		`<h1>${escaped(title[language])}</h1>`,
		rehearsal ? `<p>${words.rehearsalLine}</p>` : '',
		`<p>${words.asOf} <time datetime="${new Date(at).toISOString()}">${formatClock(at, zone)} ${formatZone(at, zone)}, ${formatDay(at, zone)}</time></p>`,
		progress === null ? '' : progressOf(progress, language),
		`<dl class="heroes">${figures.map((one) => liveOf(one, language)).join('')}</dl>`,
		`<footer><p>${words.refreshed}</p><p>${fill(words.by, { issuer: escaped(issuer) })}</p></footer>`,
	];
	return pageOf(title[language], language, body.join('\n'), '<meta http-equiv="refresh" content="60">', 'live');
}

/** What cannot be seen is said to be so, and never looks as if it were fresh (rule 1). */
const noteOf = ({ note, standing, isSuppressed }: LiveFigure, language: Language): string | null => {
	const parts = [standing === 'blind' && !isSuppressed ? wordsOf(language).unseen : null, note?.[language] ?? null].filter((one) => one !== null);
	return parts.length === 0 ? null : parts.join('; ');
};

const liveOf = (one: LiveFigure, language: Language): string =>
	`<div data-standing="${one.standing}"><dt>${escaped(one.label[language])}</dt><dd>${escaped(one.text[language])}</dd>${noted(noteOf(one, language))}</div>`;

function progressOf(one: LiveFigure, language: Language): string {
	const label = escaped(one.label[language]);
	const note = noteOf(one, language);
	const bar = one.share === null ? '' : `<progress max="1" value="${one.share}" aria-label="${label}"></progress>`;
	return `<div data-standing="${one.standing}"><p>${label}: <strong>${escaped(one.text[language])}</strong>${note === null ? '' : ` <small>${escaped(note)}</small>`}</p>${bar}</div>`;
}

/** One page for whatever is not there: of what was asked for nothing stands on it. */
export function renderNoSheet(language: Language, which: 'sheet' | 'live' | 'later'): string {
	const words = wordsOf(language);
	const title = which === 'live' ? words.noLive : which === 'later' ? words.laterTitle : words.nothingTitle;
	const line = which === 'later' ? words.later : words.nothing;
	return pageOf(title, language, `<h1>${title}</h1>\n${which === 'live' ? '' : `<p>${line}</p>`}`, '', which);
}

const pageOf = (title: string, language: Language, body: string, head: string, kind: string): string => `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">${head}
<title>${escaped(title)}</title><style>${style}</style></head>
<body class="${kind}"><main>
${body}
</main></body>
</html>
`;
