// A bar of verified, moved and what is left. Blind: hatched, and the teal is gone, for nothing is confirmed by silence.
import styles from './progress.module.css';

export type ProgressProps = {
	readonly moved: number | null;
	readonly verified: number | null;
	readonly total: number | null;
	readonly isBlind: boolean;
};

const share = (part: number | null, total: number | null): string =>
	part === null || total === null || total <= 0 ? '0%' : `${(Math.min(1, part / total) * 100).toFixed(2)}%`;

export function Progress({ moved, verified, total, isBlind }: ProgressProps) {
	return (
		<span className={isBlind ? `${styles.track} ${styles.blind}` : styles.track} aria-hidden="true" data-bar={isBlind ? 'blind' : 'known'}>
			<span className={styles.moved} style={{ width: share(moved, total) }} />
			{!isBlind && <span className={styles.verified} style={{ width: share(verified, total) }} />}
		</span>
	);
}
