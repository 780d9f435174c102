// ADT → events of visits: what happened, when, where; the person stays behind (rule 6). Domain.md 2.2 to 2.4. Knows no wire and no journal.
import type { MessageRefusalCode } from '../../shared/er.ts';
import type { ErAct, ErEvent, ErOutcome, PatientKey } from '../domain/er-event.ts';
import type { Hl7Message, Hl7Part, OpenField } from './hl7-message.ts';
import { whereIs } from './hl7-place.ts';
import { type Bearings, instantOf, parseDtm } from './hl7-time.ts';
import { type Meaning, triggers } from './hl7-triggers.ts';
import { formerVisitOf, visitOf } from './hl7-visit.ts';
import type { Sender } from './mllp-sender.ts';
import type { VisitKeys } from './visit-keys.ts';

/** A source's clock may be ahead by this; further on, it is its clock or its zone that is wrong. */
const AHEAD_LIMIT_MS = 300_000;

export type ReadAdt =
	| {
			readonly ok: true;
			/** None: heard, and no matter here. */
			readonly events: readonly ErEvent[];
			/** When the message was made; null where none of its moments can be read, and none is needed. */
			readonly sentAt: number | null;
			/** A moment fell into the hour that clocks show twice. */
			readonly isDoubled: boolean;
	  }
	| { readonly ok: false; readonly code: MessageRefusalCode };

export type Ear = {
	readonly sender: Sender;
	readonly keys: VisitKeys;
	readonly heardAt: number;
	/** When this sender's message before was made. */
	readonly before: number | null;
};

type Moment = { readonly at: number; readonly isDoubled: boolean };
type Clock = { readonly of: (part: Hl7Part, field: OpenField) => Moment | null; readonly sentAt: number };

/** Moments to the minute: a day alone does not say when. */
function momentOf(part: Hl7Part, field: OpenField, offset: number | null, bearings: Bearings): Moment | null {
	const text = part.text(field);
	const dtm = text === null ? null : parseDtm(text);
	if (dtm === null || (dtm.precision !== 'minute' && dtm.precision !== 'second')) return null;
	return instantOf(dtm, offset, bearings);
}

export function readAdt(message: Hl7Message, ear: Ear): ReadAdt {
	const trigger = (message.text('MSH-9', 2) ?? message.text('EVN-1') ?? '').toUpperCase();
	const meaning = Object.hasOwn(triggers, trigger) ? triggers[trigger] : undefined;
	if (message.text('MSH-9')?.toUpperCase() !== 'ADT' || meaning === undefined) return { ok: false, code: 'unknown-type' };
	const { zone } = ear.sender;
	const header = message.text('MSH-7');
	const offset = (header === null ? null : parseDtm(header)?.offsetMinutes) ?? null;
	const heard = { zone, heardAt: ear.heardAt, before: ear.before };
	const sent = momentOf(message, 'MSH-7', offset, heard) ?? momentOf(message, 'EVN-2', offset, heard);
	if (sent && sent.at > ear.heardAt + AHEAD_LIMIT_MS) return { ok: false, code: 'future' };
	if (meaning === 'none') return { ok: true, events: [], sentAt: sent?.at ?? null, isDoubled: false };
	// What happened lies before it was told, and near it rather than an hour earlier.
	const told = { zone, heardAt: sent?.at ?? ear.heardAt, before: null };
	const clock: Clock = { of: (part, field) => momentOf(part, field, offset, told), sentAt: sent?.at ?? Number.NaN };
	const events: ErEvent[] = [];
	let isDoubled = sent?.isDoubled ?? false;
	for (const part of trigger === 'A17' || meaning === 'merge' ? message.parts : [message]) {
		const read = meaning === 'merge' ? readMerge(part, ear, clock) : readPart(part, meaning, ear, clock);
		if (typeof read === 'string') return { ok: false, code: read };
		events.push(...read.events);
		isDoubled ||= read.isDoubled;
	}
	if (events.some(({ at }) => at > ear.heardAt + AHEAD_LIMIT_MS)) return { ok: false, code: 'future' };
	return { ok: true, events, sentAt: sent?.at ?? null, isDoubled };
}

type ReadPart = { readonly events: readonly ErEvent[]; readonly isDoubled: boolean };
const nothing: ReadPart = { events: [], isDoubled: false };

/** EVN-6, then the visit's own moment where the act is its beginning or end, then when it was recorded, then when it was sent. */
function whenOf(part: Hl7Part, act: ErAct, clock: Clock): Moment | null {
	const own = act === 'arrive' ? clock.of(part, 'PV1-44') : act === 'leave' ? clock.of(part, 'PV1-45') : null;
	const sent = Number.isNaN(clock.sentAt) ? null : { at: clock.sentAt, isDoubled: false };
	return clock.of(part, 'EVN-6') ?? own ?? clock.of(part, 'EVN-2') ?? sent;
}

function readPart(part: Hl7Part, meaning: Exclude<Meaning, 'none' | 'merge'>, { sender, keys }: Ear, clock: Clock): ReadPart | MessageRefusalCode {
	if (!part.has('PV1')) return 'no-visit';
	const isInpatient = part.text('PV1-2')?.toUpperCase() === 'I';
	const told: ErAct = meaning === 'admission' ? (isInpatient ? 'admit' : 'arrive') : meaning;
	const where = whereIs(part, told, sender);
	if (where.at === 'unknown-site') return 'unknown-site';
	if (where.at === 'foreign') return nothing;
	const { visit, patient } = visitOf(part, keys);
	if (visit === null) return 'no-visit';
	const disposition = sender.outcomes.get((part.text('PV1-36') ?? '').toUpperCase()) ?? null;
	const staysForObservation = told === 'leave' && disposition === 'observation';
	const act = staysForObservation ? 'transfer' : actOf(part, told, disposition === 'observation' ? null : disposition, sender);
	const when = whenOf(part, told, clock);
	if (when === null) return 'no-time';
	const began = isInpatient || act === 'admit' ? null : clock.of(part, 'PV1-44');
	// Told again, an hour that was there twice would move the beginning: what the arrival said stands.
	const isBeginningSure = began !== null && began.at <= when.at + AHEAD_LIMIT_MS && (!began.isDoubled || act === 'arrive');
	// An update of who has been discharged tells an end: it makes nobody present.
	const isEnded = act === 'update' && clock.of(part, 'PV1-45') !== null;
	const event = {
		visit,
		patient,
		act,
		at: when.at,
		sentAt: Number.isNaN(clock.sentAt) ? when.at : clock.sentAt,
		triage: triageOf(part, sender),
		arrivedAt: isBeginningSure ? began.at : null,
		outcome: disposition === 'observation' ? null : (disposition ?? (isEnded ? 'other' : null)),
		into: null,
	};
	const isDoubled = when.isDoubled || (began?.isDoubled ?? false);
	if (where.at === 'elsewhere') return { events: where.sites.map((site) => ({ ...event, site, area: 'elsewhere' as const })), isDoubled };
	return { events: [{ ...event, site: where.site, area: staysForObservation ? 'observation' : where.area }], isDoubled };
}

/** A bed is awaited only elsewhere: a move within the emergency room, or a way home that is planned, is none. */
function actOf(part: Hl7Part, told: ErAct, outcome: ErOutcome | null, sender: Sender): ErAct {
	if (told !== 'pend' && told !== 'unpend') return told;
	const planned = sender.placeOf(part.components('PV1-42'));
	const isWithin = planned !== null && planned.area !== 'elsewhere';
	return isWithin || (outcome !== null && outcome !== 'admitted' && outcome !== 'transferred') ? 'update' : told;
}

function triageOf(part: Hl7Part, sender: Sender): ErEvent['triage'] {
	for (const path of sender.triage) {
		const found = part.coded(path, sender.triageCodes);
		if (found !== null) return found === 'cleared' ? 'none' : found;
	}
	return null;
}

/** Numbers that go on under others: MRG-5 (else MRG-3, else the patient's with the beginning) into the visit, MRG-1 into the patient. */
function readMerge(part: Hl7Part, { sender, keys }: Ear, clock: Clock): ReadPart | MessageRefusalCode {
	const former = formerVisitOf(part, keys);
	const now = visitOf(part, keys);
	const when = whenOf(part, 'merge-visit', clock);
	if (!part.has('MRG') || (former.visit === null && former.patient === null)) return 'no-visit';
	if (when === null) return 'no-time';
	const site = sender.placeOf(part.components('PV1-3'))?.site ?? sender.site ?? sender.sites[0];
	if (site === undefined) return 'unknown-site';
	const sentAt = Number.isNaN(clock.sentAt) ? when.at : clock.sentAt;
	const silent = { area: null, triage: null, arrivedAt: null, outcome: null } as const;
	const base = { site, at: when.at, sentAt, ...silent };
	const events: ErEvent[] = [];
	if (former.visit !== null && now.visit !== null && former.visit !== now.visit)
		events.push({ ...base, visit: former.visit, patient: now.patient, act: 'merge-visit', into: now.visit });
	if (former.patient !== null && now.patient !== null && former.patient !== now.patient)
		events.push({ ...base, visit: now.visit ?? visitless(former.patient, keys), patient: former.patient, act: 'merge-patient', into: now.patient });
	return { events, isDoubled: when.isDoubled };
}

/** A patient's merge without a visit: a key that no visit has. */
const visitless = (patient: PatientKey, keys: VisitKeys): ErEvent['visit'] => keys.visitOf(patient, '');
