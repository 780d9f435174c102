// One hero figure with its context in quiet lines. Knows no measure.
import type { ReactNode } from 'react';
import styles from './hero.module.css';

/** `isWords`: the figure is a few words and no number, so that smaller letters will do. */
export function Hero({
	figure,
	rest,
	isWords = false,
	children,
}: {
	readonly figure: string;
	readonly rest?: string;
	readonly isWords?: boolean;
	readonly children?: ReactNode;
}) {
	return (
		<>
			<p className={`${styles.figure} ${isWords ? styles.words : ''}`}>
				<strong>{figure}</strong> {rest !== undefined && <span className={styles.rest}>{rest}</span>}
			</p>
			<div className={styles.context}>{children}</div>
		</>
	);
}
