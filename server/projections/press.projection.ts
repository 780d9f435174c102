// Press sheets: drafted, released, superseded, withdrawn; the frozen figures as their drafts' entries hold them.
import type { Board } from '../../shared/board.ts';
import type { Entry, MarkDraft } from '../../shared/entry.ts';

export type PressCells = { live: Board['press'] };
export const emptyPress = (): PressCells => ({ live: { count: 0, rows: {} } });

export function applyPressMark(_cells: PressCells, _entry: Entry & MarkDraft): void {}
export const showPress = (cells: PressCells): Board['press'] => cells.live;
