// The form of a local account, for the night when the provider is down. Keeps nothing that is typed.

import { type FormEvent, useState } from 'react';
import { deskOf, peopleOf } from '../../shared/words/desk-words.ts';
import { useScreen, useWords } from '../store/hooks.ts';
import { Shape } from '../tiles/shape.tsx';
import { ActButton } from './act-button.tsx';
import styles from './sign-in.module.css';

export function BreakGlassForm() {
	const { words } = useWords();
	const { ask, again } = useScreen();
	const [trouble, setTrouble] = useState<'wrong' | 'tooMany' | 'unreachable' | null>(null);
	const [isBusy, setIsBusy] = useState(false);
	const w = peopleOf(words);

	const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
		event.preventDefault();
		const form = event.currentTarget;
		const typed = new FormData(form);
		const text = (name: string): string => String(typed.get(name) ?? '').trim();
		setIsBusy(true);
		const { status } = await ask('POST', '/auth/break-glass', { name: text('name'), password: text('password'), code: text('code') });
		setIsBusy(false);
		if (status === 204) {
			form.reset();
			return again();
		}
		setTrouble(status === 429 ? 'tooMany' : status === 0 || status >= 500 ? 'unreachable' : 'wrong');
	};

	return (
		<form className={styles.form} onSubmit={submit} data-form="break-glass">
			<h2>{w.emergency}</h2>
			<label htmlFor="emergency-name">{w.name}</label>
			<input id="emergency-name" name="name" autoComplete="username" autoCapitalize="none" required maxLength={60} />
			<label htmlFor="emergency-password">{w.password}</label>
			<input id="emergency-password" name="password" type="password" autoComplete="current-password" required maxLength={200} />
			<label htmlFor="emergency-code">{w.code}</label>
			<input id="emergency-code" name="code" inputMode="numeric" autoComplete="one-time-code" required pattern="[0-9]{6}" maxLength={6} />
			<ActButton action="session.make" type="submit" disabled={isBusy}>
				{isBusy ? deskOf(words).enter.busy : w.enter}
			</ActButton>
			<p role="alert" className={styles.trouble}>
				{trouble !== null && (
					<>
						<Shape of="watch" /> {w[trouble]}
					</>
				)}
			</p>
		</form>
	);
}
