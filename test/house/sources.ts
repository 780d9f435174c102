// The project's own source files with what they import: what the house tests look at.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export type SourceFile = { readonly path: string; readonly text: string; readonly imports: readonly string[]; readonly lines: number };

const root = join(import.meta.dirname, '../..');
const folders = ['shared', 'server', 'client', 'test'];

function filesUnder(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) return ['dist', 'out', 'recordings', 'node_modules'].includes(entry.name) ? [] : filesUnder(path);
		return /\.tsx?$/.test(entry.name) ? [path] : [];
	});
}

/** Where an import leads, as a path from the project's root, or the package's name. */
function target(from: string, specifier: string): string {
	return specifier.startsWith('.') ? relative(root, join(from, '..', specifier)) : specifier;
}

export function readSources(): readonly SourceFile[] {
	return folders
		.flatMap((folder) => filesUnder(join(root, folder)))
		.map((file) => {
			const text = readFileSync(file, 'utf8');
			const found = text.matchAll(/(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s+'([^']+)'|(?:^|\n)import\s+'([^']+)'|\bimport\('([^']+)'\)/g);
			const imports = [...found].map((match) => target(file, match[1] ?? match[2] ?? match[3] ?? ''));
			return { path: relative(root, file), text, imports, lines: text.split('\n').length - 1 };
		});
}
