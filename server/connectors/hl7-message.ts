// Reads HL7 v2 out of bytes, tolerantly: line ends of all sorts, separators from MSH. Open fields are text, a person's are opaque (rule 6).
import { chooseDecoder, type Decode } from './hl7-charset.ts';
import { Person } from './hl7-person.ts';

/** Fields that say nothing of a person: these alone can be had as text. */
export type OpenField = `MSH-${3 | 4 | 7 | 9 | 10 | 11 | 12 | 15 | 16 | 18}` | `EVN-${1 | 2 | 6}` | `PV1-${2 | 3 | 6 | 14 | 36 | 42 | 44 | 45}`;
export type PersonField = 'PID-2' | 'PID-3' | 'PID-18' | 'PV1-19' | 'MRG-1' | 'MRG-3' | 'MRG-5';

/** Where a code stands, as a plan writes it: PV2-25, ZPS-2.1, OBX[3.1=11283-9]-5.1. */
export type CodedPath = {
	readonly segment: string;
	readonly field: number;
	readonly component: number;
	readonly where: { readonly field: number; readonly component: number; readonly is: string } | null;
};

type Separators = {
	readonly field: number;
	readonly component: number;
	readonly repetition: number;
	readonly escape: number;
	readonly subcomponent: number;
};
type Span = readonly [start: number, end: number];
type Segment = { readonly name: string; readonly start: number; readonly end: number };

/** What a message says of one patient: MSH and EVN, and the segments from one PID to the next. */
export type Hl7Part = {
	/** Null where it is empty or absent, and where it is the explicit null (`""`). */
	text(field: OpenField, component?: number): string | null;
	/** All components of the first repetition; empty ones as ''. */
	components(field: OpenField): readonly string[];
	/** `""`: what was known is to be forgotten, which an empty field does not say. */
	isCleared(field: OpenField): boolean;
	person(field: PersonField, component?: number): Person | null;
	/** The last such segment's code that means something here; `'cleared'` where that is `""`. What means nothing is not handed out. */
	coded<T>(path: CodedPath, meanings: ReadonlyMap<string, T>): T | 'cleared' | null;
	has(segment: string): boolean;
};

export type Hl7Message = Hl7Part & {
	/** An MSH field as it came, for the answer: the sender's own words back to it. */
	echo(field: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 10 | 11 | 12 | 18): Buffer;
	readonly bytes: Buffer;
	/** One a PID, in order; the whole where there is none. */
	readonly parts: readonly Hl7Part[];
};

/** `message`: where its MSH can be read, so that it can be answered. */
export type ReadMessage =
	| { readonly ok: true; readonly message: Hl7Message }
	| { readonly ok: false; readonly code: 'malformed' | 'batch' | 'bad-charset'; readonly message: Hl7Message | null };

const CR = 0x0d;
const LF = 0x0a;
const NOTHING: Span = [0, 0];
const batchSegments = ['FHS', 'BHS', 'BTS', 'FTS'];
const isLineEnd = (byte: number | undefined): boolean => byte === CR || byte === LF;

function segmentsOf(bytes: Buffer): Segment[] {
	const found: Segment[] = [];
	let start = 0;
	for (let at = 0; at <= bytes.length; at++) {
		if (at < bytes.length && !isLineEnd(bytes[at])) continue;
		// Some indent, or begin with a mark of their encoding.
		while (start < at && (bytes[start] === 0x20 || (start === 0 && bytes[0] === 0xef))) start += bytes[start] === 0xef ? 3 : 1;
		if (at - start >= 3) found.push({ name: bytes.toString('latin1', start, start + 3), start, end: at });
		start = at + 1;
	}
	return found;
}

/** MSH-1 and MSH-2; the usual ones where MSH-2 says less. Null where they cannot be told apart from letters or from one another. */
function separatorsOf(bytes: Buffer, { start, end }: Segment): Separators | null {
	const field = bytes[start + 3] ?? 0;
	const usual = Buffer.from('^~\\&');
	let stop = start + 4;
	while (stop < end && bytes[stop] !== field) stop++;
	const given = [0, 1, 2, 3].map((nth) => (start + 4 + nth < stop ? (bytes[start + 4 + nth] ?? 0) : (usual[nth] ?? 0)));
	const all = [field, ...given];
	const isSound = all.every((one) => one > 0x20 && one < 0x7f && !/[A-Za-z0-9]/.test(String.fromCharCode(one)));
	if (!isSound || new Set(all).size !== 5) return null;
	const [component = 0, repetition = 0, escaping = 0, subcomponent = 0] = given;
	return { field, component, repetition, escape: escaping, subcomponent };
}

/** The nth stretch (from 0) between separators; empty where there is none. */
function piece(bytes: Buffer, [start, end]: Span, separator: number, nth: number): Span {
	let from = start;
	let left = nth;
	for (let at = start; at < end; at++) {
		if (bytes[at] !== separator) continue;
		if (left === 0) return [from, at];
		left--;
		from = at + 1;
	}
	return left === 0 ? [from, end] : NOTHING;
}

function trim(bytes: Buffer, [start, end]: Span): Span {
	let [from, to] = [start, end];
	while (from < to && bytes[from] === 0x20) from++;
	while (to > from && bytes[to - 1] === 0x20) to--;
	return [from, to];
}

export function readMessage(frame: Buffer, fallback: string): ReadMessage {
	const segments = segmentsOf(frame);
	const header = segments.find(({ name }) => name === 'MSH');
	const separators = header ? separatorsOf(frame, header) : null;
	const isBatch = segments.filter(({ name }) => name === 'MSH').length > 1 || segments.some(({ name }) => batchSegments.includes(name));
	if (!header || !separators) return { ok: false, code: isBatch ? 'batch' : 'malformed', message: null };
	// MSH-18 itself is ASCII in every set that can be read.
	const declared = trim(frame, fieldOf(frame, header, separators, 18));
	const decode = chooseDecoder(frame, frame.toString('latin1', ...declared), fallback);
	const message = createMessage(frame, segments, header, separators, decode ?? ((start, end) => frame.toString('latin1', start, end)));
	if (isBatch) return { ok: false, code: 'batch', message };
	if (segments[0] !== header || message.text('MSH-9') === null || message.text('MSH-10') === null) return { ok: false, code: 'malformed', message };
	return decode ? { ok: true, message } : { ok: false, code: 'bad-charset', message };
}

function fieldOf(bytes: Buffer, { name, start, end }: Segment, { field }: Separators, nth: number): Span {
	// MSH-1 is the separator itself, so that MSH-2 is the first stretch behind it.
	return piece(bytes, [start, end], field, name === 'MSH' ? nth - 1 : nth);
}

function createMessage(bytes: Buffer, segments: readonly Segment[], header: Segment, separators: Separators, decode: Decode): Hl7Message {
	const ids = segments.flatMap(({ name }, index) => (name === 'PID' ? [index] : []));
	const common = segments.slice(0, ids[0] ?? segments.length);
	const partOf = (own: readonly Segment[]): Hl7Part => createPart(bytes, own, separators, decode);
	const parts = ids.length < 2 ? [] : ids.map((first, index) => partOf([...common, ...segments.slice(first, ids[index + 1])]));
	const whole = partOf(segments);
	return {
		...whole,
		echo: (field) =>
			field === 1 ? bytes.subarray(header.start + 3, header.start + 4) : bytes.subarray(...fieldOf(bytes, header, separators, field)),
		bytes,
		parts: parts.length > 0 ? parts : [whole],
	};
}

function createPart(bytes: Buffer, segments: readonly Segment[], separators: Separators, decode: Decode): Hl7Part {
	const spanOf = (field: string): Span => {
		const name = field.slice(0, 3);
		const segment = segments.find((one) => one.name === name);
		return segment ? piece(bytes, fieldOf(bytes, segment, separators, Number(field.slice(4))), separators.repetition, 0) : NOTHING;
	};
	const componentOf = (span: Span, nth: number): Span =>
		trim(bytes, piece(bytes, piece(bytes, span, separators.component, nth - 1), separators.subcomponent, 0));
	const isNull = ([start, end]: Span): boolean => end - start === 2 && bytes[start] === 0x22 && bytes[start + 1] === 0x22;
	const read = (span: Span): string => {
		for (let at = span[0]; at < span[1]; at++) if (bytes[at] === separators.escape) return readEscaped(bytes, span, separators, decode);
		return decode(...span);
	};
	const isEmpty = ([start, end]: Span): boolean => start === end;
	return {
		text(field, component = 1) {
			const span = componentOf(spanOf(field), component);
			return isEmpty(span) || isNull(span) ? null : read(span);
		},
		components(field) {
			const span = spanOf(field);
			let many = isEmpty(span) ? 0 : 1;
			for (let at = span[0]; at < span[1]; at++) if (bytes[at] === separators.component) many++;
			return Array.from({ length: many }, (_, index) => componentOf(span, index + 1)).map((one) => (isNull(one) ? '' : read(one)));
		},
		isCleared: (field) => isNull(componentOf(spanOf(field), 1)),
		person(field, component = 1) {
			const span = componentOf(spanOf(field), component);
			return isEmpty(span) || isNull(span) ? null : new Person(Buffer.from(bytes.subarray(...span)));
		},
		coded(path, meanings) {
			let found: ReturnType<typeof meanings.get> | 'cleared' | null = null;
			for (const segment of segments) {
				if (segment.name !== path.segment) continue;
				const at = (field: number, component: number): Span =>
					componentOf(piece(bytes, fieldOf(bytes, segment, separators, field), separators.repetition, 0), component);
				if (path.where && read(at(path.where.field, path.where.component)) !== path.where.is) continue;
				const span = at(path.field, path.component);
				const meaning = isNull(span) ? 'cleared' : meanings.get(read(span).toUpperCase());
				if (meaning !== undefined) found = meaning;
			}
			return found ?? null;
		},
		has: (segment) => segments.some(({ name }) => name === segment),
	};
}

const letters: Readonly<Record<string, keyof Separators>> = { F: 'field', S: 'component', T: 'subcomponent', R: 'repetition', E: 'escape' };

/** \F\ \S\ \T\ \R\ \E\ are the separators, \Xhh…\ bytes, \.br\ a line; other sequences are of typography, and one that does not end is text. */
function readEscaped(bytes: Buffer, [start, end]: Span, separators: Separators, decode: Decode): string {
	let text = '';
	let from = start;
	for (let at = start; at < end; at++) {
		if (bytes[at] !== separators.escape) continue;
		const close = bytes.indexOf(separators.escape, at + 1);
		if (close < 0 || close >= end) break;
		const sequence = bytes.toString('latin1', at + 1, close);
		text += decode(from, at);
		const separator = letters[sequence];
		if (separator) text += String.fromCharCode(separators[separator]);
		else if (/^X(?:[0-9A-Fa-f]{2})+$/.test(sequence)) text += Buffer.from(sequence.slice(1), 'hex').toString('latin1');
		else if (sequence.startsWith('.br')) text += '\n';
		at = close;
		from = close + 1;
	}
	return text + decode(from, end);
}
