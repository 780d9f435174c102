// The SVG of a sheet as a picture. Knows no sheet.
import { Resvg } from '@resvg/resvg-js';
import { encodePng } from './encode-png.ts';
import { FAMILY, faceFiles } from './typeface.ts';

const font = { fontFiles: Object.values(faceFiles), loadSystemFonts: false, defaultFontFamily: FAMILY };

export function drawPng(svg: string): Uint8Array {
	const { pixels, width, height } = new Resvg(svg, { font, background: '#ffffff' }).render();
	return encodePng({ pixels, width, height });
}
