// The sources in three counts: how many answer, move, advance. The desk has them one by one (sources.tile.tsx).
import type { BoardNow } from '../../shared/judge.ts';
import { fill } from '../../shared/words/words.ts';
import { useJudged, useWords } from '../store/hooks.ts';
import { Shape } from './shape.tsx';
import styles from './sources-brief.module.css';
import { TileFrame } from './tile-frame.tsx';

const lamps = ['talks', 'moves', 'advances'] as const;

/** Of those that the lamp is asked of: a lamp that nothing is known of counts as asked, and not as lit. */
function briefModel({ sources }: BoardNow) {
	const all = Object.values(sources);
	const counts = lamps.map((lamp) => {
		const asked = all.filter((one) => one[lamp] !== null || one.talks !== true);
		const isDark = lamp === 'talks' ? asked.some((one) => one.talks !== true) : asked.some((one) => one[lamp] === null);
		const lit = asked.filter((one) => one[lamp] === true).length;
		return { lamp, lit, of: asked.length, mark: isDark ? ('blind' as const) : lit < asked.length ? ('watch' as const) : ('good' as const) };
	});
	// What nothing is asked for is not told: all work is done, or there is none of that kind.
	return counts.filter(({ lamp, of }) => lamp === 'talks' || of > 0);
}

/** `isLine`: one line, title and counts together. */
export function SourcesBriefTile({ isLine = false }: { readonly isLine?: boolean }) {
	const { words } = useWords();
	const model = useJudged(briefModel);
	if (model === null) return null;
	return (
		<TileFrame name="sources-brief" title={words.sources.title} kind={isLine ? 'line' : 'list'}>
			<ul className={isLine ? styles.line : styles.row}>
				{model.map(({ lamp, lit, of, mark }) => (
					<li key={lamp} className={styles[mark]} data-standing={mark}>
						<Shape of={mark} /> {words.sources[lamp]} <b>{isLine ? `${lit}/${of}` : fill(words.observed.all, { count: lit, of })}</b>
					</li>
				))}
			</ul>
		</TileFrame>
	);
}
