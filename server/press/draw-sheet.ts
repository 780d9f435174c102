// One sheet, one format, all its files, from one layout. What it is given is checked first; the same sheet gives the same bytes.
import type { Sheet, SheetFiles, SheetFormat } from '../../shared/sheet.ts';
import { checkSheet, logoIssue } from './check-sheet.ts';
import { drawHtml } from './draw-html.ts';
import { drawPdf } from './draw-pdf.ts';
import { drawPng } from './draw-png.ts';
import { drawParts } from './draw-svg.ts';
import { drawText } from './draw-text.ts';
import { drawLogo, type LogoPicture } from './logo.ts';
import { pages } from './page.ts';
import { SheetFault } from './sheet-fault.ts';
import { drawnSheet } from './sheet-texts.ts';

function logoOf(sheet: Sheet): LogoPicture | null {
	const { logo } = sheet.look;
	if (logo === null) return null;
	const drawn = drawLogo(logo);
	if (!('refused' in drawn)) return drawn;
	throw new SheetFault([logoIssue(sheet, drawn)], sheet.language);
}

/** Throws `SheetFault` with everything that is to be mended. */
export async function drawSheet(given: Sheet, format: SheetFormat): Promise<SheetFiles> {
	const issues = checkSheet(given);
	if (issues.length > 0) throw new SheetFault(issues, given.language);
	const sheet = drawnSheet(given);
	const logo = logoOf(sheet);
	const parts = await drawParts(sheet, format, logo);
	const { svg } = parts;
	return { svg, png: drawPng(svg), pdf: await drawPdf(sheet, parts, pages[format]), html: drawHtml(sheet, logo), text: drawText(sheet) };
}
