// How many rows fit a list's box, in units of its own row height, so that a wall shows fewer rows instead of smaller or cut ones.
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** The box's height in rem, or null where nothing can be measured (then all rows are shown). */
export function useRoom(isOn: boolean): readonly [RefObject<HTMLDivElement | null>, number | null] {
	const box = useRef<HTMLDivElement | null>(null);
	const [roomRem, setRoomRem] = useState<number | null>(null);
	useLayoutEffect(() => {
		const element = box.current;
		if (!isOn || element === null || typeof ResizeObserver === 'undefined') return;
		const measure = (): void => {
			const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
			if (element.clientHeight > 0 && rem > 0) setRoomRem(Math.floor((element.clientHeight / rem) * 100) / 100);
		};
		const observer = new ResizeObserver(measure);
		observer.observe(element);
		measure();
		return () => observer.disconnect();
	}, [isOn]);
	return [box, roomRem];
}

/** How many of `heights` fit into `room`, from the first on. */
export function rowsThatFit(heights: readonly number[], room: number | null): number {
	if (room === null) return heights.length;
	let used = 0;
	let fit = 0;
	for (const height of heights) {
		used += height;
		if (used > room + 0.01) break;
		fit += 1;
	}
	return fit;
}
