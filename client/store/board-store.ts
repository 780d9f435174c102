// What a screen knows: the board it follows, what that amounts to now, and how the stream fares. Knows neither React nor the wire.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Followed, JournalHealth } from '../../shared/frame.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { Me } from '../../shared/me.ts';

export type LinkState = 'connecting' | 'live' | 'offline' | 'refused';

/** How the stream fares, by the server's clock: `now` is the board's time, the rest is real. */
export type Pace = { readonly now: number; readonly streamAgeMs: number; readonly skewMs: number; readonly speed: number };

export type ScreenState = {
	readonly followed: Followed | null;
	/** The board judged at `pace.now`; null only before the first board ever. */
	readonly judged: BoardNow | null;
	readonly pace: Pace | null;
	readonly link: LinkState;
	readonly journal: JournalHealth | null;
	readonly rhythmMs: number;
	/** How many updates were merged or dropped, while that is news. */
	readonly merged: number;
	/** The identity provider does not answer, by the last frame. */
	readonly providerDown: boolean;
	/** What is to be said of a wall's sound: that it is mute, or not yet allowed; null where there is nothing to say. */
	readonly sound: string | null;
	/** Who the server takes this screen's user for; null until it has said so. */
	readonly me: Me | null;
};

export type BoardStore = StoreApi<ScreenState>;

export const createBoardStore = (state: Partial<ScreenState> = {}): BoardStore =>
	createStore<ScreenState>()(() => ({
		followed: null,
		judged: null,
		pace: null,
		link: 'connecting',
		journal: null,
		rhythmMs: 1000,
		merged: 0,
		providerDown: false,
		sound: null,
		me: null,
		...state,
	}));
