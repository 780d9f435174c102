// Health authorities: the share of their estate that is moved, as they report it.
import type { Board } from '../../shared/board.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Sample } from '../../shared/sample.ts';
import { figureAfter } from './cells.ts';

export const planBodies = (before: Board['bodies'], plan: Plan): Board['bodies'] =>
	Object.fromEntries(Object.entries(plan.bodies).map(([id, { label }]) => [id, { label, estateMoved: before[id]?.estateMoved ?? null }]));

/** Of a sample that is news. */
export function withEstate(bodies: Board['bodies'], id: string, sample: Sample, seen: number): Board['bodies'] {
	const body = bodies[id];
	return body ? { ...bodies, [id]: { ...body, estateMoved: figureAfter(body.estateMoved ?? undefined, sample, seen) } } : bodies;
}
