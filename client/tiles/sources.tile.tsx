// The sources one by one: three lamps, age, what was accepted and refused and why, and whose clock runs ahead.

import { formatAge, formatNumber, type Language } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { SourceNow } from '../../shared/judge-source.ts';
import { type DeskWords, deskOf } from '../../shared/words/desk-words.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import { useJudged, useWords } from '../store/hooks.ts';
import { silenceOf } from '../store/selectors.ts';
import { Lamp, type LampState, lampOf } from './lamp.tsx';
import { Shape } from './shape.tsx';
import styles from './sources.module.css';
import { TileFrame } from './tile-frame.tsx';

const AHEAD_SHOWN_MS = 1000;
const lamps = ['talks', 'moves', 'advances'] as const;

/** A fresh age is told by whole seconds: a tile must not wake for tenths. */
const calmAge = (ageMs: number | null, words: Words, language: Language): string =>
	ageMs === null ? words.age.neverReported : ageMs < 10_000 ? '< 10 s' : formatAge(ageMs, language);

function sourceRow(id: string, one: SourceNow, words: Words, language: Language) {
	const w = words.sources;
	const refused = Object.entries(one.refused).filter(([, count]) => count > 0);
	const lit: Record<(typeof lamps)[number], LampState> = {
		talks: one.talks === null ? 'unknown' : one.talks ? 'yes' : 'no',
		moves: lampOf(one.moves, one.talks),
		advances: lampOf(one.advances, one.talks),
	};
	return {
		id,
		label: one.label,
		kind: one.kind,
		standing: one.standing,
		lit,
		age: one.standing === 'blind' ? silenceOf(one.ageMs, words, language) : calmAge(one.ageMs, words, language),
		why: one.why === null ? null : (words.reason[one.why] ?? one.why),
		accepted: formatNumber(one.accepted, language),
		notes: [
			// How often it went back is told with its count.
			...(one.reason === null || one.reason === 'went-back' ? [] : [words.reason[one.reason] ?? one.reason]),
			...refused.map(
				([code, count]) => `${w.refused} ${formatNumber(count, language)}: ${deskOf(words).refusal[code as keyof DeskWords['refusal']]}`,
			),
			...(one.late > 0 ? [`${w.late} ${formatNumber(one.late, language)}`] : []),
			...(one.aheadMs >= AHEAD_SHOWN_MS ? [fill(w.ahead, { seconds: formatNumber(one.aheadMs / 1000, language, 1) })] : []),
			...(one.wentBack > 0 ? [fill(w.wentBack, { count: one.wentBack })] : []),
		],
	};
}

const sourceRows = ({ sources }: BoardNow, words: Words, language: Language) =>
	Object.entries(sources).map(([id, one]) => sourceRow(id, one, words, language));

export function SourcesTile() {
	const { words, language } = useWords();
	const rows = useJudged((judged) => sourceRows(judged, words, language));
	if (rows === null) return null;
	return (
		<TileFrame name="sources" title={words.sources.title}>
			{rows.length === 0 && <p>{words.sources.none}</p>}
			<ul>
				{rows.map((row) => (
					<li key={row.id} className={styles.row} data-subject={`source/${row.id}`} data-standing={row.standing}>
						<h3 className={styles.label}>
							<Shape of={row.standing} /> {row.label} <span className={styles.kind}>{row.kind}</span>
						</h3>
						<dl className={styles.facts}>
							{lamps.map((lamp) => (
								<div key={lamp}>
									<dt>{words.sources[lamp]}</dt>
									<dd>
										<Lamp state={row.lit[lamp]} />
									</dd>
								</div>
							))}
							<div>
								<dt>{words.sources.lastData}</dt>
								<dd>{row.age}</dd>
							</div>
							<div>
								<dt>{words.sources.accepted}</dt>
								<dd>{row.accepted}</dd>
							</div>
						</dl>
						{(row.why !== null || row.notes.length > 0) && (
							<p className={styles.notes}>{[row.why, ...row.notes].filter((one) => one !== null).join(' · ')}</p>
						)}
					</li>
				))}
			</ul>
		</TileFrame>
	);
}
