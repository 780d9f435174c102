// One version of a FHIR R4 Encounter → events of its visit, or why it was not taken. Nothing of the person leaves it but keyed hashes.
// Told twice, or an older version late, it says the same: its events stand at their own times, and each version's word is as new as its lastUpdated.
import type { ErRefusalCode, TriageCode } from '../../shared/er.ts';
import type { ErAct, ErArea, ErEvent, ErOutcome } from '../domain/er-event.ts';
import { codeIn, currentSince, historyOf, isPresent, mapped, namesOf, type Places, placesOf, referenceOf, type Span, spanOf } from './fhir-course.ts';
import { fhirInstant } from './fhir-instant.ts';
import { type FhirSettings, fhirOutcomes } from './fhir-settings.ts';
import { listOf, type Tree, textIn, treeOf, valueIn } from './json-tree.ts';
import type { VisitKeys } from './visit-keys.ts';

export type EncounterRules = Pick<FhirSettings, 'site' | 'sites' | 'areas' | 'triage' | 'outcomes' | 'classes'> & {
	/** Whose logical ids these are: the source's id in the plan. */
	readonly source: string;
};

/** `isOther`: another resource, or an Encounter that never was an emergency room's: no mistake where all of a server is asked. */
export type ReadEncounter =
	| { readonly ok: true; readonly events: readonly ErEvent[]; readonly sentAt: number }
	| { readonly ok: false; readonly code: ErRefusalCode; readonly isOther: boolean };

/** A clinical system's clock may run ahead by so much. */
const AHEAD_MS = 300_000;
const LOGICAL_ID = /^[A-Za-z0-9.-]{1,64}$/;

const refuse = (code: ErRefusalCode, isOther = false): ReadEncounter => ({ ok: false, code, isOther });

function siteOf(encounter: Tree, { site, sites = {} }: EncounterRules): string | null {
	if (site !== undefined) return site;
	const places = listOf(encounter.location).map((one) => valueIn(one, 'location'));
	return [encounter.serviceProvider, ...places].map((one) => mapped(namesOf(one), sites)).find((one) => one !== null) ?? null;
}

/** When its class became another one, having been an emergency room's; `never`: it was none. */
function classOf(encounter: Tree, classes: readonly string[]): { readonly left: number | null } | 'emergency' | 'never' {
	const isEmergency = (coding: unknown): boolean => classes.includes(textIn(coding, 'code') ?? '');
	if (isEmergency(encounter.class)) return 'emergency';
	const before = listOf(encounter.classHistory).filter((one) => isEmergency(valueIn(one, 'class')));
	if (before.length === 0) return 'never';
	const ends = before.flatMap((one) => spanOf(valueIn(one, 'period')).end ?? []);
	return { left: ends.length === 0 ? null : Math.max(...ends) };
}

export function readEncounter(resource: unknown, rules: EncounterRules, keys: VisitKeys, now: number): ReadEncounter {
	const encounter = treeOf(resource);
	if (encounter === undefined) return refuse('malformed');
	if (encounter.resourceType !== 'Encounter') return refuse('unknown-type', true);
	const id = textIn(encounter, 'id');
	if (id === undefined || !LOGICAL_ID.test(id)) return refuse('no-visit');
	const status = textIn(encounter, 'status');
	if (status === undefined) return refuse('malformed');
	const sentAt = fhirInstant(valueIn(encounter, 'meta', 'lastUpdated'));
	if (sentAt === null) return refuse('no-time');
	const changed = classOf(encounter, rules.classes);
	if (changed === 'never') return refuse('unknown-type', true);
	const site = siteOf(encounter, rules);
	if (site === null) return refuse('unknown-site');
	const patient = referenceOf(encounter.subject);
	const period = spanOf(encounter.period);
	const history = historyOf(encounter);
	const wasThere = isPresent(status) || status === 'finished' || (status === 'cancelled' && period.start !== null && period.end !== null);
	const arrivedAt = history.find((one) => isPresent(one.status))?.start ?? (wasThere ? period.start : null);
	const triage: TriageCode | null = codeIn(encounter.priority, rules.triage);
	const told: Told = {
		status,
		sentAt,
		arrivedAt,
		period,
		history,
		since: currentSince(status, history),
		outcome: codeIn(valueIn(encounter, 'hospitalization', 'dischargeDisposition'), { ...fhirOutcomes, ...rules.outcomes }),
		places: placesOf(encounter, rules.areas, sentAt),
		changed: changed === 'emergency' ? null : { at: changed.left ?? sentAt, isMapped: Object.keys(rules.areas).length > 0 },
		wasChanged: changed === 'emergency' && listOf(encounter.classHistory).length > 0,
	};
	const visit = keys.visit(`fhir/${rules.source}`, id);
	const events = stepsOf(told).map(
		({ act, at, area = null, outcome = null, isBefore = false }): ErEvent => ({
			site,
			visit,
			patient: patient === null ? null : keys.patient(`fhir/${rules.source}`, patient),
			act,
			at,
			sentAt: isBefore ? sentAt - 1 : sentAt,
			area,
			triage,
			arrivedAt,
			outcome,
			into: null,
		}),
	);
	if (Math.max(sentAt, ...events.map(({ at }) => at)) > now + AHEAD_MS) return refuse('future');
	return { ok: true, events, sentAt };
}

type Told = {
	readonly status: string;
	readonly sentAt: number;
	readonly arrivedAt: number | null;
	readonly period: Span;
	readonly history: ReturnType<typeof historyOf>;
	/** When the present state began. */
	readonly since: number | null;
	readonly outcome: ErOutcome | null;
	readonly places: Places;
	/** Became an inpatient's: since when, and whether the plan tells places at all. */
	readonly changed: { readonly at: number; readonly isMapped: boolean } | null;
	/** Is an emergency room's, and was something else in between. */
	readonly wasChanged: boolean;
};
/** `isBefore`: said just before this version's own word, for it takes back what older ones said. */
type Step = {
	readonly act: ErAct;
	readonly at: number;
	readonly area?: ErArea | null;
	readonly outcome?: ErOutcome | null;
	readonly isBefore?: boolean;
};

function stepsOf(told: Told): readonly Step[] {
	const { status, sentAt, arrivedAt, outcome, changed } = told;
	if (status === 'entered-in-error' || (status === 'cancelled' && arrivedAt === null)) return [{ act: 'erase', at: sentAt }];
	if (status === 'planned' && arrivedAt === null) return [];
	const steps: Step[] = arrivedAt === null ? [] : [{ act: 'arrive', at: arrivedAt, area: 'waiting' }];
	steps.push(...movesOf(told));
	// A version is the whole of what is known by then: what older ones said of a leave or of a bed is so no more.
	const isOver = status === 'finished' || status === 'cancelled';
	const isThere = isPresent(status);
	if (isOver || isThere) steps.push({ act: 'cancel-leave', at: sentAt, isBefore: true });
	if (changed !== null) steps.push({ act: 'admit', at: changed.at, area: afterAdmission(told) });
	else if (told.wasChanged) steps.push({ act: 'discharge-class', at: sentAt, isBefore: true });
	if (isThere && changed === null) {
		const awaitsBed = outcome === 'admitted' || outcome === 'transferred';
		steps.push(awaitsBed ? { act: 'pend', at: sentAt, outcome } : { act: 'unpend', at: sentAt, isBefore: true });
	}
	if (isOver) steps.push({ act: 'leave', at: endOf(told), outcome: outcome ?? (status === 'cancelled' ? unseenOr(told) : null) });
	steps.push({ act: 'update', at: sentAt });
	return steps
		.map((step, index) => ({ step, index }))
		.sort((a, b) => a.step.at - b.step.at || a.index - b.index)
		.map(({ step }) => step);
}

const unseenOr = ({ history }: Told): ErOutcome => (history.some((one) => one.status === 'in-progress') ? 'left' : 'unseen');
const endOf = ({ period, since, sentAt }: Told): number => period.end ?? since ?? sentAt;

/** From the waiting room on. A waiting room after the visit began is no wait for it. */
function movesOf({ status, sentAt, since, history, places }: Told): readonly Step[] {
	const seen = history.find((one) => one.status === 'in-progress')?.start ?? null;
	const inBay = places.stays.find(({ area }) => area === 'treatment')?.start ?? null;
	const seenAt = seen ?? (status === 'in-progress' ? (since ?? inBay ?? sentAt) : null);
	const moves: Step[] = seenAt === null ? [] : [{ act: 'transfer', at: seenAt, area: 'treatment' }];
	for (const { start, area } of places.stays) {
		if (start === null || (area === 'waiting' && seenAt !== null && start >= seenAt)) continue;
		moves.push({ act: 'transfer', at: start, area });
	}
	return moves;
}

/** Where an inpatient is who was the emergency room's: a place that the map does not have is a ward; no place at all, still where it was. */
function afterAdmission({ places, changed }: Told): ErArea | null {
	if (places.last === 'unknown' || changed?.isMapped === false) return 'elsewhere';
	return places.last;
}
