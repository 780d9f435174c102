// What went wrong with an act of access, in the reader's words, and where it is said.
import { accessOf } from '../../shared/words/desk-words.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import type { Answered } from '../store/hooks.ts';
import { Shape } from '../tiles/shape.tsx';
import styles from './access.module.css';

export function troubleOf({ status, json }: Answered, words: Words): string {
	if (status === 0 || status >= 500) return accessOf(words).unreachable;
	if (status === 401 || (status === 403 && json !== null)) return accessOf(words).notYours;
	const detail = typeof json === 'object' && json !== null && 'detail' in json ? String(json.detail) : String(status);
	return fill(accessOf(words).refused, { detail });
}

export function Trouble({ text }: { readonly text: string | null }) {
	return (
		<p role="alert" className={styles.trouble}>
			{text !== null && (
				<>
					<Shape of="watch" /> {text}
				</>
			)}
		</p>
	);
}
