// The alarms at the foot, in two lines of the reserved strip: what is the matter, and what to do. Loaded with the first alarm.
import { useAlarmWords } from '../store/alarm-words.ts';
import { useSlice, useWords } from '../store/hooks.ts';
import { type FootAlarm, footAlarms, type FootAlarms as Model } from './foot-alarms-model.ts';
import styles from './foot-strip.module.css';
import { sayBy } from './say-by.ts';
import { Shape } from './shape.tsx';

function useFootAlarms(): Model | null {
	const { words, language } = useWords();
	const own = useAlarmWords();
	return useSlice(({ judged, followed }) => {
		if (judged === null || followed === null) return null;
		const nameOf = (by: string): string => sayBy(by, judged, words);
		return footAlarms(judged.alarms, { says: followed.board.alarms, own, language, now: judged.now, nameOf });
	});
}

export function FootAlarms() {
	const own = useAlarmWords();
	const model = useFootAlarms();
	if (model === null) return null;
	const { lines, counts, standing, suppressed, isFlood } = model;
	const isOne = lines.length === 1;
	return (
		<footer
			className={`${styles.strip} ${styles.alarms} ${styles[standing]}`}
			data-tile="foot-strip"
			data-standing={standing}
			data-flood={isFlood ? lines.length : undefined}
		>
			{isOne && <Priority of={lines[0]} />}
			<ol className={isOne ? styles.one : styles.roots}>
				{lines.map((line) => (
					<li key={line.id} className={line.isTaken ? styles.taken : undefined} data-alarm={line.id}>
						{!isOne && <Priority of={line} />}
						<p className={styles.parts}>
							<span className={styles.what}>{line.text}</span>
							{line.beside.map((text) => (
								<span key={text} className={styles.quiet}>
									{' '}
									· {text}
								</span>
							))}
							{!isOne && <span className={styles.todo}> → {line.todo}</span>}
						</p>
						{isOne && (
							<p className={`${styles.text} ${styles.todo}`}>
								<span aria-hidden="true">→</span> <span className="for-ears">{own.strip.todo.replace('{what}', '')}</span>
								{line.todo}
							</p>
						)}
					</li>
				))}
			</ol>
			{counts.length + suppressed.length > 0 && (
				<div className={styles.aside}>
					{counts.map((text) => (
						<p key={text}>{text}</p>
					))}
					{counts.length < 2 && suppressed.length > 0 && <Suppressed all={suppressed} />}
				</div>
			)}
		</footer>
	);
}

/** Where the scene has little room its few words do. */
function Suppressed({ all }: { readonly all: Model['suppressed'] }) {
	return (
		<p className={styles.quiet} data-suppressed>
			<span className="spare">{all.map(({ text }) => text).join(' · ')}</span>
			<span className={styles.few} aria-hidden="true">
				{all.map(({ short }) => short).join(' · ')}
			</span>
		</p>
	);
}

function Priority({ of: line }: { readonly of: FootAlarm | undefined }) {
	if (line === undefined) return null;
	return (
		<p className={`${styles.priority} ${styles[`mark-${line.standing}`]} ${line.pulses ? styles.pulses : ''}`} data-pulses={line.pulses || undefined}>
			<Shape of={line.standing} /> {line.priority}
		</p>
	);
}

/** What stands and is expected, as a count beside the strip's other words. */
export function FootSuppressed() {
	const model = useFootAlarms();
	return model === null || model.suppressed.length === 0 ? null : <Suppressed all={model.suppressed} />;
}
