// That a sheet is a rehearsal, a draft or no longer holds, said in words in its margins: what it says takes no room from the figures,
// so that a sheet which was drawn once can always be drawn again with it.
import { type Drawing, write } from './drawing.ts';
import { box, column, type Element } from './element.ts';
import { tone } from './page.ts';

/** Of a margin; the rest of it stays white. */
const SHARE = 0.62;
const LARGEST = 26;

function band(drawing: Drawing, path: string, text: string, background: string, isAtFoot: boolean): Element {
	const { page } = drawing;
	const height = Math.floor((isAtFoot ? page.below : page.above) * SHARE);
	const size = Math.min(LARGEST, Math.floor(height / 1.35));
	const words = write({ ...drawing, scale: 1 }, path, text, {
		weight: 700,
		colour: '#ffffff',
		width: page.width - 2 * page.side,
		wish: size,
		least: size,
		lines: 1,
	});
	return box(`band:${path}`, { width: page.width, height, alignItems: 'center', paddingLeft: page.side, background }, [words.element]);
}

/** The page's margins: above what no longer holds, and that it is a rehearsal, which goes to the foot where both are to be said. */
export function statusMargins(drawing: Drawing): { readonly above: Element; readonly below: Element } {
	const { sheet, words, page } = drawing;
	const isAtFoot = sheet.watermark !== null;
	const across = sheet.watermark === null ? [] : [band(drawing, 'watermark', sheet.watermark, tone.bad, false)];
	const rehearsal = sheet.rehearsal ? [band(drawing, 'rehearsal', words.rehearsalLine, tone.watch, isAtFoot)] : [];
	const margin = (key: string, height: number, side: string, bands: readonly Element[]): Element =>
		column(key, { width: page.width, height, justifyContent: side }, bands);
	return {
		above: margin('above', page.above, 'flex-start', isAtFoot ? across : rehearsal),
		below: margin('below', page.below, 'flex-end', isAtFoot ? rehearsal : []),
	};
}
