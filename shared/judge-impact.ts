// Who is blocked and who is not: the dependency map walked from those who need services down to what fails.
// "Not hit" is said only where a probe confirms it (product.md, 11).
import type { Board } from './board.ts';
import type { DependantNow, NetworkNow } from './breakdown-now.ts';
import type { ServiceNow } from './judge-service.ts';

export type Judged = { readonly services: Readonly<Record<string, ServiceNow>>; readonly networks: Readonly<Record<string, NetworkNow>> };

export function judgeDependants(board: Pick<Board, 'dependants' | 'services'>, _judged: Judged, _now: number): Record<string, DependantNow> {
	return Object.fromEntries(
		Object.entries(board.dependants).map(([id, { label, count, operator, since }]) => [
			id,
			{ label, count, operator, state: 'unknown', standing: 'blind', by: [], since, confirmedBy: null, ageMs: null } as const,
		]),
	);
}
