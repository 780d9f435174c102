// A sheet as one page that needs nothing else: headings, lists and tables in the order of reading, no script, no outside address but the one to verify.
import { createHash } from 'node:crypto';
import type { Sheet, SheetList } from '../../shared/sheet.ts';
import { fill } from '../../shared/words/words.ts';
import { plotOf } from './chart-paths.ts';
import { chartSaid } from './chart-said.ts';
import type { LogoPicture } from './logo.ts';
import { tone } from './page.ts';
import { pageStyle } from './page-style.ts';
import { QUIET, qrPath } from './qr.ts';
import { type SheetWords, sheetWords } from './sheet-fault.ts';
import { escaped, px } from './svg-marks.ts';
import { widthOf } from './typeface.ts';

const [CHART_WIDTH, CHART_HEIGHT, LETTER] = [600, 320, 17];

/** What a sheet's page may do: show itself. Also for the header it is sent with. */
export const pagePolicy = (style: string): string =>
	`default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'`;

/** What stands on it in the other language says so, for whoever reads it aloud. */
const langOf = ({ language, inOther }: Sheet, path: string): string => (inOther?.includes(path) ? ` lang="${language === 'it' ? 'en' : 'it'}"` : '');

const paragraph = (name: string, text: string): string => (text === '' ? '' : `<p class="${name}">${escaped(text)}</p>`);

function chartPart({ chart, look }: Sheet, words: SheetWords): string {
	if (chart === null) return '';
	const gutter = Math.ceil(Math.max(0, ...chart.levels.map(({ label }) => widthOf(label, 400, LETTER)))) + 12;
	const [width, height] = [CHART_WIDTH - gutter - 8, CHART_HEIGHT - 52];
	const plot = plotOf(chart, width, height);
	const text = (label: string, x: number, y: number): string => `<text x="${px(x)}" y="${px(y)}">${escaped(label)}</text>`;
	const levels = chart.levels.map(
		({ value, label }) =>
			`<path d="M0 ${px(plot.y(value))}H${width}" stroke="${tone.line}"/>${text(label, -12 - widthOf(label, 400, LETTER), plot.y(value) + LETTER / 3)}`,
	);
	const ticks = chart.ticks.map(({ at, label }) => {
		const wide = widthOf(label, 400, LETTER);
		return text(label, Math.min(width - wide, Math.max(-gutter, plot.x(at) - wide / 2)), height + 28);
	});
	const curve = `<path d="M0 ${px(plot.y(0))}H${width}" stroke="${tone.mid}"/><path d="${plot.area}" fill="${look.accent}" fill-opacity="0.13"/><path d="${plot.line}" fill="none" stroke="${look.accent}" stroke-width="4" stroke-linecap="round"/>`;
	return `<section><h2>${escaped(chart.title)}</h2><figure><svg viewBox="${-gutter} -12 ${CHART_WIDTH} ${CHART_HEIGHT}" role="img" aria-label="${escaped(chartSaid(chart, words))}" font-size="${LETTER}" fill="${tone.mid}">${levels.join('')}${curve}${ticks.join('')}</svg></figure></section>`;
}

function listPart({ title, rows }: SheetList, words: SheetWords, lang: string): string {
	const hasBars = rows.some(({ share }) => share !== null);
	const head = `<thead class="hid"><tr><th scope="col">${words.what}</th>${hasBars ? `<th scope="col">${words.share}</th>` : ''}<th scope="col">${words.value}</th></tr></thead>`;
	const bar = (share: number | null): string =>
		share === null
			? '<td class="bar"></td>'
			: `<td class="bar"><svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="6"/><rect class="accent" width="${px(share * 100)}" height="6"/></svg></td>`;
	const lines = rows.map(
		({ label, value, share }) =>
			`<tr><th scope="row">${escaped(label)}</th>${hasBars ? bar(share) : ''}<td class="value">${escaped(value)}</td></tr>`,
	);
	return `<table><caption${lang}>${escaped(title)}</caption>${head}<tbody>${lines.join('')}</tbody></table>`;
}

function acrossPart({ watermark, rehearsal }: Sheet, words: SheetWords): string {
	const text = watermark ?? (rehearsal ? words.rehearsal : null);
	if (text === null) return '';
	const size = Math.min(210, 900 / widthOf(text, 700, 1));
	return `<svg class="across" viewBox="0 0 1000 700" aria-hidden="true"><text transform="translate(500 350) rotate(-28)" text-anchor="middle" y="${px(size / 3)}" font-size="${px(size)}" font-weight="700" fill="${watermark === null ? '#f7ecd8' : '#f9e2e2'}">${escaped(text)}</text></svg>`;
}

function footPart({ id, footer, notes }: Sheet, words: SheetWords): string {
	const { size, path } = qrPath(footer.address);
	const side = size + 2 * QUIET;
	const code = `<svg class="code" viewBox="${-QUIET} ${-QUIET} ${side} ${side}" role="img" aria-label="${escaped(fill(words.code, { verify: footer.verify }))}" shape-rendering="crispEdges"><path d="${path}"/></svg>`;
	const list = notes.length === 0 ? '' : `<h2>${words.notes}</h2><ul>${notes.map((text) => `<li>${escaped(text)}</li>`).join('')}</ul>`;
	return `<footer><div><p class="issuer">${escaped(footer.issuer)} · ${escaped(footer.approved)}</p><p>${words.sheet} ${escaped(id)} · ${words.verify}: <a href="${escaped(footer.address)}" rel="noreferrer">${escaped(footer.verify)}</a></p><p>${words.digest}: ${escaped(footer.digest)}</p>${list}</div>${code}</footer>`;
}

export function drawHtml(sheet: Sheet, logo: LogoPicture | null): string {
	const words = sheetWords(sheet.language);
	const picture = logo === null ? '' : `<img class="logo" src="data:image/png;base64,${logo.base64}" alt="${escaped(logo.alt)}">`;
	const figures = sheet.heroes.map(
		({ value, caption, note }, i) =>
			`<li><p class="value">${escaped(value)}</p><p${langOf(sheet, `heroes.${i}.caption`)}>${escaped(caption)}</p>${note === null ? '' : paragraph('note', note)}</li>`,
	);
	const lists = sheet.lists.map((list, i) => listPart(list, words, langOf(sheet, `lists.${i}.title`))).join('');
	const body = [
		sheet.rehearsal ? `<aside class="band" aria-label="${escaped(words.rehearsal)}">${escaped(words.rehearsalLine)}</aside>` : '',
		`<div class="sheet">${acrossPart(sheet, words)}<header><div>${sheet.watermark === null ? '' : paragraph('status', sheet.watermark)}<h1>${escaped(sheet.title)}</h1>${paragraph('subtitle', sheet.subtitle)}</div>${picture}</header>`,
		'<main>',
		figures.length === 0 ? '' : `<ul class="figures">${figures.join('')}</ul>`,
		sheet.sentences.length === 0
			? ''
			: `<div class="words">${sheet.sentences.map((text, i) => `<p${langOf(sheet, `sentences.${i}`)}>${escaped(text)}</p>`).join('')}</div>`,
		`<div class="body">${chartPart(sheet, words)}${lists === '' ? '' : `<div>${lists}</div>`}</div>`,
		'</main>',
		footPart(sheet, words),
		'</div>',
	].join('\n');
	const style = pageStyle(sheet.look, body);
	return `<!doctype html>
<html lang="${sheet.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(pagePolicy(style))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="author" content="${escaped(sheet.footer.issuer)}">
<title>${sheet.rehearsal ? `${words.rehearsal} · ` : ''}${escaped(sheet.title)}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}
