// What a mark of the last seconds changed, as it was before: so that taking it back leaves no trace but the two marks themselves.
// Tasks and gates keep their own; this is for phases, services, reports, sites and causes.
import type { CutoverFacts, ServiceFacts } from '../../shared/board.ts';
import type { LaneFacts } from '../../shared/board-night.ts';
import type { Entry, MarkDraft } from '../../shared/entry.ts';
import { UNDO_WITHIN_MS } from '../../shared/mark.ts';
import { type CauseFacts, type IncidentCells, putCauseBack } from './incidents.projection.ts';
import { type SiteBefore, type SiteCells, sitesAsBefore, sitesBefore } from './sites.projection.ts';

type Held =
	| { kind: 'phase'; id: string; was: number | null }
	| { kind: 'service'; id: string; was: Pick<ServiceFacts, 'stoppedAt' | 'restoredAt'> }
	| { kind: 'report'; id: string; was: Omit<LaneFacts, 'callEveryMs'> }
	| { kind: 'cause'; id: string; was: CauseFacts }
	/** By site: a service's mark may darken several. */
	| { kind: 'sites'; was: Record<string, SiteBefore> };
export type TakeBackCells = (Held & { seq: number; at: number })[];

/** The parts of the facts that such marks change. */
type Changed = {
	base: { follows: string | null; cutovers: Readonly<Record<string, CutoverFacts>> };
	services: Record<string, { live: Pick<ServiceFacts, 'stoppedAt' | 'restoredAt'> }>;
	night: { lanes: Record<string, LaneFacts> };
	sites: SiteCells;
	breakdown: { incidents: IncidentCells };
};

type Undo = Pick<Entry & MarkDraft, 'seq' | 'at' | 'by'>;

/** Called before the mark is applied. */
export function holdBefore(cells: TakeBackCells, facts: Changed, { seq, at, mark }: Entry & MarkDraft): void {
	while (cells[0] && at - cells[0].at > UNDO_WITHIN_MS) cells.shift();
	const cutover = facts.base.follows === null ? undefined : facts.base.cutovers[facts.base.follows];
	if (mark.kind === 'phase' && cutover) cells.push({ seq, at, kind: 'phase', id: mark.phase, was: cutover.reached[mark.phase] ?? null });
	const service = mark.kind === 'service' ? facts.services[mark.service]?.live : undefined;
	if (mark.kind === 'service' && service) {
		cells.push({ seq, at, kind: 'service', id: mark.service, was: { stoppedAt: service.stoppedAt, restoredAt: service.restoredAt } });
	}
	const sites = sitesBefore(facts.sites, mark);
	if (Object.keys(sites).length > 0) cells.push({ seq, at, kind: 'sites', was: sites });
	const incident = mark.kind === 'incident' && mark.act === 'cause' ? facts.breakdown.incidents.live.incidents.rows[mark.incident] : undefined;
	if (mark.kind === 'incident' && incident) {
		const { nature, cause, causeAt } = incident;
		cells.push({ seq, at, kind: 'cause', id: mark.incident, was: { nature, cause, causeAt } });
	}
	const lane = mark.kind === 'report' ? facts.night.lanes[mark.team] : undefined;
	if (mark.kind !== 'report' || !lane) return;
	const { callEveryMs: _planned, ...was } = lane;
	cells.push({ seq, at, kind: 'report', id: mark.team, was });
}

/** `undone`: the entry that is taken back; `entry`: the mark that does so. */
export function takeBack(cells: TakeBackCells, facts: Changed, undone: number, entry: Undo): void {
	const held = cells.filter((one) => one.seq === undone);
	for (const one of held) {
		cells.splice(cells.indexOf(one), 1);
		putBack(one, facts, entry);
	}
}

function putBack(held: Held, facts: Changed, entry: Undo): void {
	if (held.kind === 'cause') putCauseBack(facts.breakdown.incidents, held.id, held.was, entry);
	const { follows, cutovers } = facts.base;
	const cutover = follows === null ? undefined : cutovers[follows];
	if (held.kind === 'sites') sitesAsBefore(facts.sites, held.was);
	if (held.kind === 'phase' && cutover) {
		const { [held.id]: _now, ...others } = cutover.reached;
		const reached = held.was === null ? others : { ...others, [held.id]: held.was };
		facts.base = { ...facts.base, cutovers: { ...cutovers, [cutover.id]: { ...cutover, reached } } };
	}
	const service = held.kind === 'service' ? facts.services[held.id] : undefined;
	if (held.kind === 'service' && service) service.live = { ...service.live, ...held.was };
	const lane = held.kind === 'report' ? facts.night.lanes[held.id] : undefined;
	if (held.kind === 'report' && lane) facts.night.lanes = { ...facts.night.lanes, [held.id]: { ...lane, ...held.was } };
}
