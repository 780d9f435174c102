// The catalogue of figures that may be told at the moment chosen: searched by words, each with its value, age, completeness and note.
import { useState } from 'react';
import { formatAge } from '../../shared/format.ts';
import type { PressFigure } from '../../shared/press.ts';
import { fill } from '../../shared/words/words.ts';
import { useWords } from '../store/hooks.ts';
import { usePressWords } from '../store/press-words.ts';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import styles from './press.module.css';
import { toggleHero, toggleRow } from './press-draft.ts';
import { foundFigures } from './press-search.ts';
import { LARGE_MOST, ROWS_MOST } from './press-templates.ts';
import type { Writing } from './press-texts.tsx';

type CatalogueProps = Writing & { readonly figures: readonly PressFigure[]; readonly at: number };

export function PressCatalogue({ content, figures, at, onChange }: CatalogueProps) {
	const { compose: w } = usePressWords();
	const [asked, setAsked] = useState('');
	const found = foundFigures(figures, asked);
	return (
		<TileFrame
			name="press-catalogue"
			title={w.catalogue}
			aside={<span role="status">{fill(w.found, { count: found.length, of: figures.length })}</span>}
		>
			<div className={styles.fields}>
				<label>
					{w.search}
					<input type="search" value={asked} autoComplete="off" onChange={({ target }) => setAsked(target.value)} />
				</label>
			</div>
			{found.length === 0 && <p className={styles.none}>{w.nothing}</p>}
			<ul className={styles.catalogue}>
				{found.map((figure) => (
					<CatalogueRow key={figure.key} figure={figure} at={at} content={content} onChange={onChange} />
				))}
			</ul>
		</TileFrame>
	);
}

function CatalogueRow({ figure, at, content, onChange }: Writing & { readonly figure: PressFigure; readonly at: number }) {
	const { language } = useWords();
	const { compose: w } = usePressWords();
	const { key, completeness, note } = figure;
	const label = figure.label[language];
	const isHero = content.heroes.some((one) => one.key === key);
	return (
		<li className={styles.entry} data-figure={key} data-standing={figure.standing}>
			<span className={styles.label}>
				{label}
				<small className={styles.quiet}>{figure.method[language]}</small>
			</span>
			<span className={styles.value}>
				<b>
					{figure.standing !== 'good' && note !== null && <Shape of={figure.standing} />} {figure.text[language]}
				</b>
				<small className={styles.quiet}>
					{[
						figure.at === null ? null : fill(w.age, { age: formatAge(Math.max(0, at - figure.at), language) }),
						completeness === null ? null : fill(w.completeness, completeness),
						figure.isSuppressed ? w.suppressed : null,
					]
						.filter((one) => one !== null)
						.join(' · ')}
				</small>
			</span>
			{note !== null && (
				<small className={styles.note}>
					<Shape of="watch" /> {fill(w.noteGoes, { note: note[language] })}
				</small>
			)}
			<span className={styles.picks}>
				<button
					type="button"
					data-quiet
					aria-pressed={isHero}
					aria-label={fill(w.asHeroOf, { figure: label })}
					aria-disabled={!isHero && content.heroes.length >= LARGE_MOST}
					onClick={() => onChange((one) => toggleHero(one, key))}
				>
					{w.asHero}
				</button>
				{content.lists.map(({ keys }, list) => (
					<button
						// biome-ignore lint/suspicious/noArrayIndexKey: a list has its place and nothing else
						key={list}
						type="button"
						data-quiet
						aria-pressed={keys.includes(key)}
						aria-label={fill(w.toListOf, { n: list + 1, figure: label })}
						aria-disabled={!keys.includes(key) && keys.length >= ROWS_MOST}
						onClick={() => onChange((one) => toggleRow(one, list, key))}
					>
						{fill(w.toList, { n: list + 1 })}
					</button>
				))}
			</span>
		</li>
	);
}
