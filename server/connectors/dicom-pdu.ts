// The few messages of DICOM's upper layer (PS3.8 9.3) that an echo needs, written and read, distrusting every length. Knows no socket.
import type { Heard } from './converse.ts';

export const VERIFICATION = '1.2.840.10008.1.1';
const APPLICATION_CONTEXT = '1.2.840.10008.3.1.1.1';
const IMPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2';
/** Of Regia: 2.25 and a UUID as a number (PS3.5 B.2). */
const IMPLEMENTATION = '2.25.56667282050064171995074981662488309363';
export const LARGEST_PDU = 16_384;
const CONTEXT = 1;

export const pduTypes = { request: 1, accept: 2, reject: 3, data: 4, releaseRequest: 5, releaseAnswer: 6, abort: 7 } as const;
export type Pdu = { readonly type: number; readonly body: Buffer };

const pdu = (type: number, body: Buffer): Buffer => {
	const head = Buffer.of(type, 0, 0, 0, 0, 0);
	head.writeUInt32BE(body.length, 2);
	return Buffer.concat([head, body]);
};

const item = (type: number, ...parts: readonly (Buffer | string)[]): Buffer => {
	const body = Buffer.concat(parts.map((one) => (typeof one === 'string' ? Buffer.from(one, 'latin1') : one)));
	return Buffer.concat([Buffer.of(type, 0, body.length >> 8, body.length & 255), body]);
};

const title = (name: string): Buffer => Buffer.from(name.padEnd(16, ' '), 'latin1');

export function writeRequest(calling: string, called: string): Buffer {
	const largest = Buffer.alloc(4);
	largest.writeUInt32BE(LARGEST_PDU);
	return pdu(
		pduTypes.request,
		Buffer.concat([
			Buffer.of(0, 1, 0, 0),
			title(called),
			title(calling),
			Buffer.alloc(32),
			item(0x10, APPLICATION_CONTEXT),
			item(0x20, Buffer.of(CONTEXT, 0, 0, 0), item(0x30, VERIFICATION), item(0x40, IMPLICIT_LITTLE_ENDIAN)),
			item(0x50, item(0x51, largest), item(0x52, IMPLEMENTATION), item(0x55, 'REGIA')),
		]),
	);
}

export const releaseRequest = pdu(pduTypes.releaseRequest, Buffer.alloc(4));

/** One PDU, no larger than Regia has said it takes. */
export function takePdu(bytes: Buffer): Heard<Pdu> {
	const type = bytes[0];
	if (type !== undefined && (type < pduTypes.request || type > pduTypes.abort)) return 'wrong';
	if (bytes.length < 6) return 'more';
	const end = 6 + bytes.readUInt32BE(2);
	if (end > 6 + LARGEST_PDU) return 'wrong';
	return bytes.length < end ? 'more' : { value: { type: type ?? 0, body: bytes.subarray(6, end) }, length: end };
}

export type Association = 'accepted' | 'not-offered' | 'wrong';

/** Whether an A-ASSOCIATE-AC offers verification. */
export function readAccept(body: Buffer): Association {
	if (body.length < 68) return 'wrong';
	for (let at = 68; at < body.length; ) {
		if (at + 4 > body.length) return 'wrong';
		const end = at + 4 + body.readUInt16BE(at + 2);
		if (end > body.length) return 'wrong';
		if (body[at] === 0x21) {
			if (end - at < 8) return 'wrong';
			if (body[at + 4] === CONTEXT) return body[at + 6] === 0 ? 'accepted' : 'not-offered';
		}
		at = end;
	}
	return 'not-offered';
}

export type Rejection = { readonly isPermanent: boolean; readonly source: number; readonly reason: number };

export const readReject = (body: Buffer): Rejection | null =>
	body.length === 4 ? { isPermanent: body[1] === 1, source: body[2] ?? 0, reason: body[3] ?? 0 } : null;

const MESSAGE_ID = 1;
const ECHO_REQUEST = 0x0030;
const ECHO_ANSWER = 0x8030;

const element = (nth: number, value: Buffer): Buffer => {
	const head = Buffer.alloc(8);
	head.writeUInt16LE(nth, 2);
	head.writeUInt32LE(value.length, 4);
	return Buffer.concat([head, value]);
};
const short = (value: number): Buffer => Buffer.of(value & 255, value >> 8);

/** C-ECHO-RQ (PS3.7 9.3.5.1): in the command set everything is Implicit VR Little Endian, and it has no data set. */
export function writeEcho(): Buffer {
	const set = Buffer.concat([
		element(0x0002, Buffer.from(VERIFICATION.padEnd(VERIFICATION.length + (VERIFICATION.length % 2), '\0'), 'latin1')),
		element(0x0100, short(ECHO_REQUEST)),
		element(0x0110, short(MESSAGE_ID)),
		element(0x0800, short(0x0101)),
	]);
	const length = Buffer.alloc(4);
	length.writeUInt32LE(set.length);
	const command = Buffer.concat([element(0x0000, length), set]);
	const head = Buffer.alloc(6);
	head.writeUInt32BE(command.length + 2);
	head[4] = CONTEXT;
	// A command, and its last fragment.
	head[5] = 3;
	return pdu(pduTypes.data, Buffer.concat([head, command]));
}

export type Fragment = { readonly bytes: Buffer; readonly isLast: boolean };

/** The fragments of a command in one P-DATA-TF; null where it is none. */
export function readData(body: Buffer): readonly Fragment[] | null {
	const found: Fragment[] = [];
	for (let at = 0; at < body.length; ) {
		if (at + 6 > body.length) return null;
		const end = at + 4 + body.readUInt32BE(at);
		const control = body[at + 5] ?? 0;
		if (end > body.length || end < at + 6 || body[at + 4] !== CONTEXT || (control & 1) === 0) return null;
		found.push({ bytes: body.subarray(at + 6, end), isLast: (control & 2) !== 0 });
		at = end;
	}
	return found.length === 0 ? null : found;
}

/** The status of a C-ECHO-RSP to Regia's own request; null where it is something else. */
export function readEchoAnswer(command: Buffer): number | null {
	const shorts = new Map<number, number>();
	for (let at = 0; at < command.length; ) {
		if (at + 8 > command.length || command.readUInt16LE(at) !== 0) return null;
		const end = at + 8 + command.readUInt32LE(at + 4);
		if (end > command.length) return null;
		if (end - at === 10) shorts.set(command.readUInt16LE(at + 2), command.readUInt16LE(at + 8));
		at = end;
	}
	return shorts.get(0x0100) === ECHO_ANSWER && shorts.get(0x0120) === MESSAGE_ID ? (shorts.get(0x0900) ?? null) : null;
}
