// The time of the ward's form: the phone's, looked at again while the page lies open, and moments told with their day where it is another.
import { useEffect, useState } from 'react';
import { formatDay, formatMoment } from '../../shared/format.ts';
import { fill } from '../../shared/words/words.ts';
import { inServerTime } from '../store/count-queue.ts';
import { useField, useFieldState, useFieldWords } from '../store/field-store.ts';

const LOOK_EVERY_MS = 10_000;
export const ZONE = 'Europe/Rome';

/** Draws anew every ten seconds, and when the page is looked at again: figures grow old without anything happening. */
export function usePhoneTime(): number {
	const { now } = useField();
	const [, setLook] = useState(0);
	useEffect(() => {
		const look = (): void => setLook((looks) => looks + 1);
		const timer = setInterval(look, LOOK_EVERY_MS);
		document.addEventListener('visibilitychange', look);
		return () => {
			clearInterval(timer);
			document.removeEventListener('visibilitychange', look);
		};
	}, []);
	return now();
}

export function useMoment(): (instant: number) => string {
	const words = useFieldWords();
	const { now } = useField();
	const { known, clock } = useFieldState();
	const zone = known?.zone ?? ZONE;
	return (instant) => {
		const time = formatMoment(instant, zone);
		const day = formatDay(instant, zone);
		return day === formatDay(inServerTime(clock, now()), zone) ? time : fill(words.onDay, { time, day: day.slice(0, 5) });
	};
}
