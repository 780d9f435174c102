// Which letters the bytes of a message are: by MSH-18, by UTF-8 where they are that, by the sender's own. Seen through a location's name.
import { describe, expect, test } from 'vitest';
import { readMessage } from '../../server/connectors/hl7-message.ts';
import { hl7 } from './hl7-kit.ts';

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const readPlace = (place: Buffer, charset: string, fallback = 'windows-1252'): string | null => {
	const [before = '', behind = ''] = hl7({ 'PV1-3': '@', 'MSH-18': charset }).split('@');
	const read = readMessage(Buffer.concat([latin(before), place, latin(behind)]), fallback);
	return read.ok ? read.message.text('PV1-3') : read.code;
};

describe('a character set', () => {
	test.each([
		['nothing said, ASCII', latin('SALA'), '', undefined, 'SALA'],
		['nothing said, UTF-8', Buffer.from('Unità'), '', undefined, 'Unità'],
		['nothing said, windows-1252', latin('Unit\xe0 \x80'), '', undefined, 'Unità €'],
		['nothing said, the sender writes Latin-9', latin('Unit\xe0 \xa4'), '', 'iso-8859-15', 'Unità €'],
		['nothing said, the sender writes Latin-2', latin('\xbb'), '', 'iso-8859-2', 'ť'],
		['Latin-1', latin('Unit\xe0'), '8859/1', undefined, 'Unità'],
		['Latin-1 whose bytes could be UTF-8', latin('\xc3\xa0'), '8859/1', undefined, 'Ã\u00a0'],
		['Latin-9', latin('\xa4'), '8859/15', undefined, '€'],
		['Greek', latin('\xc1'), '8859/7', undefined, 'Α'],
		['UTF-8', Buffer.from('Unità'), 'UNICODE UTF-8', undefined, 'Unità'],
		['UTF-8 by another name', Buffer.from('Unità'), 'UTF-8', undefined, 'Unità'],
		['UTF-8 that is none', latin('Unit\xe0'), 'UNICODE UTF-8', undefined, 'Unità'],
		['ASCII that is none', latin('Unit\xe0'), 'ASCII', undefined, 'Unità'],
		['small letters, and others behind it', latin('Unit\xe0'), 'iso-8859-1~UNICODE UTF-8', undefined, 'Unità'],
		['sixteen bits', latin('SALA'), 'UNICODE UTF-16', undefined, 'bad-charset'],
		['Japanese', latin('SALA'), 'ISO IR87', undefined, 'bad-charset'],
		['a set nobody knows', latin('SALA'), 'EBCDIC', undefined, 'bad-charset'],
	])('%s', (_what, place, charset, fallback, read) => {
		expect(readPlace(place, charset, fallback)).toBe(read);
	});
});
