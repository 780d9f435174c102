// Around the whole test run: gives it a folder for what it leaves behind, and at the end searches that for every secret that was used.
// One that is found fails the run.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { newRunFolder, RUN_VARIABLE } from './evidence.ts';
import { filesUnder, searchRun } from './secret-search.ts';

const recordings = join(import.meta.dirname, '../recordings');
let run = '';

export function setup(): void {
	run = newRunFolder();
	process.env[RUN_VARIABLE] = run;
}

/** A file run alone may start a Regia that nobody signs in to; the whole suite starts many. */
const A_FEW = 20;

export function teardown(): void {
	const from = performance.now();
	const { leaks, secrets, shapes, files, bytes } = searchRun(run, [recordings]);
	const said = (kind: string): number => filesUnder(join(run, 'said')).filter((one) => one.endsWith(`-${kind}`)).length;
	const heard = { logs: said('log'), frames: said('frame'), answers: said('answer') };
	const took = ((performance.now() - from) / 1000).toFixed(1);
	const amount = `${files} files, ${(bytes / 1e6).toFixed(0)} MB: logs ${heard.logs}, frames ${heard.frames}, answers ${heard.answers}`;
	if (secrets > 0)
		console.info(`\nsecrets of the whole run: ${secrets} in ${shapes} shapes, searched in ${amount}; ${leaks.length} found, ${took} s`);
	if (process.env.REGIA_KEEP_RUN === undefined) rmSync(run, { recursive: true, force: true });
	else console.info(`kept: ${run} (${readdirSync(run).join(', ')})`);
	if (heard.logs > A_FEW && secrets === 0)
		throw new Error('a Regia was started and no secret of it is known: the search at the end of the run is blind');
	if (leaks.length === 0) return;
	const lines = leaks.slice(0, 20).map(({ file, kind, secret }) => `  ${kind} ${secret.slice(0, 6)}… in ${file}`);
	throw new Error([`${leaks.length} secrets came out of Regia (keep the run's folder with REGIA_KEEP_RUN=1):`, ...lines].join('\n'));
}
