// What a mark does to a site: a count by hand, the dark and its end, the 118's state, what only those beside the beds know.
import { COUNTS_ON_BOARD, type CountFacts, type SiteFacts } from '../../shared/board-er.ts';
import type { MarkDraft } from '../../shared/entry.ts';
import { triageCodes } from '../../shared/er.ts';
import type { Mark } from '../../shared/mark.ts';
import { caughtUpAt, isDark } from '../../shared/site-dark.ts';
import { fillingUntil } from '../../shared/site-filling.ts';
import { type LiveCensus, showCensus } from './site-census.ts';
import { type History, spoil } from './site-history.ts';
import { addPresent, type LiveTrend, lastWordOf } from './site-trend.ts';

export type LiveSite = { -readonly [K in keyof Omit<SiteFacts, 'census' | 'trend'>]: SiteFacts[K] };
export type SiteCell = {
	live: LiveSite;
	retired: boolean;
	zone: string;
	planned: number[] | null;
	census: LiveCensus | null;
	history: History;
	trend: LiveTrend;
	/** Records of the last counts, so that one that comes again is known. */
	countIds: string[];
};

/** That all was entered is a fact from the first entry after it on, so that a straggler does not open the catch-up again. */
export function settle(live: LiveSite, seen: number): void {
	const at = caughtUpAt(live, seen);
	if (live.dark !== null && at !== null && live.dark.caughtUpAt === null) live.dark = { ...live.dark, caughtUpAt: at };
}

export function markService(cell: SiteCell, { state }: Extract<Mark, { kind: 'service' }>, at: number): void {
	if (state === 'stopped') darken(cell, at);
	else restore(cell, at);
}

export function markSite(cell: SiteCell, seq: number, { mark, at, by }: MarkDraft, seen: number): void {
	const { live } = cell;
	if (mark.kind === 'count') takeCount(cell, seq, mark, by, seen);
	else if (mark.kind === 'diversion') live.diversion = { state: mark.state, at, by };
	else if (mark.kind === 'bedside') {
		if (mark.respirators !== undefined) live.respirators = [mark.respirators, at];
		if (mark.physicians !== undefined) live.physiciansOnDuty = [mark.physicians, at];
	} else if (mark.kind === 'paper') {
		if (mark.state === 'on') darken(cell, at);
		else if (mark.state === 'off') restore(cell, at);
		else if (live.dark !== null && live.dark.restoredAt !== null) live.dark = { ...live.dark, caughtUpAt: live.dark.caughtUpAt ?? at };
	}
}

/** A dark that comes back before all of it was entered is the same dark: its forms are still to be entered. */
function darken(cell: SiteCell, at: number): void {
	settle(cell.live, at);
	const { live } = cell;
	if (isDark(live)) return;
	const word = lastWordOf({ ...live, census: cell.census && showCensus(cell.census), trend: {} }, at);
	const last = word === undefined ? {} : { last: word };
	if (live.dark !== null && live.dark.caughtUpAt === null) live.dark = { ...live.dark, restoredAt: null, ...last };
	else {
		live.dark = { since: at, restoredAt: null, caughtUpAt: null, ...last };
		live.backEntry = null;
	}
}

function restore(cell: SiteCell, at: number): void {
	const { live } = cell;
	if (live.dark === null || !isDark(live)) return;
	live.dark = { ...live.dark, restoredAt: at };
	spoil(cell.history, live.dark.since, at);
}

/** Taken once by its own id. One that waited in a phone while a newer one came is history: it stands among the counts, and speaks no more. */
function takeCount(cell: SiteCell, seq: number, mark: Extract<Mark, { kind: 'count' }>, by: string, seen: number): void {
	settle(cell.live, seen);
	const { live, countIds } = cell;
	const at = Math.min(mark.at, seen);
	if (countIds.includes(mark.id)) return;
	const isNewest = live.count === null || at >= live.count.at;
	countIds.push(mark.id);
	if (countIds.length > COUNTS_ON_BOARD) countIds.shift();
	const byCode = Object.fromEntries(Object.entries(mark.byCode).filter(([, count]) => count > 0));
	// What the ward told of its forms in this dark stands until it tells again.
	const told = live.count !== null && live.dark !== null && live.count.at >= live.dark.since ? live.count.forms : null;
	const count: CountFacts = { at, seen, byCode, boarding: mark.boarding, forms: mark.forms ?? told, by };
	if (isNewest) live.count = count;
	const rows: Record<string, CountFacts> = { ...live.counts.rows, [seq]: count };
	live.counts = { count: live.counts.count + 1, rows: Object.fromEntries(Object.entries(rows).slice(-COUNTS_ON_BOARD)) };
	if (isDark(live) || cell.census === null || fillingUntil({ ...live, census: cell.census }, seen) !== null) {
		addPresent(
			cell.trend,
			at,
			triageCodes.map((code) => mark.byCode[code]),
		);
	}
}
