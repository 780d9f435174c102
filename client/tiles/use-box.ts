// A box's width and height in letters of the smallest size, for what decides by them how much it shows.
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

type Size = { readonly width: number; readonly height: number };

/** Null where nothing can be measured. */
export function useBox(): readonly [RefObject<HTMLElement | null>, Size | null] {
	const box = useRef<HTMLElement | null>(null);
	const [size, setSize] = useState<Size | null>(null);
	useLayoutEffect(() => {
		const element = box.current;
		if (element === null || typeof ResizeObserver === 'undefined') return;
		const measure = (): void => {
			const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
			const inRem = (px: number): number => Math.floor((px / rem) * 100) / 100;
			if (element.clientHeight > 0 && rem > 0) setSize({ width: inRem(element.clientWidth), height: inRem(element.clientHeight) });
		};
		const observer = new ResizeObserver(measure);
		observer.observe(element);
		measure();
		return () => observer.disconnect();
	}, []);
	return [box, size];
}
