// One gate: who voted, each criterion with its value, age and reason, what was decided and on what, and the buttons of whoever
// holds a position of it. The buttons go with the state that they belong to.

import { fill } from '../../shared/words/words.ts';
import { useJudged, useWords } from '../store/hooks.ts';
import { Shape } from '../tiles/shape.tsx';
import { TileFrame } from '../tiles/tile-frame.tsx';
import { ArmedButton } from './desk-armed.tsx';
import { mayMark, useDuties } from './desk-duties.ts';
import { useRunbookWords } from './desk-words.ts';
import styles from './gates.module.css';
import { type CriterionRow, gatePanel } from './gates-model.ts';
import { GateVotes } from './gates-votes.tsx';

/** `isFull`: with every position's vote and the evidence of the last decision. */
export function GatePanel({ id, isFull = false }: { readonly id: string; readonly isFull?: boolean }) {
	const { language } = useWords();
	const own = useRunbookWords();
	const duties = useDuties();
	const gate = useJudged((judged) => gatePanel(judged, id, own, language));
	if (gate === null) return null;
	const w = own.gate;
	const mayPass = gate.isPassable && mayMark(duties, {});
	return (
		<TileFrame
			name={`gate-${id}`}
			title={fill(w.title, { gate: gate.label })}
			standing={gate.standing}
			aside={<span data-gate-state={gate.state}>{w.state[gate.state]}</span>}
		>
			{gate.isOpen && <p className={styles.line}>{gate.votesLine}</p>}
			{gate.closed !== null && (
				<p className={styles.line}>
					{gate.standing === 'good' && <Shape of="confirmed" />} {gate.closed}
				</p>
			)}
			{gate.reopened !== null && (
				<p className={styles.reopened}>
					<Shape of="watch" /> {gate.reopened}
				</p>
			)}
			{gate.isOpen && isFull && gate.forecast !== null && <p className={styles.quiet}>{gate.forecast}</p>}
			{(gate.isOpen || (isFull && gate.criteria.length > 0)) && <Criteria rows={gate.criteria} />}
			{isFull && gate.isOpen && (
				<>
					<h3 className={styles.small}>{w.positions}</h3>
					<ul>
						{gate.votes.map((vote) => (
							<li key={vote.position} className={styles.row} data-position={vote.position} data-vote={vote.vote ?? 'none'}>
								<span>{vote.label}</span>
								<span className={styles.quiet}>
									{vote.told}
									{vote.runsOut !== null && ` · ${vote.runsOut}`}
								</span>
							</li>
						))}
					</ul>
				</>
			)}
			{gate.decided !== null && (isFull || gate.state === 'go') && (
				<details className={styles.evidence} open={isFull}>
					<summary>{gate.decided.title}</summary>
					<ul>
						{gate.decided.evidence.map((one) => (
							<li key={one.id} className={styles.row}>
								<span>{one.label}</span>
								<span>
									{one.told} {one.met ? <Shape of="confirmed" /> : <Shape of="watch" />}
								</span>
							</li>
						))}
					</ul>
				</details>
			)}
			{gate.isOpen && <GateVotes gate={gate} isFull={isFull} />}
			{mayPass && gate.task !== null && (
				<div className={styles.buttons}>
					<p className={styles.quiet}>
						{w.passHow} {w.holdHow}
					</p>
					<ArmedButton
						action="marks.make"
						of={{}}
						mark={{ kind: 'task', task: gate.task, state: 'done' }}
						label={w.pass}
						about={gate.label}
						confirmHow={fill(w.passConfirm, { gate: gate.label })}
					/>
				</div>
			)}
		</TileFrame>
	);
}

function Criteria({ rows }: { readonly rows: readonly CriterionRow[] }) {
	const own = useRunbookWords();
	if (rows.length === 0) return <p className={styles.quiet}>{own.gate.noCriteria}</p>;
	return (
		<ul aria-label={own.gate.criteria}>
			{rows.map(({ id, label, met, isBlind, told }) => (
				<li key={id} className={styles.row} data-criterion={id} data-met={met}>
					<span>{label}</span>
					<span className={met ? styles.quiet : isBlind ? styles.blind : styles.unmet}>
						{told} {met ? <Shape of="confirmed" /> : <Shape of={isBlind ? 'blind' : 'watch'} />}
						<span className="for-ears">{met ? own.gate.met : own.gate.unmet}</span>
					</span>
				</li>
			))}
		</ul>
	);
}
