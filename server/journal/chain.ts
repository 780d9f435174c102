// The hash chain over the record: what each entry's hash is made of. Knows no database and no payload's meaning.
import { hash } from 'node:crypto';

/** What stands before the first entry. */
export const CHAIN_START: Buffer = Buffer.alloc(0);

const SHORT_HEX_DIGITS = 12;

export const digestOf = (payload: string): Buffer => hash('sha256', payload, 'buffer');

/** The link of one entry: sha256(previous || seq || seen || kind || digest), integers as 8 bytes big-endian. */
export function chain(previous: Uint8Array, seq: number, seen: number, kind: string, digest: Uint8Array): Buffer {
	const link = Buffer.allocUnsafe(previous.length + 16 + kind.length + digest.length);
	link.set(previous, 0);
	let at = previous.length;
	at = writeInteger(link, seq, at);
	at = writeInteger(link, seen, at);
	at += link.write(kind, at, 'latin1');
	link.set(digest, at);
	return hash('sha256', link, 'buffer');
}

/** Two 32-bit halves: a BigInt for each entry costs more than the rest of the link. */
function writeInteger(link: Buffer, value: number, at: number): number {
	const high = Math.floor(value / 2 ** 32);
	link.writeInt32BE(high, at);
	return link.writeUInt32BE(value - high * 2 ** 32, at + 4);
}

export const isSameHash = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** The hash as positions carry it. */
export const shortHash = (link: Uint8Array): string =>
	Buffer.from(link.buffer, link.byteOffset, link.byteLength).toString('hex', 0, SHORT_HEX_DIGITS / 2);
