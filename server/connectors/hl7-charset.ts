// From the bytes of a message to letters: what MSH-18 says, else UTF-8 where they are that, else what the sender is known to write.
import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import * as z from 'zod/mini';

/** HL7 table 0211, as far as one byte or UTF-8 keeps the separators where they are. */
const labels: Readonly<Record<string, string>> = {
	ASCII: 'windows-1252',
	'8859/1': 'iso-8859-1',
	'8859/2': 'iso-8859-2',
	'8859/3': 'iso-8859-3',
	'8859/4': 'iso-8859-4',
	'8859/5': 'iso-8859-5',
	'8859/6': 'iso-8859-6',
	'8859/7': 'iso-8859-7',
	'8859/8': 'iso-8859-8',
	'8859/9': 'windows-1254',
	'8859/15': 'iso-8859-15',
	'UNICODE UTF-8': 'utf-8',
	// What senders write instead.
	UNICODE: 'utf-8',
	'UTF-8': 'utf-8',
	UTF8: 'utf-8',
	'ISO-8859-1': 'iso-8859-1',
	'ISO-8859-15': 'iso-8859-15',
	'WINDOWS-1252': 'windows-1252',
	CP1252: 'windows-1252',
};

export const fallbackCharset = z._default(z.enum(['windows-1252', 'iso-8859-15', 'iso-8859-2', 'utf-8']), 'windows-1252');

const decoders = new Map<string, TextDecoder>();
function decoderOf(label: string): TextDecoder {
	const known = decoders.get(label) ?? new TextDecoder(label);
	decoders.set(label, known);
	return known;
}

/** Reads a stretch of the message's bytes. */
export type Decode = (start: number, end: number) => string;

/** Null where `declared` (MSH-18) is a set that cannot be read. A declared UTF-8 that is none is a sender's slip: the fall-back is taken. */
export function chooseDecoder(bytes: Buffer, declared: string, fallback: string): Decode | null {
	const [first = ''] = declared.toUpperCase().trim().split('~');
	const named = labels[first];
	if (first !== '' && named === undefined) return null;
	if (isAscii(bytes)) return (start, end) => bytes.toString('latin1', start, end);
	// ASCII is what the standard lets be left out: with other bytes in it, it was not meant.
	const isOpen = named === undefined || named === 'utf-8' || first === 'ASCII';
	const decoder = decoderOf(isOpen ? (isUtf8(bytes) ? 'utf-8' : fallback) : named);
	return (start, end) => decoder.decode(bytes.subarray(start, end));
}
