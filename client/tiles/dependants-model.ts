// Who is blocked and who is not: ✓ only where a probe confirms it, with its age; hatched where nobody knows. Pure.
import type { DependantNow } from '../../shared/breakdown-now.ts';
import { formatAge, formatNumber, type Language } from '../../shared/format.ts';
import type { Standing } from '../../shared/standing.ts';
import type { BreakdownWords } from '../../shared/words/breakdown-words.ts';
import { fill } from '../../shared/words/words.ts';
import type { Mark } from './shape.tsx';

export type DependantRow = {
	readonly id: string;
	readonly label: string;
	readonly standing: Standing;
	readonly mark: Mark;
	readonly text: string;
	/** Where there is little room. */
	readonly short: string;
	readonly complete: number;
	/** Of those of whom all is well: how old the word is, and which form they take. */
	readonly ageMs: number | null;
	readonly form: 0 | 1;
};

/** Several of whom all is well, where there is no line for each. */
export type SummedRow = { readonly labels: string; readonly text: string };

/** By a group's own name: Farmacie bloccate, Medici bloccati. Words of another language have one form. */
export const formOf = (label: string, own: BreakdownWords): 0 | 1 =>
	new RegExp(own.dependants.feminine, 'i').test(label.split(/[\s,]/)[0] ?? '') ? 1 : 0;

export function dependantRow(id: string, one: DependantNow, own: BreakdownWords, language: Language): DependantRow {
	const w = own.dependants;
	const form = formOf(one.label, own);
	// Of those who are blocked the many before the few.
	const rest = { id, label: one.label, ageMs: one.ageMs, form, complete: one.state === 'working' ? 1 : 1 / (2 + (one.count ?? 0)) };
	if (one.state === 'blocked') {
		const blocked = w.blocked[form];
		const text = one.count === null ? blocked : fill(w.counted, { count: formatNumber(one.count, language), blocked });
		// As planned is not broken.
		if (one.standing === 'watch') return { ...rest, standing: 'watch', mark: 'watch', text: fill(w.planned, { blocked: text }), short: text };
		return { ...rest, standing: one.standing, mark: 'bad', text, short: text };
	}
	if (one.state === 'unknown' || one.ageMs === null) {
		const text = one.ageMs === null ? w.never : fill(w.silent, { age: formatAge(one.ageMs, language) });
		return { ...rest, standing: 'blind', mark: 'blind', text, short: w.unknown };
	}
	const age = formatAge(one.ageMs, language);
	const text = one.operator === null ? fill(w.working[form], { age }) : fill(w.elsewhere, { operator: one.operator, age });
	return { ...rest, standing: one.standing, mark: 'confirmed', text, short: fill(w.workingShort[form], { age }) };
}

/** The rows, and in the last line all those for which there is no line of their own: only where each of them is confirmed to work. */
export function sumWorking(
	shown: readonly DependantRow[],
	left: readonly DependantRow[],
	own: BreakdownWords,
	language: Language,
): { readonly shown: readonly DependantRow[]; readonly summed: SummedRow | null; readonly left: number } {
	const rest = [...shown.slice(-1), ...left];
	if (left.length === 0 || !rest.every(({ mark }) => mark === 'confirmed')) return { shown, summed: null, left: left.length };
	const age = formatAge(Math.max(...rest.map(({ ageMs }) => ageMs ?? 0)), language);
	const form = rest.every((one) => one.form === 1) ? 1 : 0;
	const text = fill(own.dependants.summed[form], { count: rest.length, age });
	return { shown: shown.slice(0, -1), summed: { labels: rest.map(({ label }) => label).join(', '), text }, left: 0 };
}
