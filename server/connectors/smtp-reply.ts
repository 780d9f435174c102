// Reads a reply of an SMTP server (RFC 5321 4.2): its code and the first word of each line. Keeps nothing of its text.
import type { Heard } from './converse.ts';

export type SmtpReply = {
	readonly code: number;
	/** In capitals, as STARTTLS or SIZE. */
	readonly words: readonly string[];
};

const LONGEST_LINE = 2048;
const MOST_LINES = 200;
const LF = 0x0a;

export function takeReply(bytes: Buffer): Heard<SmtpReply> {
	const words: string[] = [];
	let code: number | null = null;
	let from = 0;
	while (words.length < MOST_LINES) {
		const end = bytes.indexOf(LF, from);
		if ((end < 0 ? bytes.length : end) - from > LONGEST_LINE) return 'wrong';
		const line = bytes.toString('latin1', from, end < 0 ? bytes.length : end);
		if (end < 0) return isBeginning(line) ? 'more' : 'wrong';
		const [, digits, mark, word = ''] = /^([2-5]\d\d)(?:([ -])([\w.-]*)[^\r]*)?\r?$/.exec(line) ?? [];
		if (digits === undefined || (code !== null && Number(digits) !== code)) return 'wrong';
		code = Number(digits);
		words.push(word.toUpperCase());
		from = end + 1;
		if (mark !== '-') return { value: { code, words }, length: from };
	}
	return 'wrong';
}

/** Whether a line without its end may still become one: who talks something else is not waited for. */
const isBeginning = (line: string): boolean => /^(?:[2-5]?|[2-5]\d{0,2}|[2-5]\d\d[ \r-].*)$/s.test(line);
