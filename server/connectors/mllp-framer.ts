// Cuts a stream of bytes into MLLP frames, whatever way it is chopped. Knows nothing of what a frame holds but how a message begins.

const VT = 0x0b;
const FS = 0x1c;
/** A start byte and the beginning of a message: inside a frame they say that the one before lost its end. */
const RESTART = Buffer.from('\x0bMSH');
const HEAD_BYTES = 1024;
const FIRST_STORE_BYTES = 8192;
const NOTHING: Buffer = Buffer.alloc(0);
export const LARGEST_FRAME_BYTES = 1_048_576;

/** `cut`: another frame began before it ended. `too-large`: `bytes` are its beginning alone. */
export type Frame = { readonly kind: 'whole' | 'cut' | 'too-large'; readonly bytes: Buffer };

export type Framer = {
	/** Frames that these bytes complete, in order. */
	push(chunk: Buffer): Frame[];
	/** Whether a frame has begun and not ended. */
	isMidFrame(): boolean;
	/** Bytes that are kept of a frame that has not ended yet. */
	held(): number;
	/** Bytes that lay between frames, line ends and doubled block bytes apart. */
	junk(): number;
};

const isBlank = (byte: number | undefined): boolean => byte === 0x0d || byte === 0x0a || byte === 0x20 || byte === FS || byte === VT;

function isAllBlank(bytes: Buffer): boolean {
	for (const byte of bytes) if (!isBlank(byte)) return false;
	return true;
}

/** A frame ends at its FS, with or without the CR: HL7 has no other use for that byte, and who leaves the CR out waits for an answer. */
export function createFramer(largestBytes = LARGEST_FRAME_BYTES): Framer {
	const headBytes = Math.min(HEAD_BYTES, largestBytes);
	/** The last bytes may begin a restart, before which the frame still fits. */
	const room = largestBytes + RESTART.length - 1;
	let state: 'between' | 'inside' | 'discarding' = 'between';
	/** The frame so far, in a room that doubles: each byte is copied a bounded number of times, however small the pieces. */
	let store = NOTHING;
	let held = 0;
	/** Of a frame that is discarded: its beginning, and its last bytes, which may begin a restart. */
	let head = NOTHING;
	let tail = NOTHING;
	let junk = 0;

	function keep(bytes: Buffer): void {
		if (held + bytes.length > store.length) {
			const larger = Buffer.allocUnsafe(Math.max(FIRST_STORE_BYTES, 2 * store.length, held + bytes.length));
			store.copy(larger, 0, 0, held);
			store = larger;
		}
		held += bytes.copy(store, held);
	}

	/** What is held and these bytes, as one; nothing is held afterwards. */
	function join(bytes: Buffer): Buffer {
		if (held === 0) return bytes;
		keep(bytes);
		const whole = store.subarray(0, held);
		store = NOTHING;
		held = 0;
		return whole;
	}

	/** Takes off the messages at the beginning that lost their end to another; what is left has none, or fits the bound. */
	function takeCut(whole: Buffer, frames: Frame[], isEnded: boolean): Buffer {
		let rest = whole;
		while (isEnded || rest.length > room) {
			const next = rest.indexOf(RESTART);
			if (next < 0) break;
			const before = rest.subarray(0, next);
			if (next > largestBytes) frames.push({ kind: 'too-large', bytes: before.subarray(0, headBytes) });
			else if (!isAllBlank(before)) frames.push({ kind: 'cut', bytes: before });
			rest = rest.subarray(next + 1);
		}
		return rest;
	}

	function pushInside(chunk: Buffer, begin: number, frames: Frame[]): number {
		let from = begin;
		while (held === 0 && chunk[from] === VT) from++;
		const end = chunk.indexOf(FS, from);
		if (end >= 0) {
			const rest = takeCut(join(chunk.subarray(from, end)), frames, true);
			if (rest.length > largestBytes) frames.push({ kind: 'too-large', bytes: rest.subarray(0, headBytes) });
			else if (!isAllBlank(rest)) frames.push({ kind: 'whole', bytes: rest });
			state = 'between';
			return end + 1;
		}
		const piece = chunk.subarray(from);
		if (held + piece.length <= room) {
			keep(piece);
			return chunk.length;
		}
		const rest = takeCut(join(piece), frames, false);
		if (rest.length <= room) {
			keep(rest);
			return chunk.length;
		}
		state = 'discarding';
		head = Buffer.from(rest.subarray(0, headBytes));
		tail = Buffer.from(rest.subarray(1 - RESTART.length));
		return chunk.length;
	}

	function pushDiscarding(chunk: Buffer, from: number, frames: Frame[]): number {
		const end = chunk.indexOf(FS, from);
		const upTo = end < 0 ? chunk.length : end;
		// A restart may lie across the seam of two chunks.
		const seam = Buffer.concat([tail, chunk.subarray(from, Math.min(upTo, from + RESTART.length))]);
		const across = seam.indexOf(RESTART);
		const within = across >= 0 ? -1 : chunk.subarray(from, upTo).indexOf(RESTART);
		const begins = across >= 0 ? across - tail.length : within;
		if (across < 0 && within < 0 && end < 0) {
			tail = Buffer.from(Buffer.concat([tail, chunk.subarray(Math.max(from, upTo + 1 - RESTART.length), upTo)]).subarray(1 - RESTART.length));
			return upTo;
		}
		frames.push({ kind: 'too-large', bytes: head });
		head = NOTHING;
		const last = tail;
		tail = NOTHING;
		if (across < 0 && within < 0) {
			state = 'between';
			return end + 1;
		}
		state = 'inside';
		// What of the message lies before this chunk, its start byte apart.
		if (begins + 1 < 0) keep(last.subarray(begins + 1));
		return from + Math.max(0, begins + 1);
	}

	function pushBetween(chunk: Buffer, from: number): number {
		const start = chunk.indexOf(VT, from);
		const end = start < 0 ? chunk.length : start;
		for (let index = from; index < end; index++) if (!isBlank(chunk[index])) junk++;
		if (start < 0) return chunk.length;
		state = 'inside';
		return start + 1;
	}

	return {
		push(chunk) {
			const frames: Frame[] = [];
			let at = 0;
			while (at < chunk.length) {
				if (state === 'inside') at = pushInside(chunk, at, frames);
				else if (state === 'discarding') at = pushDiscarding(chunk, at, frames);
				else at = pushBetween(chunk, at);
			}
			return frames;
		},
		isMidFrame: () => state !== 'between',
		held: () => held + head.length + tail.length,
		junk: () => junk,
	};
}
