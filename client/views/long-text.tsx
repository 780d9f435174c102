// A field for a few sentences: says how much room is left. What nobody may write there is said beside the form.
import { useState } from 'react';
import { fill } from '../../shared/words/words.ts';
import { useBreakdownDeskWords } from '../store/breakdown-desk-words.ts';
import styles from './incidents.module.css';

type LongTextProps = {
	readonly label: string;
	readonly name: string;
	readonly most: number;
	readonly isRequired?: boolean;
	/** What stands in it when it is drawn first. */
	readonly initial?: string;
	readonly onWrite?: (text: string) => void;
};

export function LongText({ label, name, most, isRequired = false, initial = '', onWrite }: LongTextProps) {
	const own = useBreakdownDeskWords();
	const [first] = useState(initial);
	const [left, setLeft] = useState(most - initial.length);
	return (
		<label className={styles.wide}>
			{label}
			<textarea
				name={name}
				rows={2}
				maxLength={most}
				required={isRequired}
				defaultValue={first}
				onInput={({ currentTarget }) => {
					setLeft(most - currentTarget.value.length);
					onWrite?.(currentTarget.value);
				}}
			/>
			<small className={styles.quiet}>{fill(own.characters, { left })}</small>
		</label>
	);
}
