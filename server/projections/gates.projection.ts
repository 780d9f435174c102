// Gates: what their criteria last read and since when they have been met, who voted what, and what it came to.
// Derives nothing for a moment: that a figure went stale or a vote aged out is judge-gate.ts's to say.
import type { GateFacts } from '../../shared/board-night.ts';
import type { AutoDraft, MarkDraft } from '../../shared/entry.ts';
import type { Mark } from '../../shared/mark.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Sample } from '../../shared/sample.ts';
import { criterionAfter, planCriterion } from './gate-criterion.ts';

type Standing = Pick<GateFacts, 'votes' | 'decided' | 'closed'>;
type OneVote = GateFacts['votes'][string];

/** `voted`, `turned`: the seq of the last mark on each position and on the gate itself, and how it stood before. */
export type GateCell = {
	live: GateFacts;
	retired: boolean;
	voted: Record<string, { readonly seq: number; readonly before: OneVote | null }>;
	turned: { readonly seq: number; readonly before: Standing } | null;
};
/** `watched`: the criteria that a measure of a subject is about, so that a sample finds them without a search. */
export type GateCells = { cells: Record<string, GateCell>; watched: Record<string, Record<string, [gate: string, criterion: string][]>> };

export const emptyGates = (): GateCells => ({ cells: {}, watched: {} });

const untouched: Standing & Pick<GateFacts, 'reopened'> = { votes: {}, decided: null, reopened: null, closed: null };

export function planGates(gates: GateCells, plan: Plan): void {
	for (const [id, cell] of Object.entries(gates.cells)) {
		if (plan.gates[id] !== undefined) continue;
		cell.retired = true;
		// What was read and voted while it stood is in the journal; should it come back, it is begun anew.
		cell.live = { ...cell.live, criteria: {}, votes: {}, decided: null };
		cell.voted = {};
		cell.turned = null;
	}
	for (const id of Object.keys(plan.gates)) planGate(gates, id, plan);
	gates.watched = {};
	for (const [id, { live, retired }] of Object.entries(gates.cells)) if (!retired) watch(gates, id, live.criteria);
}

function planGate(gates: GateCells, id: string, plan: Plan): void {
	const one = plan.gates[id];
	if (one === undefined) return;
	const cell = Object.hasOwn(gates.cells, id) ? gates.cells[id] : undefined;
	const before = cell?.live;
	const positions = Object.fromEntries(
		Object.entries(one.positions).map(([key, { label, team, role }]) => [key, { label, team: team ?? null, role: role ?? null }]),
	);
	const isSamePosition = (key: string): boolean =>
		positions[key]?.team === before?.positions[key]?.team && positions[key]?.role === before?.positions[key]?.role;
	const until = one.until ?? null;
	const closed = before?.closed ?? null;
	const live: GateFacts = {
		...(before ?? untouched),
		label: one.label,
		task: Object.keys(plan.tasks).find((key) => plan.tasks[key]?.kind === 'gate' && plan.tasks[key].gate === id) ?? null,
		until,
		voteHoldsMs: one.voteHolds,
		minimum: one.minimum ?? Object.keys(positions).length,
		positions,
		criteria: Object.fromEntries(Object.entries(one.criteria).map(([key, each]) => [key, planCriterion(before?.criteria[key], each, plan)])),
		// A position that changed hands has not voted.
		votes: Object.fromEntries(Object.entries(before?.votes ?? {}).filter(([key]) => Object.hasOwn(positions, key) && isSamePosition(key))),
		// More time was given to a gate that had run out of it.
		closed: closed?.[0] === 'expired' && (until === null || until > closed[1]) ? null : closed,
	};
	if (cell) Object.assign(cell, { live, retired: false });
	else gates.cells[id] = { live, retired: false, voted: {}, turned: null };
}

function watch(gates: GateCells, id: string, criteria: GateFacts['criteria']): void {
	for (const [key, { subject, measure, of }] of Object.entries(criteria)) {
		if (subject === null) continue;
		for (const name of new Set([measure, of])) {
			if (name === null) continue;
			gates.watched[subject] ??= {};
			gates.watched[subject][name] ??= [];
			gates.watched[subject][name].push([id, key]);
		}
	}
}

export function applyGateSample({ cells, watched }: GateCells, sample: Sample, seen: number, isNews: boolean): void {
	for (const [id, key] of watched[sample.subject]?.[sample.measure] ?? []) {
		const cell = cells[id];
		const before = cell?.live.criteria[key];
		if (!cell || !before) continue;
		const after = criterionAfter(before, sample, seen, isNews);
		if (after !== before) cell.live = { ...cell.live, criteria: { ...cell.live.criteria, [key]: after } };
	}
}

export function applyGateMark({ cells }: GateCells, seq: number, { mark, at, by }: MarkDraft): void {
	if (mark.kind === 'undo') for (const cell of Object.values(cells)) takeBack(cell, mark.seq);
	const cell = mark.kind === 'vote' && Object.hasOwn(cells, mark.gate) ? cells[mark.gate] : undefined;
	if (mark.kind === 'vote' && cell) applyVote(cell, seq, mark, at, by);
	if (mark.kind === 'task') for (const one of Object.values(cells)) if (one.live.task === mark.task) applyPassing(one, seq, mark, at, by);
}

function applyVote(cell: GateCell, seq: number, { position, vote }: Extract<Mark, { kind: 'vote' }>, at: number, by: string): void {
	if (cell.retired || cell.live.closed !== null || !Object.hasOwn(cell.live.positions, position)) return;
	cell.voted[position] = { seq, before: cell.live.votes[position] ?? null };
	cell.live = { ...cell.live, votes: { ...cell.live.votes, [position]: [vote, at, by] } };
}

/** Done passes a gate that stands at go, and no other; reopened asks everybody again. */
function applyPassing(cell: GateCell, seq: number, { state }: Extract<Mark, { kind: 'task' }>, at: number, by: string): void {
	const { votes, decided, closed } = cell.live;
	const passes = state === 'done' && closed === null && decided?.state === 'go';
	if (!passes && state !== 'reopened') return;
	cell.turned = { seq, before: { votes, decided, closed } };
	cell.live = passes ? { ...cell.live, closed: ['passed', at, by] } : { ...cell.live, votes: {}, decided: null, closed: null };
	cell.voted = {};
}

function takeBack(cell: GateCell, seq: number): void {
	if (cell.turned?.seq === seq) {
		cell.live = { ...cell.live, ...cell.turned.before };
		cell.turned = null;
	}
	for (const [position, { seq: voted, before }] of Object.entries(cell.voted)) {
		if (voted !== seq) continue;
		const { [position]: _taken, ...others } = cell.live.votes;
		cell.live = { ...cell.live, votes: before === null ? others : { ...others, [position]: before } };
		delete cell.voted[position];
	}
}

export function applyGateDecision({ cells }: GateCells, { gate, to, why, evidence }: Extract<AutoDraft, { what: 'gate' }>, seen: number): void {
	const cell = Object.hasOwn(cells, gate) ? cells[gate] : undefined;
	// A person's mark may have overtaken it on the way into the journal.
	if (!cell || cell.live.closed !== null) return;
	if (to === 'open') reopen(cell, why ?? '', seen);
	else if (to === 'expired') cell.live = { ...cell.live, closed: ['expired', seen, 'auto'] };
	else cell.live = { ...cell.live, decided: { state: to, at: seen, evidence } };
}

/** A go that fell takes its votes with it: they were given on evidence that no longer holds. A hold that lapsed leaves the others' standing. */
function reopen(cell: GateCell, why: string, at: number): void {
	const { live } = cell;
	if (live.decided?.state !== 'go') {
		cell.live = { ...live, decided: null };
		return;
	}
	const votes = Object.fromEntries(Object.entries(live.votes).filter(([, [vote]]) => vote !== 'go'));
	cell.live = { ...live, votes, decided: null, reopened: [(live.reopened?.[0] ?? 0) + 1, at, why] };
	cell.voted = {};
}
