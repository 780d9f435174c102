// What a source pushes as FHIR → events of visits, and each resource that is not taken by its place and code. Echoes nothing that was sent.
import type { ErRefusalCode } from '../../shared/er.ts';
import type { PlanSource } from '../../shared/plan.ts';
import { matchesGlob, subjectOf } from '../../shared/subject.ts';
import type { ErEvent } from '../domain/er-event.ts';
import { readPushed } from './fhir-bundle.ts';
import { readEncounter } from './fhir-encounter.ts';
import { fhirSettings } from './fhir-settings.ts';
import type { VisitKeys } from './visit-keys.ts';

export type RefusedResource = { readonly index: number; readonly code: ErRefusalCode; readonly message: string };
export type ReadEncounters =
	| {
			readonly ok: true;
			/** A keyed digest of the sender's own key for it; null where it gave none. */
			readonly message: string | null;
			readonly events: readonly ErEvent[];
			readonly accepted: number;
			readonly refused: readonly RefusedResource[];
			/** Subscription events that never came, by the sender's own count. */
			readonly missed: number;
	  }
	| { readonly ok: false; readonly code: 'not-a-fhir-source' | 'malformed'; readonly message: string };

export type EncounterSender = { readonly source: string; readonly subjects: readonly string[]; readonly key?: string | undefined };

const remedies: Readonly<Partial<Record<ErRefusalCode, string>>> = {
	malformed: 'an entry has a resource, and an Encounter has a status',
	'unknown-type': 'only an Encounter that is or was of the class of an emergency room (EMER, or what the plan says)',
	'no-visit': 'an Encounter has its logical id (id)',
	'no-time': 'an Encounter says when this version was made, with its offset (meta.lastUpdated)',
	'unknown-site': 'neither serviceProvider nor location is among the sites of this source in the plan',
	'not-permitted': 'this token may not speak about that site',
	future: "dated more than five minutes ahead of this server: set the sender's clock (NTP)",
};

export type EncounterReader = (text: string, sender: EncounterSender) => ReadEncounters;

type Setup = { readonly sources: Readonly<Record<string, PlanSource>>; readonly keys: VisitKeys; now(): number };

export function createEncounterReader({ sources, keys, now }: Setup): EncounterReader {
	/** How many events each subscription had told of. */
	const told = new Map<string, number>();

	function missedBy(source: string, events: number | null, among: number): number {
		if (events === null) return 0;
		const before = told.get(source);
		told.set(source, events);
		return before === undefined || events < before ? 0 : Math.max(0, events - before - among);
	}

	return (text, { source, subjects, key }) => {
		const planned = Object.hasOwn(sources, source) ? sources[source] : undefined;
		const settings = planned?.kind === 'fhir' ? fhirSettings.safeParse(planned.settings ?? {}).data : undefined;
		if (!settings?.push)
			return { ok: false, code: 'not-a-fhir-source', message: 'the plan has no source of this name with kind: fhir and push: true' };
		const pushed = readPushed(text);
		if (!pushed.ok) return { ok: false, code: 'malformed', message: pushed.message };
		const events: ErEvent[] = [];
		const refused: RefusedResource[] = [];
		const refuse = (index: number, code: ErRefusalCode): void => void refused.push({ index, code, message: remedies[code] ?? code });
		for (const { index, resource } of pushed.resources) {
			const read = readEncounter(resource, { ...settings, source }, keys, now());
			if (!read.ok) refuse(index, read.code);
			else if (read.events.some(({ site }) => !subjects.some((glob) => matchesGlob(glob, subjectOf('site', site))))) refuse(index, 'not-permitted');
			else events.push(...read.events);
		}
		const { notice, resources } = pushed;
		return {
			ok: true,
			message: key === undefined ? null : keys.digest(['fhir', source, key]),
			events,
			accepted: resources.length - refused.length,
			refused,
			missed: notice === null ? 0 : missedBy(source, notice.events, notice.isBeat ? 0 : Math.max(1, notice.among)),
		};
	};
}
