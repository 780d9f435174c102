// An alarm's priority: its number with a shape of its own, so that colour alone never says it. Knows no alarm.
import type { AlarmPriority } from '../../shared/board-breakdown.ts';
import { fill } from '../../shared/words/words.ts';
import { useBreakdownDeskWords } from '../store/breakdown-desk-words.ts';
import { Shape } from '../tiles/shape.tsx';
import styles from './alarms.module.css';

export function Priority({ of }: { readonly of: AlarmPriority }) {
	const own = useBreakdownDeskWords();
	return (
		<span className={styles.priority} data-priority={of}>
			<span className="for-ears">{fill(own.alarm.priority, { priority: of })}</span>
			<span aria-hidden="true">
				{of === 3 ? <span className={styles.ring} /> : <Shape of={of === 1 ? 'bad' : 'watch'} />} {of}
			</span>
		</span>
	);
}
