// Owns how the ward's page is bundled: by itself, so that a phone loads no wall and a wall no form; with its worker and what that keeps.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const WORKER = 'field/worker.js';
const fixed = ['field/app.webmanifest', 'field/icon-192.png', 'field/icon-512.png'];

/** A string, in whatever quotes it was left. */
const place = /(["'`])__FIELD_SHELL__\1/;

/** Tells the worker every file of this page, and a version that changes with any of them. */
const tellWorker: Plugin = {
	name: 'field-shell',
	writeBundle({ dir = '' }, bundle) {
		const files = [...Object.keys(bundle).filter((file) => file !== WORKER && file !== 'field.html'), ...fixed].sort();
		const hash = createHash('sha256');
		for (const file of ['field.html', ...files]) hash.update(file).update(readFileSync(join(dir, file)));
		const shell = JSON.stringify({ version: hash.digest('hex').slice(0, 12), files: files.map((file) => `/${file}`) });
		const text = readFileSync(join(dir, WORKER), 'utf8');
		if (!place.test(text)) throw new Error(`${WORKER} has no place for the list of its files`);
		writeFileSync(
			join(dir, WORKER),
			text.replace(place, () => JSON.stringify(shell)),
		);
	},
};

export default defineConfig({
	root: import.meta.dirname,
	plugins: [react(), tellWorker],
	publicDir: 'public',
	resolve: { dedupe: ['react', 'react-dom'] },
	build: {
		outDir: 'dist',
		emptyOutDir: false,
		assetsDir: 'field/assets',
		target: 'es2022',
		assetsInlineLimit: 0,
		modulePreload: { polyfill: false },
		reportCompressedSize: false,
		rollupOptions: {
			input: { field: join(import.meta.dirname, 'field.html'), worker: join(import.meta.dirname, 'field-worker.ts') },
			output: { entryFileNames: ({ name }) => (name === 'worker' ? WORKER : 'field/assets/[name]-[hash].js') },
		},
	},
});
