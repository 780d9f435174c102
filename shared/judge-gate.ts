// What a gate's facts amount to at a moment. Never go while a criterion is unmet or unknown (rule 8). Pure.
import type { Board } from './board.ts';
import type { Evidence, GateFacts } from './board-night.ts';
import { hasBeenMetSince, judgeCriterion } from './judge-criterion.ts';
import type { CriterionNow, GateNow, GateState, VoteNow } from './judge-night.ts';
import type { Vote } from './mark.ts';
import type { Standing } from './standing.ts';

type Tasks = Pick<Board, 'tasks'>;

/** This long before its time a gate that is not yet at go asks to be looked at. */
export const GATE_SOON_MS = 900_000;

export type Weighed = {
	readonly criteria: readonly CriterionNow[];
	readonly votes: readonly VoteNow[];
	readonly canGo: boolean;
	/** What votes and criteria come to now, whatever was decided before; ties are hold. Null: to nothing yet. */
	readonly supported: Vote | null;
	/** The criterion that is not met, or was not at some moment since the go was decided; null where there is none, or no go. */
	readonly fallen: string | null;
};

export function weighGate(facts: GateFacts, { tasks }: Tasks, now: number): Weighed {
	const criteria = Object.entries(facts.criteria).map(([id, one]) => judgeCriterion(id, one, tasks, now));
	const votes = Object.keys(facts.positions).map((position) => judgeVote(position, facts, now));
	const count = (vote: Vote): number => votes.filter((one) => one.vote === vote).length;
	const canGo = facts.closed === null && criteria.length > 0 && votes.length > 0 && criteria.every((one) => one.met);
	return { criteria, votes, canGo, supported: supportedBy(count, facts.minimum, canGo), fallen: fallenIn(facts, criteria, tasks) };
}

function fallenIn(facts: GateFacts, criteria: readonly CriterionNow[], tasks: Board['tasks']): string | null {
	const { decided } = facts;
	if (decided?.state !== 'go') return null;
	const stands = ({ id, met }: CriterionNow): boolean => {
		const one = facts.criteria[id];
		return met && one !== undefined && hasBeenMetSince(one, tasks, decided.at);
	};
	return criteria.find((one) => !stands(one))?.id ?? null;
}

function supportedBy(count: (vote: Vote) => number, minimum: number, canGo: boolean): Vote | null {
	if (count('back') > 0 && count('back') >= minimum) return 'back';
	if (count('hold') + count('back') > 0) return 'hold';
	return canGo && count('go') >= minimum ? 'go' : null;
}

export const isVoteValid = (vote: GateFacts['votes'][string] | undefined, voteHoldsMs: number, now: number): boolean =>
	vote !== undefined && now - vote[1] < voteHoldsMs;

function judgeVote(position: string, { positions, votes, voteHoldsMs }: GateFacts, now: number): VoteNow {
	const { label = position, team = null, role = null } = positions[position] ?? {};
	const cast = Object.hasOwn(votes, position) ? votes[position] : undefined;
	const isValid = isVoteValid(cast, voteHoldsMs, now);
	return {
		position,
		label,
		team,
		role,
		vote: cast && isValid ? cast[0] : null,
		at: cast?.[1] ?? null,
		by: cast?.[2] ?? null,
		runsOutInMs: cast && isValid ? cast[1] + voteHoldsMs - now : null,
	};
}

export const evidenceOf = (criteria: readonly CriterionNow[]): Readonly<Record<string, Evidence>> =>
	Object.fromEntries(criteria.map(({ id, value, ageMs, met }) => [id, [value, ageMs, met] as const]));

export function judgeGate(facts: GateFacts, board: Tasks, now: number): GateNow {
	const { label, task, minimum, until, decided } = facts;
	const { criteria, votes, canGo, supported, fallen } = weighGate(facts, board, now);
	// A decision alone opens nothing: between two looks of Regia a criterion may have flipped, or a vote aged out.
	const isGo = decided?.state === 'go' && supported === 'go' && fallen === null;
	const ranOut = until !== null && now >= until && !isGo ? ({ how: 'expired', at: until, by: 'auto' } as const) : null;
	const closed = facts.closed === null ? ranOut : { how: facts.closed[0], at: facts.closed[1], by: facts.closed[2] };
	const state: GateState = closed ? 'closed' : isGo ? 'go' : supported === 'back' || supported === 'hold' ? supported : 'waiting';
	const reopened = facts.reopened === null ? null : { times: facts.reopened[0], at: facts.reopened[1], why: facts.reopened[2] };
	const time = until ?? (task === null ? null : (board.tasks[task]?.plannedStart ?? null));
	return {
		label,
		task,
		state,
		standing: standingOf(state, { closed, criteria, hasFallen: hasFallen(facts), isSoon: time !== null && time - now <= GATE_SOON_MS }),
		criteria,
		canGo: canGo && closed === null,
		votes,
		cast: votes.filter((one) => one.vote !== null).length,
		minimum,
		until,
		remainingMs: until === null || closed ? null : Math.max(0, until - now),
		decided,
		reopened,
		closed,
	};
}

/** A go fell by itself, and nothing was decided since. */
const hasFallen = ({ reopened, decided }: GateFacts): boolean => reopened !== null && (decided === null || decided.at < reopened[1]);

type Signs = {
	readonly closed: GateNow['closed'];
	readonly criteria: readonly CriterionNow[];
	readonly hasFallen: boolean;
	readonly isSoon: boolean;
};
const blindReasons: readonly string[] = ['stale', 'cannot-look', 'never-reported'];

function standingOf(state: GateState, { closed, criteria, hasFallen, isSoon }: Signs): Standing {
	if (closed) return closed.how === 'passed' ? 'good' : 'bad';
	if (state === 'go') return 'good';
	if (state === 'back' || hasFallen) return 'bad';
	if (criteria.some(({ reason }) => blindReasons.includes(reason))) return 'blind';
	return state === 'hold' || isSoon ? 'watch' : 'good';
}
