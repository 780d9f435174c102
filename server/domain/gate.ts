// What Regia has to write down of the gates now: a decision that the votes came to, one that fell, a gate that ran out of time. Pure.
import type { Board } from '../../shared/board.ts';
import type { GateFacts } from '../../shared/board-night.ts';
import type { AutoDraft } from '../../shared/entry.ts';
import { evidenceOf, isVoteValid, type Weighed, weighGate } from '../../shared/judge-gate.ts';
import type { Vote } from '../../shared/mark.ts';

type Room = Pick<Board, 'gates' | 'tasks' | 'marks'>;

/** Once these are in the journal, there is nothing more to write at this moment. */
export const decideGates = (board: Room, now: number): AutoDraft[] =>
	Object.entries(board.gates).flatMap(([id, facts]) => decideGate(id, facts, board, now));

function decideGate(gate: string, facts: GateFacts, board: Room, now: number): AutoDraft[] {
	if (facts.closed !== null) return [];
	const weighed = weighGate(facts, board, now);
	const { criteria, supported, fallen } = weighed;
	const stood = facts.decided?.state ?? null;
	const evidence = evidenceOf(criteria);
	const draft = (to: Vote | 'open' | 'expired', why: string | null): AutoDraft => ({ kind: 'auto', what: 'gate', gate, to, why, evidence });
	const isOver = facts.until !== null && now >= facts.until;
	if (supported === stood && fallen === null && (!isOver || stood === 'go')) return [];
	const drafts: AutoDraft[] = [];
	// A go whose evidence fell is said to have fallen, also where somebody holds the gate at the same moment.
	if (fallen !== null) drafts.push(draft('open', fallen));
	else if (stood !== null && supported === null) drafts.push(draft('open', whoseVoteFell(gate, facts, weighed, board, now)));
	else if (stood === 'go' && isOver) drafts.push(draft('open', whoStops(weighed) ?? 'plan'));
	if (isOver) drafts.push(draft('expired', null));
	else if (supported !== null && supported !== stood) drafts.push(draft(supported, supported === 'go' ? null : whoStops(weighed)));
	return drafts;
}

/** The position whose vote stops it: the one that voted last. */
function whoStops({ votes }: Weighed): string | null {
	const [last] = votes.filter(({ vote }) => vote === 'hold' || vote === 'back').sort((a, b) => (b.at ?? 0) - (a.at ?? 0));
	return last ? `vote/${last.position}` : null;
}

/** Aged out, else voted otherwise since, else taken back, else gone with a change of the plan, which may also ask for more than there is. */
function whoseVoteFell(gate: string, { votes, decided, voteHoldsMs }: GateFacts, weighed: Weighed, { marks }: Room, now: number): string {
	const isGo = decided?.state === 'go';
	const carried = Object.entries(votes).filter(([, [vote]]) => (vote === 'go') === isGo);
	const aged = carried.filter(([, vote]) => !isVoteValid(vote, voteHoldsMs, now)).sort(([, a], [, b]) => b[1] - a[1])[0];
	if (aged) return `vote/${aged[0]}`;
	const changed = Object.entries(votes).find(([, [vote, at]]) => (vote === 'go') !== isGo && at >= (decided?.at ?? 0));
	if (changed) return `vote/${changed[0]}`;
	for (const { mark } of Object.values(marks.rows).toReversed()) {
		const undone = mark.kind === 'undo' ? marks.rows[mark.seq]?.mark : undefined;
		if (undone?.kind === 'vote' && undone.gate === gate && weighed.votes.some((one) => one.position === undone.position))
			return `vote/${undone.position}`;
	}
	const missing = isGo ? weighed.votes.find(({ vote }) => vote === null) : undefined;
	return missing ? `vote/${missing.position}` : 'plan';
}
