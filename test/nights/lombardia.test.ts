// Lombardy's three dark days through the real server, held against what was worked out by hand; and what the room must have been told in time.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadRegistry } from '../../server/connectors/registry.ts';
import { openLog } from '../../server/log.ts';
import { readPlan } from '../../server/plan-file.ts';
import type { Regia } from '../../server/regia.ts';
import { loadRehearsals } from '../../server/rehearsal/rehearsals.ts';
import { rehearse } from '../../server/rehearse.ts';
import type { Entry } from '../../shared/entry.ts';
import { isFull } from '../faults/kit/scale.ts';
import { temporaryFolder } from '../kit/server.ts';
import { until } from '../kit/until.ts';
import { type ByHand, byHand, FELL, FIRST_FALL, instantOf, MINUTE_MS } from './lombardia-by-hand.ts';

type Alarm = { readonly id: string; readonly since: string; readonly endedAt: string | null; readonly root: string | null };
type Shown = {
	readonly facilities: Record<string, { temperature: number; cooling: { working: number; of: number } }>;
	readonly services: Record<string, { up: boolean | null; since: string | null; downMs: { unplanned: number } }>;
	readonly dependants: Record<string, { state: string; by: readonly string[]; confirmedBy: string | null; ageMs: number | null }>;
	readonly flows: Record<string, { state: string; overdueMs: number; backlog: number }>;
	readonly alarms: {
		readonly active: readonly Alarm[];
		readonly flood: unknown;
		readonly groups: readonly { root: string; first: string; count: number }[];
	};
	readonly incidents?: Record<string, { status: string; updateOverdue: boolean }>;
	readonly clocks?: Record<string, { next: { step: string; due: string; state: string } | null }>;
	readonly statements?: readonly { id: string; verdict: string; contradictedAt: string | null }[];
};

const SPEED = isFull ? 600 : 36_000;
let regia: Regia;
let token = '';

beforeAll(
	async () => {
		const kinds = await loadRegistry();
		const rehearsal = (await loadRehearsals()).get('lombardia');
		const read = rehearsal && readPlan(rehearsal.planText, rehearsal.planFile, kinds);
		if (!rehearsal || !read?.ok) throw new Error('Lombardy has no plan');
		const began = Date.now();
		regia = await rehearse({
			scenario: rehearsal.open(1),
			speed: SPEED,
			plan: { plan: read.plan, text: rehearsal.planText, digest: read.digest },
			kinds,
			dataFolder: temporaryFolder('lombardia'),
			host: '127.0.0.1',
			port: 0,
			rhythmMs: 1000,
			open: false,
			log: openLog('warn'),
		});
		token = regia.tokens.make({ kind: 'person', name: 'notte', duties: [{ role: 'viewer' }] }, Date.now()).secret;
		await until(
			'the end of the three days',
			async () => ((await (await fetch(`${regia.url}/api/health`)).json()) as { speed: number }).speed === 0,
			isFull ? 900_000 : 120_000,
		);
		console.info(`lombardia: played in ${Math.round((Date.now() - began) / 100) / 10} s, at speed ${SPEED} at most`);
	},
	isFull ? 960_000 : 150_000,
);
afterAll(() => regia?.stop());

async function ask(path: string): Promise<Response> {
	const answer = await fetch(`${regia.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
	if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
	return answer;
}
const boardAt = async (minute: number): Promise<Shown> =>
	(await (await ask(`/api/board?at=${new Date(instantOf(minute)).toISOString()}`)).json()) as Shown;

/** Those whose condition holds. */
const standing = ({ alarms }: Shown): readonly string[] => alarms.active.filter(({ endedAt }) => endedAt === null).map(({ id }) => id);
const namesOf = (all: Shown['dependants'], state: string): readonly string[] => Object.keys(all).filter((id) => all[id]?.state === state);

function checkClocks(shown: Shown, { clocks }: ByHand): void {
	for (const [law, owed] of Object.entries(clocks)) {
		const next = shown.clocks?.[`fse-${law}`]?.next ?? null;
		const found = next && [next.step, Date.parse(next.due), next.state === 'overdue'];
		expect([law, found]).toEqual([law, owed && [owed[0], instantOf(owed[1]), owed[2]]]);
	}
}

function check(shown: Shown, hand: ByHand): void {
	const { ced } = shown.facilities;
	expect(Math.abs((ced?.temperature ?? Number.NaN) - hand.degrees), `${ced?.temperature} °C`).toBeLessThanOrEqual(0.26);
	expect(ced?.cooling).toEqual({ working: hand.cooling, of: 5 });
	expect(Object.values(shown.services).filter(({ up }) => up === false)).toHaveLength(hand.down);
	const portal = shown.services['fse-portale'];
	const since = portal?.up === false ? (Date.parse(portal.since ?? '') - instantOf(FIRST_FALL)) / MINUTE_MS : null;
	expect(since).toBe(hand.portalDownFor === null ? null : 0);
	if (hand.portalDownFor !== null) expect(portal?.downMs.unplanned).toBe(hand.portalDownFor * MINUTE_MS);
	expect(namesOf(shown.dependants, 'blocked')).toEqual([...hand.blocked].sort(byPlan(shown)));
	expect(namesOf(shown.dependants, 'working')).toEqual([...hand.working].sort(byPlan(shown)));
	for (const id of hand.working) expect(shown.dependants[id]?.confirmedBy, id).not.toBeNull();
	const flow = shown.flows.farmacie;
	expect([flow?.state, (flow?.overdueMs ?? 0) / MINUTE_MS, flow?.backlog]).toEqual([hand.flow, hand.overdueFor, hand.backlog]);
	const alarms = standing(shown);
	expect(hand.alarms.filter((id) => !alarms.includes(id))).toEqual([]);
	expect(hand.noAlarms.filter((id) => alarms.includes(id))).toEqual([]);
	expect(shown.alarms.flood !== null).toBe(hand.flood);
	expect(shown.incidents?.fse?.status ?? null).toBe(hand.incident);
	expect(shown.incidents?.fse?.updateOverdue ?? false).toBe(hand.updateOverdue);
	checkClocks(shown, hand);
	const verdicts = Object.fromEntries((shown.statements ?? []).map(({ id, verdict }) => [id, verdict]));
	expect(verdicts).toMatchObject(hand.verdicts);
}

const byPlan =
	({ dependants }: Shown) =>
	(a: string, b: string): number =>
		Object.keys(dependants).indexOf(a) - Object.keys(dependants).indexOf(b);

test.each(byHand)('$clock: the board says what was worked out by hand', async (hand) => {
	check(await boardAt(hand.minute), hand);
});

describe('in time', () => {
	test('heat is an alarm at least ten minutes before the first service falls', async () => {
		const { alarms, services } = await boardAt(FIRST_FALL - 10);
		const hot = alarms.active.filter(({ id }) => /^facility-(hot|too-hot|rising):facility:ced$/.test(id));
		expect(hot.length).toBeGreaterThan(0);
		expect(Object.values(services).every(({ up }) => up === true)).toBe(true);
	});

	test('in the flood one root stands in place of at least forty alarms', async () => {
		const { alarms } = await boardAt(120);
		const [first] = [...alarms.groups].sort((a, b) => b.count - a.count);
		console.info(`19:30: ${alarms.active.length} alarms in ${alarms.groups.length} groups; ${first?.root} stands for ${first?.count}`);
		expect(first?.root).toMatch(/:facility:ced$/);
		expect(first?.count).toBeGreaterThanOrEqual(Math.min(40, FELL));
		expect(alarms.flood).not.toBeNull();
	});

	test('“ripristino entro stasera” is contradicted the moment the evening has passed, and not a moment before', async () => {
		const { statements = [] } = await boardAt(3275);
		expect(statements.find(({ id }) => id === 'stasera')?.contradictedAt).toBe(new Date(instantOf(3270)).toISOString());
		const entries = (await (await ask('/api/journal?from=1')).text())
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line) as Entry);
		const flips = entries.flatMap((entry) => (entry.kind === 'auto' && entry.what === 'statement' ? [[entry.seen, entry.statement, entry.to]] : []));
		expect(flips).toContainEqual([instantOf(3270), 'stasera', 'contradicted']);
		// Back at 07:30, and up for ten minutes since.
		expect(flips).toContainEqual([instantOf(5170), 'domattina', 'kept']);
		expect(flips.filter(([, statement]) => statement === 'stasera')).toHaveLength(1);
	});

	test('the rehearsal was not refused and no mark of its script was passed over', async () => {
		const { marks } = (await (await ask('/api/board')).json()) as { marks: { count: number } };
		const { lombardiaMarks } = await import('../../server/rehearsal/lombardia.room.ts');
		expect(marks.count).toBe(lombardiaMarks.length);
	});
});
