// A bounded reader of zip files: one part at a time, in pieces, never more than its budget however much the file promises.
import { Inflate } from 'fflate';
import { SheetError } from './sheet.ts';

const MOST_ENTRIES = 2000;
/** All that is unpacked of one file, together. A runbook of five thousand rows is a tenth of it. */
const BUDGET_BYTES = 24_000_000;
/** Sheets pack to a tenth or a thirtieth; what packs to less than this of it holds nothing worth reading. */
const DENSEST = 200;
const SMALL_BYTES = 1_000_000;
/** So much packed data at a time unpacks to at most 4 MB. */
const PIECE_BYTES = 4096;
const DIRECTORY_END = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;

const damaged = (): SheetError => new SheetError('the file is damaged: it cannot be unpacked', 'open it and save it again as .xlsx');
const tooLarge = (): SheetError =>
	new SheetError('the file unpacks to more than a runbook can be', 'save the runbook alone, without pictures and other sheets');

type Entry = { readonly method: number; readonly packed: number; readonly unpacked: number; readonly offset: number };

export type Zip = {
	has(name: string): boolean;
	/** Hands over the part's bytes in pieces. Stops where `take` throws. */
	read(name: string, take: (piece: Uint8Array) => void): void;
};

export function openZip(bytes: Uint8Array): Zip {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const entries = readDirectory(bytes, view);
	let left = BUDGET_BYTES;

	const spend = (piece: Uint8Array, take: (piece: Uint8Array) => void): void => {
		left -= piece.length;
		if (left < 0) throw tooLarge();
		take(piece);
	};

	return {
		has: (name) => entries.has(name),
		read(name, take) {
			const entry = entries.get(name);
			if (!entry) throw damaged();
			const isTooDense = entry.unpacked > SMALL_BYTES && entry.unpacked > entry.packed * DENSEST;
			if (entry.unpacked > left || isTooDense) throw tooLarge();
			const from = dataOf(entry, view);
			const packed = bytes.subarray(from, from + entry.packed);
			if (packed.length < entry.packed) throw damaged();
			if (entry.method === 0) return spend(packed, take);
			let promised = entry.unpacked;
			inflate(packed, (piece) => {
				promised -= piece.length;
				if (promised < 0) throw damaged();
				spend(piece, take);
			});
		},
	};
}

function inflate(packed: Uint8Array, take: (piece: Uint8Array) => void): void {
	const inflater = new Inflate(take);
	try {
		for (let at = 0; at < packed.length; at += PIECE_BYTES) {
			inflater.push(packed.subarray(at, at + PIECE_BYTES), at + PIECE_BYTES >= packed.length);
		}
	} catch (error) {
		throw error instanceof SheetError ? error : damaged();
	}
}

function readDirectory(bytes: Uint8Array, view: DataView): ReadonlyMap<string, Entry> {
	const end = endOf(view);
	const count = view.getUint16(end + 10, true);
	const size = view.getUint32(end + 12, true);
	let at = view.getUint32(end + 16, true);
	if (count > MOST_ENTRIES) throw tooLarge();
	if (at + size > end) throw damaged();
	const entries = new Map<string, Entry>();
	for (let n = 0; n < count; n += 1) {
		if (at + 46 > end || view.getUint32(at, true) !== DIRECTORY_ENTRY) throw damaged();
		const nameLength = view.getUint16(at + 28, true);
		const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
		if ((view.getUint16(at + 8, true) & 1) === 1) throw new SheetError('the file is encrypted', 'save it without a password');
		const method = view.getUint16(at + 10, true);
		// Two parts of one name are read differently by different programs.
		if ((method !== 0 && method !== 8) || entries.has(name)) throw damaged();
		const unpacked = view.getUint32(at + 24, true);
		entries.set(name, { method, packed: view.getUint32(at + 20, true), unpacked, offset: view.getUint32(at + 42, true) });
		at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
	}
	return entries;
}

/** The directory's end stands last in the file, before a comment of at most 65,535 bytes. */
function endOf(view: DataView): number {
	for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at -= 1) {
		if (view.getUint32(at, true) === DIRECTORY_END) return at;
	}
	throw damaged();
}

function dataOf({ offset }: Entry, view: DataView): number {
	if (offset + 30 > view.byteLength || view.getUint32(offset, true) !== LOCAL_ENTRY) throw damaged();
	return offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
}
