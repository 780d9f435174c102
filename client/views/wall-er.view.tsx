// The wall of the emergency rooms: many as small tiles under their sums, or a few in full. Places tiles, draws none.
import { lazy, Suspense } from 'react';
import { fill } from '../../shared/words/words.ts';
import type { ScreenState } from '../store/board-store.ts';
import { type ErWords, useErWords } from '../store/er-words.ts';
import { useSlice } from '../store/hooks.ts';
import { focusOf } from '../tiles/er-focus.ts';
import { ErSumsTile } from '../tiles/er-sums.tile.tsx';
import { paperOf } from '../tiles/er-sums-model.ts';
import { TruthStripTile } from '../tiles/truth-strip.tile.tsx';
import type { Room, WallSize } from './display-size.ts';
import styles from './wall-er.module.css';
import { WallFrame } from './wall-frame.tsx';

// A wall shows one of them, and loads no more.
const ErGridTile = lazy(async () => ({ default: (await import('../tiles/er-grid.tile.tsx')).ErGridTile }));
const ErLarge = lazy(async () => ({ default: (await import('../tiles/er-large.tsx')).ErLarge }));

function stripOf({ judged, followed }: ScreenState, own: ErWords, room: Room) {
	if (judged === null) return { title: undefined, beside: undefined };
	const { er } = judged;
	if (er === null) return { title: own.title, beside: undefined };
	const { label, reporting, sites } = er.region;
	const onPaper = paperOf(er);
	const focus = focusOf(followed?.board.sites ?? {}, wishedSite());
	const region = label !== '' ? label : focus?.length === 1 ? (er.sites[focus[0] ?? '']?.short ?? '') : '';
	const isNarrow = room === 'narrow';
	const isWide = room === 'wide';
	const reports = fill(isWide ? own.reports : own.countedOf, { reporting, counted: reporting, sites });
	return {
		title: region === '' ? own.title : fill(isNarrow ? own.titleShort : own.titleOf, { region }),
		beside: onPaper === 0 ? reports : `${reports}\n${fill(isWide ? own.ofThemOnPaper : own.onPaper, { count: onPaper })}`,
	};
}

/** A wall may be told to show one site alone. */
const wishedSite = (): string | null => new URLSearchParams(window.location.search).get('site');

export function WallErView() {
	return <WallFrame strip={(room) => <ErStrip room={room} />} scene={(size) => <ErScene size={size} />} />;
}

function ErStrip({ room }: { readonly room: Room }) {
	const own = useErWords();
	const { title, beside } = useSlice((state) => stripOf(state, own, room));
	return <TruthStripTile title={title} beside={beside} />;
}

/** How many large panels stand side by side. */
const LARGE_IN = { wide: 3, middle: 2, narrow: 1 } as const;

function ErScene({ size }: { readonly size: WallSize }) {
	const own = useErWords();
	const focus = useSlice(({ followed }) => focusOf(followed?.board.sites ?? {}, wishedSite()));
	const isEmpty = useSlice(({ judged }) => judged?.er === null);
	if (isEmpty) return <p className={styles.none}>{own.none}</p>;
	if (focus === null || focus.length > LARGE_IN[size.room]) {
		return (
			<>
				<ErSumsTile lines={size.room === 'wide' ? 1 : 2} isShort={size.room === 'narrow'} />
				<Suspense fallback={null}>
					<ErGridTile />
				</Suspense>
			</>
		);
	}
	return (
		<Suspense fallback={null}>
			<div className={styles.few}>
				{focus.map((id) => (
					<ErLarge key={id} id={id} isAlone={focus.length === 1} room={size.room} />
				))}
			</div>
		</Suspense>
	);
}
