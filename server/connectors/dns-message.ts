// Writes a question to a name server and reads what comes back (RFC 1035, 3596, 2782), distrusting every length in it. Pure.
import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';

export const recordTypes = { A: 1, CNAME: 5, MX: 15, TXT: 16, AAAA: 28, SRV: 33 } as const;
export type RecordType = keyof typeof recordTypes;
export const recordTypeNames = ['A', 'AAAA', 'CNAME', 'MX', 'TXT', 'SRV'] as const satisfies readonly RecordType[];

export type DnsQuestion = { readonly id: number; readonly name: string; readonly type: RecordType; readonly isRecursive: boolean };

/** `code`: 0 is no error, 3 no such name. `answers`: of the asked type, in one spelling, aliases followed. */
export type DnsAnswer = { readonly code: number; readonly isCut: boolean; readonly answers: readonly string[] };

const LONGEST_NAME = 253;
const LONGEST_LABEL = 63;
const MOST_RECORDS = 500;
const MOST_ALIASES = 16;
const INTERNET = 1;

/** As it is asked and compared: ASCII, small letters, without the last dot; null where it is no name. */
export function nameAs(written: string): string | null {
	const bare = written.replace(/\.$/, '');
	const name = /^[\x21-\x7e]+$/.test(bare) ? bare.toLowerCase() : domainToASCII(bare);
	const isName = name.length <= LONGEST_NAME && name.split('.').every((label) => /^[a-z0-9_-]{1,63}$/.test(label));
	return isName ? name : null;
}

const longAddress = (address: string): string => URL.parse(`http://[${address}]/`)?.hostname.slice(1, -1) ?? address;

/** An expected answer in the spelling of `answers`; null where a record of this type can't say it. */
export function answerAs(type: RecordType, written: string): string | null {
	if (type === 'A') return isIP(written) === 4 ? written : null;
	if (type === 'AAAA') return isIP(written) === 6 ? longAddress(written) : null;
	if (type === 'TXT') return written;
	const figures = type === 'CNAME' ? 0 : type === 'MX' ? 1 : 3;
	const words = written.trim().split(/\s+/);
	const name = nameAs(words.at(-1) ?? '');
	const isWhole = words.length === figures + 1 && words.slice(0, -1).every((one) => /^\d{1,5}$/.test(one) && Number(one) <= 65_535);
	return name !== null && isWhole ? [...words.slice(0, -1).map(Number), name].join(' ') : null;
}

export function writeQuestion({ id, name, type, isRecursive }: DnsQuestion): Buffer {
	const head = Buffer.alloc(12);
	head.writeUInt16BE(id, 0);
	head.writeUInt16BE(isRecursive ? 0x0100 : 0, 2);
	head.writeUInt16BE(1, 4);
	const labels = name.split('.').flatMap((label) => [Buffer.of(label.length), Buffer.from(label, 'latin1')]);
	return Buffer.concat([head, ...labels, Buffer.of(0, 0, recordTypes[type], 0, INTERNET)]);
}

type Named = { readonly name: string; readonly next: number };

/** A name that begins at `at`; its pointers lead backwards only, so that it ends. */
function readName(bytes: Buffer, at: number): Named | null {
	const labels: string[] = [];
	let length = 0;
	let here = at;
	let least = at;
	let next: number | null = null;
	for (;;) {
		const size = bytes[here];
		if (size === undefined) return null;
		if (size === 0) return { name: labels.join('.'), next: next ?? here + 1 };
		if (size >= 0xc0) {
			const low = bytes[here + 1];
			if (low === undefined) return null;
			const to = ((size & 0x3f) << 8) | low;
			if (to >= least) return null;
			next ??= here + 2;
			least = to;
			here = to;
			continue;
		}
		const end = here + 1 + size;
		length += size + 1;
		if (size > LONGEST_LABEL || end > bytes.length || length > LONGEST_NAME + 1) return null;
		// A dot inside a label is not one between two.
		labels.push(
			bytes
				.toString('latin1', here + 1, end)
				.toLowerCase()
				.replaceAll('.', '\\.'),
		);
		here = end;
	}
}

type Data = { readonly bytes: Buffer; readonly from: number; readonly to: number };

function nameIn({ bytes, to }: Data, at: number): string | null {
	const read = readName(bytes, at);
	return read !== null && read.next === to ? read.name : null;
}

function textIn({ bytes, from, to }: Data): string | null {
	const parts: Buffer[] = [];
	for (let at = from; at < to; ) {
		const end = at + 1 + (bytes[at] ?? 0);
		if (end > to) return null;
		parts.push(bytes.subarray(at + 1, end));
		at = end;
	}
	return parts.length === 0 ? null : Buffer.concat(parts).toString('utf8');
}

function valueIn(type: RecordType, data: Data): string | null {
	const { bytes, from, to } = data;
	const length = to - from;
	if (type === 'A') return length === 4 ? bytes.subarray(from, to).join('.') : null;
	if (type === 'AAAA') return length === 16 ? longAddress(bytes.toString('hex', from, to).replace(/....(?=.)/g, '$&:')) : null;
	if (type === 'TXT') return textIn(data);
	const figures = type === 'CNAME' ? 0 : type === 'MX' ? 1 : 3;
	if (length < 2 * figures + 1) return null;
	const name = nameIn(data, from + 2 * figures);
	return name === null ? null : [...Array.from({ length: figures }, (_, nth) => bytes.readUInt16BE(from + 2 * nth)), name].join(' ');
}

type Answered = { readonly owner: string; readonly type: RecordType; readonly value: string };

const typeNames = new Map<number, RecordType>(recordTypeNames.map((name) => [recordTypes[name], name]));

function readRecords(bytes: Buffer, start: number, count: number): readonly Answered[] | null {
	const found: Answered[] = [];
	let at = start;
	for (let nth = 0; nth < Math.min(count, MOST_RECORDS); nth++) {
		const owner = readName(bytes, at);
		if (owner === null || owner.next + 10 > bytes.length) return null;
		const from = owner.next + 10;
		const to = from + bytes.readUInt16BE(owner.next + 8);
		if (to > bytes.length) return null;
		const type = typeNames.get(bytes.readUInt16BE(owner.next));
		if (type !== undefined && bytes.readUInt16BE(owner.next + 2) === INTERNET) {
			const value = valueIn(type, { bytes, from, to });
			if (value === null) return null;
			found.push({ owner: owner.name, type, value });
		}
		at = to;
	}
	return found;
}

/** Null: no answer to this question, or none that can be read. */
export function readAnswer(bytes: Buffer, asked: DnsQuestion): DnsAnswer | null {
	if (bytes.length < 12 || bytes.readUInt16BE(0) !== asked.id) return null;
	const flags = bytes.readUInt16BE(2);
	// An answer (QR) to an ordinary question (opcode 0).
	if ((flags & 0xf800) !== 0x8000) return null;
	const [code, isCut] = [flags & 0x0f, (flags & 0x0200) !== 0];
	const questions = bytes.readUInt16BE(4);
	// Who could not read the question need not repeat it.
	if (questions === 0 && code !== 0) return { code, isCut, answers: [] };
	const name = questions === 1 ? readName(bytes, 12) : null;
	if (name === null || name.name !== asked.name || name.next + 4 > bytes.length) return null;
	if (bytes.readUInt16BE(name.next) !== recordTypes[asked.type] || bytes.readUInt16BE(name.next + 2) !== INTERNET) return null;
	// What is cut is asked for again by TCP.
	if (isCut) return { code, isCut, answers: [] };
	const records = readRecords(bytes, name.next + 4, bytes.readUInt16BE(6));
	if (records === null) return null;
	const owners = new Set([asked.name]);
	for (let turn = 0, owner: string | undefined = asked.name; owner !== undefined && turn < MOST_ALIASES && asked.type !== 'CNAME'; turn++) {
		owner = records.find((one) => one.type === 'CNAME' && one.owner === owner)?.value;
		if (owner !== undefined) owners.add(owner);
	}
	const mine = records.filter((one) => one.type === asked.type && owners.has(one.owner));
	return { code, isCut, answers: mine.map((one) => one.value) };
}
