// Regia's own network is cut: every probe goes blind and none goes down, one alarm says so, over each channel once; and all is seen again without a
// storm. In a network namespace where the machine allows one; and everywhere with services and canaries that refuse at once.
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { BlindReport } from './kit/blind-night.ts';
import { isFull, say } from './kit/scale.ts';

const script = join(import.meta.dirname, 'kit/blind-night.ts');
const LIMIT_MS = 100_000;

/** How a namespace can be had here: as root, or as one of one's own; null where the machine allows neither. */
const unshare = [['-n'], ['-rn']].find((flags) => {
	const tried = spawnSync('unshare', [...flags, 'sh', '-c', 'ip link set lo up && ip link add v0 type veth peer name v1'], { stdio: 'ignore' });
	return tried.status === 0;
});
if (unshare === undefined) console.info('no network namespace can be had here: the wire is not cut, services and canaries refuse instead');

/** At full scale it lasts for longer than a silent source may be. */
async function play(mode: 'namespace' | 'refused', hows: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<BlindReport> {
	const run = [process.execPath, script, mode, isFull ? '15000' : '1000', ...hows];
	const [command = '', ...rest] = mode === 'namespace' ? ['unshare', ...(unshare ?? []), ...run] : run;
	const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
	const late = setTimeout(() => child.kill('SIGTERM'), LIMIT_MS);
	let [out, wrong] = ['', ''];
	child.stdout.on('data', (chunk) => {
		out += String(chunk);
	});
	child.stderr.on('data', (chunk) => {
		wrong += String(chunk);
	});
	const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
	clearTimeout(late);
	if (code !== 0) throw new Error(`it ended with ${code}:\n${out}\n${wrong}`);
	return JSON.parse(out.trim().split('\n').at(-1) ?? '') as BlindReport;
}

/**
 * What is wrong with a night on which Regia could not see; empty where nothing is. Who was told that it sees again is told once more where it
 * does not; blind again within half an hour of that, it tells nobody anew.
 */
function faultsOf({ probes, cuts, downs, cameOn, near, far }: BlindReport): readonly string[] {
	const faults: string[] = [];
	if (downs.length > 0) faults.push(`${downs.length} readings say down`);
	if (cameOn.some((rule) => rule !== 'observer-blind') || cameOn.length !== cuts.length) faults.push(`alarms came on: ${cameOn.join(', ')}`);
	for (const { how, during, after, alarms } of cuts) {
		if (during.blind !== probes) faults.push(`${how}: standings ${JSON.stringify(during)}`);
		if (after.good !== probes) faults.push(`${how}: standings after it ${JSON.stringify(after)}`);
		if (alarms.join() !== 'observer-blind') faults.push(`${how}: on the list stands ${alarms.join(', ')}`);
	}
	for (const told of [near, far]) {
		if (told.some((one) => !/^(on|off) observer-blind$/.test(one))) faults.push(`told: ${told.join(', ')}`);
		const atMost = ['on', 'off', 'on'].slice(0, cuts.length > 1 ? 3 : 2);
		if (told.some((one, nth) => !one.startsWith(`${atMost[nth]} `))) faults.push(`told more than that: ${told.join(', ')}`);
	}
	if (!near.includes('on observer-blind')) faults.push('who could be told was not');
	return faults;
}

const figures = ({ probes, cuts, blind, near, far }: BlindReport): string =>
	`${probes} probes; ${cuts.map((one) => `${one.how}: blind after ${one.blindAfterMs} ms, seen again after ${one.backAfterMs} ms`).join('; ')}; ` +
	`readings ${JSON.stringify(blind)}; told near ${near.length}, far ${far.length}`;

describe('the network is cut', () => {
	test.skipIf(unshare === undefined)('on the wire: all are blind, none is down, one alarm', async () => {
		const report = await play('namespace', isFull ? ['far', 'near', 'far'] : ['far']);
		say('observer blind', figures(report));
		expect(report.probes).toBe(30);
		expect(faultsOf(report)).toEqual([]);
	});

	test('everybody refuses at once, canaries too: all are blind, none is down, one alarm; without canaries they would be', async () => {
		const [report, planted] = await Promise.all([play('refused', ['refused']), play('refused', ['refused'], { REGIA_PLANTED: 'no-canaries' })]);
		say('observer blind', figures(report));
		expect(faultsOf(report)).toEqual([]);
		expect(faultsOf(planted).length).toBeGreaterThan(2);
	});
});
