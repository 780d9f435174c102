// Where the focus goes when a form is asked for, and when what held it is gone: never to nowhere.
import { type RefObject, useCallback, useEffect, useRef } from 'react';

export function useFocusOnce<T extends HTMLElement>(): RefObject<T | null> {
	const field = useRef<T | null>(null);
	useEffect(() => field.current?.focus(), []);
	return field;
}

export const isFocusLost = (): boolean => document.activeElement === null || document.activeElement === document.body;

/** Long enough for a change to be drawn. */
const DRAWN_MS = 50;

/** Remembers the panel that holds the focus now; what it returns gives the focus to that panel's heading, if by then it is nowhere. */
export function focusToPanel(): () => void {
	const panel = document.activeElement?.closest('[data-tile]');
	return () => {
		// After the next drawing: only then is what held the focus gone.
		setTimeout(() => {
			const heading = panel?.querySelector<HTMLElement>('h2');
			if (!isFocusLost() || !heading) return;
			heading.tabIndex = -1;
			heading.focus();
		}, DRAWN_MS);
	};
}

/** For a control that goes away some time after it was used: `used()` when it is, and `take` is called once the focus is lost by it. */
export function useFocusAfter(take: () => void): { readonly used: () => void } {
	const isUsed = useRef(false);
	useEffect(() => {
		if (!isUsed.current || !isFocusLost()) return;
		isUsed.current = false;
		take();
	});
	const used = useCallback((): void => {
		isUsed.current = true;
	}, []);
	return { used };
}
