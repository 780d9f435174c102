// Messages, a sender and keys for the HL7 tests: one invented patient whose every word must stay behind, and a notation for events.
import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { type HandedIn, openConversation } from '../../server/connectors/mllp-conversation.ts';
import { createMllpReader, type MllpReader } from '../../server/connectors/mllp-reader.ts';
import { openSenders, type Senders } from '../../server/connectors/mllp-sender.ts';
import { createVisitKeys } from '../../server/connectors/visit-keys.ts';
import type { ErEvent } from '../../server/domain/er-event.ts';
import { writeZoned } from '../../server/domain/zoned-time.ts';

export const VT = '\x0b';
export const END = '\x1c\r';
export const HEARD_AT = Date.parse('2025-10-21T20:16:00+02:00');

/** What the message says of a person. Invented. */
export const personWords = ['PRATOFIORITO', 'ERMENEGILDA', 'PRTRNG44L41D969K', '19440701', 'SALITA DEGLI ANGELI', '0105559876', 'ALLERGIA AI PINOLI'];
export const identifiers = ['PAZ-081577', 'VIS-471199', 'CTO-330055', 'PAZ-VECCHIO-12', 'VIS-VECCHIO-34'];

export const keys = createVisitKeys(createHash('sha256').update('a key for tests').digest());

export const settings = {
	application: 'PSNET',
	facility: 'HSM',
	site: 'san-martino',
	locations: {
		PS: { area: 'waiting' },
		'PS^BOX': { area: 'treatment' },
		'PS^BOX^9': { area: 'observation' },
		OBI: { area: 'observation' },
		'^^^HGA': { site: 'galliera' },
	},
	triage: ['OBX[3.1=11283-9]-5.1', 'ZPS-2', 'PV2-25'],
	triageCodes: { GIALLO3: '3' },
	outcomes: { DIM: 'home' },
} as const;

const base: Readonly<Record<string, Readonly<Record<number, string>>>> = {
	MSH: { 3: 'PSNET', 4: 'HSM', 5: 'SALA', 6: 'GENOVA', 7: '20251021201500', 9: 'ADT^A04^ADT_A01', 10: 'M1', 11: 'P', 12: '2.5' },
	EVN: { 2: '20251021201500' },
	PID: {
		1: '1',
		3: `${identifiers[0]}^^^HSM^PI~${personWords[2]}^^^MEF^NNITA`,
		5: `${personWords[0]}^${personWords[1]}`,
		7: personWords[3] ?? '',
		11: `${personWords[4]} 7^^GENOVA`,
		13: personWords[5] ?? '',
		18: identifiers[2] ?? '',
	},
	PV1: { 1: '1', 2: 'E', 3: 'PS^SALA', 19: identifiers[1] ?? '' },
};

/** 'PV1-3': a field; 'PV1': null leaves the segment out; 'OBX': a segment behind the others, as it is. */
export type Changes = Readonly<Record<string, string | null>>;

export function hl7(changes: Changes = {}, lineEnd = '\r'): string {
	const segments = Object.entries(base)
		.filter(([name]) => changes[name] !== null)
		.map(([name, fields]) => {
			const own = new Map(Object.entries(fields).map(([nth, value]) => [Number(nth), value]));
			for (const [key, value] of Object.entries(changes)) {
				const [segment, nth] = key.split('-');
				if (segment === name && nth !== undefined) own.set(Number(nth), value ?? '');
			}
			const first = name === 'MSH' ? 2 : 0;
			const last = Math.max(...own.keys());
			const values = Array.from({ length: last - first + 1 }, (_, index) => own.get(index + first) ?? '');
			return (name === 'MSH' ? ['MSH', own.get(2) ?? '^~\\&', ...values.slice(1)] : [name, ...values.slice(1)]).join('|');
		});
	const more = Object.entries(changes).flatMap(([key, value]) => (key.includes('-') || value === null ? [] : [`${key}|${value}`]));
	return [...segments, ...more].join(lineEnd) + lineEnd;
}

export const framed = (text: string): Buffer => Buffer.from(`${VT}${text}${END}`, 'latin1');

const clock = (at: number): string => writeZoned(at, 'Europe/Rome').slice(11, 16);

/** act site/area triage HH:MM (arrived HH:MM) outcome; what is not said is left out. */
export function tell({ act, site, area, triage, at, arrivedAt, outcome }: ErEvent): string {
	const began = arrivedAt === null || arrivedAt === at ? '' : ` (${clock(arrivedAt)})`;
	return `${act} ${site}${area === null ? '' : `/${area}`}${triage === null ? '' : ` ${triage}`} ${clock(at)}${began}${outcome === null ? '' : ` ${outcome}`}`;
}

export const senders: Senders = openSenders({ 'ps-hsm': settings });

export const newReader = (more: { processing?: readonly string[]; senders?: Senders } = {}): MllpReader =>
	createMllpReader({ senders: more.senders ?? senders, keys, processing: more.processing ?? ['P'] });

export type Talk = { readonly answers: readonly string[]; readonly handed: readonly HandedIn[]; readonly all: string };

/** Says these bytes to a conversation whose door takes all, and gives what was answered (MSA-1, and ERR's own code) and handed in. */
export async function talk(
	chunks: readonly Buffer[],
	more: Parameters<typeof newReader>[0] & { door?: boolean; largest?: number; heardAt?: number } = {},
): Promise<Talk> {
	const written: Buffer[] = [];
	const handed: HandedIn[] = [];
	const conversation = openConversation({
		reader: newReader(more),
		async take(message) {
			handed.push(message);
			return more.door === false ? { ok: false, code: 'journal-full' } : { ok: true };
		},
		now: () => more.heardAt ?? HEARD_AT,
		peer: '127.0.0.1',
		largestFrameBytes: more.largest ?? 65_536,
		mostUnanswered: 16,
		write: (bytes) => written.push(bytes),
		stumble: () => expect.fail('the reader stumbled'),
		flow: () => undefined,
	});
	for (const chunk of chunks) conversation.hear(chunk);
	await conversation.settled();
	const all = Buffer.concat(written).toString('latin1');
	const answers = all.split(VT).slice(1).map(verdictOf);
	return { answers, handed, all };
}

/** MSA-1, and ERR's own code where there is one. */
export function verdictOf(answer: string): string {
	const [, outcome, code] = /\rMSA.(..)[^\r]*\r(?:ERR[^\r]*HL70357.E.([a-z-]+))?/.exec(answer) ?? [];
	return [outcome, code].filter(Boolean).join(' ');
}

/** Rule 6: neither what is answered nor what goes on into Regia has a word of the person in it. */
export function expectNoPerson(text: string): void {
	const leaked = [...personWords, ...identifiers].filter((word) => text.toUpperCase().includes(word));
	expect(leaked).toEqual([]);
}
