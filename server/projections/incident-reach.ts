// What an incident is about beyond its own subject: what that needs and what needs it, through the plan's map. Pure.
import type { Plan } from '../../shared/plan.ts';

/** Subject → the subjects without which it fails. */
export type Needs = Record<string, readonly string[]>;

export function needsOf(plan: Plan): Needs {
	const needs: Needs = {};
	const { services, facilities, networks, dependants, flows } = plan;
	const sections = { service: services, facility: facilities, network: networks, dependant: dependants, flow: flows };
	for (const [kind, section] of Object.entries(sections)) {
		for (const [id, one] of Object.entries(section as Readonly<Record<string, { readonly needs?: readonly string[] | undefined }>>)) {
			if (one.needs !== undefined && one.needs.length > 0) needs[`${kind}/${id}`] = one.needs;
		}
	}
	return needs;
}

/** All that is reached from a subject, itself first; a ring in the map ends where it began. */
function walk(from: string, next: (subject: string) => readonly string[]): string[] {
	const reached = new Set([from]);
	for (const subject of reached) for (const one of next(subject)) reached.add(one);
	return [...reached];
}

/** The subject, what it needs, and what needs it; not what else needs the same. */
export function reachOf(subject: string, needs: Needs): string[] {
	const neededBy = (wanted: string): string[] => Object.keys(needs).filter((one) => needs[one]?.includes(wanted));
	return [...new Set([...walk(subject, (one) => needs[one] ?? []), ...walk(subject, neededBy)])];
}
