// The wall of a cutover night: full screen, no scroll, letters as large as its viewers' distance asks. Places tiles, draws none.
import { lazy, Suspense, useLayoutEffect, useState } from 'react';
import { useJudged, useSlice, useWords } from '../store/hooks.ts';
import { ArchivesTile } from '../tiles/archives.tile.tsx';
import { FootStripTile } from '../tiles/foot-strip.tile.tsx';
import { GatesTile } from '../tiles/gates.tile.tsx';
import { MovedTile } from '../tiles/moved.tile.tsx';
import { RollbackTile } from '../tiles/rollback.tile.tsx';
import { ServicesTile } from '../tiles/services.tile.tsx';
import { SourcesBriefTile } from '../tiles/sources-brief.tile.tsx';
import { TasksTile } from '../tiles/tasks.tile.tsx';
import { TimelineTile } from '../tiles/timeline.tile.tsx';
import { TruthStripTile } from '../tiles/truth-strip.tile.tsx';
import { WindowTile } from '../tiles/window.tile.tsx';
import { type Display, defaultDisplay, type WallSize, wallSize } from './display-size.ts';
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

export function WallView() {
	const { words } = useWords();
	const name = useJudged(({ cutover }) => cutover?.name ?? null);
	const wished = new URLSearchParams(window.location.search).get('display');
	const planned = useSlice(({ followed }) => (wished === null ? null : (followed?.board.displays[wished] ?? null)));
	const size = useWallSize(planned ?? defaultDisplay);
	const hasBoard = useSlice(({ judged }) => judged !== null);
	const isRefused = useSlice(({ link }) => link === 'refused');
	useDocument('wall', name === null ? words.product : `${name} · ${words.product}`);
	const isWide = size.room === 'wide';
	const isNarrow = size.room === 'narrow';
	return (
		<div className={styles.wall} data-room={size.room}>
			<div className={styles.orbit}>
				<TruthStripTile />
				<main className={styles.scene}>
					{hasBoard ? (
						<>
							{!isNarrow && <TimelineTile lengthRem={size.widthRem - 2} />}
							<div className={styles.heroes}>
								<WindowTile />
								<RollbackTile />
								<MovedTile />
								{isWide && <TasksTile />}
							</div>
							<div className={styles.lists}>
								<ArchivesTile fit />
								<ServicesTile fit />
								{isWide && <GatesTile />}
								{isWide && <SourcesBriefTile isLine />}
							</div>
						</>
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
			</div>
		</div>
	);
}
