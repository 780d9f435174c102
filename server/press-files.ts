// Drawn sheets, each drawn once: kept on disk under what they are drawn from, and the last ones in memory. Made anew where they are lost.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sheet, SheetFormat } from '../shared/sheet.ts';
import { canonicalJson } from './domain/freeze.ts';
import type { Presses } from './press/presses.ts';
import type { DrawnFiles } from './web/press-door.ts';

export type PressFiles = {
	/** Rejects as `Presses.render` does. */
	of(sheet: Sheet, format: SheetFormat): Promise<DrawnFiles>;
};

const kinds = { png: 'png', pdf: 'pdf', html: 'html', text: 'txt' } as const;
/** Half a megabyte each. */
const IN_MEMORY = 60;

export function openPressFiles(folder: string, presses: Pick<Presses, 'render'>): PressFiles {
	const remembered = new Map<string, Promise<DrawnFiles>>();

	async function readKept(name: string): Promise<DrawnFiles | null> {
		const read = (ending: string): Promise<Buffer> => readFile(join(folder, `${name}.${ending}`));
		try {
			const [png, pdf, html, text] = await Promise.all([read(kinds.png), read(kinds.pdf), read(kinds.html), read(kinds.text)]);
			return { png, pdf, html, text };
		} catch {
			return null;
		}
	}

	/** Whole or not at all: a file that was half written is never read. What cannot be kept is drawn again. */
	async function keep(name: string, files: DrawnFiles): Promise<void> {
		await mkdir(folder, { recursive: true }).catch(() => undefined);
		await Promise.all(
			Object.entries(kinds).map(async ([kind, ending]) => {
				const next = join(folder, `${name}.${randomBytes(4).toString('hex')}.new`);
				await writeFile(next, files[kind as keyof DrawnFiles]);
				await rename(next, join(folder, `${name}.${ending}`));
			}),
		).catch(() => undefined);
	}

	async function make(name: string, sheet: Sheet, format: SheetFormat): Promise<DrawnFiles> {
		const kept = await readKept(name);
		if (kept) return kept;
		const { png, pdf, html, text } = await presses.render(sheet, format);
		const files = { png: Buffer.from(png), pdf: Buffer.from(pdf), html: Buffer.from(html), text: Buffer.from(text) };
		await keep(name, files);
		return files;
	}

	return {
		of(sheet, format) {
			const drawnFrom = createHash('sha256').update(canonicalJson(sheet)).digest('hex');
			const name = `${sheet.footer.digest.slice(0, 16)}-${drawnFrom.slice(0, 16)}-${format}-${sheet.language}`;
			const known = remembered.get(name);
			if (known) return known;
			if (remembered.size >= IN_MEMORY) remembered.delete(remembered.keys().next().value ?? '');
			const made = make(name, sheet, format);
			remembered.set(name, made);
			made.catch(() => remembered.delete(name));
			return made;
		},
	};
}
