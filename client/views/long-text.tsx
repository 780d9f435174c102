// A field for a few sentences: says how much room is left. What nobody may write there is said beside the form.
import { useState } from 'react';
import { fill } from '../../shared/words/words.ts';
import { useBreakdownDeskWords } from '../store/breakdown-desk-words.ts';
import styles from './incidents.module.css';

type LongTextProps = { readonly label: string; readonly name: string; readonly most: number; readonly isRequired?: boolean };

export function LongText({ label, name, most, isRequired = false }: LongTextProps) {
	const own = useBreakdownDeskWords();
	const [left, setLeft] = useState(most);
	return (
		<label className={styles.wide}>
			{label}
			<textarea
				name={name}
				rows={2}
				maxLength={most}
				required={isRequired}
				onInput={({ currentTarget }) => setLeft(most - currentTarget.value.length)}
			/>
			<small className={styles.quiet}>{fill(own.characters, { left })}</small>
		</label>
	);
}
