// Persons for tests: names, numbers, births, streets and complaints, all invented by seed, each a word that nothing else would hold by chance;
// and as which words each may be found again.
import type { KeptSecret } from './evidence.ts';

export type InventedPerson = {
	readonly surname: string;
	readonly given: string;
	readonly taxCode: string;
	readonly record: string;
	readonly visit: string;
	/** YYYYMMDDHHMM, as HL7 writes it; and the day as FHIR does. */
	readonly born: string;
	readonly birthDate: string;
	readonly phone: string;
	readonly street: string;
	readonly complaint: string;
};

const syllables = ['bra', 'zor', 'quel', 'vit', 'dro', 'mun', 'fal', 'ghe', 'lop', 'nir', 'sta', 'wen', 'kus', 'pry', 'xim', 'tov'];
const SEED = 20_251_021;

export function inventPersons(count: number): readonly InventedPerson[] {
	let state = SEED;
	const below = (limit: number): number => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * limit);
	};
	const word = (parts: number): string => Array.from({ length: parts }, () => syllables[below(syllables.length)]).join('');
	const named = (parts: number): string => word(parts).replace(/^./, (first) => first.toUpperCase());
	const digits = (many: number): string => Array.from({ length: many }, () => below(10)).join('');
	const two = (value: number): string => String(value).padStart(2, '0');
	return Array.from({ length: count }, (_, nth) => {
		const [year, month, date] = [1925 + below(60), two(1 + below(12)), two(1 + below(28))];
		return {
			surname: named(4),
			given: named(4),
			taxCode: `${word(2).slice(0, 6).toUpperCase()}${digits(2)}T${digits(2)}D${digits(3)}${String.fromCharCode(65 + below(26))}`,
			record: `MRN${digits(9)}`,
			visit: `PS25${digits(8)}-${nth}`,
			born: `${year}${month}${date}${two(below(24))}${two(below(60))}`,
			birthDate: `${year}-${month}-${date}`,
			phone: `+39 3${digits(2)} ${digits(7)}`,
			street: `vicolo ${named(4)} ${1 + below(90)}`,
			complaint: `${word(3)} ${word(3)} da ieri`,
		};
	});
}

/** Every word of theirs, names also as registries shout them. */
export const wordsOf = (persons: readonly InventedPerson[]): readonly KeptSecret[] =>
	[
		...new Set(
			persons.flatMap(({ surname, given, ...rest }) => [surname, given, surname.toUpperCase(), given.toUpperCase(), ...Object.values(rest)]),
		),
	].map((text) => ({ kind: 'provider', text }));
