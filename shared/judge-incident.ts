// Incidents, what was said, and the legal clocks at a moment. Pure; knows no words.
import type { Board } from './board.ts';
import type { BreakdownNow, ClockNow, IncidentNow, StatementNow } from './breakdown-now.ts';
import type { ServiceNow } from './judge-service.ts';

/** What statements are checked against. */
export type Said = { readonly services: Readonly<Record<string, ServiceNow>>; readonly dependants: BreakdownNow['dependants'] };

export const judgeClocks = (_board: Pick<Board, 'clocks'>, _now: number): Record<string, ClockNow> => ({});
export const judgeIncidents = (
	_board: Pick<Board, 'incidents'>,
	_clocks: Readonly<Record<string, ClockNow>>,
	_now: number,
): Record<string, IncidentNow> => ({});
/** The newest first. */
export const judgeStatements = (_board: Board, _said: Said, _now: number): StatementNow[] => [];
