// The plan in force: the last accepted plan entry. A changed file becomes a new entry; a record is never shared by a rehearsal and a real night.
import type { Curve } from '../shared/curve.ts';
import type { Plan } from '../shared/plan.ts';
import type { Recorder } from './recorder.ts';

export type PlanText = { readonly plan: Plan; readonly text: string; readonly digest: string; readonly curve?: Curve; readonly logo?: string };

/** The record in the data folder is of the other kind. */
export class WrongRecord extends Error {}

export async function followPlan(recorder: Recorder, { plan, text, digest, curve, logo }: PlanText, rehearsal: boolean): Promise<Plan> {
	const { base } = recorder.facts();
	if (base.plan !== null && base.rehearsal !== rehearsal) {
		const what = base.rehearsal ? 'a rehearsal' : 'a real night';
		throw new WrongRecord(`The data folder holds the record of ${what}. Give another folder with --data, so that the two never mix.`);
	}
	if (rehearsal && base.plan !== null && base.plan.digest !== digest) {
		throw new WrongRecord('The data folder holds a rehearsal of another plan or seed. Give its seed with --seed, or another folder with --data.');
	}
	if (base.plan?.digest !== digest)
		await recorder.append({
			kind: 'plan',
			plan,
			text,
			digest,
			by: 'start',
			rehearsal,
			...(curve === undefined ? {} : { curve }),
			...(logo === undefined ? {} : { logo }),
		});
	await recorder.append({ kind: 'auto', what: 'started' });
	return plan;
}
