// The ways in, where the stream was refused: by the provider, with a local account, with a token. Keeps nothing that is typed.

import { type FormEvent, useState } from 'react';
import { deskOf, peopleOf } from '../../shared/words/desk-words.ts';
import { useScreen, useSlice, useWords } from '../store/hooks.ts';
import { Shape } from '../tiles/shape.tsx';
import { ActButton } from './act-button.tsx';
import { BreakGlassForm } from './break-glass-form.tsx';
import styles from './sign-in.module.css';

type Trouble = 'refused' | 'unreachable' | null;

const refusedFor = (): string | null => new URLSearchParams(window.location.search).get('refused');

export function SignInView() {
	const { words } = useWords();
	const ways = useSlice(({ me }) => me?.ways ?? ['token' as const]);
	const isDown = useSlice(({ me }) => me?.providerDown ?? false);
	const refused = peopleOf(words).refused[refusedFor() ?? ''];
	return (
		<>
			{ways.includes('oidc') && (
				<section className={styles.form} aria-label={peopleOf(words).provider}>
					<a className={styles.provider} href="/auth/sign-in">
						{peopleOf(words).provider}
					</a>
					<p role="alert" className={styles.trouble}>
						{(isDown || refused !== undefined) && (
							<>
								<Shape of="watch" /> {isDown ? peopleOf(words).providerDownHow : refused}
							</>
						)}
					</p>
				</section>
			)}
			{ways.includes('break-glass') && <BreakGlassForm />}
			<TokenForm />
		</>
	);
}

function TokenForm() {
	const { words } = useWords();
	const { enter } = useScreen();
	const [trouble, setTrouble] = useState<Trouble>(null);
	const [isBusy, setIsBusy] = useState(false);

	const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
		event.preventDefault();
		const token = String(new FormData(event.currentTarget).get('token') ?? '').trim();
		if (token === '') return;
		setIsBusy(true);
		const answer = await enter(token);
		setIsBusy(false);
		setTrouble(answer === 'entered' ? null : answer);
	};

	return (
		<form className={styles.form} onSubmit={submit}>
			<h2>{deskOf(words).signIn.title}</h2>
			<p id="sign-in-how" className={styles.how}>
				{deskOf(words).signIn.how}
			</p>
			<label htmlFor="sign-in-token">{deskOf(words).signIn.token}</label>
			<input
				id="sign-in-token"
				name="token"
				type="password"
				autoComplete="current-password"
				required
				aria-describedby="sign-in-how sign-in-trouble"
			/>
			<ActButton action="session.make" type="submit" disabled={isBusy}>
				{isBusy ? deskOf(words).enter.busy : deskOf(words).signIn.enter}
			</ActButton>
			<p id="sign-in-trouble" role="alert" className={styles.trouble}>
				{trouble !== null && (
					<>
						<Shape of="watch" /> {trouble === 'refused' ? deskOf(words).signIn.refused : deskOf(words).enter.unreachable}
					</>
				)}
			</p>
		</form>
	);
}
