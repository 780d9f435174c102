// A sheet as plain text, for e-mail and social posts. Knows no typeface.
import type { Sheet } from '../../shared/sheet.ts';
import { sheetWords } from './sheet-fault.ts';

const note = (text: string | null): string => (text === null ? '' : ` (${text})`);

export function drawText(sheet: Sheet): string {
	const words = sheetWords(sheet.language);
	const { issuer, approved, address, digest } = sheet.footer;
	const section = (lines: readonly string[]): string => lines.filter((line) => line !== '').join('\n');
	return `${[
		sheet.rehearsal ? `*** ${words.rehearsalLine} ***` : '',
		sheet.watermark === null ? '' : `[${sheet.watermark}]`,
		section([sheet.title, sheet.subtitle]),
		section(sheet.heroes.map(({ value, caption, note: more }) => `• ${value} ${caption}${note(more)}`)),
		...sheet.sentences,
		...sheet.lists.map(({ title, rows }) =>
			section([`${title}:`, ...rows.map(({ label, value }) => `- ${label}${value === '' ? '' : `: ${value}`}`)]),
		),
		sheet.notes.length === 0 ? '' : section([`${words.notes}:`, ...sheet.notes.map((text) => `- ${text}`)]),
		section([`${issuer} · ${approved}`, `${words.sheet} ${sheet.id} · ${words.verify}: ${address}`, `${words.digest}: ${digest}`]),
		sheet.rehearsal ? `*** ${words.rehearsalLine} ***` : '',
	]
		.filter((one) => one !== '')
		.join('\n\n')}\n`;
}
