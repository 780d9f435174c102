// A month of a region's emergency rooms through the real door: messages repeated, late, cancelled and merged; at moments drawn by seed the
// board is exactly what the generator knows; and no invented person is found in anything that the server keeps, prints or sends.
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { finished } from 'node:stream/promises';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadRegistry } from '../../server/connectors/registry.ts';
import { openLog } from '../../server/log.ts';
import { readPlan } from '../../server/plan-file.ts';
import { type Regia, startRegia } from '../../server/regia.ts';
import { createRehearsalClock } from '../../server/rehearsal/rehearsal-clock.ts';
import type { ErNow } from '../../shared/er-now.ts';
import { isFull, say, scaled } from '../faults/kit/scale.ts';
import { openScreen, type Screen } from '../faults/kit/screen.ts';
import { temporaryFolder } from '../kit/server.ts';
import { chanceFrom, MINUTE_MS, type SiteLoad, type Visit, visitsOf } from './er-generator.ts';
import { dialects, messagesOf, type Spoken } from './er-generator-messages.ts';
import { type Truth, truthAt } from './er-generator-truth.ts';
import { dialectOf, monthPlan } from './er-month-plan.ts';
import { searchPersons } from './er-month-search.ts';
import { type ErPipe, openPipe } from './er-pipe.ts';

const SEED = 20_250_725;
const DAY_MS = 86_400_000;
const SITES = scaled(39, 6);
const DAYS = scaled(31, 3);
const LOOKS = scaled(100, 40);
const ZONE_MINUTES = 120;
/** 1 July 2025 at midnight in Rome. */
const FROM = Date.UTC(2025, 5, 30, 22);
const TO = FROM + DAYS * DAY_MS;
/** The clock runs ahead of the messages by at most this: they come in pieces of it. */
const STEP_MS = 10 * MINUTE_MS;

/** Loads differ from site to site; together they are the region's month. */
const weights = Array.from({ length: SITES }, (_, i) => 1 + ((i * 7) % 13) / 4);
const sum = weights.reduce((all, one) => all + one, 0);
const sites: readonly SiteLoad[] = weights.map((weight, i) => ({
	id: `ps-${String(i + 1).padStart(2, '0')}`,
	visitsAMonth: ((110_000 * SITES) / 39) * (weight / sum),
}));

/**
 * Drawn over the month, each at the first instant of a minute: there a wait counted in whole minutes from that of the arrival, which is all
 * that the journal keeps of it, is longer than its target exactly where the true one is.
 */
function drawLooks(): readonly number[] {
	const chance = chanceFrom(SEED + 1);
	const first = FROM + DAY_MS / 2;
	return Array.from({ length: LOOKS }, () => Math.floor((first + chance() * (TO - first)) / MINUTE_MS) * MINUTE_MS).sort((a, b) => a - b);
}

type Sent = { readonly codes: Record<string, number>; readonly ms: number; readonly count: number };
type Look = { readonly at: number; readonly truth: Record<string, Truth>; readonly shown: ErNow };

const folder = temporaryFolder('er-month');
const looks: Look[] = [];
let visits: readonly Visit[] = [];
let spoken: readonly Spoken[] = [];
let sent: Sent = { codes: {}, ms: 0, count: 0 };
let regia: Regia;
let listening = false;
const answers = createWriteStream(join(folder, 'answers.json'));
const frames = createWriteStream(join(folder, 'frames.ndjson'));
let screens: readonly Screen[] = [];
const log = createWriteStream(join(folder, 'log.ndjson'));

async function boardAt(token: string): Promise<ErNow> {
	const answer = await fetch(`${regia.url}/api/board`, { headers: { authorization: `Bearer ${token}` } });
	const text = await answer.text();
	answers.write(text);
	if (!answer.ok) throw new Error(text);
	return (JSON.parse(text) as { er: ErNow }).er;
}

beforeAll(
	async () => {
		const kinds = await loadRegistry();
		const text = monthPlan(sites, FROM);
		const read = readPlan(text, 'mese.yaml', kinds);
		if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
		const moments = drawLooks();
		visits = visitsOf({ seed: SEED, from: FROM, to: TO, zoneMinutes: ZONE_MINUTES, sites, cancels: 0.06, merges: 0.036 });
		spoken = messagesOf(visits, {
			seed: SEED + 2,
			zoneMinutes: ZONE_MINUTES,
			dialectOf: (site) => dialectOf(sites, site),
			twice: 0.02,
			late: 0.05,
			latestMs: 7 * MINUTE_MS,
			looks: [...moments, TO - MINUTE_MS],
		}).filter(({ at, arrives }) => at <= TO - MINUTE_MS && arrives <= TO - MINUTE_MS);
		const clock = createRehearsalClock({ start: FROM, speed: 3600 });
		const data = join(folder, 'data');
		mkdirSync(data);
		regia = await startRegia({
			plan: { plan: read.plan, text, digest: read.digest },
			kinds,
			dataFolder: data,
			host: '127.0.0.1',
			port: 0,
			mllp: { port: 0, host: '127.0.0.1', tls: null },
			rhythmMs: 1000,
			open: false,
			clock,
			log: openLog('debug', log),
		});
		listening = true;
		const token = regia.tokens.make({ kind: 'person', name: 'mese', duties: [{ role: 'viewer' }] }, Date.now()).secret;
		screens = (['wall', 'desk', 'field'] as const).map((audience) =>
			openScreen({ url: regia.url, token, audience, onFrame: (frame) => frames.write(`${JSON.stringify(frame)}\n`) }),
		);
		const pipes = new Map<string, ErPipe>();
		for (const { sender } of dialects) pipes.set(sender, await openPipe(regia.mllpPort ?? 0));
		const codes: Record<string, number> = {};
		let next = 0;
		let ms = 0;
		const sendUntil = async (instant: number): Promise<void> => {
			clock.advanceTo(instant);
			const bySender = new Map<string, Buffer[]>(dialects.map(({ sender }) => [sender, []]));
			for (let one = spoken[next]; one !== undefined && one.arrives <= instant; one = spoken[next]) {
				bySender.get(one.sender)?.push(one.bytes());
				next += 1;
			}
			const began = performance.now();
			const counted = await Promise.all(
				[...bySender].map(([sender, messages]) => pipes.get(sender)?.send(messages) ?? Promise.resolve<Readonly<Record<string, number>>>({})),
			);
			ms += performance.now() - began;
			for (const counts of counted) for (const [code, count] of Object.entries(counts)) codes[code] = (codes[code] ?? 0) + count;
			await regia.settle();
		};
		const ids = sites.map(({ id }) => id);
		let at = FROM;
		for (const look of [...moments, TO - MINUTE_MS]) {
			for (; at + STEP_MS < look; at += STEP_MS) await sendUntil(at + STEP_MS);
			await sendUntil(look);
			looks.push({ at: look, truth: truthAt(visits, ids, look), shown: await boardAt(token) });
		}
		sent = { codes, ms, count: next };
		for (const pipe of pipes.values()) pipe.close();
	},
	isFull ? 3_600_000 : 120_000,
);
afterAll(() => (listening ? regia.stop() : undefined));

test('every message is taken, among them the repeated, the late, the cancelled and the merged', () => {
	const repeats = spoken.filter(({ isRepeat }) => isRepeat).length;
	const kinds = visits.flatMap(({ steps }) => steps.map(({ kind }) => kind));
	const share = (some: readonly string[]): string => `${((100 * kinds.filter((one) => some.includes(one)).length) / kinds.length).toFixed(1)} %`;
	const late = spoken.filter(({ at, arrives, isRepeat }) => !isRepeat && arrives - at > 30_000).length;
	say(
		'a month of emergency rooms',
		`${visits.length} visits in ${SITES} sites and ${DAYS} days; ${sent.count} messages, ${Math.round((1000 * sent.count) / sent.ms)} a second acknowledged; ` +
			`${repeats} repeated, ${late} late, ${share(['A11', 'A12', 'A13', 'A27', 'A07'])} cancels, ${share(['A40', 'A42-into', 'A50'])} merges`,
	);
	expect(sent.codes).toEqual({ AA: spoken.length });
	for (const kind of ['A11', 'A12', 'A13', 'A40', 'A42-into', 'A50']) expect([kind, kinds.includes(kind as 'A11')]).toEqual([kind, true]);
});

test('at every moment drawn the board of every site is exactly the census that the generator knows', () => {
	const differing: unknown[] = [];
	let compared = 0;
	for (const { at, truth, shown } of looks) {
		for (const [site, known] of Object.entries(truth)) {
			const { present, byCode, waiting, inTreatment, observation, boarding, overTarget, arrivalsLastHour } = shown.sites[site] ?? {};
			const board = { present, byCode, waiting, inTreatment, observation, boarding, overTarget, arrivalsLastHour };
			if (!isDeepStrictEqual(board, known)) differing.push({ at: new Date(at).toISOString(), site, board, known });
			compared += 1;
		}
	}
	say('a month of emergency rooms', `${compared} boards of a site at ${looks.length} moments compared: ${differing.length} differ`);
	expect(differing.slice(0, 5)).toEqual([]);
	expect(compared).toBe(SITES * (LOOKS + 1));
});

test('one message more or less would be seen: without one visit the census is another', () => {
	const { at, shown } = looks[0] as Look;
	const missed = visits.find(({ steps }) => (steps.findLast((one) => one.at <= at)?.place ?? null) !== null) as Visit;
	const known = truthAt(
		visits.filter((one) => one !== missed),
		[missed.site],
		at,
	)[missed.site];
	expect(shown.sites[missed.site]?.present).toBe((known?.present ?? 0) + 1);
});

test('no invented name, number or birth date is in the journal, the log, a frame, an answer or any file; one that is planted is found', async () => {
	for (const screen of screens) {
		expect(screen.counts.frames).toBeGreaterThan(1);
		screen.close();
	}
	await regia.stop();
	listening = false;
	for (const stream of [answers, frames, log]) stream.end();
	await Promise.all([answers, frames, log].map((stream) => finished(stream)));
	const found = searchPersons(visits, folder);
	say(
		'a month of emergency rooms',
		`${found.persons} persons searched for in ${found.files} files, ${(found.bytes / 1e6).toFixed(1)} MB: ${found.leaks.length} found`,
	);
	expect(found.leaks).toEqual([]);
	expect(found.bytes).toBeGreaterThan(100_000);
	const planted = visits[3]?.person;
	writeFileSync(join(folder, 'planted.txt'), `nato il ${planted?.born}, ${planted?.surname}`);
	expect(searchPersons(visits, folder).leaks).toEqual(['planted.txt: marker', 'planted.txt: name', 'planted.txt: birth date']);
});
