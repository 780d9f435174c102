// One hero figure with its context in quiet lines. Knows no measure.
import type { ReactNode } from 'react';
import styles from './hero.module.css';

export function Hero({ figure, rest, children }: { readonly figure: string; readonly rest?: string; readonly children?: ReactNode }) {
	return (
		<>
			<p className={styles.figure}>
				<strong>{figure}</strong> {rest !== undefined && <span className={styles.rest}>{rest}</span>}
			</p>
			<div className={styles.context}>{children}</div>
		</>
	);
}
