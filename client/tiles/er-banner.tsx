// How a site is counted where that is not by its own system: on paper, or while its paper is being entered. Knows no site.
import styles from './er-banner.module.css';
import type { Banner } from './er-large-model.ts';

/** `isTitled`: there is room for a heading. */
export function ErBanner({ banner: { title, parts, share }, isTitled = true }: { readonly banner: Banner; readonly isTitled?: boolean }) {
	return (
		<div className={styles.banner} data-banner>
			{isTitled && <strong>{title}</strong>}
			{parts.map((part) => (
				<span key={part} className={styles.part}>
					{part}
				</span>
			))}
			{share !== null && (
				<span className={styles.bar} aria-hidden="true">
					<i style={{ width: `${Math.floor(share * 100)}%` }} />
				</span>
			)}
		</div>
	);
}
