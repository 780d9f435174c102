// What stands where the room's board is refused: for whoever counts for a ward the way to its form, for everybody else the ways in.
import { useEffect, useState } from 'react';
import { peopleOf } from '../../shared/words/desk-words.ts';
import { fill } from '../../shared/words/words.ts';
import { useScreen, useSlice, useWords } from '../store/hooks.ts';
import styles from './sign-in.module.css';
import { SignInView } from './sign-in.view.tsx';

export function WayIn() {
	const me = useSlice((state) => state.me);
	if (me?.who.kind === 'field') return <WardsOwn sites={me.who.name === null ? [] : [me.who.name]} />;
	const duties = (me?.duties ?? []).filter(({ role }) => role === 'er');
	return duties.length === 0 ? <SignInView /> : <WardsOwn sites={[...new Set(duties.flatMap(({ site }) => site ?? []))]} />;
}

function WardsOwn({ sites }: { readonly sites: readonly string[] }) {
	const { words } = useWords();
	const { ward } = peopleOf(words);
	return (
		<section className={styles.form} aria-label={ward.title} data-ward>
			<h2>{ward.title}</h2>
			<p role="status" className={styles.how}>
				{sites.length === 0 ? ward.noSite : ward.how}
			</p>
			{sites.map((site) => (
				<WardLink key={site} site={site} />
			))}
		</section>
	);
}

function WardLink({ site }: { readonly site: string }) {
	const { words } = useWords();
	const { ask } = useScreen();
	const { ward } = peopleOf(words);
	/** By its id until the plan's own label is known; null where the plan has no such site. */
	const [label, setLabel] = useState<string | null>(site);
	useEffect(() => {
		void ask('GET', `/api/er/${site}`).then(({ status, json }) => {
			if (status === 404) setLabel(null);
			if (status === 200) setLabel((json as { label?: string } | null)?.label ?? site);
		});
	}, [ask, site]);
	if (label === null) return <p className={styles.trouble}>{fill(ward.unknown, { site })}</p>;
	return (
		<a className={styles.provider} href={`/field/${site}`}>
			{fill(ward.go, { site: label })}
		</a>
	);
}
