// What the ward's form says of figures that are not of now, and what it asks once more before it sends. Knows no count.
import { useEffect, useRef, useState } from 'react';
import { fill } from '../../shared/words/words.ts';
import { useFieldWords } from '../store/field-store.ts';
import { Shape } from '../tiles/shape.tsx';
import styles from './field.module.css';
import type { Old } from './field-model.ts';
import { useMoment } from './field-time.ts';

export function OldNote({ old }: { readonly old: Old }) {
	const words = useFieldWords();
	const momentOf = useMoment();
	return (
		<p id="old" className={styles.old} data-old-of={old.of}>
			<Shape of="watch" /> {fill(words.old[old.of], { time: momentOf(old.at) })}
		</p>
	);
}

type QuestionProps = { readonly texts: readonly string[]; readonly present: number; readonly onYes: () => void; readonly onNo: () => void };

/** A thumb that taps twice must not answer a question that it did not see. */
const READ_WITHIN_MS = 400;

export function Question({ texts, present, onYes, onNo }: QuestionProps) {
	const words = useFieldWords();
	const yes = useRef<HTMLButtonElement | null>(null);
	const [isSeen, setIsSeen] = useState(false);
	useEffect(() => {
		yes.current?.focus();
		const timer = setTimeout(() => setIsSeen(true), READ_WITHIN_MS);
		return () => clearTimeout(timer);
	}, []);
	return (
		<div role="alert" className={styles.jump}>
			{texts.map((text) => (
				<p key={text}>{text}</p>
			))}
			<div>
				<button ref={yes} type="button" data-asked data-seen={isSeen} className={styles.yes} onClick={() => isSeen && onYes()}>
					{fill(words.jumpYes, { count: present })}
				</button>
				<button type="button" data-quiet onClick={onNo}>
					{words.jumpNo}
				</button>
			</div>
		</div>
	);
}
