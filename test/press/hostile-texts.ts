// Texts that a form may hold and no sheet may obey, and sheets that hold one in every place. For the tests.
import { textsOf } from '../../server/press/sheet-texts.ts';
import type { Sheet } from '../../shared/sheet.ts';
import { sheetLiteral, withText } from './sheet-literal.ts';

export const injections: readonly (readonly [name: string, text: string])[] = [
	['closing the text', '</text><script>globalThis.ran=1</script>'],
	['closing the style', '</style><script>globalThis.ran=1</script>'],
	['closing the title', '</title><script>globalThis.ran=1</script>'],
	['a picture with a handler', '<img src=x onerror="globalThis.ran=1">'],
	['leaving an attribute', '" onload="globalThis.ran=1" x="'],
	['leaving an attribute with one quote', "' onclick='globalThis.ran=1' x='"],
	['an SVG within', '<svg onload=globalThis.ran=1>'],
	['a foreign object', '<foreignObject><body onload=globalThis.ran=1>'],
	['an address that runs', 'javascript:globalThis.ran=1'],
	['the end of a CDATA', ']]><script>globalThis.ran=1</script>'],
	['a comment', '<!-- <script>globalThis.ran=1</script> -->'],
	['an entity', '&lt;script&gt; &amp; &#60;b&#62; &unknown;'],
	['a doctype with an entity', '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>&y;'],
	['a template', '{{globalThis.ran=1}} {title} {field}'],
	['a path into the font', '" font-family="face400'],
	['a PDF string', ') Tj /JavaScript (globalThis.ran=1) ('],
];

/** With what each does to a text that stood there. */
export const spoilers: readonly (readonly [name: string, spoil: (text: string) => string])[] = [
	['ten times as long', (text) => Array.from({ length: 10 }, () => text).join(' ')],
	['ten times as long, without a blank', (text) => text.replaceAll(/[\s\u00a0]/g, '').repeat(10)],
	['a hundred times as long', (text) => Array.from({ length: 100 }, () => text).join(' ')],
	['longer than anyone reads', (text) => text.repeat(5000)],
	['with an emoji', (text) => `${text} 🚑`],
	['with a family of emoji', (text) => `${text} 👨‍👩‍👧`],
	['turned right to left', (text) => `\u202e${text}\u202c`],
	['with a zero-width joiner', (text) => `${text}\u200d${text}`],
	['with a control', (text) => `${text}\u0007`],
	['with a line break', (text) => `${text}\r\n${text}`],
	['empty', () => ''],
	['of blanks', () => ' \u00a0\u2009 '],
	['of marks piled up', (text) => `${text}${'\u0301\u0302\u0308'.repeat(20)}`],
	['not a text', () => 7 as unknown as string],
	['missing', () => undefined as unknown as string],
];

export const base: Sheet = sheetLiteral({
	watermark: 'BOZZA',
	look: {
		...sheetLiteral().look,
		logo: {
			kind: 'svg',
			base64: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 4"><path d="M0 0h9v4z"/></svg>').toString('base64'),
			alt: 'Regione Lazio',
		},
	},
});

/** Every place of a sheet that holds a text. */
export const paths: readonly string[] = [
	...textsOf(base).map(({ place }) => place.path),
	'footer.address',
	'look.ink',
	'look.accent',
	'look.logo.base64',
];

export const textAt = (path: string): string =>
	String(path.split('.').reduce<unknown>((place, step) => (place as Record<string, unknown>)[step], base));

export const spoiled = (path: string, text: string): Sheet => withText(base, path, text);

/** The same text in every place where a sheet takes text. */
export const everywhere = (text: string): Sheet => textsOf(base).reduce((sheet, { place }) => withText(sheet, place.path, text), base);
