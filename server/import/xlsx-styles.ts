// Which of a workbook's cell styles show a number as a date, which as a length of time. Knows format codes, no cells.
import { readXml } from './xml.ts';
import type { Zip } from './zip.ts';

export type Shown = 'number' | 'date' | 'elapsed';

/** Formats that have a number and no code in the file (ECMA-376, 18.8.30); those of East Asian calendars among them. */
function builtIn(id: number): Shown {
	if (id === 46) return 'elapsed';
	const isDate = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || id === 45 || id === 47 || (id >= 50 && id <= 58);
	return isDate ? 'date' : 'number';
}

/** `[h]:mm` is a length, `dd/mm/yyyy hh:mm` a date; quoted words, escapes, colours and locales are not looked at. */
export function shownBy(code: string): Shown {
	const bare = code
		.split(';', 1)
		.join('')
		.replace(/"[^"]*"|\\.|_.|\*./g, '');
	if (/\[(?:h+|m+|s+)\]/i.test(bare)) return 'elapsed';
	return /[ymdhs]/i.test(bare.replace(/\[[^[\]]*\]/g, '').replace(/general|standard/gi, '')) ? 'date' : 'number';
}

/** How each style of the workbook shows a number, by the style's place. */
export function readStyles(zip: Zip, part: string | null): (style: number) => Shown {
	const codes = new Map<number, string>();
	const styles: Shown[] = [];
	let isInCells = false;
	if (part !== null && zip.has(part)) {
		readXml(zip, part, {
			open(name, attributes) {
				if (name === 'numFmt') codes.set(Number(attributes.numFmtId), (attributes.formatCode ?? '').slice(0, 500));
				else if (name === 'cellXfs') isInCells = true;
				else if (name === 'xf' && isInCells) {
					const id = Number(attributes.numFmtId ?? 0);
					const code = codes.get(id);
					styles.push(code === undefined ? builtIn(id) : shownBy(code));
				}
			},
			close(name) {
				if (name === 'cellXfs') isInCells = false;
			},
		});
	}
	return (style) => styles[style] ?? 'number';
}
