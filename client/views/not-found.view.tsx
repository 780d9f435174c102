// An address that leads nowhere, and the way back. Knows no board.
import { deskOf } from '../../shared/words/desk-words.ts';
import { useWords } from '../store/hooks.ts';
import styles from './sign-in.module.css';
import { useDocument } from './use-document.ts';

export function NotFoundView() {
	const { words } = useWords();
	useDocument('desk', `${deskOf(words).page.notFound} · ${words.product}`);
	return (
		<main className={styles.form}>
			<h1>{deskOf(words).page.notFound}</h1>
			<p className={styles.how}>{deskOf(words).page.notFoundHow}</p>
			<p>
				<a href="/">{deskOf(words).page.home}</a>
			</p>
		</main>
	);
}
