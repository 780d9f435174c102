// Which visit and which patient a message speaks of, as keys: by the visit's number, else the account's, else the patient's and the beginning.
import type { PatientKey, VisitKey } from '../domain/er-event.ts';
import type { Hl7Part } from './hl7-message.ts';
import type { VisitKeys } from './visit-keys.ts';

export type Keyed = { readonly visit: VisitKey | null; readonly patient: PatientKey | null };

const AUTHORITY = 4;

/** Whoever gave the number out, as far as it is said; else the sending facility. */
export function visitOf(part: Hl7Part, keys: VisitKeys): Keyed {
	const facility = part.text('MSH-4');
	const patient = patientOf(part, keys, part.person('PID-3') ? 'PID-3' : 'PID-2');
	const number = part.person('PV1-19');
	if (number) return { visit: keys.visit(part.person('PV1-19', AUTHORITY) ?? facility, number), patient };
	const account = part.person('PID-18');
	if (account) return { visit: keys.visit(part.person('PID-18', AUTHORITY) ?? facility, account), patient };
	return { visit: visitByBeginning(part, keys, patient), patient };
}

/** What went on under other numbers: as visitOf, by MRG. A number without an authority was given out by who gave out the new one. */
export function formerVisitOf(part: Hl7Part, keys: VisitKeys): Keyed {
	const facility = part.text('MSH-4');
	const patient = patientOf(part, keys, 'MRG-1');
	for (const [former, now] of [
		['MRG-5', 'PV1-19'],
		['MRG-3', 'PID-18'],
	] as const) {
		const number = part.person(former);
		// A number that did not change comes without MRG's; so it is only compared with its own kind.
		if (number && part.person(now))
			return { visit: keys.visit(part.person(former, AUTHORITY) ?? part.person(now, AUTHORITY) ?? facility, number), patient };
		if (part.person(now)) return { visit: null, patient };
	}
	return { visit: visitByBeginning(part, keys, patient), patient };
}

function patientOf(part: Hl7Part, keys: VisitKeys, field: 'PID-2' | 'PID-3' | 'MRG-1'): PatientKey | null {
	const number = part.person(field);
	const authority = part.person(field, AUTHORITY) ?? (field === 'MRG-1' ? part.person('PID-3', AUTHORITY) : null) ?? part.text('MSH-4');
	return number ? keys.patient(authority, number) : null;
}

/** To the minute, without an offset: the same beginning is written shorter and longer. */
function visitByBeginning(part: Hl7Part, keys: VisitKeys, patient: PatientKey | null): VisitKey | null {
	const began = part.text('PV1-44')?.slice(0, 12) ?? '';
	return patient !== null && /^\d{8,12}$/.test(began) ? keys.visitOf(patient, began) : null;
}
