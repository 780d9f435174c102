// kill -9 of the whole server while wards send HL7: every message that was answered AA is in the census exactly once, after any number of kills.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { chance } from '../../server/rehearsal/chance.ts';
import { freePort } from '../kit/free-port.ts';
import { startRegia, temporaryFolder } from '../kit/server.ts';
import { until } from '../kit/until.ts';
import { countedIn } from './kit/er-census.ts';
import { erPlan } from './kit/er-plan.ts';
import { type ErSender, startErSender } from './kit/er-sender.ts';
import { say, scaled } from './kit/scale.ts';

const kills = scaled(20, 3);
const SEED = 2575;
const child = join(import.meta.dirname, 'kit/er-child.ts');

const sumOf = (senders: readonly ErSender[]) => {
	const all = senders.map((one) => one.acknowledged());
	const [arrivals, departures] = [all.reduce((sum, one) => sum + one.arrivals, 0), all.reduce((sum, one) => sum + one.departures, 0)];
	return { arrivals, departures, messages: arrivals + departures };
};

describe('kill -9 while wards send', () => {
	test(`${kills} times: what was answered AA is in the census, once`, async () => {
		const data = temporaryFolder('er-kill');
		const port = await freePort();
		const flags = ['--mllp-port', String(port)];
		let regia = await startRegia({ plan: erPlan(4), data, flags });
		const senders = [0, 1, 2, 3].map((n) => startErSender(port, `ps${n}`));
		for (let kill = 0; kill < kills; kill += 1) {
			const target = sumOf(senders).messages + 20 + Math.floor(chance(SEED, 'kill', kill) * 2000);
			await until(`${target} messages acknowledged`, () => sumOf(senders).messages >= target, 60_000);
			await regia.kill();
			regia = await startRegia({ plan: erPlan(4), data, flags });
		}
		await Promise.all(senders.map((one) => one.stop()));
		expect(await regia.stop()).toBe(0);
		const { arrivals, departures, messages } = sumOf(senders);
		const again = senders.reduce((sum, one) => sum + one.again(), 0);
		const counted = await countedIn(data);
		say('er kill -9', `${kills} kills, ${messages} messages answered AA, ${again} sent again; in the census ${JSON.stringify(counted)}`);
		expect(counted).toEqual({ arrivals, departures, present: arrivals - departures, visits: arrivals, broken: null });
		expect(again).toBeGreaterThan(0);
		expect(senders.map((one) => one.refusals())).toEqual([{}, {}, {}, {}]);
		rmSync(data, { recursive: true });
	});

	/** What it said AA to before it was killed, and what its record has of that. */
	async function lostBy(how: 'honest' | 'early'): Promise<number> {
		const folder = temporaryFolder(`er-${how}`);
		const server = spawn(process.execPath, [child, folder, how], { stdio: ['ignore', 'pipe', 'inherit'] });
		const [port] = await createInterface({ input: server.stdout })
			[Symbol.asyncIterator]()
			.next()
			.then(({ value }) => [Number(value)]);
		const sender = startErSender(port ?? 0, 'ps0');
		await until('messages acknowledged', () => sumOf([sender]).messages >= 300);
		const ended = new Promise((resolve) => server.once('exit', resolve));
		server.kill('SIGKILL');
		await ended;
		sender.drop();
		const { arrivals } = await countedIn(folder);
		const lost = sumOf([sender]).arrivals - arrivals;
		rmSync(folder, { recursive: true });
		return lost;
	}

	test('a port that answers before the commit is caught, and the honest one is not', async () => {
		expect(await lostBy('honest')).toBeLessThanOrEqual(0);
		expect(await lostBy('early')).toBeGreaterThan(0);
	});
});

describe('syncs to the disk', () => {
	const MESSAGES = 20;
	const { error, status } = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']);
	const why = error ? 'strace is not installed (apt-get install strace)' : status === 0 ? null : 'strace may not trace here';

	function syncsOf(how: 'honest' | 'early', count: number): number {
		const folder = temporaryFolder('er-syncs');
		const log = join(folder, 'strace.log');
		const options = ['-f', '-e', 'trace=fsync,fdatasync', '-o', log, process.execPath, child, folder, how, String(count)];
		execFileSync('strace', options, { stdio: ['ignore', 'ignore', 'inherit'] });
		const syncs = readFileSync(log, 'utf8')
			.split('\n')
			.filter((line) => /f(data)?sync\(\d+/.test(line)).length;
		rmSync(folder, { recursive: true });
		return syncs;
	}

	test.skipIf(why)(`one a message where each waits for its answer${why ? `: not counted, ${why}` : ''}`, () => {
		const growth = syncsOf('honest', MESSAGES + 1) - syncsOf('honest', 1);
		say('er syncs', `${growth} syncs for ${MESSAGES} messages`);
		expect(growth).toBeGreaterThanOrEqual(MESSAGES);
		expect(syncsOf('early', MESSAGES + 1) - syncsOf('early', 1)).toBeLessThan(MESSAGES);
	});
});
