// The acknowledgement of a message: which codes, in which mode, in the sender's own separators and version. Says closed words alone.
import type { MessageRefusalCode } from '../../shared/er.ts';
import type { Hl7Message } from './hl7-message.ts';

/** `not-now`: the record could not take it, nothing of it is kept, and it may be sent again. */
export type AnswerCode = 'taken' | 'unknown-sender' | 'not-now' | MessageRefusalCode;

type Words = { readonly kind: 'A' | 'E' | 'R'; readonly error: string; readonly text: string; readonly remedy: string };

/** HL7 table 0357 for ERR-3. */
const invalid = { required: '101^Required field missing', type: '102^Data type error', value: '103^Table value not found' } as const;
const internal = '207^Application internal error';

const words: Readonly<Record<AnswerCode, Words>> = {
	taken: { kind: 'A', error: '0^Message accepted', text: '', remedy: '' },
	malformed: {
		kind: 'E',
		error: '100^Segment sequence error',
		text: 'not a readable message',
		remedy: 'MSH first, with MSH-9 and MSH-10, in one frame',
	},
	batch: {
		kind: 'E',
		error: '100^Segment sequence error',
		text: 'more than one message in a frame',
		remedy: 'one message a frame, without FHS and BHS',
	},
	'too-large': { kind: 'E', error: internal, text: 'larger than the bound', remedy: 'leave documents out of ADT' },
	'bad-charset': { kind: 'E', error: invalid.value, text: 'a character set that is not read', remedy: 'UNICODE UTF-8 in MSH-18, or nothing' },
	'no-visit': { kind: 'E', error: invalid.required, text: 'no visit in it', remedy: 'PV1-19, or PID-18, or PID-3 with PV1-44; MRG in a merge' },
	'no-time': { kind: 'E', error: invalid.required, text: 'no moment to the minute in it', remedy: 'EVN-2 and MSH-7 to the second' },
	future: {
		kind: 'E',
		error: invalid.type,
		text: 'dated more than 5 minutes ahead',
		remedy: "set the sender's clock, or its zone in the plan",
	},
	'unknown-site': { kind: 'E', error: '204^Unknown key identifier', text: 'no emergency room for it', remedy: "PV1-3 in the source's locations" },
	'unknown-type': { kind: 'R', error: '200^Unsupported message type', text: 'not a message for a census', remedy: 'ADT with a trigger that is read' },
	'not-production': { kind: 'R', error: '202^Unsupported processing id', text: 'not production', remedy: 'P in MSH-11' },
	'not-permitted': { kind: 'R', error: internal, text: 'not permitted from there', remedy: "the address in the source's addresses" },
	'unknown-sender': {
		kind: 'R',
		error: '204^Unknown key identifier',
		text: 'a sender that is not in the plan',
		remedy: 'MSH-3 and MSH-4 as in the plan',
	},
	'not-now': { kind: 'R', error: internal, text: 'cannot be kept now', remedy: 'send it again' },
};

export const isAnswerCode = (text: string | undefined): text is AnswerCode => text !== undefined && Object.hasOwn(words, text);
export const kindOf = (code: AnswerCode): 'A' | 'E' | 'R' => words[code].kind;

/** What an acknowledgement's own header needs: when it is made (UTC), and a number of its own, the same for the same message. */
export type Stamp = { readonly now: number; readonly id: string };

const LONGEST_ECHO = 227;

/** What these fields can be at all: a segment that is shifted by a field has somebody's name there. */
const shapes: Readonly<Partial<Record<number, RegExp>>> = {
	11: /^[PTD](?:[^\w\s][ARTI])?$/,
	12: /^\d\.\d(?:\.\d)?$/,
	18: /^(?:ASCII|8859\/\d{1,2}|UNICODE(?: UTF-8)?|UTF-?8|ISO-8859-\d{1,2})$/i,
};

/** The sender's own bytes back to it, where they are nothing but text of their field's shape; else nothing. */
function echoOf(message: Hl7Message | null, field: 3 | 4 | 5 | 6 | 10 | 11 | 12 | 18): string {
	const bytes = message?.echo(field);
	if (!bytes || bytes.length > LONGEST_ECHO || bytes.some((byte) => byte < 0x20 || byte === 0x7f)) return '';
	const text = bytes.toString('latin1');
	return shapes[field]?.test(text) === false ? '' : text;
}

const momentOf = (now: number): string => `${new Date(now).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}+0000`;

type Asked = 'always' | 'never' | 'on-success' | 'on-error';
const asks: Readonly<Record<string, Asked>> = { AL: 'always', NE: 'never', SU: 'on-success', ER: 'on-error' };
const isWanted = (asked: Asked, kind: 'A' | 'E' | 'R'): boolean =>
	asked === 'always' || ((asked === 'on-success') === (kind === 'A' && asked !== 'never') && asked !== 'never');

/**
 * The frames that answer a message, in order. Original mode: one. Enhanced mode (MSH-15 or MSH-16 says something): that it is kept
 * (CA CE CR), then what became of it (AA AE AR), each where it is asked for.
 */
export function answerTo(message: Hl7Message | null, code: AnswerCode, stamp: Stamp): readonly Buffer[] {
	const { kind } = words[code];
	const accept = message?.text('MSH-15')?.toUpperCase();
	const application = message?.text('MSH-16')?.toUpperCase();
	if (accept === undefined && application === undefined) return [acknowledge(message, `A${kind}`, code, stamp)];
	const wanted: string[] = [];
	if (isWanted(asks[accept ?? 'NE'] ?? 'always', kind)) wanted.push(`C${kind}`);
	if (isWanted(asks[application ?? 'NE'] ?? 'always', kind)) wanted.push(`A${kind}`);
	return wanted.map((one) => acknowledge(message, one, code, { ...stamp, id: `${one[0]}${stamp.id}` }));
}

function acknowledge(message: Hl7Message | null, outcome: string, code: AnswerCode, { now, id }: Stamp): Buffer {
	const { error, text, remedy, kind } = words[code];
	const field = message?.echo(1).toString('latin1') ?? '|';
	const given = message?.echo(2).toString('latin1') ?? '';
	const encoding = given.length >= 4 ? given : `${given}${'^~\\&'.slice(given.length)}`;
	const component = encoding[0] ?? '^';
	const trigger = message?.text('MSH-9', 2) ?? '';
	const type = /^[A-Z]\d\d$/.test(trigger) ? ['ACK', trigger, 'ACK'] : ['ACK'];
	const line = (...fields: string[]): string => {
		const last = fields.findLastIndex((one) => one !== '');
		return `${fields.slice(0, last + 1).join(field)}\r`;
	};
	// Where a message is the other way round: its receiver answers.
	const [fromApplication, fromFacility] = [echoOf(message, 5) || 'REGIA', echoOf(message, 6)];
	const header = line(
		`MSH${field}${encoding}`,
		fromApplication,
		fromFacility,
		echoOf(message, 3),
		echoOf(message, 4),
		momentOf(now),
		'',
		type.join(component),
		id.slice(0, 20),
		echoOf(message, 11) || 'P',
		echoOf(message, 12) || '2.5',
		...(echoOf(message, 18) === '' ? [] : ['', '', '', '', '', echoOf(message, 18)]),
	);
	const verdict = line('MSA', outcome, echoOf(message, 10), ...(text === '' ? [] : [text]));
	const coded = error.replace('^', component);
	const fault = kind === 'A' ? '' : line('ERR', '', '', [coded, 'HL70357'].join(component), 'E', [code, text].join(component), '', '', remedy);
	return Buffer.from(`\x0b${header}${verdict}${fault}\x1c\r`, 'latin1');
}
