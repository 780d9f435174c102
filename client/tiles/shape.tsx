// The small notation of standing: ▲ watch, ◆ bad, ✓ confirmed, hatched for blind. Its word stands beside it, so it is silent itself.
import type { Standing } from '../../shared/standing.ts';
import styles from './shape.module.css';

export type Mark = Standing | 'confirmed';

const paths: Record<Exclude<Mark, 'good'>, string> = {
	watch: 'M8 1.5 15.5 14.5H.5Z',
	bad: 'M8 .5 15.5 8 8 15.5.5 8Z',
	confirmed: 'M1.5 8.5 6 13 14.5 3',
	blind: 'M1 1H15V15H1ZM1 8 8 1M1 15 15 1M8 15 15 8',
};

/** Nothing for `good`: what is as it should be carries no mark. */
export function Shape({ of }: { readonly of: Mark }) {
	if (of === 'good') return null;
	return (
		<svg className={`${styles.shape} ${styles[of]}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false" data-shape={of}>
			<path d={paths[of]} />
		</svg>
	);
}
