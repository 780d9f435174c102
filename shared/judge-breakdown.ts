// Failures at a moment: facilities, who is hit, flows, incidents, clocks, statements. A screen loads it only where a board has any of them.
import type { Board } from './board.ts';
import type { BreakdownNow } from './breakdown-now.ts';
import { judgeClocks } from './judge-clock.ts';
import { judgeFacility, judgeNetwork } from './judge-facility.ts';
import { judgeFlow } from './judge-flow.ts';
import { judgeDependants } from './judge-impact.ts';
import { judgeIncidents } from './judge-incident.ts';
import type { ServiceNow } from './judge-service.ts';
import { judgeStatements } from './judge-statement.ts';
import { brokenOrder } from './restore-order.ts';

const mapValues = <A, B>(map: Readonly<Record<string, A>>, turn: (value: A) => B): Record<string, B> =>
	Object.fromEntries(Object.entries(map).map(([key, value]) => [key, turn(value)]));

export function judgeBreakdown(board: Board, services: Readonly<Record<string, ServiceNow>>, now: number): BreakdownNow {
	const networks = mapValues(board.networks, (facts) => judgeNetwork(facts, now));
	const dependants = judgeDependants(board, { services, networks }, now);
	const clocks = judgeClocks(board, now);
	return {
		facilities: mapValues(board.facilities, (facts) => judgeFacility(facts, now)),
		networks,
		dependants,
		flows: mapValues(board.flows, (facts) => judgeFlow(facts, { services, networks }, now)),
		clocks,
		incidents: judgeIncidents(board, clocks, now),
		statements: judgeStatements(board, { services, networks, dependants }, now),
		restoreOrder: brokenOrder(services, (board.follows === null ? undefined : board.cutovers[board.follows])?.windowStart ?? null),
	};
}

export type BreakdownJudge = typeof judgeBreakdown;
