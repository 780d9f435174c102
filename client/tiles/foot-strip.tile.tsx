// The strip kept free at the foot for what most needs a decision; grey and quiet when there is nothing.
import { lazy, Suspense } from 'react';
import { formatAge, type Language, UNKNOWN } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import { useJudged, useSlice, useWords } from '../store/hooks.ts';
import { worstReason } from '../store/selectors.ts';
import styles from './foot-strip.module.css';
import { Shape } from './shape.tsx';

/** What a source reads has an age to tell; what the night asks carries its own in its words. */
const isFigure = (subject: string): boolean => /^(archive|service|source|site)\//.test(subject);

/** What is read is broken; what is full, late or not decided is not. */
const canBreak = (subject: string): boolean => /^(archive|service|source)\//.test(subject);

function footModel(judged: BoardNow, words: Words, language: Language) {
	const { worst } = judged;
	const [first] = worst;
	if (first === undefined) return null;
	const reason = worstReason(first, judged, words, language);
	return {
		subject: first.subject,
		standing: first.standing,
		word: first.standing === 'bad' && !canBreak(first.subject) ? words.wall.notBroken : words.standing[first.standing],
		text: `${first.label}: ${reason}`,
		age:
			!isFigure(first.subject) || first.standing === 'blind' || first.ageMs === null || first.ageMs < 30_000
				? null
				: fill(words.age.asOf, { age: formatAge(first.ageMs, language) }),
		count: worst.length < 2 ? '' : fill(words.worst.more, { shown: 1, all: worst.length }),
	};
}

// Words and lines of alarms are not there before the first alarm is. Asked for until they come: until then the strip says what else it knows.
const importAlarms = async (): Promise<typeof import('./foot-alarms.tsx')> => {
	for (;;) {
		try {
			return await import('./foot-alarms.tsx');
		} catch {
			await new Promise((again) => setTimeout(again, ASK_AGAIN_MS));
		}
	}
};
const ASK_AGAIN_MS = 5000;
const FootAlarms = lazy(async () => ({ default: (await importAlarms()).FootAlarms }));
const FootSuppressed = lazy(async () => ({ default: (await importAlarms()).FootSuppressed }));

export function FootStripTile() {
	const alarms = useJudged(({ alarms: { active, suppressed } }) => (active.length > 0 ? 'active' : suppressed.length > 0 ? 'suppressed' : 'none'));
	if (alarms !== 'active') return <FootWorst hasSuppressed={alarms === 'suppressed'} />;
	return (
		<Suspense fallback={<FootWorst />}>
			<FootAlarms />
		</Suspense>
	);
}

function FootWorst({ hasSuppressed = false }: { readonly hasSuppressed?: boolean }) {
	const { words, language } = useWords();
	const model = useJudged((judged) => footModel(judged, words, language));
	// Before the first board there is nothing to say, not even that all is quiet.
	const hasBoard = useSlice(({ judged }) => judged !== null);
	const standing = model?.standing ?? 'good';
	return (
		<footer className={`${styles.strip} ${styles[standing]}`} data-tile="foot-strip" data-standing={standing}>
			{model === null ? (
				<p className={styles.quiet}>{hasBoard ? words.worst.nothing : UNKNOWN}</p>
			) : (
				<>
					<p className={styles.word}>
						<Shape of={model.standing} /> {model.word}
					</p>
					<p className={styles.text}>
						{model.text}
						{model.age !== null && (
							<span className={styles.quiet}>
								{' '}
								· {words.strip.streamAge} {model.age}
							</span>
						)}
					</p>
					<p className={styles.quiet}>{model.count}</p>
				</>
			)}
			{hasSuppressed && (
				<Suspense fallback={null}>
					<FootSuppressed />
				</Suspense>
			)}
		</footer>
	);
}
