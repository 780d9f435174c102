// The plan's sections about the night itself: the runbook's tasks, the gates, the way back.
import * as z from 'zod/mini';
import { duration, id, instant, label, mapOf } from './plan-values.ts';

const roles = ['team-lead', 'commander', 'er', 'alarm-operator', 'administrator'] as const;

/** `fixed`: not before this moment, whatever is done already. `archive`: ends when that archive is verified. `restores`: its end gives this service back. */
export const task = z.strictObject({
	label: z.string().check(z.minLength(1, 'a title that is not empty'), z.maxLength(160, 'a title of at most 160 characters')),
	kind: z._default(z.enum(['task', 'gate', 'communication', 'rollback']), 'task'),
	stream: z.optional(label),
	team: z.optional(id),
	owner: z.optional(z.enum(roles)),
	start: z.optional(instant),
	duration: z.prefault(duration, '0min'),
	rehearsed: z.optional(z.strictObject({ p50: duration, p90: duration })),
	after: z._default(z.array(id), []),
	fixed: z.optional(instant),
	criterion: z.optional(z.string().check(z.maxLength(300, 'a criterion of at most 300 characters'))),
	gate: z.optional(id),
	archive: z.optional(id),
	restores: z.optional(id),
});

/**
 * A criterion is about a measure of a subject (`of`: as a share of this other measure of it), or about a task that is done.
 * It is met once the value has lain within its bounds for `holdFor`, by evidence not older than `maxAge`.
 */
const criterion = z.strictObject({
	label,
	subject: z.optional(z.string()),
	measure: z.optional(z.string()),
	of: z.optional(z.string()),
	atLeast: z.optional(z.number()),
	atMost: z.optional(z.number()),
	holdFor: z.prefault(duration, '0s'),
	maxAge: z.optional(duration),
	task: z.optional(id),
});

/** Who votes: whoever has `role`, or leads `team`. Nobody votes for another's position. */
const position = z.strictObject({ label, team: z.optional(id), role: z.optional(z.enum(roles)) });

export const gate = z.strictObject({
	label,
	criteria: mapOf(criterion),
	positions: mapOf(position),
	/** How many votes for go it takes; left out: all positions. One hold stops it. As many votes for back turn the night. */
	minimum: z.optional(z.int().check(z.positive())),
	/** A vote is good for this long. */
	voteHolds: z.prefault(duration, '30min'),
	until: z.optional(instant),
});

const evidence = z._default(z.enum(['rehearsed', 'assumed']), 'assumed');

/** `duration` left out: the longest way through the runbook's rollback steps, by their p90. */
export const rollback = z.strictObject({
	duration: z.optional(z.strictObject({ p90: duration, evidence })),
	validation: z.prefault(z.strictObject({ p90: duration, evidence }), { p90: '30min' }),
	margin: z.prefault(duration, '30min'),
	decider: z.optional(label),
	/** What is written on the new side after the switch, and would be lost or typed again: counters of a subject. */
	price: z._default(z.array(z.strictObject({ label, subject: z.string(), measure: z.string() })), []),
	/** The archive whose reverse replication keeps the old side up to date; while it is healthy going back costs nothing. */
	reverse: z.optional(id),
});
