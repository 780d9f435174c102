// How long going back stays possible. Nothing computes it yet, and the tile says so instead of showing a figure.
import { UNKNOWN } from '../../shared/format.ts';
import { useWords } from '../store/hooks.ts';
import { Hero } from './hero.tsx';
import { TileFrame } from './tile-frame.tsx';

export function RollbackTile() {
	const { words } = useWords();
	return (
		<TileFrame name="rollback" title={words.rollback.possibleFor} kind="hero">
			<Hero figure={UNKNOWN}>{words.rollback.notYet}</Hero>
		</TileFrame>
	);
}
