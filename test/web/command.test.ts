// The command: ends in order when npm is told to, refuses to start with every mistake at once, and shows an open rehearsal for reading alone.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openTokenStore } from '../../server/journal/token-store.ts';
import { ask, moved, postSamples } from '../faults/kit/http.ts';
import { nightPlan } from '../faults/kit/night-plan.ts';
import { openScreen } from '../faults/kit/screen.ts';
import { type RunningRegia, startRegia, temporaryFolder } from '../kit/server.ts';
import { until } from '../kit/until.ts';

const root = join(import.meta.dirname, '../..');
const ENDS_WITHIN_MS = 10_000;

type Ended = { readonly code: number | null; readonly output: string };

function run(command: string, args: readonly string[]): { readonly output: () => string; readonly pid: number; readonly ended: Promise<Ended> } {
	const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk: Buffer) => {
			output += chunk.toString();
		});
	}
	const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, output })));
	return { output: () => output, pid: child.pid ?? 0, ended };
}

function planFile(text: string): string {
	const file = join(temporaryFolder('plan'), 'piano.yaml');
	writeFileSync(file, text);
	return file;
}

describe('npm start', () => {
	test('told to end (SIGTERM), drains and ends with 0 in time: screens are told, what was acknowledged is kept', async () => {
		const data = temporaryFolder('npm');
		const running = run('npm', ['start', '--', '--port', '0', '--data', data, '--plan', planFile(nightPlan())]);
		const url = await until('it serves', () => /http:\/\/127\.0\.0\.1:\d+/.exec(running.output())?.[0], 60_000);
		const store = openTokenStore(data);
		const source = store.make({ kind: 'source', name: 's0', subjects: ['*'] }, Date.now()).secret;
		const viewer = store.make({ kind: 'person', name: 'osservatore', duties: [{ role: 'viewer' }] }, Date.now()).secret;
		store.close();
		const screen = openScreen({ url, token: viewer, audience: 'desk' });
		await until('a board', () => screen.state());
		let bye = 0;
		screen.socket.on('bye', ({ retryMs }) => {
			bye = retryMs;
		});
		// A follower of the record, whose answer never ends by itself, does not hold it up.
		const headers = { authorization: `Bearer ${viewer}`, accept: 'text/event-stream' };
		const follower = await fetch(`${url}/api/journal?from=0`, { headers });
		const followed = follower.text().catch(() => 'cut');
		expect((await postSamples(url, source, [moved('a0', 77, Date.now())])).status).toBe(202);

		const begun = performance.now();
		process.kill(running.pid, 'SIGTERM');
		const { code } = await running.ended;
		expect(code).toBe(0);
		expect(performance.now() - begun).toBeLessThan(ENDS_WITHIN_MS);
		expect(bye).toBeGreaterThan(0);
		await followed;
		screen.close();

		const again = await startRegia({ plan: nightPlan(), data });
		const { text } = await ask(`${again.url}/api/journal`, { token: viewer });
		const kinds = text
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line) as { kind: string; what?: string });
		expect(text).toContain('"value":77');
		expect(kinds.filter((entry) => entry.kind === 'auto').map((entry) => entry.what)).toContain('stopped');
		await again.stop();
	});
});

describe('a start that can’t be', () => {
	const refused = (...args: string[]): Promise<Ended> => run(process.execPath, [join(root, 'server/start.mjs'), ...args]).ended;

	test('names every mistaken flag and ends with 2', async () => {
		const { code, output } = await refused('--port', 'molto', '--rhythm', '10', '--prova', '--speed', '99999', 'avanti');
		expect(code).toBe(2);
		for (const mistake of ['--port', '--rhythm', '--prova', '--speed', '"avanti"']) expect(output).toContain(mistake);
		expect(output).not.toMatch(/at .+:\d+:\d+/);
	});

	test('names every mistake of the plan with its line and ends with 2', async () => {
		const text = nightPlan().replace('priority: 1', 'priority: 0').replace('kind: push, label: Fonte 1', 'kind: pusch, label: Fonte 1');
		const { code, output } = await refused('--port', '0', '--data', temporaryFolder('bad'), '--plan', planFile(text));
		expect(code).toBe(2);
		expect(output).toContain('2 mistakes');
		expect(output).toContain('pronto-soccorso.priority');
		expect(output).toContain('pusch');
		expect(output).toMatch(/piano\.yaml:\d+/);
	});

	test('says what to do about a plan that is not there', async () => {
		const { code, output } = await refused('--plan', '/nowhere/piano.yaml');
		expect({ code, said: output.includes('/nowhere/piano.yaml cannot be read') }).toEqual({ code: 2, said: true });
	});

	test('says so where the data folder is in use', async () => {
		const holder = await startRegia({ plan: nightPlan() });
		const { code, output } = await refused('--port', '0', '--data', holder.data, '--plan', planFile(nightPlan()));
		await holder.stop();
		expect(code).toBe(2);
		expect(output).toContain('Regia does not start.');
	});
});

describe('an open rehearsal', () => {
	let open: RunningRegia | null = null;
	afterAll(() => open?.stop());

	test('is read without a token, marked as one, and cannot be changed', async () => {
		open = await startRegia({ flags: ['--rehearse', 'san-martino', '--open', '--speed', '60'] });
		const { url } = open;
		for (const path of ['/api/board', '/api/journal', '/metrics', '/api/health']) expect((await ask(`${url}${path}`)).status).toBe(200);
		expect((await ask(`${url}/api/board`)).json).toMatchObject({ rehearsal: true });
		const note = JSON.stringify({ kind: 'note', text: 'x' });
		for (const [path, body] of [
			['/api/marks', note],
			['/api/samples', '{"samples":[]}'],
			['/api/rehearsal/speed?speed=2', ''],
			['/api/sources/x/exact', ''],
		] as const) {
			expect((await ask(`${url}${path}`, { method: 'POST', body })).json).toMatchObject({ status: 403, code: 'not-permitted' });
		}
		const screen = openScreen({ url, audience: 'wall' });
		await until('a board', () => screen.state());
		expect(screen.state()?.board.rehearsal).toBe(true);
		expect(await screen.socket.emitWithAck('mark', { kind: 'note', text: 'x' })).toMatchObject({ ok: false, code: 'not-permitted' });
		screen.close();
	});
});
