// The course that one version of an Encounter tells: its states and places with when each began. Knows R4's elements and no event of ours.
import type { ErArea } from '../domain/er-event.ts';
import { fhirInstant } from './fhir-instant.ts';
import { listOf, type Tree, textIn, valueIn } from './json-tree.ts';

/** Somebody is there, or was, once one of these began. */
const presentStates: ReadonlySet<string> = new Set(['arrived', 'triaged', 'in-progress', 'onleave']);
export const isPresent = (status: string): boolean => presentStates.has(status);

export type Span = { readonly start: number | null; readonly end: number | null };
export type State = Span & { readonly status: string };
export type Stay = Span & { readonly area: ErArea; readonly isOver: boolean };

export const spanOf = (period: unknown): Span => ({ start: fhirInstant(valueIn(period, 'start')), end: fhirInstant(valueIn(period, 'end')) });

const byStart = (a: Span, b: Span): number => (a.start ?? 0) - (b.start ?? 0);

/** The states that were, in order; some servers write the present one among them. */
export function historyOf(encounter: Tree): readonly State[] {
	return listOf(encounter.statusHistory)
		.map((one): State => ({ status: textIn(one, 'status') ?? '', ...spanOf(valueIn(one, 'period')) }))
		.filter(({ status, start }) => status !== '' && start !== null)
		.sort(byStart);
}

/** When the present state began, where the history tells. */
export function currentSince(status: string, history: readonly State[]): number | null {
	const open = history.findLast((one) => one.status === status && one.end === null);
	if (open) return open.start;
	const ends = history.flatMap(({ end }) => (end === null ? [] : [end]));
	return ends.length === 0 ? null : Math.max(...ends);
}

/** `Location/12`, whatever base or version it was written with. */
export function referenceOf(value: unknown): string | null {
	const written = textIn(value, 'reference')?.split('/_history/')[0];
	return written === undefined ? null : written.split('/').slice(-2).join('/');
}

/** By which names a place or an organisation may be mapped: its reference, its logical id, its identifiers. */
export function namesOf(value: unknown): readonly string[] {
	const reference = referenceOf(value);
	const identifier = textIn(value, 'identifier', 'value');
	return [...(reference === null ? [] : [reference, reference.slice(reference.indexOf('/') + 1)]), ...(identifier === undefined ? [] : [identifier])];
}

/** The first of the names that the map knows. */
export function mapped<T>(names: readonly string[], map: Readonly<Record<string, T>>): T | null {
	const name = names.find((one) => Object.hasOwn(map, one));
	return name === undefined ? null : (map[name] ?? null);
}

export type Places = {
	/** Known places with a beginning, in its order. */
	readonly stays: readonly Stay[];
	/** Where it is at the end: null where no place is told; `unknown`: at one that the map does not have. */
	readonly last: ErArea | 'unknown' | null;
};

/** Places that were only planned or reserved are none. One that has no beginning began with this version, unless it is over. */
export function placesOf(encounter: Tree, areas: Readonly<Record<string, ErArea>>, sentAt: number): Places {
	const all = listOf(encounter.location)
		.filter((one) => !['planned', 'reserved'].includes(textIn(one, 'status') ?? ''))
		.map((one) => {
			const { start, end } = spanOf(valueIn(one, 'period'));
			const isOver = end !== null || textIn(one, 'status') === 'completed';
			return { start: start ?? (isOver ? null : sentAt), end, isOver, area: mapped(namesOf(valueIn(one, 'location')), areas) };
		})
		.filter(({ start }) => start !== null)
		.sort(byStart);
	const last = all.findLast(({ isOver }) => !isOver) ?? all.at(-1);
	return {
		stays: all.flatMap(({ area, ...rest }) => (area === null ? [] : [{ area, ...rest }])),
		last: last === undefined ? null : (last.area ?? 'unknown'),
	};
}

const codesOf = (concept: unknown): readonly string[] =>
	listOf(valueIn(concept, 'coding')).flatMap((one) => {
		const code = textIn(one, 'code');
		return code === undefined ? [] : [code];
	});

export const codeIn = <T>(concept: unknown, map: Readonly<Record<string, T>>): T | null => mapped(codesOf(concept), map);
