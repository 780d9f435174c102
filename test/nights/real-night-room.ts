// Everything that a real night needs, started and ready: the tools, one Regia that reads them, and a wall. Knows no course of events.
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../kit/browser.ts';
import { freePort } from '../kit/free-port.ts';
import { startPostgres } from '../kit/postgres.ts';
import { startRclone } from '../kit/rclone.ts';
import { startRegia, temporaryFolder } from '../kit/server.ts';
import { startWebService, type WebService } from '../kit/web-service.ts';
import { type NightApi, nightApi } from './real-night-api.ts';
import { type Copy, copyBy } from './real-night-copy.ts';
import { type Databases, fillDatabases } from './real-night-database.ts';
import type { Endings } from './real-night-endings.ts';
import { makeFiles, weigh } from './real-night-files.ts';
import { nightPlan, RCLONE_PASSWORD_FROM, RCLONE_USER } from './real-night-plan.ts';
import type { NightScale } from './real-night-scale.ts';
import { openWall } from './real-night-wall.ts';

export type Room = {
	readonly copy: Copy;
	readonly databases: Databases;
	readonly portal: WebService;
	readonly api: NightApi;
	readonly wall: Page;
	/** Rows on the old side before the night. */
	readonly rows: number;
	readonly startedAt: number;
	/** What lies on each side, by the file system. */
	weighSides(): { readonly old: ReturnType<typeof weigh>; readonly new: ReturnType<typeof weigh> };
	/** What Regia has printed. */
	output(): string;
};

export async function openRoom(scale: NightScale, endings: Endings, signal: AbortSignal): Promise<Room> {
	const folder = await endings.begin(
		() => temporaryFolder('night'),
		(made) => rmSync(made, { recursive: true, force: true }),
	);
	const [oldSide, newSide, data] = ['vecchia', 'nuova', 'record'].map((name) => join(folder, name)) as [string, string, string];
	for (const one of [oldSide, newSide, data]) mkdirSync(one);

	const [young, old] = [await endings.begin(startPostgres, (one) => one.stop()), await endings.begin(startPostgres, (one) => one.stop())];
	const databases = await fillDatabases(old, young, scale.rows);
	await makeFiles(oldSide, scale.files, scale.bytes, signal);

	const password = randomBytes(18).toString('base64url');
	const port = await freePort();
	for (const [name, path] of Object.entries({ VECCHIA: oldSide, NUOVA: newSide })) {
		process.env[`RCLONE_CONFIG_${name}_TYPE`] = 'alias';
		process.env[`RCLONE_CONFIG_${name}_REMOTE`] = path;
	}
	const daemon = await endings.begin(
		() => startRclone({ port, bwlimit: scale.bandwidth, transfers: 4, user: RCLONE_USER, password }),
		(one) => one.kill(),
	);
	const portal = await endings.begin(startWebService, (one) => one.goDown());

	const startedAt = Date.now();
	const file = join(folder, 'plan.yaml');
	writeFileSync(file, nightPlan(scale, { rclone: port, old: old.port, young: young.port, web: portal.url }, startedAt));
	const regia = await endings.begin(
		() => startRegia({ data, flags: ['--plan', file], env: { [RCLONE_PASSWORD_FROM]: password } }),
		(one) => one.stop(),
	);
	const browser = await endings.begin(
		() => launchBrowser({ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false }),
		(one) => one.close(),
	);
	const display = regia.token({ kind: 'display', name: 'sala', audience: 'wall' });
	const commander = regia.token({ kind: 'person', name: 'comando', duties: [{ role: 'commander' }] });
	return {
		copy: copyBy(daemon),
		databases,
		portal,
		api: nightApi(regia.url, commander),
		wall: await openWall(browser, regia.url, display),
		rows: scale.rows,
		startedAt,
		weighSides: () => ({ old: weigh(oldSide), new: weigh(newSide) }),
		output: () => regia.output(),
	};
}
