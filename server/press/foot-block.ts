// The foot of a sheet: who says it, who approved it, where it can be checked, and how its figures were come by.
import { fill } from '../../shared/words/words.ts';
import { type Drawing, sized, write } from './drawing.ts';
import { type Block, box, column, stack } from './element.ts';
import { fitText } from './fit-text.ts';
import { tone } from './page.ts';
import { qrPath } from './qr.ts';

const CODE_SIDE = 124;

/** Whole pixels a module, so that each is as sharp as the next. */
export const codeSide = (modules: number): number => modules * Math.max(3, Math.floor(CODE_SIDE / modules));

/** What people read aloud on the telephone; the whole of it stands on paper, in the page and in the text. */
export const shortDigest = (digest: string): string => (digest.length > 12 ? `${digest.slice(0, 4)}…${digest.slice(-4)}` : digest);

export function footBlock(drawing: Drawing, width: number): Block {
	const { sheet, page, words, parts } = drawing;
	const { issuer, approved, verify, digest, address } = sheet.footer;
	const code = codeSide(qrPath(address).size);
	const textWidth = width - code - 40;
	const mid = { weight: 400, colour: tone.mid, width: textWidth, wish: page.small, least: page.floor, lines: 2, balance: 'last' } as const;
	const isLess = parts.lists < sheet.lists.length || (sheet.chart !== null && !parts.chart);
	const missing = isLess
		? 'rest'
		: sheet.sentences.length > 0 && !parts.sentences
			? 'words'
			: sheet.notes.length > 0 && !parts.notes
				? 'notes'
				: null;
	const where = missing === null ? `${words.verify}: ${verify}` : fill(words.elsewhere[missing], { verify });
	const shown = page.format === 'a4' ? digest : shortDigest(digest);
	const checked = `${words.sheet} ${sheet.id} · ${where}`;
	const proof = `${words.digest} ${shown}`;
	const fitsOneLine = fitText(`${checked} · ${proof}`, { width: textWidth, weight: 400, sizes: [sized(drawing, page.small)], lines: 1 }) !== null;
	const lines: readonly (Block | null)[] = [
		write(drawing, issuer.length > approved.length ? 'footer.issuer' : 'footer.approved', `${issuer} · ${approved}`, {
			...mid,
			weight: 600,
			colour: tone.text,
		}),
		...(fitsOneLine
			? [write(drawing, 'footer.verify', `${checked} · ${proof}`, mid)]
			: [write(drawing, 'footer.verify', checked, mid), write(drawing, 'footer.digest', proof, mid)]),
		...(parts.notes
			? sheet.notes.map((text, i) => write(drawing, `notes.${i}`, text, { ...mid, wish: page.floor, lines: page.format === 'wide' ? 2 : 4 }))
			: []),
	];
	const texts = stack('foottexts', textWidth, lines, 3);
	const inner = Math.max(texts.height, code);
	const height = inner + 20;
	const row = box('footrow', { width, height: inner, justifyContent: 'space-between', alignItems: texts.height < code ? 'center' : 'flex-start' }, [
		texts.element,
		box('code', { width: code, height: code }),
	]);
	const element = column('foot', { width, height, borderTop: `2px solid ${sheet.look.ink}`, paddingTop: 18 }, [row]);
	return { height, element };
}
