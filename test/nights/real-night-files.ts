// The files that a real night copies: many small ones, some large, with seeded content and invented names. Knows no tool.
import { createCipheriv } from 'node:crypto';
import { type Dirent, mkdirSync, readdirSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';

const SEED = 'regia-real-night';
const STUDIES = 40;
/** Out of this buffer every file takes a stretch of its own. */
const POOL_BYTES = 67_108_864;

/** Noise that no copy can squeeze, the same for the same seed. */
function noise(bytes: number): Buffer {
	const key = Buffer.from(SEED.padEnd(16).slice(0, 16));
	return createCipheriv('aes-128-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(bytes));
}

/** `count` whole sizes of very different height whose sum is exactly `total`. */
export function sizesOf(count: number, total: number): readonly number[] {
	const draws = noise(count * 4);
	// Nine in ten small, the others up to thirty times as large.
	const weights = Array.from({ length: count }, (_, i) => {
		const draw = draws.readUInt32LE(i * 4) / 2 ** 32;
		return i % 10 === 9 ? 2 + 28 * draw : 0.1 + draw;
	});
	const sum = weights.reduce((all, one) => all + one, 0);
	const sizes = weights.map((one) => Math.floor((one / sum) * total));
	const rest = total - sizes.reduce((all, one) => all + one, 0);
	return sizes.map((one, i) => (i === 0 ? one + rest : one));
}

export async function makeFiles(folder: string, count: number, total: number, signal: AbortSignal): Promise<void> {
	const pool = noise(POOL_BYTES);
	for (let study = 0; study < STUDIES; study += 1) mkdirSync(join(folder, `studio-${study + 1}`), { recursive: true });
	for (const [i, bytes] of sizesOf(count, total).entries()) {
		signal.throwIfAborted();
		const file = await open(join(folder, `studio-${(i % STUDIES) + 1}`, `immagine-${i + 1}.dcm`), 'w');
		try {
			let from = (i * 7919 * 64) % (POOL_BYTES / 2);
			for (let left = bytes; left > 0; from = 0) {
				const piece = pool.subarray(from, Math.min(POOL_BYTES, from + left));
				await file.write(piece);
				left -= piece.length;
			}
		} finally {
			await file.close();
		}
	}
}

/** What lies in a folder, by the file system's own word. */
export function weigh(folder: string): { readonly files: number; readonly bytes: number } {
	const isFile = (one: Dirent): boolean => one.isFile();
	const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(isFile);
	return { files: found.length, bytes: found.reduce((sum, one) => sum + statSync(join(one.parentPath, one.name)).size, 0) };
}
