// The same sheet is the same bytes: run after run, and in another process.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drawSheet } from '../../server/press/draw-sheet.ts';
import { type SheetFiles, sheetFormats } from '../../shared/sheet.ts';
import { scaled } from '../faults/kit/scale.ts';
import { sheetLiteral } from './sheet-literal.ts';

const digest = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const digests = ({ svg, png, pdf, html, text }: SheetFiles): readonly string[] => [svg, png, pdf, html, text].map(digest);

const drawElsewhere = `
import { createHash } from 'node:crypto';
import { drawSheet } from './server/press/draw-sheet.ts';
import { sheetLiteral } from './test/press/sheet-literal.ts';
for (const format of ['wide', 'square', 'a4']) {
	const files = await drawSheet(sheetLiteral({}, 'en'), format);
	for (const one of [files.svg, files.png, files.pdf, files.html, files.text]) console.log(createHash('sha256').update(one).digest('hex'));
}`;
const elsewhere = (): string =>
	execFileSync(process.execPath, ['--input-type=module', '-e', drawElsewhere], { cwd: join(import.meta.dirname, '../..'), stdio: 'pipe' }).toString();

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

	it('is the same in two processes, and in this one', async () => {
		const [first, second] = [elsewhere(), elsewhere()];
		expect(first).toBe(second);
		const here: string[] = [];
		for (const format of sheetFormats) here.push(...digests(await drawSheet(sheetLiteral({}, 'en'), format)));
		expect(first.trim().split('\n')).toEqual(here);
	});
});
