// The closed words of failures, for both ends. Apart from the marks' schemas, so that a wall does not load those.

export const incidentStatuses = ['detected', 'cause-known', 'restoring', 'observing', 'closed'] as const;
export type IncidentStatus = (typeof incidentStatuses)[number];
export const incidentNatures = ['unknown', 'failure', 'human-error', 'attack'] as const;
export type IncidentNature = (typeof incidentNatures)[number];
export const incidentRoles = ['lead', 'technical', 'communication'] as const;
export type IncidentRole = (typeof incidentRoles)[number];
export const statementAudiences = ['public', 'institutions', 'staff'] as const;
export type StatementAudience = (typeof statementAudiences)[number];
export const clockLaws = ['nis2', 'l90', 'gdpr'] as const;
export type ClockLaw = (typeof clockLaws)[number];
export const clockSteps = ['early', 'notification', 'final'] as const;
export type ClockStep = (typeof clockSteps)[number];

/** What a line of an incident's timeline tells: marks, and what Regia noticed. */
export const incidentLines = [
	'opened',
	'status',
	'cause',
	'role',
	'next-update',
	'note',
	'alarm',
	'alarm-ended',
	'said',
	'contradicted',
	'kept',
	'clock-started',
	'clock-sent',
	'clock-waived',
] as const;
export type IncidentLineKind = (typeof incidentLines)[number];

/** Why a sentence is judged as it is. `over`: what it said was of its time, and that is past. */
export const statementReasons = [
	'not-yet',
	'not-seen',
	'not-restored',
	'restored',
	'works',
	'down',
	'within',
	'outside',
	'nature-unknown',
	'as-recorded',
	'other-nature',
	'over',
] as const;
export type StatementReason = (typeof statementReasons)[number];

/** How long an alarm may be shelved. */
export const SHELF_LEAST_MS = 60_000;
export const SHELF_MOST_MS = 8 * 3_600_000;
