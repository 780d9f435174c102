// The fixtures of spreadsheets, and what an import of bytes comes to. Their figures are invented.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Runbook } from '../../server/import/runbook-rows.ts';
import { importPlan } from '../../server/plan-import.ts';

export const folder = join(import.meta.dirname, 'fixtures');
export const fixture = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));

export type Asked = { readonly mapping?: string; readonly zone?: string; readonly night?: number };

export function importBytes(bytes: Uint8Array, { mapping, zone = 'Europe/Rome', night }: Asked = {}) {
	const map = mapping === undefined ? null : { file: 'map.yaml', text: mapping };
	return importPlan({ file: 'scaletta', bytes, mapping: map, zone, night: night ?? null });
}

/** What is said of a table of cells, written as separated text. */
export async function mistakesOf(csv: string, asked: Asked = {}): Promise<readonly string[]> {
	const outcome = await importBytes(new TextEncoder().encode(csv), asked);
	return outcome.ok ? [] : outcome.mistakes;
}

export type { Runbook };
