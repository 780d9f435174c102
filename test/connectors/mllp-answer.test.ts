// Acknowledgements: whose words they bear, in which mode, and that nothing is acknowledged before the door has it.
import { describe, expect, test } from 'vitest';
import { readMessage } from '../../server/connectors/hl7-message.ts';
import { type AnswerCode, answerTo, kindOf } from '../../server/connectors/mllp-answer.ts';
import { openConversation } from '../../server/connectors/mllp-conversation.ts';
import { messageRefusalCodes } from '../../shared/er.ts';
import { type Changes, END, expectNoPerson, framed, hl7, newReader, personWords, talk, VT, verdictOf } from './hl7-kit.ts';

const stamp = { now: Date.parse('2025-10-21T18:16:00Z'), id: 'A1B2C3' };
const messageOf = (changes: Changes = {}) => readMessage(Buffer.from(hl7(changes), 'latin1'), 'windows-1252').message;
const answers = (changes: Changes, code: AnswerCode = 'taken'): string[] =>
	answerTo(messageOf(changes), code, stamp).map((one) => one.toString('latin1'));

describe('an acknowledgement', () => {
	test('is the sender turned round, with its number, version and trigger', () => {
		expect(answers({})).toEqual([`${VT}MSH|^~\\&|SALA|GENOVA|PSNET|HSM|20251021181600+0000||ACK^A04^ACK|A1B2C3|P|2.5\rMSA|AA|M1\r${END}`]);
	});

	test('of a fault says which, and what to do', () => {
		const [text = ''] = answers({}, 'no-visit');
		expect(text).toContain('\rMSA|AE|M1|no visit in it\r');
		expect(text).toContain(
			'\rERR|||101^Required field missing^HL70357|E|no-visit^no visit in it|||PV1-19, or PID-18, or PID-3 with PV1-44; MRG in a merge\r',
		);
	});

	test("speaks with the sender's separators and character set", () => {
		const said = hl7({ 'MSH-18': '8859/1', 'MSH-5': 'SAL\xc0' }).replaceAll('|', '#').replaceAll('^', '!').replace('!~\\&', '!*%$');
		const { message } = readMessage(Buffer.from(said, 'latin1'), 'utf-8');
		const [text = ''] = answerTo(message, 'no-time', stamp).map((one) => one.toString('latin1'));
		expect(text).toContain('MSH#!*%$#SAL\xc0#GENOVA#PSNET#HSM#20251021181600+0000##ACK!A04!ACK#A1B2C3#P#2.5######8859/1\r');
		expect(text).toContain('\rERR###101!Required field missing!HL70357#E#no-time!no moment to the minute in it#');
	});

	test('of what cannot be read has nobody to turn to', () => {
		const [text = ''] = answerTo(null, 'malformed', stamp).map((one) => one.toString('latin1'));
		expect(text.slice(1)).toMatch(/^MSH\|\^~\\&\|REGIA\|\|\|\|\d{14}\+0000\|\|ACK\|A1B2C3\|P\|2\.5\rMSA\|AE\|\|/);
	});

	test('gives back what is text, and no more of it than a name has', () => {
		const [long = ''] = answers({ 'MSH-3': 'A'.repeat(300), 'MSH-10': 'M\x00\x0b1' });
		expect(long).not.toContain('AAAA');
		expect(long).toContain('\rMSA|AA\r');
	});

	test.each([...messageRefusalCodes, 'unknown-sender', 'not-now'] as const)('for %s is closed words alone', (code) => {
		const given = { 'PID-3': personWords[0] ?? '', 'MSH-9': `ADT^${personWords[1]}`, 'MSH-7': personWords[2] ?? '' };
		const [text = ''] = answers(given, code);
		expectNoPerson(text);
		expect(verdictOf(text)).toBe(`A${kindOf(code)} ${code}`);
	});
});

describe('enhanced mode', () => {
	const mode = (accept: string, application: string): Changes => ({ 'MSH-15': accept, 'MSH-16': application });
	test.each([
		['AL', 'AL', ['CA', 'AA'], ['CE', 'AE']],
		['AL', 'NE', ['CA'], ['CE']],
		['NE', 'AL', ['AA'], ['AE']],
		['NE', 'NE', [], []],
		['ER', 'ER', [], ['CE', 'AE']],
		['SU', 'SU', ['CA', 'AA'], []],
		['AL', '', ['CA'], ['CE']],
		['', 'AL', ['AA'], ['AE']],
		['??', '', ['CA'], ['CE']],
	] as const)('MSH-15 %j and MSH-16 %j', (accept, application, taken, refused) => {
		const verdicts = (code: AnswerCode): string[] => answers(mode(accept, application), code).map((one) => verdictOf(one).slice(0, 2));
		expect([verdicts('taken'), verdicts('no-visit')]).toEqual([taken, refused]);
	});

	test('rejects as it accepts', () => {
		expect(answers(mode('AL', 'AL'), 'unknown-type').map(verdictOf)).toEqual(['CR unknown-type', 'AR unknown-type']);
	});

	test('has a number for each of its two', () => {
		const ids = answers(mode('AL', 'AL')).map((one) => one.split('|')[9]);
		expect(new Set(ids).size).toBe(2);
	});
});

describe('the door', () => {
	test('that cannot keep a message has it sent again, and that is not counted as its fault', async () => {
		const said = await talk([framed(hl7())], { door: false });
		expect(said.answers).toEqual(['AR not-now']);
		const refused = await talk([framed(hl7({ PV1: null }))], { door: false });
		expect(refused.answers).toEqual(['AE no-visit']);
	});

	test('is handed what makes a message the same one: all of it, keyed', async () => {
		const same = await talk([framed(hl7()), framed(hl7()), framed(hl7({ 'PV1-3': 'PS^BOX' }))]);
		const [first, again, other] = same.handed.map(({ message }) => message);
		expect(again).toBe(first);
		expect(other).not.toBe(first);
		expect(first).toMatch(/^[A-Za-z0-9_-]{22}$/);
		expect(same.all.split(VT)[1]).toBe(same.all.split(VT)[2]);
	});

	test('that has it from before has it answered as before', async () => {
		const written: string[] = [];
		const conversation = openConversation({
			reader: newReader(),
			take: async () => ({ ok: true, repeated: true, answer: 'taken' }),
			now: () => stamp.now,
			peer: '127.0.0.1',
			largestFrameBytes: 65_536,
			mostUnanswered: 3,
			write: (bytes) => written.push(verdictOf(bytes.toString('latin1'))),
			stumble: () => expect.fail('the reader stumbled'),
			flow: () => undefined,
		});
		conversation.hear(framed(hl7({ 'PV1-19': '', 'PID-18': '' })));
		await conversation.settled();
		expect(written).toEqual(['AA']);
	});

	test('counts a number that comes twice with other content', () => {
		const reader = newReader();
		for (const text of [hl7(), hl7(), hl7({ 'PV1-3': 'PS^BOX' })]) reader.read({ kind: 'whole', bytes: Buffer.from(text) }, '127.0.0.1', stamp.now);
		expect(reader.counts()).toMatchObject({ sameNumber: 1 });
	});

	test('of a rehearsal takes test messages as well', async () => {
		const said = [framed(hl7({ 'MSH-11': 'T' })), framed(hl7()), framed(hl7({ 'MSH-11': 'D' }))];
		expect((await talk(said, { processing: ['P', 'T'] })).answers).toEqual(['AA', 'AA', 'AR not-production']);
	});

	test('is waited for: answers leave in the order of the messages, whichever is kept first', async () => {
		const written: string[] = [];
		const kept: (() => void)[] = [];
		const flow: boolean[] = [];
		const conversation = openConversation({
			reader: newReader(),
			take: () => new Promise((resolve) => kept.push(() => resolve({ ok: true }))),
			now: () => stamp.now,
			peer: '127.0.0.1',
			largestFrameBytes: 65_536,
			mostUnanswered: 3,
			write: (bytes) => written.push(bytes.toString('latin1').split('MSA|')[1]?.split('\r')[0] ?? ''),
			stumble: () => expect.fail('the reader stumbled'),
			flow: (isOpen) => flow.push(isOpen),
		});
		conversation.hear(Buffer.concat(['1', '2', '3', '4'].map((id) => framed(hl7({ 'MSH-10': id })))));
		expect([kept.length, conversation.unanswered(), flow]).toEqual([3, 4, [false]]);
		kept[2]?.();
		kept[1]?.();
		await new Promise(setImmediate);
		expect(written).toEqual([]);
		kept[0]?.();
		await new Promise(setImmediate);
		expect([written, kept.length, flow]).toEqual([['AA|1', 'AA|2', 'AA|3'], 4, [false, true]]);
		kept[3]?.();
		await conversation.settled();
		expect(written.at(-1)).toBe('AA|4');
	});

	test('that fails and a reader that stumbles lose no neighbour', async () => {
		const reader = newReader();
		let stumbled = 0;
		const written: string[] = [];
		const conversation = openConversation({
			reader: {
				...reader,
				read: (frame, peer, at) => {
					if (frame.bytes.includes('STUMBLE')) throw new Error('a fault');
					return reader.read(frame, peer, at);
				},
			},
			take: async () => ({ ok: true }),
			now: () => stamp.now,
			peer: '127.0.0.1',
			largestFrameBytes: 65_536,
			mostUnanswered: 3,
			write: (bytes) => written.push(verdictOf(bytes.toString('latin1'))),
			stumble: () => stumbled++,
			flow: () => undefined,
		});
		conversation.hear(Buffer.concat([framed(hl7()), framed(hl7({ 'MSH-6': 'STUMBLE' })), framed(hl7())]));
		await conversation.settled();
		expect([written, stumbled]).toEqual([['AA', 'AE malformed', 'AA'], 1]);
	});
});
