// Searches what a run left behind for every secret of it, in every shape in which one may stand: all secrets in one pass over the bytes.
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { KeptSecret, SecretKind } from './evidence.ts';

type Pattern = { readonly bytes: Buffer; readonly secret: KeptSecret };
export type Leak = { readonly file: string; readonly kind: SecretKind; readonly secret: string };
export type Searched = {
	readonly leaks: readonly Leak[];
	readonly secrets: number;
	readonly shapes: number;
	readonly files: number;
	readonly bytes: number;
};

/** A page of a database may end inside a long secret: half of it stands on either side. */
const LONG = 32;
/** Anything shorter would be found by chance. */
const SHORTEST = 8;

/** As base64 holds it, whatever stands before it and after it. */
const insideBase64 = (secret: string): readonly string[] =>
	[0, 1, 2].map((before) => {
		const whole = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
		return whole.toString('base64').slice(Math.ceil((before * 8) / 6), Math.floor((whole.length * 8) / 6));
	});

/** A code of six characters is looked for only where it stands by itself: any number may hold it by chance. */
const aroundShort = ['"?"', '"?\\', '=?&', '=?"', '=? ', '/?/', '/?"', '/? '];

function shapesOf({ kind, text }: KeptSecret): readonly Buffer[] {
	if (kind === 'short') return aroundShort.map((around) => Buffer.from(around.replace('?', text)));
	const plain = text.length >= LONG ? [text.slice(0, text.length / 2), text.slice(text.length / 2)] : [text];
	const shapes = new Set([
		...plain,
		JSON.stringify(text).slice(1, -1),
		encodeURIComponent(text),
		...insideBase64(text),
		Buffer.from(text).toString('hex'),
	]);
	const all = [...shapes].map((one) => Buffer.from(one));
	return [...all, Buffer.from(text, 'utf16le')].filter((one) => one.length >= SHORTEST);
}

const TABLE = 1 << 18;
const at = (bytes: Uint8Array, i: number): number => (((bytes[i - 2] ?? 0) & 63) << 12) | (((bytes[i - 1] ?? 0) & 63) << 6) | ((bytes[i] ?? 0) & 63);

/** Wu and Manber, "A fast algorithm for multi-pattern searching" (1994), with blocks of three bytes. */
function openSearch(patterns: readonly Pattern[]): (bytes: Buffer) => readonly KeptSecret[] {
	const shifts = new Uint8Array(TABLE).fill(SHORTEST - 2);
	const ends = new Map<number, Pattern[]>();
	for (const pattern of patterns) {
		for (let i = 2; i < SHORTEST; i += 1) {
			const block = at(pattern.bytes, i);
			shifts[block] = Math.min(shifts[block] ?? 0, SHORTEST - 1 - i);
		}
		const last = at(pattern.bytes, SHORTEST - 1);
		const there = ends.get(last);
		if (there) there.push(pattern);
		else ends.set(last, [pattern]);
	}
	return (bytes) => {
		const found = new Set<KeptSecret>();
		let i = SHORTEST - 1;
		while (i < bytes.length) {
			const block = at(bytes, i);
			const shift = shifts[block] ?? 1;
			if (shift > 0) {
				i += shift;
				continue;
			}
			const start = i - SHORTEST + 1;
			for (const { bytes: wanted, secret } of ends.get(block) ?? []) {
				if (bytes.compare(wanted, 0, wanted.length, start, Math.min(bytes.length, start + wanted.length)) === 0) found.add(secret);
			}
			i += 1;
		}
		return [...found];
	};
}

const PIECE = 8 << 20;
const OVERLAP = 1024;

function* piecesOf(path: string): Generator<Buffer> {
	if (path.endsWith('.gz')) return yield gunzipSync(readFileSync(path));
	const file = openSync(path, 'r');
	const piece = Buffer.alloc(PIECE + OVERLAP);
	try {
		for (let kept = 0, from = 0; ; ) {
			const got = readSync(file, piece, kept, PIECE, from);
			if (got === 0) return;
			from += got;
			yield piece.subarray(0, kept + got);
			const tail = Math.min(OVERLAP, kept + got);
			piece.copyWithin(0, kept + got - tail, kept + got);
			kept = tail;
		}
	} finally {
		closeSync(file);
	}
}

export const filesUnder = (folder: string): readonly string[] =>
	existsSync(folder)
		? readdirSync(folder, { recursive: true, withFileTypes: true })
				.filter((one) => one.isFile())
				.map((one) => join(one.parentPath, one.name))
		: [];

/** The seed of one-time codes must be readable to be checked, and the first administrator's link is for the terminal. */
const mayStand = ({ kind }: KeptSecret, path: string): boolean =>
	(kind === 'seed' && basename(path).startsWith('people.db')) || (kind === 'claim' && path.endsWith('-log'));

const patternsOf = (secrets: readonly KeptSecret[]): readonly Pattern[] =>
	secrets.flatMap((secret) => shapesOf(secret).map((bytes) => ({ bytes, secret })));

export const findIn = (secrets: readonly KeptSecret[], bytes: Buffer): readonly KeptSecret[] => openSearch(patternsOf(secrets))(bytes);

export function searchFiles(secrets: readonly KeptSecret[], paths: readonly string[], root = '/'): Searched {
	const patterns = patternsOf(secrets);
	const search = openSearch(patterns);
	const leaks: Leak[] = [];
	let bytes = 0;
	for (const path of paths) {
		const found = new Set<KeptSecret>();
		for (const piece of piecesOf(path)) {
			bytes += piece.length;
			for (const secret of search(piece)) if (!mayStand(secret, path)) found.add(secret);
		}
		for (const { kind, text } of found) leaks.push({ file: relative(root, path), kind, secret: text });
	}
	return { leaks, secrets: secrets.length, shapes: patterns.length, files: paths.length, bytes };
}

/** The secrets that the processes of a run have registered. */
export function secretsOf(run: string): readonly KeptSecret[] {
	const lines = filesUnder(join(run, 'secrets')).flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'));
	return [...new Set(lines)].map((line) => JSON.parse(line) as KeptSecret);
}

/** What the run left: folders with records, what was said, and the recordings that the project keeps. */
export function searchRun(run: string, recordings: readonly string[] = []): Searched {
	const left = [...filesUnder(join(run, 'said')), ...filesUnder(join(run, 'folders')), ...recordings.flatMap(filesUnder)];
	return searchFiles(secretsOf(run), left, run);
}
