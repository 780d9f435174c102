// npm run night:real [-- --small] [--estimate]: a night with real tools before one Regia, compared with what the tools themselves say.
// Prints a table and ends with 1 on any difference; ends whatever it began, also when it is interrupted.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { postgresFolder } from '../kit/postgres.ts';
import { rclonePath } from '../kit/rclone.ts';
import { runToProof } from './real-night-course.ts';
import { createEndings } from './real-night-endings.ts';
import { compareFigures } from './real-night-figures.ts';
import { writeRecording } from './real-night-recording.ts';
import { openRoom } from './real-night-room.ts';
import { fullNight, type NightScale, smallNight } from './real-night-scale.ts';
import { compareRecord, keepSilent } from './real-night-silence.ts';
import { createVerdict } from './real-night-verdict.ts';

const pictureFolder = join(import.meta.dirname, '../browser/out');

const endings = createEndings();
const interruption = new AbortController();
const began = performance.now();
const say = (line: string): void => console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${line}`);

async function leave(status: number): Promise<never> {
	interruption.abort();
	await endings.endAll();
	process.exit(status);
}

for (const [name, status] of [
	['SIGINT', 130],
	['SIGTERM', 143],
	['SIGHUP', 129],
] as const) {
	process.on(name, () => void leave(status));
}
process.on('uncaughtException', (error) => fail(error));

function fail(error: unknown): void {
	// What fails because the night is being ended is no news.
	if (!interruption.signal.aborted) console.error(error);
	void leave(1);
}

async function night(): Promise<void> {
	const { values } = parseArgs({ options: { small: { type: 'boolean', default: false }, estimate: { type: 'boolean', default: false } } });
	const scale: NightScale = { ...(values.small ? smallNight : fullNight), ...(values.estimate ? { count: 'estimate' } : {}) };
	if (rclonePath === null || postgresFolder === null) return leave(1);
	say(`a ${scale.name} night: ${scale.files} files, ${scale.bytes / 1e6} MB, ${scale.rows} rows; the tools start`);
	const { signal } = interruption;
	const room = await openRoom(scale, endings, signal);
	say('all is ready');
	const verdict = createVerdict();
	const pictureFile = join(pictureFolder, values.small ? 'real-night-small-wall.png' : 'real-night-wall.png');
	const setup = { room, scale, verdict, signal, pictureFile, say };
	const proven = await runToProof(setup);
	await compareFigures(setup, proven);
	const silent = await keepSilent(setup);
	const entries = await compareRecord(setup);
	say('compared');
	console.log(`\n${verdict.table()}\n`);
	const end = { name: 'all verified', seq: proven.end.seq, now: Date.parse(proven.end.now) };
	if (verdict.isGood() && !values.small && !values.estimate) {
		const bytes = writeRecording('real-night', entries, [proven.half, end, silent]);
		say(`recorded: ${entries.length} entries in ${bytes} bytes`);
	}
	if (room.output().includes('"level":')) say(`Regia printed:\n${room.output()}`);
	await leave(verdict.isGood() ? 0 : 1);
}

night().catch(fail);
