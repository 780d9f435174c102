// Keeps account of when this browser looks at the board, and tells since when its user was away.
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { useScreen } from '../store/hooks.ts';
import { type Looked, type LookMemory, lookAgain, readLooked, writeLooked } from './since-memory.ts';

const LookedContext = createContext<number | null>(null);

/** The moment of the last absence's beginning; null where this browser was never away. */
export const useLeftAt = (): number | null => useContext(LookedContext);

const WRITE_EVERY_MS = 10_000;

function browserMemory(): LookMemory | null {
	try {
		return window.localStorage;
	} catch {
		return null;
	}
}

export function SinceLooked({ children }: { readonly children: ReactNode }) {
	const { board } = useScreen();
	const [leftAt, setLeftAt] = useState<number | null>(null);
	const looked = useRef<Looked | null>(null);
	useEffect(() => {
		const memory = browserMemory();
		looked.current = readLooked(memory);
		let written = Number.NEGATIVE_INFINITY;
		const look = (): void => {
			const { pace, link } = board.getState();
			// A page that nobody sees, or that hears nothing, is not looked at.
			if (pace === null || link !== 'live' || document.visibilityState !== 'visible') return;
			const next = lookAgain(looked.current, Math.floor(pace.now), Date.now());
			const isNews = next.leftAt !== looked.current?.leftAt;
			looked.current = next;
			if (isNews || performance.now() - written >= WRITE_EVERY_MS) {
				written = performance.now();
				writeLooked(memory, next);
			}
			setLeftAt(next.leftAt);
		};
		look();
		return board.subscribe(look);
	}, [board]);
	return <LookedContext value={leftAt}>{children}</LookedContext>;
}
