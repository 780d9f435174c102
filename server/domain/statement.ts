// Which public sentences the data have come to contradict, or to bear out. Pure.
import type { Board } from '../../shared/board.ts';
import type { StatementFacts } from '../../shared/board-incident.ts';
import type { AutoDraft } from '../../shared/entry.ts';
import type { BoardNow } from '../../shared/judge.ts';
import { judgeClaim, type Said } from '../../shared/judge-statement.ts';

type StatementDraft = Extract<AutoDraft, { what: 'statement' }>;

/** None where nothing has changed since the record's last word. Of a sentence at most one contradiction, and each promise once. */
export function decideStatements(board: Board, { services, breakdown }: Pick<BoardNow, 'services' | 'breakdown'>, now: number): StatementDraft[] {
	if (breakdown === null) return [];
	const said: Said = { services, networks: breakdown.networks, dependants: breakdown.dependants };
	return Object.entries(board.statements.rows).flatMap(([id, facts]) => decideOne(id, facts, board, said, now));
}

function decideOne(statement: string, facts: StatementFacts, board: Board, said: Said, now: number): StatementDraft[] {
	const drafts: StatementDraft[] = [];
	let isContradicted = facts.contradicted !== null;
	for (const claim of facts.claims.keys()) {
		const { verdict, why } = judgeClaim(facts, claim, board, said, now);
		const isNews = verdict === 'contradicted' ? !isContradicted : verdict === 'kept' && facts.kept[claim] === undefined;
		if (verdict === 'contradicted') isContradicted = true;
		if (isNews && (verdict === 'contradicted' || verdict === 'kept'))
			drafts.push({ kind: 'auto', what: 'statement', statement, to: verdict, claim, why });
	}
	return drafts;
}
