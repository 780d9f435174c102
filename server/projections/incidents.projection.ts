// Incidents and legal clocks, by marks, with what Regia noticed beside them. What was said: statements.projection.ts.
import { type AlarmsFacts, alarmKey, type BreakdownFacts } from '../../shared/board-breakdown.ts';
import { type ClockFacts, clockKey, INCIDENTS_ON_BOARD, type IncidentFacts, type IncidentLine } from '../../shared/board-incident.ts';
import { clockLaws } from '../../shared/breakdown.ts';
import type { AutoDraft, Entry, MarkDraft } from '../../shared/entry.ts';
import { clockStepsOf } from '../../shared/judge-clock.ts';
import type { Mark } from '../../shared/mark.ts';
import type { Plan } from '../../shared/plan.ts';
import type { Series } from '../domain/series.ts';
import { addLine, noLines } from './incident-lines.ts';
import { type Needs, needsOf, reachOf } from './incident-reach.ts';
import { isTaken, keepLast, ownOf } from './keep-last.ts';
import { addStatement, correctNatures, type Freshness, freshnessOf, noteVerdict } from './statements.projection.ts';

/** `about`: subjects of its automatic facts; `told`: alarms on its timeline that have not ended yet. */
type Watch = { about: readonly string[]; told: readonly string[] };
export type IncidentCells = {
	live: Pick<BreakdownFacts, 'incidents' | 'statements' | 'clocks'>;
	needs: Needs;
	freshness: Freshness;
	/** Of those that stand on the board, the oldest first: an object's keys do not keep the order of ids that look like numbers. */
	order: { incidents: readonly string[]; statements: readonly string[] };
	watches: Record<string, Watch>;
};
export const emptyIncidents = (): IncidentCells => ({
	live: { incidents: { count: 0, rows: {} }, statements: { count: 0, rows: {} }, clocks: {} },
	needs: {},
	freshness: {},
	order: { incidents: [], statements: [] },
	watches: {},
});

const owesStep = ({ law, sent, waived }: ClockFacts): boolean => waived === null && clockStepsOf[law].some((step) => sent[step] === undefined);

type IncidentMark = Extract<Mark, { kind: 'incident' }>;
export type CauseFacts = Pick<IncidentFacts, 'nature' | 'cause' | 'causeAt'>;
type ClockMark = Extract<Mark, { kind: 'clock' }>;
/** A mark with where and when it was made, and by whom. */
type Made<M> = { readonly mark: M; readonly seq: number; readonly at: number; readonly by: string };

export function planIncidents(cells: IncidentCells, plan: Plan): void {
	cells.needs = needsOf(plan);
	cells.freshness = freshnessOf(plan);
	for (const [id, watch] of Object.entries(cells.watches)) {
		cells.watches[id] = { ...watch, about: aboutOf(id, ownOf(cells.live.incidents.rows, id)?.subject ?? null, cells.needs) };
	}
}

/** Its own legal clocks and promises of news among them. */
const aboutOf = (id: string, subject: string | null, needs: Needs): string[] => [
	`incident/${id}`,
	...clockLaws.map((law) => `clock/${clockKey(id, law)}`),
	...(subject === null ? [] : reachOf(subject, needs)),
];

/** `series`: the newest values, which a sentence is remembered with; `alarms`: as they stand, which an incident is opened from. */
export function applyIncidentMark(cells: IncidentCells, { mark, seq, at, by }: Entry & MarkDraft, series: Series, alarms: AlarmsFacts): void {
	if (mark.kind === 'statement') {
		const said = addStatement(cells, { mark, at, by }, series);
		if (said && mark.incident !== undefined) {
			tell(cells, mark.incident, seq, { at: said.at, by, what: 'said', text: mark.text, subject: `statement/${mark.statement}` });
		}
	} else if (mark.kind === 'clock') applyClock(cells, { mark, seq, at, by });
	else if (mark.kind === 'incident' && mark.act === 'open') open(cells, { mark, seq, at, by }, alarms);
	else if (mark.kind === 'incident') change(cells, { mark, seq, at, by });
}

function patch(cells: IncidentCells, id: string, changed: Partial<IncidentFacts>): void {
	const { incidents } = cells.live;
	const facts = ownOf(incidents.rows, id);
	if (facts) cells.live = { ...cells.live, incidents: { ...incidents, rows: { ...incidents.rows, [id]: { ...facts, ...changed } } } };
}

function tell(cells: IncidentCells, id: string, seq: number, line: IncidentLine): void {
	const facts = ownOf(cells.live.incidents.rows, id);
	if (facts) patch(cells, id, { lines: addLine(facts.lines, seq, line) });
}

function open(cells: IncidentCells, { mark, seq, at, by }: Made<Extract<IncidentMark, { act: 'open' }>>, alarms: AlarmsFacts): void {
	const { incident: id, title, alarm } = mark;
	const { incidents, clocks } = cells.live;
	if (isTaken(incidents, id)) return;
	const from = alarm === undefined ? undefined : ownOf(alarms.active, alarm);
	const subject = mark.subject ?? from?.subject ?? (alarm === undefined ? null : subjectIn(alarm));
	const facts: IncidentFacts = {
		title,
		subject,
		alarm: alarm ?? null,
		openedAt: at,
		openedBy: by,
		since: mark.since ?? from?.since ?? at,
		status: 'detected',
		statusAt: at,
		nature: 'unknown',
		cause: null,
		causeAt: null,
		roles: {},
		nextUpdate: null,
		closedAt: null,
		lines: addLine(noLines, seq, { at, by, what: 'opened', text: title }),
	};
	// Neither what is open nor what an authority still waits for is forgotten for want of room.
	const isOwed = (other: string): boolean => Object.values(clocks).some((clock) => clock.incident === other && owesStep(clock));
	const kept = keepLast(
		{ all: incidents, order: cells.order.incidents, most: INCIDENTS_ON_BOARD },
		id,
		facts,
		(one) => one.openedAt,
		(other, { closedAt }) => closedAt !== null && !isOwed(other),
	);
	cells.order.incidents = kept.order;
	const isHere = ({ incident }: { readonly incident: string }): boolean => Object.hasOwn(kept.all.rows, incident);
	cells.live = { ...cells.live, incidents: kept.all, clocks: Object.fromEntries(Object.entries(clocks).filter(([, one]) => isHere(one))) };
	const about = aboutOf(id, subject, cells.needs);
	cells.watches = Object.fromEntries(Object.entries(cells.watches).filter(([other]) => Object.hasOwn(kept.all.rows, other)));
	cells.watches[id] = { about, told: [] };
	const standing = Object.entries(alarms.active).filter(([key, one]) => one.endedAt === null && one.suppressed === null && isToldTo(about, key));
	standing.sort(([, a], [, b]) => a.since - b.since);
	for (const [key, one] of standing) tellAlarm(cells, id, seq, key, one.since);
}

function change(cells: IncidentCells, { mark, seq, at, by }: Made<Exclude<IncidentMark, { act: 'open' }>>): void {
	const facts = ownOf(cells.live.incidents.rows, mark.incident);
	if (!facts) return;
	const [changed, line] = changeOf(mark, facts, at, by);
	patch(cells, mark.incident, changed);
	if (mark.act === 'cause') correctNatures(cells, mark.incident, mark.nature, at);
	if (changed.status === 'closed') forget(cells, mark.incident);
	tell(cells, mark.incident, seq, { at, by, text: null, ...line });
}

/** As it was recorded before a mark that is taken back: its timeline says both. */
export function putCauseBack(cells: IncidentCells, id: string, was: CauseFacts, { seq, at, by }: { seq: number; at: number; by: string }): void {
	patch(cells, id, was);
	correctNatures(cells, id, was.nature, at);
	tell(cells, id, seq, { at, by, what: 'cause', text: was.cause, detail: was.nature });
}

type Changed = readonly [changed: Partial<IncidentFacts>, line: Omit<IncidentLine, 'at' | 'by' | 'text'> & { readonly text?: string | null }];

function changeOf(mark: Exclude<IncidentMark, { act: 'open' }>, facts: IncidentFacts, at: number, by: string): Changed {
	switch (mark.act) {
		case 'status': {
			return [
				{ status: mark.status, statusAt: at, closedAt: mark.status === 'closed' ? at : null },
				{ what: 'status', detail: mark.status },
			];
		}
		case 'cause': {
			const cause = mark.text ?? (mark.nature === facts.nature ? facts.cause : null);
			return [
				{ nature: mark.nature, cause, causeAt: at },
				{ what: 'cause', text: mark.text ?? null, detail: mark.nature },
			];
		}
		case 'role':
			return [{ roles: { ...facts.roles, [mark.role]: by } }, { what: 'role', detail: mark.role }];
		case 'next-update':
			return [{ nextUpdate: mark.due }, { what: 'next-update', until: mark.due }];
		case 'note':
			return [{}, { what: 'note', text: mark.text }];
	}
}

function applyClock(cells: IncidentCells, { mark, seq, at, by }: Made<ClockMark>): void {
	const { incident, law } = mark;
	const key = clockKey(incident, law);
	const known = cells.live.clocks[key];
	if (!Object.hasOwn(cells.live.incidents.rows, incident) || (known !== undefined) === (mark.act === 'start')) return;
	const set = (facts: BreakdownFacts['clocks'][string]): void => {
		cells.live = { ...cells.live, clocks: { ...cells.live.clocks, [key]: facts } };
	};
	if (mark.act === 'start') {
		set({ incident, law, awareAt: mark.awareAt, decidedAt: at, by, sent: {}, waived: null });
		tell(cells, incident, seq, { at, by, what: 'clock-started', text: null, detail: law, until: mark.awareAt });
	} else if (known && mark.act === 'sent' && known.sent[mark.step] === undefined) {
		set({ ...known, sent: { ...known.sent, [mark.step]: { at: mark.at, protocol: mark.protocol, by } } });
		tell(cells, incident, seq, { at: mark.at, by, what: 'clock-sent', text: mark.protocol, detail: `${law}.${mark.step}` });
	} else if (known && mark.act === 'waive' && known.waived === null) {
		set({ ...known, waived: { at, by, reason: mark.reason } });
		tell(cells, incident, seq, { at, by, what: 'clock-waived', text: mark.reason, detail: law });
	}
}

export function applyStatement(cells: IncidentCells, entry: Extract<AutoDraft, { what: 'statement' }>, seq: number, at: number): void {
	const facts = noteVerdict(cells, entry, at);
	if (facts === null || facts.incident === null) return;
	tell(cells, facts.incident, seq, { at, by: null, what: entry.to, text: facts.text, detail: entry.why, subject: `statement/${entry.statement}` });
}

/** `service-down:service:cup` → `service/cup`. */
const subjectIn = (alarm: string): string => alarm.slice(alarm.indexOf(':') + 1).replace(':', '/');

/** That Regia itself does not see is told of every incident: what stands on no timeline meanwhile may have happened. */
const isToldTo = (about: readonly string[], alarm: string): boolean => alarm.startsWith('observer-blind:') || about.includes(subjectIn(alarm));

/** Alarms that one timeline keeps in mind; an alarm storm has more on the alarms' own page. */
const MOST_TOLD = 500;

function tellAlarm(cells: IncidentCells, id: string, seq: number, alarm: string, at: number): void {
	const watch = ownOf(cells.watches, id);
	if (!watch || watch.told.includes(alarm)) return;
	cells.watches[id] = { ...watch, told: [...watch.told, alarm].slice(-MOST_TOLD) };
	const rule = alarm.slice(0, alarm.indexOf(':'));
	tell(cells, id, seq, { at, by: null, what: 'alarm', text: null, detail: rule, subject: subjectIn(alarm) });
}

/** Reopened, it tells of what comes on from then on. */
function forget(cells: IncidentCells, id: string): void {
	const watch = ownOf(cells.watches, id);
	if (watch) cells.watches[id] = { ...watch, told: [] };
}

/** It left the list, and nobody knows that what it told of is over. */
function forgetAlarm(cells: IncidentCells, id: string, alarm: string): void {
	const watch = ownOf(cells.watches, id);
	if (watch) cells.watches[id] = { ...watch, told: watch.told.filter((one) => one !== alarm) };
}

function tellAlarmEnd(cells: IncidentCells, id: string, seq: number, alarm: string, at: number): void {
	const watch = ownOf(cells.watches, id);
	if (!watch?.told.includes(alarm)) return;
	cells.watches[id] = { ...watch, told: watch.told.filter((one) => one !== alarm) };
	const rule = alarm.slice(0, alarm.indexOf(':'));
	tell(cells, id, seq, { at, by: null, what: 'alarm-ended', text: null, detail: rule, subject: subjectIn(alarm) });
}

/** What came on and ended belongs to the timelines of open incidents that it is about; what is suppressed does not. */
export function applyIncidentAlarms(cells: IncidentCells, { changes }: Extract<AutoDraft, { what: 'alarms' }>, seq: number, at: number): void {
	for (const [id, { about }] of Object.entries(cells.watches)) {
		if (ownOf(cells.live.incidents.rows, id)?.closedAt !== null) continue;
		for (const change of changes) {
			const alarm = change.to === 'on' ? alarmKey(change.rule, change.subject) : change.alarm;
			if (!isToldTo(about, alarm)) continue;
			if (change.to === 'freed' || (change.to === 'on' && change.suppressed === null)) tellAlarm(cells, id, seq, alarm, at);
			else if (change.to === 'gone' && change.why !== undefined) forgetAlarm(cells, id, alarm);
			else if (change.to === 'ended' || change.to === 'gone') tellAlarmEnd(cells, id, seq, alarm, at);
			if (change.to === 'on' && change.follows !== undefined) forgetAlarm(cells, id, change.follows);
		}
	}
}

export const showIncidents = (cells: IncidentCells): IncidentCells['live'] => cells.live;
