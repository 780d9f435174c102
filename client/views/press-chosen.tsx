// What was chosen for a sheet: its large figures, its lists, its chart and the programme's facts. Figures show their value and cannot be
// typed over; captions and titles can.
import type { FrozenSheet, PressCourse, PressFigure } from '../../shared/press.ts';
import { fill } from '../../shared/words/words.ts';
import { useWords } from '../store/hooks.ts';
import { usePressWords } from '../store/press-words.ts';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import { focusToPanel } from './desk-focus.ts';
import styles from './press.module.css';
import { addList, captionHero, emptyWords, moveHero, moveRow, removeList, titleList, toggleHero, toggleRow } from './press-draft.ts';
import { OrderButtons } from './press-order.tsx';
import { LARGE_MOST, LISTS_MOST } from './press-templates.ts';
import { BothFields, type Writing } from './press-texts.tsx';

type ChosenProps = Writing & { readonly figures: readonly PressFigure[] | null };

export function PressHeroes({ content, figures, onChange }: ChosenProps) {
	const { language } = useWords();
	const { compose: w } = usePressWords();
	const { heroes } = content;
	return (
		<TileFrame name="press-heroes" title={w.heroes} aside={fill(w.heroesAside, { count: heroes.length, most: LARGE_MOST })}>
			{heroes.length === 0 && <p className={styles.none}>{w.noHeroes}</p>}
			<ol>
				{heroes.map(({ key, caption }, at) => {
					const names = figures?.find((one) => one.key === key)?.label;
					const label = names?.[language] ?? key;
					return (
						<li key={key} className={styles.hero} data-hero={key}>
							<div className={styles.chosen}>
								<ChosenFigure of={key} figures={figures} isLarge />
								<OrderButtons
									what={label}
									at={at}
									of={heroes.length}
									onMove={(by) => onChange((one) => moveHero(one, at, by))}
									onRemove={() => onChange((one) => toggleHero(one, key))}
								/>
							</div>
							<BothFields
								label={w.caption}
								about={(one) => fill(w.captionOf, { figure: label, language: w.inLanguage[one] })}
								field="caption"
								words={caption ?? emptyWords}
								{...(names === undefined ? {} : { instead: names })}
								onWrite={(one, text) => onChange((before) => captionHero(before, at, one, text))}
							/>
						</li>
					);
				})}
			</ol>
		</TileFrame>
	);
}

export function PressLists({ content, figures, onChange }: ChosenProps) {
	const { language } = useWords();
	const { compose: w } = usePressWords();
	const drop = (at: number): void => {
		const takeHome = focusToPanel();
		onChange((one) => removeList(one, at));
		takeHome();
	};
	return (
		<TileFrame name="press-lists" title={w.lists} aside={fill(w.heroesAside, { count: content.lists.length, most: LISTS_MOST })}>
			{content.lists.map(({ title, keys }, list) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a list has its place and nothing else
				<fieldset key={list} className={styles.list}>
					<legend>{fill(w.listN, { n: list + 1 })}</legend>
					<BothFields
						label={fill(w.listTitle, { n: list + 1 })}
						field="list"
						words={title}
						onWrite={(one, text) => onChange((before) => titleList(before, list, one, text))}
					/>
					{keys.length === 0 && <p className={styles.none}>{w.noRows}</p>}
					<ol>
						{keys.map((key, at) => (
							<li key={key} className={styles.chosen} data-row={key}>
								<ChosenFigure of={key} figures={figures} />
								<OrderButtons
									what={figures?.find((one) => one.key === key)?.label[language] ?? key}
									at={at}
									of={keys.length}
									onMove={(by) => onChange((one) => moveRow(one, list, at, by))}
									onRemove={() => onChange((one) => toggleRow(one, list, key))}
								/>
							</li>
						))}
					</ol>
					<button type="button" data-quiet className={styles.small} onClick={() => drop(list)}>
						{fill(w.removeList, { n: list + 1 })}
					</button>
				</fieldset>
			))}
			{content.lists.length < LISTS_MOST && (
				<button type="button" data-quiet className={styles.button} onClick={() => onChange(addList)}>
					{w.addList}
				</button>
			)}
		</TileFrame>
	);
}

type FigureProps = { readonly of: string; readonly figures: readonly PressFigure[] | null; readonly isLarge?: boolean };

function ChosenFigure({ of, figures, isLarge = false }: FigureProps) {
	const { language } = useWords();
	const { compose: w } = usePressWords();
	const figure = figures?.find((one) => one.key === of);
	if (figure === undefined)
		return (
			<span className={styles.figure}>
				<span>{of}</span>
				{figures !== null && (
					<small className={styles.late}>
						<Shape of="bad" /> {w.gone}
					</small>
				)}
			</span>
		);
	return (
		<span className={styles.figure}>
			<b data-large={isLarge || undefined}>{figure.text[language]}</b> <span>{figure.label[language]}</span>
			{figure.note !== null && (
				<small className={styles.note}>
					<Shape of="watch" /> {fill(w.noteGoes, { note: figure.note[language] })}
				</small>
			)}
		</span>
	);
}

type MoreProps = Writing & { readonly courses: readonly Pick<PressCourse, 'key' | 'label'>[]; readonly facts: FrozenSheet['facts'] };

export function PressMore({ content, courses, facts, onChange }: MoreProps) {
	const { language } = useWords();
	const { compose: w } = usePressWords();
	return (
		<TileFrame name="press-more" title={w.more}>
			<div className={styles.fields}>
				<label>
					{w.chart}
					<select value={content.chart ?? ''} onChange={({ target }) => onChange((one) => ({ ...one, chart: target.value || null }))}>
						<option value="">{w.noChart}</option>
						{content.chart !== null && !courses.some(({ key }) => key === content.chart) && <option value={content.chart}>{content.chart}</option>}
						{courses.map(({ key, label }) => (
							<option key={key} value={key}>
								{label[language]}
							</option>
						))}
					</select>
				</label>
				{facts.length === 0 ? (
					<p className={styles.quiet}>{w.noFacts}</p>
				) : (
					<label className={styles.check}>
						<input type="checkbox" checked={content.facts} onChange={({ target }) => onChange((one) => ({ ...one, facts: target.checked }))} />
						{w.facts}
					</label>
				)}
			</div>
			{content.facts && (
				<ul className={styles.facts}>
					{facts.map(({ label, value, source }) => (
						<li key={`${label.it} ${value.it}`}>
							{label[language]}: <b>{value[language]}</b> <small className={styles.quiet}>{source}</small>
						</li>
					))}
				</ul>
			)}
		</TileFrame>
	);
}
