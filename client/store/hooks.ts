// The only join of the stores and React. A component wakes when the slice that it selects has changed in shape or value.
import { createContext, useContext, useRef } from 'react';
import { useStore } from 'zustand';
import type { Audience } from '../../shared/events.ts';
import type { Language } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { Words } from '../../shared/words/words.ts';
import type { BoardStore, ScreenState } from './board-store.ts';
import type { Preferences, PreferencesStore } from './preferences.ts';
import { sameShape } from './same-shape.ts';
import { wordsHere } from './words-here.ts';

export type Answered = { readonly status: number; readonly json: unknown };
/** `key`: sent as Idempotency-Key, so that the same question asked twice is answered once. */
export type Ask = (method: 'GET' | 'POST', path: string, body?: object, key?: string) => Promise<Answered>;

export type Screen = {
	readonly board: BoardStore;
	readonly preferences: PreferencesStore;
	/** Asks the server; status 0 where it does not answer. */
	readonly ask: Ask;
	/** Comes back with the board: what this screen may see has changed. `as`: from now on with that audience's. */
	readonly again: (as?: Audience) => void;
	/** Exchanges a token for a session and comes back with the board. */
	readonly enter: (token: string) => Promise<'entered' | 'refused' | 'unreachable'>;
};

export const ScreenContext = createContext<Screen | null>(null);

export function useScreen(): Screen {
	const screen = useContext(ScreenContext);
	if (screen === null) throw new Error('no screen around this component: wrap it in ScreenContext');
	return screen;
}

export function useSlice<T>(select: (state: ScreenState) => T): T {
	const last = useRef<{ readonly slice: T } | null>(null);
	return useStore(useScreen().board, (state) => {
		const slice = select(state);
		if (last.current !== null && sameShape(last.current.slice, slice)) return last.current.slice;
		last.current = { slice };
		return slice;
	});
}

/** A slice of the judged board; null before the first board. */
export const useJudged = <T>(select: (judged: BoardNow) => T): T | null => useSlice(({ judged }) => (judged === null ? null : select(judged)));

export const usePreferences = (): Preferences => useStore(useScreen().preferences);

export function useWords(): { readonly words: Words; readonly language: Language } {
	const { language } = usePreferences();
	return { words: wordsHere(language), language };
}
