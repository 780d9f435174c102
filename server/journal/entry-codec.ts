// Entries as the record keeps them: a compact JSON text each, the samples of a batch as columns. Knows no database and no hash.
import type { Draft, Entry, SamplesDraft } from '../../shared/entry.ts';
import type { BlindCode, Sample } from '../../shared/sample.ts';

const VERSION = 1;

/** One number where every sample has the same; otherwise the first as it is, then differences where all are whole. */
type Instants = number | readonly number[] | { readonly of: readonly number[] };

/** Indices into a dictionary: 0 where all are the first, null where the n-th row has the n-th word. */
type Indices = 0 | null | readonly number[];

type Columns = readonly [
	v: number,
	source: string,
	subjects: readonly string[],
	measures: readonly string[],
	subjectOf: Indices,
	measureOf: Indices,
	values: readonly (number | null)[],
	at: Instants,
	/** Index → code, for the blind ones; and whatever the draft holds besides its samples. */
	whys: Readonly<Record<string, BlindCode>>,
	rest: Omit<SamplesDraft, 'kind' | 'source' | 'samples'>,
];

/** Brings the parsed payload of an older version to the next one; indexed by the version it starts from. */
type Upgrade = (kind: string, payload: readonly unknown[]) => readonly unknown[];
const upgrades: Readonly<Record<number, Upgrade>> = {};

export function encodeEntry(draft: Draft): string {
	if (draft.kind === 'samples') return JSON.stringify(toColumns(draft));
	const { kind: _, ...rest } = draft;
	return JSON.stringify([VERSION, rest]);
}

/** Exactly the entry whose draft was encoded. `steps` brings older versions up to date. */
export function decodeEntry(seq: number, seen: number, kind: string, payload: string, steps = upgrades): Entry {
	let parts = JSON.parse(payload) as readonly unknown[];
	for (let v = Number(parts[0]); v !== VERSION; v = Number(parts[0])) {
		const step = steps[v];
		if (!step)
			throw new Error(`entry ${seq} is of version ${v}, and this Regia reads up to ${VERSION}: start the version that wrote it, or a newer one`);
		parts = step(kind, parts);
	}
	const draft = kind === 'samples' ? fromColumns(parts as Columns) : { kind, ...(parts[1] as object) };
	return { v: VERSION, seq, seen, ...(draft as Draft) };
}

function toColumns(draft: SamplesDraft): Columns {
	const { kind: _, source, samples, ...rest } = draft;
	const subjects = new Map<string, number>();
	const measures = new Map<string, number>();
	const subjectOf: number[] = [];
	const measureOf: number[] = [];
	const values: (number | null)[] = [];
	const at: number[] = [];
	const whys: Record<string, BlindCode> = {};
	for (const sample of samples) {
		if (sample.why !== undefined) whys[values.length] = sample.why;
		subjectOf.push(indexIn(subjects, sample.subject));
		measureOf.push(indexIn(measures, sample.measure));
		values.push(sample.value);
		at.push(sample.at);
	}
	const words = [[...subjects.keys()], [...measures.keys()]] as const;
	return [VERSION, source, ...words, packIndices(subjectOf), packIndices(measureOf), values, packInstants(at), whys, rest];
}

function fromColumns([, source, subjects, measures, subjectOf, measureOf, values, packed, whys, rest]: Columns): SamplesDraft {
	const at = unpackInstants(packed, values.length);
	const samples = values.map((value, i): Sample => {
		const sample = { subject: subjects[indexAt(subjectOf, i)], measure: measures[indexAt(measureOf, i)], value, at: at[i] } as Sample;
		const why = whys[i];
		return why === undefined ? sample : { ...sample, why };
	});
	return { kind: 'samples', source, samples, ...rest };
}

function indexIn(dictionary: Map<string, number>, word: string): number {
	const known = dictionary.get(word);
	if (known !== undefined) return known;
	dictionary.set(word, dictionary.size);
	return dictionary.size - 1;
}

function packIndices(indices: readonly number[]): Indices {
	if (indices.every((one) => one === 0)) return 0;
	return indices.every((one, i) => one === i) ? null : indices;
}

function indexAt(packed: Indices, row: number): number {
	if (packed === 0) return 0;
	return packed === null ? row : (packed[row] ?? -1);
}

function packInstants(at: readonly number[]): Instants {
	const first = at[0];
	if (first === undefined) return [];
	if (at.every((one) => one === first)) return first;
	if (!at.every((one) => Number.isSafeInteger(one) && Number.isSafeInteger(one - first))) return { of: at };
	return at.map((one, i) => (i === 0 ? one : one - first));
}

function unpackInstants(packed: Instants, count: number): readonly number[] {
	if (typeof packed === 'number') return new Array<number>(count).fill(packed);
	if ('of' in packed) return packed.of;
	const first = packed[0] ?? 0;
	return packed.map((one, i) => (i === 0 ? one : first + one));
}
