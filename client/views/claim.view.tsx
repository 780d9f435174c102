// The first start's page: the code stands in the fragment and leaves the address at once; what it makes is shown once.

import { type FormEvent, useEffect, useState } from 'react';
import { peopleOf } from '../../shared/words/desk-words.ts';
import { useScreen, useWords } from '../store/hooks.ts';
import { Shape } from '../tiles/shape.tsx';
import { ActButton } from './act-button.tsx';
import styles from './sign-in.module.css';
import { useDocument } from './use-document.ts';

type Made = { readonly password: string | null; readonly totp: string | null };

export function ClaimView() {
	const { words } = useWords();
	const { ask } = useScreen();
	const [code] = useState(() => window.location.hash.slice(1));
	const [made, setMade] = useState<Made | null>(null);
	const [trouble, setTrouble] = useState<string | null>(null);
	const w = peopleOf(words).claim;
	useDocument('desk', words.product);
	useEffect(() => window.history.replaceState(null, '', '/claim'), []);

	const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
		event.preventDefault();
		const name = String(new FormData(event.currentTarget).get('name') ?? '').trim();
		const { status, json } = await ask('POST', '/auth/claim', { code, name });
		if (status === 200) return setMade(json as Made);
		setTrouble(status === 0 || status >= 500 ? peopleOf(words).unreachable : w.refused);
	};

	if (made !== null) {
		return (
			<main className={styles.form}>
				<h1>{w.title}</h1>
				<p role="status">{made.password === null ? w.session : w.done}</p>
				{made.password !== null && (
					<dl className={styles.secrets}>
						<dt>{peopleOf(words).password}</dt>
						<dd data-secret="password">{made.password}</dd>
						<dt>{w.totp}</dt>
						<dd data-secret="totp">{made.totp}</dd>
					</dl>
				)}
				<a href="/">{w.go}</a>
			</main>
		);
	}
	return (
		<main>
			<form className={styles.form} onSubmit={submit}>
				<h1>{w.title}</h1>
				<p className={styles.how}>{w.how}</p>
				<label htmlFor="claim-name">{peopleOf(words).name}</label>
				<input id="claim-name" name="name" required pattern="[a-z0-9][a-z0-9-]{0,59}" autoCapitalize="none" />
				<ActButton action="session.make" type="submit">
					{w.make}
				</ActButton>
				<p role="alert" className={styles.trouble}>
					{trouble !== null && (
						<>
							<Shape of="watch" /> {trouble}
						</>
					)}
				</p>
			</form>
		</main>
	);
}
