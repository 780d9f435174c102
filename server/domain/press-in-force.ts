// What the plan in force says over what the plan of a moment said: of a past moment no more is told than may be told today, and a draft is
// released only while all that it tells may be told. Pure.
import { isMeasure, type MeasureName } from '../../shared/measures.ts';
import { type PressPlan, type PressPolicy, press as pressSection } from '../../shared/plan-press.ts';
import type { FrozenSheet } from '../../shared/press.ts';
import { familyOf } from './press-catalogue.ts';
import { type PressRule, pressRule } from './press-policy.ts';

type Say = Pick<PressPlan, 'policy'> | null;
type Policy = PressPlan['policy'];

const written = ({ isPublic, roundTo, smallest }: PressRule): PressPolicy => ({
	press: isPublic ? 'public' : 'internal',
	...(roundTo === null ? {} : { roundTo }),
	smallest,
});

/** Told where both tell it; of two steps and of two smallest counts the larger. */
const stricter = (one: PressRule, other: PressRule): PressRule => ({
	isPublic: one.isPublic && other.isPublic,
	roundTo: one.roundTo === null || other.roundTo === null ? (one.roundTo ?? other.roundTo) : Math.max(one.roundTo, other.roundTo),
	smallest: Math.max(one.smallest, other.smallest),
});

const namedIn = (say: Say): readonly MeasureName[] => Object.keys(say?.policy ?? {}).filter(isMeasure);

/** What a plan says of the press with the stricter of its own policy and another's; of `names` alone where they are given. */
export function underBoth(
	press: PressPlan | null,
	other: Say,
	names: readonly MeasureName[] = [...namedIn(press), ...namedIn(other)],
): PressPlan | null {
	if (names.length === 0) return press;
	const held = names.map((name): [string, PressPolicy] => [name, written(stricter(pressRule(name, press), pressRule(name, other)))]);
	return { ...(press ?? pressSection.parse({})), policy: { ...press?.policy, ...Object.fromEntries(held) } };
}

const measuresOf = (keys: readonly string[]): readonly MeasureName[] => [
	...new Set(keys.map((key) => familyOf(key)?.family.measure ?? null).filter((one) => one !== null)),
];

/** Of each measure that these figures and courses are of, the rule that they are told by. */
export const policyOf = (keys: readonly string[], press: Say): Policy =>
	Object.fromEntries(measuresOf(keys).map((name) => [name, written(pressRule(name, press))]));

/** The plan's say under which a sheet was frozen: that of its moment, and what was stricter when it was made. */
export const sayOfSheet = ({ policy }: Pick<FrozenSheet, 'policy'>, press: PressPlan | null): PressPlan | null =>
	policy === undefined ? press : underBoth(press, { policy }, namedIn({ policy }));

/** Keys of what a sheet tells and the plan in force tells no longer, or only more roughly. A sheet that keeps no policy may be rounded otherwise. */
export function noLongerTold({ figures, course, policy }: Pick<FrozenSheet, 'figures' | 'course' | 'policy'>, press: Say): readonly string[] {
	const keys = [...figures.map(({ key }) => key), ...(course === null ? [] : [course.key])];
	return [...new Set(keys)].filter((key) => {
		const measure = familyOf(key)?.family.measure ?? null;
		const now = pressRule(measure, press);
		if (measure === null || !now.isPublic) return !now.isPublic;
		if (policy === undefined) return false;
		const then = pressRule(measure, { policy });
		return (now.roundTo ?? 0) > (then.roundTo ?? 0) || now.smallest > then.smallest;
	});
}
