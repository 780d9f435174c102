// The voting buttons of the positions that this screen's user holds. None where nothing may be voted, and then why not.
import { votes } from '../../shared/mark.ts';
import { fill } from '../../shared/words/words.ts';
import { ArmedButton } from './desk-armed.tsx';
import { mayVote, useDuties } from './desk-duties.ts';
import { useRunbookWords } from './desk-words.ts';
import styles from './gates.module.css';
import type { GatePanelModel } from './gates-model.ts';

export function GateVotes({ gate, isFull }: { readonly gate: GatePanelModel; readonly isFull: boolean }) {
	const own = useRunbookWords();
	const duties = useDuties();
	const w = own.gate;
	const mine = gate.votes.filter((one) => mayVote(duties, one));
	if (mine.length === 0) {
		const why = duties.barred ?? 'notYours';
		// Beside every page it would be said too often; where the link is lost it is news.
		return isFull || why === 'offline' ? <p className={styles.quiet}>{w.noButtons[why]}</p> : null;
	}
	return (
		<>
			{gate.whyNoGo !== null && (
				<p id={`no-go-${gate.id}`} className={styles.unmet}>
					{gate.whyNoGo}
				</p>
			)}
			{mine.map((one) => (
				<fieldset key={one.position} className={styles.votes} data-votes={one.position}>
					<legend>
						{fill(w.votingAs, { position: one.label })}
						{one.vote !== null && <span className={styles.quiet}> · {one.told}</span>}
					</legend>
					{votes.map((vote) => (
						<ArmedButton
							key={vote}
							action="gates.vote"
							of={{ team: one.team, role: one.role }}
							mark={{ kind: 'vote', gate: gate.id, position: one.position, vote }}
							label={w.vote[vote]}
							about={`${one.label}, ${gate.label}`}
							confirmHow={fill(w.confirmHow, { vote: w.vote[vote], position: one.label, gate: gate.label })}
							tone={vote === 'back' ? 'danger' : 'plain'}
							isShut={vote === 'go' && !gate.canGo}
						/>
					))}
					<p className={styles.how}>{w.holdHow}</p>
				</fieldset>
			))}
		</>
	);
}
