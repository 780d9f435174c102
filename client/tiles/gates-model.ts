// The next gate to pass: where it stands, who has voted, what is missing. Pure.
import type { BoardNow } from '../../shared/judge.ts';
import type { GateNow } from '../../shared/judge-night.ts';

/** When a gate is to be passed: by the forecast, else by the plan. */
export function gateTime(id: string, gate: GateNow, { forecast, runbook }: BoardNow): number | null {
	const task = gate.task === null ? undefined : runbook.tasks[gate.task];
	return gate.closed?.at ?? forecast.gates[id]?.[0] ?? task?.planned?.[0] ?? task?.fixed ?? gate.until;
}

/** Of the gates that are not passed the first in time; an expired one asks first, for nothing behind it opens. */
export function nextGate(judged: BoardNow): { readonly id: string; readonly gate: GateNow; readonly at: number | null } | null {
	const open = Object.entries(judged.gates)
		.filter(([, gate]) => gate.closed?.how !== 'passed')
		.map(([id, gate]) => ({ id, gate, at: gateTime(id, gate, judged) }))
		.sort((a, b) => Number(a.gate.closed === null) - Number(b.gate.closed === null) || (a.at ?? Number.MAX_VALUE) - (b.at ?? Number.MAX_VALUE));
	return open[0] ?? null;
}
