// Finds the scenarios: every `*.scenario.ts` of this folder. Nothing lists them by hand. Knows no night in particular.
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ScenarioKind } from './scenario.ts';

/** `folder`: where its plan and what that names are. */
export type Rehearsal = ScenarioKind & { readonly planText: string; readonly folder: string };

const isScenario = (value: unknown): value is ScenarioKind =>
	typeof value === 'object' && value !== null && 'id' in value && 'planFile' in value && 'open' in value;

/** Name → scenario with its plan's text, in alphabetical order. A file without a scenario, or two of one name, is a programmer's mistake and throws. */
export async function loadRehearsals(folder: URL = new URL('.', import.meta.url)): Promise<ReadonlyMap<string, Rehearsal>> {
	const files = (await readdir(folder)).filter((name) => name.endsWith('.scenario.ts')).sort();
	const rehearsals = new Map<string, Rehearsal>();
	for (const file of files) {
		const exported: Record<string, unknown> = await import(new URL(file, folder).href);
		const found = Object.values(exported).find(isScenario);
		if (!found) throw new Error(`${file} exports no scenario`);
		if (rehearsals.has(found.id)) throw new Error(`${file}: the scenario ${found.id} is there already`);
		const text = await readFile(new URL(found.planFile, folder), 'utf8');
		rehearsals.set(found.id, { ...found, planText: found.planFrom?.(text) ?? text, folder: fileURLToPath(folder) });
	}
	return rehearsals;
}
