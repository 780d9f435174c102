// Who is signed in on this screen, as what, and the way out. Shown only where somebody is.
import { peopleOf } from '../../shared/words/desk-words.ts';
import { fill } from '../../shared/words/words.ts';
import { useScreen, useSlice, useWords } from '../store/hooks.ts';
import { ActButton } from './act-button.tsx';
import styles from './who-is-here.module.css';

export function WhoIsHere() {
	const { words } = useWords();
	const { ask } = useScreen();
	const me = useSlice((state) => state.me);
	if (me === null || me.who.kind !== 'person') return null;
	const roles = [...new Set(me.duties.map(({ role }) => peopleOf(words).roles[role] ?? role))].join(', ');
	const leave = async (path: string): Promise<void> => {
		const { status, json } = await ask('POST', path);
		const { to = '/' } = (json ?? {}) as { readonly to?: string };
		// What this person saw leaves the screen with them; the provider then lets them out as well, and sends them back.
		if (status === 204 || status === 200) window.location.assign(to);
	};
	return (
		<section className={styles.here} aria-label={fill(peopleOf(words).here, { name: me.who.name ?? '' })}>
			<p>
				<strong data-who={me.who.name}>{me.who.name}</strong>
				<span className={styles.roles} data-roles>
					{roles}
				</span>
			</p>
			<ActButton action="session.end" onClick={() => leave('/auth/sign-out')}>
				{peopleOf(words).leave}
			</ActButton>
			{me.who.isSession && (
				<ActButton action="session.end" onClick={() => leave('/auth/sign-out-everywhere')}>
					{peopleOf(words).leaveAll}
				</ActButton>
			)}
		</section>
	);
}
