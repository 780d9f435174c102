// What is left of a message about a visit once it has passed the edge: keyed hashes, instants and closed words. No person.
import type { TriageCode } from '../../shared/er.ts';

declare const brand: unique symbol;
/** A visit or a patient as a keyed hash (HMAC-SHA-256 under the data folder's own key, 128 bits, base64url). Made by connectors/visit-keys.ts alone. */
export type VisitKey = string & { readonly [brand]: 'visit' };
export type PatientKey = string & { readonly [brand]: 'patient' };

/**
 * `arrive` begins a visit. `update` tells more of it and may bring one that is not known yet. `transfer` moves it to `area`.
 * `admit` makes it an inpatient's: still in the emergency room it boards, elsewhere it has left. `discharge-class` takes that back
 * (A07). `pend` and `unpend`: a bed elsewhere is decided on, or is not. `leave` ends it. Each `cancel-…` takes the last such act back.
 * `erase`: it never was (A11, A23). `merge-visit`: `into` goes on in its place. `merge-patient`: its patient is known by another key.
 */
export const erActs = [
	'arrive',
	'update',
	'transfer',
	'cancel-transfer',
	'admit',
	'discharge-class',
	'pend',
	'unpend',
	'leave',
	'cancel-leave',
	'erase',
	'merge-visit',
	'merge-patient',
] as const;
export type ErAct = (typeof erActs)[number];

export type ErArea = 'waiting' | 'treatment' | 'observation' | 'elsewhere';
export type ErOutcome = 'home' | 'admitted' | 'transferred' | 'unseen' | 'left' | 'died' | 'other';

/** Null says nothing of it: what was known before stands. */
export type ErEvent = {
	readonly site: string;
	readonly visit: VisitKey;
	readonly patient: PatientKey | null;
	readonly act: ErAct;
	/** When it happened, ms UTC; and when the message about it was made. */
	readonly at: number;
	readonly sentAt: number;
	readonly area: ErArea | null;
	readonly triage: TriageCode | null;
	/** When the visit began, where the message says. */
	readonly arrivedAt: number | null;
	readonly outcome: ErOutcome | null;
	/** What goes on in its place. */
	readonly into: VisitKey | PatientKey | null;
};
