// The plan's own alarms: a figure of the board outside its bounds, with a dead band. Stale figures neither raise nor end one. Pure.
import type { Board, Figure } from '../../shared/board.ts';
import { alarmKey } from '../../shared/board-breakdown.ts';
import type { SiteNow } from '../../shared/er-now.ts';
import { measureOf } from '../../shared/measures.ts';
import { matchesGlob } from '../../shared/subject.ts';
import type { OwnRule } from './alarm-plan.ts';
import { freshValue, type Sight } from './alarm-sight.ts';

type Cell = { readonly figures: Readonly<Partial<Record<string, Figure>>>; readonly staleAfterMs: number | null };

/** The board's cells of a kind; null where it holds no figures of it. */
function cellsOf(board: Board, kind: OwnRule['kind']): Readonly<Record<string, Cell>> | null {
	switch (kind) {
		case 'archive':
			return board.archives;
		case 'service':
			return board.services;
		case 'facility':
			return board.facilities;
		case 'network':
			return board.networks;
		case 'dependant':
			return board.dependants;
		case 'flow':
			return board.flows;
		case 'site':
			return board.sites;
		default:
			return null;
	}
}

/** Of a measure whose limit is its own and not its subject's: what a check proved, and certificates. */
function limitOf(rule: OwnRule, id: string, cell: Cell, board: Board): number {
	const own = measureOf(rule.measure).staleAfterMs;
	if (rule.kind === 'archive' && rule.figure.endsWith('Verified')) return board.archives[id]?.verifiedStaleAfterMs ?? own;
	return rule.figure === 'certDays' || rule.figure === 'alerts' ? own : (cell.staleAfterMs ?? own);
}

/** What is counted visit by visit is no figure of a feed, and judged before. */
const countedOf = (site: SiteNow | undefined, figure: string): number | null => {
	switch (figure) {
		case 'present':
			return site?.present ?? null;
		case 'waiting':
			return site?.waiting ?? null;
		case 'treatment':
			return site?.inTreatment ?? null;
		case 'observation':
			return site?.observation ?? null;
		case 'boarding':
			return site?.boarding ?? null;
		case 'arrivalsLastHour':
			return site?.arrivalsLastHour ?? null;
		default:
			return null;
	}
};

export function lookAtOwn(sight: Sight, own: readonly OwnRule[]): void {
	const { board, judged, now } = sight;
	for (const rule of own) {
		const cells = cellsOf(board, rule.kind) ?? {};
		for (const id in cells) {
			const subject = `${rule.kind}/${id}`;
			const cell = cells[id];
			if (cell === undefined || !matchesGlob(rule.subject, subject)) continue;
			const told = freshValue(cell.figures[rule.figure], limitOf(rule, id, cell, board), now);
			const value = told ?? (rule.kind === 'site' ? countedOf(judged.er?.sites[id], rule.figure) : null);
			if (value === null) sight.leave(rule.id, subject);
			else weigh(rule, subject, value, sight);
		}
	}
}

function weigh({ id, above, below, deadBand }: OwnRule, subject: string, value: number, { board, say, leave }: Sight): void {
	if ((above !== null && value > above) || (below !== null && value < below)) {
		say(id, subject, { value, detail: above !== null && value > above ? 'above' : 'below' });
		return;
	}
	// Of one that stands for one bound, only that bound has to be left behind.
	const detail = board.alarms.active[alarmKey(id, subject)]?.detail;
	const isNearAbove = above !== null && value > above - deadBand && detail !== 'below';
	const isNearBelow = below !== null && value < below + deadBand && detail !== 'above';
	if (isNearAbove || isNearBelow) leave(id, subject);
}
