// An address as the path of a code's modules, a px each. Knows no sheet.
import qrcode from 'qrcode-generator';

/** White around it that readers need (ISO/IEC 18004). */
export const QUIET = 4;

/** `size`: modules on a side, without what is kept white around. */
export function qrPath(address: string): { readonly size: number; readonly path: string } {
	const code = qrcode(0, 'M');
	code.addData(address);
	code.make();
	const size = code.getModuleCount();
	const rows = Array.from({ length: size }, (_, at) => at);
	const runs = rows.flatMap((row) => {
		const found: string[] = [];
		for (let from = 0; from < size; from += 1) {
			if (!code.isDark(row, from)) continue;
			let to = from;
			while (to < size && code.isDark(row, to)) to += 1;
			// A run a row: between modules drawn one by one a hair of white shows on paper.
			found.push(`M${from} ${row}h${to - from}v1H${from}z`);
			from = to;
		}
		return found;
	});
	return { size, path: runs.join('') };
}
