// What a plan may give a sheet to wear, and what numbers it may draw: the rest is refused with a reason.
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { checkSheet } from '../../server/press/check-sheet.ts';
import { contrast } from '../../server/press/contrast.ts';
import { drawSheet } from '../../server/press/draw-sheet.ts';
import { drawLogo } from '../../server/press/logo.ts';
import { tone } from '../../server/press/page.ts';
import type { Sheet, SheetChart } from '../../shared/sheet.ts';
import { sheetLiteral, withText } from './sheet-literal.ts';

const messages = (sheet: Sheet): readonly string[] => checkSheet(sheet).map(({ message }) => message);
const svg = (inner: string, more = ''): string =>
	Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 40" ${more}>${inner}</svg>`).toString('base64');
const shape = '<path d="M0 0h90v40z" fill="#036"/>';
const as = (kind: 'png' | 'svg', base64: string) => ({ kind, base64, alt: 'Regione' });

function chunk(name: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(name), data]);
	let crc = 0xffffffff;
	for (const byte of body) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
	}
	const ends = Buffer.alloc(8);
	ends.writeUInt32BE(data.length, 0);
	ends.writeUInt32BE((crc ^ 0xffffffff) >>> 0, 4);
	return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

/** A grey PNG of this size; `rows` fewer than it says makes a wounded one. */
function png(width: number, height: number, rows = height): Buffer {
	const head = Buffer.alloc(13);
	head.writeUInt32BE(width, 0);
	head.writeUInt32BE(height, 4);
	head[8] = 8;
	const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
	return Buffer.concat([
		signature,
		chunk('IHDR', head),
		chunk('IDAT', deflateSync(Buffer.alloc(rows * (width + 1)))),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

describe('colours', () => {
	it.each([
		['#000000', '#ffffff', 21],
		['#767676', '#ffffff', 4.54],
		['#777777', '#ffffff', 4.48],
		['#0066cc', '#ffffff', 5.57],
	])('%s on %s are %d apart (WCAG)', (one, other, ratio) => {
		expect(contrast(one, other)).toBeCloseTo(ratio, 1);
		expect(contrast(other, one)).toBeCloseTo(ratio, 1);
	});

	it.each([
		['#767676', []],
		['#777777', [expect.stringContaining('4,48 a 1, ne serve almeno 4,5')]],
		['#ffcc00', [expect.stringContaining('scegliere un colore più scuro')]],
		['red', [expect.stringContaining('#rrggbb')]],
		['url(#x)', [expect.stringContaining('#rrggbb')]],
	])('%s as the text’s colour', (colour, expected) => {
		expect(messages(withText(sheetLiteral(), 'look.ink', colour))).toEqual(expected);
	});

	it('of the page itself can be read, also over what is laid across', () => {
		for (const colour of [tone.text, tone.mid, tone.bad, tone.watch]) expect(contrast(colour, '#ffffff')).toBeGreaterThanOrEqual(4.5);
		for (const across of ['#f9e2e2', '#f7ecd8']) {
			for (const colour of [tone.text, tone.mid, '#003366']) expect(contrast(colour, across)).toBeGreaterThanOrEqual(4.5);
			expect(contrast('#0066cc', across)).toBeGreaterThanOrEqual(3);
		}
	});
});

const painted = (colour: string): string => `<path d="M1 1h5v5z" fill="${colour}"/>`;

describe('a logo', () => {
	it.each([
		['an SVG', as('svg', svg(shape)), true],
		[
			'an SVG that uses its own gradient',
			as('svg', svg(`<defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs><path fill="url(#a)" d="M0 0h9v9z"/>`)),
			true,
		],
		['a PNG', as('png', png(60, 30).toString('base64')), true],
		['a script', as('svg', svg(`<script>1</script>${shape}`)), 'unsafe'],
		['a foreign object', as('svg', svg(`<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>`)), 'unsafe'],
		['a handler', as('svg', svg(shape, 'onload="1"')), 'unsafe'],
		['a picture from elsewhere', as('svg', svg('<image href="https://elsewhere.example/x.png"/>')), 'unsafe'],
		['a use from elsewhere', as('svg', svg('<use href="https://elsewhere.example/x.svg#a"/>')), 'unsafe'],
		['a paint from elsewhere', as('svg', svg('<path d="M0 0h9v9z" style="fill:url(https://elsewhere.example/x#a)"/>')), 'unsafe'],
		['a style sheet', as('svg', svg(`<style>@import "https://elsewhere.example/x.css"</style>${shape}`)), 'unsafe'],
		['text that needs a typeface', as('svg', svg('<text>Regione</text>')), 'unsafe'],
		[
			'an entity',
			as(
				'svg',
				Buffer.from(`<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">${shape}</svg>`).toString('base64'),
			),
			'unsafe',
		],
		['an address that runs', as('svg', svg('<a href="javascript:1"><path d="M0 0h9v9z"/></a>')), 'unsafe'],
		['no XML', as('svg', Buffer.from('<svg').toString('base64')), 'svg'],
		['nothing to see', as('svg', svg('')), 'svg'],
		['white', as('svg', svg(painted('#ffffff'))), 'pale'],
		['pale yellow', as('svg', svg(painted('#fff3a0'))), 'pale'],
		['black that shines through', as('svg', svg('<path d="M0 0h9v9z" fill-opacity="0.2"/>')), 'pale'],
		['white on its own dark ground', as('svg', svg(`<rect width="9" height="9" fill="#003366"/>${painted('#ffffff')}`)), true],
		['dark on its own white ground', as('svg', svg(`<rect width="9" height="9" fill="#ffffff"/>${painted('#003366')}`)), true],
		['pale within a dark line', as('svg', svg('<path d="M1 1h7v7z" fill="#fff3a0" stroke="#003366"/>')), true],
		['a PNG that says SVG', as('svg', png(9, 9).toString('base64')), 'svg'],
		['an SVG that says PNG', as('png', svg(shape)), 'png'],
		['a wounded PNG', as('png', png(60, 30).subarray(0, 50).toString('base64')), 'png'],
		['a vast PNG', as('png', png(9000, 1).toString('base64')), 'size'],
		['too many bytes', as('svg', Buffer.alloc(210_000, ' ').toString('base64')), 'size'],
		['no base64', as('png', '"><script>'), 'png'],
	])('%s', (_name, logo, expected) => {
		const drawn = drawLogo(logo);
		expect('refused' in drawn ? drawn.refused : true).toBe(expected);
	});

	it('that cannot be seen on paper refuses the sheet, and says which colour and what to do', async () => {
		const sheet = sheetLiteral({ look: { ...sheetLiteral().look, logo: as('svg', svg(painted('#fff3a0'))) } });
		await expect(drawSheet(sheet, 'wide')).rejects.toThrow(/logo: il colore #fff3a0 non si distingue dalla carta bianca .*usare la versione scura/);
	});

	it('that is refused refuses the sheet, and says what is in it', async () => {
		const sheet = sheetLiteral({ look: { ...sheetLiteral().look, logo: as('svg', svg('<script>1</script>')) } });
		await expect(drawSheet(sheet, 'wide')).rejects.toThrow(/logo: contiene <script>, che non è ammesso: fornire un PNG o un SVG semplice/);
	});
});

describe('numbers and addresses', () => {
	const chart = (rest: Partial<SheetChart>): Sheet => sheetLiteral({ chart: { ...(sheetLiteral().chart as SheetChart), ...rest } });
	it.each<readonly [string, Sheet, string]>([
		[
			'a value that is none',
			chart({
				points: [
					[1, 2],
					[2, Number.NaN],
				],
			}),
			'grafico',
		],
		[
			'time that goes back',
			chart({
				points: [
					[2, 2],
					[1, 3],
				],
			}),
			'in ordine di tempo',
		],
		[
			'a chart of gaps',
			chart({
				points: [
					[1, null],
					[2, null],
				],
			}),
			'non ha valori',
		],
		['a share past the whole', sheetLiteral({ lists: [{ title: 'x', rows: [{ label: 'y', value: '1', share: 1.2 }] }] }), 'da 0 a 1'],
		['a fifth figure', sheetLiteral({ heroes: [...sheetLiteral().heroes, ...sheetLiteral().heroes] }), 'sono 8, al massimo 4'],
		['an address that runs', withText(sheetLiteral(), 'footer.address', 'javascript:alert(1)'), 'http o https'],
		['an address with a word in it', withText(sheetLiteral(), 'footer.address', 'https://a.example/"x'), 'http o https'],
		['an address with a name before it', withText(sheetLiteral(), 'footer.address', 'https://sala.example@elsewhere.example/p'), 'http o https'],
		['an address past two hundred letters', withText(sheetLiteral(), 'footer.address', `https://a.example/${'x'.repeat(200)}`), 'http o https'],
		['a digest that is none', withText(sheetLiteral(), 'footer.digest', 'xyz'), 'esadecimali'],
	])('%s is refused', (_name, sheet, said) => {
		expect(messages(sheet)).toEqual([expect.stringContaining(said)]);
	});

	it('the sheets as they are pass', () => {
		expect([...messages(sheetLiteral()), ...messages(sheetLiteral({}, 'en'))]).toEqual([]);
	});
});
