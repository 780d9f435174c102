// Entries: what the journal keeps. A draft becomes an entry when the journal gives it a seq and a hash, and it is durable.
import type { AlarmLeft, AlarmPriority, NoticeFacts, Suppression } from './board-breakdown.ts';
import type { Evidence, ForecastFacts, GateDecision } from './board-night.ts';
import type { StatementReason } from './breakdown.ts';
import type { Curve } from './curve.ts';
import type { ErRefusalCode, SiteChanges } from './er.ts';
import type { Mark } from './mark.ts';
import type { Claim } from './mark-breakdown.ts';
import type { Plan } from './plan.ts';
import type { FrozenSheet } from './press.ts';
import type { BlindCode, RefusalCode, Sample } from './sample.ts';

/** Where in the record something stands. The hash is the first 12 hex digits of the chain's, so that a restored older copy is noticed. */
export type Position = { readonly epoch: string; readonly seq: number; readonly hash: string };

/** One batch of one source. Refused rows ride along by index, so that a repeated send gets the same answer. */
export type SamplesDraft = {
	readonly kind: 'samples';
	readonly source: string;
	readonly samples: readonly Sample[];
	readonly refused?: readonly (readonly [index: number, code: RefusalCode])[];
	/** How many of `samples` were older than what was already known: history, not news. */
	readonly late?: number;
	/** Why the source could not be read this time; absent when it answered. */
	readonly why?: BlindCode;
	/** What the connector must know again after a restart (counter bases, identities): small, no outside text. */
	readonly memory?: unknown;
};

/** What a batch of messages about visits came to: counts alone. The visits themselves stand in the visit log, beside the chain. */
export type CensusDraft = {
	readonly kind: 'census';
	/** Null: nobody sent anything; visits of which nothing was heard for long have lapsed. */
	readonly source: string | null;
	/** How many messages it stands for, refused ones and repeats not among them. */
	readonly messages: number;
	readonly sites: readonly SiteChanges[];
	/** Messages that were not taken, by code. */
	readonly refused?: readonly (readonly [code: ErRefusalCode, count: number])[];
	/** Messages whose event was more than an hour old when they came. */
	readonly late?: number;
	readonly memory?: unknown;
};

/** `claims`: what the data then bore out, so that they can contradict it later. */
export type FrozenDraft = { readonly sheet: FrozenSheet; readonly digest: string; readonly claims?: readonly Claim[] };

export type MarkDraft = {
	readonly kind: 'mark';
	readonly mark: Mark;
	readonly by: string;
	readonly at: number;
	/** The address it came from. */
	readonly from?: string;
	/** Of a press sheet's draft: what it says, for ever. */
	readonly frozen?: FrozenDraft;
};

/** A plan as accepted: its whole text and what was read from it, so that any past board folds with the plan of that moment. */
export type PlanDraft = {
	readonly kind: 'plan';
	readonly plan: Plan;
	readonly text: string;
	readonly digest: string;
	readonly by: string;
	readonly rehearsal: boolean;
	/** The past night that the plan lays under this one, as read beside it; the digest is of both. */
	readonly curve?: Curve;
	/** The logo of its sheets for the press, as read beside it: base64; the digest is of all of them. */
	readonly logo?: string;
};

/** What Regia itself did, so that replay reads it and does not recompute it. */
export type AutoDraft =
	| { readonly kind: 'auto'; readonly what: 'started' }
	| { readonly kind: 'auto'; readonly what: 'stopped' }
	/** What a gate's votes came to, with the evidence it was given on; `open`: a decision fell by itself, and `why`. */
	| {
			readonly kind: 'auto';
			readonly what: 'gate';
			readonly gate: string;
			readonly to: GateDecision | 'open' | 'expired';
			readonly why: string | null;
			readonly evidence: Readonly<Record<string, Evidence>>;
	  }
	/** A finish that was promised, with the seed that it was drawn by. */
	| { readonly kind: 'auto'; readonly what: 'forecast'; readonly forecast: ForecastFacts }
	/** What came on, ended or changed among the alarms at one look, and whether it began or ended a flood. */
	| { readonly kind: 'auto'; readonly what: 'alarms'; readonly changes: readonly AlarmChange[]; readonly flood?: 'begins' | 'ends' }
	/** Data that contradict a public sentence, or bear out what it promised. */
	| {
			readonly kind: 'auto';
			readonly what: 'statement';
			readonly statement: string;
			readonly to: 'contradicted' | 'kept';
			readonly claim: number;
			readonly why: StatementReason;
	  }
	/** What is to be told, by channel; what was; and that a channel begins to fail or is well again, by a closed code. */
	| { readonly kind: 'auto'; readonly what: 'notices'; readonly notices: readonly (NoticeFacts & { readonly channel: string })[] }
	/** `refused`: the receiver turned them away for good, by this closed code, and nobody got them. */
	| { readonly kind: 'auto'; readonly what: 'delivered'; readonly channel: string; readonly notices: readonly string[]; readonly refused?: string }
	| { readonly kind: 'auto'; readonly what: 'channel'; readonly channel: string; readonly state: 'failing' | 'well'; readonly why: string | null };

/** `to`: `on` and `ended` are the condition's, `gone` leaves the list; `suppressed`, `freed`: by planned downtime or while Regia cannot see. */
export type AlarmChange =
	| {
			readonly to: 'on';
			readonly rule: string;
			readonly subject: string;
			readonly priority: AlarmPriority;
			readonly latches: boolean;
			readonly value: number | null;
			readonly detail: string | null;
			readonly suppressed: Suppression | null;
			/** The alarm of the same outage in whose place this one stands from now on: it leaves the list. */
			readonly follows?: string;
	  }
	| { readonly to: 'ended' | 'unshelved' | 'freed' | 'escalated'; readonly alarm: string }
	| { readonly to: 'gone'; readonly alarm: string; readonly why?: AlarmLeft }
	| { readonly to: 'suppressed'; readonly alarm: string; readonly by: Suppression };

/** What changed the rules of the room itself: who, from where, when, why. `detail` holds closed words and ids, never secrets or outside text. */
export type AuditDraft = {
	readonly kind: 'audit';
	readonly act: AuditAct;
	readonly by: string;
	/** The address it came from, or `terminal`. */
	readonly from: string;
	readonly at: number;
	readonly subject?: string;
	readonly why?: string;
	readonly detail?: Readonly<Record<string, string | number | boolean>>;
};

export const auditActs = [
	'signed-in',
	'sign-in-refused',
	'signed-out',
	'session-ended',
	'duties-changed',
	'token-made',
	'token-rotated',
	'token-revoked',
	'link-made',
	'display-paired',
	'claimed',
	'account-made',
	'account-changed',
	'speed-set',
	'exact-asked',
	'timestamp-failed',
] as const;
export type AuditAct = (typeof auditActs)[number];

/** The chain's position as signed by a time-stamping authority (RFC 3161): `token` is its answer, base64. */
export type TimestampDraft = {
	readonly kind: 'timestamp';
	readonly of: Position;
	readonly authority: string;
	readonly token: string;
	readonly at: number;
};

export type Draft = SamplesDraft | CensusDraft | MarkDraft | PlanDraft | AutoDraft | AuditDraft | TimestampDraft;

/** `v` is the shape's version: older ones are brought up to date while reading. `seen` is when it reached our door (ms UTC). */
export type Entry = { readonly v: 1; readonly seq: number; readonly seen: number } & Draft;
