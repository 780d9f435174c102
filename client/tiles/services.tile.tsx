// The services in their restore order: who answers, on which side, and the minutes without, each under its heading.

import type { Language } from '../../shared/format.ts';
import { formatClock, formatCountdown } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { ServiceNow } from '../../shared/judge-service.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import { useJudged, useWords } from '../store/hooks.ts';
import { reasonOf, zoneOf } from '../store/selectors.ts';
import styles from './services.module.css';
import { type Mark, Shape } from './shape.tsx';
import { TileFrame } from './tile-frame.tsx';
import { rowsThatFit, useRoom } from './use-room.ts';

const ROW_REM = 2.6;
const MINUTE_MS = 60_000;

export type ServiceRow = {
	readonly id: string;
	readonly label: string;
	readonly priority: number;
	readonly standing: ServiceNow['standing'];
	readonly mark: Mark;
	readonly state: string;
	readonly detail: string;
};

/** ✓ only for what was given back by a person's word and answers now, on the new side where sides are told apart. */
const isConfirmed = (one: ServiceNow): boolean =>
	one.standing === 'good' && one.up === true && one.restoredAt !== null && (one.side === 'new' || one.side === 'unknown');

export function serviceRow(
	id: string,
	one: ServiceNow,
	zone: string,
	words: Words,
	language: Language,
	expectedAt: number | null = null,
): ServiceRow {
	const w = words.services;
	const isBlind = one.standing === 'blind';
	const confirmed = isConfirmed(one);
	const answers = one.up === null ? w.unknown : one.up ? w.up : w.down;
	// As planned is as it should be: told in words, without a mark.
	const told = one.reason === null ? answers : (words.reason[one.reason] ?? answers);
	const restored = fill(w.restored, { time: formatClock(one.restoredAt, zone) });
	const isDue = one.restoredAt === null && expectedAt !== null && !isBlind;
	const expected = isDue ? fill(words.wall.expected, { time: formatClock(expectedAt, zone) }) : null;
	const state = confirmed ? restored : isBlind ? w.unknown : one.standing === 'good' ? (expected ?? told) : told;
	const stopped = one.stoppedAt !== null && (one.restoredAt === null || one.restoredAt < one.stoppedAt);
	const minutes = (['overrun', 'unplanned', 'planned', 'unknown'] as const)
		.filter((kind) => one.downMs[kind] >= MINUTE_MS)
		.map((kind) => `${w.downMs[kind]} ${formatCountdown(one.downMs[kind])}`);
	const isTold = state === told || (one.reason === 'down-planned' && minutes.length > 0);
	const detail = [
		...(expected === null || state === expected ? [] : [expected]),
		...(confirmed || isBlind || isTold ? [] : [told]),
		...(isBlind ? [reasonOf(one, words, language)] : one.side === 'unknown' ? [] : [w.side[one.side]]),
		...minutes,
		...(stopped && !isBlind ? [fill(w.stopped, { time: formatClock(one.stoppedAt, zone) })] : []),
	];
	return {
		id,
		label: one.label,
		priority: one.priority,
		standing: one.standing,
		mark: confirmed ? 'confirmed' : one.standing,
		state,
		detail: detail.join(' · '),
	};
}

export const serviceRows = (judged: BoardNow, words: Words, language: Language): readonly ServiceRow[] =>
	Object.entries(judged.services)
		.map(([id, one]) => serviceRow(id, one, zoneOf(judged), words, language, judged.forecast.services[id]?.[0] ?? null))
		.sort((a, b) => a.priority - b.priority || (a.id < b.id ? -1 : 1));

/** `fit`: show only what the box holds, for a wall. */
export function ServicesTile({ fit = false }: { readonly fit?: boolean }) {
	const { words, language } = useWords();
	const [box, room] = useRoom(fit);
	const rows = useJudged((judged) => serviceRows(judged, words, language));
	if (rows === null) return null;
	const shown = rows.slice(
		0,
		rowsThatFit(
			rows.map(() => ROW_REM),
			room,
		),
	);
	const left = rows.length - shown.length;
	return (
		<TileFrame name="services" title={words.services.title} aside={left > 0 ? fill(words.archives.leftOut, { count: left }) : undefined}>
			<div ref={box} className={styles.box}>
				{rows.length === 0 && <p>{words.services.none}</p>}
				<ol>
					{shown.map((row) => (
						<li key={row.id} className={styles.row} data-subject={`service/${row.id}`} data-standing={row.standing}>
							<span className={styles.priority}>{row.priority}</span>
							<span className={styles.label}>{row.label}</span>
							<span className={`${styles.state} ${styles[row.mark]}`}>
								<Shape of={row.mark} /> {row.state}
							</span>
							<span className={styles.detail}>{row.detail}</span>
						</li>
					))}
				</ol>
			</div>
		</TileFrame>
	);
}
