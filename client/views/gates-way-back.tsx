// The way back: until when it fits, what that is made of and how well it is known, what going back now would cost; and the
// commander's button for it.
import { type FormEvent, useState } from 'react';
import { formatAge, formatCountdown, formatMoment, type Language, UNKNOWN } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import { NOTE_MAX_CHARACTERS } from '../../shared/mark.ts';
import type { RunbookWords } from '../../shared/words/runbook-words.ts';
import { fill } from '../../shared/words/words.ts';
import { useJudged, useWords } from '../store/hooks.ts';
import { zoneOf } from '../store/selectors.ts';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import { ArmedButton } from './desk-armed.tsx';
import { mayMark, useDuties } from './desk-duties.ts';
import { useRunbookWords } from './desk-words.ts';
import styles from './gates.module.css';
import { sayValue } from './gates-model.ts';
import { sayDuration } from './runbook-model.ts';

export function wayBackModel({ rollback, cutover, ...judged }: BoardNow, own: RunbookWords, language: Language) {
	if (rollback === null) return null;
	const w = own.back;
	const zone = zoneOf({ ...judged, rollback, cutover });
	const clock = (at: number | null): string => (at === null ? UNKNOWN : formatMoment(at, zone));
	const { possible, reason, lastMoment, remainingMs, parts, evidence } = rollback;
	const turnedAt = cutover?.turnedBackAt ?? null;
	const said: Readonly<Record<string, string>> = {
		passed: w.passed,
		'turned-back': fill(w.turned, { time: clock(turnedAt) }),
		finished: w.finished,
		'unknown-duration': w.unknown,
	};
	return {
		standing: rollback.standing,
		lastMoment: clock(lastMoment),
		said: reason !== null && said[reason] !== undefined ? said[reason] : fill(w.possible, { time: formatCountdown(remainingMs) }),
		why: reason === null ? null : (w.reason[reason] ?? null),
		decider: rollback.decider === null ? null : fill(w.decider, { who: rollback.decider }),
		parts: [
			[w.parts.window, clock(cutover?.windowEnd ?? null), null],
			[w.parts.rollback, parts.rollbackMs === null ? UNKNOWN : `− ${sayDuration(parts.rollbackMs)}`, w.evidence[evidence.rollback]],
			[w.parts.validation, `− ${sayDuration(parts.validationMs)}`, w.evidence[evidence.validation]],
			[w.parts.margin, `− ${sayDuration(parts.marginMs)}`, null],
			[w.lastMoment, clock(lastMoment), null],
		] as const,
		cost: rollback.cost.map(({ label, value, unit, ageMs, kept }) => ({
			label,
			isBlind: value === null,
			told: [
				kept ? `0 (${w.kept})` : sayValue(value, unit, own, language),
				value === null
					? ageMs === null
						? own.gate.reason['never-reported']
						: fill(own.gate.reason.stale, { age: formatAge(ageMs, language) })
					: ageMs === null
						? null
						: fill(own.gate.ago, { age: formatAge(ageMs, language) }),
			]
				.filter((one) => one !== null)
				.join(', '),
		})),
		/** After the end there is nothing left to go back from, and no price for it. */
		hasPrice: reason !== 'finished',
		canTurn: turnedAt === null && possible !== null,
		isTurned: turnedAt !== null,
	};
}

export function WayBack() {
	const { language } = useWords();
	const own = useRunbookWords();
	const duties = useDuties();
	const model = useJudged((judged) => wayBackModel(judged, own, language));
	const hasBoard = useJudged(() => true);
	const [reason, setReason] = useState('');
	if (hasBoard === null) return null;
	const w = own.back;
	if (model === null) {
		return (
			<TileFrame name="way-back" title={w.title}>
				<p className={styles.quiet}>{w.none}</p>
			</TileFrame>
		);
	}
	const may = mayMark(duties, {});
	const given = reason.trim() === '' ? {} : { reason: reason.trim() };
	return (
		<TileFrame name="way-back" title={w.title} standing={model.standing} aside={model.decider ?? undefined}>
			<p className={styles.last} data-possible={model.canTurn}>
				<strong>{model.lastMoment}</strong> <span>{w.lastMoment.toLocaleLowerCase()}</span>
			</p>
			<p className={model.standing === 'good' ? undefined : styles[model.standing]}>
				{model.said}
				{model.why !== null && ` · ${model.why}`}
			</p>
			<ul>
				{model.parts.map(([label, value, known]) => (
					<li key={label} className={styles.row}>
						<span>{label}</span>
						<span>
							{value} {known !== null && <span className={styles.quiet}>{known}</span>}
						</span>
					</li>
				))}
			</ul>
			{model.hasPrice && <Price cost={model.cost} />}
			{may && (model.canTurn || model.isTurned) && (
				<form className={styles.buttons} onSubmit={(event: FormEvent) => event.preventDefault()}>
					<p className={styles.quiet}>
						{model.isTurned ? w.onHow : w.turnHow} {own.gate.holdHow}
					</p>
					<label className={styles.reason}>
						{own.reasonFor.turn}
						<input value={reason} maxLength={NOTE_MAX_CHARACTERS} autoComplete="off" onChange={({ target }) => setReason(target.value)} />
					</label>
					<ArmedButton
						action="marks.make"
						of={{}}
						mark={{ kind: 'turn', way: model.isTurned ? 'on' : 'back', ...given }}
						label={model.isTurned ? w.on : w.turn}
						about={model.isTurned ? w.onHow : w.turnHow}
						confirmHow={model.isTurned ? w.onConfirm : w.turnConfirm}
						tone="danger"
					/>
				</form>
			)}
		</TileFrame>
	);
}

type PriceProps = { readonly cost: NonNullable<ReturnType<typeof wayBackModel>>['cost'] };

function Price({ cost }: PriceProps) {
	const own = useRunbookWords();
	return (
		<>
			<h3 className={styles.small}>{own.back.price}</h3>
			{cost.length === 0 && <p className={styles.quiet}>{own.back.noPrice}</p>}
			<ul>
				{cost.map(({ label, told, isBlind }) => (
					<li key={label} className={styles.row}>
						<span>{label}</span>
						<span className={isBlind ? styles.blind : undefined}>
							{isBlind && <Shape of="blind" />} {told}
						</span>
					</li>
				))}
			</ul>
		</>
	);
}
