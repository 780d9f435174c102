// The ward's page: whose count it is and when the last was sent, the form, what became of each count. Owns the page around the form.
import { useLayoutEffect } from 'react';
import { useStore } from 'zustand';
import { fill } from '../../shared/words/words.ts';
import { useField, useFieldState, useFieldWords } from '../store/field-store.ts';
import styles from './field.module.css';
import { CountForm } from './field-count.tsx';
import { lastSentAt } from './field-model.ts';
import { FieldQueue } from './field-queue.tsx';
import { useMoment } from './field-time.ts';

export function FieldView() {
	const words = useFieldWords();
	const { preferences, opensOffline } = useField();
	const { language } = useStore(preferences);
	const { known, door, records } = useFieldState();
	const isStranger = known === null && records.length === 0 && (door === 'over' || door === 'other-site' || door === 'unknown-site');
	useLayoutEffect(() => {
		document.documentElement.lang = language;
		document.title = known === null ? words.product : known.label;
	}, [language, known, words]);
	return (
		<>
			<FieldHeader />
			<main className={styles.main}>
				{isStranger ? (
					<p role="alert" className={styles.stranger}>
						{words.needsLink}
					</p>
				) : (
					<>
						<CountForm />
						<FieldQueue />
					</>
				)}
			</main>
			<footer className={styles.foot}>
				{!opensOffline && <p>{words.onlyOnline}</p>}
				<button
					type="button"
					data-quiet
					lang={language === 'it' ? 'en' : 'it'}
					onClick={() => preferences.setState({ language: language === 'it' ? 'en' : 'it' })}
				>
					{words.otherLanguage}
				</button>
			</footer>
		</>
	);
}

function FieldHeader() {
	const words = useFieldWords();
	const { site, known, records } = useFieldState();
	const momentOf = useMoment();
	const last = lastSentAt(known, records);
	const sent = last === null ? words.neverSent : fill(words.lastSent, { time: momentOf(last) });
	return (
		<header className={styles.header}>
			<h1>{known?.label ?? site}</h1>
			{known?.rehearsal === true && <strong className={styles.rehearsal}>{words.rehearsal}</strong>}
			<p>
				{words.mode[known?.mode ?? 'paper']} · {sent}
			</p>
		</header>
	);
}
