// A logo as the sheets take it: looked at for what could run or reach outside, then drawn once as a plain picture. Knows no sheet.
import { Resvg } from '@resvg/resvg-js';
import { SaxesParser } from 'saxes';
import type { SheetLook } from '../../shared/sheet.ts';
import { contrast } from './contrast.ts';

type Given = NonNullable<SheetLook['logo']>;
export type LogoPicture = { readonly base64: string; readonly width: number; readonly height: number; readonly alt: string };
/** `what`: the element that is not allowed, or the colour that cannot be seen. */
export type LogoRefusal = { readonly refused: 'size' | 'png' | 'svg' | 'unsafe' | 'pale'; readonly what: string };

const BYTES_AT_MOST = 200_000;
const SIDE_AT_MOST = 4000;
/** Sharp on paper at the size that sheets give it. */
const DRAWN_HEIGHT = 300;
const DRAWN_WIDTH = 1200;

const PAPER = '#ffffff';
/** WCAG 2.2, 1.4.11: of what is to be seen and is no text. */
const CONTRAST_AT_LEAST = 3;
/** Closer to the paper than this it is the paper, or the soft edge of a shape. */
const IS_PAPER = 1.02;
/** Of what is drawn: a fine dark line around a pale coat of arms is enough to see it by. */
const SEEN_AT_LEAST = 0.05;

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
// Shapes and their paints. No text: its letters would need a typeface that is not there. No style sheet, no picture within.
const allowed = new Set(
	'svg g path rect circle ellipse line polyline polygon defs linearGradient radialGradient stop clipPath mask use symbol title desc metadata'.split(
		' ',
	),
);
const refuse = (refused: LogoRefusal['refused'], what = ''): LogoRefusal => ({ refused, what });

function unsafeIn(text: string): string | null {
	let found: string | null = null;
	const find = (what: string): void => {
		found ??= what;
	};
	const parser = new SaxesParser();
	let depth = 0;
	let uses = 0;
	parser.on('doctype', () => find('<!DOCTYPE>'));
	parser.on('processinginstruction', ({ target }) => find(`<?${target}?>`));
	parser.on('opentag', ({ name, attributes }) => {
		depth += 1;
		if (depth > 40) find('<g><g>…');
		const isForeign = /^(rdf|cc|dc|sodipodi|inkscape):/.test(name);
		if (!isForeign && !allowed.has(name)) find(`<${name}>`);
		if (name === 'use') uses += 1;
		if (uses > 20) find('<use>');
		for (const [attribute, value] of Object.entries(attributes)) {
			if (/^on/i.test(attribute)) find(attribute);
			if (/(^|:)(href|src)$/i.test(attribute) && !/^#[\w.-]+$/.test(value)) find(`${attribute}="${value.slice(0, 40)}"`);
			if (/url\(/i.test(value) && !/^[^()]*url\(\s*["']?#[\w.-]+["']?\s*\)[^()]*$/i.test(value)) find(`${attribute}="${value.slice(0, 40)}"`);
			if (/javascript:|data:|@import|expression\(/i.test(value)) find(`${attribute}="${value.slice(0, 40)}"`);
		}
	});
	parser.on('closetag', () => {
		depth -= 1;
	});
	parser.write(text).close();
	return found;
}

/** The commonest colour of a picture that cannot be told from the paper it lies on; null where enough of it can. `pixels`: RGBA over paper. */
function paleIn(pixels: Uint8Array): string | null {
	const many = new Map<number, number>();
	for (let at = 0; at < pixels.length; at += 4) {
		const colour = ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0);
		many.set(colour, (many.get(colour) ?? 0) + 1);
	}
	let [seen, pale] = [0, 0];
	let commonest = { colour: PAPER, count: 0 };
	for (const [value, count] of many) {
		const colour = `#${value.toString(16).padStart(6, '0')}`;
		const ratio = contrast(colour, PAPER);
		if (ratio >= CONTRAST_AT_LEAST) seen += count;
		else if (ratio >= IS_PAPER) {
			pale += count;
			if (count > commonest.count) commonest = { colour, count };
		}
	}
	return seen > 0 && seen >= SEEN_AT_LEAST * (seen + pale) ? null : commonest.colour;
}

function pictureOf(svg: string | Buffer, alt: string): LogoPicture | LogoRefusal | null {
	const font = { loadSystemFonts: false };
	const natural = new Resvg(svg, { font });
	const { width, height } = natural;
	if (!(width > 0 && height > 0)) return null;
	const scale = Math.min(DRAWN_HEIGHT / height, DRAWN_WIDTH / width);
	const fitTo = { mode: 'width', value: Math.max(1, Math.round(width * scale)) } as const;
	const drawn = new Resvg(svg, { font, fitTo }).render();
	// A picture that can't be read is drawn as nothing at all.
	if (!drawn.pixels.some((byte, at) => at % 4 === 3 && byte > 0)) return null;
	const pale = paleIn(new Resvg(svg, { font, fitTo, background: PAPER }).render().pixels);
	if (pale !== null) return refuse('pale', pale);
	return { base64: Buffer.from(drawn.asPng()).toString('base64'), width: drawn.width, height: drawn.height, alt };
}

/** The bytes are judged by what they are, not by what `kind` says they are. */
export function drawLogo({ kind, base64, alt }: Given): LogoPicture | LogoRefusal {
	if (typeof base64 !== 'string' || base64.length > BYTES_AT_MOST * 1.4) return refuse('size');
	if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return refuse(kind === 'png' ? 'png' : 'svg');
	const bytes = Buffer.from(base64, 'base64');
	if (bytes.length > BYTES_AT_MOST) return refuse('size');
	try {
		if (kind === 'png') {
			if (!bytes.subarray(0, 8).equals(pngSignature) || bytes.toString('latin1', 12, 16) !== 'IHDR') return refuse('png');
			const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
			if (width === 0 || height === 0) return refuse('png');
			if (width > SIDE_AT_MOST || height > SIDE_AT_MOST) return refuse('size');
			const wrapped = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image href="data:image/png;base64,${base64}" width="${width}" height="${height}"/></svg>`;
			return pictureOf(wrapped, alt) ?? refuse('png');
		}
		if (kind !== 'svg') return refuse('svg');
		const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		const unsafe = unsafeIn(text);
		if (unsafe !== null) return refuse('unsafe', unsafe);
		return pictureOf(text, alt) ?? refuse('svg');
	} catch {
		return refuse(kind === 'png' ? 'png' : 'svg');
	}
}
