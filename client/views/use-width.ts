// An element's width in rem of the smallest text, for what lays words by hand.
import { type RefObject, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';

const SMALL_PX = 14;

export function useWidthRem(): readonly [RefObject<HTMLDivElement | null>, number] {
	const box = useRef<HTMLDivElement | null>(null);
	const [widthRem, setWidthRem] = useState(50);
	useLayoutEffect(() => {
		const element = box.current;
		if (element === null || typeof ResizeObserver === 'undefined') return;
		const observer = new ResizeObserver(() => setWidthRem(Math.max(10, Math.round(element.clientWidth / SMALL_PX))));
		observer.observe(element);
		return () => observer.disconnect();
	}, []);
	return [box, widthRem];
}

const NARROW = '(max-width: 44rem)';

/** Whether the screen is a phone's, as the pages' styles have it. */
export function useIsNarrow(): boolean {
	return useSyncExternalStore(
		(wake) => {
			const query = window.matchMedia(NARROW);
			query.addEventListener('change', wake);
			return () => query.removeEventListener('change', wake);
		},
		() => window.matchMedia(NARROW).matches,
	);
}
