// Owns the decision to build: client/dist is made anew only when what it is made of has changed. Must not know what is in it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'client/dist');
const stamp = join(dist, '.stamp');

function filesUnder(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true }).flatMap((one) => {
		const path = join(folder, one.name);
		if (path === dist) return [];
		return one.isDirectory() ? filesUnder(path) : [path];
	});
}

function hashOfSources(): string {
	const hash = createHash('sha256');
	const files = [...filesUnder(join(root, 'client')), ...filesUnder(join(root, 'shared')), join(root, 'package-lock.json')];
	for (const file of files.sort()) hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
	return hash.digest('hex');
}

/** Built beside and moved in, so that a server in service never sees half of it. */
async function build(hash: string): Promise<void> {
	// Whoever starts this may run under another NODE_ENV; React's development build is four times as slow and as large.
	process.env.NODE_ENV = 'production';
	const { build: viteBuild } = await import('vite');
	const cache = join(root, '.cache');
	const fresh = join(cache, `client-${process.pid}`);
	const old = join(cache, `client-${process.pid}-old`);
	mkdirSync(cache, { recursive: true });
	const shared = { logLevel: 'warn' } as const;
	await viteBuild({ ...shared, configFile: join(import.meta.dirname, 'vite.config.ts'), build: { outDir: fresh, emptyOutDir: true } });
	await viteBuild({ ...shared, configFile: join(import.meta.dirname, 'field.vite.config.ts'), build: { outDir: fresh, emptyOutDir: false } });
	pack(fresh);
	writeFileSync(join(fresh, '.stamp'), hash);
	if (existsSync(dist)) renameSync(dist, old);
	renameSync(fresh, dist);
	rmSync(old, { recursive: true, force: true });
}

/** Packed once here, so that no server has to while a wall loads. Browsers take brotli over https, gzip otherwise. */
function pack(folder: string): void {
	for (const file of filesUnder(folder).filter((one) => /\.(js|css|svg|html|webmanifest)$/.test(one))) {
		const bytes = readFileSync(file);
		writeFileSync(`${file}.br`, brotliCompressSync(bytes));
		writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
	}
}

const hash = hashOfSources();
const isBuilt = existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
if (isBuilt && !process.argv.includes('--force')) {
	console.log('client: up to date');
} else {
	const from = performance.now();
	await build(hash);
	console.log(`client: built in ${((performance.now() - from) / 1000).toFixed(1)} s`);
}
