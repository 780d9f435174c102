// Whether a replication catches up: changes coming in against changes applied. Pure.
import type { ArchiveFacts } from './board.ts';
import type { ConvergenceNow } from './judge-night.ts';

export function judgeConvergence(_facts: ArchiveFacts, _now: number): ConvergenceNow {
	return { verdict: 'unknown', changeRate: null, applyRate: null, pending: null, inMs: null, freezeMs: null, ageMs: null };
}
