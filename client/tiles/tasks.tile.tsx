// How many tasks of the runbook are done. No runbook is loaded yet, and the tile says so instead of showing a figure.
import { UNKNOWN } from '../../shared/format.ts';
import { useWords } from '../store/hooks.ts';
import { Hero } from './hero.tsx';
import { TileFrame } from './tile-frame.tsx';

export function TasksTile() {
	const { words } = useWords();
	return (
		<TileFrame name="tasks" title={words.tasks.done} kind="hero">
			<Hero figure={UNKNOWN}>{words.tasks.notYet}</Hero>
		</TileFrame>
	);
}
