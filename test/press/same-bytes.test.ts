// The same sheet is the same bytes: run after run, and in another process.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drawSheet } from '../../server/press/draw-sheet.ts';
import type { SheetFiles } from '../../shared/sheet.ts';
import { scaled } from '../faults/kit/scale.ts';
import { sheetLiteral } from './sheet-literal.ts';

const digest = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const digests = ({ svg, png, pdf, html, text }: SheetFiles): readonly string[] => [svg, png, pdf, html, text].map(digest);

function exampleIn(folder: string): Readonly<Record<string, string>> {
	execFileSync(process.execPath, [join(import.meta.dirname, '../../server/press-command.ts'), '--out', folder], { stdio: 'pipe' });
	return Object.fromEntries(readdirSync(folder).map((name) => [name, digest(readFileSync(join(folder, name)))]));
}

describe('a sheet', () => {
	it.each([
		['wide', 10],
		['square', scaled(10, 3)],
		['a4', scaled(10, 3)],
	] as const)('is the same SVG, PNG, PDF, HTML and text (%s) in %i runs', async (format, times) => {
		const runs = new Set<string>();
		for (let run = 0; run < times; run += 1) runs.add(digests(await drawSheet(sheetLiteral(), format)).join());
		expect(runs.size).toBe(1);
	});

	it('is another file when one figure differs by one', async () => {
		const other = sheetLiteral({ heroes: sheetLiteral().heroes.map((one) => (one.value === '39' ? { ...one, value: '38' } : one)) });
		const [here, there] = [digests(await drawSheet(sheetLiteral(), 'wide')), digests(await drawSheet(other, 'wide'))];
		expect(here.filter((one, i) => one === there[i])).toEqual([]);
	});

	it('is the same in two processes, which leave every file of the example, and in this one', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'regia-press-'));
		try {
			const [first, second] = [exampleIn(join(folder, 'first')), exampleIn(join(folder, 'second'))];
			expect(first).toEqual(second);
			expect(
				Object.keys(first)
					.filter((name) => name.includes('-it'))
					.toSorted(),
			).toEqual(
				[
					'-a4.pdf',
					'-a4.png',
					'-a4.svg',
					'-square.pdf',
					'-square.png',
					'-square.svg',
					'-wide.pdf',
					'-wide.png',
					'-wide.svg',
					'.html',
					'.json',
					'.txt',
				].map((end) => `lazio-2025-07-25-it${end}`),
			);
			const { png, pdf } = await drawSheet(sheetLiteral(), 'a4');
			expect([digest(png), digest(pdf)]).toEqual([first['lazio-2025-07-25-it-a4.png'], first['lazio-2025-07-25-it-a4.pdf']]);
		} finally {
			rmSync(folder, { recursive: true });
		}
	});
});
