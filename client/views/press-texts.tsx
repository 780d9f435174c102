// Title and sentences of a sheet, Italian and English side by side, each with how many characters are left.
import { useId } from 'react';
import { type Language, languages } from '../../shared/format.ts';
import type { InBoth, SheetContent } from '../../shared/press.ts';
import { fill } from '../../shared/words/words.ts';
import { usePressWords } from '../store/press-words.ts';
import { TileFrame } from '../tiles/tile-frame.tsx';
import { focusToPanel } from './desk-focus.ts';
import styles from './press.module.css';
import { addSentence, type Field, inBoth, longest, removeSentence, SENTENCES_MOST, writeSentence } from './press-draft.ts';

export type Writing = {
	readonly content: SheetContent;
	readonly onChange: (change: (content: SheetContent) => SheetContent) => void;
};

export function PressTexts({ content, onChange }: Writing) {
	const { compose: w } = usePressWords();
	const drop = (at: number): void => {
		const takeHome = focusToPanel();
		onChange((one) => removeSentence(one, at));
		takeHome();
	};
	return (
		<TileFrame name="press-texts" title={w.texts}>
			<BothFields
				label={w.titleField}
				field="title"
				words={content.title}
				onWrite={(language, text) => onChange((one) => ({ ...one, title: inBoth(one.title, language, text) }))}
			/>
			{content.sentences.map((words, at) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a sentence has its place and nothing else
				<div key={at} className={styles.sentence}>
					<BothFields
						label={fill(w.sentence, { n: at + 1 })}
						field="sentence"
						words={words}
						onWrite={(language, text) => onChange((one) => writeSentence(one, at, language, text))}
					/>
					<button type="button" data-quiet className={styles.small} aria-label={fill(w.removeSentence, { n: at + 1 })} onClick={() => drop(at)}>
						<span aria-hidden="true">×</span>
					</button>
				</div>
			))}
			{content.sentences.length < SENTENCES_MOST && (
				<button type="button" data-quiet className={styles.button} onClick={() => onChange(addSentence)}>
					{w.addSentence}
				</button>
			)}
			<p className={styles.quiet}>{w.noNames}</p>
		</TileFrame>
	);
}

type BothProps = {
	readonly label: string;
	/** For ears, where the label alone does not say of what. */
	readonly about?: (language: Language) => string;
	readonly field: Field;
	readonly words: InBoth;
	/** What stands there where nothing is written. */
	readonly instead?: InBoth;
	readonly onWrite: (language: Language, text: string) => void;
};

/** Never cut off while it is typed: what is too long is said, and mended by whoever wrote it. */
export function BothFields({ label, about, field, words, instead, onWrite }: BothProps) {
	const { compose: w } = usePressWords();
	const id = useId();
	return (
		<div className={styles.both}>
			{languages.map((language) => {
				const left = longest[field] - words[language].trim().length;
				const held = {
					id: `${id}-${language}-text`,
					value: words[language],
					lang: language,
					placeholder: instead?.[language],
					spellCheck: true,
					'aria-label': about?.(language),
					'aria-describedby': `${id}-${language}`,
					'aria-invalid': left < 0 || undefined,
				};
				return (
					<div key={language}>
						<label htmlFor={`${id}-${language}-text`}>
							{label} · {w.inLanguage[language]}
						</label>
						{field === 'sentence' ? (
							<textarea {...held} rows={3} onChange={({ target }) => onWrite(language, target.value)} />
						) : (
							<input {...held} autoComplete="off" onChange={({ target }) => onWrite(language, target.value)} />
						)}
						<small id={`${id}-${language}`} className={left < 0 ? styles.late : styles.quiet}>
							{fill(left < 0 ? w.over : w.left, { left, over: -left })}
						</small>
					</div>
				);
			})}
		</div>
	);
}
