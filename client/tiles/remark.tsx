// A few words with the mark of their standing, inside a hero's context. Quiet words carry none.
import type { Standing } from '../../shared/standing.ts';
import styles from './hero.module.css';
import { Shape } from './shape.tsx';

export function Remark({ of, text }: { readonly of: Standing; readonly text: string }) {
	return (
		<span className={styles[of]}>
			<Shape of={of} /> {text}
		</span>
	);
}
