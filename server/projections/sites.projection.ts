// Sites: what the messages, the feeds and the counts by hand have told of each emergency room, and when its system was dark.
import type { SiteFacts } from '../../shared/board-er.ts';
import type { CensusDraft } from '../../shared/entry.ts';
import type { Plan } from '../../shared/plan.ts';

type Live = { -readonly [K in keyof SiteFacts]: SiteFacts[K] };
export type SiteCell = { live: Live; retired: boolean };
export type SiteCells = Record<string, SiteCell>;

export function planSites(cells: SiteCells, plan: Plan): void {
	for (const [id, cell] of Object.entries(cells)) cell.retired = plan.sites[id] === undefined;
	for (const [id, one] of Object.entries(plan.sites)) {
		const planned = {
			label: one.label,
			short: one.short ?? one.label,
			kind: one.kind ?? null,
			body: one.body ?? null,
			service: one.service ?? null,
			spaces: one.spaces ?? null,
			beds: one.beds ?? null,
			physicians: one.physicians ?? null,
			staleAfterMs: one.staleAfter,
			paperEveryMs: one.paper.every,
			paperStaleAfterMs: one.paper.staleAfter,
			occupancy: one.occupancy,
			neighbours: one.neighbours,
			expected: null,
			expectedFrom: null,
		};
		const cell = cells[id];
		if (cell) cell.live = { ...cell.live, ...planned };
		else cells[id] = { live: { ...planned, ...unheard() }, retired: false };
	}
}

const unheard = () => ({
	census: null,
	figures: {},
	count: null,
	counts: { count: 0, rows: {} },
	dark: null,
	backEntry: null,
	diversion: null,
	respirators: null,
	physiciansOnDuty: null,
	sources: [],
	trend: {},
});

export function applyCensus(_cells: SiteCells, _entry: CensusDraft, _seen: number): void {}
