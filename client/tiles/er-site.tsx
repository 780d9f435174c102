// One emergency room as a small tile: who is present, how full, by code; or that nothing is known of it. Knows no other site.
import { memo } from 'react';
import { sameShape } from '../store/same-shape.ts';
import { CodeBar } from './er-codes.tsx';
import styles from './er-grid.module.css';
import type { SiteTileModel } from './er-tile-model.ts';
import { Shape } from './shape.tsx';

/** `widthEm`: what a line of the tile holds, in its own letters; `isRoomy`: it holds a bar below words. */
type ErSiteProps = { readonly site: SiteTileModel; readonly scale: number; readonly widthEm: number; readonly isRoomy: boolean };

/** How wide a digit of the figure is, and the mark before it. */
const DIGIT_EM = 0.95;
const SHAPE_EM = 1.1;
/** About how wide words are, in their own letters: digits are all of one width, marks are narrow. */
const widthOf = (text: string): number => [...text].reduce((sum, one) => sum + (/[0-9]/.test(one) ? 0.55 : /[ .,/il]/.test(one) ? 0.27 : 0.48), 0);
/** For letters wider than they are on average. */
const FILLED_AT_MOST = 0.96;
/** The longest words that fit; else the shortest there are. */
const fitting = (words: readonly string[], em: number): string => words.find((one) => widthOf(one) <= em * FILLED_AT_MOST) ?? words.at(-1) ?? '';

type Words = readonly string[] | null;

/** All on the line at the foot where it holds them; else the first there, and what the ambulances are told beside the figure, after how full it is. */
function placed([note, why, diversion]: readonly [Words, Words, Words], occupancy: string | null, widthEm: number, leftEm: number) {
	const told = [note, why, diversion].filter((one) => one !== null);
	const [first] = told;
	if (first === undefined) return { foot: null, beside: occupancy };
	const whole = [told.map((one) => one[0] ?? ''), told.map((one) => one.at(-1) ?? '')].map((words) => words.join(' · '));
	if (told.length === 1) return { foot: fitting(first, widthEm), beside: occupancy };
	const joined = whole.find((one) => widthOf(one) <= widthEm * FILLED_AT_MOST);
	if (joined !== undefined) return { foot: joined, beside: occupancy };
	const foot = fitting(first, widthEm);
	if (diversion === null) return { foot, beside: occupancy };
	const after = (diversion.map((one) => (occupancy === null ? one : `${occupancy} · ${one}`)) as readonly string[]).find(
		(one) => widthOf(one) <= leftEm * FILLED_AT_MOST,
	);
	return { foot, beside: after ?? fitting(diversion, leftEm) };
}

export const ErSite = memo(function ErSite({ site, scale, widthEm, isRoomy }: ErSiteProps) {
	const { id, short, standing, isByHand, shown, blind, blindShort, note, why, diversion, heard } = site;
	const left = widthEm - (shown?.present.length ?? 0) * DIGIT_EM - (standing === 'good' ? 0.3 : SHAPE_EM);
	const { foot, beside } = placed([note, why, diversion], shown?.occupancy ?? null, widthEm, left);
	const classes = [styles.site, styles[standing], isByHand ? styles.byHand : ''];
	return (
		<li className={classes.join(' ')} style={{ fontSize: `${scale}rem` }} data-subject={`site/${id}`} data-standing={standing}>
			<span className="for-ears">{heard}</span>
			<span className={styles.name} aria-hidden="true">
				{short}
			</span>
			{shown === null ? (
				<span className={styles.blindWord} aria-hidden="true">
					<span>{diversion === null || isRoomy ? blind : blindShort}</span> {diversion !== null && <b>{fitting(diversion, widthEm)}</b>}
				</span>
			) : (
				<>
					<span className={`${styles.figures} ${shown.present.length > 2 ? styles.long : ''}`} aria-hidden="true">
						<Shape of={standing} /> <strong>{shown.present}</strong> <span className={styles.share}>{beside}</span>
					</span>
					{foot !== null && (
						<span className={`${styles.note} ${note === null && why === null ? styles.diverted : ''}`} aria-hidden="true">
							{foot}
						</span>
					)}
					{(foot === null || isRoomy) && <CodeBar bar={shown.bar} />}
				</>
			)}
		</li>
	);
}, sameShape);
