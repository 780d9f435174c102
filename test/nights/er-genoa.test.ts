// San Martino's emergency room through its night, over the real wire: live, dark, on paper with a count missed, restored, caught up. The
// board is held against what was worked out by hand. The emergency room's part of the night alone, so that it is quick.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadRegistry } from '../../server/connectors/registry.ts';
import { openLog } from '../../server/log.ts';
import { readPlan } from '../../server/plan-file.ts';
import type { Regia } from '../../server/regia.ts';
import { loadRehearsals } from '../../server/rehearsal/rehearsals.ts';
import type { Scenario } from '../../server/rehearsal/scenario.ts';
import { rehearse } from '../../server/rehearse.ts';
import type { ErNow, SiteNow } from '../../shared/er-now.ts';
import { temporaryFolder } from '../kit/server.ts';
import { until } from '../kit/until.ts';
import { censusByHand, counts, DARK_FROM, FORMS, type HandCensus, named, RESTORED, WINDOW_START } from './er-genoa-by-hand.ts';

const MINUTE_MS = 60_000;
const erMarks = new Set(['count', 'paper', 'diversion', 'bedside']);

let regia: Regia;
let token = '';

/** Copies and tasks left out: what the emergency rooms say, and when. */
const erOf = (scenario: Scenario): Scenario => ({
	...scenario,
	batchesAt: () => [],
	marksAt: (instant) => scenario.marksAt(instant).filter(({ mark }) => erMarks.has(mark.kind)),
});

beforeAll(async () => {
	const kinds = await loadRegistry();
	const rehearsal = (await loadRehearsals()).get('san-martino');
	const read = rehearsal && readPlan(rehearsal.planText, rehearsal.planFile, kinds);
	if (!rehearsal || !read?.ok) throw new Error('San Martino has no plan');
	regia = await rehearse({
		scenario: erOf(rehearsal.open(1)),
		speed: 3600,
		plan: { plan: { ...read.plan, archives: {}, tasks: {}, gates: {} }, text: rehearsal.planText, digest: 'er' },
		kinds,
		dataFolder: temporaryFolder('er-genoa'),
		host: '127.0.0.1',
		port: 0,
		rhythmMs: 1000,
		open: false,
		log: openLog('warn'),
	});
	token = regia.tokens.make({ kind: 'person', name: 'notte', duties: [{ role: 'viewer' }] }, Date.now()).secret;
	await until(
		'the end of the night',
		async () => {
			const answer = await fetch(`${regia.url}/api/health`);
			return ((await answer.json()) as { speed: number }).speed === 0;
		},
		120_000,
	);
}, 150_000);
afterAll(() => regia?.stop());

async function erAt(minute: number): Promise<ErNow> {
	const at = new Date(WINDOW_START + minute * MINUTE_MS).toISOString();
	const answer = await fetch(`${regia.url}/api/board?at=${at}`, { headers: { authorization: `Bearer ${token}` } });
	if (!answer.ok) throw new Error(await answer.text());
	return ((await answer.json()) as { er: ErNow }).er;
}

/** What must hold at every moment of the night. */
function checkSite(shown: SiteNow, byHand: HandCensus): void {
	const { clock, mode, present, movesSince, isBlind } = byHand;
	expect([clock, shown.mode]).toEqual([clock, mode]);
	expect(shown.reason, clock).not.toBe('surge');
	if (isBlind) {
		expect([clock, shown.standing, shown.present, shown.byCode, shown.waiting]).toEqual([clock, 'blind', null, null, null]);
		return;
	}
	expect(shown.present, clock).not.toBeNull();
	// While messages come they are the truth; on paper and in the catch-up it is off by no more than what the paper could not say.
	const allowed = mode === 'feed' ? 0 : movesSince;
	expect(Math.abs((shown.present ?? Number.NaN) - present), `${clock}: ${shown.present} is shown, ${present} are there`).toBeLessThanOrEqual(allowed);
	if (mode === 'feed' || byHand.counted === byHand.minute) {
		expect([clock, shown.byCode, shown.boarding]).toEqual([clock, byHand.byCode, byHand.boarding]);
	}
}

describe('San Martino’s emergency room', () => {
	test('has at least fifteen named minutes, as worked out by hand', () => {
		expect(new Set(named.map(({ minute }) => minute)).size).toBeGreaterThanOrEqual(15);
		expect(named.map(({ clock }) => clock)).toEqual(expect.arrayContaining(['19:39', '19:41', '23:16', '02:34', '02:36', '02:55', '03:30']));
	});

	test.each(named.map((one) => [one.clock, one] as const))('at %s it is shown as it is', async (_, byHand) => {
		const { sites } = await erAt(byHand.minute);
		checkSite(sites['san-martino'] as SiteNow, byHand);
	});

	test('is exact at each count by hand, and blind once the missed one is too long ago', async () => {
		for (const minute of counts) checkSite((await erAt(minute)).sites['san-martino'] as SiteNow, censusByHand(minute));
		const silent: string[] = [];
		for (let minute = 236; minute <= 266; minute += 1) {
			const { standing } = (await erAt(minute)).sites['san-martino'] as SiteNow;
			if (standing === 'blind') silent.push(censusByHand(minute).clock);
		}
		// The count of 22:55 is good for twenty minutes; the next one is of 23:25.
		expect(silent).toEqual(Array.from({ length: 9 }, (_, k) => `23:${16 + k}`));
	});

	test('tells what is left of the paper, and calls no back-entry a surge', async () => {
		const told: (readonly [number, number | undefined, number | null | undefined])[] = [];
		for (let minute = RESTORED; minute <= RESTORED + 40; minute += 5) {
			const { backEntry, mode, reason } = (await erAt(minute)).sites['san-martino'] as SiteNow;
			expect([minute, mode, reason === 'surge']).toEqual([minute, 'catchup', false]);
			told.push([minute, backEntry?.entered, backEntry?.left]);
		}
		const byHand = told.map(([minute]) => [minute, censusByHand(minute).entered, FORMS - censusByHand(minute).entered]);
		expect(told).toEqual(byHand);
		expect(told.at(-1)).toEqual([RESTORED + 40, FORMS, 0]);
	});

	test('its neighbours and its diversion are told beside it', async () => {
		const before = await erAt(DARK_FROM - 1);
		const during = await erAt(180);
		expect(before.sites['san-martino']?.diversion).toBeNull();
		expect(during.sites['san-martino']?.diversion?.state).toBe('limited');
		expect((await erAt(510)).sites['san-martino']?.diversion?.state).toBe('open');
		// Galliera by hand: 46 at 19:00 and 61 at 22:00, straight between them; 39 → 55 at 21:30 and 22 → 31 at 23:00 for the others.
		expect(during.sites.galliera?.present).toBe(61);
		expect(before.sites.galliera?.present).toBe(Math.round(46 + (15 * 35) / 180));
		expect(before.sites['villa-scassi']?.present).toBe(Math.round(39 + (16 * 35) / 150));
		expect(before.sites.evangelico?.present).toBe(Math.round(22 + (9 * 35) / 240));
		expect(during.sites['san-martino']?.neighbours).toEqual(['galliera', 'villa-scassi', 'evangelico']);
	});

	test('what was worked out for one minute does not hold for another', async () => {
		const shown = (await erAt(160)).sites['san-martino'] as SiteNow;
		expect(() => checkSite(shown, censusByHand(454))).toThrow();
		expect(() => checkSite(shown, censusByHand(256))).toThrow();
	});
});
