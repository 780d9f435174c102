// The SVG of a sheet as a picture. Knows no sheet.
import { Resvg } from '@resvg/resvg-js';
import { FAMILY, faceFiles } from './typeface.ts';

const font = { fontFiles: Object.values(faceFiles), loadSystemFonts: false, defaultFontFamily: FAMILY };

export const drawPng = (svg: string): Uint8Array => new Uint8Array(new Resvg(svg, { font, background: '#ffffff' }).render().asPng());
