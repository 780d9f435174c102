// How full the emergency rooms are at a moment: each site, each body, the region. Pure.
import type { Board } from './board.ts';
import type { ErNow, ErSum } from './er-now.ts';
import { judgeSite } from './judge-site.ts';

/** Null where the plan has no site. */
export function judgeEr(board: Board, now: number): ErNow | null {
	if (Object.keys(board.sites).length === 0) return null;
	const zone = (board.follows === null ? undefined : board.cutovers[board.follows]?.zone) ?? 'Europe/Rome';
	const sites = Object.fromEntries(Object.entries(board.sites).map(([id, facts]) => [id, judgeSite(facts, now, zone)]));
	const unknown: ErSum = {
		label: board.region ?? '',
		present: null,
		byCode: null,
		waiting: null,
		inTreatment: null,
		boarding: null,
		overTarget: null,
		arrivalsLastHour: null,
		expectedLastHour: null,
		reporting: 0,
		sites: Object.keys(sites).length,
		counted: { waiting: 0, inTreatment: 0, boarding: 0, overTarget: 0, arrivalsLastHour: 0 },
		onPaper: 0,
		oldest: null,
	};
	return { region: unknown, bodies: {}, sites };
}
