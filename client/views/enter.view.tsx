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
	const isAsked = useRef(false);
	useDocument('desk', words.product);
	useEffect(() => {
		if (isAsked.current) return;
		isAsked.current = true;
		const code = window.location.hash.slice(1);
		window.history.replaceState(null, '', '/enter');
		ask('POST', '/api/session', { code }).then(({ status, json }) => {
			if (status !== 200) return setTrouble(status === 0 || status >= 500 ? 'unreachable' : 'refused');
			const { kind, name, audience } = (json ?? {}) as Entered;
			if (kind === 'field') window.location.replace(`/field/${name}`);
			else window.location.replace(audience === 'wall' ? '/wall/cutover' : '/');
		});
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
