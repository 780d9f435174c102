// The command: reads flags and plan, starts one Regia, and ends it in order. Prints to its terminal; knows no rule of the product.
import { mkdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Logger } from 'pino';
import * as z from 'zod/mini';
import { type Config, helpText, readConfig } from './config.ts';
import type { ConnectorKind } from './connectors/connector.ts';
import { loadRegistry } from './connectors/registry.ts';
import { openLog } from './log.ts';
import { digestWith, readCurve } from './plan-curve.ts';
import { describeMistake, readPlan } from './plan-file.ts';
import type { PlanText } from './plan-in-force.ts';
import { readLogo } from './plan-press.ts';
import { type Regia, startRegia } from './regia.ts';
import { loadRehearsals } from './rehearsal/rehearsals.ts';
import { rehearse } from './rehearse.ts';

const DEFAULT_REHEARSAL = 'san-martino';
const DRAIN_LIMIT_MS = 9000;

/** A start that can't be: every mistake on a line of its own, exit status 2. */
function refuse(title: string, mistakes: readonly string[]): never {
	console.error([title, ...mistakes.map((one) => `  ${one}`)].join('\n'));
	process.exit(2);
}

async function readText(file: string): Promise<string> {
	try {
		return await readFile(file, 'utf8');
	} catch {
		return refuse('Regia does not start.', [`${file} cannot be read: give an existing plan file with --plan`]);
	}
}

async function acceptPlan(text: string, file: string, folder: string, kinds: ReadonlyMap<string, ConnectorKind>): Promise<PlanText> {
	const read = readPlan(text, file, kinds);
	if (!read.ok) {
		const { mistakes } = read;
		return refuse(`Regia does not start: ${mistakes.length} mistake${mistakes.length === 1 ? '' : 's'} in the plan.`, mistakes.map(describeMistake));
	}
	const { plan, digest } = read;
	const found = await readCurve(plan, folder);
	if ('mistake' in found) return refuse('Regia does not start.', [found.mistake]);
	const pictured = await readLogo(plan, folder);
	if ('mistake' in pictured) return refuse('Regia does not start.', [pictured.mistake]);
	const { curve } = found;
	const { logo } = pictured;
	// A plan whose curve or logo has changed is another plan.
	const withCurve = curve === null ? digest : digestWith(digest, found.text);
	return {
		plan,
		text,
		digest: logo === null ? withCurve : digestWith(withCurve, logo),
		...(curve === null ? {} : { curve }),
		...(logo === null ? {} : { logo }),
	};
}

function dataFolderOf(config: Config, isRehearsal: boolean): string {
	const folder = resolve(config.data ?? (isRehearsal ? `.regia/rehearsal-${config.port}` : '.regia/data'));
	if (isRehearsal && config.data === null) rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	return folder;
}

function endInOrder(stop: () => Promise<void>, log: Logger): void {
	let ending = false;
	for (const signal of ['SIGTERM', 'SIGINT'] as const) {
		process.on(signal, () => {
			if (ending) return;
			ending = true;
			setTimeout(() => process.exit(1), DRAIN_LIMIT_MS).unref();
			stop().then(
				() => process.exit(0),
				(error: unknown) => {
					log.fatal({ err: error }, 'could not end in order');
					process.exit(1);
				},
			);
		});
	}
}

async function main(): Promise<void> {
	z.config(z.locales.en());
	const read = readConfig(process.argv.slice(2), process.env);
	if (read.ok === 'help') {
		console.log(helpText());
		return;
	}
	if (!read.ok) return refuse('Regia does not start.', read.mistakes);
	const { config } = read;
	const log = openLog(process.env.REGIA_LOG ?? 'warn');
	const kinds = await loadRegistry();
	const rehearsals = config.plan === null ? await loadRehearsals() : null;
	const rehearsal = rehearsals?.get(config.rehearse ?? DEFAULT_REHEARSAL) ?? null;
	if (rehearsals && !rehearsal) refuse('Regia does not start.', [`--rehearse ${config.rehearse}: there is ${[...rehearsals.keys()].join(', ')}`]);
	const plan = rehearsal
		? withSeed(await acceptPlan(rehearsal.planText, rehearsal.planFile, rehearsal.folder, kinds), rehearsal.id, config.seed)
		: await acceptPlan(await readText(config.plan ?? ''), config.plan ?? '', dirname(config.plan ?? ''), kinds);
	const open = config.open || (rehearsal !== null && config.rehearse === null);
	const { host, port, rhythmMs, recheckMs, speed, tls, mllp } = config;
	const setup = { plan, kinds, dataFolder: dataFolderOf(config, rehearsal !== null), host, port, tls, mllp, rhythmMs, recheckMs, open, log };
	const regia: Regia = rehearsal
		? await rehearse({ ...setup, scenario: rehearsal.open(config.seed), speed })
		: await startRegia({ ...setup, clock: null });
	endInOrder(() => regia.stop(), log);
	console.log(`Regia · ${plan.plan.programme.name}${rehearsal ? ' · PROVA' : ''}`);
	const hl7 = regia.mllpPort === null ? '' : `\n  mllp  ${mllp.host}:${regia.mllpPort}`;
	const rooms = Object.keys(plan.plan.sites).length === 0 ? '' : `\n  er    ${regia.url}/wall/er`;
	console.log(`  desk  ${regia.url}/\n  wall  ${regia.url}/wall/cutover${rooms}${hl7}`);
	if (regia.claimCode !== null) {
		console.log(
			`  Nobody is in charge here yet. This link makes the first administrator, once, within an hour:\n    ${regia.url}/claim#${regia.claimCode}`,
		);
		if (regia.isHeldBack) console.log(`  Until then Regia listens on loopback only. Start it again afterwards: it will listen on ${host}.`);
	}
	if (rehearsal && config.rehearse === null)
		console.log('  This is a rehearsal with invented figures. Give it your plan: npm start -- --plan FILE   (npm run plan -- example san-martino)');
	else if (!open) console.log('  Screens need a token: npm run token -- make display NAME --audience wall');
}

/** A night is its plan, its script and its seed: a record goes on with the same three only. */
const withSeed = (plan: PlanText, id: string, seed: number): PlanText => ({ ...plan, digest: `${plan.digest}-${id}-${seed}` });

function remedyOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	if ('code' in error && error.code === 'EADDRINUSE')
		return `${error.message}: stop what listens there, or give another port with --port (REGIA_PORT)`;
	if ('code' in error && error.code === 'EADDRNOTAVAIL') return `${error.message}: --host is no address of this machine`;
	return error.message;
}

// A terminal or pipe that is gone must not end the night.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

main().catch((error: unknown) => {
	refuse('Regia does not start.', [remedyOf(error)]);
});
