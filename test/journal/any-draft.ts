// Any draft that the journal's contract allows, for fuzzing with fast-check. Knows no journal.
import fc from 'fast-check';
import type { Draft, SamplesDraft } from '../../shared/entry.ts';
import { type MeasureName, measures } from '../../shared/measures.ts';
import { type BlindCode, blindCodes, type RefusalCode, refusalCodes, type Sample } from '../../shared/sample.ts';
import { type SubjectKind, subjectKinds } from '../../shared/subject.ts';
import { breakdownAuto, breakdownMark } from './any-breakdown.ts';

const AT = Date.UTC(2025, 9, 26, 0, 30);

/** What JSON can carry: JSON has no negative zero. */
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })).map((n) => (n === 0 ? 0 : n));
const instant = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: AT, max: AT + 9000 }) }, { weight: 1, arbitrary: number });
const text = fc.string({ unit: 'binary', maxLength: 40 });
const json = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)));

const subject = fc
	.tuple(fc.constantFrom<SubjectKind>(...subjectKinds), fc.constantFrom('a', 'cce-db', 'b-2'))
	.map(([kind, id]): Sample['subject'] => `${kind}/${id}`);
const measure = fc.constantFrom(...(Object.keys(measures) as MeasureName[]));

/** Records whose objects are as JSON.parse makes them. */
const plain = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record<T>(model, { noNullPrototype: true });

const sample: fc.Arbitrary<Sample> = fc.oneof(
	plain({ subject, measure, value: number, at: instant }),
	plain({ subject, measure, value: fc.constant(null), at: instant, why: fc.constantFrom<BlindCode>(...blindCodes) }),
);

const oneInstant = fc
	.tuple(fc.array(sample, { maxLength: 20 }), instant)
	.map(([samples, at]): readonly Sample[] => samples.map((one) => ({ ...one, at })));

const batch: fc.Arbitrary<SamplesDraft> = fc.record(
	{
		kind: fc.constant('samples' as const),
		source: text,
		samples: fc.oneof(fc.array(sample, { maxLength: 20 }), oneInstant),
		refused: fc.array(fc.tuple(fc.nat(), fc.constantFrom<RefusalCode>(...refusalCodes)), { maxLength: 4 }),
		late: fc.nat(),
		why: fc.constantFrom<BlindCode>(...blindCodes),
		memory: json,
	},
	{ requiredKeys: ['kind', 'source', 'samples'], noNullPrototype: true },
);

const mark = plain({
	kind: fc.constant('mark' as const),
	mark: fc.oneof(plain({ kind: fc.constant('note' as const), text }), breakdownMark({ id: text, text, instant })),
	by: text,
	at: number,
});
const auto = fc.oneof(
	plain({ kind: fc.constant('auto' as const), what: fc.constantFrom('started' as const, 'stopped' as const) }),
	breakdownAuto({ id: text, subject, number, instant }),
);
/** The journal looks into no plan: any JSON stands for one. */
const plan = plain({ kind: fc.constant('plan' as const), plan: json, text, digest: text, by: text, rehearsal: fc.boolean() }).map(
	(draft) => draft as Draft,
);

export const anyDraft: fc.Arbitrary<Draft> = fc
	.oneof({ weight: 3, arbitrary: batch }, { weight: 1, arbitrary: fc.oneof(mark, auto, plan) })
	.map((draft) => ({ ...draft }) as Draft);
