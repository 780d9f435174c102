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
