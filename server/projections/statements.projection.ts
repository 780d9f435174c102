// What was said to the public, with the figures of that second, and what the data came to say of it.
import { type LinkedFigure, STATEMENTS_ON_BOARD, type StatementFacts } from '../../shared/board-incident.ts';
import type { IncidentNature } from '../../shared/breakdown.ts';
import type { AutoDraft } from '../../shared/entry.ts';
import { isOtherNature } from '../../shared/judge-statement.ts';
import type { Mark } from '../../shared/mark.ts';
import { type MeasureName, measureOf } from '../../shared/measures.ts';
import type { Plan } from '../../shared/plan.ts';
import { standingSheet } from '../../shared/standing-sheet.ts';
import { type Series, seriesAt } from '../domain/series.ts';
import type { IncidentCells } from './incidents.projection.ts';
import { isTaken, keepLast, ownOf } from './keep-last.ts';

/** Subject → after how long (ms) the plan calls its figures old; of those of which it says so. */
export type Freshness = Record<string, number>;
type Cells = Pick<IncidentCells, 'live' | 'order' | 'freshness'>;
type Said = { readonly mark: Extract<Mark, { kind: 'statement' }>; readonly at: number; readonly by: string };

export function freshnessOf(plan: Plan): Freshness {
	const freshness: Freshness = {};
	const { archives, services, facilities, networks, dependants, flows } = plan;
	const sections = { archive: archives, service: services, facility: facilities, network: networks, dependant: dependants, flow: flows };
	for (const [kind, section] of Object.entries(sections)) {
		for (const [id, one] of Object.entries(section as Readonly<Record<string, { readonly staleAfter?: number | undefined }>>)) {
			if (one.staleAfter !== undefined) freshness[`${kind}/${id}`] = one.staleAfter;
		}
	}
	return freshness;
}

/** Later than this after it was said, a figure of now is none of then. */
export const SAID_JUST_NOW_MS = 5000;

/** As it stood at that second: the value only while it was fresh and could be seen, with the instant of the last good one either way. */
function freeze(
	linked: Said['mark']['linked'],
	series: Series,
	freshness: Freshness,
	{ at, saidAt }: { readonly at: number; readonly saidAt: number },
): LinkedFigure[] {
	return linked.map(({ subject, measure: name }) => {
		const measure = name as MeasureName;
		if (at - saidAt > SAID_JUST_NOW_MS) return { subject, measure, value: null, at: null };
		const cell = seriesAt(series, subject, name);
		if (!cell || cell.value === null || cell.valueAt === null) return { subject, measure, value: null, at: null };
		const isFresh = cell.valueAt === cell.newest && at - cell.valueAt <= (freshness[subject] ?? measureOf(measure).staleAfterMs);
		return { subject, measure, value: isFresh ? cell.value : null, at: cell.valueAt };
	});
}

/** Null where the id is taken. */
export function addStatement(cells: Cells, { mark, at, by }: Said, series: Series): StatementFacts | null {
	const { statements } = cells.live;
	const { statement: id, text, audience, incident = null, saidAt = at, claims, linked } = mark;
	if (isTaken(statements, id)) return null;
	const facts: StatementFacts = {
		at: saidAt,
		by,
		text,
		audience,
		incident,
		claims,
		linked: freeze(linked, series, cells.freshness, { at, saidAt }),
		contradicted: null,
		kept: {},
		keptAt: null,
		...(saidAt > at ? { notBefore: saidAt } : {}),
	};
	const list = { all: statements, order: cells.order.statements, most: STATEMENTS_ON_BOARD };
	// A sheet that the data contradict asks for somebody until it is withdrawn or another takes its place.
	const mayLeave = (_id: string, left: StatementFacts): boolean => left.contradicted === null || standingSheet(left) === null;
	const kept = keepLast(list, id, facts, (left) => left.at, mayLeave);
	cells.order.statements = kept.order;
	cells.live = { ...cells.live, statements: kept.all };
	return facts;
}

/** The sentence as it stands now; null where there is none, or the record said so before. */
export function noteVerdict(
	cells: Cells,
	{ statement, to, claim, why }: Extract<AutoDraft, { what: 'statement' }>,
	at: number,
): StatementFacts | null {
	const { statements } = cells.live;
	const facts = ownOf(statements.rows, statement);
	if (!facts || (to === 'contradicted' ? facts.contradicted !== null : facts.kept[claim] !== undefined)) return null;
	const after = to === 'contradicted' ? { ...facts, contradicted: { at, claim, why } } : keep(facts, claim, at);
	cells.live = { ...cells.live, statements: { ...statements, rows: { ...statements.rows, [statement]: after } } };
	return after;
}

/** The record said of an incident's cause what it was not: what that contradicted stands again, and it is remembered from when until when. */
export function correctNatures(cells: Cells, incident: string, nature: IncidentNature, at: number): void {
	const { statements } = cells.live;
	for (const [id, facts] of Object.entries(statements.rows)) {
		const claim = facts.contradicted === null ? undefined : facts.claims[facts.contradicted.claim];
		if (facts.contradicted === null || claim?.kind !== 'nature' || claim.incident !== incident || isOtherNature(claim, nature)) continue;
		const after = { ...facts, contradicted: null, corrected: { from: facts.contradicted.at, until: at } };
		cells.live = { ...cells.live, statements: { ...cells.live.statements, rows: { ...cells.live.statements.rows, [id]: after } } };
	}
}

function keep(facts: StatementFacts, claim: number, at: number): StatementFacts {
	const kept: Record<string, number> = { ...facts.kept, [claim]: at };
	const isAll = facts.claims.every(({ kind }, place) => kind !== 'restored' || kept[place] !== undefined);
	return { ...facts, kept, keptAt: isAll ? at : null };
}
