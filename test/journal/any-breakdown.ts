// Any mark about failures and any entry of Regia's own about them, for fuzzing with fast-check. Knows no journal and no plan.
import fc from 'fast-check';
import { noticeKinds } from '../../shared/board-breakdown.ts';
import {
	clockLaws,
	clockSteps,
	incidentNatures,
	incidentRoles,
	incidentStatuses,
	statementAudiences,
	statementReasons,
} from '../../shared/breakdown.ts';
import type { AlarmChange, AutoDraft } from '../../shared/entry.ts';
import type { Mark } from '../../shared/mark.ts';
import type { Claim } from '../../shared/mark-breakdown.ts';

type BreakdownAuto = Extract<AutoDraft, { what: 'alarms' | 'statement' | 'notices' | 'delivered' | 'channel' }>;
type BreakdownMark = Extract<Mark, { kind: 'alarm' | 'incident' | 'statement' | 'clock' | 'channel' }>;

/** Records whose objects are as JSON.parse makes them. */
const plain = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record<T>(model, { noNullPrototype: true });
const is = <const T>(value: T) => fc.constant(value);
const orNull = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
const priority = fc.constantFrom(1 as const, 2 as const, 3 as const);

/** `id`: of incidents, statements, channels; `alarm`: of alarms; each anything where the drafts need not fit a plan. */
type MarkParts = {
	readonly id: fc.Arbitrary<string>;
	readonly text: fc.Arbitrary<string>;
	readonly instant: fc.Arbitrary<number>;
	readonly alarm?: fc.Arbitrary<string>;
	readonly subject?: fc.Arbitrary<string>;
	readonly channel?: fc.Arbitrary<string>;
};

export function breakdownMark({ id, text, instant, alarm = id, subject = id, channel = id }: MarkParts): fc.Arbitrary<BreakdownMark> {
	const nature = fc.constantFrom(...incidentNatures);
	const claim: fc.Arbitrary<Claim> = fc.oneof(
		plain({ kind: is('restored'), subject, by: instant }),
		plain({ kind: is('working'), subject }),
		plain({ kind: is('figure'), subject, measure: is('facility.temperature'), atMost: fc.integer({ min: 20, max: 40 }) }),
		plain({ kind: is('nature'), incident: id, isNot: nature }),
	);
	const about = { kind: is('incident'), incident: id };
	const law = { kind: is('clock'), incident: id, law: fc.constantFrom(...clockLaws) };
	return fc.oneof(
		plain({ kind: is('alarm'), alarm, act: fc.constantFrom('acknowledge' as const, 'unshelve' as const, 'reset' as const) }),
		plain({ kind: is('alarm'), alarm, act: is('shelve'), until: instant, reason: text }),
		{ weight: 4, arbitrary: plain({ ...about, act: is('open'), title: text }) },
		plain({ ...about, act: is('open'), title: text, subject, alarm, since: instant }),
		plain({ ...about, act: is('status'), status: fc.constantFrom(...incidentStatuses) }),
		plain({ ...about, act: is('cause'), nature, text }),
		plain({ ...about, act: is('role'), role: fc.constantFrom(...incidentRoles) }),
		plain({ ...about, act: is('next-update'), due: instant }),
		plain({ ...about, act: is('note'), text }),
		plain({
			kind: is('statement'),
			statement: id,
			text,
			audience: fc.constantFrom(...statementAudiences),
			incident: id,
			claims: fc.array(claim, { maxLength: 3 }),
			linked: fc.array(plain({ subject, measure: fc.constantFrom('facility.temperature', 'service.up') }), { maxLength: 2 }),
		}),
		{ weight: 4, arbitrary: plain({ ...law, act: is('start'), awareAt: instant }) },
		plain({ ...law, act: is('sent'), step: fc.constantFrom(...clockSteps), protocol: text, at: instant }),
		plain({ ...law, act: is('waive'), reason: text }),
		plain({ kind: is('channel'), channel, act: is('test') }),
	);
}

type AutoParts = {
	readonly id: fc.Arbitrary<string>;
	readonly subject: fc.Arbitrary<string>;
	readonly number: fc.Arbitrary<number>;
	readonly instant: fc.Arbitrary<number>;
	readonly rule?: fc.Arbitrary<string>;
	readonly alarm?: fc.Arbitrary<string>;
	readonly channel?: fc.Arbitrary<string>;
};

export function breakdownAuto({ id, subject, number, instant, rule = id, alarm = id, channel = id }: AutoParts): fc.Arbitrary<BreakdownAuto> {
	const suppression = fc.constantFrom('planned' as const, 'observer-blind' as const);
	const change: fc.Arbitrary<AlarmChange> = fc.oneof(
		{
			weight: 3,
			arbitrary: plain({
				to: is('on'),
				rule,
				subject,
				priority,
				latches: fc.boolean(),
				value: orNull(number),
				detail: orNull(fc.constantFrom('above', 'down', 'cooling-lost')),
				suppressed: orNull(suppression),
			}),
		},
		{
			weight: 4,
			arbitrary: plain({
				to: fc.constantFrom('ended' as const, 'gone' as const, 'unshelved' as const, 'freed' as const, 'escalated' as const),
				alarm,
			}),
		},
		{ weight: 1, arbitrary: plain({ to: is('suppressed'), alarm, by: suppression }) },
	);
	const auto = { kind: is('auto') };
	const changes = fc.array(change, { minLength: 1, maxLength: 6 });
	const notice = plain({
		channel,
		kind: fc.constantFrom(...noticeKinds),
		alarm: orNull(alarm),
		rule: orNull(rule),
		subject: orNull(subject),
		priority: orNull(priority),
		at: instant,
		since: orNull(instant),
		notBefore: orNull(instant),
		count: orNull(fc.nat(40)),
	});
	return fc.oneof(
		{ weight: 4, arbitrary: plain({ ...auto, what: is('alarms'), changes }) },
		{ weight: 1, arbitrary: plain({ ...auto, what: is('alarms'), changes, flood: fc.constantFrom('begins' as const, 'ends' as const) }) },
		{
			weight: 1,
			arbitrary: plain({
				...auto,
				what: is('statement'),
				statement: id,
				to: fc.constantFrom('contradicted' as const, 'kept' as const),
				claim: fc.nat(2),
				why: fc.constantFrom(...statementReasons),
			}),
		},
		{ weight: 2, arbitrary: plain({ ...auto, what: is('notices'), notices: fc.array(notice, { minLength: 1, maxLength: 4 }) }) },
		{ weight: 1, arbitrary: plain({ ...auto, what: is('delivered'), channel, notices: fc.array(fc.constantFrom('1', '2', '3'), { maxLength: 2 }) }) },
		{
			weight: 1,
			arbitrary: plain({
				...auto,
				what: is('channel'),
				channel,
				state: fc.constantFrom('failing' as const, 'well' as const),
				why: orNull(is('timeout')),
			}),
		},
	);
}
