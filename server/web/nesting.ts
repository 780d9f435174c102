// How deep a JSON text nests, without reading it: one pass over its bytes, ended as soon as it is too deep. Knows no JSON beyond brackets.

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Brackets inside texts do not count. What is no JSON is judged all the same, and is refused by whoever reads it. */
export function nestsDeeper(bytes: Uint8Array, most: number): boolean {
	let depth = 0;
	let inText = false;
	for (let i = 0; i < bytes.length; i += 1) {
		const byte = bytes[i];
		if (inText) {
			if (byte === BACKSLASH) i += 1;
			else if (byte === QUOTE) inText = false;
		} else if (byte === QUOTE) inText = true;
		else if (byte === 0x5b || byte === 0x7b) {
			depth += 1;
			if (depth > most) return true;
		} else if (byte === 0x5d || byte === 0x7d) depth -= 1;
	}
	return false;
}
