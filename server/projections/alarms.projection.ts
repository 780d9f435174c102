// Alarms: what came on and ended, by entries of Regia's own; who acknowledged and shelved, by marks. Decides nothing (domain/alarm.ts does).
import { type AlarmsFacts, noAlarms } from '../../shared/board-breakdown.ts';
import type { AutoDraft, Entry, MarkDraft } from '../../shared/entry.ts';
import type { Plan } from '../../shared/plan.ts';

export type AlarmCells = { live: AlarmsFacts };
export const emptyAlarms = (): AlarmCells => ({ live: noAlarms });

export function planAlarms(_cells: AlarmCells, _plan: Plan): void {}
export function applyAlarms(_cells: AlarmCells, _entry: Extract<AutoDraft, { what: 'alarms' }>, _seq: number, _at: number): void {}
export function applyAlarmMark(_cells: AlarmCells, _entry: Entry & MarkDraft): void {}
export const showAlarms = (cells: AlarmCells): AlarmsFacts => cells.live;
