// What must be true on every screen: which night, rehearsal or not, the server's time, how old the stream is. Never hidden, never blank.
import { formatAge, formatClock, formatNumber, formatTPlus, formatZone, type Language } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import type { ScreenState } from '../store/board-store.ts';
import { useSlice, useWords } from '../store/hooks.ts';
import { isStreamLate, labelOf, zoneOf } from '../store/selectors.ts';
import { Shape } from './shape.tsx';
import styles from './truth-strip.module.css';

const SKEW_SHOWN_MS = 5000;

const NAMES_AT_MOST = 3;
/** Beside a longer one there is room only for the few words. */
const SHORT_TITLE = 20;

/** In the cutover's minutes: how long they last already, and every source that does not beat, by its name. */
function minuteWarnings(judged: BoardNow | null, words: Words): readonly string[] {
	const minute = judged?.minute ?? null;
	if (judged === null || minute === null) return [];
	const lasts = `${words.wall.minute} ${formatMinutes(judged.now - minute.frozenAt)}`;
	if (minute.silent.length === 0) return [lasts];
	const named = minute.silent.slice(0, NAMES_AT_MOST).map((id) => labelOf(judged, `source/${id}`));
	const rest = minute.silent.length > NAMES_AT_MOST ? ` +${minute.silent.length - NAMES_AT_MOST}` : '';
	return [lasts, `${fill(words.wall.minuteSilent, { names: named.join(', ') })}${rest}`];
}

/** Minutes and seconds: in these minutes every second is one without a system. */
function formatMinutes(ms: number): string {
	const seconds = Math.max(0, Math.floor(ms / 1000));
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function stripModel(state: ScreenState, words: Words, language: Language) {
	const { judged, pace, link, journal, merged, providerDown, sound } = state;
	const cutover = judged?.cutover ?? null;
	const w = words.strip;
	// Fresh is claimed only of a board that is here, over a link that stands.
	const stream: 'waiting' | 'late' | 'fresh' = judged === null ? 'waiting' : isStreamLate(state) || link !== 'live' ? 'late' : 'fresh';
	const skewMs = pace?.skewMs ?? 0;
	const lost = link === 'offline' ? w.offline : link === 'refused' ? (words.reason.unauthorised ?? link) : '';
	const warnings = [
		...minuteWarnings(judged, words),
		...(Math.abs(skewMs) > SKEW_SHOWN_MS ? [fill(w.skew, { seconds: formatNumber(Math.round(Math.abs(skewMs) / 1000), language) })] : []),
		...(providerDown ? [w.providerDown] : []),
		...(merged > 0 ? [fill(w.merged, { count: merged })] : []),
	];
	const zone = judged === null ? null : zoneOf(judged);
	return {
		name: cutover?.name ?? judged?.plan?.name ?? words.product,
		isRehearsal: judged?.rehearsal ?? false,
		speed: judged === null || pace === null || pace.speed === 1 ? null : pace.speed === 0 ? w.ended : fill(w.speed, { speed: pace.speed }),
		/** The same in two signs, where a scene's title needs the room. */
		factor: pace === null || pace.speed === 0 ? null : `×${pace.speed}`,
		tPlus: cutover === null ? null : formatTPlus(cutover.tPlusMs),
		clock: judged === null || zone === null ? null : formatClock(judged.now, zone, true),
		zone: judged === null || zone === null ? null : formatZone(judged.now, zone),
		age: pace === null ? lost || w.connecting : [lost, formatAge(pace.streamAgeMs, language)].filter((one) => one !== '').join(' '),
		stream,
		warnings,
		/** Regia's own failure to look is nobody else's (rule 3). */
		blind:
			judged?.observer.isBlind === true
				? {
						short: w.blind,
						rest: w.blindRest,
						age: judged.observer.since === null ? '' : fill(w.blindFor, { age: formatAge(judged.now - judged.observer.since, language) }),
					}
				: null,
		sound,
		cannotWrite: journal !== null && !journal.writes ? w.journal : null,
	};
}

export type TruthStripProps = {
	/** Of a scene that is not the night's own. */
	readonly title?: string | undefined;
	/** It is long, as people may write it: in smaller letters on two lines, and what has no room even so is left out at its end. */
	readonly isLong?: boolean;
	/** What is to be known of it before all else, on two lines at most. */
	readonly beside?: string | undefined;
};

export function TruthStripTile({ title, isLong = false, beside }: TruthStripProps) {
	const { words, language } = useWords();
	const model = useSlice((state) => stripModel(state, words, language));
	const isRoomy = title === undefined || title.length <= SHORT_TITLE;
	return (
		<header className={styles.strip} data-tile="truth-strip">
			<div className={styles.row}>
				<h1 className={`${styles.name} ${isLong ? styles.long : ''}`}>{title ?? model.name}</h1>
				{beside !== undefined && <span className={styles.beside}>{beside}</span>}
				{model.isRehearsal && (
					<strong className={styles.rehearsal} data-badge="rehearsal">
						{words.rehearsal}
					</strong>
				)}
				{model.speed !== null && (
					<span className={styles.speed}>
						{title === undefined || model.factor === null ? (
							<span>{model.speed}</span>
						) : (
							<>
								<span className="for-ears">{model.speed}</span>
								<span aria-hidden="true">{model.factor}</span>
							</>
						)}
					</span>
				)}
				{model.blind !== null && (
					<span className={styles.blind} role="status" data-observer="blind">
						<Shape of="blind" /> {model.blind.short}
						{isRoomy && <span className={`spare ${styles.rest}`}>{model.blind.rest}</span>}
						<span className="spare"> {model.blind.age}</span>
					</span>
				)}
				<span className={styles.warnings} role="status">
					{model.warnings.map((text) => (
						<span key={text}>
							<Shape of="watch" /> {text}
						</span>
					))}
				</span>
				{model.sound !== null && (
					<span className={styles.sound} data-sound title={model.sound}>
						<svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
							<path d="M1 5.5h3L8 2v12L4 10.5H1ZM10.5 5.5l4.5 5M15 5.5l-4.5 5" />
						</svg>
						<span className="spare">{model.sound}</span>
					</span>
				)}
				{model.tPlus !== null && (
					<span className={styles.tplus}>
						<span>{model.tPlus}</span>
					</span>
				)}
				{model.clock !== null && (
					<span className={styles.clock}>
						{model.clock} <span className={styles.zone}>{model.zone}</span>
					</span>
				)}
				<span className={model.stream === 'late' ? styles.late : styles.age} data-stream={model.stream}>
					{model.stream === 'late' && <Shape of="watch" />}
					{model.stream === 'fresh' && <span className={styles.dot} aria-hidden="true" />}
					<span className="for-ears">{words.strip.streamAge}</span> <span>{model.age}</span>
				</span>
			</div>
			{model.cannotWrite !== null && (
				<p className={styles.banner} role="alert">
					<Shape of="bad" /> {model.cannotWrite}
				</p>
			)}
		</header>
	);
}
