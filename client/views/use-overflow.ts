// Whether what a box holds is more than fits into it: looked at when what it holds changes and when its size does.
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** A rounded half pixel is no overflow. */
const SLACK_PX = 2;

/** `holds`: changes when the box's content does. */
export function useOverflow(holds: string): readonly [RefObject<HTMLElement | null>, boolean] {
	const box = useRef<HTMLElement | null>(null);
	const [isFull, setIsFull] = useState(false);
	// biome-ignore lint/correctness/useExhaustiveDependencies: looked at again when the content changed
	useLayoutEffect(() => {
		const one = box.current;
		if (one === null) return setIsFull(false);
		const look = (): void => setIsFull(one.scrollHeight > one.clientHeight + SLACK_PX || one.scrollWidth > one.clientWidth + SLACK_PX);
		look();
		if (typeof ResizeObserver === 'undefined') return;
		const watch = new ResizeObserver(look);
		watch.observe(one);
		return () => watch.disconnect();
	}, [holds]);
	return [box, isFull];
}
