// Encounters for tests, full of a person who is invented and whose every word is a marker; and what the events of their versions amount to.
import { type EncounterRules, readEncounter } from '../../server/connectors/fhir-encounter.ts';
import { fhirSettings } from '../../server/connectors/fhir-settings.ts';
import { createVisitKeys } from '../../server/connectors/visit-keys.ts';
import type { ErEvent } from '../../server/domain/er-event.ts';
import { foldVisit, type VisitState } from '../../server/domain/er-visit.ts';
import { MARKER } from '../contracts/connector-contract.ts';

export const keys = createVisitKeys(new Uint8Array(32).fill(7));
export const day = Date.parse('2025-10-21T00:00:00+02:00');
/** `19:40` of that day in Rome, ms UTC; and as FHIR writes it. */
export const clock = (time: string): number => {
	const [hours = 0, minutes = 0] = time.split(':').map(Number);
	return day + (hours * 60 + minutes) * 60_000;
};
export const instant = (time: string): string => new Date(clock(time)).toISOString();
export const period = (start?: string, end?: string) => ({
	...(start === undefined ? {} : { start: instant(start) }),
	...(end === undefined ? {} : { end: instant(end) }),
});

export const settings = {
	url: 'http://127.0.0.1/r4',
	site: 'san-martino',
	areas: { 'Location/attesa': 'waiting', 'Location/sala-1': 'treatment', 'Location/obi': 'observation', reparto: 'elsewhere' },
	triage: { ROSSO: '1', ARANCIONE: '2', AZZURRO: '3', VERDE: '4', BIANCO: '5' },
	outcomes: { ricovero: 'admitted' },
};
export const rules: EncounterRules = { ...fhirSettings.parse(settings), source: 'cce' };

/** One version: what is told of the visit, and everything that must not come out. */
export const encounter = (lastUpdated: string, status: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
	resourceType: 'Encounter',
	id: 'enc-1',
	meta: { versionId: '1', lastUpdated: instant(lastUpdated), source: `#${MARKER}` },
	text: { status: 'generated', div: `<div>${MARKER}</div>` },
	identifier: [{ system: 'urn:oid:1', value: MARKER }],
	status,
	class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'EMER', display: MARKER },
	subject: { reference: `Patient/${MARKER}`, display: MARKER, identifier: { value: MARKER } },
	participant: [{ individual: { display: MARKER } }],
	reasonCode: [{ text: MARKER }],
	contained: [{ resourceType: 'Patient', name: [{ family: MARKER }], birthDate: '1970-01-01', address: [{ text: MARKER }] }],
	extension: [{ url: `http://${MARKER}`, valueString: MARKER }],
	...more,
});

export const priority = (code: string) => ({ priority: { coding: [{ system: 'urn:triage', code, display: MARKER }], text: MARKER } });
export const history = (...states: readonly (readonly [status: string, start: string, end?: string])[]) => ({
	statusHistory: states.map(([status, start, end]) => ({ status, period: period(start, end) })),
});
export const places = (...all: readonly (readonly [place: string, start?: string, end?: string])[]) => ({
	location: all.map(([place, start, end]) => ({ location: { reference: `Location/${place}`, display: MARKER }, period: period(start, end) })),
});
export const disposition = (code: string) => ({ hospitalization: { dischargeDisposition: { coding: [{ code }], text: MARKER } } });

export function eventsOf(version: unknown, told: EncounterRules = rules, now = clock('23:59')): readonly ErEvent[] {
	const read = readEncounter(version, told, keys, now);
	if (!read.ok) throw new Error(read.code);
	return read.events;
}

export const stateOf = (events: readonly ErEvent[]): VisitState =>
	foldVisit(
		events.map(({ visit, patient: _, act, ...rest }) => {
			if (act === 'merge-patient') throw new Error('an Encounter merges nobody');
			return { ...rest, act, number: visit };
		}),
	);
