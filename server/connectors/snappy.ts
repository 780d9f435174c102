// Unpacks the block format of Snappy (github.com/google/snappy, format_description.txt), within a bound. Knows nothing of what is packed.

export type Unpacked = { readonly ok: true; readonly bytes: Buffer } | { readonly ok: false; readonly why: 'torn' | 'too-large' };

const torn: Unpacked = { ok: false, why: 'torn' };
/** Three bytes copy at most 64: who declares more than that has not packed it. */
const MOST_A_BYTE = 22;

/** The length that a block declares for what it holds, and where its elements begin; null where it declares none. */
function declared(packed: Uint8Array): { readonly length: number; readonly from: number } | null {
	let length = 0;
	for (let i = 0; i < 5; i += 1) {
		const byte = packed[i];
		if (byte === undefined) return null;
		length += (byte & 0x7f) * 2 ** (7 * i);
		if (byte < 0x80) return length > 0xffffffff ? null : { length, from: i + 1 };
	}
	return null;
}

/** Refuses by the declared length, before anything is unpacked or room is made for it. Never throws. */
export function unpackSnappy(packed: Uint8Array, most: number): Unpacked {
	const head = declared(packed);
	if (head === null) return torn;
	if (head.length > most) return { ok: false, why: 'too-large' };
	if (head.length > MOST_A_BYTE * packed.length) return torn;
	const out = Buffer.allocUnsafe(head.length);
	let written = 0;
	let at = head.from;
	const little = (bytes: number): number => {
		let value = 0;
		for (let i = 0; i < bytes; i += 1) value += (packed[at + i] ?? 0) * 2 ** (8 * i);
		at += bytes;
		return value;
	};
	while (at < packed.length) {
		const tag = packed[at] ?? 0;
		at += 1;
		const kind = tag & 3;
		if (kind === 0) {
			const code = tag >> 2;
			const length = (code < 60 ? code : little(code - 59)) + 1;
			if (at + length > packed.length || written + length > out.length) return torn;
			out.set(packed.subarray(at, at + length), written);
			at += length;
			written += length;
			continue;
		}
		const length = kind === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
		const offset = kind === 1 ? (tag >> 5) * 256 + little(1) : little(kind === 2 ? 2 : 4);
		if (at > packed.length || offset === 0 || offset > written || written + length > out.length) return torn;
		// A copy may reach into what it writes itself: then it repeats.
		if (offset >= length) out.copyWithin(written, written - offset, written - offset + length);
		else for (let i = 0; i < length; i += 1) out[written + i] = out[written + i - offset] ?? 0;
		written += length;
	}
	return written === out.length ? { ok: true, bytes: out } : torn;
}
