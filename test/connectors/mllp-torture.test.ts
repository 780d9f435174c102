// The byte-level torture table: a row a cause. Each row is said whole, byte by byte and in seeded pieces; answers and events stay the same,
// and no word of the person gets through.
import { describe, expect, test } from 'vitest';
import { type Changes, END, expectNoPerson, framed, hl7, identifiers, personWords, talk, tell, VT } from './hl7-kit.ts';

const arrives = 'arrive san-martino/waiting 20:15';
const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const next = (changes: Changes = {}): string => hl7({ 'MSH-10': 'M2', 'MSH-9': 'ADT^A03', ...changes });
const leaves = 'leave san-martino/waiting 20:15';
const large = `OBX|1|ED|DOC||${'A'.repeat(70_000)}\r`;
const [name = '', forename = ''] = personWords;

type Row = readonly [cause: string, bytes: string | Buffer, answers: readonly string[], events: readonly string[]];

const framing: readonly Row[] = [
	['a frame', framed(hl7()), ['AA'], [arrives]],
	['two in one piece', Buffer.concat([framed(hl7()), framed(next())]), ['AA', 'AA'], [arrives, leaves]],
	['doubled start byte', `${VT}${VT}${hl7()}${END}`, ['AA'], [arrives]],
	['doubled start and trailer', `${VT}${VT}${hl7()}${END}${END}`, ['AA'], [arrives]],
	['start byte three times', `${VT}${VT}${VT}${hl7()}${END}`, ['AA'], [arrives]],
	['trailer three times', `${VT}${hl7()}${END}${END}${END}${VT}${next()}${END}`, ['AA', 'AA'], [arrives, leaves]],
	['FS without CR at the end', `${VT}${hl7()}\x1c`, ['AA'], [arrives]],
	['FS without CR before another', `${VT}${hl7()}\x1c${VT}${next()}\x1c`, ['AA', 'AA'], [arrives, leaves]],
	['FS with LF', `${VT}${hl7()}\x1c\n${VT}${next()}\x1c\n`, ['AA', 'AA'], [arrives, leaves]],
	['FS FS CR', `${VT}${hl7()}\x1c\x1c\r`, ['AA'], [arrives]],
	['junk before the first frame', `GET / HTTP/1.1\r\n\r\n${VT}${hl7()}${END}`, ['AA'], [arrives]],
	['junk between frames', `${VT}${hl7()}${END}\x00\xff pling ${VT}${next()}${END}`, ['AA', 'AA'], [arrives, leaves]],
	['junk behind the last', `${VT}${hl7()}${END}MSH|^~\\&|`, ['AA'], [arrives]],
	['line ends between frames', `${VT}${hl7()}${END}\r\n\r\n${VT}${next()}${END}`, ['AA', 'AA'], [arrives, leaves]],
	['a message without a start byte', `${hl7()}${END}${VT}${next()}${END}`, ['AA'], [leaves]],
	['an empty frame', `${VT}${END}${VT}${hl7()}${END}`, ['AA'], [arrives]],
	['a frame of spaces', `${VT}  \r\n ${END}${VT}${hl7()}${END}`, ['AA'], [arrives]],
	['a frame that lost its end', `${VT}${hl7()}${VT}${next()}${END}`, ['AE malformed', 'AA'], [leaves]],
	['two that lost their end', `${VT}${hl7()}${VT}${hl7()}${VT}${next()}${END}`, ['AE malformed', 'AE malformed', 'AA'], [leaves]],
	['a frame cut within its first word', `${VT}MS${VT}${hl7()}${END}`, ['AE malformed', 'AA'], [arrives]],
	['a vertical tab in a text', framed(hl7({ 'PV1-10': `una${VT}riga`, 'PV1-36': '' })), ['AA'], [arrives]],
	['a frame over the bound', `${VT}${hl7()}${large}${END}${VT}${next()}${END}`, ['AE too-large', 'AA'], [leaves]],
	['over the bound, without its end', `${VT}${hl7()}${large}${VT}${next()}${END}`, ['AE too-large', 'AA'], [leaves]],
	[
		'over the bound twice',
		`${VT}${hl7()}${large}${END}${VT}${hl7()}${large}${END}${VT}${next()}${END}`,
		['AE too-large', 'AE too-large', 'AA'],
		[leaves],
	],
	[
		'cut messages that together pass the bound',
		`${VT}${hl7()}${large.slice(0, 40_000)}${VT}${hl7()}${large.slice(0, 40_000)}${END}`,
		['AE malformed', 'AA'],
		[arrives],
	],
	['junk over the bound', `${VT}${'\x00'.repeat(70_000)}${END}${VT}${hl7()}${END}`, ['AE too-large', 'AA'], [arrives]],
	['start bytes over the bound', `${VT.repeat(70_000)}${hl7()}${END}`, ['AA'], [arrives]],
	['a frame that has not ended', `${VT}${hl7()}`, [], []],
	['a start byte alone', VT, [], []],
	['nothing but trailers', END.repeat(50), [], []],
];

const lines: readonly Row[] = [
	['LF as segment end', framed(hl7({}, '\n')), ['AA'], [arrives]],
	['CRLF as segment end', framed(hl7({}, '\r\n')), ['AA'], [arrives]],
	['all three mixed', framed(hl7().replace('\r', '\n').replace('\rPV1', '\r\nPV1')), ['AA'], [arrives]],
	['no end behind the last segment', framed(hl7().slice(0, -1)), ['AA'], [arrives]],
	['empty lines', framed(hl7().replaceAll('\r', '\r\r\r')), ['AA'], [arrives]],
	['line ends before MSH', framed(`\r\n${hl7()}`), ['AA'], [arrives]],
	['spaces before segments', framed(hl7().replaceAll('\r', '\r  ')), ['AA'], [arrives]],
	['the mark of UTF-8 before MSH', framed(`\xef\xbb\xbf${hl7()}`), ['AA'], [arrives]],
	['a line break inside a field', framed(hl7({ NTE: `1||prima riga\r${name} seconda riga` })), ['AA'], [arrives]],
	['fields beyond the last', framed(hl7().replaceAll('\r', `${'|'.repeat(40)}\r`)), ['AA'], [arrives]],
	['a segment nobody knows', framed(hl7({ ZZZ: `${name}^${forename}` })), ['AA'], [arrives]],
	['zero bytes in a name', framed(hl7({ 'PID-5': `${name}\x00\x01\x02` })), ['AA'], [arrives]],
];

const separators: readonly Row[] = [
	['other separators', framed(hl7().replace('^~\\&', '\u0001').replaceAll('^', '!').replace('\u0001', '!*%$')), ['AA'], [arrives]],
	['another field separator', framed(hl7().replaceAll('|', '#')), ['AA'], [arrives]],
	['three encoding characters', framed(hl7({ 'MSH-2': '^~\\' })), ['AA'], [arrives]],
	['one encoding character', framed(hl7({ 'MSH-2': '^' })), ['AA'], [arrives]],
	['the fifth of version 2.7', framed(hl7({ 'MSH-2': '^~\\&#', 'MSH-12': '2.7.1' })), ['AA'], [arrives]],
	['encoding characters that are the same', framed(hl7({ 'MSH-2': '^^^^' })), ['AE malformed'], []],
	['letters for separators', framed(hl7().replaceAll('|', 'A')), ['AE malformed'], []],
	['a repetition of the location', framed(hl7({ 'PV1-3': 'PS^BOX^1~PS^SALA' })), ['AA'], ['arrive san-martino/treatment 20:15']],
	['subcomponents in the location', framed(hl7({ 'PV1-3': 'PS&Pronto Soccorso^BOX&4' })), ['AA'], ['arrive san-martino/treatment 20:15']],
	['an escaped separator in a location', framed(hl7({ 'PV1-3': 'P\\S\\S^BOX', 'PV1-2': 'I' })), ['AA'], []],
	['an escape that stands for a letter', framed(hl7({ 'PV1-3': 'P\\X53\\^SALA' })), ['AA'], [arrives]],
	['an escape that does not end', framed(hl7({ 'PV1-3': 'PS^SALA\\F' })), ['AA'], [arrives]],
	['an escape nobody knows', framed(hl7({ 'PV1-3': '\\H\\PS\\N\\^SALA' })), ['AA'], [arrives]],
	['an escape of half a byte', framed(hl7({ 'PV1-3': 'PS\\X5\\^SALA' })), ['AA'], [arrives]],
	['spaces around values', framed(hl7({ 'PV1-3': ' PS ^ BOX ', 'PV1-2': ' E ' })), ['AA'], ['arrive san-martino/treatment 20:15']],
	['small letters', framed(hl7({ 'PV1-3': 'ps^box', 'PV1-2': 'e' })), ['AA'], ['arrive san-martino/treatment 20:15']],
];

const headers: readonly Row[] = [
	['words that are no message', framed(`${name} ${forename}`), ['AE malformed'], []],
	['MSH alone', framed('MSH'), ['AE malformed'], []],
	['MSH and its separators alone', framed('MSH|^~\\&|'), ['AE malformed'], []],
	['a segment before MSH', framed(`EVN|A04\r${hl7()}`), ['AE malformed'], []],
	['no MSH-9', framed(hl7({ 'MSH-9': '' })), ['AE malformed'], []],
	['no MSH-10', framed(hl7({ 'MSH-10': '' })), ['AE malformed'], []],
	['two messages in one frame', framed(hl7() + next()), ['AE batch'], []],
	['a batch', framed(`BHS|^~\\&|PSNET|HSM\r${hl7()}BTS|1\r`), ['AE batch'], []],
	['a file of batches', framed(`FHS|^~\\&|PSNET|HSM\rBHS|^~\\&\r${hl7()}BTS|1\rFTS|1\r`), ['AE batch'], []],
	['a batch without a message', framed('BHS|^~\\&|PSNET|HSM\rBTS|0\r'), ['AE batch'], []],
	['an order', framed(hl7({ 'MSH-9': 'ORM^O01' })), ['AR unknown-type'], []],
	['a result', framed(hl7({ 'MSH-9': 'ORU^R01' })), ['AR unknown-type'], []],
	['a trigger of no ADT', framed(hl7({ 'MSH-9': 'ADT^A99' })), ['AR unknown-type'], []],
	['a trigger that is a word of JavaScript', framed(hl7({ 'MSH-9': 'ADT^constructor' })), ['AR unknown-type'], []],
	['ADT without a trigger, which EVN-1 gives', framed(hl7({ 'MSH-9': 'ADT', 'EVN-1': 'A03' })), ['AA'], [leaves]],
	['ADT without any trigger', framed(hl7({ 'MSH-9': 'ADT' })), ['AR unknown-type'], []],
	['EVN-1 that says otherwise', framed(hl7({ 'EVN-1': 'A03' })), ['AA'], [arrives]],
	['training', framed(hl7({ 'MSH-11': 'T' })), ['AR not-production'], []],
	['debugging', framed(hl7({ 'MSH-11': 'D' })), ['AR not-production'], []],
	['no processing id', framed(hl7({ 'MSH-11': '' })), ['AR not-production'], []],
	['production in its mode', framed(hl7({ 'MSH-11': 'P^A' })), ['AA'], [arrives]],
	['another program', framed(hl7({ 'MSH-3': 'ALTRO' })), ['AR unknown-sender'], []],
	['another facility', framed(hl7({ 'MSH-4': '' })), ['AR unknown-sender'], []],
	['an acknowledgement', framed(hl7({ 'MSH-9': 'ACK^A04', MSA: 'AA|M1' })), [], []],
	['a character set that is not read', framed(hl7({ 'MSH-18': 'UNICODE UTF-16' })), ['AE bad-charset'], []],
	['sixteen bits a letter', Buffer.concat([bytes(VT), Buffer.from(hl7(), 'utf16le'), bytes(END)]), ['AE malformed'], []],
	['version 2.1', framed(hl7({ 'MSH-12': '2.1' })), ['AA'], [arrives]],
	['no version', framed(hl7({ 'MSH-12': '' })), ['AA'], [arrives]],
];

const contents: readonly Row[] = [
	['no PV1', framed(hl7({ PV1: null })), ['AE no-visit'], []],
	['no number of any kind', framed(hl7({ 'PV1-19': '', 'PID-18': '', 'PID-3': '', 'PID-2': '' })), ['AE no-visit'], []],
	['explicit nulls for numbers', framed(hl7({ 'PV1-19': '""', 'PID-18': '""', 'PID-3': '""' })), ['AE no-visit'], []],
	['a number without a visit', framed(hl7({ 'PV1-19': '', 'PID-18': '' })), ['AE no-visit'], []],
	['a number and a beginning', framed(hl7({ 'PV1-19': '', 'PID-18': '', 'PV1-44': '20251021200100' })), ['AA'], ['arrive san-martino/waiting 20:01']],
	['the account for the visit', framed(hl7({ 'PV1-19': '' })), ['AA'], [arrives]],
	['no moment at all', framed(hl7({ 'MSH-7': '', 'EVN-2': '' })), ['AE no-time'], []],
	['days for moments', framed(hl7({ 'MSH-7': '20251021', 'EVN-2': '20251021' })), ['AE no-time'], []],
	['words for moments', framed(hl7({ 'MSH-7': forename, 'EVN-2': name })), ['AE no-time'], []],
	['tomorrow', framed(hl7({ 'MSH-7': '20251022201500' })), ['AE future'], []],
	['a beginning tomorrow', framed(hl7({ 'EVN-6': '20251022201500' })), ['AE future'], []],
	['the day before, told late', framed(hl7({ 'EVN-6': '20251020201500' })), ['AA'], [arrives]],
	['a merge without MRG', framed(hl7({ 'MSH-9': 'ADT^A40' })), ['AE no-visit'], []],
	['a person without a visit', framed(hl7({ 'MSH-9': 'ADT^A28', PV1: null })), ['AA'], []],
	['a name in every field of the visit', framed(hl7({ 'PV1-2': name, 'PV1-3': `${name}^${forename}`, 'PV1-36': name, 'PV1-44': name })), ['AA'], []],
	['a name for a trigger', framed(hl7({ 'MSH-9': `ADT^${name}` })), ['AR unknown-type'], []],
	['a name for a processing id', framed(hl7({ 'MSH-11': 'Q' })), ['AR not-production'], []],
	['a person for a triage', framed(hl7({ ZPS: `1|${name}` })), ['AA'], [arrives]],
	['the same number for the visit and the patient', framed(hl7({ 'PV1-19': identifiers[0] ?? '' })), ['AA'], [arrives]],
];

/** Pieces of 1 to 40 bytes, the same ones every time. */
function pieces(whole: Buffer, seed: number): Buffer[] {
	const found: Buffer[] = [];
	let state = seed;
	for (let at = 0; at < whole.length; ) {
		state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
		const length = 1 + (state % 40);
		found.push(whole.subarray(at, at + length));
		at += length;
	}
	return found;
}

describe('the torture table', () => {
	const rows = [...framing, ...lines, ...separators, ...headers, ...contents];

	test('has at least 80 rows, each a cause of its own', () => {
		expect(rows.length).toBeGreaterThanOrEqual(80);
		expect(new Set(rows.map(([cause]) => cause)).size).toBe(rows.length);
	});

	test.each(rows)('%s', async (_cause, said, answers, events) => {
		const whole = typeof said === 'string' ? bytes(said) : said;
		const choppings = [[whole], pieces(whole, 7), Array.from(whole, (byte) => Buffer.from([byte]))];
		for (const chunks of choppings) {
			const heard = await talk(chunks);
			expect(heard.answers).toEqual(answers);
			expect(heard.handed.flatMap((one) => one.events).map(tell)).toEqual(events);
			expectNoPerson(heard.all + JSON.stringify(heard.handed));
		}
	});

	test('would show a name that gets through', () => {
		expect(() => expectNoPerson(`MSA|AE|M1|${name}`)).toThrow();
	});
});
