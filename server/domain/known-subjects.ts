// The subjects that a plan knows. Pure; the table is made once a plan.
import type { Plan } from '../../shared/plan.ts';
import { type SubjectKind, subjectOf } from '../../shared/subject.ts';

const tables = new WeakMap<Plan, ReadonlyMap<string, SubjectKind>>();

/** The kind of a subject that the plan knows; null of any other. */
export function kindIn(plan: Plan, subject: string): SubjectKind | null {
	let known = tables.get(plan);
	if (known === undefined) {
		known = tableOf(plan);
		tables.set(plan, known);
	}
	return known.get(subject) ?? null;
}

function tableOf(plan: Plan): ReadonlyMap<string, SubjectKind> {
	const sections: readonly (readonly [SubjectKind, object])[] = [
		['archive', plan.archives],
		['service', plan.services],
		['source', plan.sources],
		['site', plan.sites],
		['facility', plan.facilities],
		['network', plan.networks],
		['dependant', plan.dependants],
		['flow', plan.flows],
		['channel', plan.channels],
		['body', plan.bodies],
		['task', plan.tasks],
		['gate', plan.gates],
	];
	return new Map(sections.flatMap(([kind, section]) => Object.keys(section).map((id) => [subjectOf(kind, id), kind] as const)));
}
