// The emergency rooms as tiles in fixed places. Where not all have room, those that need a decision do, and the rest is counted.
import { useRef } from 'react';
import { fill } from '../../shared/words/words.ts';
import { useErWords } from '../store/er-words.ts';
import { useJudged, useWords } from '../store/hooks.ts';
import { keepPlaces, type Places } from '../store/keep-places.ts';
import styles from './er-grid.module.css';
import { gridFor } from './er-grid-model.ts';
import { ErSite } from './er-site.tsx';
import { siteTile } from './er-tile-model.ts';
import { useBox } from './use-box.ts';

export function ErGridTile() {
	const { words, language } = useWords();
	const own = useErWords();
	const places = useRef<Places | null>(null);
	const [box, size] = useBox();
	const all = useJudged(({ er }) => Object.entries(er?.sites ?? {}).map(([id, one]) => siteTile(id, one, words, own, language)));
	if (all === null) return null;
	const grid = gridFor(all.length, size);
	places.current = keepPlaces(places.current, all, grid.shown, performance.now());
	const { ids } = places.current;
	const byId = new Map(all.map((one) => [one.id, one]));
	const left = all.filter(({ id }) => !ids.includes(id));
	return (
		<section ref={box} className={styles.box} data-tile="er-grid" aria-label={own.title}>
			{all.length === 0 && <p className={styles.none}>{own.none}</p>}
			<ul
				className={styles.grid}
				style={{ gridTemplateColumns: `repeat(${grid.columns}, minmax(0, 1fr))`, gridAutoRows: grid.rowRem === null ? 'auto' : `${grid.rowRem}rem` }}
			>
				{ids.map((id) => {
					const one = byId.get(id);
					return one === undefined ? null : <ErSite key={id} site={one} scale={grid.scale} widthEm={grid.widthEm} isRoomy={grid.isRoomy} />;
				})}
				{left.length > 0 && (
					<li className={styles.left} data-left={left.length}>
						<strong>{left.length === 1 ? own.leftOne : fill(own.left, { count: left.length })}</strong>
						<span>{leftTold(left.filter(({ standing }) => standing !== 'good').length, own)}</span>
					</li>
				)}
			</ul>
		</section>
	);
}

const leftTold = (asked: number, own: ReturnType<typeof useErWords>): string => (asked === 0 ? own.leftGood : fill(own.leftAsked, { count: asked }));
