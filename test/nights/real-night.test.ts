// The small real night, as a person would start it: real rclone, real PostgreSQL, a real browser, and no difference in the end.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { postgresFolder } from '../kit/postgres.ts';
import { rclonePath } from '../kit/rclone.ts';
import { until } from '../kit/until.ts';
import { isRising } from './real-night-figures.ts';
import { sizesOf } from './real-night-files.ts';
import { createVerdict } from './real-night-verdict.ts';
import { shownAsConfirmed } from './real-night-wall.ts';
import { createWatch } from './real-night-watch.ts';

const root = join(import.meta.dirname, '../..');

/** Where tools are missing the kit has named them, or failed under CI. */
describe.skipIf(rclonePath === null || postgresFolder === null)('a small night with real tools', () => {
	it('ends with what the tools themselves say', { timeout: 200_000 }, async () => {
		const build = spawn(process.execPath, ['client/build.ts'], { cwd: root, stdio: 'ignore' });
		expect(await once(build, 'exit')).toEqual([0, null]);
		const night = spawn(process.execPath, ['test/nights/real-night.ts', '--small'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
		let printed = '';
		for (const stream of [night.stdout, night.stderr]) stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
		const [status] = await once(night, 'close');
		expect(printed, printed).not.toContain('DIFFERENT');
		expect(status, printed).toBe(0);
		expect(printed).toMatch(/bytes moved \(core\/stats\) +\| 200,000,000 +\| 200,000,000 +\| same/);
	});

	it('leaves nothing behind where it is interrupted', { timeout: 60_000 }, async () => {
		const place = mkdtempSync(join(tmpdir(), 'regia-interrupted-'));
		// PostgreSQL may run as somebody else, and must reach its folder.
		chmodSync(place, 0o755);
		try {
			const env = { ...process.env, TMPDIR: place };
			const night = spawn(process.execPath, ['test/nights/real-night.ts', '--small'], { cwd: root, env, stdio: ['ignore', 'pipe', 'ignore'] });
			for await (const chunk of night.stdout) if (String(chunk).includes('the copy begins')) break;
			expect(processesOf(place).length).toBeGreaterThan(4);
			const ended = once(night, 'exit');
			night.kill('SIGINT');
			expect((await ended)[0]).toBe(130);
			await until('its last processes are gone', () => processesOf(place).length === 0, 5000).catch(() => {});
			expect(processesOf(place)).toEqual([]);
			expect(readdirSync(place).filter((name) => name.includes('regia'))).toEqual([]);
		} finally {
			rmSync(place, { recursive: true, force: true });
		}
	});
});

/** Who was started with this temporary folder and still runs: everything that a night starts inherits it. */
function processesOf(place: string): readonly string[] {
	const mark = `TMPDIR=${place}`;
	return readdirSync('/proc').filter((pid) => {
		try {
			return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(mark);
		} catch {
			return false;
		}
	});
}

describe('the judgement of a night', () => {
	const row = { standing: 'blind', percent: '99 %', isConfirmed: false, bar: 'blind', barVerified: false };

	it('catches a wall that shows silence as confirmed', () => {
		expect(shownAsConfirmed({ row, sumVeiled: true, sumConfirmed: false })).toEqual([]);
		expect(shownAsConfirmed({ row: { ...row, isConfirmed: true }, sumVeiled: true, sumConfirmed: false })).toHaveLength(1);
		expect(shownAsConfirmed({ row: { ...row, bar: 'known', barVerified: true }, sumVeiled: false, sumConfirmed: false })).toHaveLength(2);
		expect(shownAsConfirmed({ row: null, sumVeiled: true, sumConfirmed: false })).toHaveLength(1);
	});

	it('catches a series that falls, in a bucket or between two', () => {
		const point = (min: number, max: number) => ({ at: '', min, max, last: max });
		expect(isRising([point(1, 2), { at: '', min: null, max: null, last: null }, point(2, 5)])).toBe(true);
		expect(isRising([point(1, 3), point(2, 5)])).toBe(false);
		expect(isRising([])).toBe(false);
	});

	it('catches a figure that differs by one, and one that is not there', () => {
		const differs = createVerdict();
		differs.equal('bytes', 100, 99);
		expect([differs.isGood(), createVerdict().isGood()]).toEqual([false, false]);
		const absent = createVerdict();
		absent.equal('bytes', null, null);
		expect(absent.isGood()).toBe(false);
	});

	it.each([
		['going back', [{ moved: 5 }, { moved: 4 }], 'went back'],
		['being ahead of the tool', [{ moved: 11 }], 'where the tool says 10'],
		['being more than all', [{ moved: 9, total: 8 }], '9 of 8'],
		['being done before its proof', [{ moved: 10, verified: 10, done: true }], 'before it was verified'],
		['being done without its proof', [{ moved: 10, verified: 9, done: true }], '9 of 10'],
	])('catches a board whose copy lies by %s', async (_, looks, untruth) => {
		const boards = looks.map((one) => {
			const archive = { total: 10, verified: null, done: false, ...one };
			return { seq: 1, archives: { copy: archive }, rollup: { done: archive.done ? 1 : 0 } };
		});
		const next = async () => boards.shift() as never;
		const watch = createWatch(next, [{ id: 'copy', slack: 0, tool: async () => 10, proofBegun: () => false }]);
		for (const _look of looks) await watch.look();
		expect(watch.untruths.join()).toContain(untruth);
	});

	it('copies files whose sizes sum up to the byte', () => {
		const sizes = sizesOf(2400, 3_100_000_000);
		expect(sizes.reduce((sum, one) => sum + one, 0)).toBe(3_100_000_000);
		expect(Math.max(...sizes) / Math.min(...sizes)).toBeGreaterThan(50);
	});
});
