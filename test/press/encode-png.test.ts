// Pixels as a PNG: read again they are what was drawn, in few bytes; and a sheet's public page with its picture is light.
import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it, test } from 'vitest';
import { lazioSheet } from '../../server/lazio-sheet.ts';
import { drawSheet } from '../../server/press/draw-sheet.ts';
import { encodePng } from '../../server/press/encode-png.ts';
import { renderSheetPage } from '../../server/web/press-page.ts';
import type { PressFacts } from '../../shared/press.ts';

/** RGBA of what any reader sees in it. */
function pixelsOf(png: Uint8Array, width: number, height: number): Uint8Array {
	const href = `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image href="${href}" width="${width}" height="${height}" image-rendering="pixelated"/></svg>`;
	return new Uint8Array(new Resvg(svg).render().pixels);
}

/** `many` colours in turn, `apart` from one another. */
function picture(many: number, apart: number): { readonly pixels: Uint8Array; readonly width: number; readonly height: number } {
	const [width, height] = [64, 48];
	const pixels = new Uint8Array(width * height * 4).fill(255);
	for (let n = 0; n < width * height; n += 1) {
		const colour = (n % many) * apart;
		pixels.set([colour & 255, (colour >> 8) & 255, (colour >> 16) & 255], n * 4);
	}
	return { pixels, width, height };
}

describe('a PNG', () => {
	it.each([
		['of one colour', 1, 1],
		['of 256 colours', 256, 1],
		['of more than a palette tells', 3000, 4099],
	])('is exact: %s', (_name, many, apart) => {
		const drawn = picture(many, apart);
		expect(Buffer.compare(pixelsOf(encodePng(drawn), drawn.width, drawn.height), drawn.pixels)).toBe(0);
	});

	it('of a few more colours than 256 is off by what nobody sees, and no more', () => {
		const drawn = picture(400, 1);
		const read = pixelsOf(encodePng(drawn), drawn.width, drawn.height);
		expect(Math.max(...read.map((byte, at) => Math.abs(byte - (drawn.pixels[at] ?? 0))))).toBeLessThanOrEqual(2);
	});
});

test('the page of Lazio’s sheet and the picture that it loads weigh less than 150 kB, also once another took its place', async () => {
	const { frozen, digest, sheets } = await lazioSheet();
	for (const rehearsal of [false, true]) {
		const sheet = { ...sheets.it, rehearsal, watermark: 'SOSTITUITO' };
		const { png } = await drawSheet(sheet, 'wide');
		const facts = { frozen, digest, number: 1, year: 2025, releasedAt: frozen.at, embargoUntil: null, withdrawn: null } as unknown as PressFacts;
		const files = ['wide.png', 'square.png', 'a4.pdf', 'wide.pdf', 'wide.html'].map((name) => ({
			name: `${frozen.id}-it-${name}`,
			href: `/p/${frozen.id}.${name}?lang=it&format=wide`,
			sha256: digest,
			bytes: png.length,
		}));
		const html = renderSheetPage({ facts, sheet, state: { is: 'superseded', by: '4h8m-11xz' }, files, isInBoth: true }, 'it');
		expect(png.length + Buffer.byteLength(html)).toBeLessThan(150_000);
	}
});
