// Sheets drawn beside the main loop: what is refused comes back as it was, a fallen worker takes one sheet with it, and nobody waits for ever.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { drawSheet } from '../../server/press/draw-sheet.ts';
import { openPresses, type Presses } from '../../server/press/presses.ts';
import { type SheetFormat, sheetFormats } from '../../shared/sheet.ts';
import { say } from '../faults/kit/scale.ts';
import { sheetLiteral, withText } from './sheet-literal.ts';

const folder = mkdtempSync(join(tmpdir(), 'regia-presses-'));
afterAll(() => rmSync(folder, { recursive: true }));

let presses: Presses | undefined;
afterEach(() => presses?.close());

function openWith(code: string, longestMs?: number): Presses {
	const file = join(folder, `worker-${Math.abs(code.length * 31 + (longestMs ?? 0))}.mjs`);
	writeFileSync(file, code);
	presses = openPresses(pathToFileURL(file), longestMs);
	return presses;
}

describe('the presses', () => {
	it('draw what is drawn without them, byte for byte, and beside the main loop', async () => {
		presses = openPresses();
		const render = (format: SheetFormat) => (presses as Presses).render(sheetLiteral(), format);
		expect(await render('square')).toEqual(await drawSheet(sheetLiteral(), 'square'));
		const times: number[] = [];
		const delay = monitorEventLoopDelay({ resolution: 5 });
		delay.enable();
		for (let sheet = 0; sheet < 20; sheet += 1) {
			const from = performance.now();
			await render(sheetFormats[sheet % 3] ?? 'wide');
			times.push(performance.now() - from);
		}
		delay.disable();
		const sorted = times.toSorted((a, b) => a - b).map(Math.round);
		say(
			'press sheets',
			`20 sheets with all their files: median ${sorted[10]} ms, worst ${sorted[19]} ms; the main loop was late by ${Math.round(delay.max / 1e6)} ms at worst`,
		);
		expect(sorted[10]).toBeLessThan(10_000);
	});

	it('hand back why a sheet is refused, and draw the next', async () => {
		presses = openPresses();
		const refused = presses.render(withText(sheetLiteral(), 'title', 'Dati → cloud'), 'wide');
		const drawn = presses.render(sheetLiteral(), 'square');
		await expect(refused).rejects.toMatchObject({ code: 'refused', issues: [expect.objectContaining({ code: 'glyph', path: 'title' })] });
		await expect(drawn).resolves.toHaveProperty('text');
	});

	it.each([
		['falls', `process.on('message', () => { throw new Error('planted'); });`, undefined, 'exit 1'],
		['leaves', `process.on('message', () => process.exit(3));`, undefined, 'exit 3'],
		['is killed', `process.on('message', () => process.kill(process.pid, 'SIGKILL'));`, undefined, 'SIGKILL'],
		['never answers', `process.on('message', () => undefined);`, 60, 'no answer within 60 ms'],
		['could not', `process.on('message', () => process.send({ failed: 'a fault of ours' }));`, undefined, 'a fault of ours'],
	])('lose one sheet when their worker %s, and no more', async (_name, code, longestMs, cause) => {
		const opened = openWith(code, longestMs);
		const [one, other] = await Promise.allSettled([opened.render(sheetLiteral(), 'wide'), opened.render(sheetLiteral(), 'a4')]);
		for (const result of [one, other]) {
			expect(result).toMatchObject({ status: 'rejected', reason: { code: 'crashed' } });
			expect(String((result as PromiseRejectedResult).reason.message)).toContain(cause);
		}
	});

	it('let nobody wait behind more than sixty, nor after they are closed', async () => {
		const opened = openWith(`process.on('message', () => undefined); // patient`);
		const asked = Array.from({ length: 63 }, () =>
			opened.render(sheetLiteral(), 'wide').then(
				() => 'drawn',
				(fault: { code: string }) => fault.code,
			),
		);
		await opened.close();
		const codes = await Promise.all(asked);
		expect(codes.filter((code) => code === 'busy')).toHaveLength(2);
		expect(codes.filter((code) => code === 'closed')).toHaveLength(61);
		await expect(opened.render(sheetLiteral(), 'wide')).rejects.toMatchObject({ code: 'closed' });
	});
});
