// Draws one tile from a board literal, without a server. Knows the store and React, no tile.
import { act, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBoardStore, type ScreenState } from '../../client/store/board-store.ts';
import { learnErWords } from '../../client/store/er-words.ts';
import { type Ask, ScreenContext } from '../../client/store/hooks.ts';
import { createPreferences } from '../../client/store/preferences.ts';
import { learnWords } from '../../client/store/words-here.ts';
import type { Board } from '../../shared/board.ts';
import type { Language } from '../../shared/format.ts';
import { judge } from '../../shared/judge.ts';
import { literalNow } from '../kit/board-literal.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
await learnWords('en');
await learnErWords('en');

export const stateOf = (board: Board, now = literalNow, rest: Partial<ScreenState> = {}): Partial<ScreenState> => ({
	followed: { position: { epoch: 'literal', seq: 1, hash: '000000000000' }, board },
	judged: judge(board, now),
	pace: { now, streamAgeMs: 400, skewMs: 0, speed: 1 },
	link: 'live',
	journal: { writes: true, since: 0 },
	...rest,
});

export type Staged = { readonly place: HTMLElement; text(): string; show(state: Partial<ScreenState>): void; close(): void };

const nobodyAnswers: Ask = async () => ({ status: 0, json: null });

export function stageTile(tile: ReactNode, state: Partial<ScreenState>, language: Language = 'it', ask: Ask = nobodyAnswers): Staged {
	const store = createBoardStore(state);
	const place = document.createElement('div');
	document.body.append(place);
	const root = createRoot(place);
	const preferences = createPreferences(null, new URLSearchParams({ lang: language }));
	const screen = {
		board: store,
		preferences,
		enter: async () => 'entered' as const,
		again: () => undefined,
		ask,
	};
	act(() => root.render(<ScreenContext value={screen}>{tile}</ScreenContext>));
	return {
		place,
		text: () => (place.textContent ?? '').replace(/\s+/g, ' '),
		show: (next) => act(() => store.setState(next)),
		close() {
			act(() => root.unmount());
			place.remove();
		},
	};
}
