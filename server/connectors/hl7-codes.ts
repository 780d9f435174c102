// What the codes of a message mean for the census: triage, outcome, and where in a message a triage stands. Knows no message.
import type { TriageCode } from '../../shared/er.ts';
import type { ErOutcome } from '../domain/er-event.ts';
import type { CodedPath } from './hl7-message.ts';

/**
 * The national codes, and the colours that the ministry's record still allows (R G V B N X) or senders write out. X is triage not made;
 * N, dead on arrival, has no target. Yellow stood for what is orange and light blue now: the shorter wait is taken.
 */
const usualTriage: Readonly<Record<string, TriageCode>> = {
	'1': '1',
	'2': '2',
	'3': '3',
	'4': '4',
	'5': '5',
	R: '1',
	ROSSO: '1',
	ARANCIONE: '2',
	G: '2',
	GIALLO: '2',
	AZZURRO: '3',
	V: '4',
	VERDE: '4',
	B: '5',
	BIANCO: '5',
	N: 'none',
	NERO: 'none',
	X: 'none',
};

/** `observation` is no end of the visit: the patient stays for observation (OBI). */
export type Disposition = ErOutcome | 'observation';

/** EsitoTrattamento of the ministry's record (EMUR PS). 5, an admission refused, goes home against advice. */
const usualOutcomes: Readonly<Record<string, Disposition>> = {
	'1': 'home',
	'2': 'admitted',
	'3': 'transferred',
	'4': 'died',
	'5': 'left',
	'6': 'unseen',
	'7': 'left',
	'8': 'other',
	'9': 'died',
	'10': 'observation',
	'11': 'transferred',
};

/** Codes without regard to case; a figure also with zeros before it, unless the sender gives that a meaning of its own. */
function withOwn<T>(usual: Readonly<Record<string, T>>, own: Readonly<Record<string, T>>): ReadonlyMap<string, T> {
	const all = new Map<string, T>();
	for (const [code, meaning] of Object.entries(usual)) {
		all.set(code, meaning);
		if (/^\d$/.test(code)) all.set(`0${code}`, meaning);
	}
	for (const [code, meaning] of Object.entries(own)) all.set(code.toUpperCase(), meaning);
	return all;
}

export const triageMeanings = (own: Readonly<Record<string, TriageCode>>): ReadonlyMap<string, TriageCode> => withOwn(usualTriage, own);
export const outcomeMeanings = (own: Readonly<Record<string, Disposition>>): ReadonlyMap<string, Disposition> => withOwn(usualOutcomes, own);

const path = /^(PV1|PV2|OBX|ZBE|Z[A-Z0-9]{2})(?:\[(\d{1,2})(?:\.(\d{1,2}))?=([^\]]{1,40})\])?-(\d{1,2})(?:\.(\d{1,2}))?$/;

/** Null where it is no place for a code: segments about the person are none. */
export function parseCodedPath(text: string): CodedPath | null {
	const match = path.exec(text);
	if (!match) return null;
	const [, segment = '', whereField, whereComponent, is, field, component] = match;
	const where = is === undefined ? null : { field: Number(whereField), component: Number(whereComponent ?? 1), is };
	return { segment, field: Number(field), component: Number(component ?? 1), where };
}
