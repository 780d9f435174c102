// Pixels as a PNG that is small enough for a page: a palette of at most 256 colours, every line as it is. A sheet is flat, and what looks
// for patterns between neighbouring pixels makes its file larger. Knows no sheet.
import { constants, crc32, deflateSync } from 'node:zlib';

/** RGBA, 8 bits each, line by line, and opaque. */
export type Pixels = { readonly pixels: Uint8Array; readonly width: number; readonly height: number };

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const PALETTE_AT_MOST = 256;
/** Of a channel of 255, so far may a pixel be from what was drawn: nobody sees it. What needs more is written as it is. */
const tolerances = [0, 2, 4, 6, 8, 12] as const;
const [OF_PALETTE, OF_RGB] = [3, 2] as const;

const channel = (colour: number, at: 0 | 1 | 2): number => (colour >>> (16 - 8 * at)) & 255;
const isNear = (one: number, other: number, most: number): boolean =>
	([0, 1, 2] as const).every((at) => Math.abs(channel(one, at) - channel(other, at)) <= most);

/** Every pixel as 0xRRGGBB. */
function coloursOf({ pixels, width, height }: Pixels): Uint32Array {
	const colours = new Uint32Array(width * height);
	for (let n = 0, at = 0; n < colours.length; n += 1, at += 4) {
		colours[n] = ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0);
	}
	return colours;
}

/** Each colour to its place in a palette, the most used first; null where they are too many to be told by 256. */
function paletteOf(colours: Uint32Array): { readonly palette: readonly number[]; readonly places: ReadonlyMap<number, number> } | null {
	const many = new Map<number, number>();
	// Run by run: most pixels are as the one before.
	for (let from = 0, to = 0; from < colours.length; from = to) {
		const colour = colours[from] ?? 0;
		for (to = from + 1; to < colours.length && colours[to] === colour; ) to += 1;
		many.set(colour, (many.get(colour) ?? 0) + to - from);
	}
	const used = [...many].toSorted(([a, inA], [b, inB]) => inB - inA || a - b).map(([colour]) => colour);
	for (const tolerance of tolerances) {
		const palette: number[] = [];
		const places = new Map<number, number>();
		for (const colour of used) {
			const near = tolerance === 0 ? -1 : palette.findIndex((one) => isNear(one, colour, tolerance));
			places.set(colour, near < 0 ? palette.length : near);
			if (near < 0) palette.push(colour);
			if (palette.length > PALETTE_AT_MOST) break;
		}
		if (palette.length <= PALETTE_AT_MOST) return { palette, places };
	}
	return null;
}

function chunk(type: string, data: Uint8Array): Buffer {
	const whole = Buffer.alloc(12 + data.length);
	whole.writeUInt32BE(data.length, 0);
	whole.write(type, 4, 'latin1');
	whole.set(data, 8);
	whole.writeUInt32BE(crc32(whole.subarray(4, 8 + data.length)), 8 + data.length);
	return whole;
}

function head(width: number, height: number, kind: number): Buffer {
	const data = Buffer.alloc(13);
	data.writeUInt32BE(width, 0);
	data.writeUInt32BE(height, 4);
	data.set([8, kind, 0, 0, 0], 8);
	return chunk('IHDR', data);
}

/** `write`: the bytes of the pixel `n`, at `at`. Each line begins with 0: none of it is told by its neighbours. */
function lines({ width, height }: Pixels, bytes: number, write: (line: Buffer, at: number, n: number) => void): Buffer {
	const raw = Buffer.alloc((width * bytes + 1) * height);
	for (let y = 0, n = 0, at = 0; y < height; y += 1) {
		at += 1;
		for (let x = 0; x < width; x += 1, n += 1, at += bytes) write(raw, at, n);
	}
	return chunk('IDAT', deflateSync(raw, { level: constants.Z_BEST_COMPRESSION, memLevel: 9 }));
}

/** The same pixels give the same bytes. What shines through is written as if it did not. */
export function encodePng(picture: Pixels): Uint8Array {
	const { width, height } = picture;
	const colours = coloursOf(picture);
	const found = paletteOf(colours);
	const end = chunk('IEND', new Uint8Array());
	if (found === null) {
		const data = lines(picture, 3, (line, at, n) => {
			line.writeUIntBE(colours[n] ?? 0, at, 3);
		});
		return new Uint8Array(Buffer.concat([signature, head(width, height, OF_RGB), data, end]));
	}
	const { palette, places } = found;
	const table = Buffer.alloc(palette.length * 3);
	palette.forEach((colour, n) => {
		table.writeUIntBE(colour, n * 3, 3);
	});
	let [last, place] = [-1, 0];
	const data = lines(picture, 1, (line, at, n) => {
		const colour = colours[n] ?? 0;
		if (colour !== last) [last, place] = [colour, places.get(colour) ?? 0];
		line[at] = place;
	});
	return new Uint8Array(Buffer.concat([signature, head(width, height, OF_PALETTE), chunk('PLTE', table), data, end]));
}
