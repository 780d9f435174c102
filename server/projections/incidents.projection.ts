// Incidents, what was said to the public, and the legal clocks: by marks, with what Regia noticed beside them.
import type { BreakdownFacts } from '../../shared/board-breakdown.ts';
import type { AutoDraft, Entry, MarkDraft } from '../../shared/entry.ts';
import type { Series } from '../domain/series.ts';

export type IncidentCells = { live: Pick<BreakdownFacts, 'incidents' | 'statements' | 'clocks'> };
export const emptyIncidents = (): IncidentCells => ({ live: { incidents: { count: 0, rows: {} }, statements: { count: 0, rows: {} }, clocks: {} } });

/** `series`: the newest values, which a sentence is remembered with. */
export function applyIncidentMark(_cells: IncidentCells, _entry: Entry & MarkDraft, _series: Series): void {}
export function applyStatement(_cells: IncidentCells, _entry: Extract<AutoDraft, { what: 'statement' }>, _seq: number, _at: number): void {}
/** What came on and ended belongs to the timelines of open incidents that it is about. */
export function applyIncidentAlarms(_cells: IncidentCells, _entry: Extract<AutoDraft, { what: 'alarms' }>, _seq: number, _at: number): void {}
export const showIncidents = (cells: IncidentCells): IncidentCells['live'] => cells.live;
