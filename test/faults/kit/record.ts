// What the record holds, read through the public interface, and the check that everything acknowledged is in it exactly once.
import type { Entry } from '../../../shared/entry.ts';
import { ask } from './http.ts';
import type { SentSample } from './sender.ts';

export async function readRecord(url: string, token: string): Promise<readonly Entry[]> {
	const { status, text } = await ask(`${url}/api/journal`, { token });
	if (status !== 200) throw new Error(`the journal answered ${status}`);
	return text
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => JSON.parse(line) as Entry);
}

const nameOf = (archive: string, value: number | null): string => `${archive}=${value}`;

/** Acknowledged samples that the record lacks, samples that it has twice, and entries out of order. */
export function faultsOf(
	entries: readonly Entry[],
	acknowledged: Iterable<SentSample>,
): { missing: string[]; doubled: string[]; disordered: number[] } {
	const found = new Map<string, number>();
	const disordered: number[] = [];
	entries.forEach((entry, i) => {
		if (entry.seq !== i + 1) disordered.push(entry.seq);
		if (entry.kind !== 'samples') return;
		for (const { subject, measure, value } of entry.samples) {
			if (measure !== 'archive.bytesMoved') continue;
			const name = nameOf(subject.slice('archive/'.length), value);
			found.set(name, (found.get(name) ?? 0) + 1);
		}
	});
	const missing: string[] = [];
	for (const { archive, value } of acknowledged) if (!found.has(nameOf(archive, value))) missing.push(nameOf(archive, value));
	return { missing, doubled: [...found].filter(([, count]) => count > 1).map(([name]) => name), disordered };
}
