// Finds the connectors: every `*.connector.ts` of this folder. Nothing lists them by hand. Knows no kind in particular.
import { readdir } from 'node:fs/promises';
import type { ConnectorKind } from './connector.ts';

const isKind = (value: unknown): value is ConnectorKind =>
	typeof value === 'object' && value !== null && 'kind' in value && 'open' in value && 'settings' in value;

/** Kind → connector, in alphabetical order. A file without a connector, or two of one kind, is a programmer's mistake and throws. */
export async function loadRegistry(folder: URL = new URL('.', import.meta.url)): Promise<ReadonlyMap<string, ConnectorKind>> {
	const files = (await readdir(folder)).filter((name) => name.endsWith('.connector.ts')).sort();
	const kinds = new Map<string, ConnectorKind>();
	for (const file of files) {
		const exported: Record<string, unknown> = await import(new URL(file, folder).href);
		const found = Object.values(exported).find(isKind);
		if (!found) throw new Error(`${file} exports no connector`);
		if (kinds.has(found.kind)) throw new Error(`${file}: the kind ${found.kind} is there already`);
		kinds.set(found.kind, found);
	}
	return kinds;
}
