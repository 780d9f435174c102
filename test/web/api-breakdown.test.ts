// Failures as others read them: the API's board with every instant in ISO, no key for what a plan has not, and the metrics.
import { describe, expect, it } from 'vitest';
import { toApiBoard } from '../../server/web/api-board.ts';
import { createMetrics } from '../../server/web/metrics.ts';
import { type Board, emptyBoard } from '../../shared/board.ts';
import { blindLiteral, breakdownLiteral, breakdownNow, coolingFailedAt, fallenAt, quietBoard } from '../kit/breakdown-literal.ts';

const position = { epoch: 'k7', seq: 1, hash: '000000000001' };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const iso = (instant: number): string => new Date(instant).toISOString();
// biome-ignore lint/suspicious/noExplicitAny: what the API says is read here as a stranger reads it
const api = (board: Board = breakdownLiteral(), now = breakdownNow): any => JSON.parse(JSON.stringify(toApiBoard(board, position, now)));

/** Paths of numbers that lie within two months of the night: instants that were not turned. */
function bareInstants(value: unknown, path = ''): string[] {
	if (typeof value === 'number') return Math.abs(value - breakdownNow) < 60 * 24 * HOUR ? [`${path} ${value}`] : [];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, one]) => bareInstants(one, `${path}.${key}`));
}

describe('the API’s board of failures', () => {
	it('has no instant as a number, but in the facts', () => {
		for (const board of [breakdownLiteral(), blindLiteral(), quietBoard()]) {
			const { facts, ...told } = api(board);
			expect(bareInstants(told)).toEqual([]);
			expect(bareInstants(facts).length).toBeGreaterThan(20);
		}
	});

	it('planted: an instant that is left is found', () => {
		const { facts: _, ...told } = api();
		expect(bareInstants({ ...told, flows: { farmacie: { dueAt: fallenAt } } })).toEqual([`.flows.farmacie.dueAt ${fallenAt}`]);
	});

	it('tells facilities, who is blocked, and flows in the shape that others rely on', () => {
		const { facilities, networks, dependants, flows } = api();
		expect(facilities['ced-esterno']).toMatchObject({
			standing: 'bad',
			reason: 'too-hot',
			temperature: 41.2,
			minutesToLimit: 0,
			cooling: { working: 0, of: 5 },
			coolingFailedAt: iso(coolingFailedAt),
			ups: { onBattery: false, runtimeMs: 45 * MINUTE, charge: 1 },
		});
		expect(networks.siss).toMatchObject({ up: true, standing: 'good', since: expect.stringMatching(/Z$/) });
		expect(dependants.medici).toMatchObject({ state: 'blocked', standing: 'bad', by: ['service/portale-fse'], since: iso(fallenAt), count: 7812 });
		expect(dependants.ospedali).toMatchObject({ state: 'working', confirmedBy: 'dependant/ospedali', ageMs: expect.any(Number), by: [] });
		expect(flows.farmacie).toMatchObject({ state: 'overdue', dueAt: expect.stringMatching(/^2021-08-15T.*Z$/), overdueMs: expect.any(Number) });
	});

	it('tells alarms with who took them, incidents, clocks and what was said', () => {
		const { alarms, incidents, clocks, statements, restoreOrder, observer } = api();
		const key = 'service-down:service:portale-fse';
		const down = alarms.active.find(({ id }: { id: string }) => id === key);
		expect(down).toMatchObject({
			rule: 'service-down',
			priority: 1,
			subject: 'service/portale-fse',
			label: 'Portale Fascicolo Sanitario',
			state: 'acknowledged',
			since: iso(fallenAt + 30_000),
			acknowledgedBy: 'sala',
			acknowledgedAt: iso(fallenAt + 6 * MINUTE),
			shelvedUntil: null,
		});
		expect(down).toHaveProperty('root');
		expect(Object.keys(alarms).sort()).toEqual(['active', 'flood', 'groups', 'rates', 'shelved', 'suppressed']);
		expect(incidents.fse).toMatchObject({
			status: 'restoring',
			since: iso(fallenAt),
			closedAt: null,
			nextUpdate: iso(breakdownNow + 18 * MINUTE - 6000),
		});
		expect(clocks['fse-nis2'].steps[0]).toMatchObject({ step: 'early', due: expect.stringMatching(/Z$/), sentAt: iso(fallenAt + 20 * HOUR) });
		expect(statements.map(({ id }: { id: string }) => id)).toEqual(['stasera', 'causa', 'non-attacco']);
		expect(statements[0]).toMatchObject({ verdict: 'contradicted', contradictedAt: iso(Date.UTC(2021, 7, 16, 22)) });
		expect(restoreOrder).toEqual(expect.any(Array));
		expect(observer).toEqual({ isBlind: false, since: null });
	});

	it('gives the moment by which something was due, where that is an alarm’s figure', () => {
		const due = breakdownNow - HOUR;
		const [overdue] = Object.values(breakdownLiteral().alarms.active);
		if (overdue === undefined) throw new Error('the literal has no alarm');
		const board = breakdownLiteral();
		const active = { 'update-overdue:incident:fse': { ...overdue, rule: 'update-overdue', subject: 'incident/fse', value: due } };
		expect(api({ ...board, alarms: { ...board.alarms, active } }).alarms.active[0].value).toBe(iso(due));
	});

	it('says since when Regia does not see', () => {
		expect(api(blindLiteral()).observer).toMatchObject({ isBlind: true });
	});

	it('has no key for what a plan and a record have not, and alarms always', () => {
		const told = api(emptyBoard);
		for (const key of ['facilities', 'networks', 'dependants', 'flows', 'incidents', 'clocks', 'statements', 'restoreOrder', 'observer']) {
			expect(told).not.toHaveProperty(key);
		}
		expect(told.alarms).toMatchObject({ active: [], shelved: [], suppressed: [], groups: [], flood: null, rates: { lastHour: 0 } });
		const { facilities, networks } = api({ ...quietBoard(), networks: {} });
		expect([Object.keys(facilities), networks]).toEqual([['ced-esterno'], undefined]);
	});
});

describe('the metrics', () => {
	const read = (board: Board, now = breakdownNow) =>
		createMetrics({
			board: () => ({ position, board }),
			clock: () => ({ now, real: now, speed: 1 }),
			journal: () => ({ writes: true, since: 0 }),
			clients: () => 0,
			hl7: () => null,
		})();

	it('tell each figure that is known, and how each stands', async () => {
		const lines = (await read(breakdownLiteral())).split('\n');
		for (const line of [
			'regia_facility_temperature{subject="facility/ced-esterno"} 41.2',
			'regia_facility_cooling{subject="facility/ced-esterno"} 0',
			'regia_network_up{subject="network/siss"} 1',
			'regia_dependant_up{subject="dependant/ospedali"} 1',
			'regia_standing{subject="facility/ced-esterno",standing="bad"} 1',
			'regia_standing{subject="network/siss",standing="good"} 1',
			'regia_standing{subject="dependant/medici",standing="bad"} 1',
			'regia_standing{subject="flow/farmacie",standing="bad"} 1',
		]) {
			expect(lines).toContain(line);
		}
		expect(lines.some((line) => line.startsWith('regia_flow_oldest_age{subject="flow/farmacie"}'))).toBe(true);
	});

	it('have a gap where Regia cannot look, and the age beside it', async () => {
		const lines = (await read(blindLiteral())).split('\n');
		expect(lines.filter((line) => line.startsWith('regia_facility_temperature{'))).toEqual([]);
		expect(lines).toContain('regia_standing{subject="facility/ced-esterno",standing="blind"} 1');
		expect(lines.some((line) => line.startsWith('regia_measure_age_seconds{subject="facility/ced-esterno",measure="facility.temperature"} 13'))).toBe(
			true,
		);
	});
});
