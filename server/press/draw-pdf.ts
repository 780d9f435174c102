// A sheet as a PDF whose text can be selected, searched and read aloud: a title, headings, paragraphs in the order of reading, and a curve that
// is described. The only place that knows pdfkit; writes no moment of making.
import PDFDocument from 'pdfkit';
import SVGtoPDF from 'svg-to-pdfkit';
import type { Sheet } from '../../shared/sheet.ts';
import { chartSaid } from './chart-said.ts';
import type { DrawnParts } from './draw-svg.ts';
import type { Page } from './page.ts';
import { pdfParts } from './pdf-parts.ts';
import { sheetWords } from './sheet-fault.ts';
import { faceData, weights } from './typeface.ts';

export function drawPdf(sheet: Sheet, parts: DrawnParts, { points: [width, height] }: Page): Promise<Uint8Array> {
	const document = new PDFDocument({
		size: [width, height],
		margin: 0,
		pdfVersion: '1.7',
		lang: sheet.language,
		displayTitle: true,
		tagged: true,
		info: {
			Title: sheet.title,
			Author: sheet.footer.issuer,
			Subject: sheet.subtitle,
			Keywords: `${sheet.id}, ${sheet.footer.digest}`,
			Producer: 'Regia',
			Creator: 'Regia',
			// The file's name for itself is made from it; then it goes, and the same sheet is the same file at any time.
			CreationDate: new Date(0),
		},
	});
	delete document.info.CreationDate;
	// Its XMP escapes nothing and counts letters as bytes; all that it would say stands in the document's information.
	Object.assign(document, { endMetadata: () => undefined });
	const chunks: Buffer[] = [];
	document.on('data', (chunk: Buffer) => chunks.push(chunk));
	const file = new Promise<Uint8Array>((resolve, reject) => {
		document.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
		document.on('error', reject);
	});
	for (const weight of weights) document.registerFont(`face${weight}`, faceData(weight));
	const draw = (svg: string): void =>
		SVGtoPDF(document, `${parts.head}${svg}</svg>`.replace(/ font-weight="(\d+)"/g, ' font-family="face$1"'), 0, 0, {
			width,
			height,
			preserveAspectRatio: 'xMidYMid meet',
			fontCallback: (family) => (family.startsWith('face') ? family : 'face400'),
			warningCallback: (warning) => {
				throw new Error(warning);
			},
		});
	// What lies under the words is no part of what is read.
	document.markContent('Artifact', { type: 'Layout' });
	draw(parts.backdrop);
	document.endMarkedContent();
	const whole = document.struct('Document');
	document.addStructure(whole);
	const said = { chart: sheet.chart === null ? '' : chartSaid(sheet.chart, sheetWords(sheet.language)), logo: sheet.look.logo?.alt ?? '' };
	for (const { tag, alt, svg } of pdfParts(parts, said)) whole.add(document.struct(tag, alt === null ? {} : { alt }, [() => draw(svg)]));
	whole.end();
	document.end();
	return file;
}
