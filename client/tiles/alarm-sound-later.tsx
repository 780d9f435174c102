// Remembers which alarms stood when the wall came up, and loads their sound once the first board is drawn, or the first alarm or key comes.
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
	const keys = useRef<KeyboardEvent[] | null>([]);
	useEffect(() => {
		const timer = setTimeout(() => setLater(true), LATER_MS);
		const press = (event: KeyboardEvent): void => {
			// None once the sound has taken them: it listens itself.
			keys.current?.push(event);
			setLater(true);
		};
		window.addEventListener('keydown', press);
		return () => {
			clearTimeout(timer);
			window.removeEventListener('keydown', press);
		};
	}, []);
	if (stood.current === null || (!isLater && !isNew)) return null;
	return (
		<ErrorBoundary fallback={null}>
			<Suspense fallback={null}>
				<AlarmSound stood={stood.current} pressed={keys} />
			</Suspense>
		</ErrorBoundary>
	);
}
