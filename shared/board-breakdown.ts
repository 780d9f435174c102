// What the board holds of failures, as facts: facilities, who depends on what, flows, alarms, incidents, statements, legal clocks, channels.
// Instants only, never ages or standings: judge-breakdown.ts and judge-alarms.ts derive those for a moment.
import type { Figure, Trend } from './board.ts';
import type { ClockFacts, IncidentFacts, StatementFacts } from './board-incident.ts';
import type { MeasureName } from './measures.ts';

type NamesOf<K extends string> = MeasureName extends infer M ? (M extends `${K}.${infer N}` ? N : never) : never;
export type FacilityFigure = NamesOf<'facility'>;
export type NetworkFigure = NamesOf<'network'>;
export type DependantFigure = NamesOf<'dependant'>;
export type FlowFigure = NamesOf<'flow'>;
type Figures<K extends string> = Readonly<Partial<Record<K, Figure>>>;

/** A data centre. */
export type FacilityFacts = {
	readonly label: string;
	/** Which side of a migration it is; null where it is neither. */
	readonly side: 'old' | 'new' | null;
	/** Subjects without which it fails: another facility (power), a network. */
	readonly needs: readonly string[];
	/** °C: from `watch` on it is to be watched, from `limit` on systems are switched off or fail. */
	readonly temperature: { readonly watch: number; readonly limit: number };
	/** The plan gives those: that nobody tells the temperature is then not as it should be. */
	readonly asksTemperature?: true;
	/** How many cooling units it has; null where the plan does not say. */
	readonly coolingUnits: number | null;
	/** Runtime on batteries below which it is watch, and bad. */
	readonly upsRuntime: { readonly watchMs: number; readonly badMs: number };
	readonly staleAfterMs: number | null;
	readonly figures: Figures<FacilityFigure>;
	/** Rise of the temperature over the last minutes of reports, and the instant it holds for. */
	readonly climb: readonly [degreesPerHour: number, at: number] | null;
	/** Since when fewer units cool than it has; null while all do, or nobody says. */
	readonly coolingFailedAt: number | null;
	readonly trends: { readonly temperature: Trend };
};

export type NetworkFacts = {
	readonly label: string;
	readonly needs: readonly string[];
	readonly staleAfterMs: number | null;
	readonly figures: Figures<NetworkFigure>;
	/** Since when it is as the last report says; null before the first. */
	readonly since: number | null;
};

/** Who needs services: family doctors, pharmacies, hospitals, vaccination centres. */
export type DependantFacts = {
	readonly label: string;
	/** How many they are; null where the plan does not say. */
	readonly count: number | null;
	/** Subjects that they need, all of them. */
	readonly needs: readonly string[];
	/** Who runs what they use, where it is another than ours. */
	readonly operator: string | null;
	readonly staleAfterMs: number | null;
	readonly figures: Figures<DependantFigure>;
	readonly since: number | null;
};

/** A data flow with a deadline for its oldest unsent record. */
export type FlowFacts = {
	readonly label: string;
	readonly deadlineMs: number;
	readonly needs: readonly string[];
	readonly staleAfterMs: number | null;
	/** `oldestAge` (s) and `backlog` hold for their `at`; `sent` is a counter. */
	readonly figures: Figures<FlowFigure>;
	/** How fast the backlog shrinks (negative: grows), in records a minute over the last minutes, and the instant it holds for. */
	readonly drain: readonly [perMinute: number, at: number] | null;
	/** When its oldest record first passed the deadline, of this backlog; null while none did. */
	readonly overdueSince: number | null;
};

export type AlarmPriority = 1 | 2 | 3;
export type Suppression = 'planned' | 'observer-blind';

/** One alarm, from its coming on to its leaving the list. Keyed by `alarmKey(rule, subject)`. */
export type AlarmFacts = {
	/** A built-in rule's name, or the id of one of the plan's. */
	readonly rule: string;
	/** `kind/id`. */
	readonly subject: string;
	readonly priority: AlarmPriority;
	readonly since: number;
	/** When its condition ended; it stays until acknowledged, or reset where it latches. Null while the condition holds. */
	readonly endedAt: number | null;
	readonly latches: boolean;
	/** The figure that it came on with, and a closed word that says more (a reason, a side); null where there is none. */
	readonly value: number | null;
	readonly detail: string | null;
	readonly acknowledged: readonly [at: number, by: string] | null;
	readonly shelved: { readonly until: number; readonly by: string; readonly reason: string } | null;
	readonly suppressed: Suppression | null;
	/** When nobody had acknowledged it in time. */
	readonly escalatedAt: number | null;
	/** Of one that had been escalated, ended and came back unseen: since when it asks anew; left out: since `since`. */
	readonly againAt?: number;
	/** How often it came on while it stood on the list; left out: once. */
	readonly times?: number;
};

/** What the plan says of an alarm of its own. */
export type AlarmRuleFacts = { readonly label: string; readonly remedy: string };

/**
 * Why one left the list although nobody knows that what it tells of is over. `unwatched`: a plan switched its rule off, or its subject is not
 * there any more; `full`: for want of room; `succeeded`: another alarm of the same outage, or of the clock's next step, stands in its place.
 */
export type AlarmLeft = 'unwatched' | 'full' | 'succeeded';
export const ALARMS_CLEARED_ON_BOARD = 100;
/** Where so many stand, those of the least urgent kind make room for more urgent ones and do not come on any more. */
export const ALARMS_ON_BOARD = 5000;
export type AlarmsFacts = {
	readonly active: Readonly<Record<string, AlarmFacts>>;
	/** Since when alarms come faster than people can take them; null while they do not. */
	readonly floodSince: number | null;
	/** How many ever came on, and ten-minute bucket (instant / 600000, rounded down) → how many came on in it; of the last 24 hours. */
	readonly count: number;
	readonly rates: Readonly<Record<string, number>>;
	/** How many left for want of room; left out: none. */
	readonly dropped?: number;
	/** Floods of the last 24 hours that are over. */
	readonly floods: readonly (readonly [since: number, until: number])[];
	/** The last that left the list, by a number that grows; `clearedAt`: when; `why` left out: it is over, and was seen. */
	readonly cleared: Readonly<Record<string, AlarmFacts & { readonly clearedAt: number; readonly why?: AlarmLeft }>>;
	/** The plan's own rules by id; and what it says is to be done on a built-in one, by its name. */
	readonly rules: Readonly<Record<string, AlarmRuleFacts>>;
	readonly remedies: Readonly<Record<string, string>>;
};

export const alarmKey = (rule: string, subject: string): string => `${rule}:${subject.replace('/', ':')}`;

export type ChannelKind = 'email' | 'webhook' | 'teams' | 'telegram';
export const noticeKinds = ['on', 'off', 'escalated', 'flood', 'digest', 'test'] as const;
export type NoticeKind = (typeof noticeKinds)[number];
/**
 * What is to be told over a channel. In an entry, one that is counted in another's message has `count: 0`, and digests and floods of one
 * `notBefore` become one message.
 */
export type NoticeFacts = {
	readonly kind: NoticeKind;
	/** Of a test and a digest null; of a flood its root, and null where it tells of the flood's end. */
	readonly alarm: string | null;
	readonly rule: string | null;
	readonly subject: string | null;
	readonly priority: AlarmPriority | null;
	/** When it happened, and since when the alarm lasts; and before when it is not sent (quiet hours), null where at once. */
	readonly at: number;
	readonly since: number | null;
	readonly notBefore: number | null;
	/** Of a flood and a digest: how many it stands for. */
	readonly count: number | null;
	/** Of a flood: the keys of the P1 counted in it, beside its own; those that came and went before it could be told are among them. */
	readonly names?: readonly string[];
};

/** How an alarm was told: by itself, or counted in a message about many. */
export type ToldHow = 'alone' | 'counted';
/**
 * What was last told of an alarm: of which onset, when, and how; when its escalation and its end were told (or needed no telling), null
 * while not. `overBefore`: when the end was told that it came back after; left out where it did not.
 */
export type ToldFacts = readonly [since: number, at: number, how: ToldHow, escalatedAt: number | null, overAt: number | null, overBefore?: number];

/** Why a channel cannot deliver. `refused`: the receiver turns messages away. */
export const channelFaults = [
	'unreachable',
	'timeout',
	'refused',
	'unauthorised',
	'bad-answer',
	'not-permitted',
	'secret-missing',
	'observer-blind',
] as const;
export type ChannelFault = (typeof channelFaults)[number];

/** Beyond so many waiting, the least urgent and oldest are joined to one that counts them; a P1 never is. */
export const NOTICES_ON_BOARD = 200;
/** A way in which alarms leave the room. */
export type ChannelFacts = {
	readonly label: string;
	readonly kind: ChannelKind;
	/** Waiting to be sent, in order of their keys; and how many alarms, tests and the like they stand for. */
	readonly outbox: { readonly count: number; readonly rows: Readonly<Record<string, NoticeFacts>> };
	/** By alarm; of those that last, and of the last ones that are over. */
	readonly told: Readonly<Record<string, ToldFacts>>;
	/** The flood that was told of, and when last; null outside one. */
	readonly flood: readonly [since: number, at: number] | null;
	readonly delivered: number;
	readonly deliveredAt: number | null;
	/** How many messages the receiver refused for good: nobody got them. */
	readonly refused: number;
	readonly failingSince: number | null;
	/** A closed code (ChannelFault). */
	readonly why: string | null;
};

export type BreakdownFacts = {
	readonly facilities: Readonly<Record<string, FacilityFacts>>;
	readonly networks: Readonly<Record<string, NetworkFacts>>;
	readonly dependants: Readonly<Record<string, DependantFacts>>;
	readonly flows: Readonly<Record<string, FlowFacts>>;
	readonly alarms: AlarmsFacts;
	/** The last 200; `past`: the ids of those before them, never to be used again, and when each began. */
	readonly incidents: {
		readonly count: number;
		readonly rows: Readonly<Record<string, IncidentFacts>>;
		readonly past?: Readonly<Record<string, number>>;
	};
	readonly statements: {
		readonly count: number;
		readonly rows: Readonly<Record<string, StatementFacts>>;
		readonly past?: Readonly<Record<string, number>>;
	};
	readonly clocks: Readonly<Record<string, ClockFacts>>;
	readonly channels: Readonly<Record<string, ChannelFacts>>;
	/** Sources by which Regia knows that it can see: while none of them answers, it is blind, and nothing else is down. */
	readonly canaries: readonly string[];
};

export const noAlarms: AlarmsFacts = { active: {}, floodSince: null, count: 0, rates: {}, floods: [], cleared: {}, rules: {}, remedies: {} };

export const emptyBreakdown: BreakdownFacts = {
	facilities: {},
	networks: {},
	dependants: {},
	flows: {},
	alarms: noAlarms,
	incidents: { count: 0, rows: {} },
	statements: { count: 0, rows: {} },
	clocks: {},
	channels: {},
	canaries: [],
};
