// Marks about failures: alarms, incidents, what was said to the public, legal clocks. Shapes and closed words; mark.ts joins them.
import * as z from 'zod/mini';
import { clockLaws, clockSteps, incidentNatures, incidentRoles, incidentStatuses, statementAudiences } from './breakdown.ts';
import { instant } from './plan-values.ts';
import { idPattern } from './subject.ts';

const id = z.string().check(z.regex(idPattern, 'an id of a–z, 0–9 and hyphens'));
const words = (most: number) =>
	z.string().check(z.regex(/\S/, 'words, not only spaces'), z.minLength(1), z.maxLength(most, `at most ${most} characters`));
const subject = z.string().check(z.maxLength(80));
const text = words(500);

/** What a sentence says that data can bear out or contradict. A sentence without claims can only be remembered. */
export const claimSchema = z.discriminatedUnion('kind', [
	/** It answers again by then. */
	z.strictObject({ kind: z.literal('restored'), subject, by: instant }),
	/** A service answers, dependants are not hit. */
	z.strictObject({ kind: z.literal('working'), subject }),
	/** A figure lies within these bounds; `until`: so long it is said, where that is less than a day. */
	z.strictObject({
		kind: z.literal('figure'),
		subject,
		measure: z.string(),
		atLeast: z.optional(z.number()),
		atMost: z.optional(z.number()),
		until: z.optional(instant),
	}),
	/** The plain mean of the same figure of these is at least so much. */
	z.strictObject({
		kind: z.literal('mean'),
		subjects: z.array(subject).check(z.minLength(1), z.maxLength(100, 'at most 100 subjects')),
		measure: z.string(),
		atLeast: z.number(),
	}),
	/** What the incident is, or is not. */
	z.strictObject({ kind: z.literal('nature'), incident: id, is: z.optional(z.enum(incidentNatures)), isNot: z.optional(z.enum(incidentNatures)) }),
]);
export type Claim = z.infer<typeof claimSchema>;

const alarm = z.string().check(z.regex(/^[a-z0-9-]{1,60}:[a-z]{1,12}:[a-z0-9-]{1,66}$/, 'an alarm as rule:kind:id'));
const aboutAlarm = { kind: z.literal('alarm'), alarm } as const;
export const alarmMark = z.discriminatedUnion('act', [
	z.strictObject({ ...aboutAlarm, act: z.literal('acknowledge') }),
	z.strictObject({ ...aboutAlarm, act: z.literal('shelve'), until: instant, reason: text }),
	z.strictObject({ ...aboutAlarm, act: z.literal('unshelve') }),
	/** Of one that latches, once its condition has ended. */
	z.strictObject({ ...aboutAlarm, act: z.literal('reset') }),
]);

const aboutIncident = { kind: z.literal('incident'), incident: id } as const;
export const incidentMark = z.discriminatedUnion('act', [
	/** `since`: when it began, where that is before now. */
	z.strictObject({
		...aboutIncident,
		act: z.literal('open'),
		title: words(120),
		subject: z.optional(subject),
		alarm: z.optional(alarm),
		since: z.optional(instant),
	}),
	z.strictObject({ ...aboutIncident, act: z.literal('status'), status: z.enum(incidentStatuses) }),
	z.strictObject({ ...aboutIncident, act: z.literal('cause'), nature: z.enum(incidentNatures), text: z.optional(text) }),
	/** Whoever makes the mark takes the role. */
	z.strictObject({ ...aboutIncident, act: z.literal('role'), role: z.enum(incidentRoles) }),
	z.strictObject({ ...aboutIncident, act: z.literal('next-update'), due: instant }),
	z.strictObject({ ...aboutIncident, act: z.literal('note'), text }),
]);

export const statementMark = z.strictObject({
	kind: z.literal('statement'),
	statement: id,
	text,
	audience: z.enum(statementAudiences),
	incident: z.optional(id),
	/** When it was said, where that is before now. */
	saidAt: z.optional(instant),
	claims: z._default(z.array(claimSchema).check(z.maxLength(5, 'at most 5 claims')), []),
	/** Figures to be remembered as they stood. */
	linked: z._default(z.array(z.strictObject({ subject, measure: z.string() })).check(z.maxLength(8, 'at most 8 figures')), []),
});

const aboutClock = { kind: z.literal('clock'), incident: id, law: z.enum(clockLaws) } as const;
export const clockMark = z.discriminatedUnion('act', [
	/** `awareAt`: from when it counts, by law the moment of knowing. */
	z.strictObject({ ...aboutClock, act: z.literal('start'), awareAt: instant }),
	z.strictObject({ ...aboutClock, act: z.literal('sent'), step: z.enum(clockSteps), protocol: words(80), at: instant }),
	z.strictObject({ ...aboutClock, act: z.literal('waive'), reason: text }),
]);

/** Tries a way in which alarms leave the room. */
export const channelMark = z.strictObject({ kind: z.literal('channel'), channel: id, act: z.literal('test') });
