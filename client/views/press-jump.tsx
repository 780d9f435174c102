// On a narrow screen the preview and the button that sends stand below all that is written: a bar at the foot leads to both, and back.
import { usePressWords } from '../store/press-words.ts';
import styles from './press.module.css';

const places = ['press-texts', 'press-preview', 'press-send'] as const;

function jumpTo(tile: (typeof places)[number]): void {
	const panel = document.querySelector<HTMLElement>(`[data-tile="${tile}"]`);
	if (panel === null) return;
	panel.tabIndex = -1;
	panel.focus({ preventScroll: true });
	panel.scrollIntoView({ block: 'start' });
}

export function PressJump() {
	const { compose: w } = usePressWords();
	return (
		<nav className={styles.jump} aria-label={w.jump}>
			{places.map((tile) => (
				<button key={tile} type="button" data-quiet onClick={() => jumpTo(tile)}>
					{w.jumps[tile]}
				</button>
			))}
		</nav>
	);
}
