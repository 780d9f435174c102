// Triage codes as they are drawn everywhere: a chip with its number, and a bar of shares. Data, never an alarm.
import { memo } from 'react';
import type { TriageCode } from '../../shared/er.ts';
import { fill } from '../../shared/words/words.ts';
import { type ErWords, useErWords } from '../store/er-words.ts';
import { sameShape } from '../store/same-shape.ts';
import styles from './er-codes.module.css';
import type { CodeCount } from './er-tile-model.ts';

const nameOf = (code: TriageCode, own: ErWords): string => (code === 'none' ? own.code.none : fill(own.codeOf, { code }));

/** Who has no code has no number: the chip says so in whole, on two lines, in one word, or is bare where the words stand beside it. */
export type NoCode = 'whole' | 'split' | 'short' | 'bare';

export function CodeChip({ code, noCode = 'whole' }: { readonly code: TriageCode; readonly noCode?: NoCode }) {
	const own = useErWords();
	const told = { whole: own.code.none, split: own.noCodeSplit.join('\n'), short: own.noCodeShort, bare: '\u00a0' }[noCode];
	return (
		<span className={`${styles.chip} ${styles[`code-${code}`]} ${noCode === 'split' ? styles.split : ''}`} data-code={code}>
			{code === 'none' ? told : code}
		</span>
	);
}

export const CodeBar = memo(function CodeBar({ bar }: { readonly bar: readonly CodeCount[] }) {
	const own = useErWords();
	const all = bar.reduce((sum, { count }) => sum + count, 0);
	if (all === 0) return <span className={styles.bar} data-bar="empty" />;
	const shown = bar.filter(({ count }) => count > 0);
	const told = shown.map(({ code, count }) => `${nameOf(code, own)}: ${count}`).join(', ');
	return (
		<span className={styles.bar} role="img" aria-label={told} data-bar="codes">
			{shown.map(({ code, count }) => (
				<i key={code} className={styles[`code-${code}`]} style={{ flexGrow: count }} data-code={code} />
			))}
		</span>
	);
}, sameShape);
