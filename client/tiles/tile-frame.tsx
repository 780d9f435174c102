// Draws what every tile has: title, aside, veil with its word, and the notice of an error. Knows nothing of what is inside.
import { type ReactNode, useId } from 'react';
import type { Standing } from '../../shared/standing.ts';
import { useWords } from '../store/hooks.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Shape } from './shape.tsx';
import styles from './tile-frame.module.css';

export type TileFrameProps = {
	readonly name: string;
	readonly title: string;
	readonly standing?: Standing;
	/** Why all of the tile is veiled ("nessun dato da 22 min"); null while it is not. Goes with standing `blind`. */
	readonly veil?: string | null;
	readonly aside?: ReactNode;
	readonly kind?: 'hero' | 'list' | 'line';
	readonly children: ReactNode;
};

export function TileFrame({ name, title, standing = 'good', veil = null, aside, kind = 'list', children }: TileFrameProps) {
	const id = useId();
	const { words } = useWords();
	const mark = veil === null ? standing : 'blind';
	const classes = [styles.tile, styles[kind], veil === null ? styles[standing] : styles.veiled];
	return (
		<section className={classes.join(' ')} aria-labelledby={id} data-tile={name} data-standing={mark} data-veiled={veil === null ? undefined : true}>
			<header className={styles.head}>
				<h2 id={id} className={styles.title}>
					<Shape of={mark} /> {title}
				</h2>
				{aside !== undefined && <div className={styles.aside}>{aside}</div>}
			</header>
			<div className={styles.body}>
				<ErrorBoundary fallback={<p role="alert">{words.tile.failed}</p>}>{children}</ErrorBoundary>
			</div>
			{veil !== null && (
				<p className={styles.word}>
					<span>{veil}</span>
				</p>
			)}
		</section>
	);
}
