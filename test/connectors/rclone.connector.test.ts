// rclone for real: a copy to its end, a crash in the middle, counters set back, and what a check run proves.
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Look, Reader } from '../../server/connectors/connector.ts';
import { rcloneConnector } from '../../server/connectors/rclone.connector.ts';
import { assertClean, connectorContract, contextOf, MARKER } from '../contracts/connector-contract.ts';
import { freePort } from '../kit/free-port.ts';
import { type Rclone, rclonePath, startRclone } from '../kit/rclone.ts';
import { until } from '../kit/until.ts';
import { startWebService } from '../kit/web-service.ts';

const settingsOf = (port: number): Record<string, unknown> => ({ archive: 'pacs', url: `http://127.0.0.1:${port}`, group: 'g' });

connectorContract('rclone', {
	connector: rcloneConnector,
	settings: settingsOf,
	mistakes: [
		['no archive', { archive: undefined }, 'archive'],
		['a secret in the address', { url: 'http://a:b@127.0.0.1:5572' }, 'url'],
		['a secret in place of its name', { passwordFrom: 'hunter2' }, 'passwordFrom'],
		['a group with a space', { group: 'a b' }, 'group'],
		['a check run without a group', { verify: {} }, 'verify.group'],
		['a check run of an unknown sort', { verify: { group: 'v', by: 'hope' } }, 'verify.by'],
	],
	faults: { silent: 'timeout', garbage: 'bad-answer', endless: 'too-large', refused: 'unreachable' },
	endlessHead: 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n',
	healthy:
		rclonePath === null
			? null
			: async () => {
					const port = await freePort();
					const daemon = await startRclone({ port });
					return { settings: settingsOf(port), end: () => daemon.kill() };
				},
});

const valuesOf = (look: Look): Record<string, number | null> =>
	Object.fromEntries((look.readings ?? []).map(({ measure, value }) => [measure.slice('archive.'.length), value]));

async function lookAt(reader: Reader): Promise<Record<string, number | null>> {
	const look = await reader.read(AbortSignal.timeout(5000));
	assertClean(look);
	if (!look.ok) throw new Error(look.why);
	return valuesOf(look);
}

describe('an rclone that does not answer as it ought', () => {
	test.each([
		[401, 'unauthorised'],
		[403, 'unauthorised'],
		[404, 'not-found'],
		[500, 'bad-answer'],
		[302, 'bad-answer'],
		[200, 'bad-answer'],
	] as const)('gives a closed code for status %s', async (status, why) => {
		const service = await startWebService();
		service.behave({ kind: 'answer', status, body: JSON.stringify({ error: MARKER, lastError: MARKER }) });
		const reader = rcloneConnector.open(settingsOf(service.port), contextOf());
		expect(await reader.read(AbortSignal.timeout(3000))).toEqual({ ok: false, why });
		await service.goDown();
	});

	test('is not asked at all where its secret is not there', async () => {
		const service = await startWebService();
		const reader = rcloneConnector.open({ ...settingsOf(service.port), user: 'regia', passwordFrom: 'NOT_SET' }, contextOf());
		expect(await reader.read(AbortSignal.timeout(3000))).toEqual({ ok: false, why: 'unauthorised' });
		expect(service.asked()).toBe(0);
		await service.goDown();
	});
});

describe.skipIf(rclonePath === null)('a copy by rclone', () => {
	const MEGABYTE = 1_000_000;
	const sizes = [1, 1, 2, 4].map((one) => one * MEGABYTE);
	const total = sizes.reduce((sum, one) => sum + one, 0);
	let folder = '';
	let from = '';
	let to = '';
	let daemon: Rclone | undefined;

	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), 'regia-rclone-'));
	});
	beforeEach(async (context) => {
		const here = mkdtempSync(join(folder, 'copy-'));
		[from, to] = [join(here, 'from'), join(here, 'to')];
		mkdirSync(from);
		mkdirSync(to);
		sizes.forEach((bytes, i) => {
			writeFileSync(join(from, `${MARKER}-${i}.dcm`), Buffer.alloc(bytes, i + 1));
		});
		context.onTestFinished(async () => daemon?.kill());
	});
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	const copy = (more: object = {}) => daemon?.call('sync/copy', { srcFs: from, dstFs: to, _async: true, _group: 'g', ...more });

	test('is followed to its end, to the byte, and never goes back', async () => {
		const port = await freePort();
		daemon = await startRclone({ port, bwlimit: '6M' });
		const reader = rcloneConnector.open(settingsOf(port), contextOf());
		expect(await lookAt(reader)).toMatchObject({ bytesMoved: 0, bytesTotal: 0, itemsMoved: 0 });
		await copy();
		let last = 0;
		let sawInFlight = false;
		const end = await until('the copy ends', async () => {
			const figures = await lookAt(reader);
			expect(figures.bytesMoved).toBeGreaterThanOrEqual(last);
			last = figures.bytesMoved ?? 0;
			sawInFlight ||= (figures.transferring ?? 0) > 0 && (figures.largestPending ?? 0) > 0;
			return last >= total && figures.transferring === 0 ? figures : null;
		});
		const said = await daemon.call('core/stats', { group: 'g' });
		expect(end).toEqual({
			bytesMoved: said.bytes,
			bytesTotal: total,
			itemsMoved: 4,
			itemsTotal: 4,
			errors: 0,
			checks: 0,
			transferring: 0,
			largestPending: 0,
		});
		expect(sawInFlight).toBe(true);
		expect(end).not.toHaveProperty('itemsVerified');
	});

	test('that is killed half-way and begun again counts nothing twice, also where Regia itself is started anew', async () => {
		const port = await freePort();
		daemon = await startRclone({ port, bwlimit: '4M' });
		const first = rcloneConnector.open(settingsOf(port), contextOf());
		await copy();
		let memory: unknown;
		const before = await until('two files are there and one is under way', async () => {
			const look = await first.read(AbortSignal.timeout(5000));
			if (!look.ok) throw new Error(look.why);
			memory = JSON.parse(JSON.stringify(look.memory));
			const figures = valuesOf(look);
			return (figures.itemsMoved ?? 0) >= 2 && (figures.transferring ?? 0) > 0 ? figures : null;
		});
		await daemon.kill();
		expect(await first.read(AbortSignal.timeout(5000))).toEqual({ ok: false, why: 'unreachable' });

		daemon = await startRclone({ port });
		const second = rcloneConnector.open(settingsOf(port), contextOf(memory));
		const idle = await lookAt(second);
		expect(idle.bytesMoved).toBe(before.bytesMoved);
		expect(idle.bytesTotal).toBe(total);
		await copy();
		let last = idle.bytesMoved ?? 0;
		const end = await until('the second run ends', async () => {
			const figures = await lookAt(second);
			expect(figures.bytesMoved).toBeGreaterThanOrEqual(last);
			last = figures.bytesMoved ?? 0;
			const stats = await daemon?.call('core/stats', { group: 'g' });
			return Number(stats?.transfers) + (before.itemsMoved ?? 0) === 4 ? lookAt(second) : null;
		});
		expect(end).toMatchObject({ bytesMoved: total, bytesTotal: total, itemsMoved: 4, itemsTotal: 4 });
	});

	test('whose counters are set back goes on from where it was', async () => {
		const port = await freePort();
		daemon = await startRclone({ port });
		const reader = rcloneConnector.open(settingsOf(port), contextOf());
		await copy({ _async: false });
		expect((await lookAt(reader)).bytesMoved).toBe(total);
		await daemon.call('core/stats-reset', { group: 'g' });
		expect(await lookAt(reader)).toMatchObject({ bytesMoved: total, bytesTotal: total, itemsMoved: 4 });
		writeFileSync(join(from, 'late.dcm'), Buffer.alloc(MEGABYTE, 9));
		await copy({ _async: false });
		expect(await lookAt(reader)).toMatchObject({ bytesMoved: total + MEGABYTE, bytesTotal: total + MEGABYTE, itemsMoved: 5, itemsTotal: 5 });
	});

	test('is verified by a check run alone, and not where a file differs', async () => {
		const port = await freePort();
		daemon = await startRclone({ port });
		const verify = { group: 'v', by: 'dry-run', fs: from };
		const reader = rcloneConnector.open({ ...settingsOf(port), verify }, contextOf());
		await copy({ _async: false });
		const copied = await lookAt(reader);
		expect(copied).not.toHaveProperty('itemsVerified');
		expect(copied).not.toHaveProperty('bytesVerified');
		const check = () => copy({ _async: false, _group: 'v', _config: { CheckSum: true, DryRun: true } });
		await check();
		expect(await lookAt(reader)).toMatchObject({ itemsVerified: 4, bytesVerified: total, bytesMoved: total });

		truncateSync(join(to, `${MARKER}-0.dcm`), 1);
		await daemon.call('core/stats-delete', { group: 'v' });
		await check();
		const spoilt = await lookAt(reader);
		expect(spoilt.itemsVerified).toBeLessThan(4);
		expect(spoilt).not.toHaveProperty('bytesVerified');
	});

	test('is blind where the password is wrong, and read where it is right', async () => {
		const port = await freePort();
		daemon = await startRclone({ port, user: 'regia', password: MARKER });
		const wrong = rcloneConnector.open(settingsOf(port), contextOf());
		expect(await wrong.read(AbortSignal.timeout(5000))).toEqual({ ok: false, why: 'unauthorised' });
		const right = rcloneConnector.open({ ...settingsOf(port), user: 'regia', passwordFrom: 'KNOWN_SECRET' }, contextOf());
		expect(await lookAt(right)).toMatchObject({ bytesMoved: 0 });
	});
});
