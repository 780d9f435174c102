// Counts the syncs that commits make, by strace: a kill proves nothing about them, for what a dead process wrote stays in the page cache.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const COMMITS = 40;
/** At opening and closing files sync a little more or less often. */
const SLACK = 4;

function whyNoStrace(): string | null {
	const { error, status } = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']);
	if (error) return 'strace is not installed (apt-get install strace)';
	return status === 0 ? null : 'strace is installed but may not trace here (ptrace is not permitted)';
}

function syncsOf(script: string, count: number): number {
	const folder = mkdtempSync(join(tmpdir(), 'regia-syncs-'));
	try {
		const log = join(folder, 'strace.log');
		const options = ['-f', '-e', 'trace=fsync,fdatasync', '-o', log];
		execFileSync('strace', [...options, process.execPath, join(import.meta.dirname, script), folder, String(count), '1'], { stdio: 'ignore' });
		return readFileSync(log, 'utf8')
			.split('\n')
			.filter((line) => /f(data)?sync\(\d+/.test(line)).length;
	} finally {
		rmSync(folder, { recursive: true });
	}
}

const missing = whyNoStrace();

describe('syncs to the disk', () => {
	test.runIf(missing && process.env.CI === 'true')('strace is at hand', () => {
		throw new Error(missing ?? '');
	});

	test.skipIf(missing)(`one a commit with one append in flight${missing ? `: not counted, ${missing}` : ''}`, { timeout: 60_000 }, () => {
		const growth = syncsOf('append-child.ts', COMMITS + 1) - syncsOf('append-child.ts', 1);
		expect(growth).toBeGreaterThanOrEqual(COMMITS);
		console.info(`journal: ${growth} syncs for ${COMMITS} commits`);
	});

	test.skipIf(missing)('a commit that is not synced is noticed', { timeout: 60_000 }, () => {
		expect(syncsOf('bare-child.ts', COMMITS + 1) - syncsOf('bare-child.ts', 1)).toBeLessThan(SLACK);
	});
});
