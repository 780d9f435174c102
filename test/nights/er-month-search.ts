// Searches files for invented persons: the sign that all their names and numbers hold, in every shape; each name and number by itself; and
// each birth date where it stands as one.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { filesUnder, searchFiles } from '../kit/secret-search.ts';
import { MARKER, type Visit } from './er-generator.ts';

export type FoundPersons = { readonly persons: number; readonly files: number; readonly bytes: number; readonly leaks: readonly string[] };

const signs = [MARKER, MARKER.toUpperCase(), `${MARKER[0]?.toUpperCase()}${MARKER.slice(1)}`];

const PIECE = 64 << 20;

export function searchPersons(visits: readonly Visit[], folder: string): FoundPersons {
	const files = filesUnder(folder);
	const names = new Set(visits.flatMap(({ person, number }) => [person.surname.split(/[’ ]/).at(-1) ?? '', person.taxCode, person.id, number]));
	const births = new Set(visits.flatMap(({ person: { born } }) => [born, `${born.slice(0, 4)}-${born.slice(4, 6)}-${born.slice(6)}`]));
	const leaks: string[] = [];
	let bytes = 0;
	for (const file of files) {
		const all = readFileSync(file);
		bytes += all.length;
		const kinds = new Set<string>();
		for (let from = 0; from < all.length; from += PIECE) {
			// A word may lie over the border: pieces overlap.
			const text = all.toString('latin1', from, Math.min(all.length, from + PIECE + 256));
			if (text.toLowerCase().includes(MARKER)) kinds.add('marker');
			for (const [word] of text.matchAll(/[A-Za-z0-9]{8,}/g)) if (names.has(word)) kinds.add('name');
			for (const [, date = ''] of text.matchAll(/(?<![\dA-Za-z])((?:19|20)\d\d-?\d\d-?\d\d)(?!\d)/g)) if (births.has(date)) kinds.add('birth date');
		}
		leaks.push(...['marker', 'name', 'birth date'].filter((kind) => kinds.has(kind)).map((kind) => `${relative(folder, file)}: ${kind}`));
	}
	const secrets = signs.map((text) => ({ kind: 'password' as const, text }));
	for (const { file } of searchFiles(secrets, files, folder).leaks) if (!leaks.includes(`${file}: marker`)) leaks.push(`${file}: in another shape`);
	return { persons: visits.length, files: files.length, bytes, leaks };
}
