// Remembers which alarms stood when the wall came up, and loads their sound once the first board is drawn or the first alarm comes.
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useJudged } from '../store/hooks.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { urgentOf } from './urgent-alarms.ts';

const AlarmSound = lazy(async () => ({ default: (await import('./alarm-sound.tsx')).AlarmSound }));
const LATER_MS = 4000;

export function AlarmSoundLater() {
	const urgent = useJudged(({ alarms }) => urgentOf(alarms));
	const stood = useRef<readonly string[] | null>(null);
	stood.current ??= urgent;
	const isNew = urgent !== null && stood.current !== null && urgent.some((one) => stood.current?.includes(one) === false);
	const [isLater, setLater] = useState(false);
	useEffect(() => {
		const timer = setTimeout(() => setLater(true), LATER_MS);
		return () => clearTimeout(timer);
	}, []);
	if (stood.current === null || (!isLater && !isNew)) return null;
	return (
		<ErrorBoundary fallback={null}>
			<Suspense fallback={null}>
				<AlarmSound stood={stood.current} />
			</Suspense>
		</ErrorBoundary>
	);
}
