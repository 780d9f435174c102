// All services for a wall: who answers on which side, who takes writes, since when, and the time without against what each can bear. Pure.

import { formatAge, formatCountdown, type Language } from '../../shared/format.ts';
import type { BoardNow } from '../../shared/judge.ts';
import type { ServiceNow } from '../../shared/judge-service.ts';
import type { Standing } from '../../shared/standing.ts';
import { fill, type Words } from '../../shared/words/words.ts';
import { zoneOf } from '../store/selectors.ts';
import type { ServicesWallWords } from '../store/services-wall-words.ts';
import { momentOf } from './incident-model.ts';
import type { Mark } from './shape.tsx';

const MINUTE_MS = 60_000;
/** Restore orders lie between 0 and 1, so that of one standing they decide the place. */
const PRIORITIES = 10_000;

export type WallService = {
	readonly id: string;
	readonly label: string;
	readonly priority: number;
	readonly standing: Standing;
	readonly mark: Mark;
	readonly isPlanned: boolean;
	readonly state: string;
	readonly side: string;
	readonly sideStanding: Standing;
	readonly writes: string;
	readonly writesStanding: Standing;
	/** Under its heading, of the outage that lasts, against what it can bear; null outside one. */
	readonly without: string | null;
	readonly isBeyond: boolean;
	/** All that was booked, by heading. */
	readonly booked: string;
	readonly age: string;
	/** All of it in a few words, where many stand side by side. */
	readonly short: string;
	readonly complete: number;
};

type Here = { readonly now: number; readonly zone: string; readonly w: ServicesWallWords; readonly words: Words; readonly language: Language };

const isDown = (one: ServiceNow): boolean => one.up === false;
const isRestored = (one: ServiceNow): boolean =>
	one.standing === 'good' && one.up === true && one.restoredAt !== null && (one.side === 'new' || one.side === 'unknown');

/** Of the outage that lasts. */
function withoutOf({ outage, tolerableMs }: ServiceNow, w: ServicesWallWords): string | null {
	if (outage === null) return null;
	const time = formatCountdown(outage.withoutMs);
	return tolerableMs === null ? time : fill(w.of, { time, limit: formatCountdown(tolerableMs) });
}

/** What kind of outage it is, where that is known: while nobody sees it may be as planned or not. */
function kindOf(reason: ServiceNow['reason']): keyof ServicesWallWords['down'] | null {
	if (reason === 'down-planned' || reason === 'beyond-tolerable' || reason === 'no-writes') return 'planned';
	if (reason === 'overrun') return 'overrun';
	return reason === 'down' || reason === 'none-answers' ? 'unplanned' : null;
}

export function wallService(id: string, one: ServiceNow, { now, zone, w, words, language }: Here): WallService {
	const isBlind = one.standing === 'blind';
	const isPlanned = one.reason === 'down-planned' || (one.reason === 'no-writes' && one.standing === 'good');
	const silent = one.ageMs === null ? w.never : fill(w.silent, { age: formatAge(one.ageMs, language) });
	const without = withoutOf(one, w);
	const kind = kindOf(one.reason);
	const since = one.outage?.since ?? one.since;
	const time = since === null ? '' : momentOf(since, now, zone, language);
	const reason = one.reason === null ? null : (words.reason[one.reason] ?? one.reason);
	const down = isPlanned ? w.plannedSince : w.downSince;
	const state = isBlind
		? silent
		: one.reason === 'down' || one.reason === 'none-answers' || one.reason === 'down-planned'
			? fill(down, { time })
			: isRestored(one)
				? w.restored
				: (reason ?? w.up);
	return {
		id,
		label: one.label,
		priority: one.priority,
		standing: one.standing,
		mark: isRestored(one) ? 'confirmed' : one.standing,
		isPlanned,
		state,
		side: w.side[one.side],
		sideStanding: one.side === 'both' ? 'bad' : 'good',
		writes: one.writes === 'none' ? w.writes.no : one.writes === 'both' ? w.writes.both : one.writes === 'unknown' ? w.writes.unknown : w.writes.yes,
		writesStanding: one.writes === 'both' || (one.writes === 'none' && !isPlanned && one.standing === 'bad') ? 'bad' : 'good',
		without: without === null ? null : kind === null ? without : `${w.down[kind]} ${without}`,
		isBeyond: one.outage !== null && one.tolerableMs !== null && one.outage.withoutMs > one.tolerableMs,
		booked: (['planned', 'overrun', 'unplanned', 'unknown'] as const)
			.filter((kind) => one.downMs[kind] >= MINUTE_MS)
			.map((kind) => `${w.down[kind]} ${formatCountdown(one.downMs[kind])}`)
			.join(', '),
		age: one.ageMs === null ? w.never : formatAge(one.ageMs, language),
		short: isBlind
			? silent
			: isDown(one) && without !== null
				? `${isPlanned ? w.plannedShort : w.downShort} ${without}`
				: isPlanned
					? state
					: (reason ?? (isRestored(one) ? w.restored : w.up)),
		complete: Math.min(PRIORITIES - 1, one.priority) / PRIORITIES,
	};
}

export type ServicesWall = {
	readonly rows: readonly WallService[];
	/** "guasti 3 · non si sa 2 · regolari 35": those that there are. */
	readonly counts: string;
	/** Of those that ask for somebody alone. */
	readonly countsShort: string;
	readonly isWorstFirst: boolean;
	readonly order: string | null;
};

export function servicesWall(judged: BoardNow, w: ServicesWallWords, words: Words, language: Language): ServicesWall {
	const here = { now: judged.now, zone: zoneOf(judged), w, words, language };
	const rows = Object.entries(judged.services).map(([id, one]) => wallService(id, one, here));
	const count = (of: (row: WallService) => boolean): number => rows.filter(of).length;
	const counts = {
		bad: count(({ standing }) => standing === 'bad'),
		watch: count(({ standing }) => standing === 'watch'),
		blind: count(({ standing }) => standing === 'blind'),
		planned: count(({ isPlanned, standing }) => isPlanned && standing === 'good'),
		good: count(({ isPlanned, standing }) => !isPlanned && standing === 'good'),
	};
	const told = (...kinds: readonly (keyof typeof counts)[]): string =>
		kinds
			.filter((kind) => counts[kind] > 0)
			.map((kind) => fill(w.counts[kind], { count: counts[kind] }))
			.join(' · ');
	const [broken] = judged.breakdown?.restoreOrder ?? [];
	const labelOf = (id: string): string => judged.services[id.replace(/^service\//, '')]?.label ?? id;
	return {
		rows,
		counts: told('bad', 'watch', 'blind', 'planned', 'good'),
		countsShort: told('bad', 'watch', 'blind'),
		isWorstFirst: rows.some(({ standing }) => standing !== 'good'),
		order: broken === undefined ? null : fill(w.order, { early: labelOf(broken.early), waiting: labelOf(broken.waiting) }),
	};
}

export const FULL_ROW_REM = 1.66;
export const HEAD_REM = 1.5;
export const SHORT_ROW_REM = 1.31;

export type Fit = { readonly kind: 'full' | 'short'; readonly columns: number; readonly shown: number; readonly perColumn: number };

/** How many rows of a box `roomRem` high: with all their columns where all fit so, else in fewer words side by side, else the worst of them. */
export function fitServices(many: number, roomRem: number | null, columns: number, hasFull: boolean): Fit {
	if (roomRem === null) return { kind: 'full', columns: 1, shown: many, perColumn: many };
	const full = Math.max(0, Math.floor((roomRem - HEAD_REM) / FULL_ROW_REM));
	if (hasFull && many <= full) return { kind: 'full', columns: 1, shown: many, perColumn: many };
	const perColumn = Math.max(1, Math.floor(roomRem / SHORT_ROW_REM));
	return { kind: 'short', columns, shown: Math.min(many, perColumn * columns), perColumn };
}
