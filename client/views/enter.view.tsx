// Where a link leads: its code stands in the fragment, which no server, log or referrer sees; it is exchanged once and leaves the address at once.

import { useEffect, useRef, useState } from 'react';
import { accessOf } from '../../shared/words/desk-words.ts';
import { useScreen, useWords } from '../store/hooks.ts';
import { Shape } from '../tiles/shape.tsx';
import styles from './sign-in.module.css';
import { useDocument } from './use-document.ts';

type Entered = { readonly kind?: string; readonly name?: string; readonly audience?: string | null };

export function EnterView() {
	const { words } = useWords();
	const { ask } = useScreen();
	const [trouble, setTrouble] = useState<'refused' | 'unreachable' | null>(null);
	const last = useRef<string | null>(null);
	useDocument('desk', words.product);
	useEffect(() => {
		const enter = async (): Promise<void> => {
			const code = window.location.hash.slice(1);
			if (code === '' && last.current !== null) return;
			last.current = code;
			window.history.replaceState(null, '', '/enter');
			setTrouble(null);
			const { status, json } = await ask('POST', '/api/session', { code });
			if (status !== 200) {
				// Of a link that another was opened after, nothing is said.
				if (last.current === code) setTrouble(status === 0 || status >= 500 ? 'unreachable' : 'refused');
				return;
			}
			const { kind, name, audience } = (json ?? {}) as Entered;
			if (kind === 'field') window.location.replace(`/field/${name}`);
			else window.location.replace(audience === 'wall' ? '/wall/cutover' : '/');
		};
		void enter();
		// A second link in the same tab changes only the fragment: no page is loaded.
		window.addEventListener('hashchange', enter);
		return () => window.removeEventListener('hashchange', enter);
	}, [ask]);
	return (
		<main className={styles.form}>
			<h1>{words.product}</h1>
			<p role={trouble === null ? 'status' : 'alert'} className={trouble === null ? styles.how : styles.trouble}>
				{trouble === null ? (
					accessOf(words).enter.busy
				) : (
					<>
						<Shape of="watch" /> {trouble === 'refused' ? accessOf(words).enter.refused : accessOf(words).unreachable}
					</>
				)}
			</p>
		</main>
	);
}
