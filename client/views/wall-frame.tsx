// What every wall has: full screen, no scroll, letters as large as its viewers' distance asks, the strips, and the way in. Knows no scene.
import { lazy, type ReactNode, Suspense, useLayoutEffect, useState } from 'react';
import { useJudged, useSlice, useWords } from '../store/hooks.ts';
import { AlarmSoundLater } from '../tiles/alarm-sound-later.tsx';
import { FootStripTile } from '../tiles/foot-strip.tile.tsx';
import { TruthStripTile } from '../tiles/truth-strip.tile.tsx';
import { type Display, defaultDisplay, type Room, type WallSize, wallSize } from './display-size.ts';
import { useDocument } from './use-document.ts';
import styles from './wall.module.css';

// Only a wall that is not let in needs it.
const PairingView = lazy(async () => ({ default: (await import('./pairing.view.tsx')).PairingView }));

const viewport = () => ({ width: window.innerWidth, height: window.innerHeight });

/** Sets the root size for this display, and again when the window changes. */
function useWallSize(display: Display): WallSize {
	const [size, setSize] = useState(() => wallSize(display, viewport()));
	useLayoutEffect(() => {
		const resize = (): void => {
			const next = wallSize(display, viewport());
			document.documentElement.style.fontSize = `${next.rootPx}px`;
			document.documentElement.dataset.room = next.room;
			setSize(next);
		};
		resize();
		window.addEventListener('resize', resize);
		return () => window.removeEventListener('resize', resize);
	}, [display]);
	return size;
}

type WallFrameProps = {
	/** Of a scene that is not the night's own. */
	readonly strip?: (room: Room) => ReactNode;
	/** Drawn only once there is a board. */
	readonly scene: (size: WallSize) => ReactNode;
};

export function WallFrame({ strip = () => <TruthStripTile />, scene }: WallFrameProps) {
	const { words } = useWords();
	const name = useJudged(({ cutover }) => cutover?.name ?? null);
	const wished = new URLSearchParams(window.location.search).get('display');
	const planned = useSlice(({ followed }) => (wished === null ? null : (followed?.board.displays[wished] ?? null)));
	const size = useWallSize(planned ?? defaultDisplay);
	const hasBoard = useSlice(({ judged }) => judged !== null);
	const isRefused = useSlice(({ link }) => link === 'refused');
	useDocument('wall', name === null ? words.product : `${name} · ${words.product}`);
	return (
		<div className={styles.wall} data-room={size.room}>
			<div className={styles.orbit}>
				{strip(size.room)}
				<main className={styles.scene}>
					{hasBoard ? (
						scene(size)
					) : (
						<div className={styles.waiting}>
							{isRefused ? (
								<Suspense fallback={null}>
									<PairingView />
								</Suspense>
							) : (
								<p>{words.board.waiting}</p>
							)}
						</div>
					)}
				</main>
				<FootStripTile />
				<AlarmSoundLater />
			</div>
		</div>
	);
}
