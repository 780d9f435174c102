// A text as a QR code, drawn as the path of a square of modules. The only place that knows how one is made; loaded when one is wanted.
import qrcode from 'qrcode-generator';

/** White around it that readers need (ISO/IEC 18004): four modules. */
const QUIET = 4;

export type Qr = { readonly size: number; readonly path: string };

export function qrOf(text: string): Qr {
	const code = qrcode(0, 'M');
	code.addData(text);
	code.make();
	const modules = code.getModuleCount();
	const rows = Array.from({ length: modules }, (_, row) => row);
	const path = rows.flatMap((row) => rows.filter((column) => code.isDark(row, column)).map((column) => `M${column + QUIET} ${row + QUIET}h1v1h-1z`));
	return { size: modules + 2 * QUIET, path: path.join('') };
}
