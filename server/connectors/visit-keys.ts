// Makes of a visit's or a patient's identifier the keyed hash that is all that is left of it. Keeps no identifier, and knows no message.
import { createHmac } from 'node:crypto';
import type { PatientKey, VisitKey } from '../domain/er-event.ts';

/** `authority`: who gave the identifier (an assigning authority, a sender, a source): the same number of another one is another visit. */
export type VisitKeys = {
	visit(authority: string, identifier: string): VisitKey;
	patient(authority: string, identifier: string): PatientKey;
	/** What makes a message the same one again, for the record of those that were taken. */
	message(...parts: readonly string[]): string;
};

/** 128 bits: no two visits of a lifetime share one. */
const KEY_BYTES = 16;

export function openVisitKeys(secret: Uint8Array): VisitKeys {
	/** Each part is preceded by its length, so that no two lists of parts are written alike. */
	const keyed = (kind: string, parts: readonly string[]): string => {
		const hmac = createHmac('sha256', secret).update(kind);
		for (const part of parts) hmac.update(`|${Buffer.byteLength(part)}|`).update(part);
		return hmac.digest().subarray(0, KEY_BYTES).toString('base64url');
	};
	return {
		visit: (authority, identifier) => keyed('visit', [authority, identifier]) as VisitKey,
		patient: (authority, identifier) => keyed('patient', [authority, identifier]) as PatientKey,
		message: (...parts) => keyed('message', parts),
	};
}
