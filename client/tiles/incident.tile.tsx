// The incident that leads the wall: since when, why, how it stands, who leads it, and which others are open.
import { fill } from '../../shared/words/words.ts';
import { useBreakdownWords } from '../store/breakdown-words.ts';
import { useJudged, useWords } from '../store/hooks.ts';
import { zoneOf } from '../store/selectors.ts';
import styles from './incident.module.css';
import { incidentHero, leadOf } from './incident-model.ts';
import { sayBy } from './say-by.ts';
import { Shape } from './shape.tsx';
import { TileFrame } from './tile-frame.tsx';

/** `isShort`: what is least urgent is left out. */
export function IncidentTile({ wished, isShort }: { readonly wished: string | null; readonly isShort: boolean }) {
	const { words, language } = useWords();
	const own = useBreakdownWords();
	const model = useJudged((judged) => {
		const { breakdown, services, now } = judged;
		const lead = breakdown === null ? null : leadOf(breakdown.incidents, wished);
		if (breakdown === null || lead === null) return { hero: null };
		return {
			hero: incidentHero(
				lead,
				{ incidents: breakdown.incidents, services, now, nameOf: (by) => sayBy(by, judged, words) },
				own,
				zoneOf(judged),
				language,
			),
		};
	});
	if (model === null) return null;
	const { hero } = model;
	return (
		<div className={styles.incident}>
			{hero === null ? (
				<TileFrame name="incident" kind="hero" title={own.incident.wall}>
					<p className={styles.calm}>{own.incident.none}</p>
					{!isShort && <p className={styles.line}>{own.incident.noneNote}</p>}
				</TileFrame>
			) : (
				<TileFrame name="incident" kind="hero" title={hero.title} standing={hero.standing}>
					<p className={styles.figure}>
						{hero.span.days !== null && (
							<>
								{hero.span.days} <small>{hero.span.dayWord}</small>{' '}
							</>
						)}
						{hero.span.time}
					</p>
					<p className={styles.causes}>
						<span className={styles.line} data-people>
							{hero.cause}
						</span>
						<span className={hero.isAttack ? styles.attack : undefined}>
							{' · '}
							{hero.isAttack && (
								<>
									<Shape of="bad" />{' '}
								</>
							)}
							{hero.nature}
						</span>
					</p>
					{!isShort && (
						<p className={styles.line} data-people data-others={hero.others.length}>
							{hero.status} · {hero.others.length === 0 ? hero.lead : fill(own.incident.others, { titles: hero.others.join('; ') })}
						</p>
					)}
				</TileFrame>
			)}
		</div>
	);
}
