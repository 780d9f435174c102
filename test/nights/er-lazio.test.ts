// Lazio's rehearsal over the real wire for its first evening: every emergency room, the copies and the bookings against what was counted by
// hand from what was sent.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadRegistry } from '../../server/connectors/registry.ts';
import { openLog } from '../../server/log.ts';
import { readPlan } from '../../server/plan-file.ts';
import type { Regia } from '../../server/regia.ts';
import { loadRehearsals } from '../../server/rehearsal/rehearsals.ts';
import type { Scenario } from '../../server/rehearsal/scenario.ts';
import { rehearse } from '../../server/rehearse.ts';
import type { ErNow } from '../../shared/er-now.ts';
import type { Plan } from '../../shared/plan.ts';
import { say, scaled } from '../faults/kit/scale.ts';
import { temporaryFolder } from '../kit/server.ts';
import { until } from '../kit/until.ts';
import { bookingsByHand, countByHand, movedByHand } from './er-lazio-by-hand.ts';

const MINUTE_MS = 60_000;
/** 18:00 in Rome. */
const START = Date.UTC(2025, 6, 4, 16);
/** Vannini's line is down from 18:45 on. */
const CUT_OFF = 45;
const UNTIL = 96;
const SEED = 1;
const byCount = ['gemelli', 'campus', 'isola-tiberina', 'bambino-gesu-roma', 'bambino-gesu-palidoro'];

type Board = {
	readonly er: ErNow;
	readonly rollup: { readonly moved: number; readonly total: number };
};
let regia: Regia;
let token = '';
let plan: Plan;
/** What goes out, by the scenario opened anew: the same for the same seed. */
let script: Scenario;

beforeAll(async () => {
	const kinds = await loadRegistry();
	const rehearsal = (await loadRehearsals()).get('lazio');
	const read = rehearsal && readPlan(rehearsal.planText, rehearsal.planFile, kinds);
	if (!rehearsal || !read?.ok) throw new Error('Lazio has no plan');
	({ plan } = read);
	script = rehearsal.open(SEED);
	regia = await rehearse({
		scenario: rehearsal.open(SEED),
		speed: 3600,
		plan: { plan, text: rehearsal.planText, digest: read.digest },
		kinds,
		dataFolder: temporaryFolder('er-lazio'),
		host: '127.0.0.1',
		port: 0,
		rhythmMs: 1000,
		open: false,
		log: openLog('warn'),
	});
	token = regia.tokens.make({ kind: 'person', name: 'regione', duties: [{ role: 'viewer' }] }, Date.now()).secret;
	await until(
		'the end of the stretch',
		async () => Date.parse(((await (await fetch(`${regia.url}/api/health`)).json()) as { now: string }).now) > START + UNTIL * MINUTE_MS,
		120_000,
	);
}, 150_000);
afterAll(() => regia?.stop());

async function ask<T>(path: string): Promise<T> {
	const answer = await fetch(`${regia.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
	if (!answer.ok) throw new Error(await answer.text());
	return (await answer.json()) as T;
}
const boardAt = (minute: number): Promise<Board> => ask(`/api/board?at=${new Date(START + minute * MINUTE_MS).toISOString()}`);

function sentUntil(minute: number): readonly string[] {
	const all: string[] = [];
	for (let one = 0; one <= minute; one += 1) {
		for (const { messages } of script.messagesAt?.(START + one * MINUTE_MS) ?? []) all.push(...messages);
	}
	return all;
}

describe('Lazio', () => {
	test('has thirty-nine emergency rooms, thirty-four by messages, and 150 TB in thirty archives', () => {
		expect(Object.keys(plan.sites)).toHaveLength(39);
		expect(Object.values(plan.sites).reduce((sum, { arrivalsAMonth }) => sum + (arrivalsAMonth ?? 0), 0) / 110_000).toBeCloseTo(1, 3);
		expect(Object.keys(plan.archives)).toHaveLength(30);
		expect(Object.values(plan.archives).reduce((sum, { total }) => sum + (total ?? 0), 0)).toBe(150e12);
		expect(Object.values(plan.sources).filter(({ kind }) => kind === 'mllp')).toHaveLength(6);
	});

	test.each([0, 23, 44, 61, 95])('%i minutes after 18:00 every room is shown as it was told', async (minute) => {
		const { er } = await boardAt(minute);
		const byHand = countByHand(sentUntil(minute), START + minute * MINUTE_MS);
		expect(Object.keys(byHand)).toHaveLength(34);
		for (const [site, counted] of Object.entries(byHand)) {
			if (site === 'vannini' && minute > CUT_OFF) continue;
			const { present, byCode, waiting, inTreatment, observation, boarding, overTarget, arrivalsLastHour } = er.sites[site] ?? {};
			const shown = { present, byCode, waiting, inTreatment, observation, boarding, overTarget, arrivalsLastHour };
			expect({ minute, site, ...shown }).toEqual({ minute, site, ...counted });
		}
		const counts = script.countsAt?.(START + (minute - (minute % 10)) * MINUTE_MS) ?? [];
		expect(counts.map(({ site }) => site).sort()).toEqual([...byCount].sort());
		for (const { site, count } of counts) {
			const told = Object.values(count.present as Record<string, number>).reduce((sum, one) => sum + one, 0);
			expect([minute, site, er.sites[site]?.present, er.sites[site]?.boarding]).toEqual([minute, site, told, count.boarding]);
		}
	});

	test('a room whose line is down is blind, left out of the sum, and said so', async () => {
		const before = await boardAt(CUT_OFF - 1);
		const after = await boardAt(UNTIL - 1);
		expect([before.er.region.reporting, before.er.sites.vannini?.standing === 'blind']).toEqual([39, false]);
		expect([after.er.region.reporting, after.er.region.sites]).toEqual([38, 39]);
		expect([after.er.sites.vannini?.standing, after.er.sites.vannini?.present]).toEqual(['blind', null]);
		const rest = Object.values(after.er.sites).reduce((sum, { present }) => sum + (present ?? 0), 0);
		expect(after.er.region.present).toBe(rest);
	});

	test('copies, bookings and the bodies’ estates stand where they were worked out', async () => {
		const { rollup } = await boardAt(90);
		// A figure is up to five minutes, two seconds and twenty seconds of sway old: under 0.01 TB at this pace.
		expect(Math.abs(rollup.moved / 1e12 - movedByHand(90))).toBeLessThan(0.05);
		expect(rollup.total).toBe(150e12);
		const [from, to] = [START, START + 94 * MINUTE_MS].map((at) => new Date(at).toISOString());
		const told = async (subject: string, measure: string): Promise<readonly number[]> => {
			const series = await ask<{ points: readonly { last: number | null }[] }>(
				`/api/series?subject=${subject}&measure=${measure}&from=${from}&to=${to}`,
			);
			return series.points.map(({ last }) => last).filter((one) => one !== null);
		};
		const bookings = await told('service/recup', 'service.bookings');
		expect([bookings[0], bookings.at(-1)]).toEqual([bookingsByHand(18), bookingsByHand(19)]);
		// A quarter less than at the end, when all have 65 % on the average.
		const atStart: number[] = [];
		for (const id of Object.keys(plan.bodies)) atStart.push(...(await told(`body/${id}`, 'body.estateMoved')));
		expect(atStart).toHaveLength(19);
		expect(atStart.reduce((sum, one) => sum + one, 0) / 19).toBeCloseTo(0.65 - 0.25, 4);
		const lastTold = script.end - ((script.end - START) % (360 * MINUTE_MS));
		const atEnd = script.batchesAt(lastTold).find(({ source }) => source === 'patrimonio');
		const shares = atEnd?.samples.map(({ value }) => value) ?? [];
		expect(atEnd?.samples.map(({ subject }) => subject.split('/')[1]).sort()).toEqual(Object.keys(plan.bodies).sort());
		expect(shares.reduce((sum, one) => sum + one, 0) / shares.length).toBeCloseTo(0.65, 9);
	});

	test('110,000 visits a month, by time of day and of week, and about six and a half messages each', () => {
		const days = scaled(21, 3);
		let [arrivals, messages] = [0, 0];
		// From the fourth day on: the flood is over.
		const from = START + 3 * 1440 * MINUTE_MS;
		for (let minute = 1; minute <= days * 1440; minute += 1) {
			for (const { messages: some } of script.messagesAt?.(from + minute * MINUTE_MS) ?? []) {
				messages += some.length;
				arrivals += some.filter((one) => one.includes('|ADT^A04^')).length;
			}
		}
		const byMessages = Object.entries(plan.sites).reduce(
			(sum, [id, { arrivalsAMonth }]) => sum + (byCount.includes(id) ? 0 : (arrivalsAMonth ?? 0)),
			0,
		);
		const share = (arrivals / days) * 31;
		say('Lazio', `${Math.round(share)} visits a month by messages of ${byMessages} planned, ${(messages / arrivals).toFixed(2)} messages a visit`);
		expect(Math.abs(share / byMessages - 1)).toBeLessThan(0.06);
		expect(messages / arrivals).toBeGreaterThan(6);
		expect(messages / arrivals).toBeLessThan(7.2);
	});
});
